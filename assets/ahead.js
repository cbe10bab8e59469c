/* Ahead of all other scripts: what a page asks first (its frame, its callbacks, and the page itself) is asked while they are still on their
   way, and each answer is kept until Dash asks for it. plotly.js runs while the page is still being made, and draws one chart after the other. */
(function () {
  var CALLBACK = "/_dash-update-component";
  var here = document.currentScript.dataset, page = JSON.parse(here.page);
  var config = JSON.parse(document.getElementById("_dash-config").textContent);
  var ask = window.fetch, early = {};

  function token() {
    var found = document.cookie.match(/(?:^|; )_csrf_token=([^;]*)/);
    return found ? decodeURIComponent(found[1]) : "";
  }

  function send(path, query, body) {
    var headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token() };
    var sent = { method: body ? "POST" : "GET", credentials: "same-origin", headers: headers, body: body };
    early[path] = ask.call(window, path + query, sent);
    early[path].catch(function () {});
  }

  function values(inputs) {
    return JSON.stringify(inputs.map(function (one) { return one.value; }));
  }

  /* The kept answer, if this is what it answers. What asks for the page at another address gets its own. */
  function kept(path, body) {
    var answer = early[path];
    if (!answer) return null;
    if (path === CALLBACK) {
      var sent = JSON.parse(body);
      if (sent.output !== page.output) return null;
      delete early[path];
      runPlotly();
      return values(sent.inputs) === values(page.inputs) ? answer : null;
    }
    delete early[path];
    return answer;
  }

  /* Dash waits for a promise that stands where plotly.js will be. */
  function runPlotly() {
    if (!here.plotly || window.Plotly) return;
    window.Plotly = new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = here.plotly;
      script.onload = function () {
        takeTurns(window.Plotly);
        done();
      };
      script.onerror = failed;
      document.body.appendChild(script);
    });
  }

  /* A chart is on the screen before the next one is begun; on paper they all are. */
  function takeTurns(plotly) {
    var draw = plotly.react, turn = Promise.resolve(), waiting = [];
    plotly.react = function (chart) {
      var given = arguments, drawn = null;
      function draws() {
        if (!drawn) {
          waiting = waiting.filter(function (one) { return one !== draws; });
          drawn = chart.isConnected ? draw.apply(plotly, given) : Promise.resolve(chart);
        }
        return drawn;
      }
      waiting.push(draws);
      var done = turn.then(draws);
      turn = done.then(shown, shown);
      return done;
    };
    window.supervision.drawAll = function () { waiting.forEach(function (draws) { draws(); }); };
  }

  function shown() {
    return new Promise(function (done) {
      requestAnimationFrame(function () { setTimeout(done); });
      setTimeout(done, 100); // where nothing is painted, as behind another tab
    });
  }

  window.fetch = function (address, options) {
    var path = new URL(address.url || address, location.href).pathname;
    var again = ask.bind(this, address, options), answer = kept(path, options && options.body);
    return answer ? answer.catch(again) : again();
  };

  page.inputs.forEach(function (one) { one.value = location[one.property]; });
  page.changedPropIds = page.inputs.map(function (one) { return one.id + "." + one.property; });
  send("/_dash-layout", "");
  send("/_dash-dependencies", "");
  send(CALLBACK, "?endId=" + encodeURIComponent(config.end_id), JSON.stringify(page));
})();
