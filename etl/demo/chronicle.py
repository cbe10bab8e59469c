"""What goes on for months, and how a ledger a month tells of it: only what is new since the ledger before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from etl.demo.layouts.tables import Facts


@dataclass(frozen=True, slots=True)
class Record:
    """One thing, such as a hazard: what became known of it on which day, the first time all that names it."""

    news: tuple[tuple[date, Facts], ...]

    def known(self, until: date) -> Facts:
        """Its row as it could be filled in at the end of that day."""
        return {name: fact for day, facts in self.news if day <= until for name, fact in facts.items()}

    def told_of(self, since: date, until: date) -> bool:
        """Whether anything of it became known after the one day, up to the other."""
        return any(since < day <= until for day, _facts in self.news)


def news_of(records: Iterable[Record], since: date, until: date) -> tuple[Facts, ...]:
    """The rows of a ledger that goes up to one day, after one that went up to the other."""
    return tuple(record.known(until) for record in records if record.told_of(since, until))
