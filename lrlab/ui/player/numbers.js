// Numbers as people read them.

function number(value, digits = 3) {
  if (Number.isNaN(value)) return "no number";
  if (!Number.isFinite(value)) return value > 0 ? "over 3e38" : "under −3e38";
  const size = Math.abs(value);
  if (!size) return "0";
  let text = value.toPrecision(digits);
  if (size < 1e-3 || size >= 1e4) text = value.toExponential(Math.max(1, digits - 2)).replace("e+", "e");
  else if (size >= 10 ** digits - 0.5) text = value.toFixed(0);
  return text.replaceAll("-", "−");
}

const vector = (values, write = number) => {
  const parts = values.map((value) => write(value)).join(", ");
  return values.length === 1 ? parts : `(${parts})`;
};

// A loss as a training log prints it.
function logged(loss) {
  if (Number.isNaN(loss)) return "nan";
  if (!Number.isFinite(loss)) return loss > 0 ? "inf" : "-inf";
  return Math.abs(loss) < 1e4 ? loss.toFixed(4) : loss.toExponential(3).replace("e+", "e");
}

// Round numbers between two ends, about `count` of them.
function ticks(low, high, count) {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
  const found = [];
  for (let at = Math.ceil(low / step); at * step <= high + step * 1e-9; at += 1) found.push(at * step);
  return found;
}

const tick = (value, digits = 6) => String(Number(value.toPrecision(digits))).replaceAll("-", "−");
