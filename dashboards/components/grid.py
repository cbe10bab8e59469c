"""Record lists as grids: one way to make them, whatever they list. Rows come from the server, as somebody scrolls, sorts, filters.

A grid takes the place of a list that is there from the first view on, where the screen is wide and the browser able
(``assets/36_record_list.js``): on a phone, in an old browser and on paper the list stays. AG Grid's script is fetched only then.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import dash_ag_grid
from dash import ClientsideFunction, Input, Output, State, clientside_callback, dcc, html
from dash.development.base_component import Component
from dash.fingerprint import build_fingerprint

from dashboards.components import address, numbers, parts
from dashboards.components.asked import part
from dashboards.components.exports import sorted_said
from dashboards.components.grid_request import Told
from dashboards.results.record_list import OPERATORS, Holds, Unasked
from data.language import gettext as _

for _file in dash_ag_grid._js_dist:  # noqa: SLF001  # Dash's own name for a package's scripts; there is no other way to them
    if not _file.get("async"):
        _file["dynamic"] = True
"""Served, but on no page until it asks: 1.3 MB that only record lists need."""

BLOCK = 100
"""Rows of one request; so many are there for paper before anybody scrolls."""
ROW, ROW_OF_SENTENCES = 38, 64
"""Pixels: one line, or up to three."""
LETTER, EDGES, LINES_OF_A_HEADING = 8, 28, 3
"""Pixels of a Latin letter in a heading, and beside the heading; how many lines it takes at most."""
PAUSE_IN_TYPING = 400
"""Milliseconds, in filters."""
_FILTERS = {
    Holds.TEXT: "agTextColumnFilter",
    Holds.CHOICE: "agTextColumnFilter",
    Holds.NUMBER: "agNumberColumnFilter",
    Holds.DAY: "agDateColumnFilter",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a grid: the key of its values, its words, what it holds (None: neither sorted nor filtered by), its width.

    ``drawn``: the function of ``assets/dashAgGridComponentFunctions.js`` that draws its values, where they are no texts.
    ``shown``: whether it is there before its reader chooses columns. ``at_the_end``: it stays in sight, last, however far
    the others are scrolled. ``whole``: its values are sentences, which take lines and the width that is left.
    """

    key: str
    words: str
    holds: Holds | None = None
    width: int = 120
    drawn: str | None = None
    shown: bool = True
    at_the_end: bool = False
    whole: bool = False


def record_list(
    list_form: Sequence[Component | None],
    headings: Sequence[Heading],
    about: Component,
    *,
    identity: str,
    export: str,
) -> Component:
    """A list in its own form, and all that a grid needs to take its place.

    ``about`` is a ``question``; ``identity`` the grid's; ``export`` names the list among the exports. What it is about next may
    be filled in place: ``list_place`` with another list form, ``question_place`` with another question. The grid outlives that.
    """
    told = {"script": _script(), "grid": _grid(headings, identity=identity)}
    return html.Div(
        [
            html.Div(part(list_place(identity), *list_form), className="list-form"),
            html.Div(
                [
                    _bar(identity, export),
                    html.Div(id=place(identity), className="grid-place", **parts.attributes(data_scrolls="")),
                ],
                className="grid-form",
            ),
            html.Div(
                className="printed-form",
                **parts.attributes(
                    data_said=_("printed are the first {n} of {all} records; the export has all of them")
                ),
            ),
            dcc.Store(id=f"{identity}-told", data=told),
            html.Div(about, id=question_place(identity), hidden=True),
        ],
        className="record-list",
        **parts.attributes(data_list=identity),
    )


def question(asked: Mapping[str, object] | None, *, identity: str, says: str, stands: str = "") -> Component:
    """What a list is about, as the browser keeps it."""
    return dcc.Store(id=f"{identity}-question", data=question_told(asked, identity=identity, says=says, stands=stands))


def question_told(
    asked: Mapping[str, object] | None, *, identity: str, says: str, stands: str = ""
) -> dict[str, str | None]:
    """What ``IDENTITY-question`` holds: where ``asked`` or ``stands`` is another than before the grid asks for its rows anew.

    ``asked`` is the query that the list answers, None where it has no rows; ``says`` its name for who cannot see it; ``stands``
    any text that differs where the list does, with nothing in it that its reader does not see.
    """
    query = None if asked is None else address.query(**asked)
    return {"list": identity, "asked": query, "says": says, "stands": stands}


def list_place(identity: str) -> str:
    """The part that holds the list's own form."""
    return f"{identity}-list"


def question_place(identity: str) -> str:
    """The part that holds what the grid is about."""
    return f"{identity}-about"


def place(identity: str) -> str:
    """Where the grid comes to stand."""
    return f"{identity}-place"


