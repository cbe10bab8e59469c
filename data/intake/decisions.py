"""Decisions of people, each by its name: what it needs, and what it tells the journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from data.intake import (
    extensions,
    intake_decisions,
    own_review,
    proposals,
    publications,
    replies,
    reply_checks,
    scheme_decisions,
    stationery,
    vetoes,
)
from data.intake.anchors import Anchor
from data.intake.carrying_out import SET_ASIDE, waiting
from data.intake.deciding import LONGEST_REASON, Desk, Taken, deciding, reason_given
from data.intake.decision_checks import Undecidable, check_extension, check_possible, counts, submission_of
from data.intake.inbox import Choice, Receipt, announce, receive
from data.intake.publications import Publication
from data.language import gettext as _
from data.schema.intake import decision
from data.store import database_errors, reader, write_transaction
from data.zone.periods import Period, Quarter
from data.zone.schemes import Scheme, parsed
from data.zone.zone import read_zone


def decide_veto(
    desk: Desk,
    *,
    quarter: Quarter,
    unit: str,
    confirmed: bool,
    grounds: Sequence[str],
    reason: str,
    seen: Collection[str] | None = None,
) -> Taken:
    """Confirm or dismiss a proposed veto on these grounds; Undecidable without a reason or without grounds.

    ``seen`` are the grounds that the deciding person had before them: of others nobody may decide unread.
    On the office itself it is only proposed, until a second account confirms it.
    """
    if grounds and seen is not None and set(seen) != set(grounds):
        raise Undecidable(_("The facts have changed since the page was opened. Read them again, then decide."))
    said = reason_given(reason, _("A decision on a veto needs a reason."))
    if not grounds:
        raise Undecidable(_("No veto is proposed for this unit in this quarter."))
    told = {"period": str(quarter), "unit": unit, "confirmed": confirmed, "grounds": list(grounds), "reason": said}
    with deciding(desk) as taking:
        return taking.decide(vetoes.DECIDE, unit, told)


def extend(desk: Desk, *, kind: str, period: Period, unit: str | None, until: date, reason: str) -> Taken:
    """Extend a deadline to a later day, for one unit or (None) for all; it may have passed already.

    Undecidable without a reason, where nothing is due, and where the deadline would not be later than it is. What bears on
    the office's own figures is only proposed, until a second account confirms it; but for one for all where nobody could.
    """
    said = reason_given(reason, _("An extension needs a reason; the units read it."))
    told = {"kind": kind, "period": str(period), "unit": unit, "until": until.isoformat(), "reason": said}
    with deciding(desk) as taking:
        zone = read_zone(taking.connection, desk.zone)
        check_extension(zone, told)
        if extensions.concerns_the_office(zone, told):
            return taking.decide(extensions.EXTEND, zone.office.code, told, of_all=unit is None)
        return taking.take(extensions.EXTEND, told)


def publish(
    desk: Desk,
    *,
    report: str,
    period: str,
    day: str,
    reason: str,
    mistake: bool,
    freeze: Callable[[int, Anchor], Mapping[str, Any]],
) -> Publication:
    """Freeze a report of a period (casualties: as of a ``day``) as it stands at this moment, as its next revision.

    ``freeze`` is told which revision it will be, and gives the content; meanwhile nobody loads and nobody else decides.
    Undecidable for a revision without a reason, and while workbooks wait to be loaded: they came before it.
    """
    said = reason.strip()[:LONGEST_REASON]
    with deciding(desk) as taking:
        if not taking.holds or waiting(taking.connection, desk.archive, desk.zone).waiting:
            raise Undecidable(_("Workbooks are waiting to be loaded. Publish once they are."))
        revision = len(publications.revisions(taking.connection, desk.zone, report, period, day)) + 1
        if revision > 1 and not said:
            raise Undecidable(_("This is published already: a revision needs a reason."))
        former = publications.last_fingerprint(taking.connection, desk.zone)
        content = freeze(revision, Anchor(*desk.archive.head(), former))
        told = {
            "report": report,
            "period": period,
            "day": day,
            "revision": revision,
            "mistake": mistake and revision > 1,
        }
        frozen = {"sha256": publications.fingerprint(content), "content": content}
        taken = taking.take(publications.PUBLISH, {**told, **frozen, "reason": said})
    with database_errors(), reader(desk.url).connect() as connection:
        return publications.by_entry(connection, desk.zone, taken.number)


def draft_scheme(desk: Desk, text: str, *, instead_of: int | None = None) -> Taken:
    """Keep the text of a valid scheme as a draft, in place of the one that it was made of; it changes no figure."""
    scheme = parsed(text)
    told = {"name": scheme.name, "text": text, "sha256": scheme.sha256, "instead_of": instead_of}
    with deciding(desk) as taking:
        return taking.take(scheme_decisions.DRAFT, told)


def adopt_scheme(desk: Desk, draft: int, *, known: Sequence[str], reason: str) -> Taken:
    """A draft holds from its ``valid_from`` on; Undecidable without a reason, or where it cannot.

    ``known``: what is published already and moves with it, as the deciding person read it. Of anything else nobody may decide
    unread (Outdated).
    """
    said = reason_given(reason, _("Say why the scheme is changed."))
    with deciding(desk) as taking:
        found = scheme_decisions.draft(taking.connection, desk.zone, draft)
        if found is None:
            raise Undecidable(_("There is no such draft."))
        scheme = found.scheme
        told = {"valid_from": scheme.valid_from.isoformat(), "known": sorted(known), "reason": said, "adopted": True}
        return taking.take(scheme_decisions.ADOPT, {**_version(scheme, found.text), "draft": draft, **told})


def withdraw_scheme(desk: Desk, name: str, version: str, reason: str) -> Taken:
    """A version that was adopted and does not hold yet is not to hold after all."""
    said = reason_given(reason, _("Say why the version is withdrawn."))
    with deciding(desk) as taking:
        decided = scheme_decisions.decisions_on(taking.connection, desk.zone, name)
        found = next((one for one in reversed(decided) if one.scheme.version == version), None)
        if found is None:
            raise Undecidable(_("Only a version that was adopted here can be withdrawn."))
        day = read_zone(taking.connection, desk.zone).calendar.day_of(desk.at).isoformat()
        told = {"draft": 0, "known": [], "reason": said, "adopted": False, "day": day}
        return taking.take(scheme_decisions.WITHDRAW, {**_version(found.scheme, found.text), **told})


def _version(scheme: Scheme, text: str) -> dict[str, Any]:
    return {"name": scheme.name, "version": scheme.version, "text": text, "sha256": scheme.sha256}


def draft_document(desk: Desk, document: str, content: stationery.Content) -> Taken:
    """Keep a wording or a master as a draft; no document is made with it until it is adopted."""
    with deciding(desk) as taking:
        return taking.take(stationery.DRAFT, stationery.told_of(document, content))


def adopt_document(desk: Desk, document: str, draft: int, reason: str) -> Taken:
    """What is published from now on is worded, or laid on a master, by this draft; 0: by what the product comes with."""
    said = reason_given(reason, _("Say why it is changed."))
    with deciding(desk) as taking:
        return taking.take(stationery.ADOPT, {"document": document, "draft": draft, "reason": said})


def number_document(desk: Desk, publication: int, number: str) -> Taken:
    """The bulletin of a publication is issued under a document number; empty: it has none after all."""
    with deciding(desk) as taking:
        return taking.take(stationery.NUMBER, {"publication": publication, "number": number})


def record_promise(desk: Desk, *, unit: str, period: Period, text: str, due: date | None) -> Taken:
    """What a unit promised when it was interviewed, as the office writes it down."""
    said = reason_given(text, _("Write down what was promised."))
    told = {"unit": unit, "period": str(period), "text": said, "due": "" if due is None else due.isoformat()}
    with deciding(desk) as taking:
        return taking.take(stationery.PROMISE, told)


def record_enterprise_promise(
    desk: Desk, *, enterprise: str, name: str, period: Period, text: str, due: date | None
) -> Taken:
    """What an enterprise promised when it was interviewed; ``enterprise``: its credit code, or its name as compared."""
    said = reason_given(text, _("Write down what was promised."))
    told = {
        "enterprise": enterprise,
        "name": name,
        "period": str(period),
        "text": said,
        "due": "" if due is None else due.isoformat(),
    }
    with deciding(desk) as taking:
        return taking.take(stationery.ENTERPRISE_PROMISE, told)


def confirm(desk: Desk, number: int, checked_against: int | None) -> Taken:
    """The sender's word to load a checked workbook.

    Outdated where another version came into force since it was checked, so that what was looked at does not hold. Where the
    office would correct its own figures of what is published it is only proposed, until a second account confirms it.
    """
    with deciding(desk) as taking:
        told = {"submission": number, "checked_against": checked_against}
        of = submission_of(taking.connection, desk.zone, number)
        if not _corrects_the_offices_own(taking.connection, desk.zone, of):
            return taking.take(intake_decisions.CONFIRM, told)
        return taking.decide(intake_decisions.CONFIRM, of.unit, {**told, "reason": of.note})


def _corrects_the_offices_own(connection: Connection, zone: str, of: Row[Any]) -> bool:
    """Whether a checked workbook is the office's own for a period that is published, or before one that is; with its reason."""
    if not (of.note.strip() and proposals.is_of_the_office(connection, zone, of.unit)):
        return False
    return not read_zone(connection, zone).only_office_files(of.kind) and publications.touches_published(
        connection, zone, of.kind, of.period
    )


