"""The whole set of a month for a meeting: what was published of it, in every form, and all its charts as pictures; of what is
missing, why it is not there; and a folder with what stands on its last day and is never published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from dashboards.meeting import stationery
from dashboards.meeting.chart_pictures import ChartPicture, NothingDrawn, picture_files, pictures
from dashboards.meeting.converting import NoConverter
from dashboards.meeting.day_files import day_files, day_sources
from dashboards.meeting.drawing import Form
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.forms import DOCUMENTS, PRINTED, ending, made
from dashboards.meeting.package import packed
from dashboards.meeting.pdf import as_pdf, as_pdfs
from dashboards.meeting.source import Source, day_stamp
from dashboards.meeting.sources import published_source
from dashboards.meeting.stationery import Stationery
from dashboards.results.publication_calendar import CalendarLine, of_year
from dashboards.results.published_copies import copy_for
from dashboards.results.reading import Reading
from dashboards.results.report_sheet import title_of
from data.intake.publications import Publication
from data.intake.publications import of_year as of_year_published
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year, months_of

T = TypeVar("T")
Files = Mapping[str, Future[bytes]]
"""Ending of a file → it, once it is made, or why it cannot be."""
PICTURE: Form = "png"
PAPER = "docx"
_NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "_"))


@dataclass(frozen=True, slots=True)
class MonthsMaterial:
    """What there is of a month, each with what it is written on; ``missing``: a sentence for each report that is not published; ``of_day``: the
    reports of what stands on its last day, those that have anything to tell.
    """

    published: Sequence[tuple[Publication, Stationery]]
    missing: Sequence[str]
    of_day: Sequence[Source] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be made."""
        return not self.published and not self.of_day


def material_of(reading: Reading, month: Month) -> MonthsMaterial:
    """What was published of a month, and the reports of what stands on its last day."""
    return MonthsMaterial(*published_of(reading, month), day_sources(reading, month))


def published_of(reading: Reading, month: Month) -> tuple[Sequence[tuple[Publication, Stationery]], Sequence[str]]:
    """The month's ranking, the scores of the quarter that it ends, and the casualties as they were last published by its end; and a sentence for
    each that is not.
    """
    every = of_year_published(reading.connection, reading.zone.code, month.year)
    found: list[tuple[Publication, Stationery]] = []
    missing: list[str] = []
    with speaking(LANGUAGES[0]):
        for report, period in _reports(month):
            one = _latest(every, report, period, reading.zone.calendar.last_day(month))
            if one is None:
                missing.append(_why_not(reading, report, period))
            else:
                found.append((copy_for(one, reading.scope), stationery.of_issue(reading, one)))
    return found, missing


def _reports(month: Month) -> Iterator[tuple[str, Period]]:
    yield "ranking", month
    quarter = Quarter.of(month)
    if months_of(quarter)[-1] == month:
        yield "scores", quarter
    yield "casualties", Year(month.year)


def _latest(every: Iterable[Publication], report: str, period: Period, end: date) -> Publication | None:
    """The revision that holds; of casualties that of the latest day up to the end of the month."""
    of = [one for one in every if (one.report, one.period) == (report, str(period)) and one.day <= end.isoformat()]
    return max(of, key=lambda one: (one.day, one.revision), default=None)


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
    """Name and content of every file, one after the other; last what there is, and what is missing and why.

    What converters make they make one at a time, while all is made that needs none of them.
    """
    converters = ThreadPoolExecutor(1)
    try:
        charts, whys = _charts(material.published)
        drawing = _beside(converters, picture_files, list(charts.values()), PICTURE)
        published = [(one, _documents(one, on, converters)) for one, on in material.published]
        of_day = [
            (source, {form: _at_once(make) for form, make in day_files(source).items()}) for source in material.of_day
        ]
        papers = {_place(source): files[PAPER].result() for source, files in of_day if not files[PAPER].exception()}
        printed = _beside(converters, as_pdfs, list(papers.values()), f".{PAPER}")
        listed: list[str] = []
        drawn = _drawn(charts, drawing, whys)
        for one, files in published:
            stem = _stem(one)
            listed.append(f"{stem}\tSHA-256 {one.sha256}")
            yield from _those_made(stem, files, listed)
            yield from ((f"{stem}-{label}.{PICTURE}", picture) for label, picture in drawn.get(one.entry, {}).items())
            if one.entry in whys:
                listed.append(f"{stem}.{PICTURE}\t{whys[one.entry]}")
        for source, files in of_day:
            listed.append(f"{_place(source)}\t{_stamp(source)}")
            yield from _those_made(_place(source), files, listed)
        yield from _printed(list(papers), printed, listed)
        lines = [*listed, *material.missing]
        yield f"{_contents_name()}.txt", "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")
    finally:
        converters.shutdown(cancel_futures=True)


