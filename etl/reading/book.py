"""What the part that is the workbook says: which sheets it lists, and from when its days are counted."""

from __future__ import annotations

from dataclasses import dataclass

from etl.reading.limits import MOST_SHEETS, Unreadable
from etl.reading.markup import Attributes, Handlers, walk
from etl.reading.package import Package
from etl.reading.relations import MAINS, RELATION_IDS, whole_text_of


@dataclass(frozen=True, slots=True)
class ListedSheet:
    """A sheet as the workbook lists it; ``identity`` is the name of its relationship."""

    name: str
    state: str
    identity: str


class Book(Handlers):
    """The sheets in order, and whether days are counted from 1904; Unreadable with more sheets than a workbook has."""

    def __init__(self, package: Package, path: str) -> None:
        super().__init__()
        self.listed: list[ListedSheet] = []
        self.from_1904 = False
        for main in MAINS:
            self.entering |= {f"{main} sheet": self._sheet, f"{main} workbookPr": self._properties}
        walk(whole_text_of(package, path), self)

    def _sheet(self, attributes: Attributes) -> None:
        identity = next((attributes[name] for name in RELATION_IDS if name in attributes), "")
        self.listed.append(ListedSheet(attributes.get("name", ""), attributes.get("state", "visible"), identity))
        if len(self.listed) > MOST_SHEETS:
            raise Unreadable("too_large")

    def _properties(self, attributes: Attributes) -> None:
        self.from_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
