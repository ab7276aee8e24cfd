// What arrives is [how to play][the sweep]; player.py describes both. Little-endian, each part a multiple of four bytes.

const ARRAYS = { f4: Float32Array, u2: Uint16Array, u1: Uint8Array };

function readJson(bytes, at) {
  const end = at + 4 + new DataView(bytes.buffer).getUint32(at, true);
  return [JSON.parse(new TextDecoder().decode(bytes.subarray(at + 4, end))), end];
}

function decode(data) {
  const bytes = new Uint8Array(data); // a copy: typed arrays need a buffer that starts where the data starts
  const [options, middle] = readJson(bytes, 0);
  const [sweep, first] = readJson(bytes, middle);
  let at = first;
  for (const [name, type, count] of sweep.arrays) {
    sweep[name] = new ARRAYS[type](bytes.buffer, at, count);
    at += Math.ceil((count * ARRAYS[type].BYTES_PER_ELEMENT) / 4) * 4;
  }
  sweep.runs = sweep.runs.map(([label, rate, length, outcome, sentence]) => {
    const [regime, word] = sweep.endings[outcome] ?? [];
    return { label, rate, length, regime, word, sentence };
  });
  sweep.window = sweep.dimension === 1 ? around(sweep) : sweep.view;
  return { options, sweep };
}

// The window onto a curve: the view's width, and the heights that the curve reaches in it.
function around({ view, curve, floor }) {
  const top = Math.max(...curve);
  const room = (top - floor) * 0.08;
  return [view[0], view[1], floor - room, top + room];
}

const same = (a, b) => a.length === b.length && a.every((value, index) => value === b[index]);

const row = (sweep, run, step) => run * (sweep.steps + 1) + step;
const lossAt = (sweep, run, step) => sweep.losses[row(sweep, run, step)];
const pair = (array, at) => [array[2 * at], array[2 * at + 1]];
const pointAt = (sweep, run, step) => pair(sweep.points, row(sweep, run, step));
const gradientAt = (sweep, run, step) => pair(sweep.gradients, row(sweep, run, step));
const rateAt = (sweep, run, step) =>
  sweep.rates ? sweep.rates[run * sweep.steps + Math.min(step, sweep.steps - 1)] : sweep.runs[run].rate;

// Where a state is drawn: from above its point, on a curve its coordinate and its loss.
const placeAt = (sweep, run, step) => {
  const point = pointAt(sweep, run, step);
  return sweep.dimension === 1 ? [point[0], lossAt(sweep, run, step)] : point;
};

// The last step at which there still is a number.
const lastStep = (sweep, run) => Math.max(0, sweep.runs[run].length - 1);

// The step at which the state of step `step` had left the window, or null when it is inside.
function leftAt(sweep, run, step) {
  const end = Math.min(step, lastStep(sweep, run));
  let inside = end;
  while (inside >= 0 && !within(sweep.window, placeAt(sweep, run, inside))) inside -= 1;
  return inside === end ? null : inside + 1;
}

function away(sweep, run, step) {
  const [x, y] = pointAt(sweep, run, step);
  return Math.min(...sweep.minima.map(([a, b]) => Math.hypot(x - a, sweep.dimension === 1 ? 0 : y - b)));
}
