/* Before anything is drawn, in words that any browser understands: one that is too old for the pages is told so, instead of
   staying white; and the reader's choice of light or dark, from the browser's memory, else from its system. */
(function () {
  if (!("replaceChildren" in Element.prototype && "replaceAll" in String.prototype)) {
    document.documentElement.className += " too-old";
    document.addEventListener("DOMContentLoaded", function () {
      var notes = document.querySelectorAll(".too-old-note");
      for (var number = 0; number < notes.length; number++) notes[number].removeAttribute("hidden");
    });
  }

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
