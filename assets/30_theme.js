/* The light and dark switch: page and charts change at once, and the browser remembers. */
(function () {
  function present() {
    return document.documentElement.getAttribute("data-bs-theme");
  }

  function label(button) {
    button.textContent = present() === "dark" ? button.dataset.light : button.dataset.dark;
  }

  function redraw(template) {
    window.supervision.figuresThatWait().forEach(function (figure) { figure.layout.template = template; });
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      window.Plotly.relayout(chart, { template: template });
    });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-switch-theme]");
    if (!button) return;
    window.supervision.showTheme(present() === "dark" ? "light" : "dark");
    label(button);
    fetch("/chart-template/" + present() + ".json")
      .then(function (answer) { return answer.json(); })
      .then(redraw);
  });

  new MutationObserver(function (changes, observer) {
    var button = document.querySelector("[data-switch-theme]");
    if (!button) return;
    label(button);
    observer.disconnect();
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
