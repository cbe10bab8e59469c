"""Why the goal of no mass disaster stands as it does: what happened, or up to when ledgers tell of none."""

from __future__ import annotations

from dashboards.components import numbers
from dashboards.method.disasters import DisasterTold
from dashboards.results.disasters import YearsDisasters
from data.language import gettext as _
from data.zone.zone import Zone


def mass_disasters(one: YearsDisasters, zone: Zone) -> list[str]:
    """Each of them; where there is none, from which ledgers that is known, or that there are no such ledgers."""
    if one.mass:
        return [_named(each, zone) for each in one.mass]
    if one.filed is None:
        return [_("no ledger of warnings and disasters of the year has come: this cannot be told")]
    return [_("none is told of in the ledgers up to %(month)s", month=numbers.period(one.filed))]


def _named(one: DisasterTold, zone: Zone) -> str:
    at = one.struck_at
    assert at is not None
    return _("%(day)s %(unit)s: %(type)s, %(dead)s dead, %(missing)s missing",
             day=numbers.day(zone.calendar.day_of(at)), unit=zone.unit_by_code[one.territory].short_name,
             type=one.type, dead=one.dead, missing=one.missing)  # fmt: skip
