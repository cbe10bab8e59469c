"""A year's work plan as a workbook that the office edits in WPS, and the workbook read again (METHOD section 5.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboards.results.cell_places import address
from dashboards.results.document_cells import AnotherFormat, SheetCells, cells_of
from dashboards.results.exported import Exported, Field
from dashboards.results.further_sheet import FurtherSheet
from dashboards.results.report_sheet import as_bytes
from data.language import gettext as _
from data.zone import plan_cells
from data.zone.normal import compact, document_key
from data.zone.plan_cells import BETWEEN, item_of
from data.zone.plan_faults import PlanFault, PlanFaults, not_a_text, understood
from data.zone.plan_text import HEADINGS, PARTS, written
from data.zone.work_plan import WorkPlan
from data.zone.zone import Zone

ITEMS, HEAD, ARTICLES, LEADERS, CLAUSES = "任务", "工作要点", "条目", "领导", "原文条款"
"""The sheets, by what they are called."""
HEAD_PARTS = ("plan", "number", "year", "adopted_on", "confirmed")
PART, CONTENT = "项目", "内容"
ARTICLE, TITLE, POST, CLAUSE, NUMBERS = "条目", "标题", "职务", "原文", "任务编号"
_WIDE = frozenset({"title", "sentence", "evidence"})
_HEADER_WITHIN = 15
_MOST_ROWS = 2_000


def workbook(plan: WorkPlan, version: int, zone: Zone) -> bytes:
    """The plan, a row an item; other sheets hold what else it is. Every cell is a text, so that 1.10 stays what it is."""
    said = [f"{plan.year}年第{version}版；多个用“{BETWEEN}”隔开，按名称的数写作“名称=数”，期限写作2022-12-31"]

    def table(title: str, fields: Sequence[Field], rows: Sequence[Sequence[Any]]) -> Exported:
        return Exported(name="plan", title=title, said=said, fields=fields, rows=rows, keys=1)

    items = table(
        plan.plan,
        [Field(words, width=36.0 if name in _WIDE else 14.0) for name, words in HEADINGS.items()],
        [list(plan_cells.cells_of(item, zone).values()) for item in plan.items],
    )
    head = {**{part: str(getattr(plan, part)) for part in HEAD_PARTS}, "confirmed": "是" if plan.confirmed else "否"}
    clauses = [[one.article, one.clause, BETWEEN.join(one.items)] for one in plan.clauses]
    further: dict[str, tuple[Sequence[Field], Sequence[Sequence[Any]]]] = {
        HEAD: ([Field(PART, width=14.0), Field(CONTENT, width=60.0)], [[PARTS[part], told] for part, told in head.items()]),
        ARTICLES: ([Field(ARTICLE, width=14.0), Field(TITLE, width=60.0)], list(plan.articles.items())),
        LEADERS: ([Field(POST, width=30.0)], [[post] for post in plan.leaders]),
        CLAUSES: (
            [Field(ARTICLE, width=14.0), Field(CLAUSE, width=80.0), Field(NUMBERS, width=30.0)],
            [*clauses, *(["", words, ""] for words in plan.no_duty)],
        ),
    }  # fmt: skip
    sheets = [FurtherSheet(name, table(f"{plan.plan}：{name}", *made)) for name, made in further.items()]
    return as_bytes(replace(items, keys=3, sheet=ITEMS), sheets)


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet's rows under its heading: the column of each heading, counted from 0, and each row with its place."""

    sheet: str
    columns: Mapping[str, int]
    rows: Sequence[tuple[int, Sequence[Any]]]

    def cells(self, row: Sequence[Any]) -> dict[str, Any]:
        """Heading → what stands in a row."""
        return {words: row[column] if column < len(row) else None for words, column in self.columns.items()}


