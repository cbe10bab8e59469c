/* What could not be fetched (the server is away, or failed at it) is said, in words of the shell: else an address would stand over
   what was chosen before. The next choice asks for every part anew, for none of them can be trusted then. */
(function () {
  var CALLBACK = "/_dash-update-component";
  var failed = "";

  function note() { return document.getElementById("shell-unanswered"); }

  /* Why there is no answer: the server is "away", or "refused" what was asked. */
  function say(why) {
    failed = why;
    if (!note()) return;
    note().hidden = !why;
    note().querySelectorAll("span").forEach(function (words) { words.hidden = !words.classList.contains(why || "none"); });
  }

  window.supervision.unanswered = function () {
    var before = failed;
    say("");
    return Boolean(before);
  };

  var ask = window.fetch;
  window.fetch = function (address) {
    var path = new URL(address.url || address, location.href).pathname;
    var answer = ask.apply(this, arguments);
    if (path !== CALLBACK) return answer;
    return answer.catch(function () {
      return new Response("{}", { status: 503, headers: { "Content-Type": "application/json" } }); /* an end that Dash knows */
    }).then(function (given) {
      if (given.status >= 400 && given.status !== 401) say(given.status >= 500 ? "away" : "refused");
      return given;
    });
  };

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("#shell-unanswered button")) location.reload();
  });
})();
