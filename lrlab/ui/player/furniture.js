// Which parts a player shows, and in which colours.

const SPEEDS = [1, 2, 5, 10, 20, 50, 100];

function furnish(root, part, { sweep, options, log, speed, shown }) {
  const { runs, steps, dimension, view } = sweep;
  const race = options.series.length > 0;
  const show = (element, wanted) => {
    element.hidden = !wanted;
  };
  // The picture keeps the proportions of the view where a screen can bear them.
  const wide = dimension === 1 ? 1.5 : (view[1] - view[0]) / (view[3] - view[2]);
  root.style.setProperty("--aspect", Math.min(Math.max(wide, 1), 1.6));
  show(root.querySelector(".rate"), !race);
  show(root.querySelector(".slider"), runs.length > 1);
  part("rate").max = runs.length - 1;
  part("step").max = steps;
  root.querySelectorAll(".ends span").forEach((end, last) => {
    end.textContent = runs.at(-last).label;
  });
  show(part("commit"), options.commit);
  part("commit").textContent = options.commit;
  show(part("reset"), options.drag && !same(sweep.start, sweep.home));
  part("start").disabled = !options.drag;
  const place = vector(sweep.start.slice(0, dimension));
  part("start").setAttribute("aria-label", `Start point ${place}. Drag it, or move it with the arrow keys and press Enter.`);
  part("picture").setAttribute("aria-label", `${sweep.title}: the path of the descent. Space plays, the left and right arrow keys step.`);
  show(part("rule"), options.rule && !race);
  show(part("log"), options.log && !race);
  show(part("ending"), options.ending && !race);
  show(part("legend"), race);
  part("legend").replaceChildren(...(race ? shown.map((one) => legendRow(one, runs, options)) : []));
  part("log-scale").checked = log;
  part("speed").replaceChildren(...SPEEDS.map((each) => new Option(`${each} step${each > 1 ? "s" : ""}/s`, each, false, each === speed)));
}

// The runs on the picture. A run of a race wears the colour of its regime; when two share one, the next takes a hue
// that means nothing.
function runsShown({ sweep: { runs }, options: { series, spare, ending }, theme: { regimes, accent }, run }) {
  if (!series.length) return [{ run, dash: [], shape: "circle", colour: ending ? regimes[runs[run].regime] : accent }];
  const free = [...spare];
  const worn = new Set();
  return series.map((one) => {
    const { regime, label: name } = runs[one.run];
    if (!ending) return { ...one, name };
    const colour = worn.has(regime) ? (free.shift() ?? regimes[regime]) : regimes[regime];
    worn.add(regime);
    return { ...one, name, colour };
  });
}

function legendRow({ run, colour, dash, shape, name }, runs, { ending }) {
  const row = document.createElement("li");
  const line = `<path d="M-22 0H22" stroke="${colour}" stroke-dasharray="${dash}" stroke-width="2.5"/>`;
  const mark = `<path d="${SHAPES[shape]}" fill="${colour}" transform="scale(6)"/>`;
  row.innerHTML = `<svg viewBox="-22 -9 44 18" aria-hidden="true">${line}${mark}</svg><b></b><span></span>`;
  row.querySelector("b").textContent = name;
  row.querySelector("span").textContent = ending ? runs[run].word : "";
  return row;
}
