"""The whole set of a month for a meeting: what was published of it, in every form; and of what is missing, why it is not there."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dashboards.meeting.forms import MEDIA, made
from dashboards.meeting.pdf import NoConverter
from dashboards.meeting.source import Source
from dashboards.meeting.sources import published_source
from dashboards.results.publication_calendar import CalendarLine, of_year
from dashboards.results.published_copies import copy_for
from dashboards.results.publishing import printed
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import title_of
from data.intake.publications import Publication
from data.intake.publications import of_year as of_year_published
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year, months_of

_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class MonthsMaterial:
    """What there is of a month, each with what its documents are made of; ``missing``: a sentence for each report that is not published."""

    month: Month
    published: Sequence[tuple[Publication, Source]]
    missing: Sequence[str]


def material_of(reading: Reading, month: Month) -> MonthsMaterial:
    """The month's ranking, the scores of the quarter that it ends, and the casualties as they were last published by its end."""
    found: list[tuple[Publication, Source]] = []
    missing: list[str] = []
    with speaking(LANGUAGES[0]):
        for report, period in _reports(month):
            one = _latest(reading, report, period, month)
            if one is None:
                missing.append(_why_not(reading, report, period))
            else:
                copy = copy_for(one, reading.scope)
                found.append((copy, published_source(copy)))
    return MonthsMaterial(month, found, missing)


def _reports(month: Month) -> Iterator[tuple[str, Period]]:
    yield "ranking", month
    quarter = Quarter.of(month)
    if months_of(quarter)[-1] == month:
        yield "scores", quarter
    yield "casualties", Year(month.year)


def _latest(reading: Reading, report: str, period: Period, month: Month) -> Publication | None:
    """The revision that holds; of casualties that of the latest day up to the end of the month."""
    end = reading.zone.calendar.last_day(month).isoformat()
    every = [
        one
        for one in of_year_published(reading.connection, reading.zone.code, period.year)
        if (one.report, one.period) == (report, str(period)) and one.day <= end
    ]
    return max(every, key=lambda one: (one.day, one.revision), default=None)


def _why_not(reading: Reading, report: str, period: Period) -> str:
    """What is missing until a report is published, and not only that it is not."""
    what = title_of({"report": report, "period": str(period)}, reading.zone.name)
    line = next((one for one in of_year(reading, period.year) if (one.report, one.period) == (report, period)), None)
    if line is None:
        return _(
            "%(what)s: not published as of a day up to the end of the month; the office can publish it at any time.",
            what=what,
        )
    if not line.begun:
        return _("%(what)s: the period has not begun.", what=what)
    if line.ready:
        return _("%(what)s: not published yet; it can be from now on.", what=what) + _awaited(reading, line)
    return _("%(what)s: not published yet; it can be from %(day)s on, sooner only with a reason.",
             what=what, day=f"{line.opens_on:%Y-%m-%d}") + _awaited(reading, line)  # fmt: skip


def _awaited(reading: Reading, line: CalendarLine) -> str:
    """Who has not filed, where the reader may know it."""
    names = [unit.name for one in line.awaited for unit in one.units if reading.scope.sees(unit.code)]
    once = list(dict.fromkeys(names))
    return _(" Still awaited: %(units)s.", units=_(", ").join(once)) if once else ""


def files_of(material: MonthsMaterial) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file, one after the other; last what there is, and what is missing and why."""
    listed: list[str] = []
    for one, source in material.published:
        stem = _stem(one, source)
        listed.append(f"{stem}\tSHA-256 {one.sha256}")
        for form in MEDIA:
            try:
                yield f"{stem}.{form}", made(form, one, source)
            except NoConverter as error:
                listed.append(f"{stem}.{form}\t{error}")
    lines = [*listed, *material.missing]
    yield f"{_contents_name()}.txt", "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _contents_name() -> str:
    with speaking(LANGUAGES[0]):
        return _("contents (file name)")


def _stem(one: Publication, source: Source) -> str:
    with speaking(LANGUAGES[0]):
        title = title_of(printed(one), source.zone_name)
        day = f"-{one.day}" if one.day else ""
        return f"{title}{day}-{_('revision no. %(n)s', n=one.revision)}".translate(_NOT_IN_NAMES)


def as_zip(material: MonthsMaterial) -> bytes:
    """All files in one, the same bytes whenever it is made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in files_of(material):
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return file.getvalue()
