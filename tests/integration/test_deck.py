"""Decks as they are shown: their XML as WPS reads it, and their slides as LibreOffice draws them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation

from dashboards.meeting import measures as of
from dashboards.meeting import slide_measures as on
from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck, deck_slides
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.source import Source
from etl.reading.plain_cells import properties
from tests.integration.libreoffice import printed_by_libreoffice
from tests.integration.packages import parts
from tests.integration.rendered import PageSeen, pages_seen
from tests.integration.test_bulletin import FOREIGN, REPORTS, draft, sixty, source
from tests.unit.test_bulletin_words import Content, Kept, alone, no_death, nobody, published, rows, scored

MAIN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
EMU = 914_400 / 25.4
Printed = tuple[bytes, list[PageSeen]]
"""A deck, and its slides as they are drawn."""


def opened(document: bytes) -> Any:
    """A deck as python-pptx has it."""
    return Presentation(io.BytesIO(document))


def office_master(*, wide: bool = True, kinds: tuple[str, ...] = ()) -> bytes:
    """A presentation of an office with two slides of its own, in the faces of Office; of its layouts those of these kinds alone."""
    made = Presentation()
    if wide:
        made.slide_width, made.slide_height = 12_192_000, 6_858_000
    for layout in list(made.slide_layouts):
        if kinds and layout.element.get("type") not in kinds:
            made.slide_layouts.remove(layout)
    for _number in range(2):
        slide = made.slides.add_slide(made.slide_layouts[0])
        slide.notes_slide.notes_text_frame.text = "旧备注"
        slide.shapes.add_textbox(0, 0, 9_000, 9_000).text_frame.text = "旧页"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def on_master(content: Content, master: bytes | None) -> Source:
    """A publication whose slides are laid on an office's own."""
    return source(content) if master is None else source(content, master=Kept(file=master))


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("master", [None, office_master()], ids=["ours", "an office's"])
def test_no_typeface_that_wps_would_miss(report: str, master: bytes | None) -> None:
    """In no part, the workbooks of charts and an office's theme included; every text has its East Asian one."""
    document = deck(on_master(published(report), master))
    assert [name for name, content in parts(document) if FOREIGN.search(content)] == []
    for name, content in parts(document):
        if not name.startswith(("ppt/slides/slide", "ppt/notesSlides/notes", "ppt/charts/chart")):
            continue
        root = etree.fromstring(content)
        told = [*root.iter(f"{MAIN}rPr"), *root.iter(f"{MAIN}endParaRPr"), *root.iter(f"{MAIN}defRPr")]
        assert told
        faces = [one.find(f"{MAIN}ea") for one in told]
        assert [one for one in faces if one is None or one.get("typeface") not in of.INSTEAD] == [], name


def test_themes_name_two_typefaces_and_none_of_other_scripts() -> None:
    """黑体 of headings, 宋体 of all else, in the theme of notes too; nothing goes by the theme."""
    themes = {name: content for name, content in parts(deck(source(published("ranking")))) if "ppt/theme/" in name}
    assert len(themes) == 2
    for content in themes.values():
        root = etree.fromstring(content)
        assert [(one.get("typeface")) for one in root.iter(f"{MAIN}ea")] == [of.HEI, of.SONG]
        assert {one.get("typeface") for one in root.iter(f"{MAIN}latin")} == {of.LATIN}
        assert list(root.iter(f"{MAIN}font")) == []
    by_theme = [name for name, content in parts(deck(source(published("ranking")))) if b'typeface="+m' in content]
    assert by_theme == []


@pytest.mark.parametrize("report", REPORTS)
def test_slides_are_wide_and_show_one_thing_below_a_sentence(report: str) -> None:
    """16:9; each has its title, one chart with its workbook or one table, what is read to whoever does not see it, and notes."""
    told = opened(deck(source(published(report))))
    assert (told.slide_width / EMU, told.slide_height / EMU) == (
        pytest.approx(on.WIDTH, abs=0.1),
        pytest.approx(on.HEIGHT, abs=0.1),
    )
    worded = deck_slides(source(published(report)))
    assert [slide.shapes.title.text_frame.text for slide in told.slides] == [one.title for one in worded]
    for slide, one in zip(told.slides, worded, strict=True):
        shown = [shape for shape in slide.shapes if shape.has_chart or shape.has_table]
        assert len(shown) == (0 if one.is_cover else 1)
        assert slide.notes_slide.notes_text_frame.text.split("\n") == one.notes
        for shape in shown:
            assert shape._element.xpath(".//p:cNvPr")[0].get("descr") == one.title
            if shape.has_chart:
                assert zipfile.is_zipfile(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))


