"""Schemes that officials decide: drafts that are kept, versions adopted, and versions withdrawn before they held.

What holds is what stands in the table ``scheme``; its rows are only ever added, or taken away before they held. A draft
is the whole text, so that what was looked at is, to the letter, what is adopted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from data.intake.archive import LAST_LINE, Entry
from data.intake.audit import Act
from data.intake.configuration import put
from data.intake.filing import quarters_with_marks
from data.language import gettext as _
from data.schema.publications import publication
from data.schema.schemes import scheme_decision, scheme_draft
from data.schema.zone import scheme
from data.zone import schemes
from data.zone.periods import Period, months_of, parse_period
from data.zone.scheme_text import period_from
from data.zone.schemes import RankingScheme, Scheme, ScoresScheme, holding, in_order, natural, parsed
from data.zone.zone import Zone, read_zone

DRAFT = "draft_scheme"
ADOPT = "adopt_scheme"
WITHDRAW = "withdraw_scheme"
_DRAFTED = ("name", "text", "sha256", "instead_of", "actor")
_DECIDED = ("name", "version", "adopted", "draft", "text", "sha256", "known", "reason", "actor")
_OF_DECISION = scheme_decision, {one: one for one in _DECIDED}
ROWS = {DRAFT: (scheme_draft, {one: one for one in _DRAFTED}), ADOPT: _OF_DECISION, WITHDRAW: _OF_DECISION}
"""What is told in an act's line, by the column of the table that keeps it."""
OF_A_DAY = ("frontline_duty", "enterprises", "tipoffs", "disasters")
"""The schemes of what stands on a day (METHOD section 5)."""
NAMES = ("monthly_ranking", "quarterly_scores", "casualty_targets", *OF_A_DAY)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that is kept: its line, its text and what it says, who kept it and when."""

    number: int
    text: str
    scheme: Scheme
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SchemeDecision:
    """A decision on a version: adopted, or withdrawn before it held; ``known``: what was published and moved with it."""

    line: int
    scheme: Scheme
    text: str
    adopted: bool
    known: tuple[str, ...]
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PublishedBefore:
    """A period that is published: its report, and of casualties the day as of which."""

    report: str
    period: Period
    day: date | None = None

    def __str__(self) -> str:
        return f"{self.report} {self.period}" + ("" if self.day is None else f" {self.day.isoformat()}")


def drafts(connection: Connection, zone: str, name: str) -> list[Draft]:
    """The drafts of a scheme that are still to be looked at, the latest first: none that was adopted or made another of."""
    table, decided = scheme_draft.c, scheme_decision.c
    mine = table.zone == zone, table.name == name
    past = set(connection.execute(select(table.instead_of).where(*mine, table.instead_of.is_not(None))).scalars())
    past |= set(connection.execute(select(decided.draft).where(decided.zone == zone, decided.name == name)).scalars())
    rows = connection.execute(select(scheme_draft).where(*mine).order_by(table.entry.desc()))
    return [_draft(row) for row in rows if row.entry not in past]


def draft(connection: Connection, zone: str, number: int) -> Draft | None:
    """The draft of a line; None where there is none."""
    if number > LAST_LINE:
        return None
    this = scheme_draft.c.zone == zone, scheme_draft.c.entry == number
    row = connection.execute(select(scheme_draft).where(*this)).first()
    return None if row is None else _draft(row)


def _draft(row: Row[Any]) -> Draft:
    return Draft(row.entry, row.text, parsed(row.text), row.actor, row.at)


def decisions_on(connection: Connection, zone: str, name: str) -> list[SchemeDecision]:
    """All decisions on the versions of a scheme, in the order in which they were taken."""
    table = scheme_decision.c
    rows = connection.execute(
        select(scheme_decision).where(table.zone == zone, table.name == name).order_by(table.entry)
    )
    return [
        SchemeDecision(
            row.entry, parsed(row.text), row.text, row.adopted, tuple(row.known), row.reason, row.actor, row.at
        )
        for row in rows
    ]


def write_draft(connection: Connection, zone: str, entry: Entry) -> Act:
    """The draft's row."""
    told, at = entry.data, datetime.fromisoformat(entry.at)
    kept = {column: told[name] for column, name in ROWS[DRAFT][1].items()}
    connection.execute(insert(scheme_draft).values(zone=zone, entry=entry.number, at=at, **kept))
    return Act("scheme drafted", f"scheme {told['name']}", {"sha256": told["sha256"]})


