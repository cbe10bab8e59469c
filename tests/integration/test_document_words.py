"""A bulletin that somebody edited: what its reader finds otherwise is told with its place, what hinders nobody is not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt, RGBColor

from dashboards.__main__ import freeze
from dashboards.meeting import document_words
from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.document_words import words_read
from dashboards.meeting.sources import published_source
from dashboards.meeting.verifying import verify
from dashboards.results.verification import Verdict
from data.intake.publications import Publication
from data.people.scope import office
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from etl.reading.limits import Unreadable
from etl.reading.plain_words import words_of
from tests.fetching import fetched
from tests.how_many import LEAST, cases
from tests.integration.libreoffice import all_saved_by_libreoffice
from tests.integration.two_towns import may_of_two_towns

DOCX = "docx:MS Word 2007 XML"
TEXT = "word/document.xml"
Edit = Callable[[Any], object]


@pytest.fixture(scope="module")
def settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """May of two towns, an accident, and the year's caps and plans."""
    with may_of_two_towns(sqlite_template, tmp_path_factory.mktemp("words")) as found:
        yield found


@pytest.fixture(scope="module")
def month(settings: Settings) -> Publication:
    """The ranking of May."""
    return freeze(settings, "ranking", parse_period("2022-05"), None, reason="提前", mistake=False)


@pytest.fixture(scope="module")
def document(month: Publication) -> bytes:
    """Its bulletin."""
    return bulletin(published_source(month))


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read in this process but where the reader itself is tested: hundreds of starts would take minutes."""
    if "child" in request.node.name:
        return

    def told_of(_reader: str, raw: bytes) -> Any:
        try:
            return asdict(words_of(raw))
        except Unreadable:
            return None

    monkeypatch.setattr(document_words, "told_of", told_of)


def examined(settings: Settings, raw: bytes) -> Verdict:
    """What a document is found to be."""
    engine, scope = reader(settings.database_url), office(settings.zone)
    return fetched(engine, scope, verify, raw, fixed_today=settings.today)


def edited(raw: bytes, edit: Edit) -> bytes:
    """The document as somebody saved it after an edit."""
    opened = Document(io.BytesIO(raw))
    edit(opened)
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def rewritten(raw: bytes, part: str, was: str, put: str) -> bytes:
    """The document with its XML changed by hand."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    assert re.search(was, text), text[:2000]
    parts[part] = re.sub(was, put, text, count=1).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def paragraph(opened: Any, begins: str) -> Any:
    """The paragraph that begins so."""
    return next(one for one in opened.paragraphs if one.text.startswith(begins))


def run_of(opened: Any, begins: str, **font: Any) -> None:
    """Its letters made others."""
    for run in paragraph(opened, begins).runs:
        for name, value in font.items():
            setattr(run.font, name, value)


def white(opened: Any, begins: str) -> None:
    """Its letters made white."""
    for run in paragraph(opened, begins).runs:
        run.font.color.rgb = RGBColor(255, 255, 255)


def swapped(opened: Any) -> None:
    """Two paragraphs, each in the other's place."""
    first, second = (paragraph(opened, begins)._p for begins in ("（一）", "（二）"))
    second.addprevious(first)
    first.addprevious(second)


def in_a_box(opened: Any) -> None:
    """A text box that says another thing."""
    box = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:pict>'
        "<v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>双路第一</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    from docx.oxml import parse_xml

    opened.element.body.insert(0, parse_xml(box))


