// Plots.
function colourOf(series) {
  if (series.published) { return theme().published; }
  var own = theme().series[series.colour % theme().series.length];
  return series.shade === undefined ? own : mixed(theme().card, own, 0.25 + 0.75 * series.shade);
}

function channels(hex) { return [1, 3, 5].map(function (k) { return parseInt(hex.slice(k, k + 2), 16); }); }

/** A colour on the way from one to another. */
function mixed(from, to, share) {
  var ends = [channels(from), channels(to)];
  return "#" + ends[0].map(function (c, n) {
    return Math.round(c + share * (ends[1][n] - c)).toString(16).padStart(2, "0");
  }).join("");
}

/** One symbol for each round of the colours, so that no two of the first 32 settings look alike. */
function symbolOf(series) {
  return series.published ? "circle" : SYMBOLS[Math.floor(series.colour / theme().series.length) % SYMBOLS.length];
}

function hollow(series) { return Boolean(series.published || series.formula); }

/** Marks of what was published or comes from a formula are hollow. */
function markStyle(series) {
  return hollow(series)
    ? { color: theme().card, borderColor: colourOf(series), borderWidth: 2, opacity: 1 }
    : { color: colourOf(series), opacity: 1 };
}

function tip(lines) {
  return element("div", { "class": "tip" }, lines.map(function (line, k) {
    return element(k === 0 ? "strong" : "div", {}, [line]);
  }));
}

function baseOption() {
  var t = theme();
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      confine: true, backgroundColor: t.card, borderColor: t.axis, textStyle: { color: t.ink, fontSize: 13 },
      formatter: function (item) { return tip(item.data && item.data.tip ? item.data.tip : [item.seriesName]); }
    },
    legend: { show: false },
    grid: { left: 12, right: 24, top: 34, bottom: 30, containLabel: true },
    series: []
  };
}

function axis(name, more) {
  var t = theme();
  return Object.assign({
    type: "value", name: name, nameTextStyle: { color: t.soft, fontSize: 13 },
    axisLabel: { color: t.soft, fontSize: 12, hideOverlap: true },
    axisLine: { show: true, lineStyle: { color: t.axis } }, axisTick: { lineStyle: { color: t.axis } },
    splitLine: { lineStyle: { color: t.line } }, minorTick: { show: false }
  }, more);
}

function below(name, more) { return axis(name, Object.assign({ nameLocation: "middle", nameGap: 30 }, more)); }

function left(name, more) {
  var made = axis(name, Object.assign({ nameLocation: "end", nameGap: 14 }, more));
  made.nameTextStyle.align = "left";
  made.nameTextStyle.padding = [0, 0, 0, -26];
  return made;
}

/** An axis of percents whose ends are ticks. */
function percentRange(values) {
  var low = 100 * Math.min.apply(null, values);
  var high = 100 * Math.max.apply(null, values);
  var room = Math.max(1, (high - low) * 0.08);
  var step = roundStep((high - low + 2 * room) / 6);
  return {
    min: Math.max(low < 0 ? -100 : 0, Math.floor((low - room) / step) * step), max: Math.min(100, Math.ceil((high + room) / step) * step), interval: step,
    axisLabel: { color: theme().soft, fontSize: 12, formatter: function (v) { return trimmed(v, 4); } }
  };
}

function costAxis(plot, xs) {
  var low = Math.min.apply(null, xs);
  var high = Math.max.apply(null, xs);
  var label = { color: theme().soft, fontSize: 12, hideOverlap: true, formatter: function (v) { return withUnit(v, plot.unit); } };
  if (low > 0 && high / low > 8) {
    return below(plot.x + ", logarithmic", {
      type: "log", axisLabel: label,
      min: Math.pow(10, Math.floor(Math.log10(low / 1.3))), max: Math.pow(10, Math.ceil(Math.log10(high * 1.3)))
    });
  }
  var step = roundStep(high / 4);
  return below(plot.x, { min: 0, max: Math.ceil(high / step - 1e-9) * step, interval: step, axisLabel: label });
}

/** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
function roundStep(least) {
  if (!(least > 0)) { return 1; }
  var power = Math.pow(10, Math.floor(Math.log10(least)));
  return power * [1, 2, 2.5, 5, 10].filter(function (s) { return s * power >= least * (1 - 1e-9); })[0];
}

function stroke(colour, width, more) { return Object.assign({ stroke: colour, lineWidth: width, fill: "none" }, more); }

/** Deviations as bars across a point. */
function errorBars(point, colour) {
  return {
    type: "custom", name: point.name, silent: true, z: 2, clip: true, data: [[point.x, 100 * point.y]],
    renderItem: function (params, api) {
      var lines = [];
      function line(from, to) {
        lines.push({ type: "line", shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }, style: stroke(colour, 1.5) });
      }
      if (point.yDeviation !== null) {
        line(api.coord([point.x, 100 * (point.y - point.yDeviation)]), api.coord([point.x, 100 * (point.y + point.yDeviation)]));
      }
      if (point.xDeviation !== null && point.x > point.xDeviation) {
        line(api.coord([point.x - point.xDeviation, 100 * point.y]), api.coord([point.x + point.xDeviation, 100 * point.y]));
      }
      return { type: "group", children: lines };
    }
  };
}

