"""Bulletins of odd months, quarters and years as they are printed: nothing is lost, cut or left alone, and nothing empty is shown without a word why."""

from __future__ import annotations

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from docx import Document

from dashboards.meeting import paper
from dashboards.meeting.blank_paper import BODY, FIRST, blank_paper
from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.pdf import as_pdfs
from dashboards.meeting.tables import AnnexColumn, AnnexTable, counts
from tests.integration import read_on_pages as read
from tests.integration.rendered import PageSeen, pages_seen
from tests.integration.test_bulletin import LONG_NAME, sixty
from tests.integration.test_deck import veto_proposals
from tests.unit.test_bulletin_words import (
    Content,
    alone,
    larger,
    no_death,
    nobody,
    published,
    rows,
    scored,
    source,
    vetoed,
)

Printed = tuple[bytes, list[PageSeen]]
"""A bulletin as .docx, and its pages."""


def unreported(content: Content) -> None:
    """No ledger at all came: nothing is known of the sectors either."""
    nobody(content)
    content["sectors"] = []
    content["publication"]["account"] = []


def long_name(content: Content) -> None:
    """One of three is called by thirty characters, in text, table and chart."""
    scored(content, 90.0, 80.0, 70.0)
    rows(content)[1]["name"] = LONG_NAME


def long_names(content: Content) -> None:
    """All of a group are called by thirty characters: few rows, and more than a page."""
    sixty(content)
    rows(content)[:] = [row | {"name": LONG_NAME} for row in rows(content)[:12]]


def most_bars(content: Content) -> None:
    """As many as a chart shows at most, one with a long name."""
    sixty(content)
    rows(content)[:] = rows(content)[:25]


def sixty_scored(content: Content) -> None:
    """A quarter of sixty units of one grade, some of whom filed nothing."""
    first = rows(content)[0]
    rows(content)[:] = [
        deepcopy(first)
        | {"unit": f"u{place}", "name": LONG_NAME if place == 0 else f"第{place}街道办事处", "rank": place + 1, "score": 95.0 - place,
           "flags": ["not_reported"] if place > 50 else []}
        for place in range(60)
    ]  # fmt: skip
    content["last_speakers"] = [{"unit": "u59", "reason": "本组得分末位", "reasons": ["last_of_group"]}]


def of_four_vetoed(content: Content) -> None:
    """One of the group is vetoed, and stands last whatever its score."""
    vetoed(content)
    first, second, third, fourth = rows(content)
    first["rank"], second["rank"] = 2, 1
    third["rank"] = fourth["rank"] = 3
    rows(content)[:] = [second, first, third, fourth]


def nobody_scored(content: Content) -> None:
    """No self-assessment came."""
    for row in (row for group in content["groups"] for row in group["rows"]):
        row.update(rank=1, score=None, grade=None, flags=["not_reported"])


def nothing_at_all(content: Content) -> None:
    """No death this year or last, no cap, no accident."""
    no_death(content)
    for one in (content["zone"], *content["units"], *content["sectors"]):
        one.update(cap=None, last_year_deaths=0)


def many_accidents(content: Content) -> None:
    """More accidents than a page holds, with long numbers, that do not count besides the first."""
    first, second, *_others = content["accidents"]
    others = [second | {"number": f"渝双事〔2022〕{number}号", "counted": False} for number in range(2, 41)]
    content["accidents"] = [first, *others]


ODD: dict[str, tuple[str, Callable[[Content], object]]] = {
    "two are first": ("ranking", lambda it: scored(it, 90.0, 90.0, 70.0)),
    "all tie": ("ranking", lambda it: scored(it, 80.0, 80.0, 80.0)),
    "nobody reported": ("ranking", unreported),
    "one unit": ("ranking", alone),
    "a name of 30 characters": ("ranking", long_name),
    "25 bars": ("ranking", most_bars),
    "60 units": ("ranking", sixty),
    "12 names of 30 characters": ("ranking", long_names),
    "a veto": ("scores", of_four_vetoed),
    "vetoes to be decided, and long names": ("scores", veto_proposals),
    "60 units in a quarter": ("scores", sixty_scored),
    "nobody scored": ("scores", nobody_scored),
    "a year without a death": ("casualties", no_death),
    "a year of which there is nothing to tell": ("casualties", nothing_at_all),
    "a larger accident without a death": ("casualties", larger),
    "one death and no cap": ("casualties", lambda it: it["zone"].update(cap=None)),
    "40 accidents": ("casualties", many_accidents),
}


ROWS, WORDS = range(16, 24), range(14, 20)
"""Rows of a table and lines of a sheet about as many as a page takes."""


