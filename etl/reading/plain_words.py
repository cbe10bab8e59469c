"""The words of one .docx as they are printed, for whoever may not read documents: ``python -m etl.reading.plain_words MEBIBYTES SECONDS``.

The bytes come on standard input; the answer is JSON: its lines in their order, each with where it stands, what hinders that one is
read as it stands, and the document's own properties. Whatever is no such document has no answer: the process ends with 1, as it does at
its limits.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field

from etl.reading.colours import WHITE, Palette, can_be_read
from etl.reading.limits import Unreadable
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.package import Package
from etl.reading.plain_cells import limited, properties, put_out
from etl.reading.relations import relations_of, text_of
from etl.reading.sheets import letters
from etl.reading.written_numbers import plain_number, writes_a_figure

MOST_LINES = 50_000
SMALLEST = 5.0
"""Points below which no letter is read."""
_MAINS = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PLACED = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_PAGE = (11_906, 16_838)
"""The sides of A4 in twentieths of a point."""
_MOST_STRANGE = 50
_PICTURED = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CHARTS = ("http://schemas.openxmlformats.org/drawingml/2006/chart", "http://purl.oclc.org/ooxml/drawingml/chart")
_OFF = frozenset({"0", "false", "off", "none"})
_PAGES = frozenset({"header", "footer"})
_PICTURES = frozenset({"image", "oleObject", "video", "audio"})
_NOTES = frozenset({"comments", "footnotes", "endnotes", "aFChunk", "subDocument"})
_DEEPEST = 20
"""Styles that rest on one another."""
_FORMATTING = frozenset(
    [
        "body",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "tblCellMar",
        "tblBorders",
        "tcBorders",
        "tcPr",
        "trPr",
        "pBdr",
        "tabs",
        "top",
        "bottom",
        "left",
        "right",
        "start",
        "end",
        "insideH",
        "insideV",
        "between",
        "bar",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "u",
        "szCs",
        "lang",
        "kern",
        "snapToGrid",
        "adjustRightInd",
        "autoSpaceDE",
        "autoSpaceDN",
        "widowControl",
        "kinsoku",
        "wordWrap",
        "overflowPunct",
        "topLinePunct",
        "contextualSpacing",
        "mirrorIndents",
        "keepNext",
        "keepLines",
        "pageBreakBefore",
        "outlineLvl",
        "textAlignment",
        "textDirection",
        "jc",
        "vAlign",
        "cantSplit",
        "tblHeader",
        "tblLayout",
        "tblW",
        "tblInd",
        "tblLook",
        "tblStyle",
        "tblStyleRowBandSize",
        "tblStyleColBandSize",
        "noWrap",
        "bookmarkStart",
        "bookmarkEnd",
        "proofErr",
        "lastRenderedPageBreak",
        "noProof",
        "docGrid",
        "cols",
        "pgNumType",
        "pgMar",
        "pgSz",
        "type",
        "formProt",
        "rtlGutter",
        "titlePg",
        "headerReference",
        "footerReference",
        "hdr",
        "ftr",
        "drawing",
        "fldChar",
        "cnfStyle",
        "suppressAutoHyphens",
    ]
)
"""Elements of a document that say how it looks, and hide or change no word of it."""
_OF_CHARTS = frozenset(
    {"graphic", "graphicData", "graphicFrameLocks", "inline", "docPr", "effectExtent", "cNvGraphicFramePr"}
)
_OF_PICTURES = frozenset(
    {"pic", "nvPicPr", "cNvPr", "cNvPicPr", "picLocks", "blipFill", "blip", "stretch", "fillRect", "spPr", "xfrm", "off", "ext",
     "extent", "prstGeom", "avLst", "noFill", "ln"}
)  # fmt: skip
"""Elements of a picture that stands in the line; which picture it is is told by its digest."""
_KNOWN_PARTS = frozenset(
    {"styles", "settings", "fontTable", "theme", "header", "footer", "chart", "numbering", "webSettings", "customXml", "stylesWithEffects",
     "footnotes", "endnotes", "comments", "image"}
)  # fmt: skip
_FARTHEST, _FLATTEST, _NARROWEST, _CLOSEST, _SMALLEST_CHART = 4_000, 160, 100, -60, 500_000
"""Twentieths of a point beyond which an indent leads off the page, below which a line or a column is none, and letters lie over one
another; and the sides of a chart that is one, in its own units.
"""
_WITHOUT_LETTERS = frozenset({"wingdings", "wingdings 2", "wingdings 3", "webdings", "symbol", "marlett"})
_OF_THE_PAPER = frozenset({"background1", "background2", "light1", "light2"})
_PAGE_FIELD = "PAGE"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


@dataclass(slots=True)
class DocumentWords:
    """``lines``: what kind of place (``body``, ``cell``, ``box``, ``page``, ``chart``), which, and the words; blank ones are none.

    A table and a chart stand among the lines of the body as ``[table]`` and ``[chart]``. ``hindered``: the same places with why they are
    not read as they stand: ``hidden``, ``struck``, ``unseen``, ``deleted``. ``besides``: what lies in the document besides its words:
    ``picture:`` with its digest, ``note``, or the name of an element of which it is not known what it does.
    """

    lines: list[tuple[str, str, str]] = field(default_factory=list)
    hindered: list[tuple[str, str, str]] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def words_of(content: bytes) -> DocumentWords:
    """A document's words. Unreadable where it is none."""
    package = Package(content)
    main = next((one.path for one in relations_of(package, "").values() if one.kind == "officeDocument"), None)
    part = None if main is None else package.find(main)
    if part is None or not part.lower().endswith(".xml"):
        raise Unreadable("not_a_workbook")
    found = DocumentWords(properties=properties(content))
    related = relations_of(package, part)
    styles = next((package.find(one.path) for one in related.values() if one.kind == "styles"), None)
    looks = _Styles()
    if styles is not None:
        walk(text_of(package, styles), looks)
    reader = _Words("body", looks.unread, found)
    walk(text_of(package, part), reader)
    if not reader.is_document:
        raise Unreadable("not_a_workbook")
    for relation in related.values():
        path = package.find(relation.path)
        if relation.kind in _PAGES and path is not None:
            walk(text_of(package, path), _Words("page", looks.unread, found))
        elif relation.kind == "chart" and path is not None:
            walk(text_of(package, path), _Chart(found))
        elif relation.kind in _PICTURES:
            found.besides.append(_picture(package, path))
        elif relation.kind in _NOTES and path is not None and _has_words(package, path):
            found.besides.append("note")
        elif relation.kind not in _KNOWN_PARTS:
            found.besides.append(relation.kind)
        if relation.kind in _PAGES and path is not None and relations_of(package, path):
            found.besides.append("picture:")
    return found


