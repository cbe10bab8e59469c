"""The words of one .pptx as they are shown, for whoever may not read documents: ``python -m etl.reading.plain_slides MEBIBYTES SECONDS``.

The bytes come on standard input; the answer is JSON: the lines of its slides in the order in which they are shown, each with where it stands,
what hinders that one is read as it stands, what lies there besides, and the document's own properties. Whatever is no presentation has no
answer: the process ends with 1, as it does at its limits.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from etl.reading.colours import WHITE, read_theme
from etl.reading.limits import Unreadable
from etl.reading.package import Package, Relation
from etl.reading.plain_cells import limited, plain_cell, properties, put_out
from etl.reading.relations import relations_of, text_of
from etl.reading.sheets import assembled, letters
from etl.reading.slide_elements import HARMLESS
from etl.reading.slide_looks import (
    SlideGround,
    is_drawn,
    is_large,
    is_on,
    lies_on,
    number,
    strange_place,
    strange_shape,
    why_unread,
)
from etl.reading.tree import Node, tree_of
from etl.reading.workbook import read_in_parts
from etl.reading.written_numbers import plain_number, writes_a_figure

MOST_SLIDES, MOST_LINES, MOST_STRANGE = 500, 20_000, 200
WHOLE = 0
"""What stands for the number of a slide where something is of the whole deck."""
_OF_SLIDES = frozenset({"slideLayout", "notesSlide", "chart", "image", "tags"})
_OF_DECKS = frozenset(
    {"slideMaster", "slide", "notesMaster", "handoutMaster", "presProps", "viewProps", "theme", "tableStyles", "commentAuthors", "authors",
     "tags", "customXml", "printerSettings"}
)  # fmt: skip
_OF_CHARTS = frozenset({"package", "chartStyle", "chartColorStyle", "style", "colors"})
_TITLES, _FEET, _COUNTED = frozenset({"title", "ctrTitle"}), frozenset({"ftr", "dt"}), "sldNum"
_UNSHOWN = frozenset({"hdr", "ftr", "dt", "sldNum", "sldImg"})
"""Of a page of notes."""
_MERELY_NAMED = frozenset(
    {"p:txStyles", "p:clrMap", "p:sldLayoutIdLst", "p:hf", "p:timing", "p:transition", "p:clrMapOvr"}
)
_NAMES = (
    "bg1",
    "tx1",
    "bg2",
    "tx2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
_SCALES = ("min", "max", "logBase", "orientation")
_ORIENTATION = "minMax"
_SUB_SHOW = ("p:sldRg", "p:custShow", "p:custShowLst")


@dataclass(slots=True)
class SlideWords:
    """``lines``: slide, what kind of place (``title``, ``text``, ``foot``, ``cell``, ``chart``, ``workbook``, ``note``, ``master``), which,
    and the words; blank ones are none. ``hindered``: the same places with why they are not read as they stand: ``struck``, ``unseen``.
    ``besides``: slide, and what lies there besides words: ``picture:`` with its digest, ``comment``, ``hidden slide``, ``animation``, or the
    name of an element of which it is not known what it does.
    """

    lines: list[tuple[int, str, str, str]] = field(default_factory=list)
    hindered: list[tuple[int, str, str, str]] = field(default_factory=list)
    besides: list[tuple[int, str]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    slides: int = 0


def slides_of(content: bytes) -> SlideWords:
    """A presentation's words. Unreadable where it is none."""
    package = Package(content)
    main = next((one.path for one in relations_of(package, "").values() if one.kind == "officeDocument"), None)
    part = None if main is None else package.find(main)
    if part is None or not part.lower().endswith(".xml"):
        raise Unreadable("not_a_workbook")
    root = tree_of(text_of(package, part))
    if root.name != "p:presentation":
        raise Unreadable("not_a_workbook")
    return _Deck(package, part, root).read()


