"""A deck that somebody edited: what is shown otherwise is told by its slide; what hinders nobody is not."""

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
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Pt

from dashboards.__main__ import freeze
from dashboards.meeting import document_slides, issued
from dashboards.meeting.deck import deck
from dashboards.meeting.document_slides import slides_read
from dashboards.meeting.source import Source
from dashboards.meeting.sources import published_source
from dashboards.results.verification import sentences
from data.intake.publications import Publication
from data.settings import Settings
from data.zone.periods import parse_period
from etl.reading.limits import Unreadable
from etl.reading.plain_slides import slides_of
from tests.how_many import LEAST, cases
from tests.integration.libreoffice import all_saved_by_libreoffice
from tests.integration.test_document_words import examined, rewritten
from tests.integration.two_towns import may_of_two_towns

PPTX = "pptx:Impress MS PowerPoint 2007 XML"
Edit = Callable[[Any], object]
SHORT, BARS = 4, 2
"""Counted from 0, the slide with the table of what fell short; and the one with the bars of a group."""


@pytest.fixture(scope="module")
def settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """May of two towns, an accident, and the year's caps and plans."""
    with may_of_two_towns(sqlite_template, tmp_path_factory.mktemp("slides")) as found:
        yield found


@pytest.fixture(scope="module")
def month(settings: Settings) -> Publication:
    """The ranking of May."""
    return freeze(settings, "ranking", parse_period("2022-05"), None, reason="提前", mistake=False)


@pytest.fixture(scope="module")
def document(month: Publication) -> bytes:
    """Its deck."""
    return _made(published_source(month))


_DECKS: dict[str, bytes] = {}
_TOLD: dict[bytes, Any] = {}


