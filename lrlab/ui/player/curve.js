// Loss against step, on the clock of the picture.

// Axis ends that all runs of a sweep share, so that a drag of the rate does not move the axis.
function lossRange(sweep, log) {
  const first = sweep.losses[0] - sweep.floor || 1;
  if (!log) return [sweep.floor, sweep.floor + first * 1.5];
  if (!sweep.decades) {
    let [least, most] = [first, first];
    for (const loss of sweep.losses) {
      const above = loss - sweep.floor;
      if (above > 0 && above < least) least = above;
      if (above > most) most = above;
    }
    sweep.decades = [Math.max(least, first * 1e-8), Math.min(most * 2, first * 1e3)].map(Math.log10);
  }
  return sweep.decades;
}

function curveBox(sweep, range, width, height) {
  return plane([0, sweep.steps, ...range], 46, 10, width - 60, height - 36);
}

function drawLoss(canvas, sweep, theme, shown, clock, log) {
  const { pen, width, height } = sheet(canvas);
  const range = lossRange(sweep, log);
  const box = curveBox(sweep, range, width, height);
  const scale = (loss) => (log ? Math.log10(Math.max(loss - sweep.floor, 1e-300)) : loss);
  const put = (run, step) => {
    const [x, y] = box.put([step, scale(lossAt(sweep, run, step))]);
    return [x, Math.min(Math.max(y, -1e6), 1e6)];
  };
  drawLossAxes(pen, box, range, theme, sweep, log);
  pen.fillStyle = theme.text;
  pen.globalAlpha = 0.35;
  pen.fillRect(box.put([clock, 0])[0] - 0.5, box.top, 1, box.height);
  pen.globalAlpha = 1;
  pen.lineJoin = pen.lineCap = "round";
  pen.lineWidth = 2.25;
  for (const one of shown) {
    const end = lastStep(sweep, one.run);
    const line = Array.from({ length: end + 1 }, (_, step) => put(one.run, step));
    const step = Math.min(Math.floor(clock), end);
    clipTo(pen, box, () => {
      pen.strokeStyle = one.colour;
      pen.setLineDash(one.dash);
      pen.globalAlpha = 0.3; // what is still to come
      polyline(pen, line, box);
      pen.globalAlpha = 1;
      polyline(pen, line.slice(0, step + 1), box);
      pen.setLineDash([]);
    });
    const [x, y] = line[step];
    if (y >= box.top - 1) stamp(pen, theme, one.shape, [x, Math.min(y, box.bottom)], 5, one.colour);
    else {
      pen.fillStyle = one.colour;
      arrowhead(pen, [x, box.top], -Math.PI / 2, 12);
      if (shown.length > 1) continue;
      pen.font = `600 12px ${theme.font}`;
      const words = step < Math.floor(clock) ? "overflowed" : `loss ${number(lossAt(sweep, one.run, step), 2)}`;
      const wide = pen.measureText(words).width;
      plate(pen, theme, words, x + 14 + wide < box.right ? x + 14 : x - 14 - wide, box.top + 8);
    }
  }
}

function drawLossAxes(pen, box, [low, high], theme, { floor, steps }, log) {
  const ups = log ? ticks(low, high, Math.min(6, high - low)).filter(Number.isInteger) : ticks(low, high, 4);
  pen.fillStyle = theme.text;
  pen.globalAlpha = 0.12;
  for (const value of ups) pen.fillRect(box.left, box.put([0, value])[1] - 0.5, box.width, 1);
  const rights = ticks(0, steps, Math.max(2, box.width / 55)).filter(Number.isInteger);
  drawAxes(pen, box, theme, "step", rights, log && floor ? "loss above the lowest" : "loss", ups, log ? power : undefined);
}

const power = (exponent) => (exponent >= -3 && exponent <= 4 ? tick(10 ** exponent) : `1e${tick(exponent)}`);
