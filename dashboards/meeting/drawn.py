"""Documents as pictures of their pages, to be looked at before they are taken along: by LibreOffice and pypdfium2.

What was drawn last is kept, within a bound: it is looked at more than once.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from dashboards.meeting.converting import PATIENCE
from dashboards.meeting.pdf import as_pdf

DOTS_AN_INCH = 110
MOST_PAGES = 60
"""Pages that are drawn: of a longer document the rest is said to follow."""
KEPT_BYTES = 24 * 2**20
_POINTS_AN_INCH = 72


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages of a document as PNG, the first first, and how many it has."""

    pages: Sequence[bytes]
    total: int

    @property
    def size(self) -> int:
        """Bytes of all pictures."""
        return sum(map(len, self.pages))


@dataclass(slots=True)
class DrawnDocuments:
    """What was drawn last, by what it was drawn of."""

    _kept: OrderedDict[Hashable, Drawn] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, key: Hashable, make: Callable[[], tuple[bytes, str]]) -> Drawn:
        """The pages of the document with this key; where they are not kept ``make`` gives its bytes and its ending. NoConverter."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = drawn(as_pdf(*make(), PATIENCE))
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > 1 and sum(one.size for one in self._kept.values()) > KEPT_BYTES:
                self._kept.popitem(last=False)
        return made


DRAWN = DrawnDocuments()
"""Those of this process."""


_ONE_AT_A_TIME = Lock()
"""pdfium is no library for several threads."""


def drawn(pdf: bytes) -> Drawn:
    """The pages of a PDF that we made."""
    import pypdfium2

    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(pdf)
        try:
            total = len(document)
            return Drawn([_picture(document[number]) for number in range(min(total, MOST_PAGES))], total)
        finally:
            document.close()


def _picture(page: Any) -> bytes:
    image = page.render(scale=DOTS_AN_INCH / _POINTS_AN_INCH).to_pil()
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()