def pictured(opened: Any) -> None:
    """A picture over the text."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    file.seek(0)
    opened.add_picture(file)


HARMFUL: dict[str, tuple[Edit, str, str]] = {
    "another score in a table": (lambda it: it.tables[0].rows[1].cells[2].paragraphs[0].runs[0].__setattr__("text", "96.00"), "表1!C2", "96.00"),
    "another name in a table": (lambda it: it.tables[0].rows[1].cells[1].paragraphs[0].runs[0].__setattr__("text", "邮亭镇人民政府"), "表1!B2", "邮亭镇人民政府"),
    "a row less": (lambda it: it.tables[0]._tbl.remove(it.tables[0].rows[-1]._tr), "表1!B5", "—"),
    "a number in the text": (lambda it: paragraph(it, "应报单位").runs[0].__setattr__("text", "应报单位3个。"), "第5段", "应报单位3个。"),
    "a paragraph more": (lambda it: it.paragraphs[3].insert_paragraph_before("双路第一。"), "第3段", "双路第一。"),
    "a paragraph less": (lambda it: paragraph(it, "应报单位")._p.getparent().remove(paragraph(it, "应报单位")._p), "第5段", "—"),
    "headings swapped": (swapped, "第11段", "（一）镇街组"),
    "white letters": (lambda it: white(it, "应报单位"), "第5段", "（字色或字号看不清）"),
    "tiny letters": (lambda it: run_of(it, "应报单位", size=Pt(1)), "第5段", "（字色或字号看不清）"),
    "hidden letters": (lambda it: run_of(it, "应报单位", hidden=True), "第5段", "（已隐藏，看不到）"),
    "struck out": (lambda it: run_of(it, "应报单位", strike=True), "第5段", "（加了删除线）"),
    "a box": (in_a_box, "第1段", "双路第一"),
    "a picture": (pictured, "正文之外", "（图片）"),
    "a head of the pages": (lambda it: it.sections[0].header.paragraphs[0].add_run("作废"), "页眉或页脚", "作废"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "place", "found"), HARMFUL.values(), ids=HARMFUL)
def test_what_is_read_otherwise_is_told_with_its_place(
    settings: Settings, document: bytes, edit: Edit, place: str, found: str
) -> None:
    """However small it is."""
    verdict = examined(settings, edited(document, edit))
    assert verdict.status == "altered"
    assert verdict.cells.get(place, ("", ""))[1] == found, verdict.cells


BY_HAND = {
    "a deletion that is still shown": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'<w:del w:id="1" w:author="某"><w:r><w:delText>删</w:delText></w:r></w:del>\1\2', "第5段"),
    "words in a choice that nobody makes": (TEXT, r"(<w:t[^>]*>应报单位)", r'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="zzz"/></mc:AlternateContent>\1', "正文之外"),
    "a hyphen before a number": (TEXT, r"(<w:t[^>]*>应报单位)", r"<w:noBreakHyphen/>\1", "正文之外"),
    "a sign before a number": (TEXT, r"(<w:t[^>]*>应报单位)", r'<w:sym w:font="Arial" w:char="0039"/>\1', "正文之外"),
    "a field that computes": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'<w:r><w:instrText>QUOTE 99</w:instrText></w:r>\1\2', "正文之外"),
    "a paragraph taken out": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位.*?</w:r>)", r'<w:del w:id="1" w:author="某">\1\2</w:del>', "正文之外"),
    "a row taken from sight": (TEXT, r"(<w:trPr>)(<w:cantSplit/>)", r"\1\2<w:hidden/>", "正文之外"),
    "a row as high as a hair": (TEXT, r"(<w:trPr>)(<w:cantSplit/>)", r'\1\2<w:trHeight w:val="1" w:hRule="exact"/>', "正文之外"),
    "a column without width": (TEXT, r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="0"/>', "正文之外"),
    "black on black": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'\1<w:rPr><w:shd w:val="clear" w:fill="000000"/></w:rPr>\2', "正文之外"),
    "marked in black": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'\1<w:rPr><w:highlight w:val="black"/></w:rPr>\2', "第5段"),
    "the theme's paper as ink": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'\1<w:rPr><w:color w:val="auto" w:themeColor="background1"/></w:rPr>\2', "第5段"),
    "letters that are pictures": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'\1<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>\2', "第5段"),
    "letters over one another": (TEXT, r"(<w:r>)(<w:t[^>]*>应报单位)", r'\1<w:rPr><w:spacing w:val="-500"/></w:rPr>\2', "第5段"),
    "off the page": (TEXT, r"(<w:pStyle w:val=\"BodyText0\"/>)(</w:pPr>)", r'\1<w:ind w:left="20000"/>\2', "正文之外"),
    "the chart taken out": (TEXT, r"<w:drawing.*?</w:drawing>", "", "第"),
    "words on the chart": ("word/charts/chart1.xml", r"(<c:autoTitleDeleted)", r'<c:title><c:tx><c:rich><a:p><a:r><a:t>双路第一</a:t></a:r></a:p></c:rich></c:tx></c:title>\1', "图表"),
    "a figure as the chart's format": ("word/charts/chart1.xml", r'<c:numFmt formatCode="[^"]*"', '<c:numFmt formatCode="&quot;99.99&quot;"', "图表"),
    "a number at the foot of pages": ("word/footer1.xml", r"(<w:t[^>]*>— </w:t>)", r"\1<w:t>2022-10-08 99</w:t>", "页眉或页脚"),
    "another revision in the properties": ("docProps/custom.xml", r'(name="revision"><vt:lpwstr>)1', r"\g<1>2", "文件属性"),
    "letters white by their style": ("word/styles.xml", r'(w:styleId="BodyText0".*?<w:rPr>)', r'\1<w:color w:val="FFFFFF"/>', "第3段"),
    "letters white for all": ("word/styles.xml", r"(<w:rPrDefault><w:rPr>)", r'\1<w:color w:val="FFFFFF"/>', "第1段"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "was", "put", "place"), BY_HAND.values(), ids=BY_HAND)
def test_what_is_changed_in_the_file_itself_is_told(
    settings: Settings, document: bytes, part: str, was: str, put: str, place: str
) -> None:
    """What no program offers, and every program shows."""
    verdict = examined(settings, rewritten(document, part, was, put))
    assert verdict.status == "altered"
    assert any(at.startswith(place) for at in verdict.cells), verdict.cells


def test_number_of_the_chart_is_told(settings: Settings, document: bytes) -> None:
    """It is drawn from what it keeps, whatever its table says."""
    other = rewritten(document, "word/charts/chart1.xml", r"(?s)(<c:numCache>.*?<c:v>)[\d.]+", r"\g<1>1.5")
    verdict = examined(settings, other)
    assert (verdict.status, [found for _was, found in verdict.cells.values()]) == ("altered", ["0=1.5"])


HARMLESS: dict[str, Edit] = {
    "saved again": lambda _it: None,
    "bold": lambda it: run_of(it, "应报单位", bold=True),
    "larger": lambda it: run_of(it, "应报单位", size=Pt(22)),
    "red": lambda it: [setattr(run.font.color, "rgb", RGBColor(192, 0, 0)) for run in paragraph(it, "应报单位").runs],
    "a blank line": lambda it: it.paragraphs[3].insert_paragraph_before(""),
    "another title in the properties": lambda it: setattr(it.core_properties, "title", "五月"),
}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_what_hinders_nobody_is_no_difference(settings: Settings, document: bytes, edit: Edit) -> None:
    """The figures are those published; the file is another."""
    verdict = examined(settings, edited(document, edit))
    assert (verdict.status, verdict.figures_equal, verdict.same_file, dict(verdict.cells)) == (
        "current",
        True,
        False,
        {},
    )


def test_the_very_file_is_told(settings: Settings, document: bytes) -> None:
    """As it was given out."""
    verdict = examined(settings, document)
    assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", True, {})


def test_table_has_its_place(settings: Settings, document: bytes) -> None:
    """Before another heading it would be another group's."""

    def moved(opened: Any) -> None:
        opened.element.body.insert(0, opened.tables[0]._tbl)

    assert examined(settings, edited(document, moved)).status == "altered"