def write_adoption(connection: Connection, zone: str, entry: Entry) -> Act:
    """The decision's row, and the version's among those that hold."""
    told = entry.data
    _write_decision(connection, zone, entry)
    put(connection, scheme, zone, version_row(told), datetime.fromisoformat(entry.at))
    detail = {
        "valid_from": told["valid_from"],
        "reason": told["reason"],
        "sha256": told["sha256"],
        "known": told["known"],
    }
    return Act("scheme adopted", _subject(told), detail)


def write_withdrawal(connection: Connection, zone: str, entry: Entry) -> Act:
    """The decision's row; the version is gone from among those that hold."""
    told, table = entry.data, scheme.c
    _write_decision(connection, zone, entry)
    this = table.zone == zone, table.name == told["name"], table.version == told["version"]
    connection.execute(delete(scheme).where(*this))
    return Act("scheme withdrawn", _subject(told), {"reason": told["reason"], "sha256": told["sha256"]})


def _write_decision(connection: Connection, zone: str, entry: Entry) -> None:
    kept = {column: entry.data[name] for column, name in _OF_DECISION[1].items()}
    at = datetime.fromisoformat(entry.at)
    connection.execute(insert(scheme_decision).values(zone=zone, entry=entry.number, at=at, **kept))


def version_row(told: Any) -> dict[str, Any]:
    """The row of a version that a line of its adoption tells of, as the journal tells rows of what is configured."""
    return {name: told[name] for name in ("name", "version", "valid_from", "sha256", "text")}


def _subject(told: Any) -> str:
    return f"scheme {told['name']} {told['version']}"


def present(connection: Connection, zone: str, name: str) -> list[Scheme]:
    """The versions of a scheme that hold or are to hold, in that order."""
    return in_order(parsed(text) for text in schemes.versions(connection, zone, name))


def next_version(connection: Connection, zone: str, name: str, valid_from: date) -> str:
    """A version that no other ever had, told by the month from which it holds, and behind all that hold from the same day."""
    there = present(connection, zone, name)
    taken = {one.version for one in there}
    taken |= {one.scheme.version for one in decisions_on(connection, zone, name)}
    before = max((natural(one.version) for one in there if one.valid_from == valid_from), default=())
    base = f"{valid_from:%Y-%m}"
    if natural(base) <= before:
        base = max((one.version for one in there if one.valid_from == valid_from), key=natural)
    number = 2
    version = base
    while version in taken or natural(version) <= before:
        version, number = f"{base}.{number}", number + 1
    return version


def moved(connection: Connection, zone: Zone, draft: Scheme) -> list[PublishedBefore]:
    """What is published already and rests on a scheme that a draft would take the place of: live figures move, these do not."""
    after = in_order([*present(connection, zone.code, draft.name), draft])
    found = [one for one in _published(connection, zone.code, draft.name) if _rests_on(zone, one, after, draft)]
    return sorted(found, key=str)


def _rests_on(zone: Zone, one: PublishedBefore, after: Sequence[Scheme], draft: Scheme) -> bool:
    if one.day is not None:
        days = [one.day]
    elif isinstance(draft, RankingScheme):
        days = [zone.calendar.last_day(month) for month in months_of(one.period)]
    else:
        days = [zone.calendar.last_day(one.period)]
    return any(holding(after, day) is draft for day in days)