def withdraw(desk: Desk, number: int) -> Taken:
    """A checked workbook is not to be loaded after all."""
    with deciding(desk) as taking:
        return taking.take(intake_decisions.WITHDRAW, {"submission": number})


def check_again(
    desk: Desk, number: int, only_unit: str | None = None, *, without_hidden: bool | None = None
) -> Receipt:
    """Have a refused or checked workbook checked once more, as received now: headers were matched, or data changed.

    ``only_unit``: the one unit that the asking account may send for, which may be narrower than the first sender's.
    ``without_hidden``: whether hidden rows are to be left out from now on; None: as was chosen before. With another
    choice of them also the one that counts at present is read again.
    """
    with deciding(desk) as taking:
        of = submission_of(taking.connection, desk.zone, number)
        if of.forgotten_at is not None:
            raise Undecidable(intake_decisions.let_go_sentence())
        otherwise = without_hidden is not None and counts(taking.connection, desk.zone, of)
        if of.choice is None or not (otherwise or of.status in {"checked", "rejected", "withdrawn"}):
            raise Undecidable(_("This workbook cannot be checked again: it is loaded, or being checked."))
        if of.status == "checked":
            taking.take(intake_decisions.WITHDRAW, {"submission": number})
        choice = Choice(**of.choice)
        if without_hidden is not None:
            choice = replace(choice, without_hidden=without_hidden)
        receipt = receive(
            desk.archive,
            taking.database,
            of.sha256,
            of.file_name,
            desk.actor,
            desk.at,
            choice,
            only_unit or of.only_unit,
            asks=True,
        )
        with write_transaction(desk.url) as connection:
            announce(connection, desk.zone, receipt)
    return receipt


