// What stands still in the picture: relief and contour lines, or the curve; axes; minima.

const MARGIN = { left: 38, right: 10, top: 10, bottom: 26 };

function pictureBox(sweep, width, height) {
  const { left, right, top, bottom } = MARGIN;
  return plane(sweep.window, left, top, width - left - right, height - top - bottom);
}

function drawGround(canvas, sweep, theme) {
  const { pen, width, height } = sheet(canvas);
  const box = pictureBox(sweep, width, height);
  pen.font = `12px ${theme.font}`;
  clipTo(pen, box, () => {
    if (sweep.dimension === 1) drawCurve(pen, box, sweep, theme);
    else {
      drawRelief(pen, box, sweep, theme);
      drawContours(pen, box, sweep, theme);
    }
    for (const minimum of sweep.minima) {
      const [x, y] = box.put(sweep.dimension === 1 ? [minimum[0], sweep.floor] : minimum);
      pen.strokeStyle = theme.text;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.moveTo(x - 5, y);
      pen.lineTo(x + 5, y);
      pen.moveTo(x, y - 5);
      pen.lineTo(x, y + 5);
      pen.stroke();
    }
  });
  drawAxes(pen, box, sweep.window, theme, ["x", sweep.dimension === 1 ? "loss" : "y"]);
}

function drawRelief(pen, box, { relief }, theme) {
  const side = Math.sqrt(relief.length);
  const image = new ImageData(side, side);
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const small = tile.getContext("2d");
  small.fillStyle = theme.accent;
  const colour = [1, 3, 5].map((at) => parseInt(small.fillStyle.slice(at, at + 2), 16));
  for (let at = 0; at < relief.length; at += 1) {
    const from = (side - 1 - Math.floor(at / side)) * side + (at % side); // row 0 is the bottom
    image.data.set([...colour, relief[at] * (theme.dark ? 0.3 : 0.22)], 4 * from);
  }
  small.putImageData(image, 0, 0);
  pen.imageSmoothingQuality = "high";
  pen.drawImage(tile, box.left, box.top, box.width, box.height);
}

function drawContours(pen, box, { lines, contours }, theme) {
  pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.3;
  pen.lineWidth = 1;
  pen.beginPath();
  let at = 0;
  for (const length of lines) {
    for (let corner = 0; corner < length; corner += 1, at += 2) {
      const x = box.left + (contours[at] / 65535) * box.width;
      const y = box.bottom - (contours[at + 1] / 65535) * box.height;
      if (corner) pen.lineTo(x, y);
      else pen.moveTo(x, y);
    }
  }
  pen.stroke();
  pen.globalAlpha = 1;
}

function drawCurve(pen, box, { curve, view }, theme) {
  const points = Array.from(curve, (loss, at) => box.put([view[0] + (at / (curve.length - 1)) * (view[1] - view[0]), loss]));
  pen.beginPath();
  points.forEach((point) => pen.lineTo(...point));
  pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.55;
  pen.lineWidth = 2;
  pen.stroke();
  pen.lineTo(box.right, box.top);
  pen.lineTo(box.left, box.top);
  pen.globalAlpha = theme.dark ? 0.12 : 0.08;
  pen.fillStyle = theme.accent;
  pen.fill();
  pen.globalAlpha = 1;
}

function drawAxes(pen, box, [x0, x1, y0, y1], theme, [across, up]) {
  pen.fillStyle = pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.25;
  pen.lineWidth = 1;
  pen.strokeRect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
  pen.globalAlpha = 0.8;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const value of ticks(y0, y1, box.height / 50)) {
    const y = box.put([x0, value])[1];
    if (y > box.top + 16 && y < box.bottom - 2) pen.fillText(tick(value), box.left - 6, y);
  }
  pen.fillText(up, box.left - 6, box.top + 6);
  pen.textAlign = "center";
  pen.textBaseline = "top";
  for (const value of ticks(x0, x1, box.width / 55)) {
    const x = box.put([value, y0])[0];
    if (x > box.left + 4 && x < box.right - 16) pen.fillText(tick(value), x, box.bottom + 6);
  }
  pen.textAlign = "right";
  pen.fillText(across, box.right, box.bottom + 6);
  pen.globalAlpha = 1;
}