function levelSeries(levels) {
  return levels.map(function (level) {
    return {
      type: "line", name: level.name, data: [], silent: true, z: 0,
      markArea: {
        silent: true, itemStyle: { color: theme().band },
        label: { show: true, position: "insideTopLeft", color: theme().soft, fontSize: 11 },
        data: [[{ name: "published", yAxis: 100 * level.from }, { yAxis: 100 * level.to }]]
      }
    };
  });
}

function pointsOption(plot) {
  var option = baseOption();
  var ys = [];
  plot.series.forEach(function (p) { ys.push(p.y - (p.yDeviation || 0), p.y + (p.yDeviation || 0)); });
  plot.levels.forEach(function (level) { ys.push(level.from, level.to); });
  var xs = [];
  plot.series.forEach(function (p) {
    var deviation = p.xDeviation || 0;
    xs.push(p.x + deviation, p.x > deviation ? p.x - deviation : p.x);
  });
  option.xAxis = costAxis(plot, xs);
  option.yAxis = left(plot.y, percentRange(ys));
  // Names stand on the side that has room for them.
  var low = Math.min.apply(null, xs);
  var high = Math.max.apply(null, xs);
  var middle = option.xAxis.type === "log" ? Math.sqrt(low * high) : high / 2;
  var fronts = {};
  plot.series.filter(function (p) { return p.front; }).sort(function (a, b) { return a.x - b.x; }).forEach(function (p) {
    fronts[p.front] = fronts[p.front] || [];
    fronts[p.front].push([p.x, 100 * p.y]);
  });
  Object.keys(fronts).forEach(function (name) {
    option.series.push({
      type: "line", name: "Pareto front " + name, silent: true, symbol: "none", z: 1, step: "end",
      lineStyle: { color: theme().front, width: 1.5, type: [6, 4] }, data: fronts[name]
    });
  });
  plot.series.forEach(function (p) {
    var colour = colourOf(p);
    if (!p.published) { option.series.push(errorBars(p, colour)); }
    option.series.push({
      type: "scatter", name: p.name, symbol: symbolOf(p), symbolSize: p.published ? 10 : 13, z: 3,
      itemStyle: markStyle(p),
      label: { show: Boolean(p.published), formatter: p.name.replace("published: ", ""), position: p.x > middle ? "left" : "right", color: theme().soft, fontSize: 11 },
      labelLayout: { hideOverlap: true },
      data: [{
        value: [p.x, 100 * p.y],
        tip: [p.name, spread(p.y, p.yDeviation, p.count), withUnit(p.x, plot.unit) + " " + (plot.unit === "operations" ? plot.x : "") + (p.formula ? ", by formula" : "")]
      }]
    });
  });
  option.series = option.series.concat(levelSeries(plot.levels));
  return option;
}

function bandSeries(series, colour) {
  var points = series.points.filter(function (p) { return p[2] !== null; });
  return {
    type: "custom", name: series.name, silent: true, z: 1, clip: true, data: points.length > 1 ? [[points[0][0], 100 * points[0][1]]] : [],
    renderItem: function (params, api) {
      var upper = points.map(function (p) { return api.coord([p[0], 100 * (p[1] + p[2])]); });
      var lower = points.map(function (p) { return api.coord([p[0], 100 * (p[1] - p[2])]); });
      return { type: "polygon", shape: { points: upper.concat(lower.reverse()) }, style: { fill: colour, opacity: 0.18 } };
    }
  };
}

/** Places along x that a line marks, and stretches of it that a band does. */
function markSeries(marks) {
  if (!marks) { return []; }
  var t = theme();
  return [{
    type: "line", name: "marks", data: [], silent: true, z: 0,
    markLine: {
      silent: true, symbol: "none", label: { show: false }, lineStyle: { color: t.axis, width: 1, type: [4, 4] },
      data: marks.lines.map(function (x) { return { xAxis: x }; })
    },
    markArea: {
      silent: true, itemStyle: { color: t.band },
      data: marks.bands.map(function (band) { return [{ xAxis: band[0] }, { xAxis: band[1] }]; })
    }
  }];
}

function curvesOption(plot) {
  var option = baseOption();
  var xs = [];
  var ys = [];
  plot.series.forEach(function (s) {
    s.points.forEach(function (p) { xs.push(p[0]); ys.push(p[1] - (p[2] || 0), p[1] + (p[2] || 0)); });
  });
  plot.levels.forEach(function (level) { ys.push(level.from, level.to); });
  var first = Math.min.apply(null, xs);
  var last = Math.max.apply(null, xs);
  option.xAxis = below(plot.x, { min: last > first ? first : first - 1, max: last > first ? last : last + 1, minInterval: 1 });
  option.yAxis = left(plot.y, percentRange(ys));
  plot.series.forEach(function (s) {
    var colour = colourOf(s);
    option.series.push(bandSeries(s, colour));
    option.series.push({
      type: "line", name: s.name, z: 3, symbol: symbolOf(s), symbolSize: s.points.length > 40 ? 3 : 7, showAllSymbol: true, clip: false,
      lineStyle: { color: colour, width: 2, type: s.published ? [5, 4] : "solid" }, itemStyle: markStyle(s),
      data: s.points.map(function (p) {
        return { value: [p[0], 100 * p[1]], tip: [s.name, plot.x + " " + p[0] + ": " + spread(p[1], p[2], s.published ? 0 : p[3])] };
      })
    });
  });
  option.series = option.series.concat(levelSeries(plot.levels), markSeries(plot.marks));
  return option;
}