def return_workbook(desk: Desk, number: int, reason: str) -> Taken:
    """The office returns an accepted workbook that is in force, with the reason; from now on it does not count.

    Where workbooks of the same unit came before and are still to be checked, it is done after them. One with the office's
    own figures, or a review by which its own unit is marked, is only proposed to be returned, until a second account confirms it;
    a review, which is of all units, at once where nobody could.
    """
    said = reason_given(reason, _("Say why it is returned, so that its sender can correct it."))
    with deciding(desk) as taking:
        of = submission_of(taking.connection, desk.zone, number)
        of_everybody = of.kind is None or read_zone(taking.connection, desk.zone).only_office_files(of.kind)
        on_itself = not of_everybody or _marks_the_office_otherwise(taking.connection, desk.zone, of)
        told = {"submission": number, "reason": said}
        unit = of.unit if on_itself else None
        return taking.decide(intake_decisions.RETURN, unit, told, after_others=True, of_all=of_everybody)


def _marks_the_office_otherwise(connection: Connection, zone: str, of: Row[Any]) -> bool:
    """Whether a workbook is a review without which the office's own unit would have other marks."""
    if of.kind != own_review.KIND:
        return False
    own = read_zone(connection, zone).office.code
    now, then = (own_review.own_figures(connection, zone, own, of.period, without=one) for one in (None, of.submission))
    return now != then


def count_own_review(desk: Desk, number: int, told: Mapping[str, Any]) -> Taken:
    """The office's own marks in a review that was loaded count from now on, in the names of two accounts."""
    assert desk.seconded is not None
    with deciding(desk) as taking:
        return taking.take(own_review.COUNT, {**told, "submission": number})


def retry(desk: Desk, number: int) -> Taken:
    """The office has a workbook tried again that was set aside."""
    with deciding(desk) as taking:
        return taking.take(intake_decisions.RETRY, {"submission": number})


def discard(desk: Desk, number: int, reason: str) -> Taken:
    """The office gives up a workbook that was set aside, or a decision by its line; it stays in the log with the reason."""
    said = reason_given(reason, _("Say why it is discarded, so that its sender knows."))
    with deciding(desk) as taking:
        this = decision.c.zone == desk.zone, decision.c.entry == number, decision.c.outcome == SET_ASIDE
        of_a_decision = taking.connection.execute(select(decision.c.entry).where(*this)).first() is not None
        what = "decision" if of_a_decision else "submission"
        return taking.take(intake_decisions.DISCARD, {what: number, "reason": said})


