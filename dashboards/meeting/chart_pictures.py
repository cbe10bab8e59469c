"""The charts of a report as pictures: every chart that its deck may have, each with the sentence of its slide; and which is the main one.

The main one is that of the group in which most units are compared, else of the measures; of casualties deaths beside the cap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dashboards.meeting.chart_figure import PictureWords, figure
from dashboards.meeting.day_charts import DayChart, day_charts
from dashboards.meeting.deck import deck_slides
from dashboards.meeting.deck_charts import DEATHS, MEASURES, SCORES, charts
from dashboards.meeting.drawing import Figure, Form, drawn
from dashboards.meeting.source import Source, day_stamp, day_words, period_words
from dashboards.results.charted import compared, has_charts
from dashboards.results.names import group as group_name
from dashboards.results.report_sheet import stamp_of, title_of
from data.language import LANGUAGES, speaking
from data.language import gettext as _

SHOWN_OF_HASH = 12
_UNITS = {SCORES: "得分（分）", MEASURES: "得分率（%）", DEATHS: "死亡人数（人）"}
_WITH_UNIT = {SCORES: "得分（分）", MEASURES: "措施得分率（%）", DEATHS: "累计死亡人数（人）"}
_FULL_MARK = 100.0
"""Scores and shares are told out of so many: their axis reaches there."""


class NothingDrawn(Exception):
    """The report has no chart: the sentence says why."""


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A chart of a report: what it is called in a file's name, and its figure."""

    label: str
    figure: Figure
    is_main: bool


def pictures(source: Source) -> list[ChartPicture]:
    """All charts of a report, in its order; NothingDrawn where it has none."""
    with speaking(LANGUAGES[0]):
        if source.is_of_a_day:
            found = list(_of_a_day(source))
            if not found:
                raise NothingDrawn(_("There is nothing to be drawn: nothing is on record that could be compared."))
            return found
        if not has_charts(source.content):
            raise NothingDrawn(_why_none(source.content["report"]))
        return list(_pictures(source))


def main_picture(source: Source) -> ChartPicture:
    """The one that stands for the report."""
    return next(one for one in pictures(source) if one.is_main)


def picture_file(source: Source, form: Form, wait: float | None = None) -> bytes:
    """The main one, drawn. NoConverter where that cannot be done here."""
    (made,) = drawn([main_picture(source).figure], form, wait)
    return made


def picture_files(every: Sequence[Sequence[ChartPicture]], form: Form) -> list[dict[str, bytes]]:
    """Charts of several reports drawn with one start of the browser: of each report what its charts are called → file."""
    figures = [one.figure for each in every for one in each]
    made = iter(drawn(figures, form) if figures else [])
    return [{one.label: next(made) for one in each} for each in every]


def _why_none(report: str) -> str:
    if report == "casualties":
        return _("There is nothing to be drawn: no death counts in this period.")
    return _("There is nothing to be drawn: in no group are there two units whose scores can be compared.")


def _of_a_day(source: Source) -> Iterator[ChartPicture]:
    """The charts of what stands on a day, the main one first, each with the sentence of its slide."""
    sentences = _sentences(source)
    for place, one in enumerate(day_charts(source)):
        pages = charts(one.name, source)
        highest = max(one.chart.highest, one.highest)
        for number, page in enumerate(pages, 1):
            part = f"{number}/{len(pages)}" if len(pages) > 1 else ""
            words = _day_words(source, one, sentences.get(one.name), part)
            label = "".join(reversed(one.name)) + (f"-{number}" if part else "")
            drawn = figure(page, words, highest)
            yield ChartPicture(label, drawn, is_main=place == 0 and number == 1)


def _sentences(source: Source) -> dict[tuple[str, ...], str]:
    """The sentence of the slide that has a chart, by the chart's name."""
    return {tuple(slide.chart): slide.title for slide in deck_slides(source) if slide.chart is not None}


def _day_words(source: Source, one: DayChart, sentence: str | None, part: str) -> PictureWords:
    shows = "　".join([title_of(source.content, source.zone_name), one.chart.title])
    title = (sentence or shows) + (f"（{part}）" if part else "")
    return PictureWords(title, shows, one.unit, "　".join([source.zone_name, day_stamp(source.content)]))


def _pictures(source: Source) -> Iterator[ChartPicture]:
    asked = _asked(source)
    sentences = _sentences(source)
    for name in asked:
        pages = charts(name, source)
        told = [value or 0.0 for page in pages for _name, values in page.series for value in values]
        highest = max([*told, *([] if name[0] == DEATHS else [_FULL_MARK])])
        for number, page in enumerate(pages, 1):
            part = f"{number}/{len(pages)}" if len(pages) > 1 else ""
            words = _words(source, name, sentences.get(name), part)
            label = _what(name) + (f"-{number}" if part else "")
            yield ChartPicture(
                label, figure(page, words, highest), is_main=name == _main(source, asked) and number == 1
            )


def _asked(source: Source) -> list[tuple[str, ...]]:
    """The charts that there are of a report, as a deck's wording asks for them."""
    content = source.content
    if content["report"] == "casualties":
        return [(DEATHS,)]
    groups = [(SCORES, group_name(one["group"])) for one in content["groups"] if len(compared(one)) > 1]
    measures = [(MEASURES,)] if content["report"] == "scores" and charts((MEASURES,), source) else []
    return [*groups, *measures]


def _main(source: Source, asked: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The first of those that compare most units."""
    sizes = {group_name(one["group"]): len(compared(one)) for one in source.content.get("groups", ())}
    return max(asked, key=lambda name: sizes[name[1]] if len(name) > 1 else 0)


def _what(name: Sequence[str]) -> str:
    """镇街组得分, 措施得分率."""
    kind, *group = name
    return "".join([*group, kind])


def _words(source: Source, name: Sequence[str], sentence: str | None, part: str) -> PictureWords:
    kind, *group = name
    shows = "".join([title_of(source.content, source.zone_name), "　", *group, _WITH_UNIT[kind]])
    return PictureWords(
        (sentence or shows) + (f"（{part}）" if part else ""),
        shows,
        _UNITS[kind],
        _foot(source),
        _("draft (mark)") if source.is_draft else "",
    )


def _foot(source: Source) -> str:
    """Zone, period and day, which publication, and the beginning of its fingerprint."""
    content = source.content
    day = _("as of %(day)s", day=day_words(date.fromisoformat(content["as_of"])))
    told = [source.zone_name, period_words(source.period), day]
    if source.is_draft:
        return "　".join([*told, stamp_of(content)])
    stamp = _("Published, revision no. %(n)s", n=content["published"])
    return "　".join([*told, stamp, f"SHA-256 {content['sha256'][:SHOWN_OF_HASH]}"])
