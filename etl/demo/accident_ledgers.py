"""The accident ledgers that the committee's office makes out: one for each past year, one a month of 2022."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from openpyxl import Workbook

from etl.demo.accidents import Accident, Facts
from etl.demo.accidents_before import EARLIER
from etl.demo.accidents_of_the_year import OF_THE_YEAR, POISONING
from etl.demo.layouts import accident_forms
from etl.demo.layouts.accident_forms import AccidentLedger
from etl.demo.letters import Letter
from etl.demo.sendings import at
from etl.demo.workdays import MONTHS, YEAR, month_end

_FIRST_PRINTED_YEAR = 2021
_FIRST_MONTH_ON_OUR_FORM = 4
_MONTH_OF_THE_POISONING = 8
_YEARS_RECEIVED: Mapping[int, str] = {2019: "2020-01-03 15:10", 2020: "2021-01-05 11:25", 2021: "2022-01-05 10:40"}
_MONTHS_RECEIVED: Mapping[int, str] = {
    1: "2022-02-04 10:20",
    2: "2022-03-03 16:05",
    3: "2022-04-02 11:30",
    4: "2022-05-05 15:45",
    5: "2022-06-02 10:10",
    6: "2022-07-04 17:15",
    7: "2022-08-03 09:50",
    8: "2022-09-05 16:20",
    9: "2022-10-04 14:35",
}
_CORRECTED = "2022-09-07 10:05"
_STORIES: Mapping[int, str] = {
    3: "class above the criteria",
    4: "one struck off",
    6: "a death within 30 days, one accident kept back",
    9: "one missing",
}


def letters() -> list[Letter]:
    """Three past years in the January after, and nine months of the year to date."""
    past = [_past_year(year, accidents) for year, accidents in EARLIER.items()]
    return [*past, *(letter for month in MONTHS for letter in _month(month))]


def _past_year(year: int, accidents: Iterable[Accident]) -> Letter:
    received = at(_YEARS_RECEIVED[year])
    ledger = AccidentLedger(year, 12, _heard_of(accidents, date(year, 12, 31)), received.date())
    build = accident_forms.titled if year >= _FIRST_PRINTED_YEAR else accident_forms.register
    return Letter(build(ledger), f"{year}年度生产安全事故台账.xlsx", received)


def _month(month: int) -> list[Letter]:
    rows = _heard_of(OF_THE_YEAR, month_end(month))
    usual = _letter(month, rows, at(_MONTHS_RECEIVED[month]))
    if month != _MONTH_OF_THE_POISONING:
        return [usual]
    wrong = _letter(month, _taken_for_ordinary(rows), usual.received_at)
    right = _letter(month, rows, at(_CORRECTED), addition="（更正）")
    return [replace(wrong, story="refused"), replace(right, story="corrected, late")]


def _letter(month: int, rows: tuple[Facts, ...], received: datetime, addition: str = "") -> Letter:
    book = _book(AccidentLedger(YEAR, month, rows, received.date()))
    return Letter(book, _name(month, addition), received, story=_STORIES.get(month, ""))


def _book(ledger: AccidentLedger) -> Workbook:
    ours = ledger.month >= _FIRST_MONTH_ON_OUR_FORM
    return accident_forms.template(ledger) if ours else accident_forms.titled(ledger)


def _name(month: int, addition: str) -> str:
    if month >= _FIRST_MONTH_ON_OUR_FORM:
        return f"生产安全事故台账{YEAR}-{month:02}{addition}.xlsx"
    months = "1月" if month == MONTHS.start else f"1-{month}月"
    return f"双桥经开区{YEAR}年{months}生产安全事故统计表.xlsx"


def _heard_of(accidents: Iterable[Accident], until: date) -> tuple[Facts, ...]:
    """The rows of what had been reported by then, in the order in which it was registered."""
    return tuple(accident.known(until) for accident in accidents if accident.told <= until)


def _taken_for_ordinary(rows: Iterable[Facts]) -> tuple[Facts, ...]:
    """Nobody died of the poisoning, so the clerk writes 一般: twelve in hospital make it more."""
    return tuple({**row, "事故等级": "一般"} if row["事故编号"] == POISONING else row for row in rows)
