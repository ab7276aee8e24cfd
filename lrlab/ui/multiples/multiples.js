// All pictures under one rate and on one clock. Everything happens in the browser; the server hears of a picture that was
// pressed, and of nothing else.

const boards = new WeakMap();
const PLAYING = 20; // steps a second

function open(root, key) {
  const stop = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
  const part = (name) => root.querySelector(`[data-testid="multiples-${name}"]`);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const path = location.pathname;
  let server;
  let tiles = [];
  let frames = 0;
  let queued = 0;
  let before = 0; // when the last frame of a play was drawn
  let saving = 0;
  let speaking = 0;
  let stale = true; // whether the grounds must be drawn again
  const board = {
    run: 0,
    clock: 0, // the step, with its fraction while playing
    playing: false,
    chosen: {}, // what the player keeps here, the boards do not have
    get step() {
      return Math.floor(board.clock);
    },
  };

  // ---- what is drawn, at most once a frame

  function invalidate(all = false) {
    stale ||= all;
    queued ||= requestAnimationFrame(paint);
  }

  function paint(now) {
    const { sweep, theme, run } = board;
    queued = 0;
    if (board.playing) {
      board.clock = Math.min(sweep.steps, board.clock + (Math.min(Math.max(now - before, 0), 250) / 1000) * PLAYING);
      before = now;
      if (board.clock === sweep.steps) hold();
    }
    const said = sweep.panels.map((panel, index) => {
      const [ground, way] = tiles[index].querySelectorAll("canvas");
      if (stale) drawPanelGround(ground, panel, theme);
      const places = wayUntil(panel.ways[run], board.clock);
      const word = told(places, panel.ways[run], board.step, sweep.steps);
      drawPanelWay(way, places, word.regime, theme);
      return word;
    });
    stale = false;
    describe(said);
    Object.assign(root.dataset, { frames: ++frames, step: board.step, rate: sweep.runs[run].label, playing: board.playing });
    if (board.playing) queued = requestAnimationFrame(paint);
  }

  // ---- words and the values of the controls

  function describe(said) {
    const { sweep, run, step } = board;
    const { label } = sweep.runs[run];
    const slide = (name, value, most, text) => {
      part(name).value = value;
      part(name).style.setProperty("--share", `${(100 * value) / most}%`);
      part(name).setAttribute("aria-valuetext", text);
    };
    slide("rate", run, Math.max(1, sweep.runs.length - 1), label);
    slide("step", step, sweep.steps, `step ${step} of ${sweep.steps}`);
    part("rate-value").textContent = label;
    part("step-value").textContent = `${step} / ${sweep.steps}`;
    said.forEach(({ regime, words }, index) => {
      const line = tiles[index].querySelector(".told");
      line.dataset.regime = regime;
      line.lastElementChild.textContent = words;
    });
    const count = (regime) => said.filter((word) => word.regime === regime).length;
    const sums = [
      ["right", "arrived"],
      ["small", "not there yet, or stuck"],
      ["large", step === sweep.steps ? "bouncing, or thrown out" : "outside the picture"],
      ["", "on their way"],
    ].filter(([regime]) => count(regime));
    const sum = part("sum");
    sum.firstElementChild.textContent = `α = ${label}, step ${step} of ${sweep.steps}`;
    sum.lastElementChild.replaceChildren(...sums.map(([regime, words]) => toldLine(regime, `${count(regime)} ${words}`)));
    board.words = `Rate ${label}, step ${step} of ${sweep.steps}. ${sweep.panels.map(({ title }, at) => `${title}: ${said[at].words}`).join("; ")}.`;
    speaking ||= setTimeout(speak, 700);
  }

  // Read aloud with pauses, so that a drag or a run in progress does not flood the listener.
  function speak() {
    speaking = 0;
    part("text").textContent = board.words;
  }

  function toldLine(regime, words) {
    const line = document.createElement("span");
    line.className = "told";
    line.dataset.regime = regime;
    line.innerHTML = "<i></i><span></span>";
    line.lastElementChild.textContent = words;
    return line;
  }

  function furnish() {
    const { sweep, options } = board;
    part("rate").max = sweep.runs.length - 1;
    part("step").max = sweep.steps;
    root.querySelectorAll(".ends span").forEach((end, last) => {
      end.textContent = sweep.runs.at(-last).label;
    });
    if (tiles.length !== sweep.panels.length) {
      const items = Array.from({ length: sweep.panels.length + 1 }, () => document.createElement("li"));
      tiles = items.slice(0, -1).map((item, index) => {
        item.innerHTML = `<button type="button" class="tile"><b></b><span class="frame"><canvas></canvas><canvas></canvas></span></button>`;
        item.firstElementChild.append(toldLine("", ""));
        on(item.firstElementChild, "click", () => pick(index));
        return item.firstElementChild;
      });
      items.at(-1).className = "sum";
      items.at(-1).dataset.testid = "multiples-sum";
      items.at(-1).innerHTML = "<p></p><div></div>";
      part("tiles").replaceChildren(...items);
      resized.observe(part("tiles"));
    }
    sweep.panels.forEach(({ name, title }, index) => {
      const tile = tiles[index];
      tile.dataset.testid = `multiples-${name}`;
      tile.querySelector("b").textContent = title;
      tile.setAttribute("aria-pressed", name === options.chosen);
    });
  }

  // ---- what is chosen

  function changed() {
    part("note").textContent = "";
    saveSoon();
    invalidate();
  }

  function choose(step) {
    hold();
    board.clock = Math.min(Math.max(step, 0), board.sweep.steps);
    changed();
  }

  function play() {
    if (board.playing) return choose(board.step);
    if (calm.matches) return choose(board.sweep.steps);
    if (board.clock === board.sweep.steps) board.clock = 0;
    before = performance.now();
    setPlaying(true);
    return changed();
  }

  function hold() {
    setPlaying(false);
    saveSoon();
  }

  function setPlaying(playing) {
    board.playing = playing;
    root.classList.toggle("playing", playing);
    part("play").setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  function pick(index) {
    const { sweep, run } = board;
    server.setTriggerValue("pick", { name: sweep.panels[index].name, rate: sweep.runs[run].rate });
  }

  // ---- address and memory

  function saveSoon() {
    clearTimeout(saving);
    saving = setTimeout(() => {
      remember(key, board);
      mend();
    }, 250);
  }

  // Streamlit rewrites the address from what it knew when a run began: whatever it took away is put back.
  function mend(event) {
    if (board.playing || location.pathname !== path || event?.navigationType === "traverse") return;
    if (board.sweep) writeAddress(key, board);
  }

  // ---- the hand

  on(part("rate"), "input", (event) => {
    board.run = Number(event.target.value);
    changed();
  });
  on(part("step"), "input", (event) => choose(Number(event.target.value)));
  on(part("play"), "click", play);
  const keys = {
    Home: () => 0,
    ArrowLeft: () => Math.ceil(board.clock) - 1,
    ArrowRight: () => board.step + 1,
    End: () => board.sweep.steps,
  };
  on(part("tiles"), "keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    choose(keys[event.key]());
  });
  const resized = new ResizeObserver(() => board.sweep && invalidate(true));
  if (window.navigation) on(window.navigation, "currententrychange", mend);

  return {
    key,
    root,
    // Called again on every run of the page and every change of theme: only what has changed may change here.
    show(component, { sweep, options }) {
      const first = !board.sweep;
      server = component;
      sweep.panels = panelsOf(sweep);
      Object.assign(board, { sweep, options, theme: readTheme(root) });
      if (first) {
        const { run, clock, note } = recollect(key, board);
        Object.assign(board, { run, clock });
        part("note").textContent = note;
      }
      furnish();
      mend();
      invalidate(true);
    },
    close() {
      if (board.sweep) remember(key, board);
      board.playing = false;
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
  let board = boards.get(parentElement);
  if (board && (board.key !== arrived.options.key || !board.root.isConnected)) {
    board.close();
    board = undefined;
  }
  board ??= open(parentElement.querySelector(".multiples"), arrived.options.key);
  boards.set(parentElement, board);
  board.show(component, arrived);
  return () => {
    board.close();
    boards.delete(parentElement);
  };
}
