// What moves in the picture: trails, markers, the ghost of the next step, and arrows where a run has left.

// `shown` is a list of {run, colour, dash, shape, name}; `clock` the step, with its fraction while playing.
function drawTrails(canvas, sweep, theme, shown, clock, dimmed) {
  const { pen, width, height } = sheet(canvas);
  const box = pictureBox(sweep, width, height);
  const put = (run, step) => bearable(box.put(placeAt(sweep, run, step)));
  pen.font = `600 12px ${theme.font}`;
  pen.lineJoin = pen.lineCap = "round";
  const [x, y] = put(shown[0].run, 0);
  const taken = [[x - 20, x + 20, y]]; // where no words may stand: on the handle of the start, and on each other
  for (const one of shown) {
    const last = Math.min(Math.floor(clock), lastStep(sweep, one.run));
    const way = Array.from({ length: last + 1 }, (_, step) => put(one.run, step));
    let here = way[last];
    const next = last < lastStep(sweep, one.run) ? put(one.run, last + 1) : null;
    const share = clock - Math.floor(clock);
    if (next && share > 0) {
      here = [here[0] + share * (next[0] - here[0]), here[1] + share * (next[1] - here[1])];
      way.push(here);
    }
    pen.globalAlpha = dimmed ? 0.3 : 1;
    clipTo(pen, box, () => {
      drawWay(pen, box, theme, way, one, shown.length > 1);
      if (shown.length === 1 && next && !dimmed) drawGhost(pen, box, theme, here, next);
      stamp(pen, theme, one.shape, here, shown.length > 1 ? 6 : 7.5, one.colour);
    });
    drawLeaving(pen, box, theme, sweep, one, way, clock, taken, shown.length > 1);
    pen.globalAlpha = 1;
  }
}

function drawWay(pen, box, theme, way, { colour, dash }, crowd) {
  pen.strokeStyle = theme.page;
  pen.lineWidth = 5;
  const shade = pen.globalAlpha;
  pen.globalAlpha = shade * 0.55;
  polyline(pen, way, box);
  pen.globalAlpha = shade;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 2.25;
  pen.setLineDash(dash);
  polyline(pen, way, box);
  pen.setLineDash([]);
  pen.beginPath();
  for (const [x, y] of way) {
    pen.moveTo(x, y);
    pen.arc(x, y, crowd ? 2.25 : 3, 0, 7);
  }
  pen.fill();
}

function drawGhost(pen, box, theme, here, next) {
  const seen = visible(here, next, box, -6);
  if (!seen) return;
  const [from, to] = seen;
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  if (Math.hypot(dx, dy) < 9) return; // shorter than the marker: there is nothing to see
  const angle = Math.atan2(dy, dx);
  pen.strokeStyle = pen.fillStyle = theme.text;
  pen.lineWidth = 1.75;
  pen.setLineDash([5, 4]);
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(to[0] - Math.cos(angle) * 8, to[1] - Math.sin(angle) * 8);
  pen.stroke();
  pen.setLineDash([]);
  arrowhead(pen, to, angle, 10);
}

// The run has left the window: an arrow where it went out, and the words.
function drawLeaving(pen, box, theme, sweep, one, way, clock, taken, crowd) {
  const left = leftAt(sweep, one.run, Math.floor(clock));
  if (left === null) return;
  const middle = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const before = way[left - 1] ?? middle;
  const after = way[Math.min(left, way.length - 1)];
  const gone = (visible(before, after, box) ?? [middle, middle])[1];
  pen.fillStyle = one.colour;
  arrowhead(pen, gone, Math.atan2(after[1] - before[1], after[0] - before[0]), 16);
  const words = `${crowd ? `${one.name}: ` : ""}${leavingWords(sweep, one.run, Math.floor(clock), left)}`;
  const wide = pen.measureText(words).width;
  const x = Math.min(Math.max(gone[0] - wide / 2, box.left + 8), Math.max(box.left + 8, box.right - wide - 8));
  const inwards = gone[1] < middle[1] ? 1 : -1;
  let y = Math.min(Math.max(gone[1] + 24 * inwards, box.top + 14), box.bottom - 14);
  while (taken.some(([from, to, at]) => x < to && x + wide > from && Math.abs(at - y) < 20)) y += 10 * inwards;
  taken.push([x, x + wide, y]);
  plate(pen, theme, words, x, y);
}

function leavingWords(sweep, run, step, left) {
  const end = lastStep(sweep, run);
  if (step > end) return `left the view at step ${left}, overflowed at step ${end + 1}`;
  return `left the view at step ${left}, now ${number(away(sweep, run, step), 2)} away`;
}
