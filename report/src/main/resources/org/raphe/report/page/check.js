// With #check the page looks at itself and writes what it finds into the element "check".
function rgb(hex) { return "rgb(" + channels(hex).join(", ") + ")"; }

/** For each colour of data how many marks it needs at least. */
function wanted(chart) {
  var plot = chart.plot;
  var marks = {};
  function want(colour, count) { marks[rgb(colour)] = (marks[rgb(colour)] || 0) + count; }
  var view = chart.view();
  if (plot.kind === "heat") {
    view.values.forEach(function (row) {
      row.forEach(function (value) { if (value !== null) { want(scaleColour(value), 1); } });
    });
  } else if (plot.kind === "histogram") {
    (view.series || [view]).forEach(function (s) { want(colourOf(s), s.counts.filter(function (c) { return c > 0; }).length); });
  } else if (plot.kind === "filters") {
    view.filters.forEach(function (filter) {
      filter.weights.forEach(function (weight) { want(filterColour(weight, largestWeight(view)), 1); });
    });
  } else if (plot.kind === "raster") {
    want(colourOf(view), view.layers.reduce(function (sum, layer) {
      return sum + layer.trains.reduce(function (ones, train) { return ones + train.split("1").length - 1; }, 0);
    }, 0));
  } else if (plot.kind === "costs") {
    view.rows.forEach(function (row) { want(colourOf(row), row.values.length); });
  } else {
    (view.series || view.bars).forEach(function (s) { want(colourOf(s), s.points ? Math.min(1, s.points.length) : 1); });
  }
  return marks;
}

function inside(inner, outer) {
  return inner.left >= outer.left - 1 && inner.right <= outer.right + 1 && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
}

function checkPlot(chart) {
  var marks = wanted(chart);
  var found = {};
  var clipped = [];
  var frame = chart.place.getBoundingClientRect();
  chart.place.querySelectorAll("svg path, svg rect, svg circle, svg polygon, svg polyline, svg text").forEach(function (shape) {
    if (shape.closest("defs")) { return; }
    var box = shape.getBoundingClientRect();
    var style = getComputedStyle(shape);
    if (shape.tagName === "text") {
      if (!inside(box, frame)) { clipped.push(shape.textContent); }
    } else if (box.width + box.height > 1 && inside(box, frame)) {
      [style.fill, style.stroke].filter(function (c, k, all) { return all.indexOf(c) === k; }).forEach(function (colour) {
        if (marks[colour]) { found[colour] = (found[colour] || 0) + 1; }
      });
    }
  });
  var missing = Object.keys(marks).filter(function (colour) { return (found[colour] || 0) < marks[colour]; });
  var total = Object.keys(found).reduce(function (sum, colour) { return sum + found[colour]; }, 0);
  return { id: chart.id, theme: themeName(), marks: total, wanted: Object.keys(marks).reduce(function (sum, colour) { return sum + marks[colour]; }, 0), missing: missing.length, clipped: clipped };
}

function checkTable(section) {
  var table = section.querySelector("table");
  var wrong = [];
  var details = table.closest("details");
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  table.querySelectorAll("th button").forEach(function (button, column) {
    ["ascending", "descending"].forEach(function (direction) {
      button.click();
      var rows = data.sections.filter(function (s) { return s.id === section.id; })[0].table.rows;
      var order = Array.prototype.map.call(table.querySelectorAll("tbody tr"), function (row) { return row.cells[column].textContent; });
      var known = rows.map(function (row) { return row[column]; }).filter(function (v) { return v !== null; });
      var numeric = known.every(function (v) { return typeof v === "number"; });
      var first = numeric && known.length ? Math[direction === "ascending" ? "min" : "max"].apply(null, known) : null;
      var format = data.sections.filter(function (s) { return s.id === section.id; })[0].table.columns[column].format;
      if (button.parentNode.getAttribute("aria-sort") !== direction || order.length !== Math.min(MOST_ROWS, rows.length)
          || (first !== null && order[0] !== shown(first, format))
          || (known.length < rows.length && rows.length <= MOST_ROWS && order[order.length - 1] !== "–")) {
        wrong.push(button.textContent + direction);
      }
    });
  });
  var of = data.sections.filter(function (s) { return s.id === section.id; })[0].table;
  return { id: section.id, csv: csvOf(of), columns: table.querySelectorAll("th").length, wrong: wrong };
}

/** Of a plot that shows one of many things, how many are looked at. */
var MOST_VIEWS = 24;

function check() {
  var outcome = { firstTheme: themeName(), plots: [], tables: [], empty: document.querySelectorAll(".empty").length };
  for (var k = 0; k < 2; k++) {
    charts.forEach(function (chart) {
      var views = chart.plot.views ? Math.min(MOST_VIEWS, chart.plot.views.length) : 1;
      for (var view = 0; view < views; view++) {
        chart.current = view;
        draw(chart);
        outcome.plots.push(checkPlot(chart));
      }
      chart.current = 0;
      draw(chart);
    });
    document.querySelector(".theme").click();
  }
  document.querySelectorAll("section").forEach(function (section) {
    if (section.querySelector("table")) { outcome.tables.push(checkTable(section)); }
  });
  outcome.wide = root.scrollWidth > window.innerWidth + 1;
  outcome.title = document.querySelector("h1").textContent;
  outcome.csv = document.querySelectorAll("button.csv").length;
  outcome.errors = errors;
  document.body.append(element("pre", { id: "check" }, [JSON.stringify(outcome)]));
}


build();
if (options.indexOf("check") >= 0) { check(); }
if (options.indexOf("open") >= 0) { document.querySelectorAll("details").forEach(function (d) { d.open = true; }); }
