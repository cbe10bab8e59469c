"""How this page says figures: times, durations to the second where it matters, moments short where the day is known."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from dashboards.components import numbers
from dashboards.components.step_line import ShownStep
from dashboards.method.disasters import DisasterTold
from dashboards.method.warning_steps import StepTaken, WarningWay
from dashboards.results.names import warning_step
from data.language import gettext as _
from data.zone.schemes import DisastersScheme
from data.zone.zone import Zone

HOUR, DAY = 60, 24 * 60


def times(value: int) -> str:
    """25次."""
    return _("%(n)s times", n=numbers.count(value))


def people(value: int) -> str:
    """12人."""
    return _("1 person") if value == 1 else _("%(n)s people", n=numbers.count(value))


def minutes(value: Fraction) -> str:
    """23分钟; with its seconds where there are any: 30 minutes and 20 seconds are more than 30 minutes."""
    whole, rest = divmod(value, 1)
    if not rest:
        return _("%(n)s min", n=numbers.count(int(whole)))
    seconds = int(rest * 60)
    if not seconds:
        return _("less than %(n)s minutes", n=numbers.count(int(whole) + 1))
    return _("%(n)s min %(seconds)s s", n=numbers.count(int(whole)), seconds=seconds)


def duration(value: Fraction) -> str:
    """Minutes up to two hours, then hours and minutes, from two days on days and hours."""
    whole = int(value)
    if whole < 2 * HOUR:
        return minutes(value)
    if whole < 2 * DAY:
        hours, rest = divmod(whole, HOUR)
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=rest) if rest else _("%(hours)s h", hours=hours)
    return _("%(days)s d %(hours)s h", days=numbers.count(whole // DAY), hours=whole % DAY // HOUR)


def deaths(dead: int, missing: int) -> str:
    """How many lost their lives and how many are missing, as it is said of people; nothing where nobody is."""
    if dead and missing:
        return _("%(dead)s lost their lives, %(missing)s missing", dead=people(dead), missing=people(missing))
    if dead:
        return _("%(dead)s lost their lives", dead=people(dead))
    return _("%(missing)s missing", missing=people(missing)) if missing else ""


def ahead(told: DisasterTold) -> Fraction | None:
    """How many minutes before a disaster it was warned of; None where it was not."""
    if told.happened_at is None or told.warned_at is None:
        return None
    return Fraction(int((told.happened_at - told.warned_at).total_seconds()), 60)


def shown_steps(one: WarningWay, zone: Zone, scheme: DisastersScheme, *, day: bool = True) -> list[ShownStep]:
    """A warning's steps as they are drawn: those taken, then the one that lacks; ``day``: with the day of the first."""
    first = one.steps[0].at
    times = [_short(step.at, first, zone) for step in one.steps]
    if day:
        times[0] = numbers.moment(first, zone)
    taken = [
        _taken(step, at, zone, scheme, slow=one.slow and step.key == "answered")
        for step, at in zip(one.steps, times, strict=True)
    ]
    if one.lacks is None:
        return taken
    said = _("not %(step)s", step=warning_step(one.lacks))
    return [*taken, ShownStep(said, "", "", "lacking", said)]


def _taken(step: StepTaken, short: str, zone: Zone, scheme: DisastersScheme, *, slow: bool) -> ShownStep:
    name, at = warning_step(step.key), numbers.instant(step.at, zone)
    gap = "" if step.minutes is None else duration(step.minutes)
    if slow:
        late = _("above %(n)s minutes", n=scheme.answer_minutes)
        whole = _("%(at)s %(step)s, %(gap)s later: %(late)s", at=at, step=name, gap=gap, late=late)
        return ShownStep(_("%(step)s (late)", step=name), gap, short, "slow", whole)
    whole = _("%(at)s %(step)s, %(gap)s later", at=at, step=name, gap=gap) if gap else f"{at} {name}"
    return ShownStep(name, gap, short, "done", whole)


def _short(at: datetime, first: datetime, zone: Zone) -> str:
    """The time of a step, with its day where that is not the warning's."""
    time = f"{at.astimezone(zone.calendar.timezone):%H:%M}"
    days = (zone.calendar.day_of(at) - zone.calendar.day_of(first)).days
    if not days:
        return time
    return _("next day %(time)s", time=time) if days == 1 else numbers.moment(at, zone)


def steps_said(one: WarningWay, zone: Zone, scheme: DisastersScheme) -> str:
    """The steps as one text, for files and for who hears them."""
    return _("; ").join(step.whole for step in shown_steps(one, zone, scheme))
