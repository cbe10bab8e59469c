"""The documents as which a publication was given out: whoever lays down one of them is compared with each, and told the nearest.

A wording or a master by which offices have their documents made is entered here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.deck import deck
from dashboards.meeting.sources import published_source
from data.intake.publications import Publication


def bulletins_of(one: Publication) -> Iterator[bytes]:
    """Its bulletin as .docx, as it may have been given out."""
    yield bulletin(published_source(one))


def decks_of(one: Publication) -> Iterator[bytes]:
    """Its deck as .pptx, as it may have been given out."""
    yield deck(published_source(one))
