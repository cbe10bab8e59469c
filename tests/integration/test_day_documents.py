"""Papers, decks and charts on what stands on a day: their figures are the report's, they say everywhere what they are, and a month's set has them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pptx import Presentation
from typer.testing import CliRunner

from dashboards.__main__ import app
from dashboards.meeting import measures as of
from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.chart_pictures import NothingDrawn, pictures
from dashboards.meeting.day_files import day_sources
from dashboards.meeting.day_tables import day_tables
from dashboards.meeting.deck import deck
from dashboards.meeting.material import files_of, material_of
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.plan_dues import STATES
from dashboards.meeting.source import day_stamp
from dashboards.results.reading import begin
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from etl.reading.plain_cells import properties
from tests.integration.ledgers import send
from tests.integration.papers import CLEAN
from tests.integration.rendered import pages_seen
from tests.unit.test_day_papers import NAMES, REPORTS, Content, emptied, source_of, stood

STAMP = "即时情况（截至2022年4月30日；依据截至2022年10月8日收到的材料）"


def _parts(made: bytes, word: str) -> list[str]:
    """The text of each part of a package whose name has a word in it."""
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        return [package.read(name).decode() for name in package.namelist() if word in name and name.endswith(".xml")]


@pytest.mark.parametrize("report", REPORTS)
def test_every_page_says_what_it_is_and_nothing_says_more(report: str) -> None:
    """On the first page, at each foot, in the properties; no red head, no imprint, no fingerprint, no draft; the same bytes each time."""
    source = source_of(stood(report))
    assert day_stamp(source.content) == STAMP
    paper, shown = bulletin(source), deck(source)
    assert (paper, shown) == (bulletin(source), deck(source))
    told = {"report": report, "period": source.content["period"], "as_of": "2022-04-30", "known_by": "2022-10-08"}
    assert properties(paper) == properties(shown) == told
    document = Document(io.BytesIO(paper))
    assert document.paragraphs[1].text == STAMP
    feet = [part for part in _parts(paper, "footer") if STAMP in part]
    assert (len(feet), all("PAGE" in part for part in feet)) == (2, True)
    styles = {one.style.style_id for one in document.paragraphs if one.style is not None}
    assert not styles & {"Imprint", "RedHead", "DocumentNumber", "DraftMark"}
    slides = Presentation(io.BytesIO(shown)).slides
    assert all(any(STAMP in shape.text_frame.text for shape in one.shapes if shape.has_text_frame) for one in slides)
    parts = (
        *_parts(paper, "document"),
        *_parts(paper, "header"),
        *feet,
        *_parts(shown, "slides/"),
        *_parts(shown, "notesSlides/"),
    )
    assert len(parts) > 5
    assert not [word for word in ("SHA-256", "草稿", "〔", "第1版", "通报") if any(word in part for part in parts)]


def _whole(content: Content) -> list[str]:
    """What the first row of the annex has to tell, taken from the report itself."""
    match content["report"]:
        case "frontline":
            one = content["batches"][0]
            told = [one["enterprises"], one["complete"], f"{one['coverage']:.1%}"]
        case "register":
            one = content["inspection"]
            told = [content["enterprises"], one["inspected"], one["never"], f"{one['rate']:.1%}"]
        case "hazards":
            every, major = content["zone"]["all"], content["zone"]["major"]
            told = [*(grade[key] for grade in (every, major) for key in ("found", "crossed_off", "open", "overdue"))]
        case "supervision":
            told = [
                content["zone"][key]
                for key in ("ordered", "answered", "due", "answered_in_time", "overdue", "exposed", "closed")
            ]
        case "tipoffs":
            one = content["types"][0]
            told = [
                *(one[key] for key in ("received", "closed", "substantiated", "rewarded", "paid", "overdue")),
                f"{one['reward_yuan']:,.0f}",
            ]
        case "plan":
            told = [len(content["items"]), *(sum(one[state] for one in content["articles"]) for state in STATES)]
        case _:
            told = [
                *(content[key] for key in ("warnings", "called", "answered", "fed_back")),
                f"{content['closed_loop_rate']:.1%}",
            ]
    return [str(one).replace(".0%", "%") for one in told]


@pytest.mark.parametrize("report", REPORTS)
def test_figures_of_paper_deck_and_charts_are_those_of_the_report(report: str) -> None:
    """Each row of the annex stands in the .docx as its values are written; the paper's chart is the main one of the deck."""
    source = source_of(stood(report))
    made = bulletin(source)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(made)).tables]
    assert [table[1:] for table in tables] == [[list(row) for row in one.rows] for one in day_tables(source)]
    first = list(tables[0][1])
    for figure in _whole(source.content):
        first.remove(figure)
    shown = Presentation(io.BytesIO(deck(source)))
    frames = [shape for slide in shown.slides for shape in slide.shapes if shape.has_chart or shape.has_table]
    charts = [
        [value for series in one.chart.plots[0].series for value in series.values] for one in frames if one.has_chart
    ]
    (on_paper,) = [
        [float(one) for values in re.findall(r"<c:val>(.*?)</c:val>", part, re.S) for one in re.findall(r"<c:v>([0-9.]+)</c:v>", values)]
        for part in _parts(made, "word/charts/chart")
    ]  # fmt: skip
    assert on_paper in charts
    every = pictures(source)
    assert (len(every), sum(one.is_main for one in every)) == (len(charts), 1)
    main = next(one for one in every if one.is_main).figure
    drawn = [value for one in main["data"] for value in (one["x"] if one.get("orientation") else one["y"])]
    assert drawn == on_paper
    assert STAMP in json.dumps(main, ensure_ascii=False)
    for table in (one.table for one in frames if one.has_table):
        texts = [[cell.text for cell in row.cells] for row in table.rows]
        same_rows = [row for one in tables if one[0] == texts[0] for row in one[1:]]
        assert not same_rows or all(row in same_rows for row in texts[1:])