def _published(connection: Connection, zone: str, name: str) -> Iterator[PublishedBefore]:
    """The periods of the reports that rest on a scheme, as far as they are published; of a ranking's also its quarters.

    What stands on a day is never published, but the year's goals tell of mass disasters.
    """
    reports = {
        "monthly_ranking": ("ranking", "scores"),
        "quarterly_scores": ("scores",),
        "casualty_targets": ("casualties",),
        "disasters": ("casualties",),
    }
    table = publication.c
    of = table.zone == zone, table.report.in_(reports.get(name, ()))
    for row in connection.execute(select(table.report, table.period, table.day).where(*of).distinct()):
        yield PublishedBefore(row.report, parse_period(row.period), date.fromisoformat(row.day) if row.day else None)


def why_not_adopted(connection: Connection, zone_code: str, draft: Scheme) -> str | None:
    """Why a draft cannot be adopted as things stand; None where it can."""
    zone, there = read_zone(connection, zone_code), present(connection, zone_code, draft.name)
    if period_from(draft.name, draft.valid_from) is None:
        return _BEGINNING.get(draft.name, _of_a_month)()
    if there and draft.valid_from < there[0].valid_from:
        return _("A scheme cannot hold from before the first one, %(day)s.", day=there[0].valid_from.isoformat())
    taken = {one.version for one in (*there, *(one.scheme for one in decisions_on(connection, zone_code, draft.name)))}
    if draft.version in taken:
        return _("There is a version %(version)s already: it stays as it is. Give another.", version=draft.version)
    same = [
        one for one in there if one.valid_from == draft.valid_from and natural(one.version) >= natural(draft.version)
    ]
    if same:
        return _("Version %(other)s holds from the same day and goes before %(version)s: this one would never hold. Give a "
                 "later version.", other=same[-1].version, version=draft.version)  # fmt: skip
    return _why_not_measured(connection, zone, there, draft)


def _of_a_month() -> str:
    return _("A scheme of what stands on a day holds from the first day of a month on.")


_BEGINNING = {
    "monthly_ranking": lambda: _("A ranking's scheme holds from the first day of a month on."),
    "quarterly_scores": lambda: _("A scheme of the quarterly scores holds from the first day of a quarter on."),
    "casualty_targets": lambda: _("A scheme of the casualty targets holds from 1 January on."),
}


def _why_not_measured(connection: Connection, zone: Zone, there: Sequence[Scheme], draft: Scheme) -> str | None:
    """Marks were given by the full marks of their time: no others can be laid beneath them afterwards."""
    if not isinstance(draft, ScoresScheme) or not there:
        return None
    after = in_order([*there, draft])
    for quarter in quarters_with_marks(connection, zone):
        day = zone.calendar.last_day(quarter)
        before = holding(there, day)
        if holding(after, day) is draft and isinstance(before, ScoresScheme) and _marked(before) != _marked(draft):
            return _("Marks of %(quarter)s are given already, by the measures and full marks of version %(version)s. Other ones can "
                     "hold only from a later quarter on.", quarter=str(quarter), version=before.version)  # fmt: skip
    return None


def _marked(one: ScoresScheme) -> dict[int, Any]:
    return {measure.number: measure.full for measure in one.measures}


def why_not_withdrawn(connection: Connection, zone_code: str, name: str, version: str, today: date) -> str | None:
    """Why a version cannot be withdrawn: only one that was adopted here, does not hold yet and that nothing published cites."""
    found = [one for one in decisions_on(connection, zone_code, name) if one.scheme.version == version]
    if not found or not found[-1].adopted:
        return _("Only a version that was adopted here can be withdrawn.")
    one, zone = found[-1].scheme, read_zone(connection, zone_code)
    period = period_from(name, one.valid_from)
    begins = one.valid_from if period is None else min(one.valid_from, zone.calendar.first_day(period))
    cited = select(publication.c.content).where(publication.c.zone == zone_code)
    if begins <= today or any(
        content["scheme"]["sha256"] == one.sha256 for content in connection.execute(cited).scalars()
    ):
        return _("Version %(version)s holds already, or something was published by it: it stays, and only a later one can follow it.",
                 version=version)  # fmt: skip
    return None
