"""How publications are said: what they are called, what they conclude, what has moved since and what moved it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts, words
from dashboards.components.frozen_words import figure_of, short_names, unit_name, value_said
from dashboards.components.page_list import CASUALTIES, RANKING, SCORES
from dashboards.method.frozen import ABSENT
from dashboards.results.headline import GroupHeadline, Headline
from dashboards.results.publication_list import Issue
from dashboards.results.published import Key, MovedFigure, WorkbookBehind, counts_again, figures_moved, follows
from dashboards.results.publishing import ALL_UNITS
from dashboards.results.verification import ALTERED, CURRENT, OVERTAKEN, SUPERSEDED, UNKNOWN, Verdict, sentences
from data.intake.publications import Publication
from data.language import gettext as _
from data.zone.periods import Period, parse_period
from data.zone.zone import Zone

Change = Mapping[str, Any]
Moved = Mapping[str, tuple[Any, Any]]
Known = Mapping[Key, WorkbookBehind]
_WEIGHTY = ("score", "rank", "grade", "light", "deaths", "veto", "flags")
"""What of a unit is told first where figures have moved; the rest follows from it, or stands behind."""


def title(report: str, period: Period, day: str = "") -> str:
    """What a publication is called: its period and report, of casualties with the day."""
    named = {"ranking": RANKING, "scores": SCORES, "casualties": CASUALTIES}
    said = _(
        "%(period)s %(report)s",
        period=numbers.period(period),
        report=named[report].title if report in named else report,
    )
    return parts.behind(said, _("up to %(day)s", day=numbers.spoken_day(date.fromisoformat(day)))) if day else said


def title_of(issue: Issue) -> str:
    """The same of a revision."""
    return title(issue.report, issue.period, issue.day)


def revision(issue: Issue) -> str:
    """Which revision it is, whether it is final, and of a later one whether data got better or a mistake was put right."""
    final = _("preliminary (published early)") if issue.early else _("final")
    return " · ".join([*_which(issue), final])


def _which(one: Issue | Publication) -> list[str]:
    kind = [] if one.revision == 1 else [_("correction of a mistake") if one.mistake else _("revision of data")]
    return [_("revision no. %(n)s", n=one.revision), *kind]


def named(of: Publication) -> list[str]:
    """What a publication is: report and period, revision, fingerprint."""
    return [title(of.report, parse_period(of.period), of.day), " · ".join(_which(of)), f"SHA-256 {of.sha256}"]


def verdict_lines(found: Verdict, zone: Zone, known: Known) -> list[str]:
    """What a document is, line by line: which publication, whether it is true, what moved since and by what, which cells differ."""
    return [
        *([] if found.publication is None else [" · ".join(named(found.publication))]),
        *sentences(found),
        *(_("%(subject)s: %(said)s", subject=_("What moved it"), said=one) for one in causes(found.moved_by, zone, known)),
        *moved_lines(found.moved, zone),
        *(_("%(cell)s: published %(published)s, here %(found)s", cell=place, published=was, found=here)
          for place, (was, here) in found.cells.items()),
    ]  # fmt: skip


def status(name: str) -> tuple[str, str, str]:
    """Symbol, word and tone of what a publication, or a document of one, is."""
    names = {
        CURRENT: ("✓", _("current"), "good"),
        OVERTAKEN: ("≠", _("figures moved since"), "warn"),
        SUPERSEDED: ("↻", _("superseded by a later revision"), "calm"),
        ALTERED: ("✗", _("altered"), "bad"),
        UNKNOWN: ("?", _("not known here"), "calm"),
    }
    return names[name]


def status_tag(name: str) -> Component:
    """The same as a word in a pill."""
    symbol, word, tone = status(name)
    return parts.tag(word, tone, symbol=symbol)


def lines(found: Headline, zone: Zone) -> list[str]:
    """What a report says first, a line a group."""
    if found.deaths is not None:
        cap = _("no cap on file") if found.cap is None else _("cap %(cap)s", cap=found.cap)
        shines = [] if found.light is None else [lights.word(found.light)]
        return [_(", ").join([_("deaths %(n)s", n=found.deaths), cap, *shines])]
    speak = [] if not found.speakers else [_("Speak last: %(who)s", who=_(", ").join(found.speakers))]
    return [*(_group(one, zone) for one in found.groups), *speak]


def _group(one: GroupHeadline, zone: Zone) -> str:
    first, last = short_names(one.first, zone), short_names(one.last, zone)
    if not one.told_apart:
        close = _(
            "the scores of the %(n)s units lie too close for an order: places are not told one by one", n=one.scored
        )
        return _(
            "%(subject)s: %(said)s.", subject=words.group(one.group), said=_("; ").join([close, *_absent(one, zone)])
        )
    said = [
        _first(one, first) if first else _("no unit is ranked"),
        *([_("%(units)s last (%(score)s points)", units=last, score=_score(one.last_score))] if last else []),
        *_nobody_last(one, zone),
        *_absent(one, zone),
    ]
    return _("%(subject)s: %(said)s.", subject=words.group(one.group), said=_("; ").join(said))


def _first(one: GroupHeadline, units: str) -> str:
    said = _("%(units)s first (%(score)s points)", units=units, score=_score(one.first_score))
    return said if one.first_apart else _("%(said)s, not reliably told from the next", said=said)


def _nobody_last(one: GroupHeadline, zone: Zone) -> list[str]:
    if one.last or one.scored < 2:
        return []
    if one.may_be_last:
        return [_("nobody can be named last alone: %(units)s may be", units=short_names(one.may_be_last, zone))]
    return [_("nobody is named last")]


def _absent(one: GroupHeadline, zone: Zone) -> list[str]:
    missing, refused, awaited = (short_names(units, zone) for units in (one.not_reported, one.refused, one.awaited))
    return [
        *([_("not reported: %(units)s", units=missing)] if missing else []),
        *([_("refused and not replaced: %(units)s", units=refused)] if refused else []),
        *([_("still awaited: %(units)s", units=awaited)] if awaited else []),
    ]


def _score(value: float | None) -> str:
    return numbers.NONE if value is None else f"{value:.2f}"


def moved_lines(moved: Moved, zone: Zone) -> list[str]:
    """Every figure that stands otherwise now: as published → live; scores, places and lights first."""
    every = sorted(figures_moved(moved), key=_weight)
    return [
        _("%(figure)s: %(published)s → %(live)s", figure=figure_of(one, zone),
          published=value_said(one.figure, one.published, zone), live=value_said(one.figure, one.live, zone))
        for one in every
    ]  # fmt: skip


def _weight(one: MovedFigure) -> int:
    if one.figure in _WEIGHTY:
        return _WEIGHTY.index(one.figure)
    return len(_WEIGHTY) + follows(one)


def cause(change: Change, zone: Zone, known: Known) -> str:
    """What came or went: a workbook of a unit, a deadline, a decision, a publication that it rests on, the scheme.

    Nothing of a place that only says that there was none of these.
    """
    what, before, after = change["what"], change["before"], change["after"]
    match re.split(r"[.[]", what):
        case ["submissions", kind, period, unit]:
            gone, came = (known.get((end, kind, period, unit)) for end in (before, after))
            return _workbook(change, _whose(kind, period, unit, zone), gone, came)
        case ["extensions", kind, period, unit]:
            return extension(kind, period, unit, before, after, zone)
        case ["months", period]:
            return _("%(period)s, ranking: published anew", period=numbers.period(parse_period(period)))
        case ["scheme"]:
            return _("the scheme is another")
        case ["vetoes", *_line]:
            return decided_on_vetoes()
        case ["marks", *_line]:
            return decided_on_marks()
        case ["own_review", *_line]:
            return confirmed_own_marks()
        case ["submissions" | "months"]:
            return ""
    return str(what)


def _whose(kind: str, period: str, unit: str, zone: Zone) -> str:
    who = _("all units") if unit == ALL_UNITS else unit_name(unit, zone)
    return _(
        "%(unit)s, %(period)s, %(kind)s", unit=who, period=numbers.period(parse_period(period)), kind=words.kind(kind)
    )


def _workbook(change: Change, what: str, gone: WorkbookBehind | None, came: WorkbookBehind | None) -> str:
    if change["after"] == ABSENT:
        return _("%(what)s: returned, it counts no more", what=what)
    if change["before"] == ABSENT:
        return _("%(what)s: came since", what=what)
    if gone is None or came is None:
        return _("%(what)s: another version counts", what=what)
    if counts_again(gone, came):
        return _("%(what)s: workbook %(gone)s was returned, workbook %(came)s counts again", what=what, gone=gone.number,
                 came=came.number)  # fmt: skip
    return _("%(what)s: a corrected version came", what=what)


def extension(kind: str, period: str, unit: str, before: str, after: str, zone: Zone) -> str:
    """That a deadline was extended: whose (``all``: of all), for what, until when, and until when it had been before."""
    said = _("%(what)s: deadline extended to %(day)s", what=_whose(kind, period, unit, zone), day=_day(after))
    return said if before == ABSENT else parts.behind(said, _("until then %(day)s", day=_day(before)))


def _day(told: str) -> str:
    return numbers.spoken_day(None if told == ABSENT else date.fromisoformat(told))


def decided_on_vetoes() -> str:
    """That a veto which facts propose was confirmed or dismissed."""
    return _("the office decided on a proposed veto")


def decided_on_marks() -> str:
    """That a mark which its unit contests was kept or changed."""
    return _("the office decided on a contested mark")


def confirmed_own_marks() -> str:
    """That what a review changed of the office's own marks counts now."""
    return _("a second account confirmed the office's own marks in the review")


def causes(changes: Iterable[Change], zone: Zone, known: Known) -> list[str]:
    """The same of all, each once; ``known``: the workbooks of them that the reader may see (``published.workbooks_behind``)."""
    said = (cause(one, zone, known) for one in changes)
    return [one for one in dict.fromkeys(said) if one]


def opens_on(due: date) -> str:
    """The first day on which a report can be published and is final."""
    return numbers.spoken_day(due + timedelta(days=1))
