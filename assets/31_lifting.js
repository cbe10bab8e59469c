/* A mark of a chart leads to what it stands for (dashboards/components/marks.py), and what is chosen or pointed at is lifted
   wherever the page shows it: in tables, bars, points, lines and maps. */
(function () {
  var KINDS = ["unit", "sector", "accident"];
  var heard = new WeakMap();
  var pointedAt = null;
  var under = null;

  /* What a mark is of: an accident concerns the unit of its territory and the department that supervises it. */
  function codes(mark, kind) { return (kind === "unit" ? [mark.unit, mark.department] : [mark[kind]]).filter(Boolean); }

  function chosen(kind) {
    var card = document.querySelector("[data-chosen-" + kind + "]");
    return new URLSearchParams(location.search).get(kind) || (card ? card.getAttribute("data-chosen-" + kind) : null);
  }

  /* Of two accidents it is asked whether they are the same, and not whether they are of one unit. */
  function agree(mark, other) {
    if (mark.accident && other.accident) return mark.accident === other.accident;
    return KINDS.some(function (kind) {
      var of = codes(other, kind);
      return codes(mark, kind).some(function (code) { return of.includes(code); });
    });
  }

  function isChosen(mark, choice) {
    return Boolean(mark) && (agree(mark, choice) || isPointedAt(mark));
  }

  function choices() {
    var all = {};
    KINDS.forEach(function (kind) { all[kind] = chosen(kind); });
    return all;
  }

  window.supervision.leadFrom = function (chart, mark) {
    var holder = chart.closest("[data-via]");
    if (mark && typeof mark === "object") window.supervision.lead(mark, holder ? holder.dataset.via : "");
  };

  function markOf(event) {
    var point = event.points && event.points[0];
    var mark = point && point.customdata;
    return mark && typeof mark === "object" && Object.keys(mark).length ? mark : null;
  }

  function isOfAKind(mark) { return Boolean(mark) && KINDS.some(function (kind) { return Boolean(mark[kind]); }); }

  function listen(chart) {
    if (!chart.on || heard.get(chart) === chart._ev) return;
    heard.set(chart, chart._ev);
    window.supervision.rememberZoom(chart);
    chart.on("plotly_click", function (event) {
      window.supervision.leadFrom(chart, markOf(event));
    });
    chart.on("plotly_hover", function (event) {
      var mark = markOf(event);
      chart.classList.toggle("leads", Boolean(mark));
      pointIn(chart, mark);
    });
    chart.on("plotly_unhover", function () {
      chart.classList.remove("leads");
      pointIn(null, null);
    });
    liftAll();
  }

  function pointIn(chart, mark) {
    under = chart;
    point(mark && isOfAKind(mark) ? mark : null);
  }
  window.supervision.pointIn = pointIn;

  /* Charts are lifted once the pointer rests, one after the other while the browser has nothing else to do, the nearest first:
     to draw one anew takes longer than all the rest of an answer in place. */
  var REST = 80; /* milliseconds */
  var resting = null, idle = null;

  function whenIdle(then) {
    return window.requestIdleCallback ? window.requestIdleCallback(then, { timeout: 1000 }) : setTimeout(then);
  }

  function liftAll() {
    clearTimeout(resting);
    if (idle !== null) (window.cancelIdleCallback || clearTimeout)(idle);
    idle = null;
    resting = setTimeout(function () { liftNext(byDistance()); }, REST);
  }

  function liftNext(charts) {
    idle = null;
    var next = charts.find(hasMarks);
    if (!next) return;
    idle = whenIdle(function () {
      lift(next);
      liftNext(charts.slice(charts.indexOf(next) + 1));
    });
  }

  function byDistance() {
    return Array.from(document.querySelectorAll(".chart .js-plotly-plot"))
      .filter(function (chart) { return !chart.closest(".further-down.owed"); })
      .map(function (chart) {
        var box = chart.getBoundingClientRect();
        return { chart: chart, away: Math.max(0, box.top - window.innerHeight, -box.bottom) };
      })
      .sort(function (one, other) { return one.away - other.away; })
      .map(function (one) { return one.chart; });
  }

  /* Whether it has marks at all that may be lifted. */
  function hasMarks(chart) {
    return (chart.data || []).some(function (trace) {
      return trace.type === "heatmap" ? Boolean(trace.customdata) : Array.from(trace.customdata || []).some(isOfAKind);
    });
  }

  function lift(chart) {
    if (chart === under) return; /* drawn anew under the pointer it would forget what it points at, and a click */
    var choice = choices(), lines = [];
    (chart.data || []).forEach(function (trace, number) {
      if (trace.type === "heatmap") return;
      var marks = Array.from(trace.customdata || []);
      if (!marks.some(isOfAKind)) return;
      var points = marks.map(function (mark, at) { return isChosen(mark, choice) ? at : -1; }).filter(function (at) { return at >= 0; });
      var wish = points.length ? points : null;
      if (JSON.stringify(wish) !== JSON.stringify(trace.selectedpoints || null)) {
        window.Plotly.restyle(chart, { selectedpoints: [wish] }, [number]);
      }
      if (/lines/.test(trace.mode || "")) lines.push({ number: number, lifted: points.length > 0, pointed: marks.some(isPointedAt) });
    });
    liftLines(chart, lines);
    frame(chart);
  }

  function isPointedAt(mark) { return Boolean(mark && pointedAt && agree(mark, pointedAt)); }

  /* Of lines, each of one unit, all others fade while one is pointed at. */
  var FADED = 0.25;
  var asDrawn = new WeakMap(); /* a trace's marks -> how strong it was drawn */

  function liftLines(chart, lines) {
    if (lines.length < 2) return;
    var some = lines.some(function (line) { return line.pointed; }), numbers = [], wishes = [];
    lines.forEach(function (line) {
      var trace = chart.data[line.number];
      if (!asDrawn.has(trace.customdata)) asDrawn.set(trace.customdata, trace.opacity === undefined ? 1 : trace.opacity);
      var wish = some && line.pointed ? 1 : some && !line.lifted ? FADED : asDrawn.get(trace.customdata);
      if (wish === (trace.opacity === undefined ? 1 : trace.opacity)) return;
      numbers.push(line.number);
      wishes.push(wish);
    });
    if (numbers.length) window.Plotly.restyle(chart, { opacity: wishes }, numbers);
  }

  /* Of a map, the column or row of what is pointed at gets a frame. */
  var framed = new WeakMap(); /* a map's marks -> the frames that it was drawn with */

  function frame(chart) {
    var map = (chart.data || []).find(function (trace) { return trace.type === "heatmap" && trace.customdata; });
    if (!map || !ofSeveral(map)) return;
    if (!framed.has(map.customdata)) framed.set(map.customdata, { drawn: (chart.layout.shapes || []).slice(), around: null });
    var cells = [], kept = framed.get(map.customdata);
    Array.from(map.customdata).forEach(function (row, y) {
      Array.from(row || []).forEach(function (mark, x) { if (isPointedAt(mark)) cells.push([x, y]); });
    });
    var around = cells.length ? box(map, cells) : null;
    if (JSON.stringify(around) === JSON.stringify(kept.around)) return;
    kept.around = around;
    window.Plotly.relayout(chart, { shapes: around ? kept.drawn.concat([around]) : kept.drawn });
  }

  /* A map of one unit has nothing to lift out of it. */
  function ofSeveral(map) {
    var of = new Set();
    Array.from(map.customdata).forEach(function (row) {
      Array.from(row || []).forEach(function (mark) { if (isOfAKind(mark)) of.add(mark.unit || mark.sector); });
    });
    return of.size > 1;
  }

  function box(map, cells) {
    function ends(axis, place) {
      var found = cells.map(function (cell) { return axis ? Number(axis[cell[place]]) : cell[place]; });
      return [Math.min.apply(null, found) - 0.5, Math.max.apply(null, found) + 0.5];
    }
    var x = ends(map.x, 0), y = ends(map.y, 1);
    var ink = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
    return { type: "rect", xref: "x", yref: "y", x0: x[0], x1: x[1], y0: y[0], y1: y[1], line: { width: 2.5, color: ink } };
  }

  function point(mark) {
    if (JSON.stringify(mark) === JSON.stringify(pointedAt)) return;
    pointedAt = mark;
    rows(function (row, kind, code) { row.classList.toggle("lifted", Boolean(mark) && codes(mark, kind).includes(code)); });
    liftAll();
  }

  function rows(each) {
    KINDS.forEach(function (kind) {
      document.querySelectorAll("[data-" + kind + "]").forEach(function (row) { each(row, kind, row.getAttribute("data-" + kind)); });
    });
  }

  function pointAt(event) {
    var row = event.target.closest && event.target.closest("[data-unit], [data-sector], [data-accident]");
    if (!row && event.target.closest && event.target.closest(".js-plotly-plot, .chart-marks")) return;
    var mark = {};
    if (row) KINDS.forEach(function (kind) { if (row.dataset[kind]) mark[kind] = row.dataset[kind]; });
    point(row ? mark : null);
  }

  /* A page that scrolls to what has the focus comes to lie otherwise under a pointer that rests: that is no pointing. */
  var at = "0,0", byKeys = false;

  document.addEventListener("mouseover", function (event) {
    var now = event.clientX + "," + event.clientY;
    if (now !== at) byKeys = false;
    at = now;
    if (!byKeys) pointAt(event);
  });
  document.addEventListener("keydown", function () { byKeys = true; }, true);
  document.addEventListener("focusin", pointAt);

  window.supervision.markChosen = function () {
    rows(function (row, kind, code) { row.classList.toggle("chosen", code === chosen(kind)); });
    liftAll();
  };

  var waiting = false;

  new MutationObserver(function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      document.querySelectorAll(".chart .js-plotly-plot").forEach(listen); /* a chart on its way into a picture is no part of the page */
      window.supervision.markChosen();
    });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
