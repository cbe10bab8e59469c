"""One unit's marks in the procedure: self, review, the unit's reply and the office's decision side by side, with their forms."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import address, numbers, parts
from dashboards.method.replies import Stage
from dashboards.results.quarter_procedure import (
    Evidence,
    MarkDecision,
    MarkInProcedure,
    Procedure,
    Reply,
    UnitInProcedure,
)
from dashboards.web.token import token_field_of_a_kept_part
from data.intake.deciding import LONGEST_REASON
from data.language import gettext as _
from data.zone.zone import Zone

TAKES = ".pdf,.jpg,.jpeg,.png"
TONES = {Stage.OPEN: "calm", Stage.AGREED: "good", Stage.CONTESTED: "warn", Stage.DECIDED: "good"}
PLAIN, SMALL = "btn btn-outline-primary", "btn btn-sm btn-outline-primary"


def replies_part(found: Procedure, unit: str, *, identity: str) -> list[Component]:
    """The unit's marks with what was answered and decided; nothing where no mark was reviewed."""
    one = found.units.get(unit)
    if one is None or not one.reviewed:
        return []
    answers = found.own == unit
    return [
        html.P(_summary(found, one), className="replies-summary"),
        *(_agree_to_all(found, one) if answers else []),
        html.Div(_table(found, one, answers=answers, identity=identity), className="table-frame"),
        *(html.P(line, className="note") for line in _notes(found, answers=answers)),
    ]


def _summary(found: Procedure, one: UnitInProcedure) -> str:
    counts = {at: len(one.at(at)) for at in Stage}
    words = {
        Stage.AGREED: _("%(n)s agreed", n=counts[Stage.AGREED]),
        Stage.CONTESTED: _("%(n)s contested and not decided", n=counts[Stage.CONTESTED]),
        Stage.DECIDED: _("%(n)s contested and decided", n=counts[Stage.DECIDED]),
        Stage.OPEN: _("%(n)s not answered", n=counts[Stage.OPEN]),
    }
    said = _(", ").join(told for at, told in words.items() if counts[at])
    if found.published is not None:
        return _(
            "Of the reviewed marks %(said)s. The quarter is published, so marks can be answered no more.", said=said
        )
    day = numbers.spoken_day(found.days.reply_due)
    return _("Of the reviewed marks %(said)s. Replies are due by %(day)s, and can be given until publication.",
             said=said, day=day)  # fmt: skip


def _notes(found: Procedure, *, answers: bool) -> list[str]:
    if not answers or found.published is not None:
        return []
    return [
        _("A reply may be changed until the office has decided on it. Bonus, deduction and veto are the review's; they are shown "
          "above and not answered here."),
        _("Replies and decisions are written to the journal and cannot be erased; earlier ones stay to be seen."),
    ]  # fmt: skip


def _agree_to_all(found: Procedure, one: UnitInProcedure) -> list[Component]:
    """One button for all marks that nobody has answered."""
    left = [mark for mark in one.at(Stage.OPEN) if mark.may_answer]
    if not left:
        return []
    words = _("Agree to the %(n)s marks that are not answered", n=len(left))
    button = html.Button(words, type="submit", name="agrees", value="yes", className="btn btn-primary")
    return [_form("/reply", found, one, left, [button], name="word-buttons")]


def _table(found: Procedure, one: UnitInProcedure, *, answers: bool, identity: str) -> Component:
    heads = [
        parts.head(_("Measure")),
        *(parts.head(word, name="num") for word in (_("Full mark"), _("Self"), _("Review"))),
        parts.head(_("The unit's reply")),
        parts.head(_("The office's decision")),
        parts.head(_("Counts"), name="num"),
    ]
    body = [_row(found, one, mark, answers=answers) for mark in one.marks]
    return html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="data-table cases replies", id=identity)


