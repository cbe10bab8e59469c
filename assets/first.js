/* Before anything is drawn: the reader's choice of light or dark, from the browser's memory, else from its system. */
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
})();
