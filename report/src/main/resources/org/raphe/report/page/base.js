var data = JSON.parse(document.getElementById("data").textContent);
var options = location.hash.slice(1).split("&");
var errors = [];
var charts = [];
var root = document.documentElement;

window.addEventListener("error", function (event) { errors.push(String(event.message)); });
document.addEventListener("securitypolicyviolation", function (event) {
  errors.push("blocked: " + event.violatedDirective);
});
var toldError = console.error;
console.error = function () {
  errors.push(Array.prototype.join.call(arguments, " "));
  toldError.apply(console, arguments);
};

// Tables hold their texts by number.
data.sections.forEach(function (section) {
  var table = section.table;
  if (!table) { return; }
  table.rows = table.rows.map(function (row) {
    return row.map(function (cell, k) { return cell !== null && table.columns[k].format === "TEXT" ? table.texts[cell] : cell; });
  });
});

var THEMES = {
  light: {
    series: ["#1f67b1", "#c4511a", "#2b8a57", "#8447b8", "#a97b00", "#c0346a", "#2a8699", "#5c4a3d"],
    published: "#7b828d", front: "#3d4653", ink: "#1c2430", soft: "#5a6472", line: "#e4e7ec", axis: "#aab1bb",
    band: "#eef0f3", card: "#ffffff", scale: ["#eef3f9", "#5b9bd0", "#0b3d78"]
  },
  dark: {
    series: ["#6aaaf0", "#f0935c", "#62c792", "#bd8df0", "#dcb33c", "#f080ab", "#5fc4d8", "#c9b29f"],
    published: "#98a1ae", front: "#c4cbd5", ink: "#e6e9ee", soft: "#a3adba", line: "#2c333f", axis: "#566070",
    band: "#232a34", card: "#1a1f27", scale: ["#232c39", "#3f7fc1", "#cfe4fb"]
  }
};
var FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";
var SYMBOLS = ["circle", "rect", "triangle", "diamond"];

function element(name, attributes, children) {
  var made = document.createElement(name);
  Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
  (children || []).forEach(function (child) {
    made.append(child);
  });
  return made;
}

// Themes: the system's, until the reader chooses.
var system = window.matchMedia("(prefers-color-scheme: dark)");
var chosen = options.indexOf("theme=dark") >= 0 ? "dark" : options.indexOf("theme=light") >= 0 ? "light" : null;

function themeName() { return chosen || (system.matches ? "dark" : "light"); }
function theme() { return THEMES[themeName()]; }

// Numbers.
function trimmed(value, digits) { return String(Number(value.toPrecision(digits))); }

function short(value) {
  if (value === 0) { return "0"; }
  var prefixes = [[1e18, "E"], [1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"], [1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"], [1e-12, "p"]];
  for (var k = 0; k < prefixes.length; k++) {
    if (Math.abs(value) >= prefixes[k][0] * 0.9995) {
      return trimmed(value / prefixes[k][0], 3) + (prefixes[k][1] ? " " + prefixes[k][1] : "");
    }
  }
  return value.toExponential(2);
}

function withUnit(value, unit) {
  var text = short(value);
  if (unit === "operations" || !unit) { return text; }
  return /[a-zA-Zµ]$/.test(text) ? text + unit : text + " " + unit;
}

function percent(value) { return (100 * value).toFixed(2); }

function spread(mean, deviation, count) {
  return percent(mean) + (deviation === null || deviation === undefined ? "" : " ± " + percent(deviation))
    + " %" + (count ? " (" + count + (count === 1 ? " seed)" : " seeds)") : "");
}

function shown(value, format) {
  if (value === null || value === undefined) { return "–"; }
  if (typeof value !== "number") { return value; }
  switch (format) {
    case "PERCENT": return percent(value) + " %";
    case "COUNT": return short(value);
    case "NUMBER": return trimmed(value, 4);
    default: return String(value);
  }
}
