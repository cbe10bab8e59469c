/* Before anything is drawn, in words that any browser understands. One that is too old for the pages is told so, instead of staying white. */
(function () {
  if ("replaceChildren" in Element.prototype && "replaceAll" in String.prototype) return;
  document.documentElement.className += " too-old";
  document.addEventListener("DOMContentLoaded", function () {
    var notes = document.querySelectorAll(".too-old-note");
    for (var number = 0; number < notes.length; number++) notes[number].removeAttribute("hidden");
  });
})();

/* The reader's choice of light or dark, from the browser's memory, else from its system. */
(function () {
  var asked = window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  var found = document.cookie.match(/(?:^|; )theme=(light|dark)/);
  window.supervision = {
    showTheme: function (theme) {
      document.documentElement.setAttribute("data-bs-theme", theme);
      document.cookie = "theme=" + theme + "; path=/; max-age=31536000; samesite=strict";
    },
  };
  window.supervision.showTheme(found ? found[1] : asked);

  /* Paper is white. */
  var page = document.documentElement;
  window.addEventListener("beforeprint", function () {
    page.setAttribute("data-on-screen", page.getAttribute("data-bs-theme"));
    page.setAttribute("data-bs-theme", "light");
  });
  window.addEventListener("afterprint", function () {
    page.setAttribute("data-bs-theme", page.getAttribute("data-on-screen"));
    page.removeAttribute("data-on-screen");
  });
})();

/* The page's language goes along from its first request on: with all that it asks of the server, and in its address where it is not
   the one that is spoken anyway, so that whoever is sent the address reads what its sender read. The switch keeps the rest of it. */
(function () {
  var page = document.documentElement, said = page.getAttribute("data-say-language");

  var ask = window.fetch;
  window.fetch = function (what, options) {
    var told = Object.assign({}, options);
    told.headers = new Headers(told.headers || (what instanceof Request ? what.headers : undefined));
    told.headers.set("X-Language", page.lang.slice(0, 2));
    return ask.call(this, what, told);
  };

  function saying(address) {
    var there = new URL(address, location.href);
    if (there.origin === location.origin && !there.searchParams.has("lang")) {
      there.search += (there.search ? "&" : "?") + "lang=" + said;
    }
    return there.href;
  }

  if (said) {
    ["pushState", "replaceState"].forEach(function (name) {
      var change = history[name];
      history[name] = function (state, title, address) {
        return change.call(this, state, title, saying(address || location.href));
      };
    });
    history.replaceState(history.state, "", location.href);
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("[data-switch-language]");
    if (!link) return;
    event.preventDefault();
    var there = new URL(location.href);
    there.searchParams.set("lang", link.getAttribute("data-switch-language"));
    location.assign(there.href);
  });
})();
