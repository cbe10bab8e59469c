/* Before a page is printed it is laid out as on paper, and each chart drawn as wide as it is there; after it, all is as it was.
   A browser asks for nothing while it prints: what paper needs is there, or is said to be missing. */
(function () {
  var MOST_ROWS = 200; /* of a grid: eight sheets; the export has them all */
  var paper = null; /* the look of charts on paper, once it was needed */

  function charts() { return Array.from(document.querySelectorAll(".js-plotly-plot")); }

  /* The rules of paper in place of those of the screen, while something is measured by them. */
  function asOnPaper(measure) {
    var rules = [];
    Array.from(document.styleSheets).forEach(function (sheet) {
      Array.from(sheet.cssRules).forEach(function (rule) {
        if (rule.media && /\b(print|screen)\b/.test(rule.media.mediaText)) rules.push([rule, rule.media.mediaText]);
      });
    });
    rules.forEach(function (one) { one[0].media.mediaText = /print/.test(one[1]) ? "all" : "not all"; });
    document.documentElement.classList.add("as-on-paper");
    try {
      measure();
    } finally {
      document.documentElement.classList.remove("as-on-paper");
      rules.forEach(function (one) { one[0].media.mediaText = one[1]; });
    }
  }

  function draw(chart, look) {
    window.Plotly.relayout(chart, look ? { autosize: true, template: look } : { autosize: true });
  }

  /* Printing waits for no answer but this one: of a page in dark colours, how charts look in light ones. */
  function light() {
    if (paper) return paper;
    var ask = new XMLHttpRequest();
    ask.open("GET", "/chart-template/light.json", false);
    try {
      ask.send();
      paper = ask.status === 200 ? JSON.parse(ask.responseText) : null;
    } catch (unreachable) { /* then they keep their colours */ }
    return paper;
  }

  /* the lines that say whose the sheet is and when it was printed */

  function text(part) { return part ? part.textContent.trim() : ""; }

  function day() {
    var shown = document.querySelector("#shell-today");
    if (!shown || shown.querySelector(".sample-mark")) return text(shown && shown.firstElementChild);
    return new Date().toLocaleDateString(document.documentElement.lang, { year: "numeric", month: "long", day: "numeric" });
  }

  function sign() {
    var place = document.querySelector(".printed-source");
    if (!place) return;
    place.textContent = place.dataset.source
      .replace("{who}", text(document.querySelector("#shell-brand span:last-child")))
      .replace("{day}", day());
    var period = document.querySelector(".chips-of, .page-top select");
    if (period && period.selectedOptions) period = period.selectedOptions[0];
    var foot = [text(document.querySelector("#content h1")), text(period), window.supervision.marks(), place.textContent].filter(Boolean).join(" · ");
    document.documentElement.style.setProperty("--printed-foot", JSON.stringify(foot));
  }

  /* record lists: a grid draws only what is in sight, so that paper gets a table of what it shows */

  function cell(kind, words) {
    var made = document.createElement(kind);
    made.textContent = words;
    return made;
  }

  function row(kind, texts) {
    var made = document.createElement("tr");
    made.append.apply(made, texts.map(function (words) { return cell(kind, words); }));
    return made;
  }

  function list(place) {
    var holder = place.querySelector(".printed-form"), shown = window.recordLists.shown(place, MOST_ROWS);
    place.classList.toggle("on-paper", Boolean(shown));
    if (!shown) return;
    var table = document.createElement("table"), head = document.createElement("thead"), body = document.createElement("tbody");
    table.className = "data-table";
    head.append(row("th", shown.columns));
    body.append.apply(body, shown.rows.map(function (texts) { return row("td", texts); }));
    table.append(head, body);
    var said = holder.dataset.said.replace("{n}", shown.rows.length).replace("{all}", shown.total);
    holder.replaceChildren(cell("p", [said].concat(shown.asked).join(" · ")), table);
  }

  function lists(each) { document.querySelectorAll(".record-list").forEach(each); }

  window.addEventListener("beforeprint", function () {
    window.supervision.drawAll(); /* assets/ahead.js: those further down still wait */
    var look = document.documentElement.dataset.onScreen === "dark" ? light() : null;
    sign();
    lists(list);
    document.querySelectorAll(".dash-graph").forEach(function (graph) {
      graph.closest(".chart").classList.toggle("not-drawn", !graph.querySelector(".main-svg"));
    });
    charts().forEach(function (chart) { chart.onScreen = chart.layout.template; });
    asOnPaper(function () { charts().forEach(function (chart) { draw(chart, look); }); });
  });

  window.addEventListener("afterprint", function () {
    lists(function (place) {
      place.classList.remove("on-paper");
      place.querySelector(".printed-form").replaceChildren();
    });
    charts().forEach(function (chart) { draw(chart, chart.onScreen); });
  });
})();
