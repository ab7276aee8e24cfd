// What the picture shows, in words: the line under it, the rule with the numbers put in, the printed log.

function whereWords(sweep, run, step) {
  const { label: name, length } = sweep.runs[run];
  const from = `Rate ${name}, step ${step} of ${sweep.steps}`;
  if (step >= length) return `${from}: the numbers overflowed at step ${length}.`;
  const point = pointAt(sweep, run, step).slice(0, sweep.dimension);
  const left = leftAt(sweep, run, step);
  const gone = left === null ? "" : ` It ${leavingWords(sweep, run, step, left)}.`;
  return `${from}: at ${vector(point)}, loss ${number(lossAt(sweep, run, step))}.${gone}`;
}

function raceWords(sweep, shown, step) {
  const each = shown.map(({ run, name }) => {
    const words = step < sweep.runs[run].length ? `loss ${number(lossAt(sweep, run, step))}` : "overflowed";
    return `${name}: ${words}`;
  });
  return `Step ${step} of ${sweep.steps}. ${each.join("; ")}.`;
}

function fillRule(rule, sweep, run, step) {
  const at = Math.min(step, lastStep(sweep, run));
  const only = (values) => values.slice(0, sweep.dimension);
  const here = only(pointAt(sweep, run, at));
  const slope = only(gradientAt(sweep, run, at));
  const rate = rateAt(sweep, run, at);
  const product = slope.map((value) => rate * value);
  const values = [here, slope, [rate], product, here.map((value, axis) => value - product[axis])];
  rule.querySelectorAll("dd").forEach((cell, index) => {
    cell.textContent = vector(values[index]);
  });
}

function fillLog(pane, sweep, run, step) {
  const rows = [];
  for (let at = Math.max(0, step - 5); at <= step; at += 1) {
    rows.push(`step ${String(at).padStart(String(sweep.steps).length)}  loss ${logged(lossAt(sweep, run, at))}`);
  }
  pane.textContent = rows.join("\n");
}
