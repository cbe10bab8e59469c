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
  var drawnFor = {}; /* level -> the address that its parts were asked for last; none for the page as it was drawn first */
  var drawnFirst = shown;
  var PAUSE_IN_TYPING = 900; /* a date is typed figure by figure, and only the whole is a day */
  var CURVES = ["unit", "sector"]; /* a curve is of one of them */

  function levelled() { return document.querySelector("#content [data-levels]"); }

  function levels() { return JSON.parse(levelled().dataset.levels); }

  function keysOf(some) { return [].concat.apply([], some); }

  /* the address */

  function part(search, keys) {
    var query = new URLSearchParams(search);
    return JSON.stringify(keys.map(function (key) { return query.get(key); }));
  }

  function tell(search) {
    var page = levelled(), keys = [];
    var before = shown;
    var all = window.supervision.unanswered(); /* what stands there may be of any question since */
    shown = search;
    levels().forEach(function (own, level) {
      keys = keys.concat(own, "lang");
      if (all || part(before, keys) !== part(search, keys)) {
        drawnFor[level] = search;
        window.dash_clientside.set_props(page.dataset.asked + level, { data: { search: search, grids: standing() } });
        owe(page.dataset.asked + level + "-later", search);
      }
    });
    window.supervision.markChosen();
  }

  /* The grids in sight: the lists that they took the place of need not come, as long as the screen is wide. */

  var wide = window.supervision.wide = matchMedia("(min-width: 761px)"); /* enough for grids: below it lists stand */

  function standing() {
    var lists = wide.matches ? document.querySelectorAll(".record-list.with-grid") : [];
    return Array.from(lists, function (list) { return list.dataset.list; }).join(" ");
  }

  function bringLists() {
    if (!document.querySelector(".left-out")) return;
    var page = levelled();
    levels().forEach(function (_own, level) {
      window.dash_clientside.set_props(page.dataset.asked + level, { data: { search: location.search } });
    });
  }
  wide.addEventListener("change", bringLists);

  /* What stands further down is asked for when its reader comes near it, or prints. */

  var NEAR = "500px";
  var owed = new Map(); /* part -> the address that it is to show */
  var coming = new IntersectionObserver(function (seen) {
    seen.forEach(function (one) { if (one.isIntersecting) ask(one.target); });
  }, { rootMargin: NEAR });

  function owe(store, search) {
    document.querySelectorAll("[data-later=" + JSON.stringify(store) + "]").forEach(function (part) {
      owed.set(part, search);
      part.classList.add("owed");
      coming.unobserve(part);
      coming.observe(part);
    });
  }

  function ask(part) {
    if (!owed.has(part)) return;
    coming.unobserve(part);
    part.classList.remove("never-asked");
    answered.observe(part, { attributes: true, attributeFilter: ["class"], subtree: true });
    window.dash_clientside.set_props(part.dataset.later, { data: { search: owed.get(part) } });
    owed.delete(part);
  }

  /* While it is fetched its own class says so: once that has come and gone, it is there. */
  var answered = new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      var wrapped = change.target.parentElement;
      if (!wrapped || !wrapped.dataset.later || change.target.classList.contains("fetching") || owed.has(wrapped)) return;
      wrapped.classList.remove("owed");
    });
  });

  /* A page comes without what stands further down. It is fetched once what is seen first has been drawn, as soon as there is time. */
  var NEVER_ASKED = ".further-down.never-asked", resting = 0;

  function meet() {
    document.querySelectorAll(NEVER_ASKED).forEach(function (part) {
      if (owed.has(part)) return;
      owed.set(part, location.search);
      coming.observe(part);
    });
    if (resting || isDrawing() || !document.querySelector(NEVER_ASKED)) return;
    resting = requestIdleCallback(function () {
      resting = 0;
      document.querySelectorAll(NEVER_ASKED).forEach(ask);
    });
  }

  function isDrawing() {
    return Array.from(document.querySelectorAll(".dash-graph")).some(function (chart) {
      return !chart.querySelector(".main-svg, [data-draws=later]");
    });
  }

  function askForAll() { Array.from(owed.keys()).forEach(ask); }

  function isFetching() { return document.querySelector(".page-part.fetching") !== null; }

  function isWhole() { return !isFetching() && document.querySelector(".further-down.owed") === null; }

  var printing = false;

  /* Who prints by the keyboard gets the page when all of it is there; the browser's menu does not wait, and the paper says so. */
  document.addEventListener("keydown", function (event) {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "p" || isWhole()) return;
    event.preventDefault();
    askForAll();
    printing = true;
  });
  window.addEventListener("beforeprint", askForAll);

  function printWhenThere() {
    if (!printing || !isWhole()) return;
    printing = false;
    requestAnimationFrame(function () { setTimeout(function () { window.print(); }); });
  }

  var focused = []; /* what had the focus at each step: as long as it is there, it gets it back */

  function place() {
    var at = document.activeElement;
    return { y: window.scrollY, focus: at ? at.id : "", link: at ? at.getAttribute("href") : null, step: focused.push(at) - 1 };
  }

  function remember() { history.replaceState(Object.assign({}, history.state, { place: place() }), ""); }

  function step(search, hash) {
    if (search !== location.search) {
      remember();
      history.pushState({}, "", location.pathname + search + hash);
      tell(search);
    }
    if (hash) goTo(hash.slice(1));
  }

  /* Where a link of a part leads from here. It was made with its part, and knows nothing of what was chosen since on the levels
     below: of their keys it changes those that it changed then. What it changes on its own level it says of the next one too. */
  function fromHere(link) {
    var query = new URLSearchParams(link.search), now = new URLSearchParams(location.search);
    var holder = link.closest(".page-part"), level = holder ? JSON.parse(levelled().dataset.parts)[holder.id] : undefined;
    if (level === undefined) return query;
    var then = new URLSearchParams(level in drawnFor ? drawnFor[level] : drawnFirst);
    var below = keysOf(levels().slice(level + 1)), next = levels()[level + 1] || [];
    var meant = below.filter(function (key) { return query.get(key) !== then.get(key); });
    if (!meant.length) meant = next.filter(function (key) { return query.has(key); });
    var own = keysOf(levels().slice(0, level + 1));
    if (part(link.search, own) !== part(location.search, own) && own.some(function (key) { return now.has(key); })) meant = meant.concat(next);
    if (meant.some(function (key) { return CURVES.includes(key); })) meant = meant.concat(CURVES);
    below.forEach(function (key) {
      if (meant.includes(key)) return;
      if (now.has(key) && key !== "page") query.set(key, now.get(key));
      else query.delete(key);
    });
    return query;
  }

  function withStrangers(query) {
    var known = ["via"].concat(keysOf(levels()));
    new URLSearchParams(location.search).forEach(function (value, key) {
      if (!known.includes(key) && !query.has(key)) query.append(key, value);
    });
    return query.toString() ? "?" + query.toString() : "";
  }

  function choose(changes, via) {
    var query = new URLSearchParams(location.search);
    if (Object.keys(changes).every(function (key) { return (query.get(key) || "") === (changes[key] || ""); })) return;
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
    if (link.dataset.changes) {
      event.preventDefault();
      event.stopPropagation();
      choose(JSON.parse(link.dataset.changes), link.dataset.via || "");
      arrive();
      return;
    }
    var inPage = link.closest("#content");
    if (link.pathname === location.pathname && levelled() && (inPage || link.closest(".main-nav, .brand"))) {
      event.preventDefault();
      event.stopPropagation();
      step(withStrangers(fromHere(link)), link.hash);
      if (!inPage) window.scrollTo(0, 0);
      return;
    }
    if (link.pathname !== location.pathname) remember();
    if (link.pathname === location.pathname && link.closest("#content") && !link.closest(".page-top")) {
      keep = window.scrollY;
    }
    if (wanted) setTimeout(arrive, 250);
  }, true);

  window.addEventListener("click", function () {
    if (keep !== null) window.scrollTo(0, keep); /* Dash jumps to the top at every link */
    keep = null;
  });

  /* A row chooses what its name chooses, wherever it is hit; whoever marks its text to copy it chooses nothing. */
  document.addEventListener("click", function (event) {
    var row = plainClick(event) && event.target.closest && event.target.closest("tr[data-unit], tr[data-sector]");
    if (!row || event.target.closest("a, button, input, select, summary") || String(window.getSelection())) return;
    var link = row.querySelector(".unit-link");
    if (!link) return;
    link.focus({ preventScroll: true });
    link.click();
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
    leaving = location.pathname === onPage ? null : heading();
    if (leaving === null && !levelled()) return;
    returning = (event.state && event.state.place) || (leaving === null ? { y: 0, focus: "", step: -1 } : null);
    if (leaving !== null) return;
    event.stopImmediatePropagation(); /* Dash would draw the whole page anew */
    tell(location.search);
    comeBack();
  });

  /* places on the page */

  var onPage = location.pathname;
  var leaving = null; /* the heading of the page that stands until the one gone back to is drawn */

  function heading() {
    var found = document.querySelector("#content h1");
    return found ? found.innerText : "";
  }

  /* The focus goes there too, as it does with any link to a part of a page: the next key goes on from there. */
  function go(there, block) {
    if (!there) return;
    for (var fold = there.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
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
    if (!returning || (leaving !== null && ["", leaving].includes(heading()))) return;
    leaving = null;
    window.scrollTo(0, returning.y);
    if (isFetching()) return;
    var there = focused[returning.step];
    if (!there || !there.isConnected) there = returning.focus && document.getElementById(returning.focus);
    if (!there && returning.link) there = document.querySelector("#content a[href=" + JSON.stringify(returning.link) + "]");
    var lost = !there && (returning.focus || returning.link);
    if (!isWhole() && (lost || Math.abs(window.scrollY - returning.y) > 1)) { askForAll(); return; } /* it may stand further down */
    if (there) there.focus({ preventScroll: true });
    returning = null;
  }

  /* Whoever moves by himself meanwhile is not taken back. */
  ["wheel", "touchmove", "keydown"].forEach(function (name) {
    window.addEventListener(name, function () { returning = null; }, { passive: true });
  });

  function markPresent() {
    document.querySelectorAll(".main-nav a").forEach(function (link) {
      var here = link.pathname === location.pathname;
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  /* What a mark of a chart stands for is chosen: of its keys those that the page knows; an accident, where the page shows one, alone. */
  window.supervision.lead = function (mark, via) {
    if (!levelled()) return;
    var known = keysOf(levels()), changes = {};
    var keys = mark.accident && known.includes("accident") ? ["accident"] : Object.keys(mark);
    if (keys.some(function (key) { return CURVES.includes(key); })) {
      CURVES.forEach(function (kind) { if (known.includes(kind)) changes[kind] = null; });
    }
    keys.forEach(function (key) { if (known.includes(key)) changes[key] = mark[key]; });
    if (Object.keys(changes).length) choose(changes, via);
    if (!changes.accident) return;
    wanted = "accident";
    arrive();
  };

  /* whatever is drawn anew */

  var waiting = false;

  function look() {
    waiting = false;
    if (location.pathname !== onPage) {
      onPage = location.pathname;
      shown = drawnFirst = location.search;
      drawnFor = {};
    }
    markPresent();
    meet();
    arrive();
    comeBack();
    printWhenThere();
  }

  wanted = location.hash.slice(1) || null;
  new MutationObserver(function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(look);
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
