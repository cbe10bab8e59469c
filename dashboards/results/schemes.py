"""The versions of a scheme: which holds from when to when, who decided it and why, and what each has otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboards.method.scheme_difference import Change, differences
from dashboards.results.reading import Reading
from data.intake import scheme_decisions
from data.intake.scheme_decisions import NAMES, Draft, PublishedBefore, SchemeDecision
from data.people.scope import Scope
from data.zone.schemes import Scheme, holding, in_order, parsed, versions


@dataclass(frozen=True, slots=True)
class Version:
    """One version; ``until`` is the last day on which it holds, None where none follows.

    ``decided`` is who adopted it, None where it came with the program or stands beside its files. ``changes`` are against the
    version before it. ``holds``: on the day that it is.
    """

    scheme: Scheme
    text: str
    until: date | None
    holds: bool
    changes: tuple[Change, ...]
    decided: SchemeDecision | None = None
    withdrawable: bool = False

    @property
    def never_holds(self) -> bool:
        """Whether a later version holds from the same day."""
        return self.until is not None and self.until < self.scheme.valid_from


@dataclass(frozen=True, slots=True)
class Versions:
    """All versions of one scheme, in the order in which they hold, those withdrawn, and the drafts that wait.

    Drafts, and who decided what for which reason, are told to whoever prepares schemes alone.
    """

    name: str
    present: Scheme
    versions: tuple[Version, ...]
    withdrawn: tuple[SchemeDecision, ...]
    drafts: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftLooked:
    """A draft that is looked at: beside the version that it would follow, with what is published and would move."""

    draft: Draft
    before: Scheme
    changes: tuple[Change, ...]
    moved: tuple[PublishedBefore, ...]
    until: date | None
    why_not: str | None


def fetch(reading: Reading, name: str) -> Versions:
    """The versions of a scheme, as the reading's scope may read of them."""
    connection, zone = reading.connection, reading.zone.code
    decided = scheme_decisions.decisions_on(connection, zone, name)
    last = {one.scheme.version: one for one in decided}
    ordered = in_order(parsed(text) for text in versions(connection, zone, name))
    texts = {parsed(text).version: text for text in versions(connection, zone, name)}
    present = holding(ordered, reading.today)
    found = tuple(
        Version(
            scheme=one,
            text=texts[one.version],
            until=_until(ordered, place),
            holds=one is present,
            changes=tuple(differences(ordered[place - 1], one)) if place else (),
            decided=_told(last.get(one.version), reading.scope),
            withdrawable=reading.scope.administers
            and scheme_decisions.why_not_withdrawn(connection, zone, name, one.version, reading.today) is None,
        )
        for place, one in enumerate(ordered)
    )
    withdrawn = tuple(told for one in decided if not one.adopted and (told := _told(one, reading.scope)) is not None)
    drafts = tuple(scheme_decisions.drafts(connection, zone, name)) if reading.scope.prepares_schemes else ()
    return Versions(name, present, found, withdrawn, drafts)


def present(reading: Reading) -> dict[str, Scheme]:
    """Scheme → the version that holds today."""
    found = {name: scheme_decisions.present(reading.connection, reading.zone.code, name) for name in NAMES}
    return {name: holding(ordered, reading.today) for name, ordered in found.items()}


def draft(reading: Reading, number: int) -> DraftLooked | None:
    """A draft to be looked at; None where there is none, or where the scope prepares no schemes."""
    connection, zone = reading.connection, reading.zone
    found = scheme_decisions.draft(connection, zone.code, number) if reading.scope.prepares_schemes else None
    if found is None:
        return None
    there = scheme_decisions.present(connection, zone.code, found.scheme.name)
    before = holding(there, found.scheme.valid_from)
    after = in_order([*there, found.scheme])
    return DraftLooked(
        draft=found,
        before=before,
        changes=tuple(differences(before, found.scheme)),
        moved=tuple(scheme_decisions.moved(connection, zone, found.scheme)),
        until=_until(after, next(place for place, one in enumerate(after) if one is found.scheme)),
        why_not=scheme_decisions.why_not_adopted(connection, zone.code, found.scheme),
    )


def text_of(reading: Reading, name: str, version: str) -> str | None:
    """The YAML of a version, also of one that was withdrawn; None where there is none."""
    there = {parsed(text).version: text for text in versions(reading.connection, reading.zone.code, name)}
    decided = scheme_decisions.decisions_on(reading.connection, reading.zone.code, name)
    return {**{one.scheme.version: one.text for one in decided}, **there}.get(version)


def _until(ordered: Sequence[Scheme], place: int) -> date | None:
    later = [one.valid_from for one in ordered[place + 1 :]]
    return None if not later else date.fromordinal(later[0].toordinal() - 1)


def _told(one: SchemeDecision | None, scope: Scope) -> SchemeDecision | None:
    """A decision as the scope reads it: accounts and people's own words are for who prepares schemes."""
    if one is None or scope.prepares_schemes:
        return one
    return replace(one, actor="", reason="")
