"""What a publication freezes, and what it says beside the live figures (METHOD section 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from dashboards.method.conclusions import changed
from dashboards.method.frozen import differing, figures, moved, places
from dashboards.results import casualties, ranking, ranking_printed, scores, scores_printed
from dashboards.results.reading import Reading, kept
from data.intake import own_review
from data.intake.anchors import Anchor
from data.intake.decision_checks import Undecidable
from data.intake.proposals import on_itself
from data.intake.publications import Publication, by_entry, latest_of, revisions
from data.intake.replies import mark_decisions
from data.intake.vetoes import veto_decisions
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.rollup.in_force import submissions_in_force
from data.schema.intake import submission
from data.schema.zone import scheme
from data.store import among, listed
from data.zone.periods import Month, Period, Quarter, Year, following, months_of, parse_period
from data.zone.zone import Zone

PUBLISHED = ("ranking", "scores", "casualties")
"""Reports that are published; the others carry the days as of which and by which they were known."""
Content = dict[str, Any]
ALL_UNITS = "all"
OWN_REVIEW = "own_review"
"""The place of what a second account confirmed of the office's own marks."""


def live(reading: Reading, report: str, period: Period, day: date | None = None) -> Content:
    """A report that is published as it stands at present, as CONTRACT prints it; casualties as of a day.

    Its words are the installation's, whatever the language of whoever asks: what is frozen is compared with it for years.
    """
    with speaking(LANGUAGES[0]):
        match report, period:
            case "ranking", Month():
                return ranking_printed.as_dict(ranking.fetch(reading, period))
            case "scores", Quarter():
                return scores_printed.as_dict(scores.fetch(reading, period))
            case "casualties", Year():
                return casualties.as_dict(casualties.fetch(reading, period, as_of=day))
    raise LookupError(f"no report {report} of {period}")


def day_of(reading: Reading, period: Period, day: date | None) -> date:
    """The day as of which casualties are published, today where none is said; Undecidable unless it was and is of the year."""
    day = day or min(reading.today, reading.zone.calendar.last_day(period))
    if not reading.zone.calendar.first_day(period) <= day <= reading.zone.calendar.last_day(period):
        raise Undecidable(
            _("the day lies before the year") if day.year < period.year else _("the day lies behind the year")
        )
    if day > reading.today:
        raise Undecidable(_("The day has not come yet."))
    return day


def final_from(reading: Reading, report: str, period: Period) -> date | None:
    """The last day on which a report can still be published only with a reason; None where it never needs one."""
    if report == "ranking":
        return reading.zone.last_due_day("enforcement", period)
    if report == "scores" and isinstance(period, Quarter):
        bound, of = reading.zone.calendar.end_of(reading.today), str(period)
        reviewed = submissions_in_force(
            reading.connection, reading.zone.code, "review", known_by=bound, first=of, last=of
        )
        return None if reviewed else reading.zone.due_day("review", period)
    return None


def freeze(
    reading: Reading,
    report: str,
    period: Period,
    day: date | None,
    *,
    revision: int,
    reason: str,
    mistake: bool,
    anchor: Anchor,
    at: datetime,
) -> Content:
    """The content of a publication: the report as printed, with all that it rests on. Undecidable before its time without a reason."""
    final = final_from(reading, report, period)
    early = final is not None and reading.today <= final
    if early and not reason:
        raise Undecidable(
            _("It can be published from the day after %(day)s on; sooner only with a reason.", day=f"{final:%Y-%m-%d}")
        )
    printed = live(reading, report, period, day)
    del printed["sha256"]
    of_revision = ("correction" if mistake else "revision") if revision > 1 else None
    basis = _basis(reading, period)
    before = _last(reading, report, period, day)
    return {
        **printed,
        "published": revision,
        "publication": {
            "published_at": at.astimezone(reading.zone.calendar.timezone).isoformat(),
            "zone": reading.zone.name,
            "kind": of_revision,
            "early": early,
            "reason": reason,
            "journal": {"line": anchor.line, "head": anchor.head},
            "former": anchor.former,
            "next_due": next_due(reading, printed, reading.today),
            "quarter_before": quarter_before(reading, period, reading.today),
            "conclusions_changed": [] if before is None else changed(before.content, printed),
            "moved_by": [] if before is None else _moved_by(before, printed["scheme"]["sha256"], basis),
            "scheme_text": scheme_text(reading.connection, reading.zone.code, printed["scheme"]["sha256"]),
            **basis,
        },
    }


_DUE_NEXT = {"ranking": "enforcement", "scores": "self_assessment", "casualties": "accidents"}
"""Report → the kind of workbook that it waits for the next time."""