def _place(source: Source) -> str:
    """Where the files of what stands on a day lie, without their endings."""
    return f"{_day_folder()}/{_day_stem(source)}"


def _printed(stems: Sequence[str], files: Future[list[bytes]], listed: list[str]) -> Iterator[tuple[str, bytes]]:
    """The papers of what stands on a day as PDF, all made with one start of the converter; else it is listed why not."""
    try:
        yield from zip((f"{stem}.pdf" for stem in stems), files.result(), strict=True)
    except NoConverter as why:
        listed += [f"{stem}.pdf\t{why}" for stem in stems]


def _documents(one: Publication, on: Stationery, converters: Executor) -> Files:
    """A publication in every form, each made once for itself and for its PDF."""
    files = {form: _at_once(partial(made, form, one, on)) for form in DOCUMENTS if form not in PRINTED}
    for form, of in PRINTED.items():
        file = files[of]
        files[form] = file if file.exception() else _beside(converters, as_pdf, file.result(), f".{of}")
    return {form: files[form] for form in DOCUMENTS}


def _at_once(make: Callable[[], bytes]) -> Future[bytes]:
    """A file, or why it cannot be made."""
    file: Future[bytes] = Future()
    try:
        file.set_result(make())
    except Unfillable as why:
        file.set_exception(why)
    return file


def _beside(converters: Executor, make: Callable[..., T], *of: Any) -> Future[T]:
    """What a converter makes in its turn; where it cannot, it says so in the language of whoever asks."""
    return converters.submit(copy_context().run, make, *of)


def _those_made(stem: str, files: Files, listed: list[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of the files that there are; of the others it is listed why not."""
    for form, file in files.items():
        try:
            yield f"{stem}.{ending(form)}", file.result()
        except (NoConverter, Unfillable) as why:
            listed.append(f"{stem}.{ending(form)}\t{why}")


def _charts(
    published: Sequence[tuple[Publication, Stationery]],
) -> tuple[dict[int, Sequence[ChartPicture]], dict[int, str]]:
    """By publication its charts, or why it has none."""
    found: dict[int, Sequence[ChartPicture]] = {}
    whys: dict[int, str] = {}
    for one, on in published:
        try:
            found[one.entry] = pictures(published_source(one, on))
        except (NothingDrawn, Unfillable) as why:
            whys[one.entry] = str(why)
    return found, whys


def _drawn(
    charts: Iterable[int], drawing: Future[list[dict[str, bytes]]], whys: dict[int, str]
) -> Mapping[int, Mapping[str, bytes]]:
    """By publication what its charts are called and their pictures; why there are none is put to the other reasons."""
    try:
        return dict(zip(charts, drawing.result(), strict=True))
    except NoConverter as why:
        whys |= dict.fromkeys(charts, str(why))
        return {}


def _contents_name() -> str:
    with speaking(LANGUAGES[0]):
        return _("contents (file name)")


def _day_folder() -> str:
    with speaking(LANGUAGES[0]):
        return _("As it stands (folder name)")


def _day_stem(source: Source) -> str:
    with speaking(LANGUAGES[0]):
        title = title_of(source.content, source.zone_name)
    return f"{title}-{source.content['as_of']}".translate(_NOT_IN_NAMES)


def _stamp(source: Source) -> str:
    with speaking(LANGUAGES[0]):
        return day_stamp(source.content)


def _stem(one: Publication) -> str:
    with speaking(LANGUAGES[0]):
        title = title_of(one.content, one.content["publication"]["zone"])
        day = f"-{one.day}" if one.day else ""
        return f"{title}{day}-{_('revision no. %(n)s', n=one.revision)}".translate(_NOT_IN_NAMES)


def as_zip(material: MonthsMaterial) -> bytes:
    """All files in one, the same bytes whenever it is made."""
    return packed(files_of(material))
