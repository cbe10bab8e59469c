"""What a paper to one unit says of itself, so that it can be made again and laid beside: which, of whom, of what period, made on which day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data.language import gettext as _

PAPER = "paper"
"""The property of the file in which it stands, beside those of the publication."""
_PART = "；"
_DAY = r"\d{4}-\d{2}-\d{2}"
_CODE = re.compile(
    rf"(?P<which>[a-z-]+)[;；](?P<period>\d{{4}}(?:-\d{{2}}|Q\d))[;；](?P<who>[^〔〕]+?)[;；](?P<day>{_DAY})"
    rf"(?:[;；](?P<on>{_DAY})?[;；](?P<time>[^〔〕;；]*)[;；](?P<place>[^〔〕]*))?"
)
_PRINTED = re.compile(rf"〔({_CODE.pattern})〕")


@dataclass(frozen=True, slots=True)
class PaperClaim:
    """``who``: a unit's code, or an enterprise's name; ``on``, ``time``, ``place``: of the meeting, empty where they were not told."""

    which: str
    period: str
    who: str
    day: date
    on: date | None = None
    time: str = ""
    place: str = ""

    @property
    def code(self) -> str:
        """As its property tells it: its parts in their order, those of the meeting where any was told."""
        meeting = ("" if self.on is None else self.on.isoformat(), self.time, self.place)
        told = (self.which, self.period, self.who, self.day.isoformat(), *(meeting if any(meeting) else ()))
        return _PART.join(told)

    @property
    def line(self) -> str:
        """As it is printed, small, on the last page."""
        return _("Paper 〔%(code)s〕", code=self.code)


def paper_claim_in(properties: Mapping[str, str], printed: Iterable[str]) -> PaperClaim | None:
    """Which paper to a unit a document says it is: by its property, else by what is printed on it; None where it says nothing of the kind."""
    own = _CODE.fullmatch(properties.get(PAPER, ""))
    if own is not None:
        return _claim(own)
    return next((_claim(found) for text in printed if (found := _PRINTED.search(text))), None)


def _claim(found: re.Match[str]) -> PaperClaim | None:
    try:
        on = None if not found["on"] else date.fromisoformat(found["on"])
        day = date.fromisoformat(found["day"])
    except ValueError:
        return None
    return PaperClaim(found["which"], found["period"], found["who"], day, on, found["time"] or "", found["place"] or "")
