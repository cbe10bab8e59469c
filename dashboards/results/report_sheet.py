"""A report as a sheet: its lines under headings that an official reads, and above them what it is: draft, or which publication.

Documents go out in Chinese, whoever asks. What is verified is compared with the sheet made anew of what was published, its
words too: who rewords a heading has true documents found altered, unless the former wording stays known.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import Enum, auto
from typing import Any

from dashboards.method.frontline import DOCUMENTS
from dashboards.method.single_keys import SINGLE_KEYS
from dashboards.results.day_report_fields import fields_of
from dashboards.results.day_report_rows import is_of_a_day, lines_of
from dashboards.results.exported import Exported, Field, Written
from dashboards.results.flat_rows import flat_rows
from dashboards.results.further_sheet import FurtherSheet
from dashboards.results.names import batch, batch_state, due_state, filing_state, flag, flags_shown, group, kind
from dashboards.results.publishing import printed
from dashboards.results.witness import witness
from dashboards.results.workbook_file import write_xlsx
from data.indicators.declaration import Ratio, Sum
from data.indicators.enforcement import FINES, INDICATOR_BY_KEY, INDICATORS
from data.intake.publications import Publication
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.schema.disasters import MEASURES
from data.zone.periods import Month, Quarter, parse_period

Content = Mapping[str, Any]
Units = Mapping[str, str]
MARK = ("report", "period", "revision", "sha256")
"""What a published document says of itself: in its properties, and in its last line behind a #."""


class BesideDeaths(Enum):
    """What a sheet on casualties has beside deaths: the distance to the cap; what is foreseen as well, where the office has opted in to it; or
    both under the headings under which they were given out formerly, whether or not it had.
    """

    DISTANCE = auto()
    FORESEEN = auto()
    FORMERLY = auto()


_FORESEEN = frozenset({"breach_probability", "year_end_median", "year_end_low", "year_end_high"})


def beside_deaths(*, forecasts: bool) -> BesideDeaths:
    """As the office decided of its documents (``DocumentSettings.forecasts``)."""
    return BesideDeaths.FORESEEN if forecasts else BesideDeaths.DISTANCE


def ways_of(one: Publication) -> Sequence[BesideDeaths]:
    """In which ways its first sheet may have been given out; all but one on casualties are the same in each."""
    return list(BesideDeaths) if one.report == "casualties" else [BesideDeaths.DISTANCE]


def mark_of(one: Publication) -> list[str]:
    """The last line of a published document."""
    return [f"#{one.report}", one.period, str(one.revision), one.sha256]


def properties_of(content: Content) -> dict[str, str]:
    """The same in its properties, from what is printed of it."""
    told = content["report"], content["period"], str(content["published"]), content["sha256"]
    return dict(zip(MARK, told, strict=True))


def published_sheet(
    one: Publication, others: Sequence[str] = (), beside: BesideDeaths = BesideDeaths.DISTANCE
) -> Exported:
    """A publication as a sheet, the same at all times; it says which other sheets stand beside it."""
    with speaking(LANGUAGES[0]):
        return _sheet(printed(one), one.content["publication"]["zone"], {}, one, others, beside)


def published_xlsx(
    one: Publication, further: Sequence[FurtherSheet], beside: BesideDeaths = BesideDeaths.DISTANCE
) -> bytes:
    """A publication as .xlsx with what stands beside its first sheet, the same bytes at all times."""
    return as_bytes(published_sheet(one, [each.name for each in further], beside), further)


def one_sheet_xlsx(one: Publication) -> bytes:
    """A publication as the .xlsx of one sheet that was given out before workbooks had several: such documents stay true ones."""
    return as_bytes(replace(published_sheet(one, beside=BesideDeaths.FORMERLY), as_formerly=True))


def without_witness(made: Exported) -> Exported:
    """A published sheet as it was given out before it told of the journal: such documents stay true ones."""
    stamp, _witness, *rest = made.said
    return replace(made, said=[stamp, *rest])


def former_xlsx(one: Publication) -> bytes:
    """A publication as the .xlsx that was given out before it told of the journal."""
    return as_bytes(replace(without_witness(published_sheet(one, beside=BesideDeaths.FORMERLY)), as_formerly=True))


def report_sheet(
    content: Content,
    zone_name: str,
    units: Units,
    others: Sequence[str] = (),
    beside: BesideDeaths = BesideDeaths.DISTANCE,
) -> Exported:
    """A live report as a sheet: a draft, or what is never published with its day; ``units`` are their names by code."""
    with speaking(LANGUAGES[0]):
        return _sheet(content, zone_name, units, None, others, beside)


