/* A zoom outlives the next choice, which draws the chart anew: axis by axis, as long as an axis means the same (its uirevision). */
(function () {
  var AXES = ["xaxis", "yaxis"];
  var zoomed = {}; // chart -> axis -> {of: what the axis means, range: [from, to]}

  function kept(chart) {
    var holder = chart.closest("[id]");
    return zoomed[holder.id] = zoomed[holder.id] || {};
  }

  window.supervision.rememberZoom = function (chart) {
    var mine = kept(chart), again = {};
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
