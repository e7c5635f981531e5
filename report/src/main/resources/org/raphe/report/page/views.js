/** A row for each name, which stands above what is drawn. */
function namedRows(names, width) {
  var t = theme();
  return {
    type: "category", inverse: true, z: 10, data: names,
    axisTick: { show: false }, axisLine: { lineStyle: { color: t.axis } },
    axisLabel: {
      inside: true, margin: 0, verticalAlign: "bottom", padding: [0, 0, 12, 4], color: t.ink, fontSize: 12, interval: 0,
      overflow: "break", lineHeight: 14, width: Math.max(120, width - 40)
    }
  };
}

function barsOption(plot, width) {
  var option = baseOption();
  var t = theme();
  var lowest = Math.min.apply(null, plot.bars.map(function (b) { return b.value - (b.deviation || 0); }).concat([0]));
  var highest = Math.max.apply(null, plot.bars.map(function (b) { return b.value + (b.deviation || 0); }).concat([0]));
  option.grid = { left: 10, right: 74, top: 8, bottom: 30, containLabel: true };
  option.xAxis = below(plot.y, { min: lowest < 0 ? Math.floor(lowest * 10) * 10 : 0, max: Math.min(100, Math.max(10, Math.ceil(highest * 10) * 10)) });
  option.yAxis = namedRows(plot.bars.map(function (b) { return b.name; }), width);
  option.series.push({
    type: "bar", name: plot.y, barWidth: 14, barCategoryGap: 30,
    data: plot.bars.map(function (b) {
      return {
        value: 100 * b.value, tip: [b.name, spread(b.value, b.deviation, b.count)],
        itemStyle: b.published ? { color: t.band, borderColor: colourOf(b), borderWidth: 1.5, borderType: [4, 3] } : { color: colourOf(b) }
      };
    })
  });
  option.series.push({
    type: "custom", name: "deviation", silent: true, z: 4,
    data: plot.bars.map(function (b, k) { return [100 * b.value, k, 100 * (b.deviation || 0)]; }),
    renderItem: function (params, api) {
      var from = api.coord([api.value(0) - api.value(2), api.value(1)]);
      var to = api.coord([api.value(0) + api.value(2), api.value(1)]);
      var text = { type: "text", style: { text: percent(api.value(0) / 100) + " %", x: Math.max(to[0], from[0]) + 8, y: to[1], verticalAlign: "middle", fill: t.ink, fontSize: 12, fontFamily: FONT } };
      var line = { type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: stroke(t.ink, 1.5) };
      return { type: "group", children: api.value(2) > 0 ? [line, text] : [text] };
    }
  });
  return option;
}

function costText(plot, row) {
  var cost = row.mean === null ? "" : withUnit(row.mean, plot.unit) + (row.deviation === null ? "" : " ± " + withUnit(row.deviation, plot.unit));
  return [cost, row.text].filter(Boolean).join("; ");
}

/** A small mark for each seed and a bar at their mean. */
function costsOption(plot, width) {
  var option = baseOption();
  var t = theme();
  var xs = [];
  plot.rows.forEach(function (row) { xs = xs.concat(row.values); });
  option.grid = { left: 22, right: 28, top: 8, bottom: 30, containLabel: true };
  option.xAxis = xs.length ? costAxis(plot, xs) : below("", { min: 0, max: 1, axisLabel: { show: false } });
  option.yAxis = namedRows(plot.rows.map(function (row, k) { return String(k); }), width);
  option.yAxis.axisLabel.padding = [0, 0, 4, 4];
  delete option.yAxis.axisLabel.overflow;
  option.yAxis.axisLabel.rich = { name: { color: t.ink, fontSize: 12, lineHeight: 16 }, text: { color: t.soft, fontSize: 12, lineHeight: 16 } };
  option.yAxis.axisLabel.formatter = function (k) {
    var row = plot.rows[Number(k)];
    return lines(row.name, width).map(function (line) { return "{name|" + line + "}"; })
      .concat(lines(costText(plot, row), width).map(function (line) { return "{text|" + line + "}"; })).join("\n");
  };
  plot.rows.forEach(function (row, k) {
    var colour = colourOf(row);
    option.series.push({
      type: "scatter", name: row.name, symbol: symbolOf(row), symbolSize: 9, symbolOffset: [0, 9], itemStyle: { color: colour, opacity: 1 },
      data: row.values.map(function (v) { return { value: [v, k], tip: [row.name, withUnit(v, plot.unit), costText(plot, row)] }; })
    });
    option.series.push({
      type: "custom", name: row.name, silent: true, z: 4, data: row.mean === null ? [] : [[row.mean, k]],
      renderItem: function (params, api) {
        var at = api.coord([row.mean, k]);
        return { type: "line", shape: { x1: at[0], y1: at[1] + 1, x2: at[0], y2: at[1] + 17 }, style: stroke(colour, 2.5) };
      }
    });
  });
  return option;
}

