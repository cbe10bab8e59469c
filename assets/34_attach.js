/* Sends one scan or piece of evidence to a workbook's route, with progress, then shows the page anew. */
(function () {
  function token() {
    var found = document.cookie.match(/(?:^|; )_csrf_token=([^;]*)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function said(request, words) {
    try {
      return JSON.parse(request.responseText).error || "";
    } catch (error) {
      return words.failed;
    }
  }

  function send(button, file) {
    var words = button.dataset, line = button.parentElement.querySelector(".attach-said");
    var request = new XMLHttpRequest(), form = new FormData();
    form.append("file", file, file.name);
    request.upload.onprogress = function (event) {
      var percent = event.total ? Math.floor((100 * event.loaded) / event.total) : 0;
      line.textContent = words.sending.replace("{name}", file.name).replace("{percent}", percent);
    };
    request.onload = function () {
      if (request.status === 200) location.reload();
      else line.textContent = said(request, words);
    };
    request.onerror = function () { line.textContent = words.failed; };
    request.open("POST", words.attachTo);
    request.setRequestHeader("X-CSRFToken", token());
    request.setRequestHeader("X-Language", document.documentElement.lang.slice(0, 2));
    request.send(form);
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-attach-to]");
    if (!button) return;
    var input = document.createElement("input");
    Object.assign(input, { type: "file", accept: button.dataset.takes });
    input.onchange = function () { if (input.files.length) send(button, input.files[0]); };
    input.click();
  });
})();
