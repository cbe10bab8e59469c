"""Pages of documents as pictures within a page over HTTP: one answer has them all, whichever process of the server gives it."""

from __future__ import annotations

from base64 import b64encode

from dashboards.meeting.drawn import Drawn


def as_pictures(drawn: Drawn | None) -> tuple[list[tuple[int, str]], int]:
    """(number, address of a picture that lies in the address itself) of each page that was drawn, and how many more there are."""
    if drawn is None:
        return [], 0
    shown = [(number, f"data:image/png;base64,{b64encode(one).decode()}") for number, one in enumerate(drawn.pages, 1)]
    return shown, drawn.total - len(shown)