def test_without_its_properties_a_bulletin_is_known_by_what_is_printed(settings: Settings, document: bytes) -> None:
    """Programs drop them; the fingerprint stands on the last page."""
    bare = rewritten(document, "docProps/custom.xml", r"<property .*</property>", "")
    assert (examined(settings, bare).status, examined(settings, bare).same_file) == ("current", False)


def test_saved_by_libreoffice_all_three_are_true(settings: Settings, tmp_path: Path) -> None:
    """Frames moved, fields filled in: the words are the same."""
    sources = []
    for report, period in (("scores", "2022Q2"), ("casualties", "2022")):
        one = freeze(settings, report, parse_period(period), None, reason="提前", mistake=False)
        sources.append(tmp_path / f"{report}.docx")
        sources[-1].write_bytes(bulletin(published_source(one)))
    for path in all_saved_by_libreoffice(sources, tmp_path / "saved", DOCX):
        verdict = examined(settings, path.read_bytes())
        assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", False, {}), path.name


@pytest.mark.slow
def test_law_one_digit_anywhere_is_found(settings: Settings, document: bytes) -> None:
    """In the text, in a table or in the chart."""
    chance = Random(9704)
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        text = package.read(TEXT).decode()
    places = [match.start() for match in re.finditer(r"(?<=>)[^<>]*?\d", text)]
    digits = [match.start() for match in re.finditer(r"\d(?=[^<>]*</w:t>)", text)]
    assert len(places) > LEAST
    for at in chance.sample(digits, min(len(digits), cases())):
        other = str((int(text[at]) + 1 + chance.randrange(9)) % 10)
        if other == text[at]:
            continue
        verdict = examined(settings, _with_text(document, text[:at] + other + text[at + 1 :]))
        assert verdict.status == "altered", text[at - 60 : at + 20]
        assert len(verdict.cells) == 1


def _with_text(document: bytes, text: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as told, zipfile.ZipFile(file, "w") as written:
        for name in told.namelist():
            written.writestr(name, text if name == TEXT else told.read(name))
    return file.getvalue()


def test_child_reads_what_is_read_here(document: bytes) -> None:
    """Through its own process, the same words."""
    found = words_read(document)
    assert found is not None
    assert found.lines == [tuple(one) for one in words_of(document).lines]


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 2**28)
    return file.getvalue()


def _doctype() -> bytes:
    file = io.BytesIO()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{relation}" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return file.getvalue()


@pytest.mark.parametrize("raw", [b"PKword/", _bomb(), _doctype()], ids=["no package", "a bomb", "a document type"])
def test_child_gives_no_answer_to_what_is_no_document(raw: bytes) -> None:
    """It ends at its limits, and not who asks."""
    assert words_read(raw) is None
