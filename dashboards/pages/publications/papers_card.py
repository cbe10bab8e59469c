"""The papers to one unit that follow from what was published last in a year: the notices to speak last, and the interview sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, paper_links, parts
from dashboards.components.page_list import SCORES
from dashboards.meeting.unit_fields import LAST_SPEAKER
from dashboards.results import publication_list
from dashboards.results.publication_list import Issue, PublishedReport
from dashboards.results.reading import Reading
from dashboards.results.scores import reason_words
from data.language import gettext as _

Content = Mapping[str, Any]
Published = tuple[Issue, Content]


def card(found: Sequence[PublishedReport], year: int, reading: Reading, *, identity: str) -> list[Component]:
    """To whoever makes them: of the quarter that was published last who speaks last, and of it and the last month every unit's sheet."""
    if not reading.scope.calls_in:
        return []
    quarter, month = (_last(found, report, reading) for report in ("scores", "ranking"))
    notices = _notices(quarter, year)
    sheets = _sheets([one for one in (month, quarter) if one is not None])
    note = _("What they tell is of what was published, their records of today; before a publication the pages of ranking and scores have them as drafts.")  # fmt: skip
    shown = parts.card(
        _("Papers to units"), *notices, *sheets, html.P(note, className="note"), id=identity, name="by-hand"
    )
    return [shown]


def _last(found: Sequence[PublishedReport], report: str, reading: Reading) -> Published | None:
    """Of a report that of the latest period."""
    issues = [one.latest for one in found if one.latest.report == report]
    if not issues:
        return None
    issue = max(issues, key=lambda one: str(one.period))
    one = publication_list.one(reading, issue.entry)
    assert one is not None, issue.entry
    return issue, one.content


def _notices(published: Published | None, year: int) -> list[Component]:
    if published is None:
        said = _("No quarter of %(year)s is published yet, so nobody is called on to speak last.", year=year)
        return [parts.empty(said)]
    quarter, content = published
    head = html.H3(_("Speak last after %(period)s", period=numbers.period(quarter.period)))
    if not content["last_speakers"]:
        return [head, html.P(_("Nobody has to speak last for this quarter."))]
    names = dict(_units(content))
    rows = [html.Tr(_notice(one, names, quarter)) for one in content["last_speakers"]]
    heads = [parts.head(said) for said in (_("Who"), _("Why"), _("Notice"), _("Interview sheet"))]
    table = [html.Thead(html.Tr(heads)), html.Tbody(rows)]
    return [head, html.Table(table, className="data-table small-table publication-list", id="papers-notices")]


def _notice(one: Mapping[str, Any], names: Mapping[str, str], quarter: Issue) -> list[Component]:
    who = one["unit"] if "unit" in one else one["enterprise"]
    why = _("; ").join(reason_words(key) for key in one["reasons"])
    return [
        parts.cell(_("Who"), *_who(one, names, quarter), name="what"),
        parts.cell(_("Why"), why, name="whole"),
        parts.cell(_("Notice"), *paper_links.files(LAST_SPEAKER, who, quarter.period)),
        parts.cell(
            _("Interview sheet"), *paper_links.interview(who, quarter.period, of_enterprise="enterprise" in one)
        ),
    ]


def _who(one: Mapping[str, Any], names: Mapping[str, str], quarter: Issue) -> list[Component | str]:
    if "enterprise" in one:
        return [one["enterprise"], " ", parts.tag(_("enterprise"))]
    way = SCORES.path + address.query(period=quarter.period, unit=one["unit"])
    return [dcc.Link(names.get(one["unit"], one["unit"]), href=way, className="unit-link")]


def _sheets(published: Sequence[Published]) -> list[Component]:
    """A line a unit, folded away: there are as many as units."""
    of = [(issue, dict(_units(content))) for issue, content in published]
    units = {code: name for _issue, own in of for code, name in own.items()}
    if not units:
        return []
    heads = [parts.head(_("Unit")), *(parts.head(numbers.period(issue.period)) for issue, _own in of)]
    rows = [
        html.Tr([parts.cell(_("Unit"), name, name="what"), *(_sheet(code, issue, theirs) for issue, theirs in of)])
        for code, name in units.items()
    ]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table small-table publication-list", id="papers-sheets"
    )  # fmt: skip
    return [html.Details([html.Summary(_("Interview sheets of all units")), table])]


def _sheet(code: str, issue: Issue, units: Collection[str]) -> Component:
    files = paper_links.interview(code, issue.period) if code in units else [numbers.NONE]
    return parts.cell(numbers.period(issue.period), *files)


def _units(content: Content) -> list[tuple[str, str]]:
    """Code and name of each unit of a report, in its order."""
    return [(row["unit"], row["name"]) for group in content["groups"] for row in group["rows"]]
