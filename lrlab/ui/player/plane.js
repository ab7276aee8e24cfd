// Numbers onto pixels, and what of a line can be seen.

const within = ([left, right, low, high], [x, y]) => x >= left && x <= right && y >= low && y <= high;

function plane([x0, x1, y0, y1], left, top, width, height) {
  return {
    left, top, width, height,
    right: left + width,
    bottom: top + height,
    put: ([x, y]) => [left + ((x - x0) / (x1 - x0)) * width, top + ((y1 - y) / (y1 - y0)) * height],
    back: (x, y) => [x0 + ((x - left) / width) * (x1 - x0), y1 - ((y - top) / height) * (y1 - y0)],
  };
}

// A pixel that drawing can bear: far away in the same direction instead of past all floats.
function bearable(place) {
  const [x, y] = place.map((value) => Math.min(Math.max(value, -1e300), 1e300));
  const over = Math.max(Math.abs(x), Math.abs(y)) / 1e9;
  return over > 1 ? [x / over, y / over] : [x, y];
}

// The part of the line a–b inside a plane's box widened by `room` (Liang and Barsky), or null.
function visible(a, b, box, room = 0) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  let [enter, leave] = [0, 1];
  for (const [against, gap] of [
    [-dx, a[0] - box.left + room],
    [dx, box.right + room - a[0]],
    [-dy, a[1] - box.top + room],
    [dy, box.bottom + room - a[1]],
  ]) {
    if (against === 0) {
      if (gap < 0) return null;
    } else if (against < 0) enter = Math.max(enter, gap / against);
    else leave = Math.min(leave, gap / against);
  }
  if (enter > leave) return null;
  const at = (share) => [a[0] + share * dx, a[1] + share * dy];
  return [at(enter), at(leave)];
}

// A canvas as sharp as the screen, cleared and in CSS pixels.
function sheet(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const sharp = window.devicePixelRatio || 1;
  const [wide, tall] = [Math.round(width * sharp), Math.round(height * sharp)];
  if (canvas.width !== wide || canvas.height !== tall) [canvas.width, canvas.height] = [wide, tall];
  const pen = canvas.getContext("2d");
  pen.setTransform(sharp, 0, 0, sharp, 0, 0);
  pen.clearRect(0, 0, width, height);
  return { pen, width, height };
}

function polyline(pen, points, box) {
  let end = null;
  pen.beginPath();
  for (let index = 1; index < points.length; index += 1) {
    const seen = visible(points[index - 1], points[index], box, 40);
    if (!seen) {
      end = null;
      continue;
    }
    if (!end || end[0] !== seen[0][0] || end[1] !== seen[0][1]) pen.moveTo(...seen[0]);
    pen.lineTo(...seen[1]);
    end = seen[1];
  }
  pen.stroke();
}

function clipTo(pen, box, draw) {
  pen.save();
  pen.beginPath();
  pen.rect(box.left, box.top, box.width, box.height);
  pen.clip();
  draw();
  pen.restore();
}

// Text that reads on any ground: on a plate in the colour of the page. x is its left edge, y its middle.
function plate(pen, theme, text, x, y) {
  pen.fillStyle = theme.page;
  pen.globalAlpha = 0.85;
  pen.beginPath();
  pen.roundRect(x - 5, y - 9, pen.measureText(text).width + 10, 18, 4);
  pen.fill();
  pen.globalAlpha = 1;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillStyle = theme.text;
  pen.fillText(text, x, y + 0.5);
}

// Shapes in a box from −1 to 1, for canvas and SVG alike; the names are those of lrlab/charts/colours.py.
const SHAPES = {
  circle: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z",
  square: "M-.9-.9H.9V.9H-.9Z",
  "triangle-up": "M0-1.1L1.1.9H-1.1Z",
  diamond: "M0-1.25L1.1 0L0 1.25L-1.1 0Z",
  cross: "M-.4-1.1H.4V-.4H1.1V.4H.4V1.1H-.4V.4H-1.1V-.4H-.4Z",
  "triangle-down": "M0 1.1L1.1-.9H-1.1Z",
};

function stamp(pen, theme, shape, place, size, colour) {
  const path = new Path2D(SHAPES[shape]);
  pen.save();
  pen.translate(...place);
  pen.scale(size, size);
  pen.lineWidth = 4 / size;
  pen.strokeStyle = theme.page;
  pen.stroke(path);
  pen.fillStyle = colour;
  pen.fill(path);
  pen.restore();
}

function arrowhead(pen, place, angle, size) {
  pen.save();
  pen.translate(...place);
  pen.rotate(angle);
  pen.scale(size, size);
  pen.fill(new Path2D("M0 0L-1 .55V-.55Z"));
  pen.restore();
}

// Numbers along the lower and the left edge, with the names of the axes at their ends.
function drawAxes(pen, box, theme, across, rights, up, ups, word = (value) => tick(value)) {
  pen.font = `12px ${theme.font}`;
  pen.fillStyle = theme.text;
  pen.globalAlpha = 0.8;
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const value of ups) {
    const y = box.put([0, value])[1];
    if (y > box.top + 16 && y < box.bottom + 1) pen.fillText(word(value), box.left - 6, y);
  }
  pen.textAlign = "left";
  pen.fillText(up, 4, box.top + 6);
  pen.textBaseline = "top";
  pen.textAlign = "center";
  for (const value of rights) {
    const x = box.put([value, 0])[0];
    if (x >= box.left && x < box.right - 24) pen.fillText(tick(value), x, box.bottom + 6);
  }
  pen.textAlign = "right";
  pen.fillText(across, box.right + 8, box.bottom + 6);
  pen.globalAlpha = 1;
}