@pytest.mark.parametrize("report", ["ranking", "scores"])
def test_bars_are_the_scores_of_the_json(report: str) -> None:
    """By name, group by group; and nobody's who has none."""
    content = published(report)
    drawn = {}
    for slide in opened(deck(source(content))).slides:
        for shape in slide.shapes:
            if shape.has_chart and shape.chart.plots[0].series[0].name == "得分":
                drawn |= dict(zip(shape.chart.plots[0].categories, shape.chart.plots[0].series[0].values, strict=True))
    wanted = [
        row
        for group in content["groups"]
        for row in group["rows"]
        if row["score"] is not None and sum(one["score"] is not None for one in group["rows"]) > 1
    ]
    assert wanted
    assert drawn == {row["name"]: row["score"] for row in wanted}


def test_tables_have_the_figures_of_the_json() -> None:
    """Sectors of the month, units of the year."""
    content = published("ranking")
    cells = {row[0]: row for row in _rows(deck(source(content)))}
    for one in content["sectors"]:
        keys = ("inspections", "problem_inspections", "hazards", "major_hazards", "penalties")
        assert cells[one["name"]][1:6] == [str(one[key]) for key in keys]
    content = published("casualties")
    cells = {row[0]: row for row in _rows(deck(source(content)))}
    for one in (unit for unit in content["units"] if unit["deaths"]):
        assert cells[one["name"]][1:3] == [str(one["deaths"]), "未设" if one["cap"] is None else str(one["cap"])]


def _rows(document: bytes) -> list[list[str]]:
    """All rows of all tables."""
    return [
        [cell.text for cell in row.cells]
        for slide in opened(document).slides
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
    ]


def test_axes_of_a_group_are_of_one_length_on_all_its_slides() -> None:
    """60 units on three slides: bars can be compared from one to the next."""
    told = opened(deck(source(sixty(published("ranking")))))
    found = [
        shape.chart
        for slide in told.slides
        for shape in slide.shapes
        if shape.has_chart and slide.shapes.title.text_frame.text.startswith("镇街组")
    ]
    assert [len(list(one.plots[0].categories)) for one in found] == [20, 20, 20]
    assert len({(one.value_axis.minimum_scale, one.value_axis.maximum_scale) for one in found}) == 1
    titles = [slide.shapes.title.text_frame.text[-5:] for slide in told.slides]
    assert [one for one in titles if one.startswith("（")] == ["（1/3）", "（2/3）", "（3/3）"]


def test_the_same_publication_gives_the_same_bytes() -> None:
    """Whoever asks again gets the very file."""
    for report in REPORTS:
        assert deck(source(published(report))) == deck(source(published(report)))


def test_published_deck_says_which_one_it_is() -> None:
    """In its properties, and small on its last slide; a draft has neither, and says so on each."""
    content = published("ranking")
    document = deck(source(content))
    assert properties(document) == {
        "report": "ranking",
        "period": "2022-05",
        "revision": "1",
        "sha256": content["sha256"],
    }
    *others, last = [_texts(slide) for slide in opened(document).slides]
    assert content["sha256"] in last
    assert content["sha256"] not in "".join(others)
    assert all("双桥经开区　2022年5月　已发布　第1版" in one for one in [*others, last])
    assert properties(deck(draft())) == {}
    assert all("双桥经开区　2022年5月　草稿，未发布" in _texts(slide) for slide in opened(deck(draft())).slides)


