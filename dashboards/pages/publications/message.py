"""The main messages of 通报与材料: what was published last and whether it still stands, what has moved; what can be published next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dashboards.components import numbers, parts, published_words
from dashboards.components.published_words import title, title_of
from dashboards.results.publication_calendar import CalendarLine, published_of
from dashboards.results.publication_list import PublishedReport
from data.language import gettext as _

MOVED_SHOWN = 3


def main_message(year: int, published: Sequence[PublishedReport]) -> str:
    """What was published last, whether it stands, and what else has moved."""
    return parts.sentences(_last(year, published), *_moved(published[1:]))


def _last(year: int, published: Sequence[PublishedReport]) -> str:
    if not published:
        return _("Nothing of the year %(year)s is published yet.", year=year)
    issue = published[0].latest
    told = {"what": title_of(issue), "revision": published_words.revision(issue)}
    if published[0].overtaken:
        return _(
            "Published last: %(what)s, %(revision)s. Figures have moved since, and no revision says so yet.", **told
        )
    return _("Published last: %(what)s, %(revision)s. It stands as published.", **told)


def _moved(others: Sequence[PublishedReport]) -> list[str]:
    moved = [title_of(one.latest) for one in others if one.overtaken]
    if not moved:
        return []
    shown = _(", ").join(moved[:MOVED_SHOWN])
    return [_("Moved since they were published: %(n)s (%(which)s).", n=len(moved), which=shown)]


def next_message(calendar: Sequence[CalendarLine], published: Sequence[PublishedReport], today: date) -> str:
    """Of each report the latest that can be published today, and the next that comes; empty where there is neither."""
    open_ = [one for one in calendar if published_of(one, published) is None]
    ready = [one for one in open_ if one.ready]
    coming = [one for one in open_ if not one.ready and one.opens_on is not None and one.opens_on > today]
    said = []
    if ready:
        latest = {one.report: title(one.report, one.period) for one in ready}
        said.append(_("Can be published: %(what)s.", what=_(", ").join(latest.values())))
    if coming:
        first = coming[0]
        opens = numbers.NONE if first.opens_on is None else numbers.spoken_day(first.opens_on)
        said.append(_("Next: %(what)s, from %(day)s on.", what=title(first.report, first.period), day=opens))
    return parts.sentences(*said)
