"""The charts that lie on a sheet of an .xlsx, apart from pictures and shapes: where each lies, and all that it tells.

What a chart tells are its kinds, its words, the cells that its numbers come from, the numbers that it was kept with, what its axes begin
and end with, and formats that write a figure of their own. How it looks is not told.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.package import Package, Relation
from etl.reading.relations import RELATION_IDS, relations_of, text_of

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_NO_CHARTS = ("pic", "sp", "cxnSp", "grpSp", "contentPart")
_LOOKS = frozenset({"chartStyle", "chartColorStyle", "style", "colors", "package", "themeOverride"})
"""What a chart may rest on beside its sheet: how it looks, and numbers of its own, which stand in it too."""
_KINDS = (
    "areaChart", "area3DChart", "barChart", "bar3DChart", "bubbleChart", "doughnutChart", "lineChart", "line3DChart", "ofPieChart",
    "pieChart", "pie3DChart", "radarChart", "scatterChart", "stockChart", "surfaceChart", "surface3DChart", "trendline", "errBars",
)  # fmt: skip
_SCALES = ("min", "max", "logBase")
_IN_BRACKETS, _WITH_LITERALS = re.compile(r"\[[^\]]*\]"), re.compile(r'["\\1-9]')
Corner = tuple[int, int]


@dataclass(slots=True)
class SeenChart:
    """A chart: the cells at which it begins and ends, row and column counted from 0, and what it tells, in the order of its file."""

    begins: Corner
    ends: Corner
    lines: list[str] = field(default_factory=list)


def is_empty(package: Package, drawing: str) -> bool:
    """Whether a drawing holds nothing at all: some programs write one for every sheet."""
    found: list[str] = []
    reader = Handlers()
    reader.strange = found.append
    walk(text_of(package, drawing), reader)
    return len(found) == 1


def charts_on(package: Package, drawing: str) -> list[SeenChart]:
    """The charts of a sheet's drawing; whatever else lies there is none."""
    reader = _Drawing()
    walk(text_of(package, drawing), reader)
    related = relations_of(package, drawing)
    found = ((one, related.get(identity)) for one, identity in reader.charts)
    return [one for one, relation in found if relation is not None and _is_read(package, relation, one)]


def _is_read(package: Package, relation: Relation, into: SeenChart) -> bool:
    """Whether it is a chart on which nothing lies; what it tells is then known."""
    path = package.find(relation.path)
    if relation.kind != "chart" or path is None or not path.lower().endswith(".xml"):
        return False
    if any(one.kind not in _LOOKS for one in relations_of(package, path).values()):
        return False
    walk(text_of(package, path), _Told(into.lines))
    return True


class _Drawing(Handlers):
    """What is anchored to the cells of a sheet: charts that stand alone at their anchor, and are seen."""

    def __init__(self) -> None:
        super().__init__()
        self.charts: list[tuple[SeenChart, str]] = []
        self._corners: dict[str, int] = {}
        self._corner = ""
        self._named: list[str] = []
        self._other = False
        for name in _ANCHORS:
            self.entering[f"{_DRAWING} {name}"] = self._begin
            self.leaving[f"{_DRAWING} {name}"] = self._end
        for name in _NO_CHARTS:
            self.entering[f"{_DRAWING} {name}"] = self._another
        for corner in ("from", "to"):
            self.entering[f"{_DRAWING} {corner}"] = lambda _, corner=corner: setattr(self, "_corner", corner)  # type: ignore[misc]
        for side in ("row", "col"):
            self.entering[f"{_DRAWING} {side}"] = lambda _: self.listen()
            self.leaving[f"{_DRAWING} {side}"] = lambda side=side: self._side(side)  # type: ignore[misc]
        self.entering[f"{_DRAWING} cNvPr"] = self._name
        self.entering[f"{_CHART} chart"] = self._chart

    def _begin(self, _: Attributes) -> None:
        self._corners, self._named, self._other = {}, [], False

    def _another(self, _: Attributes) -> None:
        self._other = True

    def _name(self, attributes: Attributes) -> None:
        self._other = self._other or attributes.get("hidden") in {"1", "true"}

    def _side(self, side: str) -> None:
        told = self.taken().strip()
        self._corners[f"{self._corner} {side}"] = (
            int(told) if told.isascii() and told.isdigit() and len(told) < 8 else 0
        )

    def _chart(self, attributes: Attributes) -> None:
        self._named.append(next((attributes[key] for key in RELATION_IDS if key in attributes), ""))

    def _end(self) -> None:
        begins, ends = (
            (self._corners.get(f"{corner} row"), self._corners.get(f"{corner} col")) for corner in ("from", "to")
        )
        if self._other or len(self._named) != 1 or None in (*begins, *ends):
            return
        self.charts.append((SeenChart(begins, ends), self._named[0]))  # type: ignore[arg-type]  # none of them is None


class _Told(Handlers):
    """Everything that a chart tells, a line each."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self._lines = lines
        self._point = self._paragraph = ""
        for kind in _KINDS:
            self.entering[f"{_CHART} {kind}"] = self._saying(kind)
        for scale in _SCALES:
            self.entering[f"{_CHART} {scale}"] = self._scale(scale)
        self.entering |= {
            f"{_CHART} f": lambda _: self.listen(), f"{_CHART} v": lambda _: self.listen(), f"{_DRAWN} t": lambda _: self.listen(),
            f"{_CHART} pt": self._at, f"{_CHART} numFmt": self._format,
        }  # fmt: skip
        self.leaving |= {
            f"{_CHART} f": self._cells, f"{_CHART} v": self._value, f"{_DRAWN} t": self._words, f"{_DRAWN} p": self._paragraph_ends,
        }  # fmt: skip

    def _saying(self, kind: str) -> Callable[[Attributes], None]:
        return lambda _: self._lines.append(kind)

    def _scale(self, name: str) -> Callable[[Attributes], None]:
        return lambda attributes: self._lines.append(f"{name}={_plain(attributes.get('val', ''))}")

    def _at(self, attributes: Attributes) -> None:
        self._point = attributes.get("idx", "")

    def _cells(self) -> None:
        self._lines.append(cells_named(self.taken().strip()))

    def _value(self) -> None:
        self._lines.append(f"{self._point}={_plain(self.taken().strip())}")

    def _words(self) -> None:
        self._paragraph += self.taken()

    def _paragraph_ends(self) -> None:
        """Its words as one line: programs divide them as their typefaces ask for."""
        if self._paragraph.strip():
            self._lines.append(self._paragraph.strip())
        self._paragraph = ""

    def _format(self, attributes: Attributes) -> None:
        code = attributes.get("formatCode", "")
        if _WITH_LITERALS.search(_IN_BRACKETS.sub("", code)):
            self._lines.append(code)


def cells_named(told: str) -> str:
    """A range in one way of writing it: ``镇街组!B4:B7``."""
    return told.replace("$", "").replace("'", "")


def _plain(told: str) -> str:
    """A number in one way of writing it; a text as it is."""
    try:
        value = float(told)
    except ValueError:
        return told
    return f"{value:.10g}" if math.isfinite(value) else told
