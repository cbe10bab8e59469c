"""Every figure of a publication, read back out of every form in which it is given out: they are the same in all of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dashboards.__main__ import freeze
from data.people.scope import Role
from data.zone.periods import parse_period
from tests.integration import every_state, reading_back
from tests.integration.every_figure import ABSENT, FORMS, IN_WORDS, NOWHERE, REPORTS, Lines
from tests.integration.figures_told import must_tell, numbers_in, prepared, rounded, rows_at, tells, value_at
from tests.integration.reading_back import CATEGORY, FormRead, Table
from tests.integration.sentences_told import deaths_by_month, mean_shares, said_of
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.test_guessing import last_of_ranking, page

PUBLISHED = (("ranking", "2022-05", None), ("scores", "2022Q2", None), ("casualties", "2022", date(2022, 6, 30)))
GROUPS = ("town", "department", "centre")
READERS: Mapping[str, tuple[str, Callable[[bytes], FormRead]]] = {
    "csv": ("csv", reading_back.from_csv),
    "xlsx": ("xlsx", reading_back.first_sheet),
    "sheets": ("xlsx", reading_back.further_sheets),
    "docx": ("docx", reading_back.from_docx),
    "pptx": ("pptx", reading_back.from_pptx),
}
"""Form → the file that it is in, and its reader."""


@dataclass(frozen=True)
class GivenOut:
    """A publication: what its JSON says, its other files as they are, and each form as it is read."""

    json: Any
    files: Mapping[str, bytes]
    forms: Mapping[str, FormRead]


@pytest.fixture(scope="module")
def site(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Units in every state; nothing published."""
    folder = tmp_path_factory.mktemp("same")
    with installed(sqlite_template, folder) as settings, pytest.MonkeyPatch.context() as patch:
        every_state.fill(settings, folder)
        yield made(settings, patch)


@pytest.fixture(scope="module", params=PUBLISHED, ids=[one for one, _period, _day in PUBLISHED])
def given_out(site: Site, request: pytest.FixtureRequest) -> GivenOut:
    """A report, published and taken along in every form."""
    report, period, day = request.param
    one = freeze(site.door.settings, report, parse_period(period), day, reason="月度通报", mistake=False)
    desk = site.signed_in(Role.OFFICE)
    files = {
        form: desk.get(f"/published/{one.entry}.{form}").data
        for form in ("json", "csv", "xlsx", "docx", "pptx", "pdf", "pptx-pdf", "xlsx-pdf")
    }
    forms = {form: read(files[file]) for form, (file, read) in READERS.items()}
    forms["page"] = reading_back.from_page(page(desk, "/publications", f"?period={period}&entry={one.entry}").text)
    as_of = "" if day is None else f"&as_of={day}"
    searches = [f"?period={period}&published=1&group={group}{as_of}" for group in GROUPS]
    answers = [page(desk, f"/{report}", search) for search in searches]
    answers += [last_of_ranking(desk, searches[0])] if report == "ranking" else []
    forms["frozen"] = FormRead([table for one in answers for table in reading_back.from_page(one.text).tables])
    return GivenOut(prepared(json.loads(files["json"])), files, forms)


def test_every_form_tells_the_same_figures(given_out: GivenOut) -> None:
    """Of each line that it shows every figure that it has a column for, and of no other line any."""
    for lines in REPORTS[given_out.json["report"]]:
        for form in lines.heads:
            wanted, found = must_tell(lines, given_out.json, form), tells(lines, given_out.forms[form], form)
            assert wanted
            differing = {
                key: (wanted.get(key, "no such line"), found.get(key))
                for key in wanted.keys() | found.keys()
                if found.get(key) != {wanted.get(key)}
            }
            assert differing == {}, form


@pytest.mark.parametrize("lines", [one for every in REPORTS.values() for one in every])
def test_what_a_form_leaves_out_has_its_reason(lines: Lines) -> None:
    """Each figure has a head in each form that has such lines, or is named as absent there; nothing is named that is there."""
    assert {*lines.heads, *lines.without} == {*FORMS}
    assert lines.heads.keys().isdisjoint(lines.without)
    for form in lines.heads:
        left_out = {one.at for one in lines.figures if form not in one.heads}
        absent = [one.figures.split() for one in ABSENT if one.lines is lines and form in one.forms]
        named = {
            place: [pattern for patterns in absent for pattern in patterns if _is_at(place, pattern)]
            for place in left_out
        }
        assert [place for place, patterns in named.items() if not patterns] == [], form
        needed = {pattern for patterns in named.values() for pattern in patterns}
        assert [pattern for patterns in absent for pattern in patterns if pattern not in needed] == [], form
        there = [one.at for one in lines.figures if form in one.heads]
        assert [place for place in there if any(_is_at(place, pattern) for pattern in needed)] == [], form


def _is_at(place: str, pattern: str) -> bool:
    """``*`` is any part; at the end it is all that follows."""
    parts, wanted = place.split("."), pattern.split(".")
    long_enough = len(parts) >= len(wanted) if wanted[-1] == "*" else len(parts) == len(wanted)
    return long_enough and all(one in {"*", part} for part, one in zip(parts, wanted, strict=False))