def annexed(rows: int) -> bytes:
    """An annex with a table of so many rows that is kept whole where it fits."""
    document = Document(io.BytesIO(blank_paper()))
    paper.paragraph(document, BODY, "正文")
    columns = [AnnexColumn("单位", 3.0, name=True), counts("企业", 1.0)]
    table = AnnexTable("检查情况", columns, [[f"第{row}街道", "1"] for row in range(rows)])
    paper.annexes(document, paper.each_announced([table]), max(ROWS))
    return saved(document)


def ruled(lines: int) -> bytes:
    """A sheet that ends with lines to be filled in by hand, and with what it says of itself."""
    document = Document(io.BytesIO(blank_paper()))
    for text in ["安全生产工作情况。"] * lines:
        paper.paragraph(document, BODY, text)
    paper.paragraph(document, FIRST, "本次约谈意见和承诺")
    for _line in range(3):
        paper.paragraph(document, BODY, paper.RULE * 26)
    paper.keep_rules(document)
    paper.foot(document, ["双桥经开区", "SHA-256"])
    return saved(document)


def saved(document: Any) -> bytes:
    """The file of a document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def printed() -> dict[str, Printed]:
    """Each of them, and its pages; the converter is started once for all."""
    made = {f"{rows} rows": annexed(rows) for rows in ROWS} | {f"{lines} lines": ruled(lines) for lines in WORDS}
    for name, (report, change) in ODD.items():
        content = published(report)
        change(content)
        made[name] = bulletin(source(content))
    return dict(
        zip(made, zip(made.values(), map(pages_seen, as_pdfs(list(made.values()), ".docx")), strict=True), strict=True)
    )


@pytest.fixture(params=ODD)
def odd(request: pytest.FixtureRequest, printed: dict[str, Printed]) -> Printed:
    """One of them."""
    return printed[request.param]


def test_all_that_is_written_is_printed(odd: Printed) -> None:
    """Every paragraph and every cell whole, each cell within its column, the head of a table on each of its pages, no number in two lines."""
    document, pages = odd
    assert read.unprinted(document, pages) == []
    assert read.unread_columns(document, pages) == []
    assert read.torn_heads(document, pages) == []
    assert read.broken_figures(document, pages) == []
    assert read.broken_in_text(pages) == []
    assert read.pages_without_head(document, pages) == []


def test_nothing_stands_alone_or_beside_its_page(odd: Printed) -> None:
    """Neither a signature nor a heading; pages are numbered below what stands on them."""
    document, pages = odd
    assert not read.signature_alone(document, pages)
    assert read.headings_alone(document, pages) == []
    assert read.beside_the_page(pages) == []
    assert read.too_near_the_number(pages) == []


@pytest.mark.parametrize("rows", ROWS)
def test_no_title_stands_alone_above_a_table_that_just_fits(printed: dict[str, Printed], rows: int) -> None:
    """The table is whole on the page of its title, or goes on on the next one."""
    _document, pages = printed[f"{rows} rows"]
    titled, *others = read.lying(pages)
    assert "第0街道" in titled.text
    assert len(others) == (rows > 19)


@pytest.mark.parametrize("lines", WORDS)
def test_what_a_sheet_says_of_itself_stands_below_its_last_lines(printed: dict[str, Printed], lines: int) -> None:
    """And these below what asks for them, however long the text is."""
    _document, pages = printed[f"{lines} lines"]
    last = pages[-1].text
    assert "SHA-256" in last
    assert last.count("＿" * 26) == 3
    assert "本次约谈意见和承诺" in last


def test_nothing_empty_is_shown(odd: Printed) -> None:
    """No page but the one before the imprint, on the back of a leaf; no table, and no chart of less than two."""
    document, pages = odd
    assert read.blank_pages(pages) in ([], [-2])
    assert len(pages) % 2 == 0
    assert read.tables_of_nothing(document) == 0
    drawn = read.chart_of(document)
    assert drawn is None or len(drawn[0]) > 1


def test_every_name_and_figure_of_the_chart_is_read(odd: Printed) -> None:
    """Also of 25 bars, and of a name of thirty characters."""
    document, pages = odd
    assert read.unread_on_chart(document, pages) == []


def test_there_are_charts_where_there_is_something_to_compare(printed: dict[str, Printed]) -> None:
    """And none where there is not."""
    without = {name for name in ODD if read.chart_of(printed[name][0]) is None}
    assert without == {
        "nobody reported", "one unit", "a veto", "60 units in a quarter", "nobody scored", "a year without a death",
        "a year of which there is nothing to tell",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["nobody reported", "nobody scored"])
def test_nobody_is_first_where_nobody_reported(printed: dict[str, Printed], name: str) -> None:
    """The text says that there are no places: the annex has none."""
    document, pages = printed[name]
    assert "均无得分，不排名" in read.close("".join(page.text for page in pages))
    assert {row.cells[0].text for table in read.tables(document) for row in table.rows[1:]} == {"—"}
