/* Record lists. Where the screen is wide and the browser able, a grid takes the place of the list that is there from the
   first view on; its script is fetched only then. What a reader does to the columns, his browser remembers, list by list. */
(function () {
  var NEAR = "700px"; // about a screen
  var PAUSE = 350; // milliseconds in which somebody types on
  var fetched = {};
  var grids = {}; // identity -> the grid's api
  var asked = {}; // identity -> what its list was told last
  var coming = {}; // identity -> the list into which a grid was put that does not stand yet

  function able() {
    return Boolean(window.CSS && CSS.supports && CSS.supports("color", "color-mix(in srgb, red 50%, blue)") && Array.prototype.at);
  }

  function script(address) {
    if (!fetched[address]) {
      fetched[address] = new Promise(function (done, failed) {
        var element = document.createElement("script");
        element.src = address;
        element.onload = done;
        element.onerror = function () { delete fetched[address]; failed(new Error(address)); };
        document.head.appendChild(element);
      });
    }
    return fetched[address];
  }

  function listOf(identity) {
    return document.querySelector('.record-list[data-list="' + identity + '"]');
  }

  function kept(identity) {
    try {
      return JSON.parse(localStorage.getItem("supervision.columns." + identity)) || [];
    } catch (unreadable) {
      return [];
    }
  }

  function keep(identity, columns) {
    try {
      localStorage.setItem("supervision.columns." + identity, JSON.stringify(columns));
    } catch (full) { /* then they are as they were the next time */ }
  }

  /* The columns as they were left; what is new among them comes last, what is gone is gone. */
  function asLeft(columns, left) {
    var places = {};
    left.forEach(function (one, place) { places[one.colId] = place; });
    return columns
      .map(function (column, place) {
        var before = left[places[column.colId]];
        return {
          place: before ? places[column.colId] : left.length + place,
          column: before ? Object.assign({}, column, { hide: Boolean(before.hide), width: before.width || column.width }) : column
        };
      })
      .sort(function (one, other) { return one.place - other.place; })
      .map(function (one) { return one.column; });
  }

  /* Rows and columns in pixels, larger on a large screen. */
  function enlarged(props) {
    var large = Number(getComputedStyle(document.documentElement).getPropertyValue("--large")) || 1, options = {};
    ["rowHeight", "headerHeight", "floatingFiltersHeight"].forEach(function (name) {
      options[name] = Math.round(props.dashGridOptions[name] * large);
    });
    return Object.assign({}, props, {
      dashGridOptions: Object.assign({}, props.dashGridOptions, options),
      columnDefs: props.columnDefs.map(function (column) {
        return Object.assign({}, column, { width: Math.round(column.width * large) });
      })
    });
  }

  /* A grid that stands already is asked another question: its filters, its order and its columns stay. */
  function askAnother(api, question) {
    if (!api || api.isDestroyed() || !document.querySelector("#" + question.list + " .ag-root")) return false;
    var now = api.getGridOption("context");
    name(question);
    if (now.asked === question.asked && now.stands === question.stands) return true;
    api.setGridOption("context", { asked: question.asked, stands: question.stands, search: now.search });
    afresh(api);
    return true;
  }

  /* What a list is about, for who cannot see it; a list without rows says why itself. */
  function name(question) {
    var list = listOf(question.list);
    var root = list.querySelector("[role=grid], [role=treegrid]");
    list.classList.toggle("with-grid", Boolean(question.asked));
    if (root) root.setAttribute("aria-label", question.says);
  }

  function mount(question, told) {
    var nothing = window.dash_clientside.no_update;
    if (!question || !window.supervision.wide.matches || !able()) return nothing;
    asked[question.list] = question;
    if (!question.asked) { name(question); return nothing; }
    var list = listOf(question.list);
    if (isComing(question.list, list) || askAnother(grids[question.list], question)) return nothing;
    comesNear(list, function () {
      script(told.script).then(function () {
        if (asked[question.list] !== question || listOf(question.list) !== list || isComing(question.list, list)) return;
        coming[question.list] = list;
        name(question);
        window.dash_clientside.set_props(question.list + "-place", { children: made(question, told.grid) });
      }, function () { /* the list stays */ });
    });
    return nothing;
  }

  /* Put in anew it would be another one, and what the first has asked by then nobody's question. It asks anew when it stands. */
  function isComing(identity, list) {
    return Boolean(list) && coming[identity] === list;
  }

  function made(question, grid) {
    var options = Object.assign({ context: { asked: question.asked, stands: question.stands, search: "" } }, grid.props.dashGridOptions);
    var props = enlarged(Object.assign({}, grid.props, { dashGridOptions: options }));
    return Object.assign({}, grid, { props: Object.assign({}, props, { columnDefs: asLeft(props.columnDefs, kept(question.list)) }) });
  }

  /* Whoever never scrolls down to a list fetches nothing for it; who does finds the grid there. */
  function comesNear(list, then) {
    if (!list) return;
    new IntersectionObserver(function (seen, observer) {
      if (!seen.some(function (one) { return one.isIntersecting; })) return;
      observer.disconnect();
      then();
    }, { rootMargin: NEAR }).observe(list);
  }

  function ready(api) {
    var identity = api.getGridId();
    var list = listOf(identity);
    grids[identity] = api;
    delete coming[identity];
    if (!list) return;
    name(asked[identity]);
    if (asked[identity].asked) askAnother(api, asked[identity]);
    offerColumns(api, list.querySelector(".column-choice"));
    var box = list.querySelector(".record-search input");
    if (box && box.value.trim()) search(api, box.value);
  }

  function offerColumns(api, menu) {
    if (!menu) return;
    menu.textContent = "";
    api.getColumns().forEach(function (column) {
      if (!column.getColDef().headerName) return;
      var label = document.createElement("label");
      var box = document.createElement("input");
      box.type = "checkbox";
      box.checked = column.isVisible();
      box.addEventListener("change", function () { api.setColumnsVisible([column.getColId()], box.checked); });
      label.append(box, " " + column.getColDef().headerName);
      menu.append(label);
    });
  }

  function show(list, busy) {
    var count = list.querySelector(".record-count");
    var api = grids[list.dataset.list];
    if (!count || !api || api.isDestroyed()) return;
    list.setAttribute("aria-busy", String(busy));
    if (busy || !api.isLastRowIndexKnown()) { count.textContent = count.dataset.busy; return; }
    var rows = api.getDisplayedRowCount();
    var chosen = api.getSelectedNodes().length;
    count.textContent = count.dataset.all.replace("{n}", rows.toLocaleString("en"))
      + (chosen ? " · " + count.dataset.chosen.replace("{n}", String(chosen)) : "");
    if (rows) api.hideOverlay(); else api.showNoRowsOverlay();
  }

  function told(api) {
    var columns = api.getAllDisplayedColumns()
      .filter(function (column) { return column.getColDef().field; })
      .map(function (column) { return column.getColId(); });
    var sort = api.getColumnState()
      .filter(function (one) { return one.sort; })
      .sort(function (one, other) { return one.sortIndex - other.sortIndex; })
      .map(function (one) { return { colId: one.colId, sort: one.sort }; });
    var chosen = api.getSelectedNodes().map(function (node) { return node.id; });
    return {
      columns: columns, sort: sort, filter: api.getFilterModel(), search: api.getGridOption("context").search, chosen: chosen
    };
  }

  /* An export takes what the grid shows now. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest(".record-list .export-link");
    if (!link) return;
    var api = grids[link.closest(".record-list").dataset.list];
    if (!api || api.isDestroyed()) return;
    var address = new URL(link.href.split("?")[0] + api.getGridOption("context").asked);
    address.searchParams.set("grid", JSON.stringify(told(api)));
    link.href = address.pathname + address.search;
  }, true);

  function search(api, text) {
    // Another object: by it Dash sees that another question is asked.
    api.setGridOption("context", Object.assign({}, api.getGridOption("context"), { search: text.trim().slice(0, 200) }));
    afresh(api);
  }

  function afresh(api) {
    var list = listOf(api.getGridId());
    if (list) show(list, true);
    api.deselectAll();
    if (api.getDisplayedRowCount()) api.ensureIndexVisible(0);
    api.purgeInfiniteCache();
  }

  var typing = null;
  document.addEventListener("input", function (event) {
    var list = event.target.closest && event.target.closest(".record-search") && event.target.closest(".record-list");
    if (!list) return;
    clearTimeout(typing);
    typing = setTimeout(function () {
      var api = grids[list.dataset.list];
      if (api && !api.isDestroyed()) search(api, event.target.value);
    }, PAUSE);
  });

  /* Words of a cell, whatever draws it: a text, a tag, or links one after the other. */
  function words(value) {
    if (Array.isArray(value)) return value.map(words).join(" · ");
    return value === null || value === undefined ? "" : String(value.text === undefined ? value : value.text);
  }

  function filtered(api) {
    var model = api.getFilterModel(), texts = api.getGridOption("localeText");
    return Object.keys(model).map(function (key) {
      var one = model[key], values = [one.filter, one.filterTo, one.dateFrom, one.dateTo].filter(Boolean);
      return api.getColumnDef(key).headerName + " " + (texts[one.type] || one.type) + " " + values.join("–");
    });
  }

  /* What a grid shows from its first row on, as far as it was fetched: for paper. */
  function shown(list, most) {
    var api = grids[list.dataset.list], rows = [];
    if (!api || api.isDestroyed() || !list.classList.contains("with-grid")) return null;
    var columns = api.getAllDisplayedColumns().filter(function (column) { return column.getColDef().field; });
    for (var at = 0; at < Math.min(most, api.getDisplayedRowCount()); at++) {
      var node = api.getDisplayedRowAtIndex(at);
      if (!node || !node.data) break;
      rows.push(columns.map(function (column) { return words(node.data[column.getColDef().field]); }));
    }
    return {
      columns: columns.map(function (column) {
        return column.getColDef().headerName + ({ asc: " ↑", desc: " ↓" }[column.getSort()] || "");
      }),
      rows: rows,
      total: api.getDisplayedRowCount(),
      asked: [api.getGridOption("context").search].filter(Boolean).concat(filtered(api))
    };
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { record_list: { mount: mount } });
  window.recordLists = {
    shown: shown,
    counted: function (api) {
      if (api.isDestroyed()) return;
      var list = listOf(api.getGridId());
      if (grids[api.getGridId()] !== api) ready(api);
      if (list) show(list, false);
    },
    asked: function (api) { if (api.isDestroyed()) return; var list = listOf(api.getGridId()); if (list) { api.deselectAll(); show(list, true); } },
    keep: function (api) {
      if (api.isDestroyed()) return;
      keep(api.getGridId(), api.getColumnState().map(function (one) {
        return { colId: one.colId, hide: one.hide, width: one.width };
      }));
      var list = listOf(api.getGridId());
      if (list) offerColumns(api, list.querySelector(".column-choice"));
    }
  };
})();
