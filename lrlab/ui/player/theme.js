// Streamlit's theme as colours for a canvas.

// Red, green and blue of any CSS colour: a canvas knows them as #rrggbb.
function channels(colour) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = colour;
  return [1, 3, 5].map((at) => parseInt(pen.fillStyle.slice(at, at + 2), 16));
}

function readTheme(root) {
  const style = getComputedStyle(root);
  const read = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const page = read("background-color");
  const dark = Math.max(...channels(page)) < 128;
  // The three regimes are Streamlit's blue, green and orange (see config.toml); on a dark page their lighter kin.
  const kin = dark ? "text-color" : "color";
  return {
    page,
    dark,
    text: read("text-color"),
    accent: read("primary-color"),
    font: style.fontFamily,
    regimes: { small: read(`blue-${kin}`), right: read(`green-${kin}`), large: read(`orange-${kin}`) },
  };
}