def _made(source: Source) -> bytes:
    """A deck, made once."""
    key = source.content["sha256"]
    if key not in _DECKS:
        _DECKS[key] = deck(source)
    return _DECKS[key]


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decks are read in this process but where the reader itself is tested: hundreds of starts would take minutes."""
    if "child" in request.node.name:
        return

    def told_of(_reader: str, raw: bytes) -> Any:
        if raw in _TOLD:
            return _TOLD[raw]
        try:
            told = asdict(slides_of(raw))
        except Unreadable:
            return None
        if raw in _DECKS.values():
            _TOLD[raw] = told
        return told

    monkeypatch.setattr(document_slides, "told_of", told_of)
    monkeypatch.setattr(issued, "deck", _made)


def edited(raw: bytes, edit: Edit) -> bytes:
    """The deck as somebody saved it after an edit."""
    opened = Presentation(io.BytesIO(raw))
    edit(opened)
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def shape(opened: Any, slide: int, name: str) -> Any:
    """The shape of this name on a slide."""
    return next(one for one in opened.slides[slide].shapes if one.name == name)


def cell(opened: Any, row: int, column: int) -> Any:
    """The first run of a cell of the table of what fell short."""
    return shape(opened, SHORT, "表").table.cell(row, column).text_frame.paragraphs[0].runs[0]


def title_run(opened: Any) -> Any:
    """The first run of the title above the table of what fell short."""
    return opened.slides[SHORT].shapes.title.text_frame.paragraphs[0].runs[0]


def moved(opened: Any) -> None:
    """A slide put before the one above it."""
    listed = opened.slides._sldIdLst
    listed.insert(2, listed[3])


def another_number(opened: Any) -> None:
    """The chart drawn from other numbers, as whoever edits them in the program does."""
    from pptx.chart.data import CategoryChartData

    chart = shape(opened, BARS, "图").chart
    told = CategoryChartData()
    told.categories = list(chart.plots[0].categories)
    told.add_series("得分", [96.5, 84.38])
    chart.replace_data(told)


def filled(opened: Any) -> None:
    """A white box over the table."""
    made = opened.slides[SHORT].shapes.add_shape(1, Emu(600_000), Emu(1_600_000), Emu(3_000_000), Emu(1_000_000))
    made.fill.solid()
    made.fill.fore_color.rgb = RGBColor(255, 255, 255)


def pictured(opened: Any) -> None:
    """A picture over the table."""
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    file.seek(0)
    opened.slides[SHORT].shapes.add_picture(file, Emu(600_000), Emu(1_600_000))


def boxed(opened: Any) -> None:
    """Words added."""
    opened.slides[SHORT].shapes.add_textbox(0, 0, Emu(3_000_000), Emu(500_000)).text_frame.text = "双路第一"


def over_the_table(opened: Any) -> None:
    """The number of the slide put where a figure stands."""
    table, number = (shape(opened, SHORT, name) for name in ("表", "页码"))
    number.left, number.top, number.width, number.height = table.left, table.top, Emu(900_000), Emu(500_000)


def on_the_layout(opened: Any) -> None:
    """Words on what all slides are laid on."""
    made = opened.slides[BARS].slide_layout.shapes._spTree
    box = opened.slides[SHORT].shapes.add_textbox(0, 0, Emu(3_000_000), Emu(500_000))
    box.text_frame.text = "作废"
    made.append(box._element)


HARMFUL: dict[str, tuple[Edit, str, str]] = {
    "a figure in a table": (lambda it: setattr(cell(it, 1, 1), "text", "99"), "第5张表B2", "99"),
    "a name in a table": (lambda it: setattr(cell(it, 1, 0), "text", "电力"), "第5张表A2", "电力"),
    "a word of a title": (lambda it: setattr(it.slides[0].shapes.title.text_frame.paragraphs[0].runs[0], "text", "2022年4月执法检查排名"), "第1张标题", "2022年4月执法检查排名"),
    "a word of the notes": (lambda it: setattr(it.slides[BARS].notes_slide.notes_text_frame.paragraphs[1].runs[0], "text", "次序可靠。"), "第3张备注第2段", "次序可靠。"),
    "notes taken out": (lambda it: it.slides[BARS].notes_slide.notes_text_frame.clear(), "第3张备注第1段", "—"),
    "a foot": (lambda it: setattr(shape(it, BARS, "页脚").text_frame.paragraphs[0].runs[0], "text", "第2版"), "第3张页脚1", "第2版"),
    "a number of a chart": (another_number, "第3张图表1", "0=96.5"),
    "a slide taken out": (lambda it: it.slides._sldIdLst.remove(it.slides._sldIdLst[3]), "第4张（缺的或换了位置的一张）", "—"),
    "a slide moved": (moved, "第3张（多出的一张）", "部门组和发展中心组本月没有两个以上单位有得分，不排名"),
    "words added": (boxed, "第5张文字1", "双路第一"),
    "words on the layout": (on_the_layout, "母版文字1", "作废"),
    "a box over the table": (filled, "第5张，文字之外（1）", "（有填充的对象，可能遮住文字）"),
    "a picture over the table": (pictured, "第5张对象2", "（图片）"),
    "the number of the slide beside a figure": (over_the_table, "第5张，文字之外（1）", "（有内容盖在文字上）"),
    "white letters": (lambda it: setattr(cell(it, 1, 1).font.color, "rgb", RGBColor(255, 255, 255)), "第5张表B2", "（字色或字号看不清）"),
    "tiny letters": (lambda it: setattr(cell(it, 1, 1).font, "size", Pt(1)), "第5张表B2", "（字色或字号看不清）"),
    "a hidden slide": (lambda it: it.slides[SHORT]._element.set("show", "0"), "第5张，文字之外（1）", "（这一张已隐藏）"),
    "a table beside the slide": (lambda it: setattr(shape(it, SHORT, "表"), "left", Emu(20_000_000)), "第5张，文字之外（1）", "（有内容在画面之外）"),
    "a shape that is hidden": (lambda it: shape(it, SHORT, "表")._element.xpath(".//p:cNvPr")[0].set("hidden", "1"), "第5张，文字之外（1）", "（有隐藏的对象）"),
    "a table on its head": (lambda it: setattr(it.slides[0].shapes.title, "rotation", 180.0), "第1张，文字之外（1）", "（有旋转或翻转的内容）"),
    "a column without width": (lambda it: setattr(shape(it, SHORT, "表").table.columns[1], "width", Emu(10)), "第5张，文字之外（1）", "（不能判定的内容：gridCol）"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "place", "found"), HARMFUL.values(), ids=HARMFUL)
def test_what_is_shown_otherwise_is_told_by_its_slide(
    settings: Settings, document: bytes, edit: Edit, place: str, found: str
) -> None:
    """However small it is."""
    verdict = examined(settings, edited(document, edit))
    assert verdict.status == "altered"
    assert verdict.cells.get(place, ("", ""))[1] == found, verdict.cells


SLIDE, CHART = "ppt/slides/slide5.xml", "ppt/charts/chart1.xml"
BY_HAND = {
    "struck out": (SLIDE, r'(<a:tr [^>]*>.*?<a:tr [^>]*>.*?<a:rPr )', r'\1strike="sngStrike" ', "第5张表A2"),
    "without colour": (SLIDE, r"(<a:tr [^>]*>.*?<a:tr [^>]*>.*?<a:rPr [^>]*>)<a:solidFill>.*?</a:solidFill>", r"\1<a:noFill/>", "第5张表A2"),
    "the ground's colour by its name": (SLIDE, r'(<a:tr [^>]*>.*?<a:tr [^>]*>.*?<a:schemeClr val=")tx1', r"\1bg1", "第5张表A2"),
    "as good as through": (SLIDE, r'(<a:tr [^>]*>.*?<a:tr [^>]*>.*?)<a:schemeClr val="tx1"/>', r'\1<a:schemeClr val="tx1"><a:alpha val="0"/></a:schemeClr>', "第5张表A2"),
    "a black cell": (SLIDE, r"(<a:tr [^>]*>.*?<a:tcPr [^>]*>.*?)<a:noFill/>(</a:tcPr>)", r'\1<a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill>\2', "第5张，文字之外"),
    "a black ground": (SLIDE, r"(<p:cSld>)", r'\1<p:bg><p:bgPr><a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>', "第5张，文字之外"),
    "a theme with white ink": ("ppt/theme/theme1.xml", r'(<a:dk1><a:srgbClr val=")1A1A1A', r"\1FFFFFF", "第5张表A2"),
    "white ink on the master": ("ppt/slideMasters/slideMaster1.xml", r'(<p:titleStyle>.*?<a:schemeClr val=")tx2', r"\1bg1", "整份演示文稿"),
    "a letter size of the master": ("ppt/slideMasters/slideMaster1.xml", r'(<p:titleStyle>.*?sz=")\d+', r"\g<1>100", "整份演示文稿"),
    "a field that tells the day": (SLIDE, r'type="slidenum"', 'type="datetime1"', "第5张"),
    "letters shrunk to nothing": (SLIDE, r"<a:bodyPr([^>]*)><a:spAutoFit/></a:bodyPr>", r'<a:bodyPr\1><a:normAutofit fontScale="1000"/></a:bodyPr>', "第5张，文字之外"),
    "a choice that nobody makes": (SLIDE, r"(</p:spTree>)", r'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="zzz"><p:sp><p:nvSpPr><p:cNvPr id="77" name="x"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>双路第一</a:t></a:r></a:p></p:txBody></p:sp></mc:Choice></mc:AlternateContent>\1', "第5张文字"),
    "an element of another program": (SLIDE, r"(</p:spTree>)", r'<z:ink xmlns:z="urn:ink"/>\1', "第5张，文字之外"),
    "an animation that takes the table away": (SLIDE, r"(</p:sld>)", r"<p:timing/>\1", "第5张，文字之外"),
    "a slide that goes on by itself": (SLIDE, r"(</p:sld>)", r'<p:transition advTm="0"/>\1', "第5张，文字之外"),
    "a part of the show alone": ("ppt/presProps.xml", r"(<p:presentationPr[^>]*>)", r'\1<p:showPr><p:sldRg st="1" end="2"/></p:showPr>', "整份演示文稿"),
    "a number that the chart keeps": (CHART, r"(<c:numCache>.*?<c:v>)[\d.]+", r"\g<1>96.5", "第3张图表"),
    "an axis that begins elsewhere": (CHART, r'<c:min val="[^"]*"', '<c:min val="80"', "第3张图表"),
    "bars in the other order": (CHART, r'<c:orientation val="maxMin"', '<c:orientation val="minMax"', "第3张图表"),
    "a figure as the chart's format": (CHART, r'<c:numFmt formatCode="[^"]*"', '<c:numFmt formatCode="&quot;99.99&quot;"', "第3张图表"),
    "words on the chart": (CHART, r"(<c:autoTitleDeleted)", r"<c:title><c:tx><c:rich><a:p><a:r><a:t>双路第一</a:t></a:r></a:p></c:rich></c:tx></c:title>\1", "第3张图表"),
    "another revision in the properties": ("docProps/custom.xml", r'(name="revision"><vt:lpwstr>)1', r"\g<1>2", "文件属性"),
    "another fingerprint on the last slide": ("ppt/slides/slide8.xml", r"(SHA-256 )[0-9a-f]{64}", r"\g<1>" + 64 * "0", "第8张文字"),
}  # fmt: skip


@pytest.mark.parametrize(("part", "was", "put", "place"), BY_HAND.values(), ids=BY_HAND)
def test_what_is_changed_in_the_file_itself_is_told(
    settings: Settings, document: bytes, part: str, was: str, put: str, place: str
) -> None:
    """What no program offers, and every program shows."""
    verdict = examined(settings, rewritten(document, part, f"(?s){was}", put))
    assert verdict.status == "altered"
    assert any(at.startswith(place) for at in verdict.cells), verdict.cells


def test_numbers_behind_a_chart_are_told(settings: Settings, document: bytes) -> None:
    """Whoever edits the chart is shown those, whatever is drawn before."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        name = next(one for one in package.namelist() if one.endswith("Sheet1.xlsx"))
        book = package.read(name)
    other = rewritten(book, "xl/worksheets/sheet1.xml", r'(<c r="B2"[^>]*><v>)[\d.]+', r"\g<1>96.5")
    cells = examined(settings, _with_part(document, name, other)).cells
    assert {place: here for place, (_was, here) in cells.items()} == {"第3张图表数据B2": "96.5"}


