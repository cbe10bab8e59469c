"""How lists have the enterprise: unit by unit, from when to when, in what they differ; and how ledgers call it."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, told_source
from dashboards.results.enterprise_profile import EnterpriseListing, EnterpriseProfile
from dashboards.results.hiding import HIDDEN
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone


def table(profile: EnterpriseProfile, *, identity: str) -> Component:
    """The rows of lists; a sentence where there is none."""
    if not profile.listings:
        return parts.empty(_none(profile))
    heads = [
        parts.head(_("Listed by"), _("list of the year")),
        parts.head(_("Name"), _("sector, size")),
        parts.head(_("Town"), _("Supervising department")),
        parts.head(_("Marked as")),
        parts.head(_("Person responsible"), _("standardisation grade")),
        parts.head(_("From when to when")),
        parts.head(_("State")),
        parts.head(_("Where it stands")),
    ]
    body = [_row(one, profile.zone, profile.as_of) for one in profile.listings]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases", id=identity)


def _none(profile: EnterpriseProfile) -> str:
    """Why no row stands here; a unit is told of its own lists alone."""
    own = profile.own_unit
    if own is None:
        return _(
            "No list has it: it is known from ledgers alone, and counts in no rate of the register. The territory's unit should list it."
        )
    if profile.standing == "ledgers":
        return _("%(unit)s does not list it.", unit=own.short_name)
    return _("%(unit)s does not list it itself; it lies there or is supervised by it.", unit=own.short_name)


def _row(one: EnterpriseListing, zone: Zone, today: date) -> Component:
    row, units = one.listed, zone.unit_by_code
    department = numbers.NONE if row.department is None else units[row.department].short_name
    return html.Tr(
        [
            parts.cell(_("Listed by"), html.Div(units[row.unit].short_name), html.Small(numbers.period(parse_period(one.period)))),
            parts.cell(_("Name"), html.Div(row.name), html.Small(f"{zone.sectors[row.sector]} · {row.size}"), name="wide"),
            parts.cell(_("Town"), html.Div(units[row.territory].short_name), html.Small(department)),
            parts.cell(_("Marked as"), html.Div(_marks(one), className="flags")),
            parts.cell(_("Person responsible"), html.Div(_head(one)), html.Small(one.grade or numbers.NONE)),
            parts.cell(_("From when to when"), *_span(one), name="day"),
            parts.cell(_("State"), _state(one, today)),
            parts.cell(_("Where it stands"), told_source.in_list(one.place, one.place.cell("name", "credit_code")), name="sources"),
        ]
    )  # fmt: skip


def _head(one: EnterpriseListing) -> Component | str:
    if one.head == HIDDEN:
        return html.Span(HIDDEN, title=_("(for the office and the unit concerned only)"))
    return one.head or numbers.NONE


def _marks(one: EnterpriseListing) -> list[Component | str]:
    row = one.listed
    said = (
        (row.high_risk, _("high risk"), "warn"),
        (row.key_industry, _("key sector"), "calm"),
        (row.pilot, _("pilot"), "calm"),
        (one.chief_engineer, _("chief engineer"), "calm"),
    )
    marks: list[Component | str] = [parts.tag(words, tone) for marked, words, tone in said if marked]
    return marks or [numbers.NONE]


def _span(one: EnterpriseListing) -> list[Component | str]:
    row = one.listed
    if row.starts_on is None and row.ends_on is None:
        return [_("open")]
    first = [] if row.starts_on is None else [html.Div(_("from %(day)s on", day=numbers.day(row.starts_on)))]
    return [
        *first,
        *([] if row.ends_on is None else [html.Div(_("until %(day)s (listed)", day=numbers.day(row.ends_on)))]),
    ]


def _state(one: EnterpriseListing, today: date) -> Component:
    """Whether the row counts today, and why where it does not."""
    row = one.listed
    if one.counts:
        return parts.tag(_("counts today"), "good", symbol="✓")
    if not one.present:
        return parts.tag(_("replaced by a later list"), "calm", symbol="◷")
    if row.ends_on is not None and row.ends_on < today:
        return parts.tag(_("has ended"), "calm", symbol="◷")
    if row.starts_on is not None and row.starts_on > today:
        return parts.tag(_("begins later"), "calm", symbol="…")
    return parts.tag(_("another unit's row counts"), "calm", symbol="–")


def differing(profile: EnterpriseProfile) -> Component | None:
    """In what lists that have it today differ."""
    if not profile.differs:
        return None
    fields = {"name": _("name"), "sector": _("sector (of a list)"), "territory": _("territory"), "size": _("size")}
    said = _("The lists that have it today differ in: %(fields)s. The territory's row counts.",
             fields=_(", ").join(fields[one] for one in profile.differs))  # fmt: skip
    return parts.key_message(said, tone="warn")


def names(profile: EnterpriseProfile, *, identity: str) -> Component:
    """The names under which ledgers know it; what differs from the register's is marked."""
    if not profile.names:
        return parts.empty(_("No ledger tells of it."))
    lines = [
        html.Li(
            [
                html.Strong(one.name),
                " ",
                parts.tag(_("written otherwise"), "warn", symbol="≠") if one.differs else None,
                " ",
                html.Small(
                    _("%(n)s rows by %(units)s, last for %(period)s", n=one.rows, period=numbers.period(parse_period(one.period)),
                      units=_(", ").join(unit.short_name for unit in one.units))
                ),
            ]
        )
        for one in profile.names
    ]  # fmt: skip
    return html.Ul(lines, className="names-told", id=identity)
