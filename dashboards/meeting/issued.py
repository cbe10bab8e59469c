"""The documents as which a publication was given out: whoever lays down one of them is compared with each, and told the nearest."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.source import Content, Source, of_publication
from dashboards.meeting.sources import published_source
from dashboards.meeting.stationery import OURS, of_issue, present, with_former_numbers
from dashboards.results.reading import Reading
from data.intake.decisions import Undecidable
from data.intake.publications import Publication
from data.language import gettext as _

NO_FINGERPRINT = 64 * "0"


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


def bulletins_of(reading: Reading, one: Publication) -> Iterator[tuple[Source, bytes]]:
    """Its bulletin as .docx, as it may have been given out: under each number that it ever had, and under none; with its annexes named, and as
    before they were.
    """
    for on in with_former_numbers(reading, one):
        source = published_source(one, on)
        yield source, bulletin(source)
        yield source, bulletin(source, as_formerly=True)


def decks_of(reading: Reading, one: Publication) -> Iterator[tuple[Source, bytes]]:
    """Its deck as .pptx, as it was given out."""
    source = published_source(one, of_issue(reading, one))
    yield source, deck(source)
