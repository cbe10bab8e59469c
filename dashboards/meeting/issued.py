"""The documents as which a publication was given out: whoever lays down one of them is compared with each, and told the nearest."""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck
from dashboards.meeting.source import Source
from dashboards.meeting.sources import published_source
from dashboards.meeting.stationery import of_issue, with_former_numbers
from dashboards.results.reading import Reading
from data.intake.publications import Publication


def bulletins_of(reading: Reading, one: Publication) -> Iterator[tuple[Source, bytes]]:
    """Its bulletin as .docx, as it may have been given out: under each number that it ever had, and under none."""
    for on in with_former_numbers(reading, one):
        source = published_source(one, on)
        yield source, bulletin(source)


def decks_of(reading: Reading, one: Publication) -> Iterator[tuple[Source, bytes]]:
    """Its deck as .pptx, as it was given out."""
    source = published_source(one, of_issue(reading, one))
    yield source, deck(source)
