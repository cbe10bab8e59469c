"""What a copy of a publication says of the journal, so that it can be laid beside it later (METHOD section 6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.intake.publications import Publication
from data.language import gettext as _

WITNESS = "witness"
"""What the line of a CSV begins with, behind a #, that tells of the journal."""


def journal_before(one: Publication) -> str:
    """``LINE:HASH`` of the journal as it stood before it, as ``data doctor --against`` takes it."""
    held = one.content["publication"]["journal"]
    return f"{held['line']}:{held['head']}"


def publication_before(one: Publication) -> str:
    """The fingerprint of the publication before it, of whatever report; where there was none that word."""
    return one.content["publication"]["former"] or _("none")


def witness_line(one: Publication) -> list[str]:
    """Both as the cells of a line of a CSV; where nothing was published before, ``none``."""
    return [f"#{WITNESS}", journal_before(one), one.content["publication"]["former"] or "none"]


def witness(one: Publication) -> str:
    """Both in one line, in the words of annotated workbooks."""
    return witness_of(one.content["publication"])


def witness_of(held: Mapping[str, Any]) -> str:
    """The same from what a publication says of itself."""
    journal = held["journal"]
    return _("Evidence to be kept: journal %(journal)s; publication before it %(former)s",
             journal=f"{journal['line']}:{journal['head']}", former=held["former"] or _("none"))  # fmt: skip
