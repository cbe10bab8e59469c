"""The documents as which a publication was given out: whoever lays down one of them is compared with each, and told the nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboards.meeting import stationery, unit_papers
from dashboards.meeting.bulletin import Annexed, bulletin, imprint_lines
from dashboards.meeting.deck import deck
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.notice_fields import Meeting
from dashboards.meeting.source import Content, Source, of_publication, witness_lines
from dashboards.meeting.sources import published_source
from dashboards.meeting.stationery import OURS, of_issue, present, with_former_numbers
from dashboards.meeting.unit_claims import PaperClaim
from dashboards.meeting.unit_fields import NoGround, NotSo
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import properties_of
from data.intake.decision_checks import Undecidable
from data.intake.publications import Publication
from data.language import gettext as _
from data.people.scope import Role, Scope, office

NO_FINGERPRINT = 64 * "0"
_UNLABELLED = "casualties"
"""The report whose chart is a line without numbers on it."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A .docx as it may have been given out, and its ``properties``.

    ``loose``: the lines at the foot of the last page, which programs keep in frames and tell anywhere on it; ``labelled``: whether the
    numbers of its chart are written on it.
    """

    made: bytes
    loose: Sequence[str]
    properties: Mapping[str, str]
    labelled: bool = True


def prove(reading: Reading, content: Content) -> None:
    """Undecidable where the office's own wording or master does not fit what is about to be published: afterwards it would be too late."""
    on = present(reading)
    if on == OURS:
        return
    source = of_publication({**content, "sha256": NO_FINGERPRINT}, on)
    try:
        bulletin(source)
        deck(source)
    except Unfillable as error:
        raise Undecidable(
            _("The documents could not be made of it in the office's own wording, so it was not published. Change the wording, or use what the "
              "product comes with. %(why)s", why=str(error))
        ) from error  # fmt: skip


def bulletins_of(reading: Reading, one: Publication) -> Iterator[Issued]:
    """Its bulletin as .docx, as it may have been given out: under each number that it ever had, and under none; with its annexes named, and as
    formerly.
    """
    for on in with_former_numbers(reading, one):
        source = published_source(one, on)
        loose = [*imprint_lines(source), *witness_lines(source.content, source.zone_name)]
        labelled = source.content["report"] != _UNLABELLED
        for annexed in Annexed:
            yield Issued(bulletin(source, annexed), loose, properties_of(source.content), labelled)


def papers_of(reading: Reading, one: Publication, claim: PaperClaim) -> Iterator[Issued]:
    """The paper to a unit that rests on a publication, made again by what was known at the end of the day on which it was made: as the
    office takes it along, and as who reads for the committee does, laid out as now and as formerly. None where nothing called for it.
    """
    if claim.day > reading.today:
        return
    zone = reading.scope.zone
    meeting = Meeting(claim.on, claim.time, claim.place)
    told = []
    for scope in (office(zone), Scope(zone, Role.VIEWER, "")):
        then = Reading(reading.connection, scope, claim.day, reading.results)
        try:
            paper = unit_papers.asked(then, claim.which, claim.who, claim.period, meeting, basis=one)
        except (NotSo, NoGround):
            return
        on = stationery.of_day(then)
        now = Issued(unit_papers.document(paper, on), unit_papers.loose_lines(paper, on), unit_papers.properties(paper))
        told.append((paper, on, now))
        yield now
    for paper, on, now in told:
        yield replace(now, made=unit_papers.document(paper, on, formerly=True))


def decks_of(reading: Reading, one: Publication) -> Iterator[tuple[Source, bytes]]:
    """Its deck as .pptx, as it was given out."""
    source = published_source(one, of_issue(reading, one))
    yield source, deck(source)
