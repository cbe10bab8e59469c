/* The menu takes along what is looked at: the period, and on pages that know them the group and the unit. A page that knows one
   of them and shows none lets it go; one that knows none of them (administration) leaves what was. A quarter or a year leads
   back to the month that one came from, where that lies in it; what else a period is on another page says the server
   (dashboards/components/asked_period.py). */
(function () {
  var looked = {}, month = null;
  var PERIOD = /^\d{4}(-\d\d|Q[1-4])?$/, MONTH = /^\d{4}-\d\d$/, DAY = /^\d{4}-\d\d-\d\d$/, DAYS = ["as_of", "day"];

  function menu() { return document.getElementById("shell-navigation"); }

  function known(path) { return JSON.parse(menu().dataset.keeps)[path] || []; }

  function remember() {
    if (!menu()) return;
    var query = new URLSearchParams(location.search), keys = known(location.pathname);
    keys.forEach(function (key) { looked[key] = query.get(key); });
    DAYS.forEach(function (key) {
      if (keys.includes(key) && DAY.test(query.get(key) || "")) looked.period = query.get(key).slice(0, 7);
    });
    if (looked.period && !PERIOD.test(looked.period)) looked.period = null;
    if (looked.period && MONTH.test(looked.period)) month = looked.period;
  }

  function within(period) {
    if (!month || month.slice(0, 4) !== period.slice(0, 4)) return false;
    return period.length === 4 || (period[4] === "Q" && Math.ceil(Number(month.slice(5)) / 3) === Number(period[5]));
  }

  function search(path) {
    var query = new URLSearchParams(), keys = known(path);
    if (looked.period && keys.includes("period")) query.set("period", within(looked.period) ? month : looked.period);
    var others = path === location.pathname ? ["group"] : ["group", "unit"]; /* the page that one is on begins anew */
    others.forEach(function (key) {
      if (looked[key] && keys.includes(key)) query.set(key, looked[key]);
    });
    return query.toString() ? "?" + query.toString() : "";
  }

  function plain(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  function lead(event) {
    var link = event.target.closest && event.target.closest(".main-nav a");
    if (!link) return null;
    remember();
    var path = link.getAttribute("href").split("?")[0];
    link.setAttribute("href", path + search(path)); /* so that a new tab opens the same */
    return link;
  }

  ["mouseover", "focusin"].forEach(function (name) { document.addEventListener(name, lead); });

  window.addEventListener("click", function (event) {
    remember(); /* whatever leads away from a page is a click: what it showed is known when the next one is left */
    var link = lead(event);
    if (!link || !plain(event)) return;
    event.preventDefault();
    event.stopPropagation();
    if (link.pathname !== location.pathname) {
      history.pushState({}, "", link.getAttribute("href"));
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate")); /* as links of Dash do */
    }
    window.scrollTo(0, 0);
  }, true);

  /* Where the menu is one line that scrolls, the present page stands in it. */
  new MutationObserver(function () {
    var here = menu() && menu().querySelector("[aria-current]");
    if (here) menu().scrollLeft = here.offsetLeft - (menu().clientWidth - here.offsetWidth) / 2;
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["aria-current"] });
})();
