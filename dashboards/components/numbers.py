"""Numbers and days as people read them: "—" where there is none, numbers before percentages, never "nan"."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from dashboards.meeting import rounding
from dashboards.meeting.rounding import POINTS, TENTH, rounded
from data.language import N_
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year
from data.zone.zone import Zone

NONE = "—"
MINUS = "−"
LEAST = Fraction(1, 20)
"""Below it a pace would be printed as 0.0, which it is not."""
MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"), N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip


def count(value: int | None) -> str:
    """1,234; a dash where there is none."""
    return NONE if value is None else f"{value:,}"


def points(value: Decimal | None) -> str:
    """A score or points, with two decimals."""
    return NONE if value is None else f"{rounded(value, POINTS):,}".replace("-", MINUS)


def percent(value: Fraction | None) -> str:
    """62.5%; a dash where it is undefined."""
    return NONE if value is None else rounding.percent(value)


def whole(value: Fraction) -> str:
    """A ratio as the nearest count, half up."""
    return f"{(2 * value.numerator + value.denominator) // (2 * value.denominator):,}"


def chance(value: float | None) -> str:
    """37%; what is not certain is never called 0% or 100%."""
    if value is None:
        return NONE
    if 0 < value < 0.005:
        return _("below %(limit)s", limit="1%")
    if 0.995 <= value < 1:
        return _("above %(limit)s", limit="99%")
    return f"{value * 100:.0f}%"


def tenths(value: Fraction) -> str:
    """A number to one decimal; what is not 0 is never printed as 0."""
    if 0 < value < LEAST:
        return _("less than %(n)s", n="0.1")
    exact = rounded(value, TENTH)
    shown = f"{abs(exact):,.0f}" if exact == exact.to_integral_value() else f"{abs(exact):,}"
    return f"{MINUS}{shown}" if exact < 0 else shown


def decimal(value: Decimal) -> str:
    """A weight or a target without idle zeros: 20, 2.5, 0.6."""
    return f"{value.normalize():f}"


def yuan(value: Decimal | None) -> str:
    """12,000 or 12,000.50 (yuan)."""
    if value is None:
        return NONE
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"


def signed(value: int | Decimal) -> str:
    """+3, −3 or 0, with a true minus."""
    shown = f"{rounded(abs(value), POINTS):,}" if isinstance(value, Decimal) else f"{abs(value):,}"
    return shown if value == 0 else f"{'+' if value > 0 else MINUS}{shown}"


def signed_yuan(value: Decimal) -> str:
    """+12,000 or −12,000.50 (yuan)."""
    return yuan(value) if not value else f"{'+' if value > 0 else MINUS}{yuan(abs(value))}"


def percentage_points(value: Fraction) -> str:
    """+12.3 of the difference of two shares, with a true minus."""
    exact = rounded(100 * value, TENTH)
    return f"{abs(exact)}" if not exact else f"{'+' if exact > 0 else MINUS}{abs(exact)}"


def day(value: date | None) -> str:
    """2022-08-05, short and sortable, for tables."""
    return NONE if value is None else value.isoformat()


def spoken_day(value: date | None) -> str:
    """2022年8月5日, for sentences; a dash where there is none."""
    return (
        NONE
        if value is None
        else _("%(day)s %(month)s %(year)s", year=value.year, month=month(value.month), day=value.day)
    )


MONTH_OF_AXIS = {"zh_CN": "%-m月", "en": "%b"}
"""How an axis of days names its months, in the language of the charts' own formats."""


def month(number: int) -> str:
    """8月."""
    return _(MONTHS[number - 1])


def day_of_year(value: date) -> str:
    """8月5日, where the year is known."""
    return _("%(day)s %(month)s", month=month(value.month), day=value.day)


def moment(value: datetime, zone: Zone) -> str:
    """8月5日 10:02 in the zone's time."""
    local = value.astimezone(zone.calendar.timezone)
    return _("%(day)s %(month)s %(time)s", month=month(local.month), day=local.day, time=f"{local:%H:%M}")


def instant(value: datetime, zone: Zone) -> str:
    """2022-08-05 10:02 in the zone's time, for logs that go over years."""
    return f"{value.astimezone(zone.calendar.timezone):%Y-%m-%d %H:%M}"


def period(value: Period) -> str:
    """2022年8月, 2022年第3季度, 2022年."""
    match value:
        case Month():
            return _("%(month)s %(year)s", year=value.year, month=month(value.month))
        case Quarter():
            return _("Q%(quarter)s %(year)s", year=value.year, quarter=value.quarter)
        case Year():
            return _("the year %(year)s", year=value.year)
