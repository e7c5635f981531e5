(function () {
  "use strict";

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

  // Tables.
  function sortedRows(rows, column, down) {
    return rows.slice().sort(function (a, b) {
      var x = a[column];
      var y = b[column];
      if (x === null || y === null) { return (x === null) - (y === null); }
      var order = typeof x === "number" && typeof y === "number"
        ? x - y
        : String(x).localeCompare(String(y), "en", { numeric: true });
      return down ? -order : order;
    });
  }

  function fillBody(body, table, rows) {
    body.textContent = "";
    rows.forEach(function (row) {
      body.append(element("tr", {}, row.map(function (value, k) {
        var format = table.columns[k].format;
        var text = shown(value, format);
        var kind = format !== "TEXT" ? "number" : text.length > 60 ? "long" : "text";
        var cell = element("td", { "class": kind }, [text]);
        if (value === null) { cell.title = "not measured"; }
        return cell;
      })));
    });
  }

  function makeTable(section) {
    var table = section.table;
    var body = element("tbody");
    var heads = table.columns.map(function (column, k) {
      var arrow = element("span", { "class": "arrow", "aria-hidden": "true" });
      var button = element("button", { type: "button" }, [column.name + " ", arrow]);
      var head = element("th", { scope: "col", "class": column.format === "TEXT" ? "text" : "number", "aria-sort": "none" }, [button]);
      button.addEventListener("click", function () {
        var down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach(function (other) {
          other.setAttribute("aria-sort", "none");
          other.querySelector(".arrow").textContent = "";
        });
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        arrow.textContent = down ? "▾" : "▴";
        fillBody(body, table, sortedRows(table.rows, k, down));
      });
      return head;
    });
    fillBody(body, table, table.rows);
    var whole = element("table", {}, [element("thead", {}, [element("tr", {}, heads)]), body]);
    return element("div", { "class": "rows", tabindex: "0", role: "region", "aria-label": "Table: " + section.title }, [whole]);
  }

  function csvButton(section) {
    var button = element("button", { type: "button", "class": "csv" }, ["Download CSV"]);
    button.addEventListener("click", function () {
      var url = URL.createObjectURL(new Blob([section.table.csv], { type: "text/csv" }));
      var link = element("a", { href: url, download: section.id + ".csv" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(url); }, 10000);
    });
    return button;
  }

  function tableOf(section, open) {
    var count = section.table.rows.length;
    var details = element("details", { "class": "table" }, [element("summary", {}, ["Table, " + count + (count === 1 ? " row" : " rows")])]);
    details.open = open;
    details.append(element("div", { "class": "bar" }, [csvButton(section)]));
    details.append(makeTable(section));
    return details;
  }

  // Plots.
  function colourOf(series) {
    return series.published ? theme().published : theme().series[series.colour % theme().series.length];
  }

  function symbolOf(series) { return series.published ? "circle" : SYMBOLS[series.colour % SYMBOLS.length]; }

  /** Published marks are hollow. */
  function markStyle(series) {
    return series.published
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

  function percentRange(values) {
    var low = Math.min.apply(null, values);
    var high = Math.max.apply(null, values);
    var room = Math.max(0.01, (high - low) * 0.08);
    var step = high - low > 0.3 ? 0.1 : high - low > 0.1 ? 0.05 : 0.02;
    return {
      min: Math.round(100 * Math.max(0, Math.floor((low - room) / step) * step)),
      max: Math.round(100 * Math.min(1, Math.ceil((high + room) / step) * step)),
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
    return below(plot.x, { min: 0, axisLabel: label, splitNumber: 4 });
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
    var front = plot.series.filter(function (p) { return p.front; }).sort(function (a, b) { return a.x - b.x; });
    option.series.push({
      type: "line", name: "Pareto front", silent: true, symbol: "none", z: 1, step: "end",
      lineStyle: { color: theme().front, width: 1.5, type: [6, 4] }, data: front.map(function (p) { return [p.x, 100 * p.y]; })
    });
    plot.series.forEach(function (p) {
      var colour = colourOf(p);
      if (!p.published) { option.series.push(errorBars(p, colour)); }
      option.series.push({
        type: "scatter", name: p.name, symbol: symbolOf(p), symbolSize: p.published ? 10 : 13, z: 3,
        itemStyle: markStyle(p),
        label: { show: Boolean(p.published), formatter: p.name.replace("published: ", ""), position: "right", color: theme().soft, fontSize: 11 },
        labelLayout: { hideOverlap: true },
        data: [{
          value: [p.x, 100 * p.y],
          tip: [p.name, spread(p.y, p.yDeviation, p.count), withUnit(p.x, plot.unit) + " " + (plot.unit === "operations" ? plot.x : "")]
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

  function curvesOption(plot) {
    var option = baseOption();
    var xs = [1];
    var ys = [];
    plot.series.forEach(function (s) {
      s.points.forEach(function (p) { xs.push(p[0]); ys.push(p[1] - (p[2] || 0), p[1] + (p[2] || 0)); });
    });
    plot.levels.forEach(function (level) { ys.push(level.from, level.to); });
    var last = Math.max.apply(null, xs);
    option.xAxis = below(plot.x, { min: last > 1 ? 1 : 0, max: last > 1 ? last : 2, minInterval: 1 });
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
    option.series = option.series.concat(levelSeries(plot.levels));
    return option;
  }

  function barsOption(plot) {
    var option = baseOption();
    var t = theme();
    var lowest = Math.min.apply(null, plot.bars.map(function (b) { return b.value - (b.deviation || 0); }).concat([0]));
    var highest = Math.max.apply(null, plot.bars.map(function (b) { return b.value + (b.deviation || 0); }).concat([0]));
    option.grid = { left: 10, right: 74, top: 8, bottom: 30, containLabel: true };
    option.xAxis = below(plot.y, { min: lowest < 0 ? Math.floor(lowest * 10) * 10 : 0, max: Math.min(100, Math.max(10, Math.ceil(highest * 10) * 10)) });
    option.yAxis = {
      type: "category", inverse: true, z: 10, data: plot.bars.map(function (b) { return b.name; }),
      axisTick: { show: false }, axisLine: { lineStyle: { color: t.axis } },
      axisLabel: { inside: true, margin: 0, verticalAlign: "bottom", padding: [0, 0, 12, 4], color: t.ink, fontSize: 12, interval: 0, overflow: "truncate", width: 280 }
    };
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

  function channels(hex) { return [1, 3, 5].map(function (k) { return parseInt(hex.slice(k, k + 2), 16); }); }

  function scaleColour(value) {
    var stops = theme().scale.map(channels);
    var at = Math.min(0.9999, Math.max(0, value)) * (stops.length - 1);
    var k = Math.floor(at);
    var mixed = stops[k].map(function (c, n) { return Math.round(c + (at - k) * (stops[k + 1][n] - c)); });
    return "#" + mixed.map(function (c) { return c.toString(16).padStart(2, "0"); }).join("");
  }

  function inkOn(hex) {
    var c = channels(hex);
    return 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2] > 140 ? "#101418" : "#ffffff";
  }

  function heatOption(plot, view, width) {
    var option = baseOption();
    var columns = Math.max.apply(null, view.values.map(function (row) { return row.length; }));
    var cells = [];
    view.values.forEach(function (row, i) {
      row.forEach(function (value, j) {
        if (value !== null) { cells.push({ value: [j, i, value], tip: ["after " + i + ", on " + (j + 1), percent(value) + " %"] }); }
      });
    });
    var numbers = columns <= 12 && width / (columns + 1) > 26;
    option.grid = { left: 34, right: 10, top: 12, bottom: 44, containLabel: true };
    option.xAxis = below("accuracy on experience", { type: "category", data: view.values[0].map(function (v, j) { return String(j + 1); }), splitLine: { show: false }, axisTick: { show: false } });
    option.yAxis = axis("after experience", {
      type: "category", inverse: true, data: view.values.map(function (row, i) { return String(i); }),
      nameLocation: "middle", nameGap: 30, splitLine: { show: false }, axisTick: { show: false }
    });
    option.series.push({
      type: "custom", name: view.name, data: cells,
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

  function binName(view, k) {
    var from = view.edges[k];
    var to = view.edges[k + 1];
    if (from === null) { return "< " + trimmed(to, 2); }
    return to === null ? "≥ " + trimmed(from, 2) : trimmed(from, 2) + "–" + trimmed(to, 2);
  }

  function histogramOption(plot, view) {
    var option = baseOption();
    var t = theme();
    var colour = colourOf(view);
    var positive = view.shares.filter(function (s) { return s > 0; });
    var lowest = Math.pow(10, Math.floor(Math.log10(100 * Math.min.apply(null, positive.concat([0.001])))));
    option.xAxis = below(plot.x, {
      type: "category", boundaryGap: true, splitLine: { show: false },
      data: view.shares.map(function (s, k) { return binName(view, k); })
    });
    option.yAxis = left(plot.y, { type: "log", min: lowest, max: 100, axisLabel: { color: t.soft, fontSize: 12, formatter: function (v) { return trimmed(v, 2); } } });
    option.series.push({
      type: "bar", name: view.name, barCategoryGap: "12%", itemStyle: { color: colour },
      data: view.shares.map(function (s, k) {
        return { value: s > 0 ? 100 * s : null, tip: [view.name, "relative change " + binName(view, k), trimmed(100 * s, 4) + " % of weights"] };
      })
    });
    return option;
  }

  function isEmpty(plot) {
    switch (plot.kind) {
      case "points": return plot.series.length === 0;
      case "curves": return plot.series.every(function (s) { return s.points.length === 0; });
      case "bars": return plot.bars.length === 0;
      default: return plot.views.length === 0;
    }
  }

  function legendOf(chart) {
    var plot = chart.plot;
    var series = plot.kind === "points" || plot.kind === "curves" ? plot.series : [];
    var list = element("ul", { "class": "legend" });
    series.forEach(function (s) {
      var swatch = element("span", { "class": "swatch" });
      swatch.style.borderColor = colourOf(s);
      swatch.style.backgroundColor = s.published ? "transparent" : colourOf(s);
      var button = element("button", { type: "button", "aria-pressed": "true" }, [swatch, s.name]);
      button.addEventListener("click", function () {
        button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
        chart.made.dispatchAction({ type: "legendToggleSelect", name: s.name });
      });
      list.append(element("li", {}, [button]));
    });
    return list;
  }

  function heightOf(chart) {
    var plot = chart.plot;
    switch (plot.kind) {
      case "bars": return 48 * plot.bars.length + 62;
      case "heat": return Math.min(640, 34 * chart.view().values.length + 80);
      default: return 360;
    }
  }

  function draw(chart) {
    var plot = chart.plot;
    chart.place.style.height = heightOf(chart) + "px";
    if (chart.made) { chart.made.dispose(); }
    chart.made = echarts.init(chart.place, null, { renderer: "svg" });
    var width = chart.place.clientWidth;
    var option = plot.kind === "points" ? pointsOption(plot)
      : plot.kind === "curves" ? curvesOption(plot)
      : plot.kind === "bars" ? barsOption(plot)
      : plot.kind === "heat" ? heatOption(plot, chart.view(), width)
      : histogramOption(plot, chart.view());
    if (plot.kind === "bars") { option.yAxis.axisLabel.width = Math.max(120, width - 40); }
    option.legend.data = plot.kind === "points" || plot.kind === "curves" ? plot.series.map(function (s) { return s.name; }) : [];
    chart.made.setOption(option);
    chart.legend.textContent = "";
    chart.legend.append(plot.kind === "heat" ? scaleLegend() : legendOf(chart));
  }

  function scaleLegend() {
    var bar = element("i");
    bar.style.background = "linear-gradient(to right, " + theme().scale.join(", ") + ")";
    return element("div", { "class": "scale" }, ["0 %", bar, "100 %"]);
  }

  function addPlot(section, parent) {
    var plot = section.plot;
    if (isEmpty(plot)) {
      parent.append(element("p", { "class": "empty" }, ["Nothing to draw: no run holds these numbers."]));
      return;
    }
    var chart = { plot: plot, id: section.id, current: 0, made: null };
    chart.view = function () { return plot.views[chart.current]; };
    chart.place = element("div", { "class": "plot", role: "img", "aria-label": section.title + "; the table below holds its numbers" });
    chart.legend = element("div");
    if (plot.views && plot.views.length > 1) {
      var select = element("select", { "aria-label": "Which one is shown" }, plot.views.map(function (view, k) {
        return element("option", { value: String(k) }, [view.name]);
      }));
      select.addEventListener("change", function () { chart.current = Number(select.value); draw(chart); });
      parent.append(select);
    } else if (plot.views) {
      parent.append(element("p", { "class": "soft" }, [plot.views[0].name]));
    }
    parent.append(chart.place, chart.legend);
    charts.push(chart);
  }

  function addSection(section, parent) {
    var made = element("section", { id: section.id }, [element("h2", {}, [section.title])]);
    section.notices.forEach(function (text) { made.append(element("p", { "class": "notice" }, [text])); });
    if (section.plot) { addPlot(section, made); }
    section.words.forEach(function (text) { made.append(element("p", { "class": "soft" }, [text])); });
    if (section.table) { made.append(tableOf(section, section.id === "summary" || section.id === "missing")); }
    if (section.commands) {
      made.append(element("h3", {}, ["Commands that repeat each run"]));
      var list = element("details", { "class": "table" }, [element("summary", {}, ["Commands, " + section.commands.length])]);
      section.commands.forEach(function (line) {
        list.append(element("div", { "class": "command" }, [element("div", {}, [line.run]), element("pre", {}, [line.command])]));
      });
      made.append(list);
    }
    parent.append(made);
  }

  function themeButton() {
    var button = element("button", { type: "button", "class": "theme" });
    function label() { button.textContent = themeName() === "dark" ? "Light theme" : "Dark theme"; }
    button.addEventListener("click", function () { chosen = themeName() === "dark" ? "light" : "dark"; applyTheme(); label(); });
    system.addEventListener("change", function () { applyTheme(); label(); });
    label();
    return button;
  }

  function applyTheme() {
    root.setAttribute("data-theme", themeName());
    charts.forEach(draw);
  }

  function counted(count, one, many) { return count + " " + (count === 1 ? one : many); }

  function build() {
    var page = document.getElementById("page");
    root.setAttribute("data-theme", themeName());
    var subtitle = [counted(data.runs, "run", "runs") + " of " + counted(data.settings, "setting", "settings"),
      data.missing ? counted(data.missing, "run", "runs") + " missing" : "none missing",
      data.made.slice(0, 16).replace("T", " ") + " UTC", data.madeBy].join(" · ");
    page.append(element("header", {}, [element("div", {}, [element("h1", {}, [data.title]), element("div", { "class": "soft" }, [subtitle])]), themeButton()]));
    var links = element("ul", {}, data.sections.map(function (section) {
      return element("li", {}, [element("a", { href: "#" + section.id }, [section.title])]);
    }));
    var contents = element("details", {}, [element("summary", {}, ["Contents"]), links]);
    contents.open = window.innerWidth >= 1040;
    var main = element("main");
    page.append(element("div", { "class": "columns" }, [element("nav", { "aria-label": "Contents" }, [contents]), main]));
    data.sections.forEach(function (section) { addSection(section, main); });
    charts.forEach(draw);
    var timer = null;
    window.addEventListener("resize", function () {
      clearTimeout(timer);
      timer = setTimeout(function () { charts.forEach(draw); }, 150);
    });
  }

  // With #check the page looks at itself and writes what it finds into the element "check".
  function rgb(hex) { return "rgb(" + channels(hex).join(", ") + ")"; }

  /** For each colour of data how many marks it needs at least. */
  function wanted(chart) {
    var plot = chart.plot;
    var marks = {};
    function want(colour, count) { marks[rgb(colour)] = (marks[rgb(colour)] || 0) + count; }
    if (plot.kind === "heat") {
      chart.view().values.forEach(function (row) {
        row.forEach(function (value) { if (value !== null) { want(scaleColour(value), 1); } });
      });
    } else if (plot.kind === "histogram") {
      want(colourOf(chart.view()), chart.view().shares.filter(function (s) { return s > 0; }).length);
    } else {
      (plot.series || plot.bars).forEach(function (s) { want(colourOf(s), s.points ? Math.min(1, s.points.length) : 1); });
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
    return { id: chart.id, theme: themeName(), marks: total, missing: missing.length, clipped: clipped };
  }

  function checkTable(section) {
    var table = section.querySelector("table");
    var wrong = [];
    var details = table.closest("details");
    details.open = true;
    table.querySelectorAll("th button").forEach(function (button, column) {
      ["ascending", "descending"].forEach(function (direction) {
        button.click();
        var rows = data.sections.filter(function (s) { return s.id === section.id; })[0].table.rows;
        var order = Array.prototype.map.call(table.querySelectorAll("tbody tr"), function (row) { return row.cells[column].textContent; });
        var known = rows.map(function (row) { return row[column]; }).filter(function (v) { return v !== null; });
        var numeric = known.every(function (v) { return typeof v === "number"; });
        var first = numeric && known.length ? Math[direction === "ascending" ? "min" : "max"].apply(null, known) : null;
        var format = data.sections.filter(function (s) { return s.id === section.id; })[0].table.columns[column].format;
        if (button.parentNode.getAttribute("aria-sort") !== direction || order.length !== rows.length
            || (first !== null && order[0] !== shown(first, format))
            || (known.length < rows.length && order[order.length - 1] !== "–")) {
          wrong.push(button.textContent + direction);
        }
      });
    });
    return { id: section.id, columns: table.querySelectorAll("th").length, wrong: wrong };
  }

  function check() {
    var outcome = { firstTheme: themeName(), plots: [], tables: [], empty: document.querySelectorAll(".empty").length };
    for (var k = 0; k < 2; k++) {
      charts.forEach(function (chart) {
        var views = chart.plot.views ? chart.plot.views.length : 1;
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
})();
