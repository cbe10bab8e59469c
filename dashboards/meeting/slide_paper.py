"""Slides drawn: title, chart or table, footer, notes, on our own master or on the office's, every text in its typefaces."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from dashboards.meeting import measures as of
from dashboards.meeting import slide_measures as on
from dashboards.meeting.blank_slides import GREY, NAMESPACES, RED, faces, standing
from dashboards.meeting.native_chart import drawn
from dashboards.meeting.qr import MILLIMETRES
from dashboards.meeting.slide_measures import Box
from dashboards.meeting.slide_page import SlidePage

_MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SHOWN = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NOTES_MASTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/notesMaster"
_PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The table style without colours and lines (ECMA-376 names none; both WPS and PowerPoint know it by this)."""
_FEW_BARS, _MANY_BARS = 8, 16
_CHART_SIZES = (16, 14, 12)
_HALF = 0.5
"""The upper part of a slide."""
_BAR_HEIGHT = 18.0
"""Millimetres that one bar takes at most with what is around it: few bars would be slabs."""
_FOOT_SIZES, _INSET = (11, 10, 9, 8, 7), 6.0
"""Of a footer, in whose place an office may have left little room; what may be kept free at the sides of that place."""
_TITLE_KINDS = ("title", "ctrTitle")


class SlidePaper:
    """A presentation that slides are put on."""

    def __init__(self, presentation: Any, footer: str, *, is_draft: bool, own: bool) -> None:
        """On its layouts for a cover and for a title alone; where it has none on what comes nearest."""
        self._presentation, self._footer, self._is_draft, self._own = presentation, footer, is_draft, own
        layouts = {one.element.get("type", ""): one for one in reversed(list(presentation.slide_layouts))}
        nearest = next(
            (layouts[kind] for kind in ("titleOnly", "blank") if kind in layouts), presentation.slide_layouts[0]
        )
        self._layout, self._cover = nearest, layouts.get("title", nearest)
        self._wide, self._high = presentation.slide_width / on.EMU, presentation.slide_height / on.EMU
        self._title = self._title_box()
        self.content = self._content_box()

    def empty(self) -> None:
        """Take out the slides that are there, with whatever tells of them."""
        told = self._presentation.element
        for one in list(self._presentation.slides._sldIdLst):  # noqa: SLF001  # python-pptx takes no slide out
            self._presentation.part.drop_rel(one.get(_LINK))
            one.getparent().remove(one)
        for name in ("custShowLst", "extLst"):
            for one in told.findall(f"{_SHOWN}{name}"):
                told.remove(one)

    def add(self, page: SlidePage, said: Sequence[str], code: bytes | None = None) -> None:
        """A slide; ``said`` stands small above its footer, the picture of a code at the right of it."""
        layout = self._cover if page.worded.is_cover else self._layout
        slide = self._presentation.slides.add_slide(layout)
        title = self._put_title(slide, page)
        if page.worded.is_cover:
            self._put_below(slide, page.worded.below)
        else:
            self._keep_title_alone(slide)
        box = self.content
        if said:
            height = on.MARK_HEIGHT if code is None else on.CODE_HEIGHT
            box = Box(box.left, box.top, box.width, box.height - height)
            wide = box.width if code is None else box.width - MILLIMETRES - 4
            self._text(slide, "标记", Box(box.left, box.bottom + 2, wide, on.MARK_HEIGHT - 2), said, on.MARK_SIZE, GREY)
            if code is not None:
                _code(slide, Box(box.left + box.width - MILLIMETRES, box.bottom + 1, MILLIMETRES, MILLIMETRES), code)
        if page.chart is not None:
            _chart(slide, page, box)
        elif page.rows:
            _table(slide, page, box)
        self._feet(slide, layout)
        told = page.worded.notes if title == page.title + page.tail else [page.title, *page.worded.notes]
        _notes(slide, told)

    def tell_of_notes(self) -> None:
        """The presentation names its master of notes pages, which the library leaves out where it made one."""
        from pptx.oxml import parse_xml

        told, part = self._presentation.element, self._presentation.part
        if told.find(f"{_SHOWN}notesMasterIdLst") is None:
            key = part.relate_to(part.notes_master_part, _NOTES_MASTER)
            named = parse_xml(f'<p:notesMasterIdLst {NAMESPACES}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>')
            told.find(f"{_SHOWN}sldMasterIdLst").addnext(named)

    def _title_box(self) -> Box:
        """Where the office's title stands; ours where it has none, or has it in the middle of the slide."""
        found = self._standing(self._layout, _TITLE_KINDS)
        if found is not None and found.bottom < self._high * _HALF and found.width > self._wide * _HALF:
            return found
        return self._scaled(on.TITLE)

    def _content_box(self) -> Box:
        """Between title and footer."""
        if self._own:
            return on.CONTENT
        foot = self._standing(self._layout, ("ftr", "sldNum"))
        end = foot.top if foot is not None and foot.top > self._high * _HALF else self._scaled(on.FOOTER).top
        top = self._title.bottom + 4
        return Box(self._title.left, top, self._title.width, end - top - 3)

    def _scaled(self, box: Box) -> Box:
        across, down = self._wide / on.WIDTH, self._high / on.HEIGHT
        return Box(box.left * across, box.top * down, box.width * across, box.height * down)

    def _standing(self, layout: Any, kinds: Sequence[str]) -> Box | None:
        """Where a layout has a placeholder of a kind, or its master for it."""
        for one in layout.placeholders:
            if one.element.ph.get("type") in kinds and one.width:
                return Box(*(value / on.EMU for value in (one.left, one.top, one.width, one.height)))
        return None

    def _put_title(self, slide: Any, page: SlidePage) -> str:
        """The sentence in the largest size that fits; where it stands in no placeholder in a box of its own."""
        shape = slide.shapes.title
        sizes = on.COVER_SIZES if page.worded.is_cover else on.TITLE_SIZES
        box = self._title
        if shape is None:
            shape = self._text(slide, "标题", box, [""], sizes[0], None)
        elif page.worded.is_cover:
            box = Box(*(value / on.EMU for value in (shape.left, shape.top, shape.width, shape.height)))
        told, size = on.fitting_title(page.title, box, sizes, page.tail)
        _fill(shape, [told], size, of.HEI, pitch=on.TITLE_PITCH)
        return told

    def _put_below(self, slide: Any, lines: Sequence[str]) -> None:
        """What stands below the cover's title."""
        below = [one for one in slide.placeholders if one.element.ph.get("type") in {"subTitle", "body"}]
        if below:
            _fill(below[0], lines, 18, of.SONG, pitch=1.5)
        else:
            self._text(slide, "副题", self._scaled(on.COVER_BELOW), lines, 18, None)
        self._keep_title_alone(slide, *below[:1])

    def _keep_title_alone(self, slide: Any, *besides: Any) -> None:
        """Placeholders that nothing was put into would ask to be filled in."""
        kept = [one.element for one in besides] + ([] if slide.shapes.title is None else [slide.shapes.title.element])
        for one in list(slide.placeholders):
            if one.element not in kept:
                one.element.getparent().remove(one.element)

    def _feet(self, slide: Any, layout: Any) -> None:
        """Zone, period, stamp, and the page's number: in the office's own places, else in ours."""
        colour = RED if self._is_draft else None
        for kind, name, box, text in (
            ("ftr", "页脚", on.FOOTER, self._footer), ("sldNum", "页码", on.NUMBER, None),
        ):  # fmt: skip
            held = next((one for one in layout.placeholders if one.element.ph.get("type") == kind), None)
            width = self._scaled(box).width if held is None else held.width / on.EMU - _INSET
            size = next((one for one in _FOOT_SIZES if on.lines_of(text or "", width, one) == 1), _FOOT_SIZES[-1])
            shape = self._text(slide, name, self._scaled(box), [text or ""], size, colour, align=_side(held, text))
            if held is not None:
                _stand_in(shape, held)
            if text is None:
                _number(shape)

    def _text(
        self, slide: Any, name: str, box: Box, lines: Sequence[str], size: float, colour: str | None, align: str = "l"
    ) -> Any:
        shape = slide.shapes.add_textbox(*_emus(box))
        shape.name = name
        frame = shape.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        _fill(shape, lines, size, of.SONG, colour=colour, align=align)
        return shape