def as_bytes(made: Exported, further: Sequence[FurtherSheet] = ()) -> bytes:
    """A sheet, and those that stand beside it, as .xlsx."""
    file = io.BytesIO()
    with speaking(LANGUAGES[0]):
        write_xlsx(made, file, further)
    return file.getvalue()


def _sheet(
    content: Content, zone_name: str, units: Units, of: Publication | None, others: Sequence[str], beside: BesideDeaths
) -> Exported:
    lines = _lines(content, zone_name, units)
    left_out = _FORESEEN if beside is BesideDeaths.DISTANCE else frozenset()
    keys = [key for key in dict.fromkeys(key for line in lines for key in line) if key not in left_out]
    sheets = [_("other sheets: %(names)s", names=_(", ").join(others))] if others else []
    return Exported(
        name=f"{content['report']}-{content['period']}",
        title=title_of(content, zone_name),
        said=[stamp_of(content), *([] if of is None else [witness(of)]), *_said(content), *sheets],
        fields=[_field(content["report"], key, beside) for key in keys],
        rows=[[_value(key, line.get(key), units) for key in keys] for line in lines],
        mark=[] if of is None else mark_of(of),
        keys=1 + max(keys.index(key) for key in ("name", "unit", "code") if key in keys) if keys else 0,
        properties={} if of is None else properties_of(content),
        made_at=None if of is None else datetime.fromisoformat(of.content["publication"]["published_at"]),
    )


def _lines(content: Content, zone_name: str, units: Units) -> Sequence[Mapping[str, Any]]:
    if is_of_a_day(content["report"]):
        return lines_of(content, zone_name, units)
    if content["report"] != "submissions":
        return flat_rows(content, zone_name)
    return [{"unit": row["unit"], "name": units.get(row["unit"]), **row} for row in content["rows"]]


def title_of(content: Content, zone_name: str) -> str:
    """What a report of a zone is called, with its period."""
    names = {
        "ranking": _("enforcement ranking (document)"),
        "scores": _("scores (document)"),
        "casualties": _("Casualty targets"),
        "submissions": _("Submissions"),
        "register": _("Register of enterprises"),
        "frontline": _("Front-line duty"),
        "hazards": _("Hazards on record"),
        "supervision": _("Supervision"),
        "tipoffs": _("Tip-offs, sanctions and crackdowns"),
        "disasters": _("Warnings and disasters"),
        "plan": _("Work plan (document)"),
    }
    return _("%(zone)s, %(period)s: %(report)s", zone=zone_name, period=period_words(content["period"]),
             report=names[content["report"]])  # fmt: skip


def period_words(text: str) -> str:
    """A period as a document says it."""
    match parse_period(text):
        case Month() as month:
            return _("%(year)s-%(month)s (month)", year=month.year, month=month.month)
        case Quarter() as quarter:
            return _("%(year)s, quarter %(n)s", year=quarter.year, n=quarter.quarter)
        case year:
            return _("year %(year)s", year=year.year)


def stamp_of(content: Content) -> str:
    """What a report is, as every page of it says: which publication, a draft, or what is never published."""
    if content.get("published") is not None:
        return _("Published on %(day)s, revision %(n)s, SHA-256 %(sha256)s",
                 day=content["publication"]["published_at"][:10], n=content["published"], sha256=content["sha256"])  # fmt: skip
    if "scheme" in content:
        return _("Draft, not published")
    return _("As it stands; never published")


def _said(content: Content) -> Iterator[str]:
    yield _("as of %(day)s", day=content["as_of"])
    if "known_by" in content:
        yield _("known by %(day)s", day=content["known_by"])
    if "scheme" in content:
        scheme = content["scheme"]
        yield _("scheme %(name)s, version %(version)s (SHA-256 %(sha256)s)", **scheme)


def _field(report: str, key: str, beside: BesideDeaths) -> Field:
    own = fields_of(report)
    if key in own:
        return own[key]
    words = _headings().get(key)
    if key == "remaining" and beside is not BesideDeaths.FORMERLY:
        words = _("Distance to the cap")
    if key in INDICATOR_BY_KEY:
        one = INDICATOR_BY_KEY[key]
        of_ratio = Written.SHARE if isinstance(one.made_of, Ratio) else Written.NUMBER
        form = Written.AMOUNT if one is FINES else Written.COUNT if isinstance(one.made_of, Sum) else of_ratio
        return Field(_(one.name), form)
    if key.startswith("measure_"):
        return Field(_("measure %(number)s", number=key.removeprefix("measure_")), Written.NUMBER)
    return Field(words or key, _FORMS.get(key, Written.TEXT), _WIDTHS.get(key))