def test_every_number_of_the_json_is_compared(given_out: GivenOut) -> None:
    """In another form at least; or it is named among those that no form tells, with the reason. What is named is there to be compared."""
    content = given_out.json
    report = content["report"]
    every = {f"{at}.{one.at}" for lines in REPORTS[report] for at in lines.at for one in lines.figures if one.heads}
    places = set(numbers_in(content))
    named = {*IN_WORDS[report], *NOWHERE[report]}
    assert {place for place in places if not any(_is_at(place, one) for one in every | named)} == set()
    assert {one for one in named if not any(_is_at(place, one) for place in places)} == set()
    assert {one for one in every if any(_is_at(one, pattern) for pattern in named)} == set()
    for lines in REPORTS[report]:
        rows = [row for at in lines.at for row in rows_at(content, at)]
        assert [one.at for one in lines.figures if all(value_at(row, one.at) is None for row in rows)] == []


def test_sentences_say_what_the_json_says(given_out: GivenOut) -> None:
    """Bulletin and deck: sums of the zone, who is in what state, grades, who speaks last, deaths and accidents."""
    for form, parts in said_of(given_out.json).items():
        text = _text(given_out.forms[form])
        assert [part for part in parts if part not in text] == [], form


def test_scores_in_sentences_are_those_of_who_is_named(given_out: GivenOut) -> None:
    """82.50分 behind a name is that unit's; and no score is told that nobody has."""
    rows = [] if given_out.json["report"] == "casualties" else list(rows_at(given_out.json, "groups.*.rows.*"))
    scores = {row["name"]: f"{row['score']:.2f}" for row in rows if row["score"] is not None}
    for form in ("docx", "pptx") if rows else ():
        text = _text(given_out.forms[form])
        named = re.findall(rf"({'|'.join(scores)})(?:得分最高|得分最低|列第1|列末位)（([\d.]+)分", text)
        assert named
        assert {(name, told) for name, told in named if told != scores[name]} == set(), form
        assert set(re.findall(r"(?<![高低])(\d+\.\d+)分", text)) <= {*scores.values()}, form


def test_charts_show_the_same(given_out: GivenOut) -> None:
    """Those of the bulletin are among the deck's: units that are compared, in the order of places; deaths of the year added up."""
    charts = {
        form: [table for table in given_out.forms[form].tables if table[0][0] == CATEGORY] for form in ("docx", "pptx")
    }
    for table in charts["docx"]:
        assert _as_numbers(table) in [_as_numbers(one) for one in charts["pptx"]]
    if given_out.json["report"] == "casualties":
        sheet = next(table for table in given_out.forms["sheets"].tables if table[0][0] == "月份")
        wanted = [
            [month, Decimal(dead), Decimal(given_out.json["zone"]["cap"])]
            for month, dead in deaths_by_month(given_out.json)
        ]
        for table in (*charts["docx"], *charts["pptx"], sheet):
            assert _as_numbers(table) == wanted
    if given_out.json["report"] == "scores":
        measures = next(table for table in charts["pptx"] if table[0][1] == "得分率（%）")
        assert _as_numbers(measures) == [
            [name, rounded(100 * mean, Decimal("0.1"))] for name, mean in mean_shares(given_out.json).items()
        ]
        heads = next(table[0] for table in given_out.forms["sheets"].tables if table[0][:2] == ["分组", "单位"])
        told = next(rows_at(given_out.json, "groups.*.rows.*"))["measures"]
        assert heads[2:-1] == [f"{number}. {one['name']}\n（{one['full']:g}分）" for number, one in told.items()]


def _text(read: FormRead) -> str:
    return "\n".join([*read.words, *read.notes, *("｜".join(row) for table in read.tables for row in table)])


def _as_numbers(table: Table) -> list[list[Any]]:
    return [[name, *map(Decimal, values)] for name, *values in table[1:]]


def test_a_pdf_says_what_it_was_printed_of(given_out: GivenOut) -> None:
    """Each row of a table, each bar with its number, each sentence with a number; of a sheet each number of each row as it is shown."""
    for form, pdf in (("docx", "pdf"), ("pptx", "pptx-pdf")):
        text = reading_back.printed(given_out.files[pdf])
        read = given_out.forms[form]
        rows = [row for table in read.tables for row in table[1:] if table[0][0] != CATEGORY]
        labelled = [
            "".join(f"{value:.2f}" for _name, value in _as_numbers(table))
            for table in read.tables
            if table[0] == [CATEGORY, "得分"]
        ]
        sentences = [one for one in read.words if re.search(r"\d", one)]
        told = [*map("".join, rows), *labelled, *sentences]
        assert [one for one in told if "".join(one.split()) not in text] == [], pdf
    lines = reading_back.printed_rows(given_out.files["xlsx-pdf"])
    for row in reading_back.rows_as_seen(given_out.files["xlsx"]):
        told = "".join(
            reading_back.only_numbers(line.removeprefix(row.whose)) for line in lines if line.startswith(row.whose)
        )
        assert row.numbers in told, row.whose
