// Charts.
function isEmpty(plot) {
  switch (plot.kind) {
    case "points": return plot.series.length === 0;
    case "bars": return plot.bars.length === 0;
    default: return plot.views ? plot.views.length === 0 : plot.series.every(function (s) { return s.points.length === 0; });
  }
}

/** The symbol of a series as it stands in the plot. */
function swatch(series) {
  var shapes = {
    circle: "M12 7A5 5 0 1 1 2 7A5 5 0 1 1 12 7Z", rect: "M2 2H12V12H2Z", triangle: "M7 2L12 12H2Z", diamond: "M7 1L13 7L7 13L1 7Z"
  };
  var made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  var path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  made.setAttribute("viewBox", "0 0 14 14");
  made.setAttribute("class", "swatch");
  path.setAttribute("d", shapes[symbolOf(series)]);
  path.setAttribute("stroke", colourOf(series));
  path.setAttribute("fill", hollow(series) ? "none" : colourOf(series));
  made.append(path);
  return made;
}

function seriesOf(view) { return view.series || []; }

function legendOf(chart) {
  var buttons = seriesOf(chart.view()).map(function (s) {
    var button = element("button", { type: "button", "aria-pressed": "true" }, [swatch(s), element("span", {}, [s.name])]);
    button.addEventListener("click", function () {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      chart.made.dispatchAction({ type: "legendToggleSelect", name: s.name });
    });
    return button;
  });
  var list = element("ul", { "class": "legend" }, buttons.map(function (button) { return element("li", {}, [button]); }));
  return buttons.length > 3 ? element("div", {}, [allOrNone(chart, buttons), list]) : list;
}

/** With many series a reader hides all and shows the few that are compared. */
function allOrNone(chart, buttons) {
  return element("div", { "class": "choose" }, [["Show all", true], ["Hide all", false]].map(function (choice) {
    var button = element("button", { type: "button" }, [choice[0]]);
    button.addEventListener("click", function () {
      seriesOf(chart.view()).forEach(function (s) { chart.made.dispatchAction({ type: choice[1] ? "legendSelect" : "legendUnSelect", name: s.name }); });
      buttons.forEach(function (each) { each.setAttribute("aria-pressed", String(choice[1])); });
    });
    return button;
  }));
}

/** Whether names need two lines. */
function narrow() { return root.clientWidth < 700; }

function heightOf(chart) {
  var view = chart.view();
  switch (chart.plot.kind) {
    case "bars": return (narrow() ? 72 : 48) * view.bars.length + 62;
    case "costs": return (narrow() ? 92 : 64) * view.rows.length + 62;
    case "heat": return Math.min(640, Math.max(190, 34 * view.values.length + 80));
    case "raster": return Math.min(1200, 4 * rasterRows(view) + 54);
    case "filters": return Math.ceil(view.filters.length / filterGrid().columns) * filterGrid().size + 8;
    default: return 360;
  }
}

function optionOf(chart, width) {
  var view = chart.view();
  switch (chart.plot.kind) {
    case "points": return pointsOption(view);
    case "curves": return curvesOption(view);
    case "bars": return barsOption(view, width);
    case "costs": return costsOption(view, width);
    case "heat": return heatOption(view, width);
    case "raster": return rasterOption(view);
    case "filters": return filtersOption(view);
    default: return histogramOption(view);
  }
}

function draw(chart) {
  chart.place.style.height = heightOf(chart) + "px";
  if (chart.made) { chart.made.dispose(); }
  chart.made = echarts.init(chart.place, null, { renderer: "svg" });
  var option = optionOf(chart, chart.place.clientWidth);
  option.legend.data = seriesOf(chart.view()).map(function (s) { return s.name; });
  chart.made.setOption(option);
  chart.legend.textContent = "";
  switch (chart.plot.kind) {
    case "raster": break;
    case "heat": chart.legend.append(scaleLegend()); break;
    case "filters": chart.legend.append(weightLegend(chart.view())); break;
    default: chart.legend.append(legendOf(chart));
  }
}

/** Charts are drawn when they come near the window: a page may hold many. */
var near = new IntersectionObserver(function (entries) {
  entries.forEach(function (entry) {
    var chart = charts.filter(function (c) { return c.place === entry.target; })[0];
    if (entry.isIntersecting && !chart.made) { draw(chart); }
  });
}, { rootMargin: "600px" });

function redraw() { charts.forEach(function (chart) { if (chart.made) { draw(chart); } }); }

function scaleLegend() {
  var bar = element("i");
  bar.style.background = "linear-gradient(to right, " + theme().scale.join(", ") + ")";
  return element("div", { "class": "scale" }, ["0 %", bar, "100 %"]);
}

function weightLegend(view) {
  var largest = largestWeight(view);
  var bar = element("i");
  bar.style.background = "linear-gradient(to right, " + [-1, 0, 1].map(function (w) { return filterColour(w, 1); }).join(", ") + ")";
  return element("div", { "class": "scale" }, [trimmed(-largest, 3), bar, trimmed(largest, 3)]);
}

/** For each thing the reader chooses among, what there is, given what was chosen before it. */
function selectsOf(chart) {
  var plot = chart.plot;
  var selects = plot.selects.map(function (name) { return element("select", { "aria-label": name }); });
  function matching(count) {
    return plot.views.map(function (view, k) { return k; }).filter(function (k) {
      return selects.slice(0, count).every(function (select, n) { return plot.views[k].choices[n] === select.value; });
    });
  }
  function fill(from) {
    for (var n = from; n < selects.length; n++) {
      var before = selects[n].value;
      var names = matching(n).map(function (k) { return plot.views[k].choices[n]; })
        .filter(function (name, k, all) { return all.indexOf(name) === k; });
      selects[n].textContent = "";
      names.forEach(function (name) { selects[n].append(element("option", { value: name }, [name])); });
      selects[n].value = names.indexOf(before) >= 0 ? before : names[0];
      selects[n].disabled = names.length < 2;
    }
    chart.current = matching(selects.length)[0];
  }
  selects.forEach(function (select, n) {
    select.addEventListener("change", function () { fill(n + 1); draw(chart); });
  });
  fill(0);
  return element("div", { "class": "choose" }, selects);
}

function addPlot(section, parent) {
  var plot = section.plot.kind === "histogram" ? withAllSettings(section.plot) : section.plot;
  if (isEmpty(plot)) {
    parent.append(element("p", { "class": "empty" }, ["Nothing to draw: no run holds these numbers."]));
    return;
  }
  var chart = { plot: plot, id: section.id, current: 0, made: null };
  chart.view = function () { return plot.views ? plot.views[chart.current] : plot; };
  chart.place = element("div", { "class": "plot", role: "img", "aria-label": section.title + "; the table below holds its numbers" });
  chart.legend = element("div");
  if (plot.views) { parent.append(selectsOf(chart)); }
  chart.place.style.height = heightOf(chart) + "px";
  parent.append(chart.place, chart.legend);
  charts.push(chart);
}
