/* Ahead of all other scripts: what a page asks first (its frame, its callbacks, and the page itself) is asked while they are still on their
   way, and each answer is kept until Dash asks for it. plotly.js runs while the page is still being made, and draws one chart after
   the other, as they come near. */
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

  /* A chart is drawn when its place comes near what is seen, the nearest first, and is on the screen before the next one is begun.
     Who needs it earlier (paper, a picture, the keyboard) asks for it. Dash does not wait for it, so that a later figure takes
     the place of the one that waits; nor does it listen to it: at each zoom or lifting it would draw the whole chart once more. */
  var waiting = new Map(); /* chart -> what Plotly is given to draw */
  var drawOne = null, busy = false;
  var near = new IntersectionObserver(function (seen) {
    seen.forEach(function (one) { if (one.isIntersecting) soon(one.target); });
  }, { rootMargin: "100% 0%" });

  function takeTurns(plotly) {
    var draw = plotly.react;
    drawOne = function (given) { return draw.apply(plotly, given); };
    plotly.react = function (chart) {
      waiting.forEach(function (_given, other) { if (!other.isConnected) forget(other); });
      waiting.set(chart, arguments);
      if (!chart.on) chart.on = function () {};
      if (distance(chart) < innerHeight) {
        soon(chart);
      } else {
        chart.dataset.draws = "later";
        near.observe(chart);
      }
      return Promise.resolve(chart);
    };
  }

  function forget(chart) {
    near.unobserve(chart);
    waiting.delete(chart);
    delete chart.dataset.draws;
  }

  /* Pixels between a chart and what is seen of the page; of what is not shown at all, without end. */
  function distance(chart) {
    var place = chart.getBoundingClientRect();
    if (!place.width) return Infinity;
    return Math.max(place.top - innerHeight, -place.bottom, 0);
  }

  function soon(chart) {
    if (!waiting.has(chart)) return;
    near.unobserve(chart);
    chart.dataset.draws = "soon";
    if (busy) return;
    busy = true;
    Promise.resolve().then(turn);
  }

  function turn() {
    var next = Array.from(waiting.keys()).filter(function (chart) { return chart.dataset.draws === "soon"; });
    busy = next.length > 0;
    if (!busy) return;
    var far = next.map(distance);
    new Promise(function (done) { done(draws(next[far.indexOf(Math.min.apply(null, far))])); }).then(shown, shown).then(turn);
  }

  function draws(chart) {
    var given = waiting.get(chart);
    forget(chart);
    return chart.isConnected ? drawOne(given) : Promise.resolve(chart);
  }

  /* Draws at once what waits in a part of the page. */
  window.supervision.drawIn = function (part) {
    Array.from(waiting.keys()).forEach(function (chart) { if (part.contains(chart)) draws(chart); });
  };
  window.supervision.drawAll = function () { window.supervision.drawIn(document); };

  /* Each figure that waits, to be changed before it is drawn. */
  window.supervision.figuresThatWait = function () {
    return Array.from(waiting.values(), function (given) { return given[1]; });
  };

  /* A picture begun is on the screen when the next one begins. */
  function shown() {
    return new Promise(function (done) {
      requestAnimationFrame(function () { requestAnimationFrame(function () { setTimeout(done); }); });
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
