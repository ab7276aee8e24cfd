// Slips on the screen, and the same on paper: a frame that holds nothing else is printed, so no menu is on the sheet.

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector(".slips");
  list.replaceChildren(...data.slips.map((slip) => draw(slip, data)));
  const stop = new AbortController();
  const press = parentElement.querySelector("button");
  press.addEventListener("click", () => print(list, data.css, data.title), { signal: stop.signal });
  return () => stop.abort();
}

function draw(slip, { classroom, where, code }) {
  const item = document.createElement("li");
  item.className = "slip";
  item.append(
    line(classroom),
    line(slip.handle, "name"),
    line(`PIN ${slip.pin.slice(0, 3)} ${slip.pin.slice(3)}`, "pin"),
    line(`Class code ${code}`, "code"),
    line(`Open ${where}, choose “Have a class code?”, then “Come back”.`),
  );
  if (slip.cells) item.append(line(slip.cells));
  return item;
}

function line(words, name = "") {
  const paragraph = document.createElement("p");
  paragraph.className = name;
  paragraph.textContent = words;
  return paragraph;
}

function print(list, css, title) {
  const frame = document.createElement("iframe");
  frame.title = title;
  frame.style.cssText = "position:fixed;right:0;bottom:0;width:0;height:0;border:0";
  document.body.append(frame);
  const paper = frame.contentDocument;
  const style = paper.createElement("style");
  style.textContent = css;
  paper.head.append(style);
  paper.title = title;
  paper.body.append(paper.importNode(list, true));
  frame.contentWindow.addEventListener("afterprint", () => frame.remove());
  frame.contentWindow.print();
}