def _side(held: Any, text: str | None) -> str:
    """Where it is the office's own place the text stands in it as the office has it; else footers begin and numbers end a line."""
    if held is not None:
        return ""
    return "l" if text else "r"


def _emus(box: Box) -> list[Any]:
    from pptx.util import Emu

    return [Emu(round(one * on.EMU)) for one in (box.left, box.top, box.width, box.height)]


def _stand_in(shape: Any, held: Any) -> None:
    """A text of ours takes the place, and the manner, of a layout's placeholder."""
    from pptx.oxml import parse_xml

    asked = held.element.ph
    told = " ".join(f'{key}="{asked.get(key)}"' for key in ("type", "sz", "idx") if asked.get(key))
    properties = shape.element.find(f"{_SHOWN}nvSpPr").find(f"{_SHOWN}nvPr")
    properties.append(parse_xml(f"<p:ph {NAMESPACES} {told}/>"))
    mark = shape.element.find(f"{_SHOWN}nvSpPr").find(f"{_SHOWN}cNvSpPr")
    mark.attrib.pop("txBox", None)
    for one in list(shape.element.spPr):
        shape.element.spPr.remove(one)
    body = shape.element.txBody.find(f"{_MAIN}bodyPr")
    body.attrib.clear()


def _fill(
    shape: Any, lines: Sequence[str], size: float, face: str, *, pitch: float = on.CELL_PITCH, colour: str | None = None, align: str = ""
) -> None:  # fmt: skip
    """The lines as paragraphs, their pitch fixed, every run with its typefaces."""
    body = shape.text_frame._txBody  # noqa: SLF001  # python-pptx reaches no East Asian typeface
    for one in body.findall(f"{_MAIN}p"):
        body.remove(one)
    for line in lines:
        body.append(_paragraph(line, size, face, pitch, colour=colour, align=align))


