"""The year's reward table: every unit's four quarters, and the mean of those published (METHOD section 3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, standings, words
from dashboards.components.exports import Exported, Field, Written, scope_said, sorted_said
from dashboards.components.grid_request import Told
from dashboards.method.scores import VETOED
from dashboards.pages.quarterly_scores.query import ScoresQuery, look
from dashboards.results import year_of_scores
from dashboards.results.reading import Reading
from dashboards.results.year_of_scores import UnitsQuarter, UnitsYear, YearOfScores
from data.language import gettext as _
from data.people.draft_openings import DraftReport
from data.zone.periods import Quarter
from data.zone.zone import Zone

EXPORT = "scores-year"


def year_part(found: YearOfScores, asked: ScoresQuery, zone: Zone, *, identity: str) -> list[Component]:
    """Units × quarters with the mean; a quarter that is not published is shown and marked, and counts for nothing."""
    if not found.rows:
        return [parts.empty(_("No quarter of this year has begun."))]
    heads = [
        standings.head("unit", _("Unit"), up=True, named=True),
        *(standings.head(_key(quarter), _("Q%(n)s", n=quarter.quarter), _state(found, quarter)) for quarter in found.quarters),
        standings.head("mean", _("Mean of the year"), _("published only"), name="num"),
    ]  # fmt: skip
    by = orders(found, zone)
    body = [html.Tr(_cells(row, found, asked, by)) for row in found.rows]
    usual = _("Back to the order of means")
    table = standings.table(heads, body, name="small-table year", identity=identity, usual=usual)
    query = address.query(period=asked.quarter, group=asked.group)
    said = [html.P(line, className="note") for line in notes(found)]
    return [
        html.Div(standings.with_exports(table, export=EXPORT, query=query, identity=identity), className="table-frame"),
        *said,
    ]


def notes(found: YearOfScores) -> list[str]:
    """What counts, and which quarters do not yet."""
    names = [_("Q%(n)s", n=quarter.quarter) for quarter in found.quarters if quarter not in found.published]
    counts = _("A published quarter without a report counts 0. A confirmed veto in any quarter is the year's; vetoed units stand "
               "last.")  # fmt: skip
    if not found.published:
        none = _("No quarter of this year has been published, so there is no mean of the year yet.")
        return [parts.sentences(none, counts)]
    if not names:
        return [parts.sentences(_("All quarters of the year are published."), counts)]
    left = _("Not published and not counted: %(quarters)s.", quarters=_(", ").join(names))
    return [parts.sentences(left, counts)]


def _key(quarter: Quarter) -> str:
    return f"q{quarter.quarter}"


def _state(found: YearOfScores, quarter: Quarter) -> str:
    if quarter in found.published:
        return _("published, revision %(n)s", n=found.published[quarter])
    return _("unpublished, not counted") if quarter in found.begun else _("not begun")


def orders(found: YearOfScores, zone: Zone) -> dict[str, standings.Order[UnitsYear]]:
    """What the table is sorted by."""
    usual = {unit.code: place for place, unit in enumerate(zone.units)}
    return {
        "unit": lambda row: usual.get(row.unit.code),
        **{_key(quarter): _score_of(quarter) for quarter in found.quarters},
        "mean": lambda row: row.mean,
    }


def _score_of(quarter: Quarter) -> standings.Order[UnitsYear]:
    return lambda row: row.quarters[quarter].score if quarter in row.quarters else None


def _cells(
    row: UnitsYear, found: YearOfScores, asked: ScoresQuery, by: Mapping[str, standings.Order[UnitsYear]]
) -> list[Component]:
    unit = row.unit
    link = dcc.Link(unit.short_name, href=asked.link(unit=unit.code) + "#unit", className="unit-link", title=unit.name)
    mean: list[Any] = [html.Strong(numbers.points(row.mean))]
    if row.counted:
        mean += [" ", html.Small(_("of %(n)s quarters", n=row.counted))]
    if row.vetoed:
        mean += [" ", parts.tag(words.grade(VETOED), "bad")]
    return [
        parts.cell(_("Unit"), link, **standings.by(by["unit"](row))),
        *(
            parts.cell(_("Q%(n)s", n=quarter.quarter), *_quarter(row.quarters.get(quarter), asked, quarter, unit.code),
                       name="here" if quarter == asked.quarter else "", **standings.by(by[_key(quarter)](row)))
            for quarter in found.quarters
        ),
        parts.cell(_("Mean of the year"), *mean, name="num", **standings.by(by["mean"](row))),
    ]  # fmt: skip


def _quarter(one: UnitsQuarter | None, asked: ScoresQuery, quarter: Quarter, unit: str) -> list[Component | str]:
    if one is None:
        return [numbers.NONE]
    href = asked.link(period=quarter, unit=unit) + "#unit"
    said = numbers.points(one.score) if one.flag is None else words.flag(one.flag)
    grade: list[Component | str] = (
        [] if one.grade is None else [" ", html.Small(words.grade(one.grade), className="grade")]
    )
    return [dcc.Link(said, href=href), *grade]


def export(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The reward table as it is seen."""
    seen = look(asked, reading, whole_year=True)
    query = seen.asked
    found = year_of_scores.of_group(reading, query.quarter.year, query.group, seen.year)
    key, order, down = standings.order_asked(asked, orders(found, reading.zone))
    columns = _columns(found)
    named = {key: field.words for key, field, _value in columns}
    title = _("Reward table of the year %(year)s, %(group)s", year=found.year, group=words.group(query.group))
    return Exported(
        name=title.replace(" ", "-"),
        title=title,
        said=[
            _mark(found, reading),
            scope_said(reading),
            *notes(found),
            sorted_said(named[key], down=down, named=key == "unit") if key else _("In the order of means"),
        ],
        fields=[field for _key, field, _value in columns],
        rows=[[value(row) for _key, _field, value in columns] for row in standings.in_order(found.rows, order, down=down)],
        drafts=[DraftReport("scores", str(quarter)) for quarter in _unpublished(found)],
    )  # fmt: skip


