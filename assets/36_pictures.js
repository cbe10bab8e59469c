/* Keeps a chart as a picture, PNG at twice the size or SVG. What stands around it on the page is written into the picture: its heading,
   the page, what is chosen there, who says so and when. Pictures are on white, as paper is. */
(function () {
  var WIDTH = 960, ABOVE = 76, BELOW = 36, EDGE = 16;

  function text(part) { return part ? part.textContent.trim() : ""; }

  /* Plotly takes some HTML in words; ours have none. */
  function plain(words) { return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"); }

  function value(part) {
    return part.selectedOptions ? text(part.selectedOptions[0]) : part.value || text(part);
  }

  /* Whether figures are a draft or which publication, as printed sheets say it too (assets/39_print.js). */
  function marks() {
    var all = Array.from(document.querySelectorAll("[data-printed-mark]"), function (one) { return one.dataset.printedMark; });
    return Array.from(new Set(all)).join(", ");
  }

  function told(button) {
    var panel = button.closest(".panel"), page = text(document.querySelector("#content h1"));
    var choices = document.querySelectorAll(".page-top select, .page-top input, .page-top .tab-link.active, [data-chosen]");
    var source = button.parentElement.dataset.source
      .replace("{who}", text(document.querySelector("#shell-brand span:last-child")))
      .replace("{day}", text(document.querySelector("#shell-today span")));
    return {
      heading: text(panel && panel.querySelector(".card-heading, .picture-question")) || page,
      where: [page].concat(Array.from(choices, value).filter(Boolean)),
      source: [marks(), source].filter(Boolean).join(" · "),
    };
  }

  /* The chart as it stands, with room above and below for what is written there. */
  function figure(drawn, words, template) {
    var full = drawn._fullLayout, size = full._size, ink = template.layout.font.color;
    var layout = JSON.parse(JSON.stringify(drawn.layout));
    var muted = { size: 12, color: template.layout.xaxis.title.font.color };
    Object.assign(layout, {
      template: template,
      autosize: false,
      width: Math.max(WIDTH, Math.round(full.width)),
      height: Math.round(full.height) + ABOVE + BELOW,
      margin: { l: Math.max(size.l, EDGE), r: size.r, t: size.t + ABOVE, b: size.b + BELOW, autoexpand: false },
      title: {
        text: "<b>" + plain(words.heading) + "</b>",
        subtitle: { text: plain(words.where.join(" · ")), font: muted },
        font: { size: 18, color: ink },
        x: 0, xref: "container", xanchor: "left", y: 1, yref: "container", yanchor: "top", pad: { l: EDGE, t: EDGE },
      },
      annotations: (layout.annotations || []).concat([{
        text: plain(words.source), showarrow: false, font: muted, xref: "paper", yref: "paper", x: 0, y: 0,
        xanchor: "left", yanchor: "top", xshift: EDGE - Math.max(size.l, EDGE), yshift: -size.b - 8,
      }]),
    });
    return { data: drawn.data, layout: layout, config: { locale: drawn._context.locale, locales: drawn._context.locales } };
  }

  function fileName(words) {
    return words.where.concat([words.heading]).join("_").replace(/[\\/:*?"<>|\s]+/g, "-");
  }

  function keep(button, drawn) {
    var words = told(button), format = button.dataset.picture;
    return fetch("/chart-template/paper.json")
      .then(function (answer) { return answer.json(); })
      .then(function (template) {
        var made = figure(drawn, words, template);
        return window.Plotly.downloadImage(made, {
          format: format, scale: format === "png" ? 2 : 1, width: made.layout.width, height: made.layout.height,
          filename: fileName(words),
        });
      });
  }

  window.supervision.marks = marks;

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-picture]");
    if (!button) return;
    window.supervision.drawIn(button.closest(".chart"));
    var drawn = button.closest(".chart").querySelector(".js-plotly-plot");
    if (!drawn) return;
    button.disabled = true;
    var free = function () { button.disabled = false; };
    keep(button, drawn).then(free, free);
  });
})();
