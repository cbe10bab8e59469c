"""How publications are said: what they are called, what they conclude, what has moved since and what moved it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts, words
from dashboards.components.frozen_words import unit_name
from dashboards.components.page_list import CASUALTIES, RANKING, SCORES
from dashboards.method.frozen import ABSENT
from dashboards.results.headline import GroupHeadline, Headline
from dashboards.results.publication_list import Issue
from dashboards.results.published import Key, WorkbookBehind, counts_again
from dashboards.results.publishing import ALL_UNITS
from dashboards.results.verification import ALTERED, CURRENT, OVERTAKEN, SUPERSEDED, UNKNOWN
from data.indicators.declaration import Ratio
from data.indicators.enforcement import INDICATOR_BY_KEY
from data.language import gettext as _
from data.zone.periods import Period, parse_period
from data.zone.zone import Zone

Change = Mapping[str, Any]
Moved = Mapping[str, tuple[Any, Any]]
Known = Mapping[Key, WorkbookBehind]
NAMES_SHOWN = 4
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
    kind = [] if issue.revision == 1 else [_("correction of a mistake") if issue.mistake else _("revision of data")]
    final = _("preliminary (published early)") if issue.early else _("final")
    return " · ".join([_("revision no. %(n)s", n=issue.revision), *kind, final])


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


def short_names(codes: Sequence[str], zone: Zone) -> str:
    """Units as people call them; of many the first, and how many there are."""
    every = [unit_name(code, zone) for code in codes]
    shown = _(", ").join(every[:NAMES_SHOWN])
    return shown if len(every) <= NAMES_SHOWN else _("%(names)s and others, %(n)s units", names=shown, n=len(every))


def _score(value: float | None) -> str:
    return numbers.NONE if value is None else f"{value:.2f}"


def moved_lines(moved: Moved, zone: Zone) -> list[str]:
    """Every figure that stands otherwise now: as published → live; scores, places and lights first."""
    plain = {place: pair for place, pair in moved.items() if ".flags" not in place}
    told = {place: (value(place, then), value(place, now)) for place, (then, now) in plain.items()} | _flags(moved)
    return [
        _("%(figure)s: %(published)s → %(live)s", figure=figure(place, zone), published=told[place][0], live=told[place][1])
        for place in sorted(told, key=_weight)
    ]  # fmt: skip


def _flags(moved: Moved) -> dict[str, tuple[str, str]]:
    """Of each unit the flags that it has no more, and those that it has now: a list's places tell nothing."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for place, pair in moved.items():
        of, flags, _number = place.partition(".flags[")
        for flag, kept in zip(pair, found.setdefault(f"{of}.flags", ([], [])), strict=True) if flags else ():
            if isinstance(flag, str) and flag != ABSENT:
                kept.append(flag)
    return {
        place: (_flag_words(then, now), _flag_words(now, then)) for place, (then, now) in found.items() if set(then) != set(now)
    }  # fmt: skip


def _flag_words(flags: Sequence[str], others: Sequence[str]) -> str:
    return _(", ").join(words.flag(one) for one in flags if one not in others) or numbers.NONE


def _weight(place: str) -> int:
    told = _words(place)[-1]
    return (
        _WEIGHTY.index(told)
        if told in _WEIGHTY and "previous" not in place and "to_next" not in place
        else len(_WEIGHTY)
    )


def _words(place: str) -> list[str]:
    return place.replace("[", ".").replace("]", "").split(".")


def figure(place: str, zone: Zone) -> str:
    """A figure of a printed report by its place, as people call it: whose, and which."""
    told = _words(place)
    if told[0] == "groups" and len(told) > 4:
        return _("%(who)s %(figure)s", who=unit_name(told[3], zone), figure=_figure(told[4:]))
    if told[0] == "units" and len(told) > 2:
        return _("%(who)s %(figure)s", who=unit_name(told[1], zone), figure=_figure(told[2:]))
    if told[0] == "sectors" and len(told) > 2:
        return _("%(who)s %(figure)s", who=zone.sectors.get(told[1], told[1]), figure=_figure(told[2:]))
    if told[0] == "zone":
        return _("%(who)s %(figure)s", who=zone.name, figure=_figure(told[1:]))
    heads = {"goals": _("Goal"), "goal_lights": _("Goal"), "light_reasons": _("reason of the light"), "accidents": _("accident"),
             "last_speakers": _("Speaks last"), "key_sectors_without_inspection": _("key sector without inspection")}  # fmt: skip
    return " ".join([heads.get(told[0], told[0]), *told[1:]])


