// One player: what is chosen, the clock, and the parts put together. Everything here happens in the browser; the
// server hears of a start point that was moved and of the button that commits a rate, and of nothing else.

const players = new WeakMap();

function open(root, key) {
  const stop = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
  const part = (name) => root.querySelector(`[data-testid="player-${name}"]`);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const path = location.pathname;
  let server;
  let frames = 0;
  let queued = 0;
  let before = 0; // when the last frame of a play was drawn
  let saving = 0;
  let speaking = 0;
  let said = "";
  let stale = true; // whether the ground must be drawn again
  const player = {
    run: 0,
    clock: 0, // the step, with its fraction while playing
    playing: false,
    moved: null, // a start point that is being moved, or waits for the server
    chosen: {}, // log axis and speed, where they are not left to the sweep
    get step() {
      return Math.floor(player.clock);
    },
    get box() {
      return pictureBox(player.sweep, part("picture").clientWidth, part("picture").clientHeight);
    },
    moveStart(point) {
      player.moved = point;
      hold();
      invalidate();
    },
    commitStart(point) {
      if (same(point, player.sweep.start)) return player.moveStart(null);
      player.moveStart(point);
      return server.setStateValue("start", { surface: player.sweep.surface, at: point });
    },
    get log() {
      return player.chosen.log ?? player.options.logarithmic ?? player.sweep.logarithmic;
    },
    get speed() {
      return player.chosen.speed ?? SPEEDS.find((speed) => speed >= player.sweep.steps / 10) ?? 100;
    },
  };

  // ---- what is drawn, at most once a frame

  function invalidate(all = false) {
    stale ||= all;
    queued ||= requestAnimationFrame(paint);
  }

  function paint(now) {
    const { sweep, theme, log, speed, moved } = player;
    queued = 0;
    if (player.playing) {
      player.clock = Math.min(sweep.steps, player.clock + (Math.min(Math.max(now - before, 0), 250) / 1000) * speed);
      before = now;
      if (player.clock === sweep.steps) hold();
    }
    if (stale) drawGround(part("ground"), sweep, theme);
    stale = false;
    player.shown = runsShown(player);
    drawTrails(part("trails"), sweep, theme, player.shown, player.clock, moved !== null);
    drawLoss(part("loss").firstElementChild, sweep, theme, player.shown, player.clock, log);
    placeHandle(part("start"), player);
    const state = [player.run, player.step, moved].join();
    if (state !== said) {
      said = state;
      describe(root, part, player);
      speaking ||= setTimeout(speak, 700);
    }
    Object.assign(root.dataset, { frames: ++frames, step: player.step, rate: sweep.runs[player.run].label, playing: player.playing });
    if (player.playing) queued = requestAnimationFrame(paint);
  }

  // Read aloud with pauses, so that a drag or a run in progress does not flood the listener.
  function speak() {
    speaking = 0;
    const ending = part("ending").hidden || player.moved ? "" : ` ${player.sweep.runs[player.run].sentence}`;
    part("text").textContent = part("where").textContent + ending;
  }

  // ---- what is chosen

  function changed() {
    part("note").textContent = "";
    saveSoon();
    invalidate();
  }

  function choose(step) {
    hold();
    player.clock = Math.min(Math.max(step, 0), player.sweep.steps);
    changed();
  }

  function play() {
    if (player.playing) return choose(player.step);
    if (calm.matches) return choose(player.sweep.steps);
    if (player.clock === player.sweep.steps) player.clock = 0;
    before = performance.now();
    setPlaying(true);
    changed();
  }

  function hold() {
    setPlaying(false);
    saveSoon();
  }

  function setPlaying(playing) {
    player.playing = playing;
    root.classList.toggle("playing", playing);
    part("play").setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  // ---- address and memory

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(() => {
      remember(key, player);
      mend();
    }, 250);
  }

  // Streamlit rewrites the address from what it knew when a run began: whatever it took away is put back.
  function mend(event) {
    if (player.playing || location.pathname !== path || event?.navigationType === "traverse") return;
    if (player.sweep) writeAddress(key, player);
  }

  // ---- the hand

  on(part("rate"), "input", (event) => {
    player.run = Number(event.target.value);
    changed();
  });
  on(part("step"), "input", (event) => choose(Number(event.target.value)));
  on(part("speed"), "change", (event) => {
    player.chosen.speed = Number(event.target.value);
    changed();
  });
  on(part("log-scale"), "change", (event) => {
    player.chosen.log = event.target.checked;
    changed();
  });
  const actions = {
    play,
    first: () => choose(0),
    back: () => choose(Math.ceil(player.clock) - 1),
    forward: () => choose(player.step + 1),
    last: () => choose(player.sweep.steps),
    reset: () => server.setStateValue("start", { surface: player.sweep.surface, at: null }),
    commit: () => server.setTriggerValue("commit", { rate: player.sweep.runs[player.run].rate, step: player.step }),
  };
  const keys = { " ": "play", Home: "first", ArrowLeft: "back", ArrowRight: "forward", End: "last" };
  for (const name of ["play", "first", "back", "forward", "reset", "commit"]) on(part(name), "click", actions[name]);
  on(part("picture"), "keydown", (event) => {
    if (event.target !== part("picture") || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    actions[keys[event.key]]();
  });
  const scrub = (event) => {
    if (!(event.buttons & 1)) return;
    const area = part("loss").getBoundingClientRect();
    const plot = curveBox(player.sweep, [0, 1], area.width, area.height);
    choose(Math.round(plot.back(event.clientX - area.left, 0)[0]));
  };
  on(part("loss"), "pointerdown", scrub);
  on(part("loss"), "pointermove", scrub);
  startHandle(part("start"), player, on);
  const resized = new ResizeObserver(() => player.sweep && invalidate(true));
  resized.observe(part("picture"));
  resized.observe(part("loss"));
  if (window.navigation) on(window.navigation, "currententrychange", mend);

  return {
    key,
    root,
    // Called again on every run of the page and every change of theme: only what has changed may change here.
    show(component, arrived) {
      const { sweep, options, run, clock } = player;
      server = component;
      Object.assign(player, { sweep: arrived.sweep, options: arrived.options, theme: readTheme(root), moved: null });
      if (!sweep) {
        const { note, ...opening } = recollect(key, player);
        Object.assign(player, opening);
        part("note").textContent = note;
      } else if (options.first !== arrived.options.first) player.run = arrived.options.first;
      else player.run = nearest(arrived.sweep.runs, sweep.runs[run].rate);
      if (sweep) player.clock = clock === sweep.steps ? arrived.sweep.steps : Math.min(clock, arrived.sweep.steps);
      said = "";
      player.shown = runsShown(player);
      furnish(root, part, player);
      mend();
      invalidate(true);
    },
    close() {
      if (player.sweep) remember(key, player);
      player.playing = false;
      stop.abort();
      resized.disconnect();
      cancelAnimationFrame(queued);
      clearTimeout(saving);
      clearTimeout(speaking);
    },
  };
}

export default function (component) {
  const { parentElement, data } = component;
  const arrived = decode(data);
  let player = players.get(parentElement);
  if (player && (player.key !== arrived.options.key || !player.root.isConnected)) {
    player.close();
    player = undefined;
  }
  player ??= open(parentElement.querySelector(".player"), arrived.options.key);
  players.set(parentElement, player);
  player.show(component, arrived);
  return () => {
    player.close();
    players.delete(parentElement);
  };
}
