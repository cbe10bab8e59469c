"""The annexes of the paper on the work plan, from the report as it is printed (METHOD section 5.8)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from dashboards.meeting.plan_dues import (
    KEPT,
    PAST,
    STATES,
    DueDay,
    article_words,
    by_item,
    counted_by_article,
    counted_by_unit,
    in_state,
    named_behind,
    number,
    plan_dues,
    short_day,
    so_far,
)
from dashboards.meeting.source import Source
from dashboards.meeting.tables import WHOLE, AnnexColumn, AnnexTable, counts, of_values
from dashboards.results import plan_names
from dashboards.results.names import due_state
from data.language import gettext as _

Values = list[Any]


def plan_tables(source: Source) -> Iterator[AnnexTable]:
    """By article, by article and unit; then what is overdue with units and what the system computes, and what is due within 30 days."""
    yield of_values(_("Due days of the work plan, by article (annex)"), _of_articles(), list(_articles(source)))
    yield _of_units(source)
    dues, as_of = plan_dues(source), date.fromisoformat(source.content["as_of"])
    overdue = in_state(dues, "overdue")
    told = [
        [*_due(one), "、".join(_with_figures(source, one)), f"{(as_of - one.day).days}天", so_far(one.item)]
        for one in overdue
        if one.is_told
    ]
    yield of_values(
        _("Overdue items of the work plan that units tell of (annex)"), (*_OF_DUES, _WHOSE, *_OF_OVERDUE), told
    )
    missed = [
        [plan_names.item_number(own[0].item["number"]), own[0].item["title"], "、".join(short_day(one.day) for one in own), so_far(own[0].item)]
        for own in by_item(one for one in overdue if not one.is_told)
    ]  # fmt: skip
    yield of_values(
        _("Items of the work plan that the system computes and that were not reached (annex)"), _OF_MISSED, missed
    )
    soon = [[*_due(one), _whose(source, one)] for one in in_state(dues, "due")]
    yield of_values(_("Items of the work plan due within 30 days (annex)"), (*_OF_DUES, _WHOSE_ALONE), soon)


def _articles(source: Source) -> Iterator[Values]:
    """The whole plan, then each article that has items; nothing where no due day can be judged."""
    judged = {article["article"]: own for article, own in counted_by_article(source)}
    if not judged:
        return
    whole = sum(judged.values(), Counter[str]())
    yield [WHOLE, len(source.content["items"]), *(whole[state] for state in STATES)]
    for one in source.content["articles"]:
        if one["items"]:
            own = judged.get(one["article"], Counter[str]())
            yield [article_words(one), one["items"], *(own[state] for state in STATES)]


def _of_articles() -> Sequence[AnnexColumn]:
    return (AnnexColumn("条款", 5.0, name=True), counts("任务", 1.2), *(counts(due_state(one), 1.5) for one in STATES))


def _of_units(source: Source) -> AnnexTable:
    """An article a line, a unit a column: how many due days were kept, of those that have passed or were kept ahead; on top all articles."""
    units = counted_by_unit(source)
    wholes = [sum(of.values(), Counter[str]()) for of in units.values()]
    rows = [
        [plan_names.article(one["article"]), *(_kept(of.get(one["article"])) for of in units.values())]
        for one in source.content["articles"]
        if any(of.get(one["article"]) for of in units.values())
    ]
    if rows:
        rows[:0] = [
            [name, *(str(sum(whole[state] for state in states)) for whole in wholes)]
            for name, states in (("应完成", PAST), ("已完成", KEPT))
        ]
    columns = [AnnexColumn("条款", 2.3, name=True), *(AnnexColumn(source.unit_name(unit), 1.25) for unit in units)]
    return of_values(_("Due days of the work plan kept, of those past, by unit (annex)"), columns, rows)


def _kept(own: Counter[str] | None) -> str | None:
    """2/3; None where nothing is past yet, a blank where the unit files nothing."""
    if not own:
        return ""
    past = sum(own[state] for state in PAST)
    return f"{sum(own[state] for state in KEPT)}/{past}" if past else None


def _due(one: DueDay) -> Values:
    return [plan_names.item_number(one.item["number"]), one.item["title"], short_day(one.day)]


def _whose(source: Source, one: DueDay) -> str:
    if one.is_of_all:
        return f"全部{len(one.behind)}个填报单位"
    return "、".join(named_behind(source, one)) if one.is_told else "系统汇总计算"


def _with_figures(source: Source, one: DueDay) -> Iterator[str]:
    """The units, each with how far it has come itself."""
    for unit in one.behind:
        yield f"{source.unit_name(unit['unit'])}（{number(unit['numerator'])}/{number(unit['denominator'])}）"


_OF_DUES = (AnnexColumn("任务编号", 1.4), AnnexColumn("任务", 4.2, name=True), AnnexColumn("完成时限", 1.7))
_WHOSE, _WHOSE_ALONE = (
    AnnexColumn("未完成的单位（完成/应完成）", 5.4, name=True),
    AnnexColumn("未完成的单位", 8.3, name=True),
)
_OF_OVERDUE = (AnnexColumn("已逾期", 1.3), AnnexColumn("全区目前进度", 2.4))
_OF_MISSED = (
    AnnexColumn("任务编号", 1.4), AnnexColumn("任务", 4.2, name=True), AnnexColumn("到期未达标的时限", 5.4, name=True),
    AnnexColumn("目前数字", 3.0),
)  # fmt: skip