def next_due(reading: Reading, content: Mapping[str, Any], day: date) -> Content | None:
    """The next period whose workbooks are due on a day or later, and by when, as it is known now; None of a report that waits for none.

    Of a month or a quarter the first that comes after it; of casualties the first month that ends on the day as of which they are
    told or later, for their ledger is a month's. What was due before the day is not asked for any more.
    """
    kind = _DUE_NEXT.get(content["report"])
    if kind is None:
        return None
    own = parse_period(content["period"])
    period = Month.of(date.fromisoformat(content["as_of"])) if isinstance(own, Year) else following(own)
    while (until := reading.zone.due_day(kind, period)) < day:
        period = following(period)
    return {"period": str(period), "day": until.isoformat()}


UNSURE = frozenset({"unreviewed", "thin_basis"})
"""Flags of a unit whose grade is not compared with that of another quarter."""


def quarter_before(reading: Reading, period: Period, day: date) -> Content | None:
    """Of the quarter before, as it had been published last on a day: which publication by SHA-256, the scheme's, and unit → grade.

    Of those alone who were reviewed and on no thin basis. None of what is no quarter, and where that quarter had not been published.
    """
    if not isinstance(period, Quarter):
        return None
    before = str(Quarter.of(months_of(period)[0].plus(-1)))
    connection, zone = reading.connection, reading.zone
    one = latest_of(connection, zone.code, "scores", [before], zone.calendar.end_of(day)).get(before)
    if one is None:
        return None
    rows = [row for group in one.content["groups"] for row in group["rows"]]
    grades = {row["unit"]: row["grade"] for row in rows if row["grade"] and not UNSURE & set(row["flags"])}
    return {"period": before, "sha256": one.sha256, "scheme": one.content["scheme"]["sha256"], "grades": grades}


def printed(one: Publication) -> Content:
    """A publication as its JSON prints it: the content, with the hash over it behind the revision."""
    shown: Content = {}
    for key, value in one.content.items():
        shown[key] = value
        if key == "published":
            shown["sha256"] = one.sha256
    return shown


def overtaken(reading: Reading, one: Publication) -> Mapping[str, tuple[Any, Any]]:
    """What of a publication stands otherwise at present, by place: as published, and live. Nothing: it is current."""
    return _overtaken(reading, one.entry)


@kept
def _overtaken(reading: Reading, entry: int) -> Mapping[str, tuple[Any, Any]]:
    one = by_entry(reading.connection, reading.zone.code, entry)
    return moved(figures(one.content), figures(_counted(reading, one)))


def _counted(reading: Reading, one: Publication) -> Content:
    """The report of a publication as it stands at present, without what is drawn of places, which overtakes nothing."""
    period = parse_period(one.period)
    if isinstance(period, Month):
        with speaking(LANGUAGES[0]):
            return ranking_printed.as_dict(ranking.counted(reading, period))
    return live(reading, one.report, period, date.fromisoformat(one.day) if one.day else None)


def scheme_text(connection: Connection, zone: str, sha256: str) -> str:
    """The YAML of a scheme by its hash."""
    this = scheme.c.zone == zone, scheme.c.sha256 == sha256
    text: str = connection.execute(select(scheme.c.text).where(*this)).scalars().first() or ""
    return text


def moved_by(reading: Reading, one: Publication) -> list[dict[str, Any]]:
    """What has come or gone since a publication of what it rests on, by place: workbooks, decisions, the scheme."""
    return _moved_by(one, _counted(reading, one)["scheme"]["sha256"], _basis(reading, parse_period(one.period)))


def _moved_by(before: Publication, scheme_now: str, basis: Content) -> list[dict[str, Any]]:
    then = {"scheme": before.content["scheme"]["sha256"], **_may_move(before.content["publication"])}
    now = {"scheme": scheme_now, **_may_move(basis)}
    return [
        {"what": place, "before": pair[0], "after": pair[1]}
        for place, pair in differing(places(then), places(now)).items()
    ]


def _may_move(basis: Content) -> Content:
    """What of a basis moves figures when it is another. Of extensions and of the office's own marks that were confirmed only
    those there are: older publications know of none.
    """
    extended = {"extensions": basis["extensions"]} if basis.get("extensions") else {}
    lines = [one["line"] for one in basis.get("second_account", ()) if one["act"] == own_review.COUNT]
    own = {OWN_REVIEW: lines} if lines else {}
    return {**{name: basis.get(name, []) for name in ("submissions", "vetoes", "marks", "months")}, **extended, **own}