HARMLESS: dict[str, Edit] = {
    "saved again": lambda _it: None,
    "bold": lambda it: setattr(cell(it, 1, 1).font, "bold", True),
    "red": lambda it: setattr(cell(it, 1, 1).font.color, "rgb", RGBColor(192, 0, 0)),
    "larger": lambda it: setattr(title_run(it).font, "size", Pt(30)),
    "moved a little": lambda it: setattr(shape(it, SHORT, "表"), "left", Emu(700_000)),
    "another title in the properties": lambda it: setattr(it.core_properties, "title", "五月"),
}


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_what_hinders_nobody_on_a_slide_is_no_difference(settings: Settings, document: bytes, edit: Edit) -> None:
    """The figures are those published; the file is another."""
    verdict = examined(settings, edited(document, edit))
    assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", False, {})
    assert sentences(verdict)[1] == "文件非原样：经过另存，数字未变。"


def test_the_very_deck_is_told(settings: Settings, document: bytes) -> None:
    """As it was given out."""
    verdict = examined(settings, document)
    assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", True, {})


def test_without_its_properties_a_deck_is_known_by_its_last_slide(settings: Settings, document: bytes) -> None:
    """Programs drop them; the fingerprint stands there."""
    bare = rewritten(document, "docProps/custom.xml", r"<property .*</property>", "")
    assert (examined(settings, bare).status, examined(settings, bare).same_file) == ("current", False)


