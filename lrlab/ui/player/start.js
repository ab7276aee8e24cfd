// The start point: drag it, or move it with the arrow keys and press Enter. One commit, when it is let go.

// `player` gives sweep() and box(), takes moved(point or null) while the hand moves it and commit(point) once.
function startHandle(handle, player, on) {
  let grabbed = null;
  let moved = null;

  const bounded = ([x, y]) => {
    const [left, right, low, high] = player.sweep().view;
    const round = (value, span) => Number(value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(span)))));
    return [
      round(Math.min(Math.max(x, left), right), right - left),
      player.sweep().dimension === 1 ? player.sweep().start[1] : round(Math.min(Math.max(y, low), high), high - low),
    ];
  };
  const move = (point) => {
    moved = bounded(point);
    player.moved(moved);
  };
  const drop = () => {
    grabbed = moved = null;
    player.moved(null);
  };
  const commit = () => {
    const chosen = moved;
    grabbed = moved = null;
    if (chosen) player.commit(chosen);
  };

  on(handle, "pointerdown", (event) => {
    if (event.button) return;
    grabbed = [event.clientX, event.clientY];
    handle.setPointerCapture(event.pointerId);
  });
  on(handle, "pointermove", (event) => {
    if (!grabbed || (!moved && Math.hypot(event.clientX - grabbed[0], event.clientY - grabbed[1]) < 3)) return;
    const edge = handle.parentElement.getBoundingClientRect();
    move(player.box().back(event.clientX - edge.left, event.clientY - edge.top));
  });
  on(handle, "pointerup", commit);
  on(handle, "pointercancel", drop);
  on(handle, "blur", () => moved && drop());
  on(handle, "keydown", (event) => {
    const [left, right, low, high] = player.sweep().view;
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (steps) {
      const from = moved ?? player.sweep().start;
      move([from[0] + (steps[0] * (right - left)) / 40, from[1] + (steps[1] * (high - low)) / 40]);
    } else if (event.key === "Enter") commit();
    else if (event.key === "Escape") drop();
    else return;
    event.preventDefault();
  });
}
