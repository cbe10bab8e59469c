/* Lays a document beside what was published, and shows the answer in place. The form does the same without this script:
   then the answer is a page, of which this takes the verdict. */
(function () {
  function area(target) { return target && target.closest && target.closest("form[data-verify]"); }

  function place(form) { return document.getElementById(form.dataset.verify); }

  function say(form, text) { place(form).textContent = text; }

  function show(form, page) {
    var answered = new DOMParser().parseFromString(page, "text/html");
    var told = answered.getElementById("verdict") || answered.getElementById("notice-sentence");
    if (!told) return say(form, form.dataset.failed);
    say(form, "");
    place(form).appendChild(document.importNode(told, true));
  }

  function check(form, file) {
    var data = new FormData(form), words = form.dataset;
    data.set("document", file, file.name);
    say(form, words.checking.replace("{name}", file.name));
    fetch(form.action, { method: "POST", body: data })
      .then(function (answer) { return answer.text(); })
      .then(function (page) { show(form, page); })
      .catch(function () { say(form, words.failed); });
  }

  document.addEventListener("submit", function (event) {
    var form = area(event.target), chosen = form && form.querySelector("input[type=file]").files;
    if (!form || !chosen.length) return;
    event.preventDefault();
    check(form, chosen[0]);
  });
  document.addEventListener("dragover", function (event) {
    var form = area(event.target);
    document.querySelectorAll("form[data-verify]").forEach(function (one) { one.classList.toggle("dragged-over", one === form); });
    if (document.querySelector("form[data-verify]")) event.preventDefault();
  });
  document.addEventListener("drop", function (event) {
    if (document.querySelector("form[data-verify]")) event.preventDefault();
    document.querySelectorAll("form[data-verify]").forEach(function (one) { one.classList.remove("dragged-over"); });
    var form = area(event.target);
    if (form && event.dataTransfer.files.length) check(form, event.dataTransfer.files[0]);
  });
})();
