// Rate, step and start live in the address without a server run; a copy in the tab's storage outlives a change of page.

function readAddress(key) {
  const address = new URLSearchParams(location.search);
  return ["rate", "step", "start"].map((name) => address.get(`${key}.${name}`));
}

// What stands as the page opens it stays out of the address. Never a new entry in the history: "back" leaves the page.
function writeAddress(key, { sweep, options, run, step }) {
  const url = new URL(location.href);
  const put = (name, value, standing) => {
    if (standing) url.searchParams.delete(`${key}.${name}`);
    else url.searchParams.set(`${key}.${name}`, value);
  };
  put("rate", sweep.runs[run].label, run === options.first || options.series.length > 0);
  put("step", step, step === options.step);
  put("start", sweep.start.slice(0, sweep.dimension), same(sweep.start, sweep.home));
  if (url.href !== location.href) history.replaceState(history.state, "", url);
}

function recall(key) {
  try {
    return JSON.parse(sessionStorage.getItem(`lrlab.${key}`)) ?? {};
  } catch {
    return {}; // storage switched off, or not ours
  }
}

function remember(key, { sweep, run, step, chosen }) {
  try {
    sessionStorage.setItem(`lrlab.${key}`, JSON.stringify({ rate: sweep.runs[run].rate, step, ...chosen }));
  } catch {
    // full or switched off: the address still has them
  }
}

function nearest(runs, rate) {
  const gaps = runs.map((run) => Math.abs(Math.log(run.rate / rate)));
  return Math.max(0, gaps.indexOf(Math.min(...gaps)));
}

// The run that a text asks for, or a complaint about it.
function runAsked(text, runs) {
  const exact = runs.findIndex((run) => run.label === text);
  if (exact >= 0) return exact;
  const rate = Number(text.replace(",", "."));
  if (!(rate > 0 && rate < Infinity)) return `a rate of ${quoted(text)}`;
  const rates = runs.map((run) => run.rate);
  if (rate < Math.min(...rates) * 0.999 || rate > Math.max(...rates) * 1.001) return `a rate of ${number(rate)}, outside this slider`;
  return nearest(runs, rate);
}

function stepAsked(text, steps) {
  const step = Number(text);
  return text.trim() && Number.isInteger(step) && step >= 0 && step <= steps ? step : `step ${quoted(text)}`;
}

const quoted = (text) => `“${text.slice(0, 20)}”`;

// Where a player opens: the address first, then what this tab remembers, then what the page wants.
function recollect(key, { sweep, options }) {
  const [rate, step, start] = readAddress(key);
  const kept = recall(key);
  const complaints = [];
  const take = (asked, otherwise) => {
    if (typeof asked !== "string") return asked ?? otherwise;
    complaints.push(asked);
    return otherwise;
  };
  const place = start?.split(",").map(Number);
  if (place && !place.every((value, axis) => value === sweep.start[axis])) complaints.push(`a start at ${quoted(start)}`);
  return {
    run: take(rate && !options.series.length ? runAsked(rate, sweep.runs) : null, kept.rate > 0 ? nearest(sweep.runs, kept.rate) : options.first),
    clock: take(step === null ? null : stepAsked(step, sweep.steps), Math.min(kept.step ?? options.step, sweep.steps)),
    chosen: { log: kept.log, speed: kept.speed },
    note: complaints.length
      ? `The address asks for ${complaints.join(" and ")}, which this picture cannot show. The rest of it was kept.`
      : "",
  };
}
