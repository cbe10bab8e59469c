"""A page as it comes out of the printer: its sheets, read back from the PDF that the browser makes of it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

import pypdfium2
from playwright.sync_api import Page

A4_LANDSCAPE = (842, 595)
"""Points."""
MARGIN = 30
"""Points that stay white around each sheet, but for the line at its foot; a printer reaches no further."""
SCALE, PALE = 0.5, 245
"""Dots a point, and how bright one is that counts as white."""
UNSURE = {unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | set(
    "见贝车长门韦页风飞马鱼鸟麦黾齐齿龙龟"
)
"""Letters that are radicals too: of them, pdfium tells boxes that are wrong within a drawing that is enlarged or reduced."""
FOOT = 0.93
"""Where the sheet's own line begins, from above, as a share of its height."""
RIM = 1.0
"""Points by which a letter may lie beside itself: words with a rim are printed twice, the rim first and wider."""

_WORDS = """() => {
  window.printedCharts = {};
  window.addEventListener("beforeprint", () => document.querySelectorAll(".js-plotly-plot").forEach((chart) => {
    const texts = [...chart.querySelectorAll(".main-svg text, .main-svg text tspan")]
      .filter((one) => one.checkVisibility() && !one.querySelector("tspan"));
    window.printedCharts[chart.parentElement.id || chart.id] = {
      words: texts.map((one) => one.textContent.trim()).filter(Boolean),
      ink: chart.layout.template.layout.font.color,
    };
  }), { once: true });
}"""


class Letter(NamedTuple):
    """A letter and its box on the sheet, in points from below on the left."""

    left: float
    bottom: float
    right: float
    top: float
    letter: str

    def covers(self, other: Letter) -> bool:
        """Whether half of one of the two is under the other."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        least = min(one.width * one.height for one in (self, other))
        return min(width, height) > 0 and width * height > 0.5 * least

    def again(self, other: Letter) -> bool:
        """Whether it is the same letter at the same place."""
        across, up = (
            self.left + self.right - other.left - other.right,
            self.bottom + self.top - other.bottom - other.top,
        )
        return self.letter == other.letter and max(abs(across), abs(up)) < 2 * RIM

    @property
    def width(self) -> float:
        """Points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points."""
        return self.top - self.bottom


@dataclass(frozen=True)
class Sheet:
    """A printed sheet: its size in points, its words without spaces, how far down it is filled (0 to 1), and what is wrong."""

    size: tuple[int, int]
    words: str
    filled: float
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chart:
    """The words of a chart as it was drawn for paper, and the colour they were drawn in."""

    words: list[str]
    ink: str


@dataclass(frozen=True)
class Printed:
    """All sheets of a page, and its charts by their identity."""

    sheets: list[Sheet]
    charts: dict[str, Chart]

    @property
    def words(self) -> str:
        """Of all sheets, without spaces."""
        return "".join(sheet.words for sheet in self.sheets)


def printed(page: Page) -> Printed:
    """Print a page as its reader would, with the browser's own settings: backgrounds are left out unless the page asks for them."""
    page.evaluate(_WORDS)
    content = page.pdf(prefer_css_page_size=True)
    charts = page.evaluate("window.printedCharts")
    with pypdfium2.PdfDocument(content) as document:
        return Printed([_sheet(one) for one in document], {name: Chart(**one) for name, one in charts.items()})


def _sheet(one: pypdfium2.PdfPage) -> Sheet:
    width, height = one.get_size()
    letters = _letters(one.get_textpage())
    ink = one.render(scale=SCALE, grayscale=True).to_numpy() < PALE
    body = ink[: int(len(ink) * FOOT)]
    edge = int(MARGIN * SCALE)
    outside = [
        name for name, part in {"left": ink[:, :edge], "right": ink[:, -edge:], "top": ink[:edge]}.items() if part.any()
    ]
    inked = body.any(axis=1).nonzero()[0]
    return Sheet(
        (round(width), round(height)),
        bare("".join(letter.letter for letter in letters)),
        float(inked.max() / len(ink)) if len(inked) else 0.0,
        [*(f"in the margin, {name}" for name in outside), *_over_another(letters)],
    )


def _letters(text: pypdfium2.PdfTextPage) -> list[Letter]:
    """All letters in the order in which they are read, each once and without its rim."""
    kept: list[Letter] = []
    alike: dict[str, list[int]] = defaultdict(list)
    for at in range(text.count_chars()):
        if (letter := text.get_text_range(at, 1)).strip():
            one = Letter(*text.get_charbox(at), letter)
            before = next((place for place in alike[letter] if kept[place].again(one)), None)
            if before is None:
                alike[letter].append(len(kept))
                kept.append(one)
            else:
                kept[before] = min(kept[before], one, key=lambda found: found.width)
    return kept


def _over_another(letters: list[Letter]) -> list[str]:
    """What is printed over something else."""
    found, high = [], sorted((one for one in letters if one.letter not in UNSURE), key=lambda one: -one.top)
    for at, one in enumerate(high):
        for other in high[at + 1 :]:
            if other.top < one.bottom:
                break
            if one.covers(other):
                found.append(f"over another: {one.letter} / {other.letter} at {one.left:.0f}, {one.top:.0f}")
    return found


def bare(words: str) -> str:
    """Words without spaces and line ends, as PDFs have them at other places than pages."""
    return "".join(words.split()).replace("\ufffe", "").replace("\x02", "")
