"""What became of a workbook, in short: whose it is, whether it is filed, and every problem with its cell and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, original, parts, words
from dashboards.pages.submissions import word
from dashboards.pages.submissions.about import rows, whose
from dashboards.pages.submissions.accounted import taken_for
from dashboards.pages.submissions.changes import spoken_counts
from dashboards.results import headers
from dashboards.results.workbooks import FoundProblem, Sent
from data.intake.intake_decisions import let_go_sentence
from data.language import gettext as _
from data.zone.zone import Zone

CELLS_SHOWN = 6
WARNINGS_SHOWN = 5
ON_A_PAGE = 50


def receipt_card(
    sent: Sent, zone: Zone, *, changes: Mapping[str, int], href: str, waited_too_long: bool = False
) -> Component:
    """A workbook just sent, by name, with its outcome and everything found in it; ``href`` leads to all about it."""
    _symbol, _word, tone = words.receipt(sent.state)
    line = html.P([said(sent, zone), " ", *links(sent)], className="receipt-line")
    content = [
        title(sent, href),
        line,
        *taken_for(sent),
        _to_match(sent, href),
        _to_confirm(sent, changes, href),
        _worker_sleeps(sent, waited=waited_too_long),
    ]
    return html.Article(
        [*content, *problem_lists(sent.problems), _rest(sent, href)], className=f"receipt receipt-{tone}"
    )


def _rest(sent: Sent, href: str) -> Component | None:
    """The way to what is not shown in the card."""
    entries = sent.errors.entries + sent.notes.entries
    if entries <= len(sent.problems):
        return None
    look = dcc.Link(_("See all %(n)s", n=numbers.count(entries)), href=href, className="look")
    return html.P([_("These are the first %(n)s kinds of problems.", n=numbers.count(len(sent.problems))), " ", look])


def title(sent: Sent, href: str | None = None) -> Component:
    """How it stands, and its name; ``href`` leads to all about it."""
    symbol, spoken, tone = words.receipt(sent.state)
    name = original.name(sent.file_name, opens=sent.opens)
    named = html.Span(name, className="file") if href is None else dcc.Link(name, href=href, className="file")
    return html.H3([parts.tag(spoken, tone, symbol=symbol), named])


def links(sent: Sent) -> list[Component | str]:
    """The way to the original, and to the workbook with its problems marked where there is one."""
    if not sent.opens or sent.let_go:
        return []
    shown = [
        original.link(_("original workbook"), sent.number, opens=True, className="detail"),
        html.A(_("receipt"), href=f"/receipt/{sent.number}", className="detail"),
    ]
    if sent.annotated is not None:
        words_shown = _("Download the annotated workbook")
        shown.append(html.A(words_shown, href=f"/annotated/{sent.number}", className="btn btn-sm btn-outline-primary"))
    return [item for one in shown for item in (one, " ")]


def _to_match(sent: Sent, href: str) -> Component | None:
    """The way to the form in which unknown headers are matched with missing columns."""
    if not headers.to_match(sent):
        return None
    look = dcc.Link(_("Match the headers"), href=href, className="look")
    return html.P([_("Some headers are not known and some columns are missing."), look])


def _to_confirm(sent: Sent, changes: Mapping[str, int], href: str) -> Component | None:
    """Of a checked workbook: what it would change, the way to look at it, and the word itself."""
    if sent.status != "checked":
        return None
    look = dcc.Link(_("See row by row what changes"), href=href, className="look")
    counted = spoken_counts(changes)
    return html.Div(
        [html.P([_("Against the version before: "), html.B(counted), " ", look]), word.buttons(sent)],
        className="to-confirm",
    )


def _worker_sleeps(sent: Sent, *, waited: bool) -> Component | None:
    if not (waited and sent.status == "received"):
        return None
    return parts.empty(_(
        "Nobody has taken it up for 20 seconds: the loader is not running. The file is safe; ask the administrator to "
        "start it (python -m etl.worker)."
    ))  # fmt: skip


def refused_card(name: str, sentence: str) -> Component:
    """A file that was refused by name before anything was read."""
    head = html.H3([parts.tag(_("not received"), "bad", symbol="!"), html.Span(name, className="file")])
    return html.Article([head, html.P(sentence)], className="receipt receipt-bad")


def said(sent: Sent, zone: Zone) -> str:
    """One sentence: whose it is, what became of it, and what to do."""
    came = numbers.moment(sent.received_at, zone)
    about = _(", ").join(whose(sent, zone)) or _("kind unknown")
    if sent.let_go:
        return _("%(about)s: refused, received %(moment)s. ", about=about, moment=came) + let_go_sentence()
    match sent.state:
        case "received":
            return _("Received %(moment)s, kept safe, being checked …", moment=came)
        case "duplicate" if sent.repeats is not None:
            same, in_force = sent.repeats
            if same == in_force:
                return _(
                    "Received %(moment)s: the same file as version %(n)s, which is in force; nothing changed.",
                    moment=came,
                    n=same,
                )
            return _("Received %(moment)s: the same file as version %(n)s; nothing changed. In force is version %(now)s. To go back to "
                     "the figures of version %(n)s, ask the office to return version %(now)s.", moment=came, n=same, now=in_force)  # fmt: skip
        case "duplicate":
            return _("Received %(moment)s: the same file was accepted before; nothing changed.", moment=came)
        case "checked":
            return _("%(about)s: %(rows)s, no error. It is not filed yet: confirm it. Within 24 hours it is in time by its upload.",
                     about=about, rows=rows(sent))  # fmt: skip
        case "confirmed":
            return _("%(about)s: confirmed, being filed …", about=about)
        case "withdrawn":
            return _("%(about)s: withdrawn or checked again; it was not filed.", about=about)
        case "set_aside":
            return _("%(about)s: received %(moment)s and kept safe. The program failed on it: that is not your unit's fault, and it "
                     "need not be sent again. The office deals with it.", about=about, moment=came)  # fmt: skip
        case "discarded":
            return _(
                "%(about)s: the program failed on it, and the office has given it up. Nothing of it counts.",
                about=about,
            )
        case "returned":
            return _("%(about)s: version %(n)s was returned and does not count.", about=about, n=sent.version)
        case "accepted" if sent.uploaded_at is not None:
            return _("%(about)s: version %(n)s, %(rows)s, uploaded %(uploaded)s, confirmed %(moment)s.", about=about,
                     n=sent.version, rows=rows(sent), uploaded=numbers.moment(sent.uploaded_at, zone),
                     moment=came)  # fmt: skip
        case "accepted":
            return _("%(about)s: version %(n)s, %(rows)s, received %(moment)s.", about=about, n=sent.version,
                     rows=rows(sent), moment=came)  # fmt: skip
    return _("%(about)s: %(n)s to correct, received %(moment)s. Nothing of it was loaded: correct it and send it again.",
             about=about, n=numbers.count(sent.errors.places), moment=came)  # fmt: skip


def problem_lists(problems: Sequence[FoundProblem]) -> list[Component]:
    """Errors as a table; warnings apart, folded where they are many."""
    errors = [problem for problem in problems if problem.severity == "error"]
    warnings = [problem for problem in problems if problem.severity != "error"]
    shown: list[Component] = [_table(errors)] if errors else []
    if warnings:
        summary = html.Summary(_("%(n)s notes (they change nothing)", n=len(warnings)))
        shown.append(html.Details([summary, _table(warnings)], open=not errors and len(warnings) <= WARNINGS_SHOWN))
    return shown


def problem_pages(sent: Sent, page: int, *, link: Callable[[int], str], identity: str) -> list[Component]:
    """What was found, a page of it at a time; ``link`` gives the address of a page."""
    problems = sent.problems
    pages = max(1, -(-len(problems) // ON_A_PAGE))
    page = max(1, min(page, pages))
    first = (page - 1) * ON_A_PAGE
    shown = problem_lists(problems[first : first + ON_A_PAGE])
    if pages == 1:
        return shown
    last = min(first + ON_A_PAGE, len(problems))
    place = _("entries %(first)s–%(last)s of %(total)s", first=numbers.count(first + 1), last=numbers.count(last),
              total=numbers.count(sent.errors.entries + sent.notes.entries))  # fmt: skip
    back = dcc.Link(_("← previous"), href=link(page - 1)) if page > 1 else None
    on = dcc.Link(_("next →"), href=link(page + 1)) if page < pages else None
    pager = html.Nav([html.Span(place), back, on], className="pager", id=identity,
                     **parts.attributes(aria_label=_("Pages of problems")))  # fmt: skip
    return [*shown, pager]


def _table(problems: Sequence[FoundProblem]) -> Component:
    heads = [
        parts.head(word) for word in (_("Sheet and cell"), _("Column"), _("It says"), _("What is wrong, what to do"))
    ]
    rows_shown = [
        html.Tr(
            [
                parts.cell(_("Sheet and cell"), _where(problem), name="where"),
                parts.cell(_("Column"), problem.column or numbers.NONE),
                parts.cell(_("It says"), html.Span(problem.value or numbers.NONE, className="value")),
                parts.cell(_("What is wrong"), problem.sentence, name="sentence"),
            ]
        )
        for problem in problems
    ]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows_shown)], className="data-table problems")


def _where(problem: FoundProblem) -> Component:
    if problem.sheet is None:
        return html.Span(_("the whole file"))
    cells = _(", ").join(problem.cells[:CELLS_SHOWN])
    others = problem.places - len(problem.cells[:CELLS_SHOWN])
    more = _(" and %(n)s more", n=numbers.count(others)) if cells and others > 0 else ""
    every = _(", ").join(problem.cells) + ("…" if problem.places > len(problem.cells) else "")
    return html.Span([f"{problem.sheet} · " if cells else problem.sheet, html.B(cells), more], title=every or None)


def latest_table(sent: Sequence[Sent], zone: Zone, *, link: Callable[[int], str], identity: str) -> Component:
    """The workbooks received last, newest first."""
    if not sent:
        return parts.empty(_("No workbook has been received yet. Send the first one above."))
    heads = [parts.head(word) for word in (_("Received"), _("Workbook"), _("Outcome"))]
    rows_shown = [html.Tr(_latest_row(one, zone, link)) for one in sent]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows_shown)], className="data-table latest", id=identity)


def _latest_row(one: Sent, zone: Zone, link: Callable[[int], str]) -> list[Component]:
    symbol, spoken, tone = words.receipt(one.state)
    version = [_("version %(n)s", n=one.version)] if one.version else []
    about = html.Small(" ".join([*whose(one, zone), *version]))
    name = dcc.Link(original.name(one.file_name, opens=one.opens), href=link(one.number), className="file")
    return [
        parts.cell(_("Received"), numbers.moment(one.received_at, zone), name="day"),
        parts.cell(_("Workbook"), html.Div([name, html.Br(), about])),
        parts.cell(_("Outcome"), parts.tag(spoken, tone, symbol=symbol)),
    ]
