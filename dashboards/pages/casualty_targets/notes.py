"""What stands beneath: scheme, days and ledgers; and how forecast and lights are made, with the record's own numbers."""

from __future__ import annotations

from fractions import Fraction

from dash import html
from dash.development.base_component import Component

from dashboards.components import numbers
from dashboards.method import casualties as method
from dashboards.pages.casualty_targets import phrases
from dashboards.results.casualties import Casualties
from data.language import gettext as _


def basis_line(result: Casualties) -> Component:
    """Scheme, version, hash, day looked at, day of knowledge, latest ledger."""
    scheme = result.scheme
    named = _("%(title)s, version %(version)s (%(hash)s)", title=scheme.title, version=scheme.version,
              hash=scheme.sha256[:8])  # fmt: skip
    last = numbers.period(result.ledgers[-1]) if result.ledgers else _("no ledger yet")
    known = any(month.year == result.year.year for month in result.ledgers)
    facts = [
        html.Span([_("Scheme: "), named], title=scheme.sha256),
        html.Span(_("As of %(day)s", day=numbers.spoken_day(result.as_of))) if known else None,
        html.Span(_("Received by %(day)s", day=numbers.spoken_day(result.known_by))),
        html.Span(_("Latest accident ledger: %(period)s", period=last)),
    ]
    return html.P(facts, className="basis-line")


def explanation(result: Casualties, *, identity: str) -> Component:
    """How the figures are made; nothing is explained with other numbers than those of this record."""
    return html.Details(
        [
            html.Summary(_("How figures, forecast and lights are made")),
            html.H3(_("What counts")),
            _listed(_counting(result)),
            html.H3(_("Forecast")),
            _listed(_forecast(result)),
            html.H3(_("Lights")),
            _listed(_lights(result)),
        ],
        id=identity,
    )


def _listed(sentences: list[str]) -> Component:
    return html.Ul([html.Li(sentence) for sentence in sentences])


def _counting(result: Casualties) -> list[str]:
    return [
        _("Only accidents marked as counting and not struck off count; what was struck off stays listed."),
        _("The missing count as dead from the first day, provisional for 30 days (7 for road traffic and fire)."),
        _("An accident counts once for the zone, its sector, its territory and its supervising department; the zone's "
          "figure is therefore not the sum of the units."),
        _("Figures as of a day take the accidents up to that day as they are known now, corrections among them."),
        _("Pace = cap × share of the year, counted month by month; here %(share)s.",
          share=numbers.percent(result.total.elapsed)),
        _("Investigation reports are due %(days)s days after the accident, whatever its class (Decree 493, article 29), and "
          "may be extended by %(more)s days at most; time of technical appraisal is apart.",
          days=result.scheme.report_days, more=result.scheme.longest_extension_days),
    ]  # fmt: skip


def _forecast(result: Casualties) -> list[str]:
    record, scheme = result.record, result.scheme
    past, now = len(record.fatal(years=record.years)), len(record.fatal(years=[record.year]))
    rate = method.rate_of(record, scheme)
    rest = 1 - result.total.elapsed
    expected = rate.shape * rest / rate.years
    return [
        _("On record: %(past)s fatal accidents in %(years)s past years (%(named)s), and %(now)s this year so far.",
          past=past, years=len(record.years), now=now, named=_(", ").join(str(year) for year in record.years) or "—"),
        _("Exposure: %(years)s years (%(past)s past ones and %(share)s of this one); still to come: %(rest)s years.",
          years=_two(rate.years), past=len(record.years), share=numbers.percent(result.total.elapsed), rest=_two(rest)),
        _("Expected fatal accidents still to come: (%(prior)s + %(past)s + %(now)s) × %(rest)s ÷ %(years)s = %(expected)s; "
          "their number is negative binomial (Poisson, with a Gamma prior of shape %(prior)s).",
          prior=numbers.decimal(scheme.forecast.prior_shape), past=past, now=now, rest=_two(rest), years=_two(rate.years), expected=_two(expected)),
        _("Deaths in a fatal accident: %(shares)s (the zone's record and one pseudo-accident, the same for all units).",
          shares=_severities(result)) if result.own_unit is None else
        _("Deaths in a fatal accident: the zone's record and one pseudo-accident, the same for all units."),
        _("The year's total is the deaths so far and those still to come, worked out exactly; the median and the 80%% "
          "interval are its quantiles, “breach” is the chance that it exceeds the cap. %(n)s deaths so far.",
          n=result.total.deaths),
    ]  # fmt: skip


def _severities(result: Casualties) -> str:
    shares = result.severities
    return _(", ").join(f"{phrases.persons(deaths)} {numbers.chance(share)}" for deaths, share in enumerate(shares, 1))


def _two(value: Fraction) -> str:
    return f"{float(value):.2f}"


def _lights(result: Casualties) -> list[str]:
    limits = result.scheme.lights
    orange, yellow = f"{float(limits.orange_from):.0%}", f"{float(limits.yellow_from):.0%}"
    return [
        _("Red: more deaths than the cap, or any counted accident of the larger class or above this year."),
        _("Orange: otherwise, where the chance of exceeding the cap is at least %(limit)s.", limit=orange),
        _("Yellow: otherwise, where deaths are ahead of the pace, or the chance is at least %(limit)s.", limit=yellow),
        _("Green: otherwise. Without a cap there is no light."),
        _(
            "The light looks at the class alone; the plan's goal counts accidents of this class in which somebody died. A goal "
            "for which no ledger has come is grey."
        ),
        _("Fewer deaths are better: the goal is not to exceed the cap, never to use it up."),
    ]
