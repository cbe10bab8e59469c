"""Bulletins as they lie on the table: their XML as WPS reads it, and their pages as LibreOffice prints them, against GB/T 9704."""

from __future__ import annotations

import io
import os
import re
import zipfile
from copy import deepcopy
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from dashboards.meeting import measures as of
from dashboards.meeting import wording
from dashboards.meeting.blank_paper import ANNEX, CELL, HEAD
from dashboards.meeting.bulletin import bulletin, fields_of
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.package import packed
from dashboards.meeting.paper import LANDSCAPE_WIDTH
from dashboards.meeting.pdf import as_pdf, as_pdfs
from dashboards.meeting.source import Source
from etl.reading.plain_cells import properties
from tests.integration import read_on_pages as read
from tests.integration.packages import parts
from tests.integration.read_on_pages import MILLIMETRE
from tests.integration.rendered import Line, PageSeen, pages_seen
from tests.unit.test_bulletin_words import Content, Kept, published, rows, scored, source

DOCUMENT = Path(__file__).parents[2] / "docs" / "documents.md"
REPORTS = ("ranking", "scores", "casualties")
FOREIGN = re.compile(rb"Calibri|Cambria|\xe7\xad\x89\xe7\xba\xbf|DengXian|asciiTheme|eastAsiaTheme|hAnsiTheme")
"""Typefaces that a library brings with it, and those that a theme puts over what is named."""
LONG_NAME = "双桥经济技术开发区现代装备制造与新能源汽车零部件产业发展服务中心"
ENDINGS = range(14, 20)
"""Lines of text before what signs it, one of which would leave that alone on a page."""
NAMES_ENDING_LINES = (
    "报表未通过校核、尚未重报：龙滩子街道办事处、双路街道办事处、邮亭镇人民政府、建设管理局、经济发展局、应急管理局、消防救援大队、"
    "市场监督管理局、社会事务局、交巡警大队、交通运输局、商贸物流发展中心、现代制造发展中心和循环经济发展中心。"
)
"""Names of which a line is just full, and a mark behind it."""
MARKS = "，。、；：！？"


def marked() -> str:
    """A text in which every mark comes behind a full line, and a little before and behind that, after every way in which the line may be made up."""
    told = [
        f"正文｜{'街道办事处、' * names}{'安' * (before - 6 * names)}{mark}局、消防救援大队、交巡警大队"
        for mark in MARKS
        for names in range(4)
        for before in range(24, 29)
    ]
    return "\n".join(["标题｜通报", f"正文｜{NAMES_ENDING_LINES}", *told, "版记｜印发"])


def edited_without_marks() -> Kept:
    """The same wording, saved by a program that does not say that marks may hang: that is its default."""
    template = wording.as_template(wording.lines(marked()))
    told = [(name, re.sub(rb'<w:overflowPunct w:val="\d"/>', b"", content)) for name, content in parts(template)]
    return Kept(file=packed(told))


def ending(lines: int) -> str:
    """A text of so many lines, and who signs it."""
    end = ("空行｜", "附件｜附件：表", "空行｜", "署名｜安委会办公室", "日期｜2022年6月5日", "版记｜印发")
    return "\n".join(["标题｜通报", *["正文｜安全生产工作情况。"] * lines, *end])


def sixty(content: Content) -> Content:
    """A group of 60 units, the first with a name of thirty characters, and each with something to point out."""
    scored(content, *[90.0, 80.0, 70.0])
    template = rows(content)[0]
    rows(content)[:] = [
        deepcopy(template)
        | {"unit": f"u{place}", "name": LONG_NAME if place == 0 else f"第{place}街道办事处", "rank": place + 1, "score": 95.0 - place,
           "flags": ["late", "zero_penalty"], "rank_interval": [place + 1, place + 1], "of": 60,
           "chance": {"first": 0.0, "last": float(place == 59)}}
        for place in range(60)
    ]  # fmt: skip
    return content


@pytest.fixture(scope="module")
def long_document() -> bytes:
    """A bulletin whose text goes on over several pages."""
    return bulletin(source(sixty(published("ranking"))))