def _paragraph(
    text: str, size: float, face: str, pitch: float, *, colour: str | None = None, align: str = "", bold: bool = False
) -> Any:
    from pptx.oxml import parse_xml

    aligned = f' algn="{align}"' if align else ""
    heavy = ' b="1"' if bold else ""
    fill = ""
    if colour is not None:
        fill = (
            f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if len(colour) == len(RED)
            else f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        )  # fmt: skip
    how = f'lang="zh-CN" altLang="en-US" sz="{round(size * 100)}"{heavy} dirty="0"'
    inner = f"{fill}{faces(face)}"
    run = f"<a:r><a:rPr {how}>{inner}</a:rPr><a:t>{escape(text)}</a:t></a:r>" if text else ""
    return parse_xml(
        f'<a:p {NAMESPACES}><a:pPr{aligned}><a:lnSpc><a:spcPts val="{round(size * pitch * 100)}"/></a:lnSpc></a:pPr>'
        f"{run}<a:endParaRPr {how}>{inner}</a:endParaRPr></a:p>"
    )


def _number(shape: Any) -> None:
    """The page's number, which the program counts."""
    from pptx.oxml import parse_xml

    paragraph = shape.text_frame._txBody.find(f"{_MAIN}p")  # noqa: SLF001
    end = paragraph.find(f"{_MAIN}endParaRPr")
    field = parse_xml(
        f'<a:fld {NAMESPACES} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="zh-CN" sz="1100">'
        f"{faces(of.SONG)}</a:rPr><a:t>‹#›</a:t></a:fld>"
    )
    end.addprevious(field)


def _code(slide: Any, box: Box, code: bytes) -> None:
    sides = (round(side * on.EMU) for side in (box.left, box.top, box.width, box.height))
    slide.shapes.add_picture(io.BytesIO(code), *sides).name = "核验二维码"


def _chart(slide: Any, page: SlidePage, box: Box) -> None:
    """One size of axis on all pages of a group, so that bars can be compared across them."""
    told = page.chart
    assert told is not None
    number = len(told.categories)
    size = _CHART_SIZES[0 if number <= _FEW_BARS else 1 if number <= _MANY_BARS else 2]
    height = box.height if told.is_line else min(box.height, _BAR_HEIGHT * (number + 1))
    standing = Box(box.left, box.top, box.width, height)
    drawn(slide.shapes, told, *_emus(standing), size=size, highest=page.highest)
    frame = slide.shapes[-1]
    _describe(frame, "图", page.title + page.tail)


