/* What grids call by name: no string of theirs is run as a program. */
(function () {
  var el = function () { return window.React.createElement.apply(null, arguments); };

  window.dashAgGridFunctions = Object.assign({}, window.dashAgGridFunctions, {
    /* The colours of assets/10_tokens.css, light or dark as the page is. */
    recordTheme: function (base) {
      return base.withParams({
        fontFamily: "inherit",
        fontSize: "calc(13px * var(--large))",
        headerFontSize: "calc(13px * var(--large))",
        headerFontWeight: 600,
        spacing: "calc(6px * var(--large))",
        wrapperBorderRadius: 6,
        borderRadius: 4,
        backgroundColor: "var(--surface)",
        foregroundColor: "var(--ink)",
        textColor: "var(--ink)",
        subtleTextColor: "var(--muted)",
        headerTextColor: "var(--muted)",
        headerBackgroundColor: "var(--surface-soft)",
        chromeBackgroundColor: "var(--surface-soft)",
        menuBackgroundColor: "var(--surface)",
        tooltipBackgroundColor: "var(--surface)",
        tooltipTextColor: "var(--ink)",
        oddRowBackgroundColor: "var(--surface)",
        rowHoverColor: "var(--surface-soft)",
        selectedRowBackgroundColor: "var(--accent-soft)",
        borderColor: "var(--line)",
        accentColor: "var(--accent)",
        inputBackgroundColor: "var(--surface)",
        inputTextColor: "var(--ink)",
        inputPlaceholderTextColor: "var(--muted)",
        checkboxCheckedShapeColor: "var(--surface)",
        browserColorScheme: "inherit"
      });
    },
    recordsCounted: function (params) { window.recordLists.counted(params.api); },
    recordsAsked: function (params) { window.recordLists.asked(params.api); },
    columnsChanged: function (params) { if (params.finished !== false && params.source !== "gridInitializing") window.recordLists.keep(params.api); },
    /* Arrow keys lead from cell to cell; Tab out of the grid, which may have 200,000 rows. */
    leaveGrid: function () { return false; },
    /* Enter on a cell goes where its first link leads. */
    cellKeyPressed: function (params) {
      if (!params.event || params.event.key !== "Enter" || params.event.target.closest("a")) return;
      var cell = params.event.target.closest(".ag-cell");
      var link = cell && cell.querySelector("a[href]");
      if (link) link.click();
    }
  });

  function waits(props) {
    return props.data === undefined;
  }

  window.dashAgGridComponentFunctions = Object.assign({}, window.dashAgGridComponentFunctions, {
    /* {text, tone, symbol}: a word in a pill; the colour only repeats what word and symbol say. */
    RecordTag: function (props) {
      if (waits(props) || !props.value) return null;
      var symbol = props.value.symbol ? el("span", { className: "symbol", "aria-hidden": "true" }, props.value.symbol) : null;
      return el("span", { className: "pill pill-" + props.value.tone, title: props.value.text }, symbol, props.value.text);
    },
    /* [{name, gap, moment, tone, symbol, title}]: steps one after the other, as dashboards/components/step_line.py draws them. */
    RecordSteps: function (props) {
      if (waits(props) || !props.value) return null;
      return el("ol", { className: "way-line" }, props.value.map(function (one, place) {
        var gap = one.gap ? el("span", { className: "way-gap" }, one.gap) : null;
        var symbol = el("span", { className: "way-symbol", "aria-hidden": "true" }, one.symbol);
        var at = one.moment ? el("small", { className: "way-at" }, one.moment) : null;
        var done = el("span", { className: "way-stop" }, el("span", { className: "way-name" }, symbol, one.name), at);
        return el("li", { className: "way-step way-" + one.tone, key: place, title: one.title }, gap, done);
      }));
    },
    /* [{text, href, title, changes}]: words one after the other, each a link where it leads somewhere; changes: in place. */
    RecordLinks: function (props) {
      if (waits(props) || !props.value) return null;
      return el("span", { className: "record-links" }, props.value.map(function (one, place) {
        var shown = one.href
          ? el("a", {
            href: one.href, title: one.title, tabIndex: -1, "data-changes": one.changes ? JSON.stringify(one.changes) : undefined
          }, one.text)
          : el("span", { title: one.title }, one.text);
        return el(window.React.Fragment, { key: place }, place ? " · " : null, shown);
      }));
    }
  });
})();
