"""Today's reports by the scheme in force and by a draft, side by side: which figures move, and for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts
from dashboards.method.frontline import Coverage
from dashboards.results.names import batch, batch_state, duty_document
from dashboards.results.scheme_effect_today import EffectToday, FigureByDraft, Of, Value
from data.language import gettext as _
from data.zone.schemes import DisastersScheme, EnterprisesScheme
from data.zone.zone import Zone

_OF_FEW: tuple[Of, ...] = ("whole", "type")
_OF_A_BATCH = frozenset({"due", "coverage"})
"""Of the whole and of types all figures are shown, of a batch these; of all else what moves."""
_BATCHES = frozenset({"pilot", "key", "all"})


def effect_today(one: EffectToday, *, identity: str) -> list[Component]:
    """The answer in a sentence, and the tables."""
    tables = [table for of in dict.fromkeys(each.of for each in one.figures) if (table := _table(of, one)) is not None]
    said = html.Ul([html.Li(each) for each in _sentences(one)])
    return [said, html.Div(tables, id=identity, className="scheme-effect"), html.P(_note(one), className="note")]


def _sentences(one: EffectToday) -> Iterator[str]:
    day = numbers.spoken_day(one.day)
    if one.moved:
        yield _(
            "By the draft %(n)s of %(total)s figures of %(day)s would be otherwise.",
            n=one.moved,
            total=len(one.figures),
            day=day,
        )
    else:
        yield _("By the draft no figure of %(day)s would be otherwise.", day=day)
    if isinstance(one.draft, EnterprisesScheme):
        if one.lists_of is None:
            yield _(
                "The lists of whom to inspect of this month and the next are issued: they stay as they were issued."
            )
        else:
            yield _(
                "Lists of whom to inspect: those of %(month)s, which are not issued yet.",
                month=numbers.period(one.lists_of),
            )
    if isinstance(one.draft, DisastersScheme):
        yield _("The goal of the year stands on the page of casualty targets and in its publications.")


def _note(one: EffectToday) -> str:
    return _("Left: by version %(version)s, which is in force today. Right: by the draft, as if it held today already. Nothing of this is "
             "kept, and no page shows it.", version=one.before.version)  # fmt: skip


def _table(of: Of, one: EffectToday) -> Component | None:
    shown = [each for each in one.figures if each.of == of and (each.moved or _is_always_shown(each))]
    if not shown:
        return None
    heads = [_of(of), _("Figure"), _("Now"), _("by the draft"), _("Difference")]
    if of == "whole":
        del heads[0]
    rows = [html.Tr(_row(each, heads, one.zone), className="moved" if each.moved else None) for each in shown]
    head = html.Thead(html.Tr([parts.head(name, name="num" if name in heads[-3:] else "") for name in heads]))
    caption = html.Caption(_caption(of), className="caption-above")
    return html.Table([caption, head, html.Tbody(rows)], className="data-table small-table")


def _is_always_shown(one: FigureByDraft) -> bool:
    return one.of in _OF_FEW or (one.of == "batch" and one.figure in _OF_A_BATCH)


def _row(one: FigureByDraft, heads: Sequence[str], zone: Zone) -> list[Component]:
    label = _figure(one.figure)
    first = (
        [html.Th(label, scope="row")]
        if one.of == "whole"
        else [html.Th(_part(one, zone), scope="row"), parts.cell(heads[1], label)]
    )
    before, after = _shown(one.figure, one.before), _shown(one.figure, one.after)
    return [
        *first,
        parts.cell(heads[-3], before, name="num"),
        parts.cell(heads[-2], after, name="num"),
        parts.cell(heads[-1], _difference(one), name="num"),
    ]


def _of(of: Of) -> str:
    names = {"batch": _("Batch"), "town": _("Town"), "type": _("Kind of case"), "unit": _("Unit"), "list": _("Unit")}
    return names.get(of, "")


def _caption(of: Of) -> str:
    names = {
        "whole": _("The whole zone"),
        "batch": _("By batch"),
        "type": _("By type"),
        "town": _("Towns of which a figure moves"),
        "unit": _("Units of which a figure moves"),
        "list": _("Lists that would be otherwise"),
    }
    return names[of]


def _part(one: FigureByDraft, zone: Zone) -> str:
    if one.of == "batch":
        return batch(one.part)
    unit = zone.unit_by_code.get(one.part)
    return one.part if unit is None else unit.short_name


def _figure(key: str) -> str:
    names = {
        "due": _("Falls due"),
        "coverage": _("Complete"),
        "on_due_day": _("On the due day"),
        "needed_per_week": _("Needed"),
        "batch_state": _("State"),
        "silent": _("Nobody told of"),
        "overdue_cases": _("Overdue"),
        "answered_in_time": _("Answered in time"),
        "answered_in_time_rate": _("Share of the calls that were answered in time"),
        "answered_late": _("Answered late"),
        "mass_disasters": _("Mass disasters for which someone is responsible"),
        "no_mass_disaster": _("The year's goal of no mass disaster is kept"),
        "repeated": _("Inspected repeatedly"),
        "on_lists": _("Enterprises on the lists"),
        "new_on_lists": _("of these newly on them"),
        "other_turn": _("of these with another place, week or partner"),
        "other_share": _("of these with another share of findings"),
    }
    if key in _BATCHES:
        return _("%(batch)s, complete", batch=batch(key))
    return names.get(key) or _("Lacking: %(document)s", document=duty_document(key))


def _shown(figure: str, value: Value) -> str:
    match value:
        case None:
            return numbers.NONE
        case bool():
            return _("yes") if value else _("no")
        case int():
            return numbers.count(value)
        case Coverage():
            told = _(
                "%(n)s of %(of)s enterprises", n=numbers.count(value.complete), of=numbers.count(value.enterprises)
            )
            return (
                told
                if value.share is None
                else _("%(told)s (%(share)s)", told=told, share=numbers.percent(value.share))
            )
        case Fraction() if figure == "needed_per_week":
            return _("%(n)s a week", n=numbers.tenths(value))
        case Fraction():
            return numbers.percent(value)
        case date():
            return numbers.day(value)
        case _:
            return batch_state(value)


def _difference(one: FigureByDraft) -> str:
    """By how much more, where that can be said as a number."""
    before, after = one.before, one.after
    if isinstance(before, Coverage) and isinstance(after, Coverage):
        before, after = before.share, after.share
    if isinstance(before, bool | date | str | Coverage | None) or isinstance(
        after, bool | date | str | Coverage | None
    ):
        return numbers.NONE
    if isinstance(before, int) and isinstance(after, int):
        return numbers.signed(after - before)
    if one.figure == "needed_per_week":
        return numbers.NONE
    return _("%(points)s pp", points=numbers.percentage_points(Fraction(after) - Fraction(before)))