def _last(reading: Reading, report: str, period: Period, day: date | None) -> Publication | None:
    """The revision before the one that is made."""
    of_day = "" if day is None else day.isoformat()
    found = revisions(reading.connection, reading.zone.code, report, str(period), of_day)
    return found[-1] if found else None


def _basis(reading: Reading, period: Period) -> Content:
    """What a report rests on: ``submissions`` by kind, period and unit as SHA-256; ``account`` of their rows; of a quarter
    the decisions on ``vetoes`` and contested ``marks`` by line of the journal, and the publications of its ``months`` by SHA-256; the deadlines that
    were extended, ``extensions`` by kind, period and unit; what the office decided on its own figures and a
    ``second_account`` confirmed.
    """
    connection, zone = reading.connection, reading.zone.code
    quarters = [period] if isinstance(period, Quarter) else []
    bound = reading.zone.calendar.end_of(reading.today)
    months = [str(month) for quarter in quarters for month in months_of(quarter)]
    published = latest_of(connection, zone, "ranking", months, bound)
    found, account = behind(reading, period)
    return {
        "account": account,
        "submissions": found,
        "vetoes": [row.entry for row in veto_decisions(connection, zone, quarters, bound)] if quarters else [],
        "marks": [row.entry for row in mark_decisions(connection, zone, quarters, bound)] if quarters else [],
        "months": {month: one.sha256 for month, one in sorted(published.items())},
        "extensions": _extended(reading.zone, period),
        "second_account": [
            {"line": one.line, "act": one.act, "period": one.period}
            for one in on_itself(connection, zone)
            if is_behind(parse_period(one.period), period)
        ],
    }


def _extended(zone: Zone, period: Period) -> Content:
    """Kind → period → unit, or all → the day to which a deadline was extended that a report's figures go by."""
    quarter = [period] if isinstance(period, Quarter) else []
    months = [period] if isinstance(period, Month) else [month for of in quarter for month in months_of(of)]
    due = {("enforcement", str(month)) for month in months} | {("self_assessment", str(of)) for of in quarter}
    found: Content = {}
    for one in zone.extensions:
        if (one.kind, one.period) in due:
            of_period = found.setdefault(one.kind, {}).setdefault(one.period, {})
            unit = one.unit or ALL_UNITS
            of_period[unit] = max(one.until.isoformat(), of_period.get(unit, ""))
    return found


def is_behind(one: Period, of: Period) -> bool:
    """Whether what was decided of a period bears on a report of another: a month on itself and on what comes later."""
    if isinstance(of, Year):
        return False
    if isinstance(one, Month):
        return one <= (of if isinstance(of, Month) else months_of(of)[-1])
    return one == of


def behind(reading: Reading, period: Period) -> tuple[Content, list[Content]]:
    """The workbooks that count, and what became of their rows and cells, added up for each kind and period."""
    found: Content = {}
    counted: dict[tuple[str, str], dict[str, Counter[str]]] = {}
    for kind, (first, last) in _kinds_behind(period).items():
        numbers = submissions_in_force(reading.connection, reading.zone.code, kind, first=first, last=last)
        table = submission.c
        statement = (
            select(table.period, table.unit, table.sha256, table.account)
            .where(table.zone == reading.zone.code, among(table.submission, "numbers"))
            .order_by(table.period, table.unit)
        )
        for row in reading.connection.execute(statement, {"numbers": listed(numbers)}):
            found.setdefault(kind, {}).setdefault(row.period, {})[row.unit] = row.sha256
            sums = counted.setdefault(
                (kind, row.period), {"workbooks": Counter(), "rows": Counter(), "cells": Counter()}
            )
            sums["workbooks"]["counted" if row.account else "uncounted"] += 1
            for name in ("rows", "cells"):
                sums[name].update((row.account or {}).get(name, {}))
    return found, [
        {"kind": kind, "period": of, **{name: dict(sorted(part.items())) for name, part in sums.items()}}
        for (kind, of), sums in counted.items()
    ]


def _kinds_behind(period: Period) -> dict[str, tuple[str | None, str]]:
    """Which kinds of which periods the report of a period rests on: from the first (None: from ever) to the last."""
    year = str(period.year)
    if isinstance(period, Month):
        return {"enforcement": (None, str(period)), "targets": (year, year)}
    if isinstance(period, Quarter):
        own, last = str(period), str(months_of(period)[-1])
        accidents = f"{year}-01", f"{year}-12"
        marks = {"self_assessment": (own, own), "review": (own, own)}
        return {**marks, "enforcement": (None, last), "accidents": accidents, "targets": (year, year)}
    return {"accidents": (None, f"{year}-12"), "targets": (year, year), "disasters": (None, f"{year}-12")}