/** Styled labels are not broken where they are too wide: at most two lines, without the marks of styles. */
function lines(text, width) {
  var most = Math.max(20, Math.floor((width - 50) / 6.6));
  var broken = [""];
  text.replace(/[{}|\n]/g, " ").split(" ").forEach(function (word) {
    var last = broken[broken.length - 1];
    if (last && (last + " " + word).length > most) { broken.push(word.slice(0, most)); } else { broken[broken.length - 1] = (last ? last + " " : "") + word.slice(0, most); }
  });
  return broken.length > 2 ? [broken[0], broken[1].slice(0, most - 1) + "…"] : broken;
}

function scaleColour(value) {
  var stops = theme().scale;
  var at = Math.min(0.9999, Math.max(0, value)) * (stops.length - 1);
  var k = Math.floor(at);
  return mixed(stops[k], stops[k + 1], at - k);
}

function inkOn(hex) {
  var c = channels(hex);
  return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2] > 140 ? "#101418" : "#ffffff";
}

/** Names that are numbers stand as they are; longer ones are cut and, below, slanted. */
function nameLabels(names, room) {
  var longest = Math.max.apply(null, names.map(function (name) { return name.length; }));
  var t = theme();
  return {
    color: t.soft, fontSize: 12, interval: names.length <= 30 ? 0 : "auto", width: room, overflow: "truncate",
    rotate: longest > 3 ? 40 : 0
  };
}

function heatOption(view, width) {
  var option = baseOption();
  var columns = view.columns.names.length;
  var slanted = Math.max.apply(null, view.columns.names.map(function (name) { return name.length; })) > 3;
  var room = width < 500 ? 60 : 90;
  var cells = [];
  view.values.forEach(function (row, i) {
    row.forEach(function (value, j) {
      if (value !== null) {
        cells.push({ value: [j, i, value], tip: [view.rows.title + " " + view.rows.names[i] + ", " + view.columns.title + " " + view.columns.names[j], percent(value) + " %"] });
      }
    });
  });
  var numbers = columns <= 12 && width / (columns + 1) > 26;
  option.grid = { left: 34, right: 14, top: 12, bottom: slanted ? 36 : 44, containLabel: true };
  option.xAxis = below(view.columns.title, {
    type: "category", data: view.columns.names, splitLine: { show: false }, axisTick: { show: false },
    nameGap: slanted ? 66 : 30, axisLabel: nameLabels(view.columns.names, room)
  });
  option.yAxis = axis(view.rows.title, {
    type: "category", inverse: true, data: view.rows.names, nameLocation: "middle",
    nameGap: Math.max.apply(null, view.rows.names.map(function (name) { return name.length; })) > 3 ? room + 8 : 30,
    splitLine: { show: false }, axisTick: { show: false },
    axisLabel: Object.assign(nameLabels(view.rows.names, room), { rotate: 0 })
  });
  option.series.push({
    type: "custom", name: view.choices[0], data: cells,
    renderItem: function (params, api) {
      var size = api.size([1, 1]);
      var at = api.coord([api.value(0), api.value(1)]);
      var colour = scaleColour(api.value(2));
      var rect = {
        type: "rect", style: { fill: colour },
        shape: { x: at[0] - size[0] / 2 + 1, y: at[1] - size[1] / 2 + 1, width: Math.max(1, size[0] - 2), height: Math.max(1, size[1] - 2), r: 2 }
      };
      var text = { type: "text", silent: true, style: { text: String(Math.round(100 * api.value(2))), x: at[0], y: at[1], align: "center", verticalAlign: "middle", fill: inkOn(colour), fontSize: 12, fontFamily: FONT } };
      return { type: "group", children: numbers ? [rect, text] : [rect] };
    }
  });
  return option;
}

