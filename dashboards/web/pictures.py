"""Pages of documents as pictures within a page over HTTP: one answer has them all, whichever process of the server gives it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from dashboards.meeting.converting import NoConverter
from dashboards.meeting.drawn import DRAWN
from dashboards.meeting.filling import Unfillable


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A document as its page shows it: (number, address of a picture that lies in the address itself) of each page that was drawn, how many
    pages it has, and why there are none.
    """

    pages: Sequence[tuple[int, str]] = field(default=())
    total: int = 0
    why_not: str = ""

    @property
    def more(self) -> int:
        """Pages that were not drawn."""
        return self.total - len(self.pages)

    @property
    def status(self) -> int:
        """Of the answer."""
        return 503 if self.why_not else 200


def looked_at(key: Hashable, make: Callable[[], tuple[bytes, str]]) -> LookedAt:
    """The document with a key; where its pages are not kept ``make`` gives its bytes and its ending."""
    try:
        drawn = DRAWN.of(key, make)
    except (NoConverter, Unfillable) as error:
        return LookedAt(why_not=str(error))
    shown = [(number, f"data:image/png;base64,{b64encode(one).decode()}") for number, one in enumerate(drawn.pages, 1)]
    return LookedAt(shown, drawn.total)
