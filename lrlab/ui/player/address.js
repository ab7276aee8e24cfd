// Rate, step and start live in the address without a server run; a copy in the tab's storage outlives a change of page.

function readAddress(key) {
  const address = new URLSearchParams(location.search);
  return Object.fromEntries(["rate", "step", "start"].map((name) => [name, address.get(`${key}.${name}`)]));
}

// Values of null are taken out. Never a new entry in the history: "back" must leave the page, not the drag.
function writeAddress(key, values) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(values)) {
    if (value === null) url.searchParams.delete(`${key}.${name}`);
    else url.searchParams.set(`${key}.${name}`, value);
  }
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(`lrlab.${key}`)) ?? {};
  } catch {
    return {}; // storage switched off, or not ours
  }
}

function remember(key, values) {
  try {
    sessionStorage.setItem(`lrlab.${key}`, JSON.stringify(values));
  } catch {
    // full or switched off: the address still has them
  }
}

function nearest(runs, rate) {
  const gaps = runs.map((run) => Math.abs(Math.log(run.rate) - Math.log(rate)));
  return Math.max(0, gaps.indexOf(Math.min(...gaps)));
}

// The run that an address asks for: [run, complaint], either of them null.
function runAsked(text, runs) {
  const exact = runs.findIndex((run) => run.label === text);
  if (exact >= 0) return [exact, null];
  const rate = Number(text.replace(",", "."));
  if (!text.trim() || !Number.isFinite(rate) || rate <= 0) return [null, `a rate of “${text.slice(0, 20)}”`];
  const rates = runs.map((run) => run.rate);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  if (rate < low * 0.999 || rate > high * 1.001) return [null, `a rate of ${number(rate)}, outside this slider`];
  return [nearest(runs, rate), null];
}

function stepAsked(text, steps) {
  const step = Number(text);
  if (text.trim() && Number.isInteger(step) && step >= 0 && step <= steps) return [step, null];
  return [null, `step “${text.slice(0, 20)}”`];
}
