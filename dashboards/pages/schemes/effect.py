"""A past period by the scheme in force and by a draft, side by side: score, place, who would lead, who would be last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts, words
from dashboards.results.scheme_effect import DraftEffect, Ends, ForeseenByDraft, MovedGroup, MovedUnit
from data.language import gettext as _
from data.zone.periods import Period, Quarter


def effect(one: DraftEffect, known: Sequence[Period], *, period: str, identity: str) -> list[Component]:
    """The period to choose, the answer in a sentence a group, and the tables."""
    options = [(str(each), numbers.period(each)) for each in known]
    chooser = parts.chooser(period, _("Past period"), options, str(one.period), chooses="period")
    bar = html.Div([chooser], className="scheme-bar")
    tables = [_group_table(group, one) for group in one.groups if group.rows]
    if one.foreseen:
        tables.append(_foreseen_table(one.foreseen))
    return [bar, html.Ul([html.Li(said) for said in _sentences(one)]), html.Div(tables, id=identity, className="scheme-effect"),
            html.P(_note(one), className="note")]  # fmt: skip


def _note(one: DraftEffect) -> str:
    return _("Left: by version %(version)s, which is in force for the period, as the figures stand today. Right: by the draft. Nothing of "
             "this is kept, and no page shows it.", version=one.before.version)  # fmt: skip


def _sentences(one: DraftEffect) -> Iterator[str]:
    if not one.moved:
        yield _("By the draft nobody would stand otherwise in %(period)s.", period=numbers.period(one.period))
        return
    total = len(one.foreseen) + sum(len(group.rows) for group in one.groups)
    yield _("By the draft %(n)s of %(total)s would stand otherwise in %(period)s.", n=one.moved, total=total,
            period=numbers.period(one.period))  # fmt: skip
    for group in one.groups:
        if group.rows:
            yield _of_group(group, isinstance(one.period, Quarter))


def _of_group(group: MovedGroup, quarter: bool) -> str:
    leading = _ways(_names(group.before.leading), _names(group.after.leading))
    last = _ways(_last(group.before), _last(group.after))
    if quarter:
        return _("%(group)s: first %(leading)s; speaking last for its score %(last)s.", group=words.group(group.group),
                 leading=leading, last=last)  # fmt: skip
    return _("%(group)s: first %(leading)s; last %(last)s.", group=words.group(group.group), leading=leading, last=last)


def _ways(before: str, after: str) -> str:
    if before == after:
        return _("%(same)s, as now", same=after)
    return _("%(before)s → %(after)s", before=before, after=after)


def _names(names: Sequence[str]) -> str:
    return _(", ").join(names) or _("nobody")


def _last(ends: Ends) -> str:
    """Who may be named last (METHOD section 2): where that is not sure, all who may be."""
    if not ends.sure and ends.last:
        return _("not sure, one of %(names)s", names=_names(ends.last))
    return _names(ends.last)


def _group_table(group: MovedGroup, one: DraftEffect) -> Component:
    quarter = isinstance(one.period, Quarter)
    heads = [
        parts.head(_("Unit")),
        parts.head(_("Score now"), name="num"),
        parts.head(_("by the draft"), name="num"),
        parts.head(_("Difference"), name="num"),
        parts.head(_("Place now"), name="num"),
        parts.head(_("by the draft"), name="num"),
        parts.head(_("Difference"), name="num"),
        *([parts.head(_("Grade"))] if quarter else []),
    ]
    rows = [html.Tr(_unit(row, quarter), className="moved" if row.before != row.after else None) for row in group.rows]
    caption = html.Caption(words.group(group.group), className="caption-above")
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table small-table")


def _unit(row: MovedUnit, quarter: bool) -> list[Component]:
    change, gained = row.score_change, row.places_gained
    cells = [
        html.Th(row.name, scope="row"),
        parts.cell(_("Score now"), numbers.points(row.before.score), name="num"),
        parts.cell(_("by the draft"), numbers.points(row.after.score), name="num"),
        parts.cell(_("Difference"), numbers.NONE if change is None else numbers.signed(change), name="num"),
        parts.cell(_("Place now"), numbers.count(row.before.rank), name="num"),
        parts.cell(_("by the draft"), numbers.count(row.after.rank), name="num"),
        parts.cell(_("Difference"), *_places(gained), name="num"),
    ]
    if quarter:
        before, after = row.before.grade or numbers.NONE, row.after.grade or numbers.NONE
        same = before == after
        cells.append(parts.cell(_("Grade"), after if same else _("%(before)s → %(after)s", before=before, after=after)))
    return cells


def _places(gained: int | None) -> list[Component | str]:
    """Places gained are told by an arrow and a number, and by colour besides."""
    if gained is None:
        return [numbers.NONE]
    if not gained:
        return ["0"]
    sign, name = ("↑", "up") if gained > 0 else ("↓", "down")
    return [html.Span(f"{sign}{abs(gained)}", className=name)]


def _foreseen_table(rows: Sequence[ForeseenByDraft]) -> Component:
    heads = [_("Whole or unit"), _("Light now"), _("by the draft"), _("Chance above the cap now"), _("by the draft")]
    body = [
        html.Tr(
            [
                html.Th(one.name, scope="row"),
                parts.cell(heads[1], _light(one.light_before)),
                parts.cell(heads[2], _light(one.light_after)),
                parts.cell(heads[3], numbers.chance(one.chance_before), name="num"),
                parts.cell(heads[4], numbers.chance(one.chance_after), name="num"),
            ],
            className="moved" if one.moved else None,
        )
        for one in rows
    ]
    return html.Table(
        [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(body)],
        className="data-table small-table",
    )


def _light(told: str | None) -> Component | str:
    return numbers.NONE if told is None else lights.light(told)