/** Rows of a raster between two layers. */
var LAYER_GAP = 6;

function rasterRows(view) {
  return view.layers.reduce(function (sum, layer) { return sum + layer.units.length + LAYER_GAP; }, 0);
}

/** A mark for each spike: steps to the right, units from above, layer under layer. */
function rasterOption(view) {
  var option = baseOption();
  var t = theme();
  var colour = colourOf(view);
  var spikes = [];
  var names = [];
  var row = 0;
  view.layers.forEach(function (layer) {
    names.push({ at: row, text: layer.name });
    row += LAYER_GAP;
    layer.trains.forEach(function (train, k) {
      for (var step = 0; step < train.length; step++) {
        if (train[step] === "1") { spikes.push({ value: [step + 1, row + k], tip: [layer.units[k], "spikes at step " + (step + 1)] }); }
      }
    });
    row += layer.units.length;
  });
  option.grid = { left: 14, right: 16, top: 10, bottom: 44, containLabel: false };
  option.xAxis = below("step; " + view.answer, { min: 0.5, max: view.steps + 0.5, minInterval: 1, splitLine: { show: false }, axisLine: { onZero: false, lineStyle: { color: t.axis } }, axisLabel: { color: t.soft, fontSize: 12, formatter: function (v) { return Number.isInteger(v) ? String(v) : ""; } } });
  option.yAxis = { type: "value", inverse: true, min: 0, max: row, show: false };
  option.series.push({
    type: "custom", name: view.choices[0], data: spikes,
    renderItem: function (params, api) {
      var size = api.size([1, 1]);
      var at = api.coord([api.value(0), api.value(1)]);
      var wide = Math.min(10, Math.max(1.5, size[0] * 0.7));
      return { type: "rect", style: { fill: colour }, shape: { x: at[0] - wide / 2, y: at[1], width: wide, height: Math.max(1.5, size[1] * 0.8) } };
    }
  });
  option.series.push({
    type: "custom", name: "layers", silent: true, data: names.map(function (name) { return [0.5, name.at]; }),
    renderItem: function (params, api) {
      var at = api.coord([0.5, names[params.dataIndex].at]);
      return { type: "text", style: { text: names[params.dataIndex].text, x: at[0] + 2, y: at[1] + 4, fill: t.soft, fontSize: 12, fontFamily: FONT } };
    }
  });
  return option;
}

/** Filters side by side and the room of each, the same for every filter of a page. */
function filterGrid() { return narrow() ? { columns: 8, size: 36 } : { columns: 16, size: 46 }; }

function largestWeight(view) {
  return view.filters.reduce(function (most, filter) { return filter.weights.reduce(function (m, w) { return Math.max(m, Math.abs(w)); }, most); }, 0);
}

/** Below 0 towards one colour, above towards another; 0 is the paper's. */
function filterColour(weight, largest) {
  var t = theme();
  var at = largest > 0 ? Math.min(1, Math.abs(weight) / largest) : 0;
  return mixed(t.band, weight < 0 ? t.series[1] : t.series[0], at);
}

