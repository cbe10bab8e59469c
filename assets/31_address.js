/* What is chosen on a page stands in its address. A choice is a step of the browser's history and is answered in place: the
   first level of keys that it changes, and all below, are told the new address (dashboards/components/asked.py).

   What chooses: a link that leads to the same page, a [data-chooses] list, a mark of a chart whose customdata names keys.
   Links with #part go to that part; anything else leaves the reader where he is. Going back leads to the place and the
   focus that the choice was made from. */
(function () {
  var shown = location.search;
  var wanted = null;
  var returning = null;
  var keep = null;
  var PAUSE_IN_TYPING = 900; /* a date is typed figure by figure, and only the whole is a day */

  function levelled() { return document.querySelector("#content [data-levels]"); }

  /* the address */

  function part(search, keys) {
    var query = new URLSearchParams(search);
    return JSON.stringify(keys.map(function (key) { return query.get(key); }));
  }

  function tell(search) {
    var page = levelled(), keys = [];
    var levels = JSON.parse(page.dataset.levels);
    var before = shown;
    shown = search;
    levels.forEach(function (own, level) {
      keys = keys.concat(own, "lang");
      if (part(before, keys) !== part(search, keys)) {
        window.dash_clientside.set_props(page.dataset.asked + level, { data: { search: search } });
      }
    });
    markChosen();
  }

  var focused = []; /* what had the focus at each step: as long as it is there, it gets it back */

  function place() {
    var at = document.activeElement;
    return { y: window.scrollY, focus: at ? at.id : "", step: focused.push(at) - 1 };
  }

  function step(search, hash) {
    if (search !== location.search) {
      history.replaceState(Object.assign({}, history.state, { place: place() }), "");
      history.pushState({}, "", location.pathname + search + hash);
      tell(search);
    }
    if (hash) goTo(hash.slice(1));
  }

  function withStrangers(search) {
    var query = new URLSearchParams(search);
    var known = [].concat.apply(["via"], JSON.parse(levelled().dataset.levels));
    new URLSearchParams(location.search).forEach(function (value, key) {
      if (!known.includes(key) && !query.has(key)) query.append(key, value);
    });
    return "?" + query.toString();
  }

  function choose(changes, via) {
    var query = new URLSearchParams(location.search);
    query.delete("page"); /* of another list */
    query.delete("via");
    Object.keys(changes).forEach(function (key) {
      if (changes[key] === null || changes[key] === "") query.delete(key);
      else query.set(key, changes[key]);
    });
    if (via) query.set("via", via);
    var search = query.toString() ? "?" + query.toString() : "";
    if (levelled()) step(search, "");
    else window.dash_clientside.set_props("_pages_location", { search: search });
  }
  window.supervision.choose = choose;

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
  }

  window.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || !plainClick(event) || link.target || link.hasAttribute("download")) return;
    wanted = link.hash && !link.matches(".skip-link") ? link.hash.slice(1) : null;
    if (link.pathname === location.pathname && levelled() && link.closest("#content")) {
      event.preventDefault();
      event.stopPropagation();
      step(withStrangers(link.search), link.hash);
      return;
    }
    if (link.pathname === location.pathname && link.closest("#content") && !link.closest(".page-top")) {
      keep = window.scrollY;
    }
    if (wanted) setTimeout(arrive, 250);
  }, true);

  window.addEventListener("click", function () {
    if (keep !== null) window.scrollTo(0, keep); /* Dash jumps to the top at every link */
    keep = null;
  });

  /* A choice in a list or a field: keys and what says nothing any more; where a page has no levels it is another page. */
  function chosenIn(list, value) {
    var changes = {}, keys = list.dataset.chooses.split(" ");
    keys.concat((list.dataset.drops || "").split(" ").filter(Boolean)).forEach(function (key) { changes[key] = null; });
    if (keys.length === 1) changes[keys[0]] = value;
    else if (value.includes("=")) changes[value.split("=")[0]] = value.split("=")[1];
    return changes;
  }

  var typing = null;

  document.addEventListener("change", function (event) {
    var field = event.target, list = field.closest && field.closest("[data-chooses]");
    if (!list || (field.type === "date" && (!field.value || !field.validity.valid))) return;
    clearTimeout(typing);
    typing = setTimeout(function () { choose(chosenIn(list, field.value), ""); }, field.type === "date" ? PAUSE_IN_TYPING : 0);
  });

  window.addEventListener("popstate", function (event) {
    if (!levelled() || location.pathname !== onPage) return;
    event.stopImmediatePropagation(); /* Dash would draw the whole page anew */
    returning = (event.state && event.state.place) || { y: 0, focus: "", step: -1 };
    tell(location.search);
    comeBack();
  });

  /* places on the page */

  var onPage = location.pathname;

  /* The focus goes there too, as it does with any link to a part of a page: the next key goes on from there. */
  function go(there, block) {
    if (!there) return;
    there.scrollIntoView({ block: block });
    if (!there.hasAttribute("tabindex")) there.setAttribute("tabindex", "-1");
    there.focus({ preventScroll: true });
  }

  function goTo(identity) { go(document.getElementById(identity), "start"); }

  function arrive() {
    if (!wanted || !document.getElementById(wanted)) return;
    goTo(wanted);
    wanted = null;
  }

  function comeBack() {
    if (!returning) return;
    window.scrollTo(0, returning.y);
    if (document.querySelector(".page-part.fetching")) return;
    var there = focused[returning.step];
    if (!there || !there.isConnected) there = returning.focus && document.getElementById(returning.focus);
    if (there) there.focus({ preventScroll: true });
    returning = null;
  }

  function markPresent() {
    document.querySelectorAll(".main-nav a").forEach(function (link) {
      var here = link.pathname === location.pathname;
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  /* charts: a mark leads to what it shows, and what is chosen or pointed at is lifted in all of them */

  var heard = new WeakMap();
  var pointedAt = null;
  var under = null;

  var KINDS = ["unit", "sector"];

  function chosen(kind) {
    var card = document.querySelector("[data-chosen-" + kind + "]");
    return new URLSearchParams(location.search).get(kind) || (card ? card.getAttribute("data-chosen-" + kind) : null);
  }

  function isChosen(mark) {
    return Boolean(mark) && KINDS.some(function (kind) {
      return mark[kind] && (mark[kind] === chosen(kind) || (pointedAt && mark[kind] === pointedAt[kind]));
    });
  }

  /* Of a mark's keys those that the page knows are chosen; an accident is gone to. */
  function lead(mark, via) {
    var known = [].concat.apply([], JSON.parse(levelled().dataset.levels)), changes = {};
    Object.keys(mark).forEach(function (key) { if (known.includes(key)) changes[key] = mark[key]; });
    if (Object.keys(changes).length) choose(changes, via);
    if (mark.accident) go(document.querySelector("[data-accident=" + JSON.stringify(mark.accident) + "]"), "center");
  }
  window.supervision.lead = function (chart, mark) {
    var holder = chart.closest("[data-via]");
    if (mark && typeof mark === "object" && levelled()) lead(mark, holder ? holder.dataset.via : "");
  };

  function markOf(event) {
    var point = event.points && event.points[0];
    var mark = point && point.customdata;
    return mark && typeof mark === "object" && Object.keys(mark).length ? mark : null;
  }

  function listen(chart) {
    if (!chart.on || heard.get(chart) === chart._ev) return;
    heard.set(chart, chart._ev);
    chart.on("plotly_click", function (event) {
      window.supervision.lead(chart, markOf(event));
    });
    chart.on("plotly_hover", function (event) {
      var mark = markOf(event);
      chart.classList.toggle("leads", Boolean(mark));
      pointIn(chart, mark);
    });
    chart.on("plotly_unhover", function () {
      chart.classList.remove("leads");
      pointIn(null, null);
    });
    lift(chart);
  }

  function pointIn(chart, mark) {
    under = chart;
    point(mark && (mark.unit || mark.sector) ? mark : null);
  }
  window.supervision.pointIn = pointIn;

  function lift(chart) {
    if (chart === under) return; /* drawn anew under the pointer it would forget what it points at, and a click */
    (chart.data || []).forEach(function (trace, number) {
      var marks = Array.from(trace.customdata || []);
      if (!marks.some(function (mark) { return mark && (mark.unit || mark.sector); })) return;
      var points = marks.map(function (mark, at) { return isChosen(mark) ? at : -1; }).filter(function (at) { return at >= 0; });
      var wish = points.length ? points : null;
      if (JSON.stringify(wish) !== JSON.stringify(trace.selectedpoints || null)) {
        window.Plotly.restyle(chart, { selectedpoints: [wish] }, [number]);
      }
    });
  }

  function point(mark) {
    if (JSON.stringify(mark) === JSON.stringify(pointedAt)) return;
    pointedAt = mark;
    rows(function (row, kind, code) { row.classList.toggle("lifted", Boolean(mark) && mark[kind] === code); });
    document.querySelectorAll(".js-plotly-plot").forEach(lift);
  }

  function rows(each) {
    KINDS.forEach(function (kind) {
      document.querySelectorAll("[data-" + kind + "]").forEach(function (row) { each(row, kind, row.getAttribute("data-" + kind)); });
    });
  }

  function pointAt(event) {
    var row = event.target.closest && event.target.closest("[data-unit], [data-sector]");
    if (!row && event.target.closest && event.target.closest(".js-plotly-plot, .chart-marks")) return;
    point(row ? (row.dataset.unit ? { unit: row.dataset.unit } : { sector: row.dataset.sector }) : null);
  }

  document.addEventListener("mouseover", pointAt);
  document.addEventListener("focusin", pointAt);

  function markChosen() {
    rows(function (row, kind, code) { row.classList.toggle("chosen", code === chosen(kind)); });
    document.querySelectorAll(".js-plotly-plot").forEach(lift);
  }

  /* whatever is drawn anew */

  var waiting = false;

  function look() {
    waiting = false;
    if (location.pathname !== onPage) { onPage = location.pathname; shown = location.search; }
    markPresent();
    arrive();
    comeBack();
    document.querySelectorAll(".js-plotly-plot").forEach(listen);
    markChosen();
  }

  wanted = location.hash.slice(1) || null;
  new MutationObserver(function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