def match_headers(desk: Desk, unit: str, kind: str, matches: Sequence[Mapping[str, str | None]]) -> Taken:
    """Remember which columns headers of a unit's own form name (``table, header, written, column``; column None: no more)."""
    with deciding(desk) as taking:
        taken = [taking.take(intake_decisions.MATCH, {"unit": unit, "kind": kind, **match}) for match in matches]
    return taken[-1]


def attach(desk: Desk, number: int, *, sha256: str, file_name: str, media_type: str, size: int) -> Taken:
    """A kept scan or piece of evidence belongs to a workbook from now on, under the decision's number."""
    with deciding(desk) as taking:
        told = {"submission": number, "sha256": sha256, "file_name": file_name, "media_type": media_type, "size": size}
        return taking.take(intake_decisions.ATTACH, told)


@dataclass(frozen=True, slots=True)
class MarkAnswer:
    """What a unit says to the mark of one measure: to which mark, and which reply of its own it takes the place of (0: none)."""

    measure: int
    mark: Decimal
    replaces: int


def reply_to_marks(
    desk: Desk, *, quarter: Quarter, unit: str, answers: Sequence[MarkAnswer], agrees: bool, reason: str
) -> Taken:
    """A unit agrees to some of its reviewed marks, or contests one with a reason; each is a line of its own.

    Undecidable once the quarter is published or the office has decided, and where a mark, or the reply that this takes
    the place of, is no longer the one that was looked at. Of several answers none is taken where one cannot be.
    """
    if not answers:
        raise Undecidable(_("Choose at least one mark."))
    said = "" if agrees else reason_given(reason, _("Who contests a mark says why."))
    with deciding(desk) as taking:
        marks = replies.reviewed(taking.connection, desk.zone, str(quarter), unit)
        told = [
            {
                "period": str(quarter), "unit": unit, "measure": one.measure, "mark": _plain(one.mark),
                "review": marks[one.measure].submission if one.measure in marks else 0,
                "replaces": one.replaces, "agrees": agrees, "reason": said,
            }
            for one in answers
        ]  # fmt: skip
        for one in told:
            check_possible(taking.connection, desk.zone, replies.REPLY, one)
        return [taking.take(replies.REPLY, one) for one in told][-1]


def add_evidence(desk: Desk, number: int, *, sha256: str, file_name: str, media_type: str, size: int) -> Taken:
    """A kept file is evidence for a reply from now on, by the reply's number; Undecidable once it is decided or published."""
    with deciding(desk) as taking:
        of = _reply(taking.connection, desk.zone, number)
        told = {"sha256": sha256, "file_name": file_name, "media_type": media_type, "size": size}
        about = {"reply": number, "period": of.period, "unit": of.unit, "measure": of.measure}
        return taking.take(replies.ADD_EVIDENCE, {**about, **told})


def decide_mark(
    desk: Desk, *, reply: int, before: Decimal, mark: Decimal, replaces: int, full: Decimal, reason: str
) -> Taken:
    """The office upholds a contested mark or puts another in its place, from 0 to the measure's full mark, with a reason.

    ``before`` is the reviewed mark, ``replaces`` the decision that was looked at (0: none). On the office itself it is only
    proposed, until a second account confirms it.
    """
    said = reason_given(reason, _("A decision on a mark needs a reason."))
    if not 0 <= mark <= full:
        raise Undecidable(_("A mark lies between 0 and %(full)s.", full=_plain(full)))
    with deciding(desk) as taking:
        of = _reply(taking.connection, desk.zone, reply)
        about = {"reply": reply, "period": of.period, "unit": of.unit, "measure": of.measure}
        marks = {"before": _plain(before), "mark": _plain(mark), "full": _plain(full)}
        return taking.decide(replies.DECIDE_MARK, of.unit, {**about, **marks, "replaces": replaces, "reason": said})


def _plain(mark: Decimal) -> str:
    return f"{mark.normalize():f}"


def _reply(connection: Connection, zone: str, number: int) -> Row[Any]:
    try:
        return reply_checks.the_reply(connection, zone, number)
    except reply_checks.Impossible as error:
        raise Undecidable(str(error)) from error


def refuse_proposal(desk: Desk, number: int) -> Taken:
    """A second account's no to what the office would decide on itself; who may say it, ``data.people.second_account`` knows."""
    with deciding(desk) as taking:
        return taking.take(proposals.REFUSE, {proposals.NUMBER: number})
