/* Standings sort by any heading, by mouse and keyboard, without asking the server; no step of the history.
   How a table is sorted stays when its rows change, until somebody leads back to its usual order. */
(function () {
  var sorted = {}; // table id -> {key, down}

  function headOf(table, key) {
    return table.tHead && table.tHead.querySelector('.sort-head[data-sort="' + key + '"]');
  }

  function valueOf(row, column) {
    var cell = row.cells[column];
    return cell && cell.dataset.value !== undefined ? Number(cell.dataset.value) : null;
  }

  function compare(column, down) {
    return function (one, other) {
      var a = valueOf(one, column), b = valueOf(other, column);
      if (a === null || b === null) {
        if ((a === null) !== (b === null)) return a === null ? 1 : -1;
      } else if (a !== b) {
        return (a < b) === down ? 1 : -1;
      }
      return Number(one.dataset.place) - Number(other.dataset.place);
    };
  }

  function usual(one, other) {
    return Number(one.dataset.place) - Number(other.dataset.place);
  }

  function apply(table) {
    var body = table.tBodies[0], state = sorted[table.id];
    if (!body) return;
    var head = state && headOf(table, state.key);
    var rows = Array.prototype.slice.call(body.rows);
    var wanted = rows.slice().sort(head ? compare(head.closest("th").cellIndex, state.down) : usual);
    if (wanted.some(function (row, place) { return row !== rows[place]; })) {
      wanted.forEach(function (row) { body.appendChild(row); });
    }
    tell(table, head, state);
  }

  function tell(table, head, state) {
    table.querySelectorAll("th .sort-head").forEach(function (button) {
      var way = button === head ? (state.down ? "descending" : "ascending") : null;
      var th = button.closest("th");
      if (way === null) th.removeAttribute("aria-sort");
      else if (th.getAttribute("aria-sort") !== way) th.setAttribute("aria-sort", way);
    });
    var line = table.caption;
    if (!line || !line.classList.contains("sorted-line")) return;
    line.hidden = !head;
    var words = head ? line.dataset.says.replace("{heading}", head.textContent)
      .replace("{order}", state.down ? head.dataset.down || line.dataset.down : head.dataset.up || line.dataset.up) : "";
    var said = line.querySelector("span");
    if (said && said.textContent !== words) said.textContent = words;
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest && event.target.closest(".sort-head, .sort-back");
    var table = target && target.closest("table.sorts");
    if (!table) return;
    if (target.classList.contains("sort-back")) {
      delete sorted[table.id];
    } else {
      var key = target.dataset.sort, before = sorted[table.id];
      sorted[table.id] = { key: key, down: before && before.key === key ? !before.down : target.dataset.first === "down" };
    }
    apply(table);
    if (target.classList.contains("sort-back")) {
      var first = table.querySelector(".sort-head");
      if (first) first.focus();
    }
  });

  /* What is exported stands in the order in which it is seen. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".export-line .export-link");
    if (!link) return;
    var state = sorted[link.closest(".export-line").dataset.table];
    var address = new URL(link.href);
    address.searchParams.delete("sort");
    address.searchParams.delete("down");
    if (state) {
      address.searchParams.set("sort", state.key);
      if (state.down) address.searchParams.set("down", "1");
    }
    link.href = address.pathname + address.search;
  }, true);

  new MutationObserver(function () {
    document.querySelectorAll("table.sorts").forEach(function (table) { if (sorted[table.id]) apply(table); });
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
