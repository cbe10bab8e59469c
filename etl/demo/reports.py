"""A form on its way to the committee's office, once a month or once a year: usually in time, right, and only once."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from etl.demo import slips
from etl.demo.chronicle import Record, news_of
from etl.demo.layouts import tables
from etl.demo.layouts.forms import Form
from etl.demo.layouts.tables import Facts, Paper
from etl.demo.letters import Letter
from etl.demo.office_profile import Layout, Office
from etl.demo.sendings import Slip, at, usual_receipt
from etl.demo.workdays import MONTHS, YEAR, month_end


@dataclass(frozen=True, slots=True)
class Report:
    """One filled-in form; a corrected one bears a longer name."""

    paper: Paper
    received_at: datetime
    story: str = ""
    slips: tuple[Slip, ...] = ()
    addition: str = ""


Tale = Callable[[Report], list[Report]]
Tales = Mapping[tuple[str, int], Tale]
"""What went otherwise, by unit and month."""


def monthly(
    form: Form,
    office: Office,
    records: Sequence[Record],
    *,
    tales: Tales = MappingProxyType({}),
    silent: Collection[int] = (),
    always: bool = False,
) -> list[Report]:
    """A unit's ledgers of the year: of months with news, or of all; what a silent month keeps back the next one tells."""
    reports = []
    for month, rows in _months(records, silent):
        if rows or always:
            tell = tales.get((office.code, month), plainly)
            reports += tell(_usual(form, office, month, rows))
    return reports


def _months(records: Sequence[Record], silent: Collection[int]) -> Iterator[tuple[int, tuple[Facts, ...]]]:
    since = date.min
    for month in MONTHS:
        if month not in silent:
            yield month, news_of(records, since, month_end(month))
            since = month_end(month)


def _usual(form: Form, office: Office, month: int, rows: tuple[Facts, ...]) -> Report:
    received = usual_receipt(f"{YEAR}|{office.code}|{month}|{form.kind}|receipt", month_end(month))
    return Report(Paper(form, office, month, rows, received.date()), received)


def plainly(usual: Report) -> list[Report]:
    """How most reports go."""
    return [usual]


def letter(report: Report) -> Letter:
    """The workbook, with what its clerk mistyped."""
    paper = report.paper
    book = tables.build(paper)
    slips.make(book, report.slips)
    return Letter(book, _file_name(paper, report.addition), report.received_at, paper.office.code, report.story)


def received(report: Report, moment: str, story: str = "") -> Report:
    """The same form, filled in and sent on another day."""
    received_at = at(moment)
    return replace(report, paper=replace(report.paper, day=received_at.date()), received_at=received_at, story=story)


def arriving(moment: str, story: str) -> Tale:
    """The same form at another time."""

    def tell(usual: Report) -> list[Report]:
        return [received(usual, moment, story)]

    return tell


def written(layout: Layout) -> Tale:
    """The same form, written in another way than the unit usually does."""

    def tell(usual: Report) -> list[Report]:
        return [replace(usual, paper=replace(usual.paper, way=layout))]

    return tell


def corrected(first: str, second: str, mistakes: Callable[[Sequence[Facts]], Iterable[Slip]]) -> Tale:
    """Refused for its mistakes, and sent right another day."""

    def tell(usual: Report) -> list[Report]:
        wrong = replace(received(usual, first, "refused"), slips=tuple(mistakes(usual.paper.rows)))
        return [wrong, replace(received(usual, second, "corrected"), addition="（更正）")]

    return tell


_NAMES: Mapping[Layout, str] = {
    "template": "{title}_{short}_{period}{addition}.xlsx",
    "titled": "附件.{short}{name}{title}{addition}.xlsx",
    "three_level": "{short}{name}{title}{addition}.xlsx",
    "aliased": "{name}{title}（{short}）{addition}.xlsx",
    "own_form": "{short}-{period}-{title}{addition}.xlsx",
    "wps": "{short}{title}{name}{addition}.xlsx",
}


def _file_name(paper: Paper, addition: str) -> str:
    return _NAMES[paper.layout].format(
        title=paper.form.title,
        short=paper.office.short,
        period=paper.period,
        name=paper.period_name,
        addition=addition,
    )
