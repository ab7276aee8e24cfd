// The start point: drag it, or move it with the arrow keys and press Enter. One commit, when it is let go.

const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// In the view, on round numbers; where there is one dimension, y stays where it is.
function roundedStart([x, y], { view: [left, right, low, high], dimension, start }) {
  const round = (value, least, most) => {
    const digits = Math.max(0, 2 - Math.floor(Math.log10(most - least)));
    return Number(Math.min(Math.max(value, least), most).toFixed(digits));
  };
  return [round(x, left, right), dimension === 1 ? start[1] : round(y, low, high)];
}

function startHandle(handle, player, on) {
  let grabbed = null;
  let moved = null;
  const move = (point) => {
    moved = roundedStart(point, player.sweep);
    player.moveStart(moved);
  };
  const drop = () => {
    grabbed = moved = null;
    player.moveStart(null);
  };
  const commit = () => {
    if (moved) player.commitStart(moved);
    grabbed = moved = null;
  };
  on(handle, "pointerdown", (event) => {
    if (event.button) return;
    grabbed = [event.clientX, event.clientY];
    handle.setPointerCapture(event.pointerId);
  });
  on(handle, "pointermove", ({ clientX, clientY }) => {
    if (!grabbed || (!moved && Math.hypot(clientX - grabbed[0], clientY - grabbed[1]) < 3)) return;
    const edge = handle.parentElement.getBoundingClientRect();
    move(player.box.back(clientX - edge.left, clientY - edge.top));
  });
  on(handle, "pointerup", commit);
  on(handle, "pointercancel", drop);
  on(handle, "blur", () => moved && drop());
  on(handle, "keydown", (event) => {
    const way = MOVES[event.key];
    const [left, right, low, high] = player.sweep.view;
    const from = moved ?? player.sweep.start;
    if (way) move([from[0] + (way[0] * (right - left)) / 40, from[1] + (way[1] * (high - low)) / 40]);
    else if (event.key === "Enter") commit();
    else if (event.key === "Escape") drop();
    else return;
    event.preventDefault();
  });
}

// The handle stands on the start; its word on the outer side, clear of the path.
function placeHandle(handle, { sweep, moved, box }) {
  let at = moved ?? sweep.start;
  if (sweep.dimension === 1) {
    const [left, right] = sweep.view;
    const last = sweep.curve.length - 1;
    at = [at[0], sweep.curve[Math.round(Math.min(Math.max((at[0] - left) / (right - left), 0), 1) * last)]];
  }
  const [x, y] = box.put(at);
  const high = y < box.top + box.height / 2;
  handle.style.transform = `translate(${x}px, ${y}px)`;
  handle.style.setProperty(high ? "--above" : "--below", "100%");
  handle.style.removeProperty(high ? "--below" : "--above");
}
