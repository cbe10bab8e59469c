"""A reason that somebody writes into a form: one line, whole, without control characters."""

from __future__ import annotations

import unicodedata

from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _


def in_one_line(text: str) -> str:
    """The reason in one line without control characters; ValueError rather than a reason cut short."""
    clean = " ".join("".join(" " if unicodedata.category(one)[0] == "C" else one for one in text).split())
    if len(clean) > LONGEST_REASON:
        raise ValueError(_("The reason is longer than %(n)s characters. Shorten it.", n=LONGEST_REASON))
    return clean
