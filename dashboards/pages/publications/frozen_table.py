"""The figures of a publication as they were frozen: read from its content, nothing of them computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.components import lights, numbers, parts, words
from dashboards.results.names import flags_shown
from data.language import gettext as _

Content = Mapping[str, Any]


def of(content: Content) -> Component:
    """A table a group; of casualties one of units and sectors."""
    if content["report"] == "casualties":
        scopes = [{"name": content["publication"]["zone"], **content["zone"]}, *content["units"], *content["sectors"]]
        tables = [
            _table([_casualties_heads(), *([_scope(one) for one in scopes if one["deaths"] or one["cap"] is not None])])
        ]
    else:
        graded = content["report"] == "scores"
        tables = [
            html.Div(
                [
                    html.H3(words.group(one["group"])),
                    _table([_heads(graded=graded), *(_row(row, graded=graded) for row in one["rows"])]),
                ]
            )
            for one in content["groups"]
            if one["rows"]
        ]
    summary = html.Summary(_("The table as it was published"))
    return html.Details([summary, html.Div(tables, className="frozen-tables")], open=True, className="frozen", id="publications-frozen")  # fmt: skip


def _table(lines: Sequence[Sequence[Any]]) -> Component:
    heads, *rows = lines
    body = [html.Tr([parts.cell(head, one) for head, one in zip(heads, row, strict=True)]) for row in rows]
    return html.Table(
        [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(body)],
        className="data-table small-table",
    )


def _heads(*, graded: bool) -> list[str]:
    return [_("Place"), _("Unit"), _("Score"), *([_("Grade")] if graded else []), _("Remarks")]


def _row(row: Content, *, graded: bool) -> list[Any]:
    return [
        numbers.NONE if row["rank"] is None else str(row["rank"]),
        row["name"],
        numbers.NONE if row["score"] is None else f"{row['score']:.2f}",
        *([words.grade(row["grade"])] if graded else []),
        _(", ").join(words.flag(flag) for flag in flags_shown(row["flags"])),
    ]


def _casualties_heads() -> list[str]:
    return [_("Unit or sector"), _("Deaths"), _("Cap"), _("light of the targets")]


def _scope(one: Content) -> list[Any]:
    light = numbers.NONE if one["light"] is None else lights.word(one["light"])
    return [one["name"], numbers.count(one["deaths"]), numbers.count(one["cap"]), light]
