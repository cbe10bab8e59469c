/* From change to change in what a correction does: by n or j and p or k, or by the buttons. Over the end of a page it goes by
   the hidden link that stands with the table. Keys are taken only where nobody types and no other part has the focus. */
(function () {
  var arriving = null;

  function walk() { return document.querySelector("[data-walk]"); }

  function rows() { return Array.from(document.querySelectorAll(".row-changes tbody tr")); }

  function say(here, text) { here.querySelector(".walk-place").textContent = text; }

  function stand(here, list, place) {
    list.forEach(function (row) { row.classList.remove("here"); });
    list[place].classList.add("here");
    list[place].scrollIntoView({ block: "center" });
    list[place].focus({ preventScroll: true });
    var number = Number(here.dataset.first) + place;
    say(here, here.dataset.place.replace("{n}", number).replace("{total}", here.dataset.total));
  }

  function go(step) {
    var here = walk(), list = rows();
    var now = list.findIndex(function (row) { return row.classList.contains("here"); });
    var next = now < 0 ? (step > 0 ? 0 : -1) : now + step;
    if (next >= 0 && next < list.length) return stand(here, list, next);
    var link = here.querySelector(step > 0 ? ".walk-on" : ".walk-back");
    if (!link) return say(here, here.dataset.end);
    arriving = { step: step, from: list[0] };
    link.click();
  }

  function arrive() {
    var here = walk(), list = rows();
    if (!arriving || !here || !list.length || list[0] === arriving.from) return;
    var step = arriving.step;
    arriving = null;
    stand(here, list, step > 0 ? 0 : list.length - 1);
  }

  function free() {
    var at = document.activeElement;
    return !at || at === document.body || at.id === "content" || at.closest(".changes-walked") !== null;
  }

  document.addEventListener("click", function (event) {
    if (event.isTrusted) arriving = null;
    var button = event.target.closest && event.target.closest("[data-go]");
    if (button) go(button.dataset.go === "on" ? 1 : -1);
  });
  document.addEventListener("keydown", function (event) {
    var step = { n: 1, j: 1, p: -1, k: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !walk() || !free()) return;
    event.preventDefault();
    go(step);
  });
  new MutationObserver(arrive).observe(document.documentElement, { childList: true, subtree: true });
})();
