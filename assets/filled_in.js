/* The sum of what is typed into a section of the form over a scheme, as it is typed. The server adds and decides for itself. */
(function () {
  function number(text) {
    var plain = text.trim().replace(/[\uff0e\uff10-\uff19]/g, function (one) { return String.fromCharCode(one.charCodeAt(0) - 0xfee0); });
    return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : 0;
  }

  function add(section) {
    var sum = 0;
    section.querySelectorAll("[data-adds]").forEach(function (field) { sum += number(field.value); });
    sum = Math.round(sum * 1e6) / 1e6; /* what is added in halves and thirds of tenths must not say 99.99999999999999 */
    var said = section.querySelector(".scheme-sum"), fits = sum === Number(section.dataset.total), word = said.querySelector("[data-fits]");
    said.querySelector("output").textContent = String(sum);
    said.classList.toggle("fits", fits);
    said.classList.toggle("fits-not", !fits);
    word.textContent = fits ? "✓ " + word.dataset.fits : "✗ " + word.dataset.fitsNot;
  }

  document.querySelectorAll("#scheme-form [data-total]").forEach(function (section) {
    section.addEventListener("input", function () { add(section); });
    add(section); /* going back, a browser puts in what was typed */
  });
})();