@pytest.mark.parametrize("report", REPORTS)
def test_of_a_month_of_nothing_there_is_a_paper_and_no_chart(report: str) -> None:
    """One page that says that nothing is on record, without annex and chart; a picture is refused with its reason."""
    source = source_of(emptied(stood(report)))
    document = Document(io.BytesIO(bulletin(source)))
    assert (len(document.tables), len(document.sections)) == (0, 1)
    assert len(Presentation(io.BytesIO(deck(source))).slides) in {2, 3}
    with pytest.raises(NothingDrawn, match="没有可以比较的记录"):
        pictures(source)


def test_pages_as_libreoffice_prints_them() -> None:
    """The margins and the number of the page stand where the standard has them, the stamp below it on upright and lying pages alike; no row is cut
    off, and a table that fits on a page is not torn.
    """
    pages = pages_seen(as_pdf(bulletin(source_of(stood("frontline"))), ".docx"))
    told = STAMP.replace(" ", "")
    assert [page.width < page.height for page in pages] == sorted(
        (page.width < page.height for page in pages), reverse=True
    )
    for number, page in enumerate(pages, 1):
        *_text, numbered, stamped = page.lines
        assert (numbered.text, stamped.text.replace(" ", "")) == (f"—{number}—", told)
        upright = page.width < page.height
        foot = page.height - (of.BOTTOM if upright else of.LEFT)
        assert foot < min(one.top for one in numbered.characters)
        assert max(one.bottom for one in numbered.characters) < min(one.top for one in stamped.characters)
        edges = [one.right for line in page.lines for one in line.characters]
        assert max(edges) < page.width - (of.RIGHT - of.BODY * of.POINT if upright else of.BOTTOM) + 1  # a comma hangs
    first = pages[0]
    assert first.lines[1].text.replace(" ", "") == told
    lying = [page for page in pages if page.width > page.height]
    captions = [sum("一线责任制完成情况" in line.text for line in page.lines) for page in lying]
    heads = [sum("镇街、行业领域" in line.text for line in page.lines) for page in lying]
    assert (captions, sum(heads)) == (heads, 3)


def test_paper_of_the_plan_as_libreoffice_prints_it() -> None:
    """No letter of the annex stands beyond the edge of the text, with eighteen units beside one another; its chart is the last page."""
    content = stood("plan")
    units = [f"unit{number}" for number in range(15)]
    (filed,) = (one for one in content["items"] if one["number"] == "2.1")
    filed["units"] = [{**filed["units"][1], "unit": unit} for unit in units]
    names = dict.fromkeys(units, "循环经济产业发展中心")
    pages = pages_seen(as_pdf(bulletin(replace(source_of(content), units={**NAMES, **names})), ".docx"))
    lying = [page for page in pages if page.width > page.height]
    assert lying
    for page in lying:
        edges = [one.right for line in page.lines for one in line.characters]
        assert max(edges) < page.width - of.BOTTOM
    assert "工作要点各条款完成时限图（个）" in "".join(line.text for line in lying[-1].lines)