class _Deck:
    """One presentation while it is read."""

    def __init__(self, package: Package, part: str, root: Node) -> None:
        self._package, self._root = package, root
        self._related = relations_of(package, part)
        self._found = SlideWords(properties=properties(package.content))
        self._masters: dict[str, SlideGround] = {}
        size = root.child("p:sldSz")
        sides = {} if size is None else size.attributes
        self._sides = number(sides.get("cx")) or 12_192_000, number(sides.get("cy")) or 6_858_000

    def read(self) -> SlideWords:
        self._whole()
        listed = [one.attributes.get("id", "") for one in self._root.every("p:sldId")]
        keys = [key for key in listed if key in self._related]
        if len(listed) > MOST_SLIDES:
            raise Unreadable("too_large")
        for at, key in enumerate(keys, 1):
            path = self._package.find(self._related[key].path)
            if path is None:
                raise Unreadable("not_a_workbook")
            self._slide(at, path)
        self._found.slides = len(keys)
        return self._found

    def _whole(self) -> None:
        """What is said of the whole deck."""
        for relation in self._related.values():
            if relation.kind not in _OF_DECKS:
                self._strange(WHOLE, relation.kind)
            path = self._package.find(relation.path)
            if relation.kind == "presProps" and path is not None:
                self._part_shown(tree_of(text_of(self._package, path)))
            if relation.kind == "tableStyles" and path is not None:
                self._table_styles(tree_of(text_of(self._package, path)))
        self._part_shown(self._root)

    def _part_shown(self, root: Node) -> None:
        for one in root.every(*_SUB_SHOW):
            self._strange(WHOLE, one.name)

    def _table_styles(self, root: Node) -> None:
        """Styles by which cells without a colour of their own go."""
        for one in root.every("a:tcTxStyle"):
            told = Node(
                "a:rPr",
                {},
                children=[
                    Node("a:solidFill", {}, children=[each]) for each in one.children if each.name.endswith("Clr")
                ],
            )
            if why_unread(told, self._plain_ground()):
                self._strange(WHOLE, "tcTxStyle")
        for one in root.every("a:fill"):
            if any(each.name != "a:noFill" for each in one.children):
                self._strange(WHOLE, "tcStyle")

    def _plain_ground(self) -> SlideGround:
        return next(
            iter(self._masters.values()),
            SlideGround({"tx1": "000000", "dk1": "000000", "bg1": "FFFFFF", "lt1": "FFFFFF"}),
        )

    def _slide(self, at: int, path: str) -> None:
        root = tree_of(text_of(self._package, path))
        related = relations_of(self._package, path)
        ground = self._ground(related)
        if root.attributes.get("show", "1").lower() in {"0", "false"}:
            self._strange(at, "hidden slide")
        self._unknown(at, root)
        for relation in related.values():
            self._beside(at, relation)
        shapes = root.child("p:cSld", "p:spTree")
        frames = list(root.every("p:graphicFrame"))
        for shape in [] if shapes is None else shapes.children:
            for one in strange_shape(shape, ground):
                self._strange(at, one)
            if lies_on(shape, frames):
                self._strange(at, "over")
            if shape.name == "p:graphicFrame":
                self._frame(at, shape, related, ground)
            else:
                self._shape(at, shape, ground)

    def _beside(self, at: int, relation: Relation) -> None:
        path = self._package.find(relation.path)
        if relation.kind == "notesSlide" and path is not None:
            self._notes(at, path)
        elif relation.kind == "image":
            self._picture(at, path)
        elif relation.kind not in _OF_SLIDES:
            self._strange(at, "comment" if "comment" in relation.kind.lower() else relation.kind)

    def _picture(self, at: int, path: str | None) -> None:
        digest = "" if path is None else hashlib.sha256(self._package.read(path)).hexdigest()[:16]
        self._strange(at, f"picture:{digest}")

    def _unknown(self, at: int, root: Node) -> None:
        """Elements of which it is not known what they do."""
        for one in _all(root):
            if one.name == "p:timing":
                self._strange(at, "animation")
            elif one.name not in HARMLESS and one.name not in {"", "p:pic", "a:blip"}:
                self._strange(at, one.name)
            if one.name == "p:transition" and {"advTm", "advClick"} & set(one.attributes):
                self._strange(at, "transition")
            if one.name == "a:fld" and one.attributes.get("type") != "slidenum":
                self._strange(at, "field")
            if one.name == "a:graphicData" and one.attributes.get("uri", "").rpartition("/")[2] not in {
                "table",
                "chart",
            }:
                self._strange(at, "graphicData")

    def _shape(self, at: int, shape: Node, ground: SlideGround) -> None:
        kind = _kind_of(shape)
        lines = list(_paragraphs(shape, ground))
        if shape.name == "p:pic" or (not lines and is_drawn(shape)):
            self._line(at, "shape", "", "[picture]" if shape.name == "p:pic" else "[shape]")
        for words, why in lines:
            place = self._line(at, kind, "", words)
            if why is not None:
                self._found.hindered.append((at, kind, place, why))

    def _frame(self, at: int, frame: Node, related: dict[str, Relation], ground: SlideGround) -> None:
        for table in frame.every("a:tbl"):
            self._line(at, "shape", "", "[table]")
            for row, each in enumerate((one for one in table.children if one.name == "a:tr"), 1):
                for column, cell in enumerate(one for one in each.children if one.name == "a:tc"):
                    self._cell(at, f"{letters(column)}{row}", cell, ground)
        for one in frame.every("c:chart"):
            self._line(at, "shape", "", "[chart]")
            relation = related.get(one.attributes.get("id", ""))
            path = None if relation is None else self._package.find(relation.path)
            if path is None:
                raise Unreadable("not_a_workbook")
            self._chart(at, path, ground)

    def _cell(self, at: int, place: str, cell: Node, ground: SlideGround) -> None:
        for words, why in _paragraphs(cell, ground):
            self._line(at, "cell", place, words)
            if why is not None:
                self._found.hindered.append((at, "cell", place, why))

    def _chart(self, at: int, path: str, ground: SlideGround) -> None:
        root = tree_of(text_of(self._package, path))
        self._unknown(at, root)
        for words in _of_chart(root):
            self._line(at, "chart", "", words)
        for one in root.every("a:rPr", "a:defRPr"):
            if why_unread(one, ground) is not None:
                self._strange(at, "defRPr")
        for one in root.every("c:ser"):
            if one.child("c:spPr", "a:noFill") is not None:
                self._strange(at, "ser")
        for relation in relations_of(self._package, path).values():
            book = self._package.find(relation.path)
            if relation.kind not in _OF_CHARTS:
                self._strange(at, relation.kind)
            elif relation.kind == "package" and book is not None:
                self._workbook(at, bytes(self._package.read(book)))

    def _workbook(self, at: int, content: bytes) -> None:
        """What the chart would be drawn from, were its numbers opened to be edited."""
        for sheet in assembled(read_in_parts(content)).sheets:
            for row, cells in enumerate(sheet.rows(), 1):
                for column, cell in enumerate(cells):
                    value = plain_cell(cell)
                    if value is not None:
                        self._line(at, "workbook", f"{letters(column)}{row}", plain_number(str(value)))

    def _notes(self, at: int, path: str) -> None:
        for one in tree_of(text_of(self._package, path)).every("p:sp"):
            if _placeholder(one) not in _UNSHOWN:
                for words, _why in _paragraphs(one, self._plain_ground()):
                    self._line(at, "note", "", words)
        for relation in relations_of(self._package, path).values():
            if relation.kind not in {"notesMaster", "slide", "tags"}:
                self._strange(at, f"note {relation.kind}")

    def _ground(self, related: dict[str, Relation]) -> SlideGround:
        """What a slide is laid on: its layout and its master, of which whatever shows on it is told once."""
        layout = next((one.path for one in related.values() if one.kind == "slideLayout"), "")
        if layout not in self._masters:
            self._masters[layout] = self._laid(layout)
        return self._masters[layout]

    def _laid(self, layout: str) -> SlideGround:
        path = self._package.find(layout)
        if path is None:
            raise Unreadable("not_a_workbook")
        master = next((one.path for one in relations_of(self._package, path).values() if one.kind == "slideMaster"), "")
        above = self._package.find(master)
        if above is None:
            raise Unreadable("not_a_workbook")
        roots = [tree_of(text_of(self._package, one)) for one in (path, above)]
        ground = self._colours(above, roots[1])
        for one, root in zip((path, above), roots, strict=True):
            self._laid_part(one, root, ground)
        return ground

    def _colours(self, path: str, root: Node) -> SlideGround:
        theme = next((one.path for one in relations_of(self._package, path).values() if one.kind == "theme"), "")
        at = self._package.find(theme)
        held = {} if at is None else read_theme(text_of(self._package, at))
        mapped = root.child("p:clrMap")
        names = {} if mapped is None else mapped.attributes
        colours = held | {name: held.get(names.get(name, name), "") for name in _NAMES}
        plain = SlideGround(colours, WHITE, *self._sides)
        fill = root.child("p:cSld", "p:bg", "p:bgPr", "a:solidFill")
        behind = None if fill is None else plain.colour(fill)
        if behind is None and root.child("p:cSld", "p:bg", "p:bgPr") is not None:
            self._strange(WHOLE, "bg")
        return SlideGround(colours, behind or WHITE, *self._sides)

    def _laid_part(self, path: str, root: Node, ground: SlideGround) -> None:
        """What of a layout or a master shows on every slide that is laid on it."""
        if root.name == "p:sldLayout" and root.child("p:cSld", "p:bg") is not None:
            self._once("bg")
        shapes = root.child("p:cSld", "p:spTree")
        for shape in [] if shapes is None else shapes.children:
            if _placeholder(shape) is not None:
                for place in shape.every("a:xfrm"):
                    for what in strange_place(place, ground):
                        self._once(what)
                continue
            for words, _why in _paragraphs(shape, ground):
                if (WHOLE, "master", "", words) not in self._found.lines:
                    self._found.lines.append((WHOLE, "master", "", words))
            if is_large(shape, ground) or shape.name in {"p:pic", "p:graphicFrame", "p:grpSp", "p:contentPart"}:
                self._once("ground")
        for one in root.every("a:rPr", "a:defRPr"):
            if why_unread(one, ground) is not None:
                self._once("master")
        for one in root.every("a:buAutoNum", "a:buBlip"):
            self._once(one.name)
        if root.child("p:timing") is not None:
            self._once("animation")
        for relation in relations_of(self._package, path).values():
            if relation.kind == "image":
                self._picture(WHOLE, self._package.find(relation.path))

    def _once(self, what: str) -> None:
        if (WHOLE, what) not in self._found.besides:
            self._strange(WHOLE, what)

    def _strange(self, at: int, what: str) -> None:
        if len(self._found.besides) < MOST_STRANGE:
            self._found.besides.append((at, what[:60]))

    def _line(self, at: int, kind: str, place: str, words: str) -> str:
        """A line put down; the place of what has none is its number among those of its kind on its slide."""
        if len(self._found.lines) >= MOST_LINES:
            raise Unreadable("too_large")
        if not place and kind in {"title", "text", "foot", "note"}:
            place = str(sum(one[:2] == (at, kind) for one in self._found.lines[-200:]) + 1)
        self._found.lines.append((at, kind, place, words))
        return place


