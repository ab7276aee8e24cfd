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
    pen.fillStyle = theme.text;
    for (const minimum of sweep.minima) {
      const [x, y] = box.put(sweep.dimension === 1 ? [minimum[0], sweep.floor] : minimum);
      pen.fillRect(x - 5, y - 0.75, 10, 1.5);
      pen.fillRect(x - 0.75, y - 5, 1.5, 10);
    }
  });
  pen.strokeStyle = theme.text;
  pen.globalAlpha = 0.25;
  pen.lineWidth = 1;
  pen.strokeRect(box.left + 0.5, box.top + 0.5, box.width - 1, box.height - 1);
  const [left, right, low, high] = sweep.window;
  const ups = ticks(low, high, box.height / 50);
  drawAxes(pen, box, theme, "x", ticks(left, right, box.width / 55), sweep.dimension === 1 ? "loss" : "y", ups);
}

function drawRelief(pen, box, { relief }, theme) {
  const side = Math.sqrt(relief.length);
  const image = new ImageData(side, side);
  const tile = document.createElement("canvas");
  tile.width = tile.height = side;
  const colour = channels(theme.accent);
  for (let at = 0; at < relief.length; at += 1) {
    const from = (side - 1 - Math.floor(at / side)) * side + (at % side); // row 0 is the bottom
    image.data.set([...colour, relief[at] * (theme.dark ? 0.3 : 0.22)], 4 * from);
  }
  tile.getContext("2d").putImageData(image, 0, 0);
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
