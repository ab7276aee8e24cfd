// Streamlit's theme as colours for a canvas.

function luminance(pen, colour) {
  pen.fillStyle = "#ffffff";
  pen.fillStyle = colour; // the canvas turns any CSS colour into #rrggbb
  const parts = [1, 3, 5].map((at) => parseInt(pen.fillStyle.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function readTheme(root) {
  const style = getComputedStyle(root);
  const read = (name) => style.getPropertyValue(`--st-${name}`).trim();
  const page = read("background-color") || "#ffffff";
  const dark = luminance(document.createElement("canvas").getContext("2d"), page) < 0.3;
  // The three regimes are Streamlit's blue, green and orange (see config.toml); on a dark page their lighter kin.
  const kin = dark ? "text-color" : "color";
  return {
    page,
    dark,
    text: read("text-color") || "#222222",
    accent: read("primary-color") || "#6546b6",
    font: style.fontFamily,
    regimes: { small: read(`blue-${kin}`), right: read(`green-${kin}`), large: read(`orange-${kin}`) },
  };
}
