"""What the casualty targets let their readers take along: the same figures by unit and by sector, in the order in which they are seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from dashboards.components import lights, numbers, standings
from dashboards.components.exports import Exported, Field, NothingToExport, Written, scope_said, sorted_said
from dashboards.components.grid_request import Told
from dashboards.components.page_list import CASUALTIES
from dashboards.components.published import printed_mark
from dashboards.pages.casualty_targets import as_published, phrases
from dashboards.pages.casualty_targets.query import read
from dashboards.pages.casualty_targets.scope_view import same_day_known
from dashboards.pages.casualty_targets.standings import StandingLine, by_sector, by_unit, orders
from dashboards.results import casualties, published
from dashboards.results.casualties import Casualties
from dashboards.results.published import PublishedPeriod
from dashboards.results.reading import Reading
from data.intake.publications import Publication
from data.language import gettext as _
from data.people.draft_openings import DraftReport


class _Part(NamedTuple):
    """One column of the file; ``key`` is that of the column of the page by which it sorts."""

    key: str
    words: str
    written: Written
    value: Callable[[StandingLine], Any]


def units(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The units; of a unit's account its own line; as they were published all of them."""
    result, state, frozen = _result(asked, reading)
    if frozen is not None:
        return as_published.export_units(asked, frozen, state, reading)
    return _standing(asked, reading, result, state, by_unit(result), _("By unit"), _("Unit"))


def sectors(asked: Mapping[str, str], _told: Told, reading: Reading) -> Exported:
    """The sectors; live ones are not for an account of one unit."""
    result, state, frozen = _result(asked, reading)
    if frozen is not None:
        return as_published.export_sectors(asked, frozen, state, reading)
    if result.own_unit is not None:
        raise NothingToExport
    return _standing(asked, reading, result, state, by_sector(result), _("By sector"), _("Sector"))


def _result(asked: Mapping[str, str], reading: Reading) -> tuple[Casualties, PublishedPeriod, Publication | None]:
    query = read(asked, reading.zone, reading.today)
    result = casualties.fetch(reading, query.year, as_of=query.day)
    state = published.fetch(reading, "casualties", query.year, result.as_of)
    return result, state, state.revision(query.published)


def _standing(
    asked: Mapping[str, str],
    reading: Reading,
    result: Casualties,
    state: PublishedPeriod,
    lines: list[StandingLine],
    by: str,
    head: str,
) -> Exported:
    comparable = same_day_known(result)
    key, order, down = standings.order_asked(asked, orders(comparable=comparable))
    parts = _parts(head, result, comparable=comparable)
    named = {one.key: one.words for one in reversed(parts)}
    told = [line for line in lines if not line.quiet] + [line for line in lines if line.quiet]
    title = f"{CASUALTIES.title} {numbers.period(result.year)} {by}"
    return Exported(
        name=f"{title} {result.as_of.isoformat()}".replace(" ", "-"),
        title=title,
        said=[
            printed_mark(state),
            _("Up to %(day)s", day=numbers.day(result.as_of)),
            scope_said(reading),
            sorted_said(named[key], down=down, named=key == "name") if key else _("Worst first"),
        ],
        fields=[Field(one.words, one.written) for one in parts],
        rows=[[one.value(line) for one in parts] for line in standings.in_order(told, order, down=down)],
        drafts=(DraftReport("casualties", str(result.year), result.as_of.isoformat()),),
    )


def _parts(head: str, result: Casualties, *, comparable: bool) -> list[_Part]:
    count = Written.COUNT
    over = result.total.elapsed == 1
    return [
        _Part("name", head, Written.TEXT, lambda line: line.name),
        _Part("deaths", _("Deaths"), count, lambda line: line.standing.deaths),
        _Part("deaths", _("Fatal accidents"), count, lambda line: line.standing.fatal_accidents),
        _Part("cap", _("Cap"), count, lambda line: line.standing.cap),
        _Part("left", _("Left of the cap"), count, lambda line: line.standing.remaining),
        _Part("left", _("Share of the cap used"), Written.SHARE, lambda line: line.standing.progress),
        _Part("pace", _("Pace"), Written.AMOUNT, lambda line: line.standing.pace),
        _Part("last_year", _("Deaths last year"), count,
              lambda line: line.standing.last_year_deaths if comparable else None),
        _Part("since", _("Days since the last fatal accident"), count, lambda line: line.standing.days_since_fatal),
        _Part("year_end", _("Year's end, median"), count,
              lambda line: None if over else line.standing.year_end.median),
        _Part("year_end", _("Year's end, low"), count, lambda line: None if over else line.standing.year_end.low),
        _Part("year_end", _("Year's end, high"), count, lambda line: None if over else line.standing.year_end.high),
        _Part("breach", _("Breach"), Written.TEXT, lambda line: phrases.breach(line.standing)),
        _Part("light", _("Light of the targets"), Written.TEXT, _light),
    ]  # fmt: skip


def _light(line: StandingLine) -> str | None:
    return None if line.standing.light is None else lights.word(line.standing.light)
