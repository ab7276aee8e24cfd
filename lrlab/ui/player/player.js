// One player: what is chosen, the clock, and the parts put together. Everything here happens in the browser; the
// server hears of a start point that was moved and of the button that commits a rate, and of nothing else.

const SPEEDS = [1, 2, 5, 10, 20, 50, 100];
const players = new WeakMap();

function open(root, key) {
  const stop = new AbortController();
  const on = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
  const part = (name) => root.querySelector(`[data-testid="player-${name}"]`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const path = location.pathname;

  let server, options, sweep, body, theme;
  let run = 0;
  let clock = 0; // the step, with its fraction while playing
  let playing = false;
  let log = false;
  let speed = null; // steps a second
  let moved = null; // a start point that is being moved, or waits for the server
  let frames = 0;
  let queued = 0;
  let before = 0;
  let saving = 0;
  let speaking = 0;
  let said = null;
  let ground = true;

  const step = () => Math.floor(clock);
  const shown = () =>
    options.series.length
      ? raceColours(options, sweep, theme).map((colour, at) => ({ ...options.series[at], colour, name: sweep.runs[options.series[at].run].label }))
      : [{ run, dash: [], shape: "circle", colour: options.ending ? theme.regimes[sweep.runs[run].regime] : theme.accent }];
  const box = () => pictureBox(sweep, part("picture").clientWidth, part("picture").clientHeight);

  // ---- what is drawn, at most once a frame

  function invalidate(all = false) {
    ground ||= all;
    queued ||= requestAnimationFrame(paint);
  }

  function paint(now) {
    queued = 0;
    if (playing) {
      clock = Math.min(sweep.steps, clock + (Math.min(now - before, 250) / 1000) * speed);
      before = now;
      if (clock === sweep.steps) hold();
    }
    if (ground) drawGround(part("ground"), sweep, theme);
    ground = false;
    drawTrails(part("trails"), sweep, theme, shown(), clock, moved !== null);
    drawLoss(part("loss").firstElementChild, sweep, theme, shown(), clock, log);
    const [x, y] = box().put(startPlace());
    const handle = part("start").style;
    handle.transform = `translate(${x}px, ${y}px)`;
    const high = y < part("picture").clientHeight / 2; // its word stands on the outside, clear of the path
    handle.setProperty(high ? "--above" : "--below", "100%");
    handle.removeProperty(high ? "--below" : "--above");
    describe();
    frames += 1;
    Object.assign(root.dataset, { frames, step: step(), rate: sweep.runs[run].label, playing });
    if (playing) queued = requestAnimationFrame(paint);
  }

  function startPlace() {
    const at = moved ?? sweep.start;
    if (sweep.dimension === 2) return at;
    const [left, right] = sweep.view;
    const index = Math.round(((at[0] - left) / (right - left)) * (sweep.curve.length - 1));
    return [at[0], sweep.curve[Math.min(Math.max(index, 0), sweep.curve.length - 1)]];
  }

  function describe() {
    const state = `${run} ${step()} ${moved}`;
    if (state === said) return;
    said = state;
    const ended = sweep.runs[run];
    part("rate").value = run;
    part("rate").style.setProperty("--share", `${(100 * run) / Math.max(1, sweep.runs.length - 1)}%`);
    part("rate").setAttribute("aria-valuetext", ended.label);
    part("rate-value").textContent = ended.label;
    part("step").value = step();
    part("step").style.setProperty("--share", `${(100 * step()) / sweep.steps}%`);
    part("step").setAttribute("aria-valuetext", `step ${step()} of ${sweep.steps}`);
    part("step-value").textContent = `${step()} / ${sweep.steps}`;
    const words = moved
      ? `Start at ${vector(moved.slice(0, sweep.dimension))}. Let go, or press Enter, to run from there.`
      : options.series.length
        ? raceWords(sweep, shown(), step())
        : whereWords(sweep, run, step());
    part("where").textContent = words;
    const [head, rest] = part("ending").children;
    if (options.ending && !options.series.length) {
      root.dataset.regime = ended.regime;
      const colon = ended.sentence.indexOf(":") + 1; // "Bouncing: …"
      head.textContent = colon ? ended.sentence.slice(0, colon) : ended.word;
      rest.textContent = ended.sentence.slice(colon);
    }
    if (options.rule) fillRule(part("rule"), sweep, run, step());
    if (options.log) fillLog(part("log"), sweep, run, step());
    speaking ||= setTimeout(speak, 700);
  }

  // Read aloud with pauses, so that a drag or a run in progress does not flood the listener.
  function speak() {
    speaking = 0;
    const ending = options.ending && !options.series.length ? ` ${sweep.runs[run].sentence}` : "";
    part("text").textContent = part("where").textContent + (moved ? "" : ending);
  }

  // ---- what is chosen

  function changed() {
    part("note").textContent = "";
    clearTimeout(saving);
    saving = setTimeout(save, 250);
    invalidate();
  }

  function chooseRun(index) {
    run = Math.min(Math.max(index, 0), sweep.runs.length - 1);
    changed();
  }

  function chooseStep(index) {
    hold();
    clock = Math.min(Math.max(index, 0), sweep.steps);
    changed();
  }

  function play() {
    if (playing) return chooseStep(step());
    if (calm.matches) return chooseStep(sweep.steps);
    if (clock >= sweep.steps) clock = 0;
    playing = true;
    before = performance.now();
    showPlaying();
    return changed();
  }

  function hold() {
    playing = false;
    showPlaying();
    clearTimeout(saving);
    saving = setTimeout(save, 250);
  }

  function showPlaying() {
    root.classList.toggle("playing", playing);
    part("play").setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  // ---- address and memory

  const elsewhere = () => sweep.start.some((value, axis) => value !== sweep.home[axis]);

  function asked() {
    return {
      rate: run === options.first ? null : sweep.runs[run].label,
      step: step() === options.step ? null : String(step()),
      start: elsewhere() ? sweep.start.slice(0, sweep.dimension).join(",") : null,
    };
  }

  function save() {
    remember(key, { rate: sweep.runs[run].rate, step: step(), log, speed });
    if (location.pathname === path && !playing) writeAddress(key, asked());
  }

  // Streamlit rewrites the address from what it knew when the run began; put back what it did not know.
  function mend(event) {
    if (location.pathname !== path || event?.navigationType === "traverse" || saving === null) return;
    if (sweep && !playing) writeAddress(key, asked());
  }

  function recollect() {
    const kept = recall(key);
    const address = readAddress(key);
    const complaints = [];
    const take = (text, read, otherwise) => {
      if (text === null) return otherwise;
      const [value, complaint] = read(text);
      if (complaint) complaints.push(complaint);
      return value ?? otherwise;
    };
    run = take(address.rate, (text) => runAsked(text, sweep.runs), kept.rate > 0 ? nearest(sweep.runs, kept.rate) : options.first);
    clock = take(address.step, (text) => stepAsked(text, sweep.steps), Math.min(kept.step ?? options.step, sweep.steps));
    const start = address.start?.split(",").map(Number);
    if (start && !start.every((value, axis) => value === sweep.start[axis])) complaints.push(`a start at “${address.start.slice(0, 20)}”`);
    log = kept.log ?? options.logarithmic ?? sweep.logarithmic;
    speed = SPEEDS.includes(kept.speed) ? kept.speed : (SPEEDS.find((one) => one >= sweep.steps / 10) ?? 100);
    if (complaints.length) part("note").textContent = `The address asks for ${complaints.join(" and ")}, which this picture cannot show. The rest of it was kept.`;
  }

  // ---- the parts

  function furnish() {
    root.style.setProperty("--aspect", String(aspect(sweep)));
    const race = options.series.length > 0;
    const one = sweep.runs.length === 1;
    root.querySelector(".rate").hidden = race;
    root.querySelector(".slider").hidden = one;
    part("rate").max = sweep.runs.length - 1;
    part("step").max = sweep.steps;
    const ends = root.querySelectorAll(".ends span");
    ends[0].textContent = sweep.runs[0].label;
    ends[1].textContent = sweep.runs.at(-1).label;
    part("commit").hidden = !options.commit;
    part("commit").textContent = options.commit ?? "";
    part("reset").hidden = !options.drag || !elsewhere();
    part("start").disabled = !options.drag;
    part("start").setAttribute("aria-label", `Start point ${vector(sweep.start.slice(0, sweep.dimension))}. Drag it, or move it with the arrow keys and press Enter.`);
    part("picture").setAttribute("aria-label", `${sweep.title}: the path of the descent. Space plays, the left and right arrow keys step.`);
    part("rule").hidden = !(options.rule && sweep.gradients) || race;
    part("log").hidden = !options.log || race;
    part("ending").hidden = !options.ending || race;
    part("log-scale").checked = log;
    part("legend").hidden = !race;
    part("legend").replaceChildren(...(race ? shown().map((each) => legendRow(each, sweep, options)) : []));
    part("speed").replaceChildren(...SPEEDS.map((each) => new Option(`${each} ${each === 1 ? "step" : "steps"}/s`, each, false, each === speed)));
    showPlaying();
  }

  on(part("rate"), "input", (event) => chooseRun(Number(event.target.value)));
  on(part("step"), "input", (event) => chooseStep(Number(event.target.value)));
  on(part("first"), "click", () => chooseStep(0));
  on(part("back"), "click", () => chooseStep(Math.ceil(clock) - 1));
  on(part("forward"), "click", () => chooseStep(step() + 1));
  on(part("play"), "click", play);
  on(part("speed"), "change", (event) => {
    speed = Number(event.target.value);
    changed();
  });
  on(part("log-scale"), "change", (event) => {
    log = event.target.checked;
    changed();
  });
  on(part("reset"), "click", () => server.setStateValue("start", { surface: sweep.surface, at: null }));
  on(part("commit"), "click", () => server.setTriggerValue("commit", { rate: sweep.runs[run].rate, step: step() }));
  on(part("picture"), "keydown", (event) => {
    if (event.target !== part("picture") || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = {
      " ": play,
      ArrowRight: () => chooseStep(step() + 1),
      ArrowLeft: () => chooseStep(Math.ceil(clock) - 1),
      Home: () => chooseStep(0),
      End: () => chooseStep(sweep.steps),
    }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });
  const scrub = (event) => {
    if (!(event.buttons & 1)) return;
    const area = part("loss").getBoundingClientRect();
    const plot = curveBox(sweep, [0, 1], area.width, area.height);
    chooseStep(Math.round(plot.back(event.clientX - area.left, 0)[0]));
  };
  on(part("loss"), "pointerdown", scrub);
  on(part("loss"), "pointermove", scrub);
  startHandle(part("start"), {
    sweep: () => sweep,
    box,
    moved(point) {
      moved = point;
      hold();
      invalidate();
    },
    commit(point) {
      moved = point;
      invalidate();
      server.setStateValue("start", { surface: sweep.surface, at: point });
    },
  }, on);
  const resized = new ResizeObserver(() => sweep && invalidate(true));
  resized.observe(part("picture"));
  resized.observe(part("loss"));
  if (window.navigation) on(window.navigation, "currententrychange", mend);

  return {
    key,
    root,
    show(component, arrived) {
      const first = !sweep;
      const rate = sweep?.runs[run].rate;
      const wanted = options?.first;
      const finished = sweep && clock >= sweep.steps;
      const known = !first && same(arrived.body, body);
      server = component;
      ({ options, sweep, body } = arrived);
      theme = readTheme(root);
      moved = said = null;
      if (first) recollect();
      else if (!known) {
        run = nearest(sweep.runs, rate);
        clock = finished ? sweep.steps : Math.min(clock, sweep.steps);
        part("note").textContent = "";
      }
      if (!first && wanted !== options.first) run = options.first;
      furnish();
      mend();
      invalidate(true);
    },
    close() {
      if (sweep) remember(key, { rate: sweep.runs[run].rate, step: step(), log, speed });
      stop.abort();
      resized.disconnect();
      cancelAnimationFrame(queued);
      clearTimeout(saving);
      clearTimeout(speaking);
      playing = false;
    },
  };
}

// A run of a race wears the colour of its regime; when two share one, the next takes a hue that means nothing.
function raceColours({ series, ending, spare }, { runs }, { regimes }) {
  const free = [...spare];
  const worn = new Set();
  return series.map(({ run, colour }) => {
    if (!ending) return colour;
    const { regime } = runs[run];
    if (worn.has(regime)) return free.shift() ?? regimes[regime];
    worn.add(regime);
    return regimes[regime];
  });
}

// The picture keeps the proportions of the view where a screen can bear them.
function aspect({ dimension, view: [left, right, low, high] }) {
  return dimension === 1 ? 1.5 : Math.min(Math.max((right - left) / (high - low), 1), 1.6);
}

function legendRow({ run, colour, dash, shape }, { runs }, { ending }) {
  const row = document.createElement("li");
  row.innerHTML = `<svg viewBox="-22 -9 44 18" aria-hidden="true"><path d="M-22 0H22" stroke-width="2.5"/><path transform="scale(6)"/></svg><b></b><span></span>`;
  const [line, mark] = row.querySelectorAll("path");
  line.setAttribute("stroke", colour);
  line.setAttribute("stroke-dasharray", dash.join(" "));
  mark.setAttribute("d", SHAPES[shape]);
  mark.setAttribute("fill", colour);
  row.querySelector("b").textContent = runs[run].label;
  row.querySelector("span").textContent = ending ? runs[run].word : "";
  return row;
}

export default function (component) {
  const { parentElement, data } = component;
  const arrived = decode(data);
  let player = players.get(parentElement);
  if (player && (player.key !== arrived.options.key || !player.root.isConnected)) {
    player.close();
    player = undefined;
  }
  player ??= open(parentElement.querySelector('[data-testid="player"]'), arrived.options.key);
  players.set(parentElement, player);
  player.show(component, arrived);
  return () => {
    player.close();
    players.delete(parentElement);
  };
}
