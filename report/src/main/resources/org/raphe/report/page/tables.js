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

/** Rows that a table shows at a time; sorting and the file have all. */
var MOST_ROWS = 500;

function fillBody(body, table, rows) {
  body.textContent = "";
  rows.slice(0, MOST_ROWS).forEach(function (row) {
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

/** A table whose rows are made when they are first looked at. */
function makeTable(section, details) {
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
  function fill() {
    if (details.open && !body.hasChildNodes()) { fillBody(body, table, table.rows); }
  }
  details.addEventListener("toggle", fill);
  fill();
  var whole = element("table", {}, [element("thead", {}, [element("tr", {}, heads)]), body]);
  return element("div", { "class": "rows", tabindex: "0", role: "region", "aria-label": "Table: " + section.title }, [whole]);
}

/** Comma-separated values, as raphe report --csv writes them. */
function csvOf(table) {
  function cell(value) {
    if (value === null) { return ""; }
    if (typeof value === "number") { return String(value); }
    var safe = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\r\n]/.test(safe) ? "\"" + safe.replace(/"/g, "\"\"") + "\"" : safe;
  }
  return [table.columns.map(function (column) { return column.name; })].concat(table.rows)
    .map(function (row) { return row.map(cell).join(",") + "\r\n"; }).join("");
}

function csvButton(section) {
  var button = element("button", { type: "button", "class": "csv" }, ["Download CSV"]);
  button.addEventListener("click", function () {
    var url = URL.createObjectURL(new Blob([csvOf(section.table)], { type: "text/csv" }));
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
  var part = count > MOST_ROWS ? [element("span", { "class": "part" }, ["The first " + MOST_ROWS + " rows in the order that is chosen; the file has all."])] : [];
  details.append(element("div", { "class": "bar" }, part.concat([csvButton(section)])));
  details.append(makeTable(section, details));
  return details;
}