_COUNTS = (
    "rank", "of", "rank_before", "rank_low", "rank_high", "margin", "to_next_cases", "to_next_inspections", "deaths",
    "fatal_accidents", "cap", "remaining", "days_since_fatal", "last_year_deaths", "year_end_median", "year_end_low",
    "year_end_high", "version", "rows", "listed", "inspected", "never", "repeated", "complete", "silent", *(f"lacks_{one}" for one in DOCUMENTS),
    *(f"place_by_{key}" for key in SINGLE_KEYS),
    "found", "found_this_year", "carried_over", "crossed_off", "open", "overdue", "fallen_due", "on_time",
    "age_0_30", "age_31_90", "age_91_180", "age_over_180", "in_inspections", "on_record",
    "warnings", "called", "answered", "fed_back", "moved", "dead", "missing", *(f"stops_{one}" for one in MEASURES),
)  # fmt: skip
_SHARES = (
    "chance_first", "chance_last", "weights_same", "weights_within_one", "progress", "elapsed", "breach_probability", "rate", "coverage", "on_due_day",
    "on_time_rate", "crossed_off_rate", "fed_back_rate", "answered_in_time_rate", "helped_rate",
    *(f"{one.key}_{end}" for one in INDICATORS for end in ("low", "high")),
)  # fmt: skip
_POINTS = ("score", "score_before", "ten_measures", "enforcement", "milestones", "bonus", "deduction", "pace")
_WIDTHS = {
    **dict.fromkeys(("group", "grade", "light", "scope", "told_apart"), 12.0), "unit": 15.0, "code": 15.0, "name": 22.0, "flags": 26.0,
    "veto": 34.0, "speaks_last": 28.0,
}  # fmt: skip
"""Characters that texts need which are always short, or mostly long."""
_FORMS: Mapping[str, Written] = {
    **dict.fromkeys(_COUNTS, Written.COUNT),
    **dict.fromkeys(_SHARES, Written.SHARE),
    **dict.fromkeys(_POINTS, Written.AMOUNT),
    **dict.fromkeys(
        ("needed_per_week", "median_age", "months_to_zero", "answer_minutes_median", "answer_minutes_p90"),
        Written.AMOUNT,
    ),
    "due": Written.DAY,
}


def _headings() -> Mapping[str, str]:
    """Column → its heading; indicators and measures have theirs elsewhere."""
    return {
        "group": _("Group"), "rank": _("Rank"), "of": _("of units ranked"), "unit": _("Code"), "name": _("Name"),
        "score": _("Score"), "flags": _("Flags"), "score_before": _("Score before the correction"),
        "rank_before": _("Rank before the correction"),
        "rank_low": _("Rank, better end of 90%"), "rank_high": _("Rank, worse end of 90%"),
        "chance_first": _("Chance to be first"), "chance_last": _("Chance to be last"),
        "told_apart": _("Reliably ahead of the next"), "margin": _("Cases ahead of the next"),
        "weights_same": _("Other weights: the same place"),
        "weights_within_one": _("Other weights: the same place or one beside"),
        **{f"place_by_{key}": _("Place by %(name)s alone", name=_(INDICATOR_BY_KEY[key].name)) for key in SINGLE_KEYS},
        "to_next_cases": _("Due cases more to be lifted"), "to_next_inspections": _("Inspections more to be lifted"),
        **{f"{one.key}_low": _("%(name)s, lower end", name=_(one.name)) for one in INDICATORS},
        **{f"{one.key}_high": _("%(name)s, upper end", name=_(one.name)) for one in INDICATORS},
        "grade": _("Grade"), "ten_measures": _("Ten measures"), "enforcement": _("Monthly enforcement"),
        "milestones": _("Milestones"), "bonus": _("Bonus"), "deduction": _("Deduction"), "veto": _("Veto"),
        "speaks_last": _("Speaks last, because"),
        "scope": _("Scope"), "code": _("Code"), "deaths": _("Deaths"), "fatal_accidents": _("Fatal accidents"),
        "cap": _("Cap"), "remaining": _("Remaining"), "progress": _("Used of the cap"), "elapsed": _("Elapsed of the year"),
        "pace": _("Cap so far"), "days_since_fatal": _("Days since the last fatal accident"),
        "last_year_deaths": _("Deaths of last year to the day"), "breach_probability": _("Probability above the cap"),
        "light": _("Risk light"), "year_end_median": _("Year's end, foreseen"), "year_end_low": _("Year's end, lower end"),
        "year_end_high": _("Year's end, upper end"),
        "kind": _("Kind"), "status": _("State"), "version": _("Version"), "received_at": _("Received"), "rows": _("Rows"),
        "listed": _("Enterprises listed"), "inspected": _("Inspected this year"), "rate": _("Share inspected"),
        "never": _("Never inspected this year"), "repeated": _("Inspected again and again"), "told_by": _("Told by"),
        "differs": _("Rows differ in"), "batch": _("Batch"), "due": _("Due on"), "state": _("State of the batch"),
        "complete": _("Complete"), "coverage": _("Coverage"), "on_due_day": _("Coverage on the due day"),
        "needed_per_week": _("Needed per week"), "silent": _("Nobody told of"),
        "lacks_risk_list": _("Without risk list"), "lacks_duty_list": _("Without duty list"),
        "warnings": _("Warnings"), "called": _("Called through"), "answered": _("Answered"), "fed_back": _("Fed back"),
        "fed_back_rate": _("Share fed back"), "answered_in_time_rate": _("Share answered in time"),
        "answer_minutes_median": _("Minutes to the answer, median"), "answer_minutes_p90": _("Minutes to the answer, 90% within"),
        **{f"stops_{one}": _("Measure %(what)s", what=one) for one in MEASURES}, "moved": _("People moved"), "dead": _("Dead"),
        "missing": _("Missing"), "helped_rate": _("Share of those in need who are helped"),
        "no_mass_disaster": _("No mass disaster with someone responsible"),
        "lacks_operation_card": _("Without operation card"), "lacks_response_card": _("Without response card"),
        "hazard_grade": _("Grade of hazards"), "found": _("Found"), "found_this_year": _("Found this year"),
        "carried_over": _("Carried over from before"), "crossed_off": _("Crossed off"), "open": _("Not crossed off"),
        "overdue": _("Overdue, not crossed off"), "on_time": _("Crossed off in time"),
        "on_time_rate": _("Share crossed off in time"), "crossed_off_rate": _("Share crossed off"),
        "median_age": _("Median age of the open ones, days"), "fallen_due": _("Fallen due"),
        "age_0_30": _("Open for up to 30 days"), "age_31_90": _("Open for 31 to 90 days"),
        "age_91_180": _("Open for 91 to 180 days"), "age_over_180": _("Open for over 180 days"),
        "months_to_zero": _("Months until none is left"), "month": _("Month"),
        "in_inspections": _("Major hazards in inspections"), "on_record": _("Major hazards on record"),
    }  # fmt: skip