def comes_to_its_place(identity: str) -> None:
    """The browser's part of a page with this list: said once, where the page's callbacks are."""
    clientside_callback(
        ClientsideFunction("record_list", "mount"),
        Output(place(identity), "children"),
        Input(f"{identity}-question", "data"),
        State(f"{identity}-told", "data"),
    )


def _bar(identity: str, export: str) -> Component:
    """Search, how many there are, which columns, and the way out."""
    search = dcc.Input(
        id=f"{identity}-search", type="search", className="record-search form-control", placeholder=_("Search the list"),
        autoComplete="off", debounce=True,
    )  # fmt: skip
    choice = html.Details([html.Summary(_("Columns")), html.Div(className="column-choice")], className="column-menu")
    return html.Div(
        [
            html.Label([html.Span(_("Search the list"), className="visually-hidden"), search]),
            html.Span(
                className="record-count",
                role="status",
                **parts.attributes(
                    data_all=_("{n} records"),
                    data_chosen=_("{n} chosen: they alone are exported"),
                    data_busy=_("fetching …"),
                ),
            ),
            choice,
            *export_links(export),
        ],
        className="record-bar",
    )


def export_links(export: str, query: str = "") -> list[Component]:
    """The two files in which what is shown can be taken along; of a grid the browser says what that is."""
    forms = (("xlsx", _("Export (xlsx)")), ("csv", _("Export (CSV)")))
    return [
        html.A(
            words, href=f"/export/{export}.{form}{query}", className="export-link", **parts.attributes(data_export=form)
        )
        for form, words in forms
    ]


def _grid(headings: Sequence[Heading], *, identity: str) -> dict[str, Any]:
    """The grid as Dash's renderer takes it; every function in it is a name of ``assets/dashAgGridFunctions.js``."""
    options = {
        "theme": {"function": "recordTheme(themeQuartz)"},
        "localeText": _texts(),
        "cacheBlockSize": BLOCK,
        "maxConcurrentDatasourceRequests": 1,  # Dash keeps one request of a grid at a time, and forgets the one before
        "blockLoadDebounceMillis": 80,  # whoever scrolls far passes many blocks by
        "maxBlocksInCache": 20,
        "infiniteInitialRowCount": 1,
        "rowHeight": ROW_OF_SENTENCES if any(one.whole for one in headings) else ROW,
        "headerHeight": 38,
        "floatingFiltersHeight": 38,
        "domLayout": "normal",
        "enableCellTextSelection": True,
        "suppressMultiSort": False,
        "animateRows": False,
        "rowSelection": {"mode": "multiRow", "headerCheckbox": False, "enableClickSelection": False},
        "selectionColumnDef": {"width": 44, "pinned": "left"},
        "tooltipShowDelay": 400,
        "tabToNextCell": {"function": "leaveGrid(params)"},
    }
    listeners = {
        "modelUpdated": ["recordsCounted(params)"],
        "selectionChanged": ["recordsCounted(params)"],
        "filterChanged": ["recordsAsked(params)"],
        "sortChanged": ["recordsAsked(params)"],
        "columnMoved": ["columnsChanged(params)"],
        "columnVisible": ["columnsChanged(params)"],
        "columnResized": ["columnsChanged(params)"],
        "cellKeyDown": ["cellKeyPressed(params)"],
    }
    return {
        "type": "AgGrid",
        "namespace": "dash_ag_grid",
        "props": {
            "id": identity,
            "rowModelType": "infinite",
            "getRowId": "params.data.id",
            "columnDefs": [_column(one) for one in headings],
            "defaultColDef": {
                "resizable": True,
                "suppressHeaderMenuButton": True,
                "wrapHeaderText": True,
                "autoHeaderHeight": True,
                "cellDataType": False,
                "minWidth": 70,
            },
            "columnSize": None,
            "dashGridOptions": {**options, "gridId": identity},
            "eventListeners": listeners,
            "className": "record-grid",
            "style": {"height": "min(34rem, 75vh)"},
        },
    }


def _column(one: Heading) -> dict[str, Any]:
    found: dict[str, Any] = {
        "field": one.key, "colId": one.key, "headerName": one.words, "headerTooltip": one.words,
        "width": max(one.width, _room_for(one.words)), "sortable": one.holds is not None, "hide": not one.shown,
    }  # fmt: skip
    if one.at_the_end:
        found["pinned"] = "right"
    if one.drawn is None:
        found["tooltipField"] = one.key
    else:
        found["cellRenderer"] = one.drawn
    if one.holds is Holds.NUMBER:
        found |= {"cellClass": "num", "headerClass": "num"}
    if one.whole:
        found |= {"cellClass": "whole", "wrapText": True, "flex": 1, "minWidth": one.width}
    if one.holds is not None:
        found |= {
            "filter": _FILTERS[one.holds],
            "floatingFilter": True,
            "filterParams": {
                "filterOptions": list(OPERATORS[one.holds]), "maxNumConditions": 1, "debounceMs": PAUSE_IN_TYPING,
                "inRangeInclusive": True,
            },
        }  # fmt: skip
    return found


