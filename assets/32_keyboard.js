/* What the pointer does, the keyboard does. A chart is one stop of the Tab key; arrow keys lead from mark to mark, which is then
   pointed at as by the pointer, Enter chooses it, and where there is something to zoom + - and 0 do. And whoever chooses by key keeps the focus, though what had it is drawn anew. */
(function () {
  var MARKS = ".chart-marks";
  var ZOOMS = { "+": 0.5, "=": 0.5, "-": 2, "0": 0 }; /* "=" is the key of "+" without Shift */
  var STOPS = "a[href], button, select, input, textarea, summary, [tabindex]";

  /* marks of charts */

  var at = new WeakMap(); /* list of marks -> the number of the one that is pointed at */

  /* The chart of a list, once it is drawn. */
  function chartOf(list) {
    var chart = list.closest(".chart") && list.closest(".chart").querySelector(".js-plotly-plot");
    return chart && chart._fullLayout && chart._fullLayout._hoverlayer ? chart : null;
  }

  /* All marks that say something, line by line: a trace is a line, a heat map has one a row. */
  function marksOf(chart) {
    var found = [];
    (chart.data || []).forEach(function (trace, curve) {
      if (trace.hoverinfo === "skip" || !trace.hovertext || typeof trace.hovertext !== "object") return;
      var says = Array.from(trace.hovertext), marks = Array.from(trace.customdata || []);
      if (says.some(Array.isArray)) {
        says.forEach(function (row, y) {
          row.forEach(function (said, x) { add(curve + "-" + y, x, [y, x], said, (marks[y] || [])[x]); });
        });
      } else {
        says.forEach(function (said, place) { add(String(curve), place, place, said, marks[place]); });
      }
      function add(line, place, number, said, mark) {
        if (said) found.push({ line: line, place: place, curve: curve, number: number, said: said, mark: mark || null });
      }
    });
    return found;
  }

  function words(said) {
    return new DOMParser().parseFromString(said.replace(/<br>/g, " "), "text/html").body.textContent; /* without Plotly's marks */
  }

  function tell(list, marks, number) {
    var option = document.createElement("div");
    option.id = (list.closest(".chart").querySelector(".dash-graph").id || "chart") + "-mark-" + number;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.setAttribute("aria-posinset", String(number + 1));
    option.setAttribute("aria-setsize", String(marks.length));
    option.textContent = words(marks[number].said);
    list.textContent = "";
    list.append(option);
    list.setAttribute("aria-activedescendant", option.id);
  }

  function show(list, number) {
    var chart = chartOf(list), marks = chart ? marksOf(chart) : [];
    if (!marks.length) return;
    number = Math.max(0, Math.min(number, marks.length - 1));
    at.set(list, number);
    tell(list, marks, number);
    if (window.supervision.isBeyond(chart, marks[number])) zoom(list, 1);
    else point(chart, marks[number]);
  }

  function point(chart, mark) {
    window.supervision.pointIn(chart, mark.mark);
    hover(chart, mark);
  }

  /* So many times as much of the chart as is seen, around the mark that is pointed at; without a number, all. */
  function zoom(list, by) {
    var chart = chartOf(list), mark = marksOf(chart)[at.get(list) || 0];
    var zoomed = window.supervision.zoomAt(chart, mark, by);
    if (zoomed) zoomed.then(function () { if (document.activeElement === list) point(chart, mark); });
  }

  /* A cell of a heat map has no number of its own by which Plotly would find it, but a place. */
  function hover(chart, mark) {
    var trace = chart._fullData[mark.curve], layout = chart._fullLayout, cell = Array.isArray(mark.number);
    var across = layout[trace.xaxis.replace("x", "xaxis")], down = layout[trace.yaxis.replace("y", "yaxis")];
    window.Plotly.Fx.hover(chart, cell ? {
      xpx: trace.x ? across.d2p(trace.x[mark.number[1]]) : across.l2p(mark.number[1]),
      ypx: trace.y ? down.d2p(trace.y[mark.number[0]]) : down.l2p(mark.number[0])
    } : [{ curveNumber: mark.curve, pointNumber: mark.number }], trace.xaxis + trace.yaxis);
  }

  function leave(chart) {
    window.Plotly.Fx.unhover(chart);
    window.supervision.pointIn(null, null);
  }

  function otherLine(marks, number, down) {
    var lines = marks.map(function (mark) { return mark.line; }).filter(function (line, n, all) { return all.indexOf(line) === n; });
    if (lines.length < 2) return number + (down ? 1 : -1);
    var line = lines[lines.indexOf(marks[number].line) + (down ? 1 : -1)];
    if (line === undefined) return number;
    var best = number, apart = Infinity;
    marks.forEach(function (mark, n) {
      var far = Math.abs(mark.place - marks[number].place);
      if (mark.line === line && far < apart) { best = n; apart = far; }
    });
    return best;
  }

  function onKey(list, key) {
    var chart = chartOf(list), marks = chart ? marksOf(chart) : [], number = at.get(list) || 0;
    if (!marks.length) return false;
    var upright = chart._fullLayout.yaxis && chart._fullLayout.yaxis.range[0] < chart._fullLayout.yaxis.range[1];
    var rows = Array.isArray(marks[number] && marks[number].number) && upright; /* then the first row stands lowest */
    if (key === "ArrowRight") show(list, number + 1);
    else if (key === "ArrowLeft") show(list, number - 1);
    else if (key === "ArrowDown") show(list, otherLine(marks, number, !rows));
    else if (key === "ArrowUp") show(list, otherLine(marks, number, rows));
    else if (key === "Home") show(list, 0);
    else if (key === "End") show(list, marks.length - 1);
    else if (key in ZOOMS) zoom(list, ZOOMS[key]);
    else if (key === "Escape") leave(chart);
    else if (key === "Enter" || key === " ") {
      leave(chart); /* so that what is chosen is lifted here too */
      window.supervision.leadFrom(chart, marks[number].mark);
    } else return false;
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (!event.target.matches || !event.target.matches(MARKS) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (onKey(event.target, event.key)) event.preventDefault();
  });

  document.addEventListener("focusin", function (event) {
    if (!event.target.matches(MARKS)) return;
    window.supervision.drawIn(event.target.closest(".chart")); /* so that there is something to walk through */
    show(event.target, at.get(event.target) || 0);
  });

  document.addEventListener("focusout", function (event) {
    var chart = event.target.matches(MARKS) && chartOf(event.target);
    if (chart) leave(chart);
  });

  /* A cell of a grid with several links: Tab leads to each, and then on. */
  document.addEventListener("keydown", function (event) {
    var cell = event.key === "Tab" && event.target.closest && event.target.closest(".record-grid .ag-cell");
    var links = cell ? Array.from(cell.querySelectorAll("a[href]")) : [];
    var place = links.indexOf(event.target) + (event.shiftKey ? -1 : 1);
    var next = links[place] || (place === -1 && event.target !== cell ? cell : null);
    if (links.length < 2 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    next.focus();
  }, true);

  /* the focus stays */

  var last = null;

  function partOf(node) { return node.closest(".page-part, .page, form"); }

  function stops(part) {
    return Array.from(part.querySelectorAll(STOPS)).filter(function (one) { return one.getClientRects().length; });
  }

  document.addEventListener("focusin", function (event) {
    var node = event.target, part = node.closest("#content") && partOf(node);
    if (!part) { last = null; return; }
    var chart = node.matches(MARKS) && node.closest(".chart").querySelector(".dash-graph");
    last = {
      node: node, id: node.id, chart: chart ? chart.id : "", part: part.id, words: node.textContent, tag: node.tagName,
      place: stops(part).indexOf(node)
    };
  });

  document.addEventListener("focusout", function (event) {
    var node = event.target;
    setTimeout(function () {
      if (last && last.node === node && node.isConnected && document.activeElement === document.body) last = null;
    }, 0);
  });

  /* What takes the place of a thing that is gone: the same by its name or by its words; or, if that does not come, what stands
     where it stood. */
  function heir(gone) {
    if (gone.id) return document.getElementById(gone.id);
    var chart = gone.chart && document.getElementById(gone.chart);
    if (chart) return chart.closest(".chart").querySelector(MARKS);
    return gone.words.length < 2 ? null : stops(partAgain(gone)).find(function (one) {
      return one.tagName === gone.tag && one.textContent === gone.words;
    });
  }

  function partAgain(gone) {
    return (gone.part && document.getElementById(gone.part)) || document.getElementById("content");
  }

  function successor(gone) {
    var all = stops(partAgain(gone));
    return all[Math.min(gone.place, all.length - 1)] || document.getElementById("content");
  }

  function isLost() {
    return last && !last.node.isConnected && document.activeElement === document.body && !document.querySelector(".page-part.fetching");
  }

  function give(next) {
    if (!next.matches(STOPS)) next.setAttribute("tabindex", "-1");
    next.focus({ preventScroll: true });
  }

  var PATIENCE = 400; /* milliseconds in which what is drawn anew comes back */
  var search = null;

  function keep() {
    document.querySelectorAll(MARKS + ":empty").forEach(function (list) {
      var chart = chartOf(list), marks = chart ? marksOf(chart) : [];
      if (marks.length) tell(list, marks, 0);
    });
    if (!isLost()) return;
    var next = heir(last);
    clearTimeout(search);
    if (next) give(next);
    else search = setTimeout(function () { if (isLost()) give(heir(last) || successor(last)); }, PATIENCE);
  }

  var waiting = false;
  new MutationObserver(function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; keep(); });
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
})();