@pytest.fixture(scope="module")
def documents(long_document: bytes) -> dict[str, bytes]:
    """Every document whose pages are looked at."""
    numbers = "\n".join(f"正文｜{'安' * before}（94.01分），同比12345人" for before in range(12, 27))
    full = f"标题｜通报\n正文｜{'安全生产' * 500}\n{numbers}\n版记｜印发"
    return {
        "long": long_document,
        **{report: bulletin(source(published(report))) for report in REPORTS},
        "wide": bulletin(source(wide(published("ranking")))),
        "marked": bulletin(source(published("ranking"), ranking=marked())),
        "edited": bulletin(source(published("ranking"), ranking=edited_without_marks())),
        "draft": bulletin(draft()),
        "full": bulletin(source(published("ranking"), ranking=full)),
        **{f"ends-{lines}": bulletin(source(published("ranking"), ranking=ending(lines))) for lines in ENDINGS},
    }


@pytest.fixture(scope="module")
def printed(documents: dict[str, bytes]) -> dict[str, list[PageSeen]]:
    """Their pages, as PDFs are given out; the converter is started once for all of them."""
    return dict(zip(documents, map(pages_seen, as_pdfs(list(documents.values()), ".docx")), strict=True))


@pytest.fixture(scope="module")
def long_pages(printed: dict[str, list[PageSeen]]) -> list[PageSeen]:
    """The pages of the bulletin that goes on over several."""
    return printed["long"]


@pytest.mark.parametrize("report", REPORTS)
def test_no_typeface_but_those_of_the_standard(report: str) -> None:
    """Nothing left over of a library's, in no part of the package: WPS would say that it is missing."""
    document = bulletin(source(published(report)))
    assert [name for name, content in parts(document) if FOREIGN.search(content)] == []
    for style in Document(io.BytesIO(document)).styles.element.iter(qn("w:rFonts")):
        assert style.get(qn("w:eastAsia")) in of.INSTEAD


@pytest.mark.parametrize("report", REPORTS)
def test_widths_of_tables_are_the_same_wherever_they_are_said(report: str) -> None:
    """WPS goes by the grid, Word by the cells; none is wider than the line."""
    document = Document(io.BytesIO(bulletin(source(published(report)))))
    assert document.tables
    for table in document.tables:
        grid = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        told = table._tbl.tblPr.find(qn("w:tblW"))
        assert told.get(qn("w:type")) == "dxa"
        assert int(told.get(qn("w:w"))) == sum(grid) <= of.twips_of_mm(of.PAGE_HEIGHT - of.TOP - of.BOTTOM)
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
        for row in table.rows:
            assert [int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.cells] == grid
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_lines_in_tables_grow_with_what_they_hold() -> None:
    """A fixed pitch would cut a second line off; outside tables it is fixed."""
    document = Document(io.BytesIO(bulletin(source(published("ranking")))))
    rules = {
        style.style_id: style.element.pPr.find(qn("w:spacing")).get(qn("w:lineRule"))
        for style in document.styles
        if style.element.pPr is not None
    }
    assert {rules[HEAD], rules[CELL]} == {"atLeast"}
    assert set(rules.values()) == {"atLeast", "exact"}
    styles = {
        one.style.style_id
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for one in cell.paragraphs
    }
    assert styles == {HEAD, CELL}


@pytest.mark.parametrize("report", REPORTS)
def test_chart_is_native_with_chinese_typefaces_throughout(report: str) -> None:
    """It can be edited: its numbers lie in a workbook; every text has its East Asian typeface."""
    document = bulletin(source(published(report)))
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        names = package.namelist()
        chart = etree.fromstring(package.read("word/charts/chart1.xml"))
    assert "word/embeddings/chart1.xlsx" in names
    main = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    every = list(chart.iter(f"{main}defRPr"))
    assert every
    assert [
        one for one in every if one.find(f"{main}ea") is None or one.find(f"{main}ea").get("typeface") != of.SONG
    ] == []


def test_the_same_publication_gives_the_same_bytes() -> None:
    """Whoever asks again gets the very file."""
    assert bulletin(source(published("ranking"))) == bulletin(source(published("ranking")))


def test_published_document_says_which_one_it_is() -> None:
    """In its properties, where WPS shows them; a draft says nothing of the kind."""
    content = published("ranking")
    assert properties(bulletin(source(content))) == {
        "report": "ranking", "period": "2022-05", "revision": "1", "sha256": content["sha256"]
    }  # fmt: skip
    assert properties(bulletin(draft())) == {}


def draft() -> Source:
    """The same figures, live."""
    live = published("ranking") | {"published": None, "sha256": None}
    return Source(live, "双桥经开区", live["publication"]["scheme_text"], [])


