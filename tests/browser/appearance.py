"""What a person would call broken on a page: text cut off, text over text, a page wider than the screen, an empty chart."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import draw_all

_FAULTS = r"""
() => {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > window.innerWidth + 1)
    faults.push(`wider than the screen: ${root.scrollWidth} > ${window.innerWidth}`);

  // Nothing moves meanwhile, and most texts stand in the same few ancestors: what is asked of an element is asked once.
  const once = (ask) => {
    const known = new Map();
    return (element) => {
      if (!known.has(element)) known.set(element, ask(element));
      return known.get(element);
    };
  };
  const boundless = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  // A box of one pixel, for screen readers alone: the element, or what it stands in.
  const pixel = once((element) => {
    if (!element || element === document.body) return false;
    const box = element.getBoundingClientRect();
    if (box.width <= 1.5 && box.height <= 1.5 && getComputedStyle(element).overflow === "hidden") return true;
    return pixel(element.parentElement);
  });
  // Not there for the eye: invisible, in a closed <details>, or a label for screen readers alone.
  const hidden = once((element) =>
    !element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) || pixel(element));
  // What an element and its ancestors, where they scroll or clip, leave of all that stands in it.
  const opening = once((element) => {
    if (!element || element === document.body) return boundless;
    const outer = opening(element.parentElement);
    const style = getComputedStyle(element);
    if (style.overflowX === "visible" && style.overflowY === "visible") return outer;
    const box = element.getBoundingClientRect();
    return {
      left: Math.max(outer.left, box.left), right: Math.min(outer.right, box.right),
      top: Math.max(outer.top, box.top), bottom: Math.min(outer.bottom, box.bottom),
    };
  });
  // What is left of a rectangle; null if nothing.
  const seen = (element, rect) => {
    const frame = opening(element);
    const [left, right] = [Math.max(rect.left, frame.left), Math.min(rect.right, frame.right)];
    const [top, bottom] = [Math.max(rect.top, frame.top), Math.min(rect.bottom, frame.bottom)];
    return right - left > 1 && bottom - top > 1 ? { left, top, right, bottom } : null;
  };
  const scrolling = once((element) => element.closest("[data-scrolls]"));
  const stuck = once((element) => !!element.closest(".sticky-top, .fixed-top, .fixed-bottom, [data-floats]"));
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.textContent.trim() || !element || hidden(element)) continue;
    if (["SCRIPT", "STYLE", "NOSCRIPT", "TITLE", "OPTION"].includes(element.tagName)) continue;
    if (element.closest(".modebar, .hoverlayer")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 2 || rect.height < 2) continue;
      const visible = seen(element, rect);
      const text = node.textContent.trim().slice(0, 40);
      const scrolls = scrolling(element);
      if (!visible) { if (!scrolls) faults.push(`cannot be seen: ${text}`); continue; }
      const lost = (rect.width - (visible.right - visible.left)) + (rect.height - (visible.bottom - visible.top));
      if (lost > 3 && !scrolls) faults.push(`cut off: ${text}`);
      if (!element.closest("svg") || !scrolls) texts.push({ element, text, ...visible });
    }
  }
  for (const svg of document.querySelectorAll("svg.main-svg")) {
    const frame = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll("text")) {
      if (!text.textContent.trim() || hidden(text)) continue;
      const box = text.getBoundingClientRect();
      if (box.width < 2) continue;
      if (box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2)
        faults.push(`outside its chart: ${text.textContent.trim().slice(0, 40)}`);
    }
  }
  texts.sort((one, other) => one.top - other.top);
  for (let index = 0; index < texts.length; index++) {
    const one = texts[index];
    for (let next = index + 1; next < texts.length && texts[next].top < one.bottom; next++) {
      const other = texts[next];
      if (one.element === other.element || stuck(one.element) !== stuck(other.element)) continue;
      const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      const least = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (width > 3 && height > Math.max(3, 0.35 * least)) faults.push(`overlap: ${one.text} / ${other.text}`);
    }
  }
  for (const chart of document.querySelectorAll(".js-plotly-plot, .dash-graph")) {
    if (hidden(chart)) continue;
    const marks = chart.querySelectorAll(".trace path, .trace text, .points path, .annotation text, .barlayer path");
    if (!marks.length) faults.push(`chart without a mark or a sentence: ${chart.id || chart.className}`);
  }
  const words = document.body.innerText;
  const english = document.documentElement.lang === "en";  // in which some of them are words
  for (const wrong of ["NaN", "nan%", "null", "%(", ...(english ? [] : ["undefined", "None"])])
    if (new RegExp(`(^|[^A-Za-z])${wrong.replace(/[(%]/g, "\\$&")}($|[^A-Za-z])`).test(words)) faults.push(`says ${wrong}`);
  return [...new Set(faults)];
}
"""


def faults(page: Page) -> list[str]:
    """Everything wrong with the page's looks as it stands, all charts drawn, one line each; empty if nothing is."""
    found: list[str] = draw_all(page).evaluate(_FAULTS)
    return found
