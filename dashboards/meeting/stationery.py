"""What an office's documents are written on: its wordings and its master in place of ours, its red head, and the number of one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from dashboards.meeting.document_settings import VERIFICATION, DocumentSettings, settings_kept
from dashboards.results.reading import Reading
from data.intake import stationery
from data.intake.publications import Publication
from data.intake.stationery import MASTER, SETTINGS, SHIPPED, Content, DocumentVersion, numbers_of


@dataclass(frozen=True, slots=True)
class Stationery:
    """``own``: document → the office's wording or master; what is not in it comes with the product. ``number``: of one bulletin."""

    own: Mapping[str, Content] = field(default_factory=lambda: MappingProxyType({}))
    settings: DocumentSettings = field(default_factory=DocumentSettings)
    number: str = ""

    @property
    def master(self) -> bytes | None:
        """The office's own slides to lay decks on."""
        return self.own[MASTER].file if MASTER in self.own else None

    def text_of(self, document: str) -> str | None:
        """The office's own text of a document; None where ours holds, or a file."""
        return self.own[document].text or None if document in self.own else None

    def file_of(self, document: str) -> bytes | None:
        """The office's own file of a document; None where ours holds, or a text."""
        return self.own[document].file or None if document in self.own else None

    def verified_at(self, sha256: str) -> str:
        """Where the publication with a fingerprint is verified; empty where no address is told."""
        site = self.settings.address
        return f"{site}{VERIFICATION}?sha={sha256}" if site else ""


OURS = Stationery()
"""What the product comes with."""


def present(reading: Reading) -> Stationery:
    """What holds for whatever is published next."""
    return _as_of(reading, None, "")


def of_day(reading: Reading) -> Stationery:
    """What held at the end of the reading's day."""
    until = reading.zone.calendar.end_of(reading.today)
    return _of_versions(reading, stationery.all_in_force_by(reading.connection, reading.zone.code, until), "")


def master_alone(reading: Reading) -> Stationery:
    """What is written on nothing of the office's but its master: neither wordings nor a red head."""
    held = stationery.in_force(reading.connection, reading.zone.code, MASTER, None)
    if held is None or held.draft == SHIPPED:
        return OURS
    return Stationery({MASTER: _content(reading, held.draft)})


def of_issue(reading: Reading, one: Publication) -> Stationery:
    """What held when something was published, and the number that its bulletin was given since."""
    return _as_of(reading, one.entry, stationery.number_of(reading.connection, reading.zone.code, one.entry))


def settings_of_issue(reading: Reading, one: Publication) -> DocumentSettings:
    """What its documents share, without the wordings and the master, which may be large."""
    held = stationery.in_force(reading.connection, reading.zone.code, SETTINGS, one.entry)
    return _settings(None if held is None or held.draft == SHIPPED else _content(reading, held.draft))


def with_former_numbers(reading: Reading, one: Publication) -> Iterator[Stationery]:
    """The same, and under each other number that its bulletin ever had, and none; of a bulletin without a red head there is one alone."""
    on = of_issue(reading, one)
    yield on
    if on.settings.red_head:
        former = numbers_of(reading.connection, reading.zone.code, one.entry)
        yield from (replace(on, number=other) for other in dict.fromkeys([*former, ""]) if other != on.number)


def _as_of(reading: Reading, entry: int | None, number: str) -> Stationery:
    connection, zone = reading.connection, reading.zone.code
    return _of_versions(reading, stationery.all_in_force(connection, zone, entry), number)


def _of_versions(reading: Reading, held: Mapping[str, DocumentVersion], number: str) -> Stationery:
    own = {name: _content(reading, one.draft) for name, one in held.items() if one.draft != SHIPPED}
    return Stationery(own, _settings(own.pop(SETTINGS, None)), number)


def _settings(kept: Content | None) -> DocumentSettings:
    return DocumentSettings() if kept is None else settings_kept(kept.text)


def _content(reading: Reading, number: int) -> Content:
    found = stationery.draft(reading.connection, reading.zone.code, number)
    if found is None:
        raise LookupError(f"there is no draft {number} of a document")
    return found.content
