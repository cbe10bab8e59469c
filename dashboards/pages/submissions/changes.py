"""What a workbook changes against the version before, row by row: counts first, then one page of one kind of change.

assets/35_changes.js goes from row to row by a key, and over the pages by the addresses that stand with the table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, words
from dashboards.results.row_changes import CHANGES, ON_A_PAGE, RowChange, RowChanges
from data.language import gettext as _

Link = Callable[[str, int], str]
"""(change, page) → the address that shows it."""


def spoken_counts(counts: Mapping[str, int]) -> str:
    """New 3, changed 1, unchanged 40; nothing at all where no row is."""
    spoken = [f"{words.change(change)[1]} {numbers.count(counts[change])}" for change in CHANGES if counts.get(change)]
    return _(", ").join(spoken) or _("no rows")


def changed_rows(changes: RowChanges, *, link: Link, identity: str) -> list[Component]:
    """Counts as tabs, the rows of the chosen one, and the way to the other pages."""
    if changes.change is None:
        return []
    items = [
        (
            f"{words.change(one)[0]} {words.change(one)[1]} {numbers.count(changes.counts[one])}",
            link(one, 1),
            one == changes.change,
        )
        for one in CHANGES
        if changes.counts.get(one)
    ]
    numbered = _numbers(changes, f"{identity}-numbers")
    if not changes.rows:
        counted = parts.empty(_("Single rows of this table are for the office and the unit concerned only."))
        return [*numbered, html.P(spoken_counts(changes.counts)), counted]
    tabs = parts.tabs(items, label=_("Kind of change"), identity=f"{identity}-tabs")
    heads = [parts.head(one) for one in (_("Sheet and row"), _("Known by"), _("What changes"))]
    rows = [html.Tr(_row(row, changes.change), tabIndex=-1) for row in changes.rows]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table row-changes", id=identity)
    walk = _walk(changes, link, f"{identity}-walk")
    shown = html.Section([walk, table, *_pager(changes, link, f"{identity}-pager")], className="changes-walked")
    return [*numbered, tabs, shown]


def _numbers(changes: RowChanges, identity: str) -> list[Component]:
    """New, changed, gone, the same, and cells changed; nothing where there is nothing to compare with."""
    if not changes.compared:
        return []
    counted = [(words.change(one)[1], changes.counts.get(one, 0)) for one in ("new", "changed", "gone")]
    if "same" in changes.counts or not changes.counts.keys() - {"same"}:
        counted.append((words.change("same")[1], changes.counts.get("same", 0)))
    counted.append((_("cells changed"), changes.cells))
    items = [html.Div([html.Dt(name), html.Dd(numbers.count(number))]) for name, number in counted]
    return [html.Dl(items, className="facts five-numbers", id=identity)]


def _walk(changes: RowChanges, link: Link, identity: str) -> Component:
    """Buttons and keys that go from change to change; where the page's rows end, on to the next page, then to the next
    kind of change.
    """
    back, on = _around(changes)
    spoken = parts.attributes(
        data_walk="",
        data_first=str((changes.page - 1) * ON_A_PAGE + 1),
        data_total=str(changes.counts[changes.change or ""]),
        data_place=_("change {n} of {total}"),
        data_end=_("There is no further change."),
    )
    look = "btn btn-sm btn-outline-primary"
    return html.Div(
        [
            html.Button(_("↑ change before"), type="button", className=look, **parts.attributes(data_go="back")),
            html.Button(_("↓ next change"), type="button", className=look, **parts.attributes(data_go="on")),
            html.Span([html.Kbd("n"), " ", _("next"), " · ", html.Kbd("p"), " ", _("previous")], className="note keys"),
            html.Span("", className="walk-place", role="status"),
            *(
                dcc.Link("", href=link(*one), className=f"walk-{way}")
                for way, one in (("back", back), ("on", on))
                if one is not None
            ),
        ],
        className="walk",
        id=identity,
        **spoken,
    )


def _around(changes: RowChanges) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
    """(change, page) before and after this page, over the kinds of change in their order; rows that stay are none."""
    pages = [
        (one, page)
        for one in CHANGES
        if one != "same"
        for page in range(1, -(-changes.counts.get(one, 0) // ON_A_PAGE) + 1)
    ]
    here = (changes.change or "", changes.page)
    if here not in pages:
        return (pages[-1] if pages else None), None
    place = pages.index(here)
    return (pages[place - 1] if place else None), (pages[place + 1] if place + 1 < len(pages) else None)


def _row(row: RowChange, change: str) -> list[Component]:
    place = _("%(sheet)s, row %(row)s", sheet=row.sheet, row=numbers.count(row.row))
    if change == "gone":
        place = _("%(sheet)s, row %(row)s of the version before", sheet=row.sheet, row=numbers.count(row.row))
    return [
        parts.cell(_("Sheet and row"), place, name="where"),
        parts.cell(_("Known by"), row.identity or numbers.NONE, name="identity"),
        parts.cell(_("What changes"), *_fields(row, change), name="fields"),
    ]


def _fields(row: RowChange, change: str) -> list[Component]:
    if change == "changed":
        return [_old_and_new(title, row.before.get(title, ""), text) for title, text in row.after.items()]
    texts = row.before if change == "gone" else row.after
    return [html.Span([html.Small(title), " ", text], className="field-text") for title, text in texts.items()]


def _old_and_new(title: str, old: str, new: str) -> Component:
    """Struck out and inserted, so that it is no matter of colour alone."""
    blank = _("(blank)")
    return html.Div(
        [html.Small(title), " ", html.Del(old or blank), " → ", html.Ins(new or blank)], className="old-and-new"
    )


def _pager(changes: RowChanges, link: Link, identity: str) -> list[Component]:
    if changes.pages < 2 or changes.change is None:
        return []
    first = (changes.page - 1) * ON_A_PAGE + 1
    total = changes.counts[changes.change]
    shown = _("rows %(first)s–%(last)s of %(total)s", first=numbers.count(first), total=numbers.count(total),
              last=numbers.count(first + len(changes.rows) - 1))  # fmt: skip
    back = dcc.Link(_("← previous"), href=link(changes.change, changes.page - 1)) if changes.page > 1 else None
    on = dcc.Link(_("next →"), href=link(changes.change, changes.page + 1)) if changes.page < changes.pages else None
    end = dcc.Link(_("last page"), href=link(changes.change, changes.pages)) if changes.page < changes.pages else None
    items = [html.Span(shown), back, on, end]
    return [html.Nav(items, className="pager", id=identity, **parts.attributes(aria_label=_("Pages of rows")))]