def _row(found: Procedure, one: UnitInProcedure, mark: MarkInProcedure, *, answers: bool) -> Component:
    name = [html.Span(f"{mark.number}. ", className="muted"), mark.name]
    return html.Tr(
        [
            parts.cell(_("Measure"), *name, name="measure"),
            parts.cell(_("Full mark"), numbers.decimal(mark.full), name="num"),
            parts.cell(_("Self"), _mark(mark.own), name="num"),
            parts.cell(_("Review"), _mark(mark.review), name="num"),
            parts.cell(_("The unit's reply"), *_replied(found, one, mark, answers=answers), name="said"),
            parts.cell(_("The office's decision"), *_decided(found, one, mark), name="said"),
            parts.cell(_("Counts"), html.Strong(numbers.decimal(mark.counts)), name="num"),
        ],
        **parts.attributes(data_measure=str(mark.number)),
    )


def _mark(value: Decimal | None) -> str:
    return numbers.NONE if value is None else numbers.decimal(value)


def _replied(
    found: Procedure, one: UnitInProcedure, mark: MarkInProcedure, *, answers: bool
) -> list[Component | str | None]:
    """The unit's last word with its evidence, its earlier ones folded, and what it can still say."""
    if mark.stage is Stage.UNREVIEWED:
        return [_("not reviewed yet")]
    last, zone = mark.reply, found.zone
    shown: list[Component | str | None] = [parts.tag(_("not answered"), "calm")]
    if last is not None:
        shown = [_reply(last, zone)]
        if mark.changed:
            told = _("The review's mark changed since: it was %(then)s and is %(now)s.",
                     then=numbers.decimal(last.mark), now=_mark(mark.review))  # fmt: skip
            shown.append(html.P(told, className="reply-changed"))
    forms = _answering(found, one, mark) if answers and mark.may_answer else []
    return [
        *shown,
        _evidence_list(mark.evidence, zone),
        *forms,
        _earlier([_reply(reply, zone) for reply in mark.replies[:-1]]),
    ]


def _reply(said: Reply, zone: Zone) -> Component:
    if said.agrees:
        pill = parts.tag(_("agrees"), "good", symbol="✓")
    else:
        pill = parts.tag(_("contests"), "warn", symbol="✗")
    when = html.Small(
        _("to %(mark)s, %(moment)s", mark=numbers.decimal(said.mark), moment=numbers.moment(said.at, zone))
    )
    reason = html.P(said.reason) if said.reason else None
    return html.Div([pill, " ", when, reason], className="reply-word")


