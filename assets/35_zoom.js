/* A zoom outlives the next choice, which draws the chart anew: axis by axis, as long as an axis means the same (its uirevision).
   Keys zoom as a box that is drawn does: around the mark that is pointed at. */
(function () {
  var AXES = ["xaxis", "yaxis"];
  var zoomed = {}; // chart -> axis -> {of: what the axis means, range: [from, to]}
  var whole = {}; // chart -> axis -> the same of when nothing is zoomed

  function kept(of, chart) {
    var holder = chart.closest("[id]");
    return of[holder.id] = of[holder.id] || {};
  }

  /* The axes that can be zoomed, as numbers. */
  function ranges(chart) {
    var found = {};
    AXES.forEach(function (axis) {
      var drawn = chart._fullLayout[axis];
      if (drawn && !drawn.fixedrange) found[axis] = drawn.range.map(drawn.r2l);
    });
    return found;
  }

  /* From where to where each of them goes; one that has another meaning by now has not been zoomed since. */
  function ends(chart) {
    var known = kept(whole, chart), now = ranges(chart), found = {};
    Object.keys(now).forEach(function (axis) {
      var means = chart.layout[axis].uirevision;
      if (!known[axis] || known[axis].of !== means) known[axis] = { of: means, range: now[axis] };
      found[axis] = known[axis].range;
    });
    return found;
  }

  function size(range) { return Math.abs(range[1] - range[0]); }

  /* So much of an axis, around a place, and nothing beyond its ends. */
  function around(place, wanted, all) {
    var low = Math.min(all[0], all[1]), room = Math.min(wanted, size(all));
    var from = Math.max(low, Math.min(place - room / 2, low + size(all) - room));
    return all[0] < all[1] ? [from, from + room] : [from + room, from];
  }

  function placeOf(chart, axis, mark) {
    var values = chart._fullData[mark.curve][axis.charAt(0)];
    return values && !Array.isArray(mark.number) ? chart._fullLayout[axis].d2l(values[mark.number]) : NaN;
  }

  /* `by` times as much as is seen now; without it, all. What the chart was changed to, once it is. */
  window.supervision.zoomAt = function (chart, mark, by) {
    var all = ends(chart), now = ranges(chart), change = {};
    Object.keys(all).forEach(function (axis) {
      var place = placeOf(chart, axis, mark);
      if (!isFinite(place)) place = (now[axis][0] + now[axis][1]) / 2;
      var range = by ? around(place, size(now[axis]) * by, all[axis]) : all[axis];
      change[axis + ".range"] = range.map(chart._fullLayout[axis].l2r);
    });
    return Object.keys(change).length ? window.Plotly.relayout(chart, change) : null;
  };

  /* Whether a mark lies beyond what is seen of a chart. */
  window.supervision.isBeyond = function (chart, mark) {
    var now = ranges(chart);
    return Object.keys(now).some(function (axis) {
      var place = placeOf(chart, axis, mark);
      return place < Math.min(now[axis][0], now[axis][1]) || place > Math.max(now[axis][0], now[axis][1]);
    });
  };

  window.supervision.rememberZoom = function (chart) {
    var mine = kept(zoomed, chart), again = {};
    whole[chart.closest("[id]").id] = {};
    ends(chart);
    AXES.forEach(function (axis) {
      var drawn = chart.layout[axis];
      if (mine[axis] && drawn && mine[axis].of === drawn.uirevision) again[axis + ".range"] = mine[axis].range.slice();
    });
    if (Object.keys(again).length) window.Plotly.relayout(chart, again);
    chart.on("plotly_relayout", function (change) {
      AXES.forEach(function (axis) {
        var moved = Object.keys(change).some(function (key) { return key.indexOf(axis + ".range") === 0; });
        if (moved) mine[axis] = { of: chart.layout[axis].uirevision, range: chart.layout[axis].range.slice() };
      });
    });
  };
})();
