/* Record lists. Where the screen is wide and the browser able, a grid takes the place of the list that is there from the
   first view on; its script is fetched only then. What a reader does to the columns, his browser remembers, list by list. */
(function () {
  var WIDE = "(min-width: 761px)";
  var NEAR = "700px"; // about a screen
  var PAUSE = 350; // milliseconds in which somebody types on
  var fetched = {};
  var grids = {}; // identity -> the grid's api
  var asked = {}; // identity -> what its list was told last

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

  /* A grid that stands already is asked another question: its filters, its order and its columns stay. */
  function askAnother(api, props) {
    if (!api || api.isDestroyed() || !document.querySelector("#" + props.id + " .ag-root")) return false;
    var asked = props.dashGridOptions.context;
    var now = api.getGridOption("context");
    if (now.asked === asked.asked && now.stands === asked.stands) return true;
    api.setGridOption("context", { asked: asked.asked, stands: asked.stands, search: now.search });
    afresh(api);
    return true;
  }

  function mount(told) {
    var nothing = window.dash_clientside.no_update;
    if (!told || !matchMedia(WIDE).matches || !able()) return nothing;
    var props = told.grid.props;
    if (askAnother(grids[props.id], props)) return nothing;
    var grid = Object.assign({}, told.grid, {
      props: Object.assign({}, props, { columnDefs: asLeft(props.columnDefs, kept(props.id)) })
    });
    asked[props.id] = told;
    comesNear(listOf(props.id), function () {
      script(told.script).then(function () {
        var list = listOf(props.id);
        if (!list || asked[props.id] !== told) return;
        list.classList.add("with-grid");
        window.dash_clientside.set_props(props.id + "-place", { children: grid });
      }, function () { /* the list stays */ });
    });
    return nothing;
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
    if (!list) return;
    var root = list.querySelector("[role=grid], [role=treegrid]");
    if (root) root.setAttribute("aria-label", list.dataset.says);
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
    var address = new URL(link.href);
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

  window.dash_clientside = Object.assign({}, window.dash_clientside, { record_list: { mount: mount } });
  window.recordLists = {
    counted: function (api) {
      var list = listOf(api.getGridId());
      if (grids[api.getGridId()] !== api) ready(api);
      if (list) show(list, false);
    },
    asked: function (api) { var list = listOf(api.getGridId()); if (list) { api.deselectAll(); show(list, true); } },
    keep: function (api) {
      keep(api.getGridId(), api.getColumnState().map(function (one) {
        return { colId: one.colId, hide: one.hide, width: one.width };
      }));
      var list = listOf(api.getGridId());
      if (list) offerColumns(api, list.querySelector(".column-choice"));
    }
  };
})();