def test_office_edits_the_wording() -> None:
    """What comes back out of WPS is filled in as ours is; what it says of itself is said all the same."""
    text = "标题｜双桥{{ 期间 }}通报\n正文｜{{ 全区.已报 }}个单位已报。\n版记｜抄送：管委会"
    edited = Kept(file=wording.as_template(wording.lines(text)))
    document = bulletin(source(published("ranking"), ranking=edited))
    assert document == bulletin(source(published("ranking"), ranking=text))
    texts = [one.text for one in Document(io.BytesIO(document)).paragraphs]
    assert texts[:2] == ["双桥2022年5月通报", "4个单位已报。"]
    assert "抄送：管委会" in texts
    assert any(published("ranking")["sha256"] in text for text in texts)


def test_office_template_with_an_unknown_field_is_refused_by_name() -> None:
    """With the list of those there are, and of a part that a field has not with its name."""
    for words, told in (("{{ 第一名 }}", r"第一名.*可用的字段有：.*期间"), ("{{ 全区.没有 }}", "没有")):
        with pytest.raises(Unfillable, match=told):
            bulletin(source(published("ranking"), ranking=f"标题｜{words}"))


def test_draft_says_so_on_every_page(printed: dict[str, list[PageSeen]]) -> None:
    """In the head of each."""
    pages = printed["draft"]
    assert len(pages) > 2
    assert [number for number, page in enumerate(pages, 1) if page.lines and "草稿，未发布" not in page.text] == []
    assert "SHA-256" not in "".join(page.text for page in pages)


@pytest.fixture(scope="module")
def full_pages(printed: dict[str, list[PageSeen]]) -> list[PageSeen]:
    """A document whose text alone fills pages, without a digit in it; then paragraphs with a number wherever a line may end."""
    return printed["full"]


def measured(pages: list[PageSeen]) -> dict[str, tuple[str, float, float]]:
    """What the standard measures: in which unit, what it asks for, and what the second page has."""
    page = pages[1]
    body = read.in_text(page)
    characters = [one for line in body for one in line.characters]
    pitch = (body[-1].middle - body[0].middle) / (len(body) - 1)
    number = next(line for line in page.lines if re.fullmatch(r"—\d+—", line.text))
    return {
        "页宽": ("毫米", of.PAGE_WIDTH, page.width),
        "页高": ("毫米", of.PAGE_HEIGHT, page.height),
        "左边距（订口）": ("毫米", of.LEFT, min(one.left for one in characters)),
        "右边距（切口）": ("毫米", of.RIGHT, page.width - max(one.right for one in characters)),
        "上边距（天头，至首行中线减半行）": ("毫米", of.TOP, body[0].middle - pitch / 2),
        "下边距（地脚，至末行中线加半行）": ("毫米", of.BOTTOM, page.height - body[-1].middle - pitch / 2),
        "每面行数": ("行", of.LINES, len(body)),
        "每行字数": ("字", of.CHARACTERS, max(len(line.text) for line in body)),
        "行距": ("磅", of.PITCH, pitch / of.POINT),
        "页码距版心下边缘": ("毫米", of.NUMBER_BELOW_TEXT, number.characters[0].top - (page.height - of.BOTTOM)),
    }


def test_page_and_lines_are_the_standards(full_pages: list[PageSeen]) -> None:
    """A4; 22 lines a page, 28 characters a line, within the margins, to a millimetre and a half."""
    found = measured(full_pages)
    assert {
        name: told for name, told in found.items() if abs(told[1] - told[2]) > (0 if told[0] in {"行", "字"} else 1.5)
    } == {}


def test_no_number_is_broken_at_the_end_of_a_line(full_pages: list[PageSeen]) -> None:
    """Wherever it stands, it is read in one line."""
    told = "\n".join(line.text for page in read.upright(full_pages) for line in read.in_text(page))
    assert (told.count("94.01"), told.count("12345")) == (15, 15)
    assert read.broken_in_text(full_pages) == []


def wide(content: Content) -> Content:
    """As many digits as figures of a row come to have."""
    of = {
        "inspections": 1234,
        "problem_inspections": 1000,
        "hazards": 1234,
        "penalties": 1000,
        "due_cases": 1000,
        "closed_cases": 1000,
    }
    for row in rows(content):
        if row["score"] is not None:
            row |= {"score": 100.0, "rank_interval": [10, 15]}
            row["indicators"] |= of | {"completion": 1.353, "problem_rate": 0.8103, "closed_loop_rate": 1.0}
    return content


def test_no_number_of_an_annex_is_broken(documents: dict[str, bytes], printed: dict[str, list[PageSeen]]) -> None:
    """All figures of a row of a table stand in one line, each whole; a typeface wider than that of the standard would break them."""
    broken = {name: read.broken_figures(documents[name], printed[name]) for name in ("wide", "long", *REPORTS)}
    assert {name: lost for name, lost in broken.items() if lost} == {}


