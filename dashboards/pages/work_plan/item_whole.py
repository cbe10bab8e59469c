"""One item whole: its clause, who files it and how each unit stands, the rows that count with their cells, and what does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, plan_words, told_source
from dashboards.components.page_list import UNIT_PROFILE, Page
from dashboards.components.part_standings import share_bar
from dashboards.components.plan_origins import origin_of
from dashboards.method.work_plan import Due, ItemStanding, PlanFinding, TaskRow, UnitItem
from dashboards.pages.work_plan.item_list import MOST_DUES
from dashboards.pages.work_plan.query import PlanSeen
from dashboards.results import plan_items, plan_names
from dashboards.results.hiding import Viewpoint
from dashboards.results.plan_items import RowEvidence
from dashboards.results.reading import Reading
from dashboards.results.told_rows import ToldRow
from dashboards.results.work_plan import PlanReport
from data.language import gettext as _
from data.zone.periods import Month, Year
from data.zone.plan_sources import reached_item
from data.zone.work_plan import PlanItem


def whole(seen: PlanSeen, report: PlanReport, one: ItemStanding, reading: Reading, *, identity: str) -> Component:
    """The item with its units and rows."""
    item = one.item
    heading = f"{plan_names.item_number(item.number)} {item.title}"
    shown = [unit for unit in one.units if seen.asked.unit in {None, unit.unit}]
    rows = [row for unit in shown for row in unit.rows]
    findings = plan_items.findings_of(report, item.number, seen.asked.unit)
    sources = plan_items.sources(reading, [*rows, *(finding.row for finding in findings)])
    return parts.card(
        heading,
        html.P(
            _("“%(sentence)s” (%(article)s)", sentence=item.sentence, article=plan_names.article(item.article)),
            className="note",
        ),
        _facts(report, one),
        _units(report, item, shown) if shown else _from_the_system(report, item),
        _rows(report, reading, rows, sources) if shown else None,
        _findings(report, reading, findings, sources) if findings else None,
        id=identity,
    )


def _facts(report: PlanReport, one: ItemStanding) -> Component:
    item = one.item
    told = {
        _("Filed by"): plan_words.filed_by(item, report.plan, report.zone),
        _("How far"): plan_words.standing(item, one),
        _("Target"): plan_words.target(item, one.target),
        _("How it adds up"): adds(item),
        _("Evidence"): item.evidence,
        _("The target is from"): {"plan": _("the plan"), "law": _("the law"), "office": _("the office")}[
            item.target_from
        ],
    }
    listed = report.plan.objects(item, report.zone)
    if listed:
        told[_("Objects")] = _(", ").join(listed.values())
    return html.Dl(
        [part for name, words in told.items() for part in (html.Dt(name), html.Dd(words))], className="plan-facts"
    )


def adds(item: PlanItem) -> str:
    """How rows add up, in words."""
    words = {
        "sum": _("totals since 1 January are added"),
        "ratio": _("totals are divided by what there is"),
        "all_of": _("objects that have what each owes are counted"),
        "latest": _("what was told last counts"),
    }
    return words[item.adds]


def _from_the_system(report: PlanReport, item: PlanItem) -> Component:
    """What it is taken from, and the way to the page on which that is seen, as of the same day."""
    said = _("Nobody types it: it is taken from %(evidence)s.", evidence=item.evidence)
    page = origin_of(item.source).page
    reached = reached_item(item.source)
    if reached is not None:
        way, asked = plan_names.item_number(reached), {"day": report.asked.as_of, "item": reached}
    else:
        way, asked = page.title, _asked_of(page, report.asked.as_of)
    link = dcc.Link(_("See %(page)s", page=way), href=page.path + address.query(**asked))
    return html.P([said, " ", link], className="note")


def _asked_of(page: Page, day: date) -> dict[str, object]:
    """The day, as a page keeps it in its address."""
    values = {"day": day, "as_of": day, "period": Year(day.year) if "as_of" in page.keeps else Month.of(day)}
    return {key: values[key] for key in page.keeps if key in values and not (key == "period" and "day" in page.keeps)}


def _units(report: PlanReport, item: PlanItem, units: Sequence[UnitItem]) -> Component:
    """A unit a line, a due day a column; of many due days their symbols alone."""
    heads = [
        parts.head(_("Unit")), parts.head(_("How far")), parts.head(""),
        *(parts.head(numbers.day_of_year(day), name="num") for day in item.dues),
    ]  # fmt: skip
    body = [_unit(report, item, one) for one in units]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table plan-by-unit")
    return html.Div(made, className="table-frame", **parts.attributes(data_scrolls=""))


def _unit(report: PlanReport, item: PlanItem, one: UnitItem) -> Component:
    far = (
        []
        if one.progress is None
        else [share_bar(one.progress), html.Span(numbers.percent(one.progress), className="share")]
    )
    return html.Tr(
        [
            html.Th(_to_unit(report, one.unit), scope="row"),
            html.Td(plan_words.standing(item, one)),
            html.Td(far, className="bar-cell"),
            *(html.Td(_state(due, few=len(one.dues) <= MOST_DUES), className="num") for due in one.dues),
        ]
    )


def _to_unit(report: PlanReport, unit: str) -> Component:
    href = UNIT_PROFILE.path + address.query(unit=unit, period=Month.of(report.asked.as_of))
    link: Component = dcc.Link(report.zone.unit_by_code[unit].short_name, href=href)
    return link


def _state(due: Due, *, few: bool) -> Component:
    if few or due.state is None:
        return plan_words.tag(due.state)
    tone, symbol = plan_words.TONES[due.state]
    return parts.tag("", tone, symbol=symbol, title=plan_words.state(due.state))


def _rows(
    report: PlanReport, reading: Reading, rows: Sequence[TaskRow], sources: Mapping[tuple[int, int], ToldRow]
) -> Component:
    """What was told, as it counts: each row leads to its cell."""
    if not rows:
        return parts.empty(_("No unit has told anything of it up to this day."))
    heads = [
        parts.head(_("Unit")), parts.head(_("Object")), parts.head(_("Done"), name="num"), parts.head(_("Counts from")),
        parts.head(_("Evidence")), parts.head(_("Where it stands")),
    ]  # fmt: skip
    shown_by = plan_items.evidence(reading, rows, sources)
    body = [_row(report, reading, row, sources, shown_by[row.submission, row.row]) for row in rows]
    made = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases")
    return html.Div(
        [html.H3(_("The rows that count"), className="card-heading"), html.Div(made, className="table-frame")]
    )


def _row(
    report: PlanReport,
    reading: Reading,
    row: TaskRow,
    sources: Mapping[tuple[int, int], ToldRow],
    shown_by: RowEvidence,
) -> Component:
    source = sources[row.submission, row.row]
    return html.Tr(
        [
            parts.cell(_("Unit"), report.zone.unit_by_code[row.unit].short_name),
            parts.cell(_("Object"), _object(report, reading, row)),
            parts.cell(_("Done"), plan_words.amount(row.done), name="num"),
            parts.cell(_("Counts from"), numbers.day(row.evidence), name="day"),
            parts.cell(_("Evidence"), _evidence(shown_by)),
            parts.cell(_("Where it stands"), told_source.in_list(source, source.cell("done")), name="sources"),
        ]
    )


def _evidence(shown_by: RowEvidence) -> Component:
    """The words, and beneath what is attached to the workbook: a scan is of all of its rows."""
    links = [html.A(one.file_name, href=f"/attachment/{one.entry}", className="file") for one in shown_by.attached]
    return html.Div([html.Span(shown_by.words), *(html.Div(link) for link in links)])


def _object(report: PlanReport, reading: Reading, row: TaskRow) -> str:
    """The object as the plan lists it, else as it was written: then people's names may stand there."""
    listed = report.plan.objects(report.plan.item_by_number[row.item], report.zone) or {}
    if row.object in listed:
        return listed[row.object]
    if row.object == row.unit:
        return _("the unit itself")
    return Viewpoint(reading.scope.sees_names(row.unit)).words(row.written or "")


def _findings(
    report: PlanReport, reading: Reading, findings: Sequence[PlanFinding], sources: Mapping[tuple[int, int], ToldRow]
) -> Component:
    said = [
        html.Li(
            [
                _finding(report, reading, one),
                " ",
                told_source.in_list(
                    sources[one.row.submission, one.row.row],
                    sources[one.row.submission, one.row.row].cell("done" if one.target is None else "expected"),
                ),
            ]
        )
        for one in findings
    ]
    return html.Div([html.H3(_("What does not fit the plan"), className="card-heading"), html.Ul(said)])


def _finding(report: PlanReport, reading: Reading, one: PlanFinding) -> str:
    unit, what = report.zone.unit_by_code[one.unit].short_name, _object(report, reading, one.row)
    if one.target is None:
        return _(
            "%(unit)s told %(n)s of “%(object)s”, which the item does not list: it counts nowhere.",
            unit=unit,
            n=plan_words.amount(one.told),
            object=what,
        )
    return _("%(unit)s (%(object)s) told %(told)s as what is owed; the plan has %(target)s, which counts.",
             unit=unit, object=what, told=plan_words.amount(one.told), target=plan_words.amount(one.target))  # fmt: skip