/** A square for each weight, in mosaics of a filter each. */
function filtersOption(view) {
  var option = baseOption();
  var grid = filterGrid();
  var largest = largestWeight(view);
  var cell = (grid.size - 6) / view.side;
  var cells = [];
  view.filters.forEach(function (filter, f) {
    filter.weights.forEach(function (weight, k) {
      cells.push({
        value: [f, k, weight],
        tip: [filter.name, "row " + (Math.floor(k / view.side) + 1) + ", column " + (k % view.side + 1), trimmed(weight, 4)]
      });
    });
  });
  option.series.push({
    type: "custom", coordinateSystem: "none", name: view.choices[0], data: cells,
    renderItem: function (params, api) {
      var f = api.value(0);
      var k = api.value(1);
      return {
        type: "rect", style: { fill: filterColour(api.value(2), largest) },
        shape: {
          x: 4 + f % grid.columns * grid.size + k % view.side * cell, width: cell,
          y: 4 + Math.floor(f / grid.columns) * grid.size + Math.floor(k / view.side) * cell, height: cell
        }
      };
    }
  });
  return option;
}

function binName(view, k) {
  var from = view.edges[k];
  var to = view.edges[k + 1];
  if (from === null) { return "< " + trimmed(to, 2); }
  return to === null ? "≥ " + trimmed(from, 2) : trimmed(from, 2) + "–" + trimmed(to, 2);
}

/** Counts of weights on a logarithmic scale: bars of one setting, or a line for each of many. */
function histogramOption(view) {
  var option = baseOption();
  var t = theme();
  var many = Boolean(view.series);
  var all = many ? view.series : [view];
  var positive = [];
  all.forEach(function (s) { positive = positive.concat(s.counts.filter(function (c) { return c > 0; })); });
  option.xAxis = below(view.x, {
    type: "category", boundaryGap: true, splitLine: { show: false },
    data: all[0].counts.map(function (c, k) { return binName(view, k); })
  });
  var lowest = Math.pow(10, Math.floor(Math.log10(Math.min.apply(null, positive)) - 0.001));
  option.yAxis = left(view.y, {
    type: "log", min: lowest, startValue: lowest,
    max: Math.pow(10, Math.ceil(Math.log10(Math.max.apply(null, positive)) + 0.001)),
    axisLabel: { color: t.soft, fontSize: 12, formatter: short }
  });
  option.series = all.map(function (s) {
    var total = s.counts.reduce(function (sum, c) { return sum + c; }, 0);
    var name = s.name || view.choices[0];
    var made = {
      type: many ? "line" : "bar", name: name, barCategoryGap: "12%", itemStyle: { color: colourOf(s), opacity: 1 }, clip: false,
      data: s.counts.map(function (c, k) {
        return { value: c > 0 ? c : null, tip: [name, view.x + " " + binName(view, k), short(c) + " weights, " + trimmed(100 * c / total, 4) + " %"] };
      })
    };
    return many ? Object.assign(made, { symbol: symbolOf(s), symbolSize: 7, showAllSymbol: true, lineStyle: { color: colourOf(s), width: 2 } }) : made;
  });
  return option;
}

/** Before the views of single settings, one of all settings for each layer and experience. */
function withAllSettings(plot) {
  var settings = {};
  var joint = {};
  plot.views.forEach(function (view) {
    settings[view.choices[0]] = true;
    var key = JSON.stringify([view.choices[1], view.choices[2], view.edges]);
    joint[key] = joint[key] || [];
    joint[key].push(view);
  });
  if (Object.keys(settings).length < 2) { return plot; }
  var views = Object.keys(joint).filter(function (key) { return joint[key].length > 1; }).map(function (key) {
    var first = joint[key][0];
    return {
      choices: ["all settings"].concat(first.choices.slice(1)), x: first.x, y: first.y, edges: first.edges,
      series: joint[key].map(function (view) { return { name: view.choices[0], colour: view.colour, counts: view.counts }; })
    };
  });
  return Object.assign({}, plot, { views: views.concat(plot.views) });
}