def test_all_that_is_written_is_printed(documents: dict[str, bytes], printed: dict[str, list[PageSeen]]) -> None:
    """No mark is lost at the end of a line, no word anywhere: each paragraph is read whole in the PDF, over the ends of lines and pages."""
    assert all(len("".join(read.paragraphs(document))) > len("通报印发") for document in documents.values())
    missing = {name: read.unprinted(document, printed[name]) for name, document in documents.items()}
    assert {name: lost for name, lost in missing.items() if lost} == {}


def number_of(page: PageSeen) -> Line:
    """The number of a page, in its line."""
    return next(line for line in reversed(page.lines) if re.fullmatch(r"—\d+—", line.text))


def placed(pages: list[PageSeen]) -> dict[str, tuple[str, float, float]]:
    """Where page numbers and the imprint stand, measured as above: on the first page, on the second, and on the last."""
    (odd, even), last = (number_of(page).characters for page in pages[:2]), pages[-1]
    imprint = next(line for line in last.lines if "印发" in line.text)
    return {
        "单页码距版心右边缘": ("字（四号）", 1, (of.PAGE_WIDTH - of.RIGHT - odd[-1].right) / of.POINT / of.NUMBER),
        "双页码距版心左边缘": ("字（四号）", 1, (even[0].left - of.LEFT) / of.POINT / of.NUMBER),
        "版记所在面（双数面为0）": ("", 0, len(pages) % 2),
        "版记末行中线距版心下边缘": ("磅", of.PITCH / 2, (of.PAGE_HEIGHT - of.BOTTOM - imprint.middle) / of.POINT),
    }


def table_of(found: dict[str, tuple[str, float, float]]) -> str:
    """The table as it stands in docs/documents.md."""
    rows = [
        f"| {name} | {f'{wanted:g} {unit}'.strip()} | {value:.1f} |" for name, (unit, wanted, value) in found.items()
    ]
    return "\n".join(["| what | the standard | measured |", "|---|---|---|", *rows])


def test_measures_stand_in_the_document(full_pages: list[PageSeen], long_pages: list[PageSeen]) -> None:
    """docs/documents.md has the table as it is measured now; with WRITE_MEASURES in the environment it is written there."""
    table = table_of(measured(full_pages) | placed(long_pages))
    text = DOCUMENT.read_text(encoding="utf-8")
    if "WRITE_MEASURES" in os.environ:
        text = re.sub(r"\| what \| the standard \|(.*\n)+?(?=\n)", f"{table}\n", text)
        DOCUMENT.write_text(text, encoding="utf-8")
    assert table in text, f"WRITE_MEASURES=1 writes it:\n{table}"