@pytest.fixture
def told(sqlite_installation: Settings, commanded: Callable[[Settings], None], tmp_path: Path) -> Settings:
    """An installation that knows of May: a register, front-line duty, hazards, findings, cases, warnings, what a town did of the plan."""
    with Loader(sqlite_installation) as loader:
        for kind in ("enterprises", "frontline", "hazards", "supervision", "tipoffs", "disasters", "tasks"):
            assert send(loader, CLEAN[kind](), tmp_path).status == "accepted"
    commanded(sqlite_installation)
    return sqlite_installation


def test_commands_make_them_and_a_months_set_has_them(
    told: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Live alone, on the days asked for; in the set in a folder of their own, named with their day, and never to who sees one unit alone."""
    asked = ["report", "hazards", "--period", "2022-05", "--as-of", "2022-05-20", "--known-by", "2022-07-01"]
    paper = tmp_path / "隐患.docx"
    done = CliRunner().invoke(app, [*asked, "--format", "docx", "-o", str(paper)])
    assert done.exit_code == 0, done.stderr
    text = "\n".join(one.text for one in Document(str(paper)).paragraphs)
    assert "即时情况（截至2022年5月20日；依据截至2022年7月1日收到的材料）" in text
    assert "台账共记录隐患2处" in text
    assert CliRunner().invoke(app, [*asked[:4], "--published", "--format", "docx", "-o", str(paper)]).exit_code != 0
    assert (
        CliRunner().invoke(app, ["report", "submissions", *asked[2:4], "--format", "docx", "-o", str(paper)]).exit_code
        == 2
    )
    refused = CliRunner().invoke(app, [*asked, "--format", "png", "-o", str(tmp_path / "隐患")])
    assert (refused.exit_code, "没有可以比较的记录" in refused.stderr) == (1, True), refused.stderr
    folder, file = tmp_path / "五月", tmp_path / "五月.zip"
    for output in (folder, file):
        made = CliRunner().invoke(app, ["material", "--period", "2022-05", "-o", str(output)])
        assert made.exit_code == 0, made.stderr
    with zipfile.ZipFile(file) as package:
        held = {name: package.read(name) for name in package.namelist()}
    words = ("一线责任制", "重大隐患整治", "督查督办", "举报惩戒", "灾害与预警", "企业名录", "重点任务进展情况")
    assert set(held) == {
        *(f"即时情况/双桥经开区2022年5月{one}-2022-05-31.{form}" for one in words for form in ("docx", "pptx", "xlsx", "pdf")), "目录.txt",
    }  # fmt: skip
    same = {name: content for name, content in held.items() if not name.endswith(("xlsx", "pdf"))}
    assert all((folder / name).read_bytes() == content for name, content in same.items())
    titles = set()
    for one in words:
        stem = f"即时情况/双桥经开区2022年5月{one}-2022-05-31"
        title = next(line.text for line in Document(io.BytesIO(held[f"{stem}.docx"])).paragraphs if line.text.strip())
        pages = pages_seen(held[f"{stem}.pdf"])
        text = "".join(line.text for page in pages for line in page.lines).replace(" ", "")
        assert title.replace(" ", "") in text, "each PDF is of its own paper"
        titles.add(title)
    assert len(titles) == len(words)
    assert (
        held["目录.txt"].decode("utf-8-sig").count("即时情况（截至2022年5月31日；依据截至2022年10月8日收到的材料）")
        == 7
    )
    with begin(reader(told.database_url), office(told.zone), told.today) as reading:
        assert len(day_sources(reading, Month(2022, 5))) == 7
        assert day_sources(reading, Month(2022, 11)) == []
        assert "plan" not in {
            one.content["report"] for one in day_sources(reading, Month(2021, 12))
        }  # no plan is known of 2021
        monkeypatch.setenv("PATH", str(tmp_path))
        without = dict(files_of(material_of(reading, Month(2022, 5))))
        assert not [name for name in without if name.endswith(".pdf")]
        assert without["目录.txt"].decode("utf-8-sig").count(".pdf\t无法生成PDF") == 7
        one_unit = replace(reading, scope=Scope(told.zone, Role.UNIT, "clerk", "longtanzi"))
        assert day_sources(one_unit, Month(2022, 5)) == []
