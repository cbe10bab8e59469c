/* Sends workbooks one by one to /upload, with progress; one file that cannot be read never holds up the others.
   Words come from the page (data-…), receipts go to the page's store, which follows them. */
(function () {
  function area() { return document.getElementById("submissions-drop"); }

  function say(text) { document.getElementById("submissions-progress").textContent = text; }

  function chosen(field) {
    var input = document.getElementById("submissions-" + field);
    return input ? input.value : "";
  }

  /* The token that shows that this page asks, and no other site. */
  function token() {
    var found = document.cookie.match(/(?:^|; )_csrf_token=([^;]*)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function form(file) {
    var data = new FormData();
    data.append("files", file, file.name);
    data.append("kind", chosen("kind"));
    data.append("unit", chosen("unit"));
    data.append("period", chosen("for-period"));
    data.append("note", chosen("note"));
    data.append("straight", document.getElementById("submissions-straight").checked ? "1" : "");
    return data;
  }

  function refused(file, sentence) { return { name: file.name, receipt: null, refused: sentence }; }

  function understood(request, file, words) {
    try {
      var answer = JSON.parse(request.responseText);
      return answer.files || [refused(file, answer.error)];
    } catch (error) {
      return [refused(file, words.unreadable)];
    }
  }

  function send(file, words) {
    return new Promise(function (done) {
      var request = new XMLHttpRequest();
      request.upload.onprogress = function (event) {
        var percent = event.total ? Math.floor((100 * event.loaded) / event.total) : 0;
        say(words.sending.replace("{name}", file.name).replace("{percent}", percent));
      };
      request.onload = function () { done(understood(request, file, words)); };
      request.onerror = function () { done([refused(file, words.unreadable)]); };
      request.open("POST", words.uploadTo);
      request.setRequestHeader("X-CSRFToken", token());
      request.setRequestHeader("X-Language", document.documentElement.lang.slice(0, 2));
      request.send(form(file));
    });
  }

  async function sendAll(files) {
    var here = area(), words = here.dataset, received = 0;
    for (var file of files) {
      var answered = await send(file, words);
      received += answered.filter(function (one) { return one.receipt !== null; }).length;
      here.answers = (here.answers || []).concat(answered);
      window.dash_clientside.set_props("submissions-sent", { data: here.answers });
    }
    say(received ? words.received.replace("{n}", received) : words.none);
  }

  function choose() {
    var input = document.getElementById("submissions-files") || document.body.appendChild(document.createElement("input"));
    Object.assign(input, { id: "submissions-files", type: "file", multiple: true, hidden: true, value: "" });
    input.onchange = function () { sendAll(Array.from(input.files)); };
    input.click();
  }

  function over(event, inside) {
    if (!area()) return;
    event.preventDefault();
    area().classList.toggle("dragged-over", inside && area().contains(event.target));
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-choose-files]")) choose();
  });
  document.addEventListener("dragover", function (event) { over(event, true); });
  document.addEventListener("dragleave", function (event) { over(event, false); });
  document.addEventListener("drop", function (event) {
    over(event, false);
    if (area() && event.dataTransfer.files.length) sendAll(Array.from(event.dataTransfer.files));
  });
})();