def _unpublished(found: YearOfScores) -> list[Quarter]:
    """The quarters that are shown as they stand at present."""
    return [quarter for quarter in found.quarters if quarter in found.begun and quarter not in found.published]


def _mark(found: YearOfScores, reading: Reading) -> str:
    """What the file says of the figures: those of published quarters are frozen ones, all others are a draft."""
    left = _unpublished(found)
    if not left:
        return _("all quarters shown as they were published")
    draft = _("draft, figures as of %(day)s, not published", day=numbers.day(reading.today))
    return parts.behind(draft, _(", ").join(_("Q%(n)s", n=one.quarter) for one in left))


Column = tuple[str, Field, Callable[[UnitsYear], Any]]


def _columns(found: YearOfScores) -> list[Column]:
    quarters: list[Column] = []
    for quarter in found.quarters:
        head = parts.behind(_("Q%(n)s", n=quarter.quarter), _state(found, quarter))
        quarters.append((_key(quarter), Field(head, Written.AMOUNT), _score_of(quarter)))
        quarters.append((f"{_key(quarter)}-grade", Field(_("Grade")), _grade_of(quarter)))
    return [
        ("unit", Field(_("Unit")), lambda row: row.unit.short_name),
        *quarters,
        ("mean", Field(_("Mean of the year"), Written.AMOUNT), lambda row: row.mean),
        ("counted", Field(_("Quarters counted"), Written.COUNT), lambda row: row.counted),
        ("veto", Field(_("Veto")), lambda row: words.grade(VETOED) if row.vetoed else None),
    ]


def _grade_of(quarter: Quarter) -> Callable[[UnitsYear], Any]:
    def grade(row: UnitsYear) -> str | None:
        one = row.quarters.get(quarter)
        if one is None:
            return None
        return words.grade(one.grade) if one.flag is None else words.flag(one.flag)

    return grade
