/* What is chosen on a page stands in its address. A choice is a step of the browser's history and is answered in place: the
   first level of keys that it changes, and all below, are told the new address (dashboards/components/asked.py).

   What chooses: a link that leads to the same page or says what it [data-changes], a [data-chooses] list, a mark of a chart whose customdata names keys.
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
    wanted = link.hash ? link.hash.slice(1) : null;
    if (link.dataset.changes) {
      event.preventDefault();
      event.stopPropagation();
      choose(JSON.parse(link.dataset.changes), link.dataset.via || "");
      arrive();
      return;
    }
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

  var KINDS = ["unit", "sector", "accident"];

  /* What a mark is of: an accident concerns the unit of its territory and the department that supervises it. */
  function codes(mark, kind) { return (kind === "unit" ? [mark.unit, mark.department] : [mark[kind]]).filter(Boolean); }

  function chosen(kind) {
    var card = document.querySelector("[data-chosen-" + kind + "]");
    return new URLSearchParams(location.search).get(kind) || (card ? card.getAttribute("data-chosen-" + kind) : null);
  }

  /* Of two accidents it is asked whether they are the same, and not whether they are of one unit. */
  function agree(mark, other) {
    if (mark.accident && other.accident) return mark.accident === other.accident;
    return KINDS.some(function (kind) {
      var of = codes(other, kind);
      return codes(mark, kind).some(function (code) { return of.includes(code); });
    });
  }

  function isChosen(mark, choice) {
    return Boolean(mark) && (agree(mark, choice) || Boolean(pointedAt && agree(mark, pointedAt)));
  }

  function choices() {
    var all = {};
    KINDS.forEach(function (kind) { all[kind] = chosen(kind); });
    return all;
  }

  /* Of a mark's keys those that the page knows are chosen; an accident, where the page shows one, alone. */
  function lead(mark, via) {
    var known = [].concat.apply([], JSON.parse(levelled().dataset.levels)), changes = {};
    var keys = mark.accident && known.includes("accident") ? ["accident"] : Object.keys(mark);
    keys.forEach(function (key) { if (known.includes(key)) changes[key] = mark[key]; });
    if (Object.keys(changes).length) choose(changes, via);
    if (!changes.accident) return;
    wanted = "accident";
    arrive();
  }

  function markOf(event) {
    var point = event.points && event.points[0];
    var mark = point && point.customdata;
    return mark && typeof mark === "object" && Object.keys(mark).length ? mark : null;
  }

  function isOfAKind(mark) { return Boolean(mark) && KINDS.some(function (kind) { return Boolean(mark[kind]); }); }

  function listen(chart) {
    if (!chart.on || heard.get(chart) === chart._ev) return;
    heard.set(chart, chart._ev);
    chart.on("plotly_click", function (event) {
      var mark = markOf(event), holder = chart.closest("[data-via]");
      if (mark && levelled()) lead(mark, holder ? holder.dataset.via : "");
    });
    chart.on("plotly_hover", function (event) {
      var mark = markOf(event);
      under = chart;
      chart.classList.toggle("leads", Boolean(mark));
      point(mark && isOfAKind(mark) ? mark : null);
    });
    chart.on("plotly_unhover", function () {
      under = null;
      chart.classList.remove("leads");
      point(null);
    });
    lift(chart);
  }

  function lift(chart) {
    if (chart === under) return; /* drawn anew under the pointer it would forget what it points at, and a click */
    var choice = choices();
    (chart.data || []).forEach(function (trace, number) {
      var marks = Array.from(trace.customdata || []);
      if (!marks.some(isOfAKind)) return;
      var points = marks.map(function (mark, at) { return isChosen(mark, choice) ? at : -1; }).filter(function (at) { return at >= 0; });
      var wish = points.length ? points : null;
      if (JSON.stringify(wish) !== JSON.stringify(trace.selectedpoints || null)) {
        window.Plotly.restyle(chart, { selectedpoints: [wish] }, [number]);
      }
    });
  }

  function point(mark) {
    if (JSON.stringify(mark) === JSON.stringify(pointedAt)) return;
    pointedAt = mark;
    rows(function (row, kind, code) { row.classList.toggle("lifted", Boolean(mark) && codes(mark, kind).includes(code)); });
    document.querySelectorAll(".js-plotly-plot").forEach(lift);
  }

  function rows(each) {
    KINDS.forEach(function (kind) {
      document.querySelectorAll("[data-" + kind + "]").forEach(function (row) { each(row, kind, row.getAttribute("data-" + kind)); });
    });
  }

  document.addEventListener("mouseover", function (event) {
    var row = event.target.closest && event.target.closest("[data-unit], [data-sector], [data-accident]");
    if (!row && event.target.closest && event.target.closest(".js-plotly-plot")) return;
    var mark = {};
    if (row) KINDS.forEach(function (kind) { if (row.dataset[kind]) mark[kind] = row.dataset[kind]; });
    point(row ? mark : null);
  });

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