def _grey() -> Any:
    from pptx.dml.color import RGBColor

    return RGBColor(0xD0, 0xD5, 0xDF)


def _table(slide: Any, page: SlidePage, box: Box) -> None:
    """A table of the program's own: head in navy over a rule, hair lines between rows, figures at the right."""
    rows = [page.head, *page.rows]
    heights = [on.row_height(row, page.widths, page.size) for row in rows]
    frame = slide.shapes.add_table(len(rows), len(page.head), *_emus(Box(box.left, box.top, box.width, sum(heights))))
    table = frame.table
    table._tbl.tblPr.find(f"{_MAIN}tableStyleId").text = _PLAIN  # noqa: SLF001
    table.horz_banding = False
    for column, width in zip(table.columns, page.widths, strict=True):
        column.width = round(width * on.EMU)
    whole = page.worded.table
    assert whole is not None
    figures = [_is_figure([row[number] for row in whole.rows]) for number in range(len(page.head))]
    for number, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[number].height = round(height * on.EMU)
        for across, text in enumerate(row):
            _cell(table.cell(number, across), text, page.size, head=number == 0, right=figures[across])
    _describe(frame, "表", page.title + page.tail)


def _is_figure(texts: Sequence[str]) -> bool:
    """Whether a column holds figures: short, and most begin with one."""
    short = 8
    told = [text for text in texts if text]
    return bool(told) and all(len(text) <= short for text in told) and any(text[0].isdigit() for text in told)


def _cell(cell: Any, text: str, size: float, *, head: bool, right: bool) -> None:
    from pptx.oxml import parse_xml

    body = cell.text_frame._txBody  # noqa: SLF001
    for one in body.findall(f"{_MAIN}p"):
        body.remove(one)
    face, colour = (of.HEI, "tx2") if head else (of.SONG, "tx1")
    body.append(_paragraph(text, size, face, on.CELL_PITCH, colour=colour, align="r" if right else "l", bold=head))
    side, above = round(on.CELL_SIDE * on.EMU), round(on.CELL_ABOVE * size * of.POINT * on.EMU)
    line = (
        '<a:lnB w="19050"><a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:lnB>' if head
        else '<a:lnB w="6350"><a:solidFill><a:srgbClr val="D0D5DF"/></a:solidFill></a:lnB>'
    )  # fmt: skip
    none = "".join(f'<a:ln{edge} w="0"><a:noFill/></a:ln{edge}>' for edge in "LRT")
    properties = parse_xml(
        f'<a:tcPr {NAMESPACES} marL="{side}" marR="{side}" marT="{above}" marB="{above}" anchor="ctr">{none}{line}<a:noFill/></a:tcPr>'
    )
    old = cell._tc.find(f"{_MAIN}tcPr")  # noqa: SLF001
    if old is not None:
        cell._tc.remove(old)  # noqa: SLF001
    cell._tc.append(properties)  # noqa: SLF001


def _describe(frame: Any, name: str, text: str) -> None:
    """What is read to whoever does not see it."""
    told = frame._element.xpath(".//p:cNvPr")[0]  # noqa: SLF001
    told.set("name", name)
    told.set("descr", text)


def _notes(slide: Any, lines: Sequence[str]) -> None:
    """The explanation, beside what is shown."""
    held = slide.notes_slide.notes_placeholder
    if held is None:
        slide.notes_slide.shapes._spTree.append(_notes_place())  # noqa: SLF001  # python-pptx adds none
        held = slide.notes_slide.notes_placeholder
    _fill(held, lines, 12, of.SONG)


def _notes_place() -> Any:
    """Where notes stand, if the office's master of notes pages has no place for them."""
    from pptx.oxml import parse_xml

    place = Box(19.0, 120.0, 152.0, 110.0)
    return parse_xml(
        f'<p:sp {NAMESPACES}><p:nvSpPr><p:cNvPr id="90" name="备注"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="body" idx="1"/></p:nvPr>'
        f'</p:nvSpPr><p:spPr>{standing(place)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
