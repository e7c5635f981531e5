function addSection(section, parent) {
  var made = element("section", { id: section.id }, [element("div", { "class": "part" }, [section.part || ""]), element("h2", {}, [section.title])]);
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
  redraw();
}

function counted(count, one, many) { return count + " " + (count === 1 ? one : many); }

function build() {
  var page = document.getElementById("page");
  root.setAttribute("data-theme", themeName());
  var subtitle = [counted(data.runs, "run", "runs") + " of " + counted(data.settings, "setting", "settings"),
    data.missing ? counted(data.missing, "run", "runs") + " missing" : "none missing",
    data.repeated ? counted(data.repeated, "run", "runs") + " repeated" : "",
    data.made.slice(0, 16).replace("T", " ") + " UTC", data.madeBy].filter(Boolean).join(" · ");
  page.append(element("header", {}, [element("div", {}, [element("h1", {}, [data.title]), element("div", { "class": "soft" }, [subtitle])]), themeButton()]));
  var links = element("ul");
  var part = null;
  data.sections.forEach(function (section) {
    if (section.part !== part) {
      part = section.part;
      if (part) { links.append(element("li", { "class": "part" }, [part])); }
    }
    links.append(element("li", section.part ? { "class": "within" } : {}, [element("a", { href: "#" + section.id }, [section.title])]));
  });
  var contents = element("details", {}, [element("summary", {}, ["Contents"]), links]);
  contents.open = window.innerWidth >= 1040;
  var main = element("main");
  page.append(element("div", { "class": "columns" }, [element("nav", { "aria-label": "Contents" }, [contents]), main]));
  data.sections.forEach(function (section) { addSection(section, main); });
  charts.forEach(function (chart) { near.observe(chart.place); });
  window.addEventListener("beforeprint", function () { charts.forEach(function (chart) { if (!chart.made) { draw(chart); } }); });
  var timer = null;
  window.addEventListener("resize", function () {
    clearTimeout(timer);
    timer = setTimeout(redraw, 150);
  });
}