def _all(node: Node) -> Iterator[Node]:
    yield node
    for one in node.children:
        yield from _all(one)


def _placeholder(shape: Node) -> str | None:
    """What kind of placeholder a shape is; None where it is none."""
    held = next(shape.every("p:ph"), None)
    return None if held is None else held.attributes.get("type", "obj")


def _kind_of(shape: Node) -> str:
    kind = _placeholder(shape)
    return "title" if kind in _TITLES else "foot" if kind in _FEET or kind == _COUNTED else "text"


def _paragraphs(held: Node, ground: SlideGround) -> Iterator[tuple[str, str | None]]:
    """The paragraphs of a shape or a cell that are not blank, with why one is not read."""
    styles = [one for style in held.every("a:lstStyle") for one in style.every("a:defRPr")]
    by_style = next((why for one in styles if (why := why_unread(one, ground)) is not None), None)
    for paragraph in held.every("a:p"):
        words, why = "", by_style
        for run in paragraph.children:
            if run.name == "a:br":
                words += " "
            if run.name not in {"a:r", "a:fld"}:
                continue
            text = "".join(one.text for one in run.children if one.name == "a:t")
            words += "#" if run.name == "a:fld" and run.attributes.get("type") == "slidenum" else text
            if text.strip():
                why = why_unread(run.child("a:rPr"), ground) or why
        words = " ".join(words.split())
        if words:
            yield words, why


