"""What a filled document gets besides its text: page numbers, annex, imprint on the last, even page, and what it says of itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt, Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from dashboards.meeting import blank_paper
from dashboards.meeting import measures as of
from dashboards.meeting.column_widths import EM, width_of
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.native_chart import NativeChart, chart_parts
from dashboards.meeting.qr import MILLIMETRES
from dashboards.meeting.tables import AnnexTable
from data.language import gettext as _

_LANDSCAPE_HEIGHT = of.PAGE_WIDTH - of.RIGHT - of.LEFT
_LINE = of.PITCH * of.POINT
_GAP = 6.0
"""Points between the title of an annex and what stands below it."""
_TITLED = 3 * _LINE + _GAP * of.POINT
"""Millimetres of 附件, a blank line, the title and what is free below it."""
_BELOW_CAPTION, _BELOW_TITLE = _LANDSCAPE_HEIGHT - 2 * _LINE, _LANDSCAPE_HEIGHT - _TITLED - _LINE / 2
"""Millimetres of a chart: as high as the page leaves, and some to spare."""
_ROW_LINE, _ROW = of.TABLE * 1.45, 3.0
"""Points of a line in a row of a table in the highest typeface that stands in for ours, and of what is around them."""
LANDSCAPE_WIDTH = of.PAGE_HEIGHT - of.TOP - of.BOTTOM
"""Millimetres of a line of the annex: the page lies on its side, its top at the left edge of the others."""
_IMPRINT_LINE = int((of.TEXT_WIDTH / of.POINT - 2 * of.NUMBER) / of.NUMBER)
"""Characters of a line of the imprint, one free at either end."""
_RULES = 4
"""Points that the rules take."""
RULE = "＿"
"""What a line to be filled in by hand is made of."""
SHORT = 12
"""Rows of a table that stays on one page, if they are not too high for it."""


def paragraph(document: Document, style: str, text: str = "") -> Paragraph:
    """A paragraph at the end, in one of our styles."""
    return document.add_paragraph(text, style=document.styles[blank_paper.NAMES[style]])


def taken_out(document: Document, style: str) -> list[str]:
    """The texts of paragraphs in a style, which leave their place."""
    found = [one for one in document.paragraphs if one.style is not None and one.style.style_id == style]
    for one in found:
        one._p.getparent().remove(one._p)  # noqa: SLF001  # python-docx takes nothing out
    return [one.text for one in found]


def tables_within(document: Document, tables: Sequence[AnnexTable]) -> None:
    """Each table where its caption stands in the text, as wide as that; one whose caption is not there is left out."""
    for table in tables:
        captions = [
            one for one in document.paragraphs if one.style is not None and one.style.style_id == blank_paper.CAPTION
        ]
        caption = next((one for one in captions if one.text == table.caption), None)
        if caption is not None:
            made = _write(document, table, of.twips_of_mm(of.TEXT_WIDTH), is_whole=len(table.rows) <= SHORT)
            caption._p.addnext(made._tbl)  # noqa: SLF001  # python-docx puts tables at the end alone
            made._tbl.addnext(paragraph(document, blank_paper.CELL)._p)  # noqa: SLF001


def keep_signature(document: Document) -> None:
    """No page holds the signature alone: the last words stand on it too."""
    every = document.paragraphs
    end = next(
        (at for at, one in enumerate(every) if one.style is not None and one.style.style_id == blank_paper.SIGNER), 0
    )
    for one in reversed(every[:end]):
        one.paragraph_format.keep_with_next = True
        if one.text and one.style is not None and one.style.style_id != blank_paper.ANNEX:
            return


def keep_rules(document: Document) -> None:
    """Lines to be filled in by hand stand on the page of what asks for them."""
    every = document.paragraphs
    for one, behind in pairwise(every):
        if behind.text and not behind.text.strip(RULE):
            one.paragraph_format.keep_with_next = True


def number_pages(section: Section, draft: str | None) -> None:
    """— 1 —, at the right of odd pages and at the left of even ones, one character in; a draft says so on every page."""
    section.footer.is_linked_to_previous = section.even_page_footer.is_linked_to_previous = False
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        one = _only(footer, blank_paper.NUMBER)
        properties = one._p.get_or_add_pPr()  # noqa: SLF001  # python-docx has no word for either
        side = parse_xml(f'<w:ind {nsdecls("w")} w:{align}="{of.twips(of.NUMBER)}"/>')
        properties.append(side)
        properties.append(parse_xml(f'<w:jc {nsdecls("w")} w:val="{align}"/>'))
        one.add_run("— ")
        _field(one, "PAGE")
        one.add_run(" —")
    section.header.is_linked_to_previous = section.even_page_header.is_linked_to_previous = False
    for header in (section.header, section.even_page_header):
        _only(header, blank_paper.DRAFT).add_run(draft or "")


def foot(document: Document, witness: Sequence[str], *, formerly: bool = False) -> None:
    """What a document without an imprint says of itself, below its last words, on one page and not without them, which it formerly was."""
    if not formerly and document.element.body.sectPr.getprevious().tag == qn(
        "w:p"
    ):  # behind the table of an annex it may stand alone
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    lines = [paragraph(document, blank_paper.WITNESS, line) for line in ("", *witness)]
    for one in lines:
        one.paragraph_format.keep_together = True
    for one in lines[:-1]:
        one.paragraph_format.keep_with_next = True


def _only(part: Any, style: str) -> Paragraph:
    one: Paragraph = part.paragraphs[0]
    properties = one._p.get_or_add_pPr()  # noqa: SLF001
    for named in properties.findall(qn("w:pStyle")):
        properties.remove(named)
    properties.insert(0, parse_xml(f'<w:pStyle {nsdecls("w")} w:val="{style}"/>'))
    return one


def _field(one: Paragraph, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = one.add_run()
        if kind is None:
            text = OxmlElement("w:instrText")
            text.text = code
            run._r.append(text)  # noqa: SLF001
        else:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Annex:
    """What the body announces under a title: tables, and behind them a chart. ``title`` empty: it is announced nowhere."""

    title: str
    tables: Sequence[AnnexTable]
    chart: NativeChart | None = None


def annexes(document: Document, every: Sequence[Annex], together: int = SHORT, *, formerly: bool = False) -> Section:
    """The annexes on pages that lie on their side, each from a new page on and named as it was announced; each table under its caption, its head on
    every page; one of no more than ``together`` rows is not torn, if it fits on its page.

    ``formerly``: laid out as before numbers of pages stood apart from tables, for papers given out then look so.
    """
    section = _begin_section(document, WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(of.PAGE_HEIGHT), Mm(of.PAGE_WIDTH)
    section.left_margin, section.right_margin = Mm(of.TOP), Mm(of.BOTTOM)
    # the number of a page stands as far below the text as on the others, whose margin there is another
    below = (section.bottom_margin or Mm(of.BOTTOM)) - (section.footer_distance or 0)
    if not formerly:
        section.footer_distance = Length(max(Mm(of.LEFT) - below, 0))
    section.top_margin, section.bottom_margin = Mm(of.RIGHT), Mm(of.LEFT)
    for number, one in enumerate(every, 1):
        if one.title:
            titled = _name(document, f"附件{number}" if len(every) > 1 else "附件", one.title, new_page=number > 1)
            titled.paragraph_format.space_after = None if formerly or not _stands_apart(one) else Pt(_GAP)
        _tables(document, one, together, formerly=formerly)
        if one.chart is not None:
            chart(document, one.chart, is_named=bool(one.title and not one.tables))
    return section


def each_announced(tables: Sequence[AnnexTable], drawn: NativeChart | None = None) -> list[Annex]:
    """An annex for each table, named by its caption, and one for a chart."""
    return [
        *(Annex(table.caption, [table]) for table in tables),
        *([] if drawn is None else [Annex(drawn.name, (), drawn)]),
    ]


def _name(document: Document, label: str, title: str, *, new_page: bool) -> Paragraph:
    """附件1 in 黑体 at the beginning of the first line, the title in the middle of the third."""
    first = paragraph(document, blank_paper.ADDRESSEE)
    first.paragraph_format.page_break_before = new_page
    run = first.add_run(label)
    run._r.get_or_add_rPr().insert(0, parse_xml(blank_paper.fonts(of.HEI).replace("/>", f" {nsdecls('w')}/>")))  # noqa: SLF001
    for one in (first, paragraph(document, blank_paper.ADDRESSEE)):
        one.paragraph_format.keep_with_next = True
    return paragraph(document, blank_paper.TITLE, title)


def _tables(document: Document, of_annex: Annex, together: int, *, formerly: bool) -> None:
    for number, table in enumerate(of_annex.tables):
        room = _LANDSCAPE_HEIGHT - (_TITLED if of_annex.title and not number else 0.0)
        if number:
            paragraph(document, blank_paper.CELL)
        if table.caption != of_annex.title:
            paragraph(document, blank_paper.CAPTION, table.caption)
            room -= _LINE
        fits = len(table.rows) <= together and (formerly or _height(table, LANDSCAPE_WIDTH) <= room)
        laid = replace(table, columns=[replace(one, on_paper=None) for one in table.columns]) if formerly else table
        _write(document, laid, of.twips_of_mm(LANDSCAPE_WIDTH), is_whole=fits)


def _stands_apart(one: Annex) -> bool:
    """Whether some room is left free below a title: above a caption there is enough, and a table that would go on for a row or two begins at once."""
    if not one.tables:
        return True
    over = _height(one.tables[0], LANDSCAPE_WIDTH) - (_LANDSCAPE_HEIGHT - _TITLED)
    return one.tables[0].caption == one.title and not 0 < over <= 2 * (_ROW_LINE + _ROW) * of.POINT


def _height(table: AnnexTable, width: float) -> float:
    """Millimetres of a table's head and rows: one that is kept whole and does not fit below its title leaves that alone on its page."""
    whole = sum(column.share for column in table.columns)
    free = [width * one.share / whole - 2 * of.BESIDE_TEXT * of.POINT for one in table.columns]
    lines = [
        max(ceil(width_of(text) * EM / room) for text, room in zip(row, free, strict=True))
        for row in ([column.head for column in table.columns], *table.rows)
    ]
    return sum(max(one, 1) * _ROW_LINE + _ROW for one in lines) * of.POINT