@pytest.mark.parametrize("report", REPORTS)
def test_fields_stand_in_the_document(report: str) -> None:
    """docs/documents.md lists what a template may ask for, and nothing else."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = text.partition(f"### {report}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    told = set(re.findall(r"^- `([^`]+)`", section, re.MULTILINE))
    assert told == set(fields_of(source(published(report))))


def test_pages_are_numbered_outside_and_below(long_pages: list[PageSeen]) -> None:
    """— 1 — at the right of odd pages, at the left of even ones, 7 mm below the text. The imprint's page is an even one: where that takes a
    blank page before it, the converter leaves that one out, and its number with it.
    """
    upright = [(number, page) for number, page in enumerate(long_pages, 1) if page.width < page.height and page.lines]
    assert len(upright) > 2
    for place, page in upright:
        number = place + place % 2 if page is long_pages[-1] else place
        line = next(line for line in reversed(page.lines) if re.fullmatch(r"—\d+—", line.text))
        assert line.text == f"—{number}—"
        middle = (line.characters[0].left + line.characters[-1].right) / 2
        assert (middle > page.width / 2) == (number % 2 == 1)
        below = min(one.top for one in line.characters) - (of.PAGE_HEIGHT - of.BOTTOM)
        assert 5 < below < 10


def test_annex_lies_on_its_side_with_its_head_on_every_page(long_pages: list[PageSeen]) -> None:
    """No row is cut, no name leaves the page."""
    lying = [page for page in long_pages if page.width > page.height]
    of_towns = [page for page in lying if "街道办事处" in page.text]
    assert len(of_towns) > 2
    assert all("名次" in page.text and "备注" in page.text for page in of_towns)
    told = "".join(page.text for page in of_towns).replace("\n", "")
    assert all(f"第{place}街道办事处" in told for place in range(1, 60))
    assert (
        max(one.right for page in lying for line in page.lines for one in line.characters)
        < of.PAGE_HEIGHT - of.BOTTOM + MILLIMETRE
    )


def announced(document: bytes) -> list[str]:
    """The titles of annexes that the body announces."""
    told = [one.text for one in Document(io.BytesIO(document)).paragraphs if one.style.style_id == ANNEX]
    return [re.sub(r"^(附件：|\u3000+)(\d\. )?", "", one) for one in told]


@pytest.mark.parametrize("report", REPORTS)
def test_each_annex_begins_on_a_page_of_its_own_under_its_announced_title(
    documents: dict[str, bytes], printed: dict[str, list[PageSeen]], report: str
) -> None:
    """附件1 at the beginning of the first line, in 黑体; the title in the middle of the third, as the body has it."""
    titles = announced(documents[report])
    labels = [f"附件{number}" for number in range(1, len(titles) + 1)] if len(titles) > 1 else ["附件"]
    heads = [page for page in printed[report] if page.lines and page.lines[0].text in labels]
    assert [(page.lines[0].text, page.lines[1].text) for page in heads] == list(zip(labels, titles, strict=True))
    first, *_others = (page for page in printed[report] if page.width > page.height)
    assert first is heads[0]
    for page in heads:
        label, title = page.lines[:2]
        assert abs(label.characters[0].left - of.TOP) < MILLIMETRE
        assert (
            abs((title.characters[0].left + title.characters[-1].right) / 2 - of.TOP - LANDSCAPE_WIDTH / 2) < MILLIMETRE
        )
        assert abs(title.middle - label.middle - 2 * of.PITCH * of.POINT) < 2 * MILLIMETRE
    faces = [
        one.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))
        for one in Document(io.BytesIO(documents[report])).paragraphs
        if one.text in labels
    ]
    assert faces == [of.HEI] * len(labels)


@pytest.mark.parametrize("lines", ENDINGS)
def test_no_page_holds_the_signature_alone(printed: dict[str, list[PageSeen]], lines: int) -> None:
    """However the text ends."""
    pages = printed[f"ends-{lines}"]
    page = next(page for page in pages if "2022年6月5日" in page.text)
    assert "安全生产工作情况" in page.text


def test_imprint_is_at_the_foot_of_the_last_page_an_even_one(long_pages: list[PageSeen]) -> None:
    """Between its rules; the fingerprint stands above."""
    last = long_pages[-1]
    assert int(re.findall(r"—(\d+)—", last.text.replace(" ", ""))[-1]) == len(long_pages)
    assert "印发" in last.text
    line = next(line for line in last.lines if "印发" in line.text)
    assert of.PAGE_HEIGHT - of.BOTTOM - 12 < line.middle < of.PAGE_HEIGHT - of.BOTTOM
    assert published("ranking")["sha256"] in last.text.replace("\n", "")


def test_imprint_is_on_the_back_of_a_leaf(printed: dict[str, list[PageSeen]]) -> None:
    """Printed on both sides: the PDF has an even number of pages, a blank one before the last where that would be an odd one, and none else."""
    assert {name for name, pages in printed.items() if len(pages) % 2} == set()
    assert {tuple(read.blank_pages(pages)) for pages in printed.values()} == {(), (-2,)}


@pytest.mark.parametrize("report", REPORTS)
def test_every_published_figure_of_a_unit_is_in_the_annex(report: str) -> None:
    """Places and scores, or deaths and caps, as the JSON has them."""
    content = published(report)
    told = {
        row.cells[0].text + row.cells[1].text: [cell.text for cell in row.cells]
        for table in Document(io.BytesIO(bulletin(source(content)))).tables
        for row in table.rows
    }
    if report == "casualties":
        row = next(texts for texts in told.values() if texts[0] == "全区")
        assert row[1:5] == [str(content["zone"][key]) for key in ("deaths", "fatal_accidents", "cap")] + ["5"]
        return
    for group in content["groups"]:
        scored_any = any(row["score"] is not None for row in group["rows"])
        for row in group["rows"]:
            place = "—" if row["rank"] is None or not scored_any else str(row["rank"])
            score = "—" if row["score"] is None else f"{row['score']:.2f}"
            assert told[place + row["name"]][:3] == [place, row["name"], score]


def test_without_libreoffice_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No PDF, and a sentence."""
    from dashboards.meeting.converting import NoConverter

    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoConverter, match="未安装LibreOffice"):
        as_pdf(b"", ".docx")