def _value(key: str, value: Any, units: Units) -> Any:
    """A value as it stands in its cell: codes in words, numbers and days as they are."""
    if key == "told_by" and isinstance(value, str):
        return _(", ").join(units.get(one, one) for one in value.split())
    if key == "due" and isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str) and key in _IN_WORDS:
        return _IN_WORDS[key](value)
    return value


def _flags(told: str) -> str:
    return _(", ").join(map(flag, flags_shown(told.split())))


def _scope(code: str) -> str:
    names = {
        "zone": _("the whole zone"),
        "unit": _("Unit"),
        "sector": _("Sector"),
        "high_risk": _("high-risk enterprises"),
        "method": _("method of supervision"),
        "type": _("type of case"),
        "listed_twice": _("listed by several units"),
        "not_in_register": _("in no register"),
        "level": _("Responsible level"),
        "month_end": _("at the month's end"),
        "unreconciled": _("two ledgers differ"),
        "article": _("Plan article"),
        "plan_finding": _("does not fit the plan"),
    }
    return names.get(code, code)


def _group(code: str) -> str:
    return _("an enterprise") if code == "enterprise" else group(code)


def _light(code: str) -> str:
    names = {
        "green": _("green light"),
        "yellow": _("yellow light"),
        "orange": _("orange light"),
        "red": _("red light"),
    }
    return names.get(code, code)


def _hazard_grade(code: str) -> str:
    names = {"all": _("all grades"), "major": _("major ones alone")}
    return names.get(code, code)


def _differs(told: str) -> str:
    names = {"name": _("Name"), "sector": _("Sector"), "territory": _("Territory"), "size": _("Size")}
    return _(", ").join(names.get(one, one) for one in told.split())


def _dues(told: str) -> str:
    """Due days with their states in words; one that cannot be judged stands alone."""
    pairs = (one.split(":") for one in told.split())
    return _(", ").join(day if state == "-" else f"{day} {due_state(state)}" for day, state in pairs)


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%Y-%m-%d %H:%M")


_IN_WORDS = {
    "group": _group, "flags": _flags, "scope": _scope, "light": _light, "kind": kind, "status": filing_state,
    "received_at": _moment, "batch": batch, "state": batch_state, "differs": _differs,
    "hazard_grade": _hazard_grade, "dues": _dues,
}  # fmt: skip