def _evidence_list(found: Sequence[Evidence], zone: Zone) -> Component | None:
    if not found:
        return None
    items = [
        html.Li(
            [
                html.A(one.file_name, href=f"/evidence/{one.entry}", className="file"),
                html.Small(_("%(size)s KiB, %(moment)s", size=numbers.count(-(-one.size // 1024)),
                             moment=numbers.moment(one.at, zone)), className="detail"),
            ]
        )
        for one in found
    ]  # fmt: skip
    return html.Ul(items, className="attached")


def _earlier(said: Sequence[Component]) -> Component | None:
    """What was said before, newest first."""
    if not said:
        return None
    return html.Details([html.Summary(_("earlier: %(n)s", n=len(said))), html.Div(list(reversed(said)))])


def _answering(found: Procedure, one: UnitInProcedure, mark: MarkInProcedure) -> list[Component]:
    """Agree with a button, contest behind a fold with a reason; evidence once it is contested."""
    contested = mark.stage is Stage.CONTESTED
    agree = html.Button(_("Agree"), type="submit", name="agrees", value="yes", className=SMALL)
    verb = _("Contest with another reason") if contested else _("Contest")
    field = f"reply-reason-{mark.number}"
    reason = [
        html.Label(_("Why the mark is contested (required)"), htmlFor=field),
        html.Textarea(name="reason", required="required", maxLength=LONGEST_REASON, rows=3, className="form-control", id=field),
        html.Button(_("Send"), type="submit", name="agrees", value="no", className=PLAIN),
    ]  # fmt: skip
    contest = html.Details([html.Summary(verb), _form("/reply", found, one, [mark], reason, name="return-form")])
    attach = [_attaching(mark.reply.entry)] if contested and mark.reply is not None else []
    if mark.stage is Stage.AGREED:
        return [contest]
    return [*attach, html.Div([_form("/reply", found, one, [mark], [agree]), contest], className="reply-ways")]


def _attaching(reply: int) -> Component:
    """The button that adds evidence; assets/34_attach.js sends the file."""
    spoken = parts.attributes(
        data_attach_to=f"/attach/evidence/{reply}",
        data_takes=TAKES,
        data_sending=_("sending {name}: {percent}%"),
        data_failed=_("The browser could not read or send this file. Try again."),
    )
    button = html.Button(_("Attach evidence"), type="button", className=SMALL, **spoken)
    note = html.Small(_("PDF, JPEG or PNG, up to 20 MiB"), className="detail")
    return html.P([button, note, html.Span(role="status", className="attach-said")], className="attach-line")


def _decided(found: Procedure, one: UnitInProcedure, mark: MarkInProcedure) -> list[Component | str | None]:
    """The office's last word, its earlier ones folded, and the form where it has something to say."""
    zone, last = found.zone, mark.decision
    shown: list[Component | str | None] = []
    if last is not None:
        shown.append(_decision(last, zone))
        if mark.stage is not Stage.DECIDED or mark.review not in (last.before, last.mark):
            shown.append(
                html.P(
                    _("It was decided on the mark %(before)s.", before=numbers.decimal(last.before)), className="note"
                )
            )
    elif mark.stage is Stage.CONTESTED:
        shown.append(parts.tag(_("to be decided"), "warn"))
    else:
        shown.append(numbers.NONE)
    if found.decides and mark.may_decide:
        form = _deciding(found, one, mark)
        shown.append(html.Details([html.Summary(_("Decide otherwise")), form]) if mark.stage is Stage.DECIDED else form)
    return [*shown, _earlier([_decision(said, zone) for said in mark.decisions[:-1]])]


def _decision(said: MarkDecision, zone: Zone) -> Component:
    if said.upheld:
        pill = parts.tag(_("upheld: %(mark)s", mark=numbers.decimal(said.mark)), "calm")
    else:
        pill = parts.tag(_("changed: %(before)s → %(mark)s", before=numbers.decimal(said.before),
                           mark=numbers.decimal(said.mark)), "good")  # fmt: skip
    who = _("the office") if said.actor == "office" else said.actor
    when = html.Small(_("%(who)s, %(day)s", who=who, day=numbers.moment(said.at, zone)))
    return html.Div([pill, " ", when, html.P(said.reason)], className="reply-word")


def _deciding(found: Procedure, one: UnitInProcedure, mark: MarkInProcedure) -> Component:
    """Uphold, or type another mark; either with a reason."""
    field, typed = f"decision-reason-{mark.number}", f"decision-mark-{mark.number}"
    uphold = html.Button(
        _("Uphold %(mark)s", mark=_mark(mark.review)), type="submit", name="outcome", value="uphold", className=PLAIN
    )
    change = html.Button(
        _("Change to this mark"), type="submit", name="outcome", value="change", className="btn btn-primary"
    )
    most = _("Another mark, 0 to %(full)s", full=numbers.decimal(mark.full))
    content = [
        html.Label(_("Reason for the decision (required)"), htmlFor=field),
        html.Textarea(name="reason", required="required", maxLength=LONGEST_REASON, rows=3, className="form-control", id=field),
        html.Label(most, htmlFor=typed),
        dcc.Input(type="text", name="mark", id=typed, maxLength=8, className="form-control decision-mark",
                  autoComplete="off"),
        html.Div([uphold, change], className="veto-buttons"),
    ]  # fmt: skip
    return _form("/decide/mark", found, one, [mark], content, name="return-form")


def _form(
    action: str,
    found: Procedure,
    one: UnitInProcedure,
    marks: Sequence[MarkInProcedure],
    content: Sequence[Component],
    *,
    name: str = "",
) -> Component:
    """A plain form whose address says which marks it is about, as the page shows them."""
    query = address.query(period=found.quarter, unit=one.unit)
    about = "".join(f"&mark={_seen(mark)}" for mark in marks)
    return html.Form(
        [token_field_of_a_kept_part(), *content],
        method="post",
        action=f"{action}{query}{about}",
        className=name or None,
    )


def _seen(mark: MarkInProcedure) -> str:
    """A mark as this page shows it, so that nobody answers or decides unread."""
    reply = 0 if mark.reply is None else mark.reply.entry
    decision = 0 if mark.decision is None else mark.decision.entry
    return f"{mark.number}:{_mark(mark.review)}:{reply}:{decision}"