def _picture(package: Package, path: str | None) -> str:
    return "picture:" + ("" if path is None else hashlib.sha256(package.read(path)).hexdigest()[:16])


def _has_words(package: Package, path: str) -> bool:
    if not path.lower().endswith(".xml"):
        return True
    told = DocumentWords()
    walk(text_of(package, path), _Words("page", {}, told))
    return bool(told.lines)


class _Looking(Handlers):
    """What the properties of runs say that keeps them from being read."""

    def _why(self, name: str, attributes: Attributes) -> str | None:
        value = _of_ours(attributes, "val")
        if name in {"vanish", "specVanish", "webHidden"}:
            return None if (value or "").lower() in _OFF else "hidden"
        if name in {"strike", "dstrike"}:
            return None if (value or "").lower() in _OFF else "struck"
        if name == "color":
            of_paper = _of_ours(attributes, "themeColor") in _OF_THE_PAPER
            return None if _can_be_seen(value) and not of_paper else "unseen"
        if name == "rFonts":
            faces = {(_of_ours(attributes, slot) or "").lower() for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
            return "unseen" if faces & _WITHOUT_LETTERS else None
        if name in {"shd", "highlight", "position", "numPr"}:
            return "unseen"
        if name == "spacing":
            apart = _whole(value)
            return "unseen" if apart is not None and apart < _CLOSEST else None
        if name in {"sz", "w"}:
            told = float(value) if value and _NUMBER.fullmatch(value) else None
            least = 2 * SMALLEST if name == "sz" else 30.0
            return "unseen" if told is not None and told < least else None
        return None


_LOOKS = (
    "vanish",
    "specVanish",
    "webHidden",
    "strike",
    "dstrike",
    "color",
    "sz",
    "w",
    "rFonts",
    "shd",
    "highlight",
    "position",
    "spacing",
)


def _whole(told: str | None) -> int | None:
    return int(told) if told is not None and re.fullmatch(r"-?\d{1,9}", told) else None


def _of_ours(attributes: Attributes, name: str) -> str | None:
    return next((attributes[f"{main} {name}"] for main in _MAINS if f"{main} {name}" in attributes), None)


def _can_be_seen(value: str | None) -> bool:
    colour = Palette().colour({"rgb": value or ""})
    return colour is None or can_be_read(colour, [WHITE])


class _Styles(_Looking):
    """Which styles make their words unread, and why."""

    def __init__(self) -> None:
        super().__init__()
        self._own: dict[str, str] = {}
        self._based_on: dict[str, str] = {}
        self._style = ""

        def begin(attributes: Attributes) -> None:
            self._style = _of_ours(attributes, "styleId") or ""

        def based(attributes: Attributes) -> None:
            self._based_on[self._style] = _of_ours(attributes, "val") or ""

        def look(name: str) -> Callable[[Attributes], None]:
            def told(attributes: Attributes) -> None:
                why = self._why(name, attributes)
                if why is not None:
                    self._own[self._style] = why

            return told

        for main in _MAINS:
            self.entering |= {f"{main} style": begin, f"{main} basedOn": based}
            self.entering |= {f"{main} {name}": look(name) for name in (*_LOOKS, "numPr")}

    @property
    def unread(self) -> dict[str, str]:
        """Style → why; those of "" are what all go by that say nothing else."""
        return {style: why for style in {*self._own, *self._based_on} if (why := self._why_of(style)) is not None}

    def _why_of(self, style: str) -> str | None:
        for _step in range(_DEEPEST):
            if style in self._own:
                return self._own[style]
            if style not in self._based_on:
                break
            style = self._based_on[style]
        return None


class _Words(_Looking):
    """The lines of one part: paragraphs in their order, cells of tables by their address, text boxes."""

    def __init__(self, kind: str, unread: dict[str, str], found: DocumentWords) -> None:
        super().__init__()
        self.is_document = False
        self._kind, self._unread, self._found = kind, unread, found
        self._paragraphs: list[list[str]] = []
        self._reasons: list[str | None] = []
        self._run: str | None = None
        self._cells: list[list[int]] = []
        self._tables = self._lines = self._boxes = self._skipping = 0
        self._field = False
        actions: dict[str, tuple[Callable[[Attributes], None] | None, Callable[[], None] | None]] = {
            "document": (self._begin, None),
            "tbl": (self._table, self._leave_table),
            "tr": (self._row, None),
            "tc": (self._cell, None),
            "txbxContent": (self._box, self._leave_box),
            "p": (self._paragraph, self._leave_paragraph),
            "pStyle": (self._style_of_paragraph, None),
            "rStyle": (self._style_of_run, None),
            "r": (self._begin_run, None),
            "t": (self._listen, self._text),
            "delText": (self._listen, self._deleted),
            "tab": (self._blank, None),
            "br": (self._blank, None),
            "instrText": (self._listen, self._instruction),
            "ind": (self._indent, None),
            "trHeight": (self._height, None),
            "gridCol": (self._width, None),
            "tcW": (self._width, None),
            "framePr": (self._frame, None),
        }
        for main in _MAINS:
            self.entering |= {f"{main} {name}": enter for name, (enter, _) in actions.items() if enter}
            self.leaving |= {f"{main} {name}": leave for name, (_, leave) in actions.items() if leave}
            self.entering |= {f"{main} {name}": self._look(name) for name in _LOOKS}
            self.entering |= {f"{main} {name}": _nothing for name in _FORMATTING - set(_LOOKS)}
        self.entering |= {f"{chart} chart": self._chart for chart in _CHARTS}
        self.entering |= {f"{space} {name}": _nothing for space in (_DRAWN, _PLACED) for name in _OF_CHARTS}
        self.entering |= {
            f"{space} {name}": _nothing for space in (_DRAWN, _PLACED, _PICTURED) for name in _OF_PICTURES
        }
        self.entering[f"{_PLACED} extent"] = self._extent
        self.entering |= {f"{space} srcRect": self._crop for space in (_DRAWN, _PICTURED)}
        self.strange = self._strange
        self.entering[f"{_COMPATIBILITY} Fallback"] = self._skip
        self.leaving[f"{_COMPATIBILITY} Fallback"] = self._go_on
        self.entering[f"{_DRAWN} t"] = self._listen
        self.leaving[f"{_DRAWN} t"] = self._text

    def _begin(self, _: Attributes) -> None:
        self.is_document = True

    def _strange(self, name: str) -> None:
        if len(self._found.besides) < _MOST_STRANGE:
            self._found.besides.append(name.rpartition(" ")[2][:60])

    def _chart(self, _: Attributes) -> None:
        self._found.lines.append(("body", "", "[chart]"))

    def _instruction(self) -> None:
        if self.taken().split()[:1] != [_PAGE_FIELD]:
            self._strange("field")

    def _indent(self, attributes: Attributes) -> None:
        told = [
            _whole(_of_ours(attributes, name)) for name in ("left", "right", "start", "end", "firstLine", "hanging")
        ]
        if any(one is not None and abs(one) > _FARTHEST for one in told):
            self._strange("ind")

    def _height(self, attributes: Attributes) -> None:
        if _of_ours(attributes, "hRule") == "exact":
            self._strange("trHeight")

    def _width(self, attributes: Attributes) -> None:
        told = _whole(_of_ours(attributes, "w"))
        if told is None or told < _NARROWEST:
            self._strange("gridCol")

    def _frame(self, attributes: Attributes) -> None:
        told = [_whole(_of_ours(attributes, name)) for name in ("x", "y")]
        if any(one is not None and not 0 <= one < most for one, most in zip(told, _PAGE, strict=True)):
            self._strange("framePr")

    def _extent(self, attributes: Attributes) -> None:
        if any((_whole(attributes.get(side)) or 0) < _SMALLEST_CHART for side in ("cx", "cy")):
            self._strange("extent")

    def _crop(self, attributes: Attributes) -> None:
        if attributes:
            self._strange("srcRect")

    def _skip(self, _: Attributes) -> None:
        self._skipping += 1

    def _go_on(self) -> None:
        self._skipping -= 1

    def _listen(self, _: Attributes) -> None:
        self.listen()

    def _table(self, _: Attributes) -> None:
        self._tables += not self._cells
        if not self._cells and self._kind == "body":
            self._found.lines.append(("body", "", "[table]"))
        self._cells.append([self._tables, 0, 0])

    def _leave_table(self) -> None:
        if self._cells:
            self._cells.pop()

    def _row(self, _: Attributes) -> None:
        if self._cells:
            self._cells[-1][1:] = [self._cells[-1][1] + 1, 0]

    def _cell(self, _: Attributes) -> None:
        if self._cells:
            self._cells[-1][2] += 1

    def _box(self, _: Attributes) -> None:
        self._boxes += 1

    def _leave_box(self) -> None:
        self._boxes -= 1

    def _paragraph(self, _: Attributes) -> None:
        self._paragraphs.append([])
        self._reasons.append(self._unread.get(""))
        self._run = None

    def _leave_paragraph(self) -> None:
        words, why = " ".join("".join(self._paragraphs.pop()).split()), self._reasons.pop()
        if self._skipping or not words:
            return
        if len(self._found.lines) >= MOST_LINES:
            raise Unreadable("too_large")
        kind, place = self._place()
        self._found.lines.append((kind, place, words))
        if why is not None:
            self._found.hindered.append((kind, place, why))

    def _place(self) -> tuple[str, str]:
        if self._boxes:
            return "box", ""
        if self._cells and self._kind == "body":
            table, row, column = self._cells[-1]
            return "cell", f"{table}!{letters(max(column - 1, 0))}{row}"
        self._lines += 1
        return self._kind, str(self._lines)

    def _style_of_paragraph(self, attributes: Attributes) -> None:
        why = self._unread.get(_of_ours(attributes, "val") or "")
        if why is not None and self._reasons:
            self._reasons[-1] = why

    def _begin_run(self, _: Attributes) -> None:
        self._run = None

    def _style_of_run(self, attributes: Attributes) -> None:
        self._run = self._unread.get(_of_ours(attributes, "val") or "") or self._run

    def _look(self, name: str) -> Callable[[Attributes], None]:
        def told(attributes: Attributes) -> None:
            self._run = self._why(name, attributes) or self._run
            if name == "shd":
                self._strange(name)
            if name == "spacing" and _of_ours(attributes, "lineRule") == "exact" and self._reasons:
                flat = _whole(_of_ours(attributes, "line"))
                self._reasons[-1] = "unseen" if flat is not None and flat < _FLATTEST else self._reasons[-1]

        return told

    def _text(self) -> None:
        words = self.taken()
        if self._paragraphs and not self._skipping:
            self._paragraphs[-1].append(words)
            if words.strip() and self._run is not None:
                self._reasons[-1] = self._run

    def _deleted(self) -> None:
        self.taken()
        if self._reasons:
            self._reasons[-1] = "deleted"

    def _blank(self, _: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].append(" ")


class _Chart(Handlers):
    """Names and numbers of a chart, each with its place in its series, formats, and whatever is written on it."""

    def __init__(self, found: DocumentWords) -> None:
        super().__init__()
        self._point = ""

        def listen(_: Attributes) -> None:
            self.listen()

        def point(attributes: Attributes) -> None:
            self._point = attributes.get("idx", "")

        def value() -> None:
            words = self.taken().strip()
            if words:
                found.lines.append(("chart", "", f"{self._point}={plain_number(words)}" if self._point else words))
            self._point = ""

        def shown(attributes: Attributes) -> None:
            if writes_a_figure(attributes.get("formatCode", "")):
                found.lines.append(("chart", "", attributes["formatCode"]))

        for main in _CHARTS:
            self.entering |= {f"{main} v": listen, f"{main} pt": point, f"{main} numFmt": shown}
            self.leaving[f"{main} v"] = value
        self.entering[f"{_DRAWN} t"] = listen
        self.leaving[f"{_DRAWN} t"] = value


def _nothing(_: Attributes) -> None:
    """An element that says how things look."""


def main(memory_mib: int, seconds: float) -> int:
    """Read one document and tell its words."""
    limited(memory_mib, seconds)
    return put_out(asdict(words_of(sys.stdin.buffer.read())))


if __name__ == "__main__":
    try:
        sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
    except BaseException as error:  # noqa: BLE001  # what no document is, and a panic of the reader, mean one thing
        sys.exit(error.code if isinstance(error, SystemExit) else 1)