def _of_chart(root: Node) -> Iterator[str]:
    """Names and numbers of a chart, each with its place in its series; where its axes begin and end; whatever is written on it."""
    for cache in root.every("c:strCache", "c:numCache", "c:strLit", "c:numLit"):
        for point in cache.every("c:pt"):
            value = point.child("c:v")
            if value is not None and value.text.strip():
                yield f"{point.attributes.get('idx', '')}={plain_number(value.text.strip())}"
    for axis in root.every("c:catAx", "c:valAx", "c:dateAx"):
        kind = axis.name.removeprefix("c:")
        for name in _SCALES:
            told = axis.child("c:scaling", f"c:{name}")
            if told is not None or name == "orientation":
                scale = _ORIENTATION if told is None else told.attributes.get("val", "")
                yield f"{kind} {name}={plain_number(scale)}"
        gone = axis.child("c:delete")
        yield f"{kind} {'gone' if gone is not None and is_on(gone.attributes.get('val', '1')) else 'there'}"
    for labels in root.every("c:dLbls"):
        for name in ("showVal", "showCatName", "showSerName", "showPercent"):
            told = labels.child(f"c:{name}")
            if told is not None and is_on(told.attributes.get("val", "1")):
                yield name
    for told in root.every("c:numFmt", "c:formatCode"):
        code = told.attributes.get("formatCode", told.text)
        if writes_a_figure(code):
            yield code
    for told in root.every("a:t"):
        if told.text.strip():
            yield told.text.strip()


def main(memory_mib: int, seconds: float) -> int:
    """Read one presentation and tell its words."""
    limited(memory_mib, seconds)
    return put_out(asdict(slides_of(sys.stdin.buffer.read())))


if __name__ == "__main__":
    try:
        sys.exit(main(int(sys.argv[1]), float(sys.argv[2])))
    except BaseException as error:  # noqa: BLE001  # what no presentation is, and a panic of the reader, mean one thing
        sys.exit(error.code if isinstance(error, SystemExit) else 1)
