"""Somebody who has a keyboard and no mouse: each stop on the way is looked at, as such a reader would have to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AT_WORK, settle

FAR = 150
"""Stops after which somebody would have given up."""
_STOP = r"""wanted => {
  const one = document.activeElement, faults = [], there = wanted.includes(one);
  if (!one || one === document.body) return { there, faults };
  const name = (one.getAttribute("aria-label") || one.innerText || one.id || one.tagName).trim().slice(0, 40);
  const frame = one.closest(".form-control") || one;
  const style = getComputedStyle(frame), box = one.getBoundingClientRect();
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).slice(0, 3).map((c) => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor, alpha = channels(colour)[3];
      if (alpha === undefined || alpha === 1) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const [a, b] = [light(style.outlineColor), light(behind(frame.parentElement))].sort((x, y) => y - x);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push(`focus is not seen: ${name}`);
  else if ((a + 0.05) / (b + 0.05) < 3) faults.push(`focus is hardly seen: ${name}`);
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) faults.push(`out of sight: ${name}`);
  if (one.tabIndex > 0) faults.push(`jumps the queue: ${name}`);
  return { there, faults };
}"""
"""Whether one of these has the focus, and what is wrong with how it is seen: its frame needs three times the light of what is around it (WCAG 1.4.11)."""


@dataclass
class Keys:
    """A page under a keyboard, and what was wrong at its stops."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """One key after the other, and wait until the page has answered."""
        for key in keys:
            self.page.keyboard.press(key)
        settle(self.page)

    def to(self, target: Locator, *, back: bool = False) -> None:
        """Tab until something has the focus, from wherever it is now; a chart that comes near is waited for, as a reader would."""
        for _stop in range(FAR):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            stop = target.evaluate_all(_STOP)
            self.faults += stop["faults"]
            if stop["there"]:
                return
            if self.page.locator(AT_WORK).count():
                settle(self.page)
        raise AssertionError(f"cannot be reached by the keyboard: {target}")

    def choose(self, target: Locator, *, back: bool = False) -> None:
        """Go there, and press Enter."""
        self.to(target, back=back)
        self.press("Enter")

    def choose_files(self, *files: Path) -> None:
        """Press Enter on what has the focus, and hand these files to the window that it opens."""
        with self.page.expect_file_chooser() as chooser:
            self.page.evaluate(
                "() => 0"
            )  # answered once the page hands its windows over, which a key alone may overtake
            self.page.keyboard.press("Enter")
        chooser.value.set_files(list(files))

    def waits_at(self, target: Locator) -> None:
        """The focus is there, or comes there once what had it is drawn anew."""
        expect(target).to_be_focused()