def _begin_section(document: Document, start: WD_SECTION) -> Section:
    """A section behind all that there is, without a line of its own; behind a table it takes one that nobody sees."""
    body = document.element.body
    last = body.sectPr.getprevious()
    section: Section = document.add_section(start)
    mark = body.sectPr.getprevious()
    if last is not None and last.tag == qn("w:p"):
        last.get_or_add_pPr().append(mark.pPr.sectPr)
        body.remove(mark)
    else:
        mark.pPr.insert(
            0, parse_xml(f'<w:spacing {nsdecls("w")} w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>')
        )
    return section


def _write(document: Document, table: AnnexTable, width: int, *, is_whole: bool) -> Table:
    """Widths of table, grid and cells are equal and fixed: WPS takes them from the grid. ``is_whole``: it is not torn."""
    shares = [column.share for column in table.columns]
    widths = [int(width * one / sum(shares)) for one in shares]
    made = document.add_table(rows=1, cols=len(widths))
    made.autofit = False
    properties = made._tbl.tblPr  # noqa: SLF001
    for told in (
        properties.findall(qn("w:tblW")) + properties.findall(qn("w:tblStyle")) + properties.findall(qn("w:tblLook"))
    ):
        properties.remove(told)
    properties.insert(0, parse_xml(f'<w:tblW {nsdecls("w")} w:w="{sum(widths)}" w:type="dxa"/>'))
    properties.insert(1, parse_xml(f'<w:jc {nsdecls("w")} w:val="center"/>'))
    properties.insert(2, _borders())
    properties.append(_beside_text())
    for grid, one in zip(made._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):  # noqa: SLF001
        grid.set(qn("w:w"), str(one))
    head = made.rows[0]
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))  # noqa: SLF001
    for cell, column, one in zip(head.cells, table.columns, widths, strict=True):
        _fill(cell, column.head, blank_paper.HEAD, one, centred=True)
    for place, texts in enumerate(table.rows, 1):
        row = made.add_row()
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))  # noqa: SLF001
        for cell, text, column, one in zip(row.cells, texts, table.columns, widths, strict=True):
            _fill(
                cell,
                text,
                blank_paper.CELL,
                one,
                centred=not column.name,
                followed=is_whole and place < len(table.rows),
            )
    written: Table = made
    return written