def test_saved_by_libreoffice_all_three_decks_are_true(settings: Settings, document: bytes, tmp_path: Path) -> None:
    """Charts without their workbooks, runs torn apart, placeholders elsewhere: what is shown is the same; and a digit is still found."""
    sources = [tmp_path / "ranking.pptx"]
    sources[0].write_bytes(document)
    for report, period in (("scores", "2022Q2"), ("casualties", "2022")):
        one = freeze(settings, report, parse_period(period), None, reason="提前", mistake=False)
        sources.append(tmp_path / f"{report}.pptx")
        sources[-1].write_bytes(deck(published_source(one)))
    saved = all_saved_by_libreoffice(sources, tmp_path / "saved", PPTX)
    for path in saved:
        verdict = examined(settings, path.read_bytes())
        assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", False, {}), path.name
    other = rewritten(saved[0].read_bytes(), "ppt/charts/chart1.xml", r"(?s)(<c:numCache>.*?<c:v>)[\d.]+", r"\g<1>96.5")
    assert examined(settings, other).status == "altered"


@pytest.mark.slow
def test_law_one_digit_on_any_slide_is_found(settings: Settings, document: bytes) -> None:
    """In a title, a table, a foot or the notes."""
    chance = Random(9704)
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        texts = {
            name: package.read(name).decode()
            for name in package.namelist()
            if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes"))
        }
    digits = [
        (name, found.start()) for name, text in texts.items() for found in re.finditer(r"\d(?=[^<>]*</a:t>)", text)
    ]
    assert len(digits) > LEAST
    for name, at in chance.sample(digits, min(len(digits), cases())):
        text = texts[name]
        other = str((int(text[at]) + 1 + chance.randrange(8)) % 10)
        verdict = examined(settings, _with_part(document, name, (text[:at] + other + text[at + 1 :]).encode()))
        assert verdict.status == "altered", text[at - 60 : at + 20]
        assert len(verdict.cells) == 1


def _with_part(document: bytes, name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as told, zipfile.ZipFile(file, "w") as written:
        for one in told.namelist():
            written.writestr(one, content if one == name else told.read(one))
    return file.getvalue()


def _with(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="{relation}" '
            f'Target="{name}"/></Relationships>',
        )
        package.writestr(name, content)
    return file.getvalue()


MAIN = "ppt/presentation.xml"
HOSTILE = {
    "no package": b"PKppt/presentation.xml",
    "a bomb": _with(MAIN, b"<a>" + b" " * 2**28 + b"</a>"),
    "a million elements": _with(MAIN, b"<a>" + b"<b/>" * 1_000_000 + b"</a>"),
    "a deep one": _with(MAIN, b"<a>" * 5_000),
    "a document type": _with(MAIN, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "another document": _with(MAIN, b"<a/>"),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_deck_is_said_to_be_unreadable(settings: Settings, raw: bytes) -> None:
    """And nothing of it is believed."""
    verdict = examined(settings, raw)
    assert (verdict.status, sentences(verdict)[0][:16]) == ("unknown", "这份演示文稿或PDF无法读取：文")


def test_child_reads_the_deck_and_ends_at_its_limits(document: bytes) -> None:
    """Through its own process, the same words; a bomb ends it, and not who asks."""
    found = slides_read(document)
    assert found is not None
    assert found.lines == [tuple(one) for one in slides_of(document).lines]
    assert slides_read(HOSTILE["a bomb"]) is None
