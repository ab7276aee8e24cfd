// Students down, exercises across: built once, then only what changed is touched, so that focus and scroll stay.

const boards = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".matrix");
  let board = boards.get(parentElement);
  if (board?.root !== root) {
    board?.stop.abort();
    board = open(root);
    boards.set(parentElement, board);
  }
  board.choose = (learner, exercise) => data.anonymous || setTriggerValue("chosen", { learner, exercise });
  board.data = data;
  board.words = Object.fromEntries(data.states.map(([letter, sign, word]) => [letter, { sign, word }]));
  root.classList.toggle("anonymous", data.anonymous);
  calls(board);
  table(board);
  return () => {
    board.stop.abort();
    boards.delete(parentElement);
  };
}

function open(root) {
  const board = { root, stop: new AbortController(), columns: "", legend: "", rows: [], at: [0, 0] };
  const grid = root.querySelector("table");
  const listen = (kind, act) => grid.addEventListener(kind, act, { signal: board.stop.signal });
  listen("click", ({ target }) => pick(board, target.closest("td")));
  listen("mouseover", ({ target }) => tell(board, target.closest("td")));
  listen("focusin", ({ target }) => {
    const cell = target.closest("td");
    if (cell) stand(board, cell.parentElement.rowIndex - 2, cell.cellIndex - 1);
    tell(board, cell);
  });
  listen("keydown", (event) => walk(board, event));
  return board;
}

function calls({ root, data, choose }) {
  const { calls: all, more, rows } = data;
  const here = rows.filter((row) => row[2]).length;
  const need = all.length + more;
  put(root.querySelector(".summary"), `${rows.length} in the class, ${here} here now. ` +
    (need ? `${need === 1 ? "One needs" : `${need} times somebody needs`} help:` : "Nobody needs help."));
  put(root.querySelector(".more"), more ? `And ${more} more; they stand first in the table.` : "");
  const list = root.querySelector(".calls ul");
  const state = JSON.stringify([all, data.anonymous]);
  if (list.dataset.state === state) return;
  list.dataset.state = state;
  const held = list.querySelector(":focus")?.dataset.call;
  list.replaceChildren(...all.map((call) => {
    const item = document.createElement("li");
    const card = document.createElement(data.anonymous ? "div" : "button");
    card.className = "call";
    card.dataset.call = `${call.learner} ${call.exercise}`;
    card.append(words("b", `▲ ${call.name}${call.here ? "" : " (not here)"}`), words("span", `${call.title}: ${call.why}`));
    if (call.last) card.append(words("div", `last tried ${call.last}`));
    if (!data.anonymous) card.onclick = () => choose(call.learner, call.exercise);
    item.append(card);
    return item;
  }));
  if (held) [...list.querySelectorAll("button")].find((card) => card.dataset.call === held)?.focus();
}

function table(board) {
  const { root, data } = board;
  const grid = root.querySelector("table");
  const columns = JSON.stringify(data.columns);
  if (board.columns !== columns) {
    board.columns = columns;
    board.rows = [];
    grid.replaceChildren(head(data.columns), document.createElement("tbody"));
    grid.setAttribute("role", "grid");
    grid.setAttribute("aria-label", "Students and exercises");
    root.querySelector(".legend").replaceChildren(
      ...data.states.map(([letter, sign, word]) => words("span", `${sign} ${word}`, letter)),
      words("span", "● here now"),
    );
  }
  const body = grid.tBodies[0];
  const focused = grid.contains(board.place) && board.place === board.place.getRootNode().activeElement;
  data.rows.forEach((row, place) => line(board, body, row, place));
  while (body.rows.length > data.rows.length) body.lastElementChild.remove();
  board.rows = data.rows;
  // The order changes with who needs help: the place in the table goes along with its student.
  const moved = data.rows.findIndex((row) => row[0] && row[0] === board.learner);
  stand(board, moved < 0 ? board.at[0] : moved, board.at[1]);
  if (focused && board.place !== board.place?.getRootNode().activeElement) board.place?.focus({ preventScroll: true });
  tell(board, board.told);
}

function head(columns) {
  const made = document.createElement("thead");
  const above = made.insertRow(), below = made.insertRow();
  const corner = words("th", "student", "name");
  corner.rowSpan = 2;
  corner.scope = "col";
  above.append(corner);
  let group;
  columns.forEach(([, title, chapter], place) => {
    const number = words("th", String(place + 1), "number");
    if (!group || group.title !== chapter) {
      group = words("th", chapter, "first");
      group.scope = "colgroup";
      group.title = chapter;
      group.colSpan = 0;
      above.append(group);
      number.classList.add("first");
    }
    group.colSpan += 1;
    number.scope = "col";
    number.title = title;
    number.setAttribute("aria-label", title);
    below.append(number);
  });
  return made;
}

function line(board, body, row, place) {
  const [learner, name, here, states, tries] = row;
  const before = board.rows[place];
  let made = body.rows[place];
  if (!made) {
    made = body.insertRow();
    const title = words("th", "", "name");
    title.scope = "row";
    made.append(title);
    for (const _ of states) {
      const cell = made.insertCell();
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = -1;
    }
  }
  const title = made.cells[0];
  put(title, name);
  title.title = here ? `${name}, here now` : name;
  title.classList.toggle("here", Boolean(here));
  if (before?.[3] === states && before?.[4] === tries) return;
  for (let at = 0; at < states.length; at += 1) {
    if (before?.[3][at] === states[at] && before?.[4][at] === tries[at]) continue;
    const { sign, word } = board.words[states[at]];
    const cell = made.cells[at + 1];
    put(cell, sign);
    cell.className = states[at];
    cell.setAttribute("aria-label", `${board.data.columns[at][1]}: ${word}${count(tries[at])}`);
  }
}

function count(tries) {
  return { 0: "", 1: ", 1 attempt", 9: ", 9 attempts or more" }[tries] ?? `, ${tries} attempts`;
}

function stand(board, row, column) {
  const { rows, columns } = board.data;
  const last = board.place;
  board.at = [Math.max(0, Math.min(row, rows.length - 1)), Math.max(0, Math.min(column, columns.length - 1))];
  board.place = board.root.querySelector("tbody").rows[board.at[0]]?.cells[board.at[1] + 1];
  board.learner = rows[board.at[0]]?.[0];
  if (last && last !== board.place) last.tabIndex = -1;
  if (board.place) board.place.tabIndex = 0;
}

function walk(board, event) {
  const [row, column] = board.at;
  const steps = {
    ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    Home: [row, 0], End: [row, Infinity], PageUp: [row - 10, column], PageDown: [row + 10, column],
  };
  if (event.key === "Enter" || event.key === " ") pick(board, event.target.closest("td"));
  else if (steps[event.key]) {
    stand(board, ...steps[event.key]);
    board.place?.focus();
    board.place?.scrollIntoView({ block: "nearest", inline: "nearest" });
  } else return;
  event.preventDefault();
}

function pick(board, cell) {
  if (!cell) return;
  const row = board.data.rows[cell.parentElement.rowIndex - 2];
  board.choose(row[0], board.data.columns[cell.cellIndex - 1][0]);
}

function tell(board, cell) {
  if (!cell) return;
  board.told = cell;
  const row = board.data.rows[cell.parentElement?.rowIndex - 2];
  put(board.root.querySelector(".told"), row ? `${row[1]} · ${cell.getAttribute("aria-label")}` : "");
}

function words(kind, text, name = "") {
  const made = document.createElement(kind);
  made.textContent = text;
  made.className = name;
  return made;
}

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
