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

  function place() {
    var at = document.activeElement;
    return { y: window.scrollY, focus: at && at.id ? at.id : null };
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
    step("?" + query.toString(), "");
  }
  window.supervision.choose = choose;

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && !event.defaultPrevented;
  }

  window.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || !plainClick(event) || link.target || link.hasAttribute("download")) return;
    wanted = link.hash ? link.hash.slice(1) : null;
    if (link.pathname === location.pathname && levelled() && link.closest("#shell")) {
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

  document.addEventListener("change", function (event) {
    var list = event.target.closest && event.target.closest("[data-chooses]");
    if (!list || !levelled()) return;
    var changes = {};
    changes[list.dataset.chooses] = event.target.value;
    choose(changes, "");
  });

  window.addEventListener("popstate", function (event) {
    if (!levelled() || location.pathname !== onPage) return;
    event.stopImmediatePropagation(); /* Dash would draw the whole page anew */
    returning = (event.state && event.state.place) || { y: 0, focus: null };
    tell(location.search);
    comeBack();
  });

  /* places on the page */

  var onPage = location.pathname;

  function goTo(identity) {
    var there = document.getElementById(identity);
    if (there) there.scrollIntoView({ block: "start" });
  }

  function arrive() {
    if (!wanted || !document.getElementById(wanted)) return;
    goTo(wanted);
    wanted = null;
  }

  function comeBack() {
    if (!returning) return;
    window.scrollTo(0, returning.y);
    if (document.querySelector(".page-part.fetching")) return;
    var there = returning.focus && document.getElementById(returning.focus);
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

  function chosen() {
    var card = document.querySelector("[data-chosen-unit]");
    return new URLSearchParams(location.search).get("unit") || (card ? card.dataset.chosenUnit : null);
  }

  function markOf(event) {
    var point = event.points && event.points[0];
    var mark = point && point.customdata;
    return mark && typeof mark === "object" && Object.keys(mark).length ? mark : null;
  }

  function listen(chart) {
    if (!chart.on || heard.get(chart) === chart._ev) return;
    heard.set(chart, chart._ev);
    chart.on("plotly_click", function (event) {
      var mark = markOf(event), holder = chart.closest("[data-via]");
      if (mark && levelled()) choose(mark, holder ? holder.dataset.via : "");
    });
    chart.on("plotly_hover", function (event) {
      var mark = markOf(event);
      chart.classList.toggle("leads", Boolean(mark));
      point(mark && mark.unit ? mark.unit : null, chart);
    });
    chart.on("plotly_unhover", function () {
      chart.classList.remove("leads");
      point(null, chart);
    });
    lift(chart);
  }

  function lift(chart) {
    (chart.data || []).forEach(function (trace, number) {
      var marks = trace.customdata;
      if (!marks || !Array.from(marks).some(function (mark) { return mark && mark.unit; })) return;
      var lifted = [chosen(), pointedAt];
      var points = Array.from(marks).map(function (mark, at) { return mark && lifted.includes(mark.unit) ? at : -1; })
        .filter(function (at) { return at >= 0; });
      var wish = points.length ? points : null;
      if (JSON.stringify(wish) !== JSON.stringify(trace.selectedpoints || null)) {
        window.Plotly.restyle(chart, { selectedpoints: [wish] }, [number]);
      }
    });
  }

  function point(unit, at) {
    if (unit === pointedAt) return;
    pointedAt = unit;
    document.querySelectorAll("[data-unit]").forEach(function (row) {
      row.classList.toggle("lifted", row.dataset.unit === unit);
    });
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      if (chart !== at) lift(chart); /* one that is drawn anew under the pointer forgets what it points at */
    });
  }

  document.addEventListener("mouseover", function (event) {
    var row = event.target.closest && event.target.closest("[data-unit]");
    if (row || !(event.target.closest && event.target.closest(".js-plotly-plot"))) point(row ? row.dataset.unit : null, null);
  });

  function markChosen() {
    var unit = chosen();
    document.querySelectorAll("[data-unit]").forEach(function (row) {
      row.classList.toggle("chosen", row.dataset.unit === unit);
    });
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