def _borders() -> Any:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>")


def _beside_text() -> Any:
    """What is free at either side of a cell's text: said of each table too, for LibreOffice does not take it from the style."""
    sides = "".join(f'<w:{side} w:w="{of.twips(of.BESIDE_TEXT)}" w:type="dxa"/>' for side in ("left", "right"))
    return parse_xml(f"<w:tblCellMar {nsdecls('w')}>{sides}</w:tblCellMar>")


def _fill(cell: _Cell, text: str, style: str, width: int, *, centred: bool, followed: bool = False) -> None:
    """A cell's text; ``followed``: the next row stands on the same page."""
    cell.width = Twips(width)
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))  # noqa: SLF001
    one = cell.paragraphs[0]
    one._p.get_or_add_pPr().insert(0, parse_xml(f'<w:pStyle {nsdecls("w")} w:val="{style}"/>'))  # noqa: SLF001
    if followed:
        one.paragraph_format.keep_with_next = True
    if centred and style == blank_paper.CELL:
        one._p.get_or_add_pPr().append(parse_xml(f'<w:jc {nsdecls("w")} w:val="center"/>'))  # noqa: SLF001
    one.add_run(text)


def chart(document: Document, one: NativeChart, *, is_named: bool = False) -> None:
    """A chart on a page of its own at the end, under its caption; below the title of its annex it needs none."""
    if not is_named:
        caption = paragraph(document, blank_paper.CAPTION, one.title)
        caption.paragraph_format.page_break_before = True
    xml, workbook = chart_parts(one)
    package = document.part.package
    assert package is not None
    numbers = Part(PackURI("/word/embeddings/chart1.xlsx"), CONTENT_TYPE.SML_SHEET, workbook, package)
    drawn = Part(PackURI("/word/charts/chart1.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    drawn.load_rel(RELATIONSHIP_TYPE.PACKAGE, numbers, "rId1")
    width, height = (round(Mm(side)) for side in (LANDSCAPE_WIDTH, _BELOW_TITLE if is_named else _BELOW_CAPTION))
    identity = document.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    place = document.add_paragraph().add_run()
    place._r.append(  # noqa: SLF001
        parse_xml(
            f'<w:drawing {nsdecls("w", "wp", "a", "r")} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="1" name="chart1" descr={quoteattr(one.title)}/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
            f'<c:chart r:id="{identity}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
        )
    )


def red_head(document: Document, issuer: str, number: str) -> None:
    """Who issues in red, its upper edge 35 mm below that of the text block; two lines below the number, 4 mm below that a red rule."""
    if not document.paragraphs:
        raise Unfillable(_("The template has no paragraph before which a red head could stand."))
    first = document.paragraphs[0]
    head = first.insert_paragraph_before(issuer, style=document.styles[blank_paper.NAMES[blank_paper.RED_HEAD]])
    size = min(of.RED_HEAD, int(of.TEXT_WIDTH / of.POINT / len(issuer)))
    head.runs[0].font.size = Pt(size)
    head.paragraph_format.line_spacing_rule, head.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(size)
    first.insert_paragraph_before(number, style=document.styles[blank_paper.NAMES[blank_paper.DOCUMENT_NUMBER]])


def imprint(document: Document, lines: Sequence[str], witness: Sequence[str], code: bytes | None = None) -> Section:
    """The last page, an even one: what the document says of itself on top, the imprint between rules at its foot."""
    section = _begin_section(document, WD_SECTION.EVEN_PAGE)
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(of.PAGE_WIDTH), Mm(of.PAGE_HEIGHT)
    section.left_margin, section.right_margin = Mm(of.LEFT), Mm(of.RIGHT)
    section.top_margin, section.bottom_margin = Mm(of.TOP), Mm(of.BOTTOM)
    section.footer_distance = document.sections[0].footer_distance
    for line in witness:
        paragraph(document, blank_paper.WITNESS, line)
    if code is not None:
        paragraph(document, blank_paper.WITNESS).add_run().add_picture(io.BytesIO(code), width=Mm(MILLIMETRES))
    for number, line in enumerate(lines):
        one = paragraph(document, blank_paper.IMPRINT, line)
        first, last = number == 0, number == len(lines) - 1
        properties = one._p.get_or_add_pPr()  # noqa: SLF001
        properties.insert(1, _at_the_foot(sum(map(_lines_of, lines))))
        properties.insert(2, _rules(top=first, bottom=last))
        one.paragraph_format.left_indent = one.paragraph_format.right_indent = Pt(of.NUMBER)
    return section


def _lines_of(text: str) -> int:
    """How many lines a text of the imprint takes."""
    return max(1, -(-len(text) // _IMPRINT_LINE))


def _at_the_foot(lines: int) -> Any:
    """A frame as wide as the text block, whose lower edge is that of the text block."""
    width = of.twips_of_mm(of.TEXT_WIDTH)
    top = of.twips_of_mm(of.PAGE_HEIGHT - of.BOTTOM) - lines * of.twips(of.PITCH) - of.twips(_RULES)
    return parse_xml(
        f'<w:framePr {nsdecls("w")} w:w="{width}" w:hSpace="0" w:wrap="around" w:vAnchor="page" w:hAnchor="page" '
        f'w:x="{of.twips_of_mm(of.LEFT)}" w:y="{top}"/>'
    )


def _rules(*, top: bool, bottom: bool) -> Any:
    """Thick rules around the imprint, thin ones within it."""
    sides = [("top", 8 if top else 4), *([("bottom", 8)] if bottom else [])]
    told = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="1" w:color="000000"/>' for side, size in sides)
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{told}</w:pBdr>")
