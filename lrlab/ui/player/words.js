// What the picture shows, in words: the line under it, the rule with the numbers put in, the printed log.

function whereWords(sweep, run, step) {
  const { label, length } = sweep.runs[run];
  const rate = sweep.rates ? `${label}, rate ${number(rateAt(sweep, run, step))}` : `Rate ${label}`;
  const from = `${rate}, step ${step} of ${sweep.steps}`;
  if (step >= length) return `${from}: the numbers overflowed at step ${length}.`;
  const point = pointAt(sweep, run, step).slice(0, sweep.dimension);
  const left = leftAt(sweep, run, step);
  const gone = left === null ? "" : ` It ${leavingWords(sweep, run, step, left)}.`;
  return `${from}: at ${vector(point)}, loss ${number(lossAt(sweep, run, step))}.${gone}`;
}

function raceWords(sweep, shown, step) {
  const loss = (run) => (step < sweep.runs[run].length ? `loss ${number(lossAt(sweep, run, step))}` : "overflowed");
  const each = shown.map(({ run, name }) => `${name}: ${loss(run)}`);
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
    cell.textContent = vector(values[index], (value) => tick(value, 4));
  });
}

function fillLog(pane, sweep, run, step) {
  const rows = [];
  for (let at = Math.max(0, step - 5); at <= step; at += 1) {
    rows.push(`step ${String(at).padStart(String(sweep.steps).length)}  loss ${logged(lossAt(sweep, run, at))}`);
  }
  pane.textContent = rows.join("\n");
}

// All words and values of the controls, for one state of the player.
function describe(root, part, { sweep, options, run, moved, step, shown }) {
  const { label, sentence, word, regime } = sweep.runs[run];
  const race = options.series.length > 0;
  const say = (element, text) => {
    element.textContent = text;
  };
  const slide = (name, value, most, text) => {
    const slider = part(name);
    slider.value = value;
    slider.style.setProperty("--share", `${(100 * value) / (most || 1)}%`);
    slider.setAttribute("aria-valuetext", text);
  };
  slide("rate", run, sweep.runs.length - 1, label);
  slide("step", step, sweep.steps, `step ${step} of ${sweep.steps}`);
  say(part("rate-value"), label);
  say(part("step-value"), `${step} / ${sweep.steps}`);
  if (moved) say(part("where"), `Start at ${vector(moved.slice(0, sweep.dimension))}. Let go, or press Enter, to run from there.`);
  else say(part("where"), race ? raceWords(sweep, shown, step) : whereWords(sweep, run, step));
  if (race) return;
  if (options.ending) {
    const colon = sentence.indexOf(":") + 1; // "Bouncing: …"
    const [head, rest] = part("ending").children;
    root.dataset.regime = regime;
    say(head, colon ? sentence.slice(0, colon) : word);
    say(rest, sentence.slice(colon));
  }
  if (options.rule) fillRule(part("rule"), sweep, run, step);
  if (options.log) fillLog(part("log"), sweep, run, step);
}