def read(raw: bytes, zone: Zone) -> str:
    """The YAML of a plan that was edited as a workbook; PlanFaults with what is wrong, each at its cell."""
    try:
        book = cells_of(raw)
    except AnotherFormat as error:
        raise not_a_text(_("The file is no .xlsx workbook: save it as .xlsx and try again.")) from error
    if book is None:
        raise not_a_text(_("The file cannot be read as a workbook."))
    by_name = {compact(sheet.name): sheet for sheet in book.sheets}
    headings = {
        ITEMS: tuple(HEADINGS.values()), HEAD: (PART, CONTENT), ARTICLES: (ARTICLE, TITLE), LEADERS: (POST,),
        CLAUSES: (ARTICLE, CLAUSE, NUMBERS),
    }  # fmt: skip
    missing = [name for name in headings if name not in by_name]
    if missing:
        raise not_a_text(_("The workbook lacks the sheets %(names)s.", names=_(", ").join(missing)))
    tables = {name: _table(by_name[name], wanted) for name, wanted in headings.items()}
    text = written(_content(tables, zone))
    try:
        understood(text, zone)
    except PlanFaults as error:
        raise PlanFaults([_at_its_cell(one, tables[ITEMS]) for one in error.faults]) from error
    return text


def _table(sheet: SheetCells, wanted: Sequence[str]) -> _Table:
    for at, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        titles = [compact(cell) if isinstance(cell, str) else "" for cell in row]
        if wanted[0] in titles and (len(wanted) == 1 or wanted[1] in titles):
            lacking = [words for words in wanted if words not in titles]
            if lacking:
                said = _("the columns %(names)s are missing", names=_(", ").join(lacking))
                raise not_a_text(_("%(at)s: %(said)s", at=f"{sheet.name}!{address(at, 0)}", said=said))
            rows = [(place, one) for place, one in enumerate(sheet.rows) if place > at and any(map(_filled, one))]
            if len(rows) > _MOST_ROWS:
                raise not_a_text(_("The table has more than %(most)s rows.", most=_MOST_ROWS))
            return _Table(sheet.name, {words: titles.index(words) for words in wanted}, rows)
    said = _("no heading with %(names)s", names=_(", ").join(wanted[:2]))
    raise not_a_text(_("%(at)s: %(said)s", at=sheet.name, said=said))


def _filled(cell: Any) -> bool:
    return cell is not None and bool(str(cell).strip())


def _content(tables: Mapping[str, _Table], zone: Zone) -> dict[str, Any]:
    """The content of the YAML; what is no number or day of the head is left for whoever checks it."""
    fields = {words: name for name, words in HEADINGS.items()}
    items = [
        item_of({fields[words]: told for words, told in tables[ITEMS].cells(row).items()}, zone)
        for _place, row in tables[ITEMS].rows
    ]
    clauses = list(_texts(tables[CLAUSES]))
    return {
        **_head(tables[HEAD], zone),
        "leaders": [told[POST] for told in _texts(tables[LEADERS])],
        "articles": {told[ARTICLE]: told[TITLE] for told in _texts(tables[ARTICLES])},
        "items": items,
        "clauses": [
            {"article": told[ARTICLE], "clause": told[CLAUSE], "items": plan_cells.parts(told[NUMBERS])}
            for told in clauses
            if told[NUMBERS]
        ],
        "no_duty": [told[CLAUSE] for told in clauses if not told[NUMBERS]],
    }


def _head(table: _Table, zone: Zone) -> dict[str, Any]:
    told = {compact(one[PART]): one[CONTENT] for one in _texts(table)}
    of = {part: told.get(PARTS[part], "") for part in HEAD_PARTS}
    year = of["year"].removesuffix("年")
    day = plan_cells.item_of({"dues": of["adopted_on"]}, zone)["dues"]
    confirmed: Any = {"是": True, "否": False, "": False}.get(of["confirmed"], of["confirmed"])
    return {
        **of, "year": int(year) if year.isdecimal() else year, "adopted_on": day[0] if day else "", "confirmed": confirmed,
    }  # fmt: skip


def _texts(table: _Table) -> Iterator[dict[str, str]]:
    for _place, row in table.rows:
        yield {words: _text(told) for words, told in table.cells(row).items()}


def _text(told: Any) -> str:
    if told is None:
        return ""
    return document_key(str(told)) if isinstance(told, int | float) else str(told).strip()


def _at_its_cell(fault: PlanFault, items: _Table) -> PlanFault:
    """The fault with the cell at which it stands, as far as it is an item's."""
    number = HEADINGS["number"]
    of_item = next((place for place, row in items.rows if _text(items.cells(row)[number]) == fault.which), None)
    if fault.part != "items" or of_item is None:
        return fault
    column = items.columns.get(HEADINGS.get(fault.field, number), items.columns[number])
    cell = f"{items.sheet}!{address(of_item, column)}"
    return fault._replace(sentence=_("%(at)s: %(said)s", at=cell, said=fault.sentence))