def _room_for(words: str) -> int:
    """Pixels in which a heading stands in few lines, none of its words cut: Chinese breaks anywhere, English between words."""
    longest = max((len(word) for word in words.split() if word.isascii()), default=0)
    return EDGES + LETTER * max(longest, ceil(len(words) / LINES_OF_A_HEADING)) if longest else 0


def _script() -> str:
    """The address of AG Grid's script: with its version, so that browsers keep it."""
    name = "dash_ag_grid.min.js"
    found = importlib.util.find_spec("dash_ag_grid")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("dash_ag_grid")
    changed = int((Path(found.origin).parent / name).stat().st_mtime)
    fingerprinted = build_fingerprint(name, dash_ag_grid.__version__, changed)  # type: ignore[no-untyped-call]
    return f"/_dash-component-suites/dash_ag_grid/{fingerprinted}"


def _texts() -> dict[str, str]:
    """The grid's own words, as far as our lists show them."""
    return {
        "contains": _("contains"),
        "notContains": _("does not contain"),
        "equals": _("equals"),
        "notEqual": _("does not equal"),
        "startsWith": _("begins with"),
        "endsWith": _("ends with"),
        "blank": _("is empty"),
        "notBlank": _("is not empty"),
        "lessThan": _("below"),
        "lessThanOrEqual": _("at most"),
        "greaterThan": _("above"),
        "greaterThanOrEqual": _("at least"),
        "before": _("before the day"),
        "after": _("after the day"),
        "inRange": _("between"),
        "inRangeStart": _("from"),
        "inRangeEnd": _("to"),
        "filterOoo": _("filter …"),
        "dateFormatOoo": "yyyy-mm-dd",
        "loadingOoo": _("fetching …"),
        "noRowsToShow": _("Nothing in the list fits. Take a filter back."),
        "ariaFilterInput": _("Filter"),
        "ariaFilterFromValue": _("from"),
        "ariaFilterToValue": _("to"),
        "ariaFilterValue": _("value of the filter"),
        "ariaFilterMenuOpen": _("Open the filter"),
        "ariaFilteringOperator": _("how to filter"),
        "ariaDateFilterInput": _("day of the filter"),
        "ariaLabelColumnFilter": _("Filter of the column"),
        "ariaLabelTooltip": _("whole text"),
        "ariaRowSelect": _("Space chooses the row"),
        "ariaRowDeselect": _("Space lets the row go"),
        "ariaRowToggleSelection": _("Space chooses the row or lets it go"),
        "ariaToggleCellValue": _("Space chooses the row or lets it go"),
        "ariaInputEditor": _("filter"),
        "ariaSearch": _("Search the list"),
        "ariaSortableColumn": _("Enter sorts"),
        "ariaColumn": _("Column"),
        "ariaVisible": _("shown"),
        "ariaHidden": _("hidden"),
        "ariaChecked": _("chosen"),
        "ariaUnchecked": _("not chosen"),
        "ariaIndeterminate": _("in part"),
        "ariaRowGroupPanel": "",
    }


def rows_as_told(rows: Sequence[Mapping[str, Any]], total: int) -> dict[str, Any]:
    """Rows as the grid takes them; each has an ``id``."""
    return {"rowData": list(rows), "rowCount": total}


def columns_asked(headings: Sequence[Heading], asked: Sequence[str]) -> list[Heading]:
    """The columns that are seen, in their order; all where nobody says which. Unasked for one that the list does not have."""
    named = {one.key: one for one in headings}
    if not set(asked) <= set(named):
        raise Unasked("columns")
    return [named[key] for key in dict.fromkeys(asked)] or list(headings)


def said(headings: Sequence[Heading], told: Told) -> list[str]:
    """Search, filters and order of a list in words, and whether rows were chosen, for the file that holds what is left."""
    wanted = told.wanted
    named, texts = {one.key: one for one in headings}, _texts()
    found = [_("Searched: “%(text)s”", text=wanted.search)] if wanted.search else []
    for one in wanted.conditions:
        heading = named[one.key]
        words = (
            {**texts, "lessThan": texts["before"], "greaterThan": texts["after"]}
            if heading.holds is Holds.DAY
            else texts
        )
        value = "–".join(str(value) for value in one.values)
        found.append(_("Filter: %(column)s %(operator)s %(value)s", column=heading.words, operator=words[one.operator],
                       value=value).strip())  # fmt: skip
    found += [
        sorted_said(named[key].words, down=down, holds=named[key].holds or Holds.TEXT) for key, down in wanted.sort
    ]
    return [*found, _("only the %(n)s chosen", n=numbers.count(len(told.chosen)))] if told.chosen else found
