// The small pictures: what each shows at a rate and a step, drawn and in a word.

const NEVER = 255;

// The arrays of the payload, handed out to the picture and the run that they belong to.
function panelsOf({ panels, runs, places, contours, reliefs, moments, counts, ends, settled, outcomes }) {
  const side = reliefs.length / panels.length;
  let corner = 0;
  let state = 0;
  return panels.map((panel, index) => {
    const length = 2 * panel.lines.reduce((sum, each) => sum + each, 0);
    const drawn = { lines: panel.lines, contours: Uint16Array.from(contours.subarray(corner, corner + length), (at) => at * 257) };
    corner += length;
    const ways = runs.map((_, run) => {
      const at = index * runs.length + run;
      const from = state;
      state += counts[at];
      const [regime, word] = outcomes[ends[at]];
      const states = Array.from({ length: counts[at] }, (_, k) => ({
        step: moments[from + k],
        place: [0, 1].map((axis) => (places[2 * (from + k) + axis] - 32768) / 1024),
      }));
      return { states, regime, word, settled: settled[at] === NEVER ? null : settled[at] };
    });
    return { ...panel, ...drawn, relief: reliefs.subarray(index * side, (index + 1) * side), ways };
  });
}

// Every state of a run up to `clock`, even motion between those that were kept.
function wayUntil({ states }, clock) {
  const way = [];
  let k = 0;
  const at = (time) => {
    while (k < states.length - 2 && states[k + 1].step <= time) k += 1;
    const [from, to] = [states[k], states[k + 1] ?? states[k]];
    const share = to.step > from.step ? (time - from.step) / (to.step - from.step) : 0;
    return from.place.map((value, axis) => value + share * (to.place[axis] - value));
  };
  for (let step = 0; step <= clock; step += 1) way.push(at(step));
  if (clock > Math.floor(clock)) way.push(at(clock));
  return way;
}

const insidePicture = ([x, y]) => Math.abs(x) <= 1 && Math.abs(y) <= 1;

// What there is to say at a step: the ending at the last one, before that only what has happened by then.
function told(way, run, step, steps) {
  const inside = way.findLastIndex(insidePicture);
  const left = inside < way.length - 1 ? inside + 1 : null;
  if (run.settled !== null && step >= run.settled) return { regime: "right", words: `arrived at step ${run.settled}` };
  if (step === steps) return { regime: run.regime, words: run.word + (left === null ? "" : `, left at step ${left}`) };
  if (left !== null) return { regime: "large", words: `left at step ${left}` };
  return { regime: "", words: "on its way" };
}

const MARKS = { small: "square", right: "circle", large: "triangle-up", "": "circle" };

function picture(canvas) {
  const { pen, width, height } = sheet(canvas);
  return { pen, box: plane([-1, 1, -1, 1], 0, 0, width, height) };
}

function drawPanelGround(canvas, panel, theme) {
  const { pen, box } = picture(canvas);
  drawRelief(pen, box, panel, theme);
  drawContours(pen, box, panel, theme);
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1.5;
  pen.beginPath();
  for (const [x, y] of panel.minima.map(box.put)) {
    pen.moveTo(x - 4, y);
    pen.lineTo(x + 4, y);
    pen.moveTo(x, y - 4);
    pen.lineTo(x, y + 4);
  }
  pen.stroke();
  pen.globalAlpha = 0.3;
  pen.lineWidth = 1;
  pen.strokeRect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
  pen.globalAlpha = 1;
}

function drawPanelWay(canvas, places, regime, theme) {
  const { pen, box } = picture(canvas);
  const colour = theme.regimes[regime] ?? theme.text;
  const way = places.map(box.put);
  pen.lineJoin = pen.lineCap = "round";
  clipTo(pen, box, () => {
    drawWay(pen, box, theme, way, { colour, dash: [] }, true);
    stamp(pen, theme, MARKS[regime], way.at(-1), 5, colour);
  });
  const [from, to] = way.slice(-2);
  const last = places.findLastIndex(insidePicture);
  if (last === places.length - 1 || last < 0) return;
  const seen = visible(way[last], way[last + 1], box, -3) ?? [from, to];
  pen.fillStyle = colour;
  arrowhead(pen, seen[1], Math.atan2(seen[1][1] - seen[0][1], seen[1][0] - seen[0][0]), 13);
}