def _texts(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_presentation_names_its_master_of_notes_pages() -> None:
    """Once; the library leaves it out."""
    for master in (None, office_master()):
        content = dict(parts(deck(on_master(published("casualties"), master))))["ppt/presentation.xml"]
        assert content.count(b"<p:notesMasterId ") == 1


def test_nothing_of_the_library_is_left() -> None:
    """No printer's settings, no picture of another first slide, no statistics of it."""
    names = [name for name, _content in parts(deck(source(published("ranking"))))]
    assert [name for name in names if "printer" in name or "thumbnail" in name] == []
    core = opened(deck(source(published("ranking")))).core_properties
    assert (core.author, core.last_modified_by) == ("双桥经开区安全生产委员会办公室",) * 2


MASTERS: dict[str, tuple[bool, tuple[str, ...]]] = {
    "wide": (True, ()),
    "narrow": (False, ()),
    "blank": (True, ("blank",)),
    "cover and title": (True, ("title", "titleOnly")),
}


@pytest.mark.parametrize("name", MASTERS)
def test_office_lays_its_own_master_under_it(printed: dict[str, Printed], name: str) -> None:
    """Its size and its layouts; its slides are gone, and no placeholder asks to be filled in."""
    wide, kinds = MASTERS[name]
    document, pages = printed[name]
    told = opened(document)
    assert told.slide_width == opened(office_master(wide=wide, kinds=kinds)).slide_width
    assert len(told.slides) == len(deck_slides(source(published("ranking"))))
    assert [name for name, content in parts(document) if "旧".encode() in content] == []
    texts = [shape.text_frame.text for slide in told.slides for shape in slide.shapes if shape.has_text_frame]
    assert "" not in texts
    assert outside(pages) == []
    assert all("第1版" in page.text for page in pages)


def test_master_that_is_no_presentation_is_refused_with_a_sentence() -> None:
    """A text, a workbook, a bulletin."""
    for master in (b"no package", bulletin(source(published("casualties")))):
        with pytest.raises(Unfillable, match="母版不能使用"):
            deck(on_master(published("casualties"), master))


def test_notes_are_there_whatever_the_offices_notes_pages_have() -> None:
    """A master of notes pages without a place for them."""
    made = opened(office_master())
    for one in list(made.notes_master.placeholders):
        one.element.getparent().remove(one.element)
    file = io.BytesIO()
    made.save(file)
    for slide in opened(deck(on_master(published("casualties"), file.getvalue()))).slides:
        assert slide.notes_slide.notes_text_frame.text


def veto_proposals(content: Content) -> None:
    """All units of a large group, with long names, are to be vetoed."""
    for place, row in enumerate(rows(content)):
        row.update(
            name=f"{place}" + "双桥经济技术开发区现代装备制造产业发展服务中心", flags=["veto_proposed", "not_reported"]
        )


SHOWN: dict[str, tuple[str, Callable[[Content], object]]] = {
    "ranking": ("ranking", lambda _content: None),
    "scores": ("scores", lambda _content: None),
    "casualties": ("casualties", lambda _content: None),
    "60 units and a name of 30 characters": ("ranking", sixty),
    "nobody reported": ("ranking", nobody),
    "all tie": ("ranking", lambda it: scored(it, 80.0, 80.0, 80.0)),
    "one unit": ("ranking", alone),
    "a year without a death": ("casualties", no_death),
    "vetoes and long names": ("scores", veto_proposals),
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Printed]:
    """Every deck that is looked at, and its slides as they are drawn; the converter is started once for all of them."""
    decks = {
        name: deck(on_master(published("ranking"), office_master(wide=wide, kinds=kinds)))
        for name, (wide, kinds) in MASTERS.items()
    }
    for name, (report, change) in SHOWN.items():
        content = published(report)
        change(content)
        decks[name] = deck(source(content))
    paths = printed_by_libreoffice(decks, tmp_path_factory.mktemp("printed"), "pptx")
    return {name: (decks[name], pages_seen(path)) for name, path in paths.items()}


@pytest.fixture(params=SHOWN)
def shown(request: pytest.FixtureRequest, printed: dict[str, Printed]) -> Printed:
    """One of them of each kind of content."""
    return printed[request.param]


def outside(pages: list[PageSeen]) -> list[tuple[int, str]]:
    """What stands beyond the edge of its slide, with its number."""
    return [
        (number, line.text)
        for number, page in enumerate(pages, 1)
        for line in page.lines
        if not (
            min(one.left for one in line.characters) > 5
            and max(one.right for one in line.characters) < page.width - 5
            and 3 < line.middle < page.height - 3
        )
    ]


def test_nothing_leaves_its_slide(shown: Printed) -> None:
    """Nor the margins."""
    document, pages = shown
    assert len(pages) == len(opened(document).slides)
    assert outside(pages) == []


def test_title_stands_in_two_lines_over_what_is_shown(shown: Printed) -> None:
    """Whole; nothing between it and the chart or table, and nothing that reaches into the footer."""
    document, pages = shown
    for slide, page in list(zip(opened(document).slides, pages, strict=True))[1:]:
        above = [line for line in page.lines if line.middle < on.RULE.top]
        assert 1 <= len(above) <= on.TITLE_LINES
        title = slide.shapes.title.text_frame.text
        assert _close("".join(line.text for line in above)) == _close(title)
        below = [line.middle for line in page.lines if line.middle > on.RULE.top]
        assert min(below) > on.CONTENT.top
        assert [one for one in below if on.CONTENT.bottom + 1 < one < on.FOOTER.top] == []
        assert next(line.text for line in page.lines if line.middle > on.FOOTER.top).startswith("双桥经开区")


def _close(text: str) -> str:
    return "".join(text.split())


def test_every_bar_has_its_name_and_its_figure(shown: Printed) -> None:
    """Nothing is left out for want of room."""
    document, pages = shown
    for slide, page in zip(opened(document).slides, pages, strict=True):
        for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
            if len(chart.plots[0].series) > 1:
                continue
            told = _close(page.text)
            names = [str(one) for one in chart.plots[0].categories]
            assert [name for name in names if _close(name) not in told] == []
            form = "{:.2f}" if chart.plots[0].series[0].name == "得分" else "{:.1f}"
            values = [form.format(value) for value in chart.plots[0].series[0].values]
            assert [value for value in values if value not in told] == []


def test_title_too_long_for_a_slide_stands_whole_in_its_notes() -> None:
    """Cut where it is shown, and nothing lost."""
    long = "安全生产" * 60
    slide = opened(deck(source(published("ranking"), ranking_deck=f"张｜{long}\n注｜说明"))).slides[0]
    assert slide.shapes.title.text_frame.text.endswith("……")
    assert slide.notes_slide.notes_text_frame.text.split("\n") == [long, "说明"]
