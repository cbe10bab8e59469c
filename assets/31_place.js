/* Dash jumps to the top at every link. Links inside a page keep the reader's place; a link with #part goes to that part. */
(function () {
  var wanted = null;

  function goToWanted() {
    var part = wanted && document.getElementById(wanted);
    if (!part) return;
    wanted = null;
    part.scrollIntoView({ block: "start" });
  }

  window.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || event.metaKey || event.ctrlKey || event.shiftKey) return;
    wanted = link.hash ? link.hash.slice(1) : null;
    markPresent();
    if (link.closest("#content") && !link.closest(".page-top")) {
      var before = window.supervision.scrolledTo;
      if (before !== undefined) window.scrollTo(0, before);
    }
    setTimeout(goToWanted, 250);
  });

  window.addEventListener("click", function () { window.supervision.scrolledTo = window.scrollY; }, true);

  function markPresent() {
    document.querySelectorAll(".main-nav a").forEach(function (link) {
      var here = link.pathname === location.pathname;
      if (here) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
  }

  wanted = location.hash.slice(1) || null;
  new MutationObserver(function () { markPresent(); goToWanted(); }).observe(document.documentElement, { childList: true, subtree: true });
})();