def _figure(told: Sequence[str]) -> str:
    key, rest = told[0], told[1:]
    if key in {"indicators", "points"} and rest:
        name = words.indicator(rest[0])
        return name if key == "indicators" else parts.behind(name, _("points"))
    if key == "deductions" and rest:
        return words.deduction(rest[0])
    if key == "components" and rest:
        return words.component(rest[0])
    if key == "measures" and rest:
        return _("measure %(n)s", n=rest[0])
    if key in INDICATOR_BY_KEY:
        return words.indicator(key)
    names = {
        "score": _("Score"), "rank": _("Place"), "of": _("units ranked"), "flags": _("Remarks"), "grade": _("Grade"), "bonus": _("Bonus"),
        "deduction": _("Deducted"), "veto": _("Veto"), "basis": _("defined weights"), "previous": _("last month"),
        "correction": _("corrected"), "single_keys": _("place by one key alone"), "to_next": _("what would have lifted it"),
        "margin": _("cases to the next below"), "deaths": _("deaths"), "fatal_accidents": _("fatal accidents"), "cap": _("Cap"),
        "remaining": _("left to the cap"), "progress": _("share of the cap"), "pace": _("Pace"), "light": _("light of the targets"),
        "breach_probability": _("chance of exceeding the cap"), "days_since_fatal": _("days since the last fatal accident"),
        "last_year_deaths": _("deaths of last year up to the day"), "year_end": _("forecast of the year"), "elapsed": _("share of the year"),
    }  # fmt: skip
    return names.get(key, key)


def value(place: str, told: Any) -> str:
    """A figure as its reader reads it."""
    names = _words(place)
    last = names[-1]
    if told is None or told == ABSENT:
        return numbers.NONE
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    if isinstance(told, str):
        return _text(names, told)
    if isinstance(told, list | dict):
        return numbers.NONE
    indicator = INDICATOR_BY_KEY.get(last)
    is_share = (indicator is not None and isinstance(indicator.made_of, Ratio) and "points" not in names) or last in {
        "progress", "elapsed", "breach_probability",
    }  # fmt: skip
    if is_share:
        return f"{told * 100:.1f}%"
    return f"{told:,}" if isinstance(told, int) else f"{told:,.2f}"


def _text(names: Sequence[str], told: str) -> str:
    if names[-1] == "light" or names[0] == "goal_lights":
        return _light(told)
    return words.grade(told) if names[-1] == "grade" else told


def _light(name: str) -> str:
    return lights.word(name) if name in {"green", "yellow", "orange", "red"} else numbers.NONE


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


def conclusion(change: Change, zone: Zone) -> str:
    """A conclusion that two revisions do not share: before → after."""
    name = str(change["conclusion"])
    whose, _dot, which = name.rpartition(".")
    return _("%(what)s: %(before)s → %(after)s", what=_conclusion(whose, which, zone), before=_concluded(which, change["before"], zone),
             after=_concluded(which, change["after"], zone))  # fmt: skip


def _conclusion(whose: str, which: str, zone: Zone) -> str:
    of_groups = {
        "first": _("first"),
        "last": _("last place"),
        "may_be_last": _("possibly last"),
        "not_reported": _("not reported"),
    }
    if which in of_groups:
        return _("%(who)s %(figure)s", who=words.group(whose), figure=of_groups[which])
    if which == "last_speakers":
        return _("Speaks last")
    if whose == "goal":
        return _("%(who)s %(figure)s", who=_("Goal"), figure=goal(which))
    who = zone.name if whose == "zone" else unit_name(whose, zone)
    return _("%(who)s %(figure)s", who=who, figure=_figure([which]))


def goal(key: str) -> str:
    """A goal of the plan, in short."""
    names = {
        "no_major_accident": _("no accident of the larger class"),
        "within_cap": _("deaths within the cap"),
        "no_stability_incident": _("no stability incident"),
        "no_mass_disaster": _("no mass disaster"),
    }
    return names.get(key, key)


def _concluded(which: str, told: Any, zone: Zone) -> str:
    if isinstance(told, list):
        return short_names([str(one) for one in told], zone) or _("nobody")
    if told is None:
        return numbers.NONE
    return words.grade(str(told)) if which == "grade" else _light(str(told))


def opens_on(due: date) -> str:
    """The first day on which a report can be published and is final."""
    return numbers.spoken_day(due + timedelta(days=1))
