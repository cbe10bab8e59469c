"""Whether figures are first ones or final, in words: the line above a report, the mark on each sheet, and what moved since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

import yaml
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts, published_words, words
from dashboards.components.frozen_words import conclusion_said, figure_name, unit_name, value_said, whose
from dashboards.components.page_list import SUBMISSIONS
from dashboards.results.published import FIRST, MovedFigure, Mover, PublishedPeriod, WorkbookBehind, counts_again
from dashboards.results.witness import witness
from data.intake.publications import Publication
from data.language import gettext as _
from data.zone.periods import parse_period
from data.zone.zone import Zone

Link = Callable[[int | None], str]
"""The address of the page as it was published in a revision, or live."""
MOST = 200
"""So many moved figures are told one by one."""


def state_line(
    state: PublishedPeriod, zone: Zone, *, link: Link, shown: int | None = None, of: str = "", identity: str = ""
) -> Component:
    """First or final, with the day; ``shown``: the revision that the page shows in place of the live figures.

    ``of`` says of which report, where several lines stand together.
    """
    named: list[Component | str] = [html.Strong(of), " "] if of else []
    said = _frozen(state, zone, link, shown) if shown is not None else _live(state, zone, link)
    mark = parts.attributes(data_printed_mark=printed_mark(state, shown), **({"id": identity} if identity else {}))
    return html.P([*named, *said], className="state-line", **mark)


def printed_mark(state: PublishedPeriod, shown: int | None = None) -> str:
    """What each printed sheet and each file says of the figures."""
    if shown is not None:
        return _("as published, revision %(n)s", n=shown)
    day = numbers.day(state.as_of)
    latest = state.latest
    if latest is None or state.of_another_day:
        return _("draft, figures as of %(day)s, not published", day=day)
    if state.differs:
        return _("draft, figures as of %(day)s, moved since publication %(n)s", day=day, n=latest.revision)
    return _("the same as publication %(n)s", n=latest.revision)


def _live(state: PublishedPeriod, zone: Zone, link: Link) -> list[Component | str]:
    latest = state.latest
    if latest is None:
        return [parts.tag(_("preliminary"), "warn", title=_("Not published: these figures may still move.")), " ",
                _preliminary(state)]  # fmt: skip
    if state.of_another_day:
        return [parts.tag(_("preliminary"), "warn"), " ", _preliminary(state), _("; published last: "), _said(latest, zone), " ",
                dcc.Link(_("Show it as published"), href=link(latest.revision)), *_earlier(state, link)]  # fmt: skip
    final = parts.tag(_("final"), "good", title=_("Published; nothing changes it any more."))
    there = dcc.Link(_("Show it as published"), href=link(latest.revision))
    if not state.differs:
        return [final, " ", _said(latest, zone), _("; the live figures are the same. "), there, *_earlier(state, link)]
    moved = parts.tag(_("moved since publication"), "warn")
    as_of = _("; the live figures are a draft as of %(day)s and differ from it. ", day=numbers.spoken_day(state.as_of))
    return [final, " ", _said(latest, zone), " ", moved, as_of, there, *_earlier(state, link)]


def _preliminary(state: PublishedPeriod) -> str:
    if state.final_from is not None:
        return _("can be published from %(day)s on and is final then", day=numbers.spoken_day(state.final_from))
    return _("can be published, and is final then; figures as of %(day)s", day=numbers.spoken_day(state.as_of))


def _frozen(state: PublishedPeriod, zone: Zone, link: Link, shown: int) -> list[Component | str]:
    one, latest = state.revision(shown), state.latest
    if one is None or latest is None:
        return []
    live = dcc.Link(_("Show the live figures"), href=link(None))
    later: list[Component | str] = (
        [] if one is latest else [parts.tag(_("superseded by publication %(n)s", n=latest.revision), "warn"), " "]
    )
    moved: list[Component | str] = (
        [parts.tag(_("moved since publication"), "warn"), " "] if one is latest and state.differs else []
    )
    mark = html.Span(_("fingerprint %(hash)s", hash=one.sha256[:16]), className="fingerprint", title=one.sha256)
    return [parts.tag(_("final"), "good"), " ", _said(one, zone), _(", as it was published: no later data moves it; "), mark, " ",
            *later, *moved, live, *_earlier(state, link, but=shown)]  # fmt: skip


def _said(one: Publication, zone: Zone) -> str:
    """``publication 2 of 18 July 2022 (correction)``; of casualties also as of which day."""
    day = numbers.spoken_day(one.at.astimezone(zone.calendar.timezone).date())
    said = _("publication %(n)s, %(day)s", n=one.revision, day=day)
    kind = one.content["publication"]["kind"]
    told = said if kind is None else parts.behind(said, kind_said(kind))
    if not one.day:
        return told
    of = datetime.fromisoformat(one.day).date()
    return _("figures of %(day)s: %(told)s", day=numbers.spoken_day(of), told=told)


def kind_said(kind: str) -> str:
    """What a revision is: better data, or a mistake put right."""
    return {"revision": _("revision: better data"), "correction": _("correction: there was a mistake")}.get(kind, kind)


def _earlier(state: PublishedPeriod, link: Link, *, but: int | None = None) -> list[Component | str]:
    """The other revisions, each with its address."""
    shown = state.latest.revision if but is None and state.latest is not None else but
    others = [one for one in state.revisions if one.revision != shown]
    links: list[Component | str] = []
    for one in others:
        links += [" ", dcc.Link(_("publication %(n)s", n=one.revision), href=link(one.revision))]
    return [_(" Others:"), *links] if links else []


def no_such(asked: int, state: PublishedPeriod) -> Component:
    """That the address asks for a revision that there is not."""
    return parts.key_message(
        _("There is no publication %(n)s of %(period)s: what is shown are the live figures.",
          n=asked, period=numbers.period(state.period)),
        tone="warn",
    )  # fmt: skip


def beside(state: PublishedPeriod, zone: Zone, *, identity: str) -> Component | None:
    """Published and live beside each other: what moved, what moved it, which conclusions changed; nothing where nothing did."""
    latest = state.latest
    if latest is None or not state.differs:
        return None
    heading = _("Published and live (%(n)s)", n=_("publication %(n)s", n=latest.revision))
    return parts.card(
        heading,
        *_concluded(state, zone),
        *_moved_by(state.movers, zone),
        *_figures(state, zone),
        *_follow(state),
        name="beside-published",
        id=identity,
    )


def _concluded(state: PublishedPeriod, zone: Zone) -> list[Component]:
    if not state.conclusions:
        return []
    lines = [html.Li(conclusion_said(one, zone)) for one in state.conclusions]
    return [html.H3(_("Conclusions that changed")), html.Ul(lines)]


def _moved_by(movers: Sequence[Mover], zone: Zone) -> list[Component]:
    if not movers:
        return []
    return [html.H3(_("What moved it")), html.Ul([html.Li(_mover(one, zone)) for one in movers], className="movers")]


def _mover(one: Mover, zone: Zone) -> list[Component | str]:
    match one.what:
        case "workbook":
            return _of_workbook(one, zone)
        case "month":
            return [_("%(period)s was published anew", period=numbers.period(parse_period(one.period)))]
        case "scheme":
            return [_("another scheme holds for the period now")]
        case "vetoes":
            return [published_words.decided_on_vetoes()]
        case "marks":
            return [published_words.decided_on_marks()]
        case "own_review":
            return [published_words.confirmed_own_marks()]
        case "extension":
            return [published_words.extension(one.kind, one.period, one.unit, one.before, one.after, zone)]


def _of_workbook(one: Mover, zone: Zone) -> list[Component | str]:
    period = parse_period(one.period)
    subject = _("%(unit)s, %(kind)s %(period)s", unit=unit_name(one.unit, zone), kind=words.kind(one.kind),
                period=numbers.period(period))  # fmt: skip
    if one.came is None:
        return [_("%(subject)s: ", subject=subject), *_workbook(one.gone, one.period), _returned(one.gone, zone)]
    if one.gone is not None and counts_again(one.gone, one.came):
        gone = [*_workbook(one.gone, one.period), _returned(one.gone, zone)]
        return [
            _("%(subject)s: ", subject=subject),
            *gone,
            _("; "),
            *_workbook(one.came, one.period),
            _(" counts again"),
        ]
    came = _(" (came %(moment)s)", moment=numbers.instant(one.came.received_at, zone))
    said = [_("%(subject)s: ", subject=subject), *_workbook(one.came, one.period), came]
    return said if one.gone is None else [*said, _(" in place of "), *_workbook(one.gone, one.period)]


def _returned(gone: WorkbookBehind | None, zone: Zone) -> str:
    if gone is None or gone.returned_at is None:
        return _(" counts no more")
    return _(" was returned %(moment)s", moment=numbers.instant(gone.returned_at, zone))


def _workbook(one: WorkbookBehind | None, period: str) -> list[Component | str]:
    if one is None:
        return [_("a workbook")]
    return [workbook_link(one.number, period)]


def workbook_link(number: int, period: str, said: str = "") -> Component:
    """The way to a workbook on the page of submissions."""
    there = SUBMISSIONS.path + address.query(period=period, submission=number) + "#one"
    return dcc.Link(said or _("workbook %(n)s", n=number), href=there)


def _figures(state: PublishedPeriod, zone: Zone) -> list[Component]:
    """Places, scores, grades, lights and deaths at once, all else on demand."""
    if not state.moved:
        return []
    first = [one for one in state.moved if one.figure in FIRST and one.whose in ("zone", "unit")]
    rest = [one for one in state.moved if one not in first]
    more = len(rest) - MOST
    said = [html.P(_("and %(n)s more", n=more), className="note")] if more > 0 else []
    summary = html.Summary(_("All other figures that moved (%(n)s)", n=len(rest)))
    return [
        html.H3(_("What moved")),
        *([_table(first, zone)] if first else []),
        *([html.Details([summary, _table(rest[:MOST], zone), *said])] if rest else []),
    ]


def _table(moved: Sequence[MovedFigure], zone: Zone) -> Component:
    heads = [parts.head(_("Whose")), parts.head(_("Figure")), parts.head(_("Published"), name="num"),
             parts.head(_("Live"), name="num")]  # fmt: skip
    rows = [_row(one, zone) for one in moved]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="data-table small-table moved-figures")
    return html.Div(table, className="table-frame")


def _row(one: MovedFigure, zone: Zone) -> Component:
    return html.Tr(
        [
            parts.cell(_("Whose"), whose(one, zone)),
            parts.cell(_("Figure"), figure_name(one.figure)),
            parts.cell(_("Published"), value_said(one.figure, one.published, zone), name="num"),
            parts.cell(_("Live"), html.Strong(value_said(one.figure, one.live, zone)), name="num"),
        ]
    )


def _follow(state: PublishedPeriod) -> list[Component]:
    if not state.following:
        return []
    said = _("%(n)s figures moved with them: points, cases between neighbours, places by one indicator and the like.",
             n=state.following)  # fmt: skip
    return [html.P(said, className="note")]


def basis(one: Publication) -> Component:
    """By which scheme it was made, whose whole text was frozen with it, and where it stands in the journal."""
    scheme, told = one.content["scheme"], one.content["publication"]
    title = yaml.safe_load(told["scheme_text"]).get("title", scheme["name"])
    facts = [
        html.Span(_("Scheme: %(name)s, version %(version)s (%(hash)s)", name=title, version=scheme["version"],
                    hash=scheme["sha256"][:8]), title=scheme["sha256"]),
        html.Span(_("Line %(n)s of the journal", n=one.entry)),
        html.Span(witness(one), className="witness"),
        *([html.Span(_("Reason: %(reason)s", reason=told["reason"]))] if told["reason"] else []),
    ]  # fmt: skip
    text = html.Details(
        [html.Summary(_("The scheme as it was then")), html.Pre(told["scheme_text"], className="scheme-text")]
    )
    return html.Div([html.P(facts, className="basis-line"), text])
