"""Which reports the command line prints, and each as it stands or as it was published: as text, and as rows."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

from dashboards.commands.asked import AskedDays, any_period, ended, month_of, quarter_of, reading_of, year_of
from data.language import gettext as _
from data.printing import Format, as_csv, as_table
from data.printing import as_json as json_text
from data.settings import Settings
from data.zone.periods import Period

if TYPE_CHECKING:  # what a command does not need it does not load
    from data.intake.publications import Publication


class ReportFormat(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    DOCX = "docx"
    PPTX = "pptx"
    PDF = "pdf"
    PPTX_PDF = "pptx-pdf"
    XLSX_PDF = "xlsx-pdf"
    PNG = "png"
    SVG = "svg"


DOCUMENTS = frozenset({ReportFormat.DOCX, ReportFormat.PPTX, ReportFormat.PDF, ReportFormat.PPTX_PDF})


WORKBOOKS = frozenset({ReportFormat.XLSX, ReportFormat.XLSX_PDF})


PICTURES = frozenset({ReportFormat.PNG, ReportFormat.SVG})


NO_TEXT = DOCUMENTS | PICTURES | WORKBOOKS


class Report(StrEnum):
    """Which report."""

    RANKING = "ranking"
    SCORES = "scores"
    CASUALTIES = "casualties"
    SUBMISSIONS = "submissions"
    REGISTER = "register"
    FRONTLINE = "frontline"
    HAZARDS = "hazards"
    SUPERVISION = "supervision"
    TIPOFFS = "tipoffs"
    DISASTERS = "disasters"
    PLAN = "plan"


OF_A_DAY = (
    Report.REGISTER,
    Report.FRONTLINE,
    Report.HAZARDS,
    Report.SUPERVISION,
    Report.TIPOFFS,
    Report.DISASTERS,
    Report.PLAN,
)


NEVER_PUBLISHED = frozenset({Report.SUBMISSIONS, *OF_A_DAY})


WITHOUT_DOCUMENTS = frozenset({Report.SUBMISSIONS})


class Published(StrEnum):
    """Which report is published."""

    RANKING = "ranking"
    SCORES = "scores"
    CASUALTIES = "casualties"


Rows = list[dict[str, Any]]


Printed = tuple[dict[str, Any], Rows]


def _ranking(configured: Settings, period: str, days: AskedDays) -> Printed:
    from dashboards.results import ranking, ranking_printed
    from dashboards.results.flat_rows import flat_rows

    wanted = month_of(period)
    with reading_of(configured) as reading:
        result = ranking.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
        content = ranking_printed.as_dict(result)
        return content, flat_rows(content, reading.zone.name)


def _scores(configured: Settings, period: str, days: AskedDays) -> Printed:
    from dashboards.results import scores, scores_printed
    from dashboards.results.flat_rows import flat_rows

    wanted = quarter_of(period)
    with reading_of(configured) as reading:
        result = scores.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
        content = scores_printed.as_dict(result)
        return content, flat_rows(content, reading.zone.name)


def _casualties(configured: Settings, period: str, days: AskedDays) -> Printed:
    from dashboards.results import casualties
    from dashboards.results.flat_rows import flat_rows

    wanted = year_of(period)
    try:
        with reading_of(configured) as reading:
            result = casualties.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
            content = casualties.as_dict(result)
            return content, flat_rows(content, reading.zone.name)
    except casualties.NotInTheYear as error:
        raise typer.BadParameter(_("the day lies before the year"), param_hint="--as-of") from error


def _submissions(configured: Settings, period: str, days: AskedDays) -> Printed:
    from dashboards.results import submissions

    wanted = any_period(period)
    with reading_of(configured) as reading:
        result = submissions.fetch(reading, wanted, as_of=days.as_of, known_by=days.known_by)
    content = submissions.as_dict(result)
    return content, content["rows"]


def _of_a_day(name: Report) -> Callable[[Settings, str, AskedDays], Printed]:
    """How a report of what stands on a day is printed."""

    def printed(configured: Settings, period: str, days: AskedDays) -> Printed:
        from dashboards.results.day_report_list import day_report
        from dashboards.results.day_report_rows import lines_of
        from dashboards.results.work_plan import NoPlan

        wanted = any_period(period)
        with reading_of(configured) as reading:
            try:
                content = day_report(reading, name, wanted, as_of=days.as_of, known_by=days.known_by)
            except NoPlan as error:
                ended(str(error))
            zone = reading.zone
        return content, lines_of(content, zone.name, {unit.code: unit.short_name for unit in zone.units})

    return printed


PERIODS: dict[str, Callable[[str], Period]] = {
    Published.RANKING: month_of,
    Published.SCORES: quarter_of,
    Published.CASUALTIES: year_of,
}


PRINTED = {
    Report.RANKING: _ranking,
    Report.SCORES: _scores,
    Report.CASUALTIES: _casualties,
    Report.SUBMISSIONS: _submissions,
    **{name: _of_a_day(name) for name in OF_A_DAY},
}


def published_of(configured: Settings, name: Report, period: str, days: AskedDays, revision: int | None) -> Publication:
    """What was published of a period, the latest revision or this one; where nothing was the command ends with 1."""
    from data.intake.publications import revisions

    if name in NEVER_PUBLISHED:
        ended(_("This report is never published; it carries its days instead."))
    wanted = PERIODS[Published(name)](period)
    day = None if days.as_of is None or name is not Report.CASUALTIES else days.as_of.isoformat()
    with reading_of(configured) as reading:
        found = revisions(reading.connection, reading.zone.code, name, str(wanted), day)
    chosen = [one for one in found if revision in (None, one.revision)]
    if not chosen:
        ended(_("Nothing is published of this period.") if revision is None else _("There is no such revision."))
    return chosen[-1]


def published_text(form: Format, one: Publication) -> str:
    """A publication as table, JSON or CSV."""
    from dashboards.results.flat_rows import flat_rows
    from dashboards.results.publishing import printed
    from dashboards.results.verification import published_csv

    if form is Format.CSV:
        return published_csv(one)
    return text_of(form, printed(one), flat_rows(one.content, one.content["publication"]["zone"]))


def text_of(form: Format, content: dict[str, Any], rows: Rows) -> str:
    """A report as table, JSON or CSV: its content, or the rows of it."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    match form:
        case Format.JSON:
            return json_text(content)
        case Format.CSV:
            return as_csv(columns, [{name: row.get(name) for name in columns} for row in rows])
        case Format.TABLE:
            return as_table(columns, [{name: _shown(name, row.get(name)) for name in columns} for row in rows])


def _shown(column: str, value: Any) -> str:
    if value is None:
        return "—"
    if column in {"score", "score_before"}:
        return f"{value:.2f}"
    return f"{value:.4g}" if isinstance(value, float) and value != round(value, 2) else str(value)
