"""Decisions of people: each is a line of the journal first, then a row with its audit entry, in one transaction.

A decision that was journalled but not written (the power failed in between, or a workbook is being loaded for longer than
a request may wait) is carried out by whoever decides or loads next, when its turn comes; until then ``data doctor`` points
it out. One that is then impossible, or on which the program fails, is kept as such and holds nothing up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from threading import BoundedSemaphore
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, insert, select

from data.intake import (
    calendar_events,
    extensions,
    intake_decisions,
    issued_lists,
    own_review,
    plan_decisions,
    proposals,
    publications,
    replies,
    reply_checks,
    scheme_decisions,
    stationery,
    vetoes,
)
from data.intake.anchors import Anchor
from data.intake.archive import CARRIED_OUT, Archive, ArchiveError, Busy, Entry
from data.intake.audit import Act, record, submission_subject
from data.intake.fitting import Unfit, check_row, check_texts
from data.intake.inbox import Choice, Receipt, announce, database_name, receive
from data.intake.outcomes import tell_untold
from data.intake.publications import Publication
from data.intake.queue import QueueState, nothing_waits, standing
from data.intake.tries import MOST_TRIES, Tries
from data.language import gettext as _
from data.rollup.in_force import in_force
from data.schema.intake import decision, submission
from data.settings import Settings
from data.store import StoreError, database_errors, reader, storable, write_transaction
from data.zone.periods import Period, Quarter
from data.zone.schemes import Scheme, parsed
from data.zone.zone import Zone, read_zone

log = logging.getLogger("data.intake.decisions")
LONGEST_REASON = 500
PATIENCE = 2.0
"""Seconds that a request waits for its turn; then its decision is queued."""
_PATIENT = BoundedSemaphore(2)
"""Fewer requests than any server has threads: where more want to wait, theirs are queued at once."""
DONE, REFUSED, SET_ASIDE = "done", "refused", "set_aside"
WRITERS: Mapping[str, Callable[[Connection, str, Entry], Act]] = {
    vetoes.DECIDE: vetoes.write_decision,
    replies.REPLY: replies.write_reply,
    replies.ADD_EVIDENCE: replies.write_evidence,
    replies.DECIDE_MARK: replies.write_decision,
    publications.PUBLISH: publications.write_publication,
    scheme_decisions.DRAFT: scheme_decisions.write_draft,
    scheme_decisions.ADOPT: scheme_decisions.write_adoption,
    scheme_decisions.WITHDRAW: scheme_decisions.write_withdrawal,
    extensions.EXTEND: extensions.write_extension,
    intake_decisions.CONFIRM: intake_decisions.write_confirmation,
    intake_decisions.WITHDRAW: intake_decisions.write_withdrawal,
    intake_decisions.RETURN: intake_decisions.write_return,
    intake_decisions.MATCH: intake_decisions.write_match,
    intake_decisions.ATTACH: intake_decisions.write_attachment,
    intake_decisions.RETRY: intake_decisions.write_retry,
    intake_decisions.DISCARD: intake_decisions.write_discard,
    own_review.COUNT: own_review.write_count,
    proposals.PROPOSE: proposals.write_proposal,
    proposals.REFUSE: proposals.write_refusal,
    intake_decisions.FORGET: intake_decisions.write_forgetting,
    **stationery.WRITERS,
    **issued_lists.WRITERS,
    **calendar_events.WRITERS,
    **plan_decisions.WRITERS,
}
ROWS = {
    **intake_decisions.ROWS,
    **proposals.ROWS,
    **replies.ROWS,
    **scheme_decisions.ROWS,
    **stationery.ROWS,
    **issued_lists.ROWS,
    **calendar_events.ROWS,
    **plan_decisions.ROWS,
    vetoes.DECIDE: vetoes.ROW,
    publications.PUBLISH: publications.ROW,
    extensions.EXTEND: extensions.ROW,
}
ASKING = frozenset({intake_decisions.CONFIRM, intake_decisions.RETRY})
"""Decisions that have the loader take up a receipt again."""


class Undecidable(ValueError):
    """A decision that cannot be taken as asked; the text says why."""


class Outdated(Undecidable):
    """What was looked at is no longer what there is."""


@dataclass(frozen=True, slots=True)
class Seconded:
    """Which proposal a decision carries out, and which other account confirmed it."""

    proposal: int
    by: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a decision is taken: database, archive and zone; by whom, and when, and who confirmed what needs a second account."""

    url: str
    archive: Archive
    zone: str
    actor: str
    at: datetime
    seconded: Seconded | None = None

    @classmethod
    def of(cls, settings: Settings, actor: str, at: datetime) -> Desk:
        """Of one installation."""
        return cls(settings.database_url, Archive(settings.archive_dir), settings.zone, actor, at)


class Taken(NamedTuple):
    """A decision's line in the journal, and whether it is queued: then it is carried out when its turn comes.

    ``proposed``: it concerns the office itself, and a second account must confirm it.
    """

    number: int
    queued: bool
    proposed: bool = False


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
        _refuse_impossible(zone, told)
        if extensions.concerns_the_office(zone, told):
            return taking.decide(extensions.EXTEND, zone.office.code, told, of_all=unit is None)
        return taking.take(extensions.EXTEND, told)


def _check_extension(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    _refuse_impossible(read_zone(connection, zone), told)


def _refuse_impossible(zone: Zone, told: Mapping[str, Any]) -> None:
    why_not = extensions.impossible(zone, told)
    if why_not is not None:
        raise Undecidable(why_not)


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
        of = _submission(taking.connection, desk.zone, number)
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
        of = _submission(taking.connection, desk.zone, number)
        if of.forgotten_at is not None:
            raise Undecidable(intake_decisions.let_go_sentence())
        otherwise = without_hidden is not None and _counts(taking.connection, desk.zone, of)
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


def _counts(connection: Connection, zone: str, of: Row[Any]) -> bool:
    found = in_force(connection, zone, of.kind, of.unit, of.period) if of.status == "accepted" else None
    return found is not None and found.submission == of.submission


def return_workbook(desk: Desk, number: int, reason: str) -> Taken:
    """The office returns an accepted workbook that is in force, with the reason; from now on it does not count.

    Where workbooks of the same unit came before and are still to be checked, it is done after them. One with the office's
    own figures, or a review by which its own unit is marked, is only proposed to be returned, until a second account confirms it;
    a review, which is of all units, at once where nobody could.
    """
    said = reason_given(reason, _("Say why it is returned, so that its sender can correct it."))
    with deciding(desk) as taking:
        of = _submission(taking.connection, desk.zone, number)
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


def propose_while_loading(
    url: str, archive: Archive, zone: str, database: str, act: str, told: Mapping[str, Any], *, actor: str, at: datetime
) -> None:
    """What a workbook that is about to be accepted would decide on the office itself waits for a second account from before
    on; once, however often it is taken up. Only who holds ``archive.loading()`` may.
    """
    with database_errors(), reader(url).connect() as connection:
        if any(_what(one.act, one.told) == _what(act, told) for one in proposals.waiting(connection, zone)):
            return
    whole = {"act": act, "unit": told["unit"], "told": dict(told), "actor": actor}
    _check_fits(proposals.PROPOSE, whole)
    entry = archive.append(at.isoformat(), database, proposals.PROPOSE, whole)
    why_not = carry_out(url, archive, zone, entry, late=False)
    if why_not is not None:
        raise Undecidable(why_not)


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
            _check(taking.connection, desk.zone, replies.REPLY, one)
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


def waiting(connection: Connection, archive: Archive, zone: str) -> QueueState:
    """What the journal holds that is not done yet: receipts without an outcome, decisions without a row."""
    return standing(connection, archive, zone, ASKING, WRITERS)


def catch_up(url: str, archive: Archive, zone: str) -> QueueState:
    """Carry out the decisions whose turn it is, and write lines of outcomes that a power cut took along; what waits then.

    Only who holds ``archive.loading()`` may.
    """
    with database_errors(), reader(url).connect() as connection:
        if nothing_waits(connection, archive, zone):
            return QueueState()
        found = waiting(connection, archive, zone)
        due = [entry for entry in found.undecided if not _after_a_receipt(connection, zone, entry, found)]
        if not due and not found.untold:
            return found
        tell_untold(connection, archive, zone, found.database, found.untold)
    for entry in due:
        carry_out(url, archive, zone, entry, late=True)
    with database_errors(), reader(url).connect() as connection:
        return waiting(connection, archive, zone)


def _after_a_receipt(connection: Connection, zone: str, entry: Entry, found: QueueState) -> bool:
    """Whether a workbook of the decision's unit came before it and has no outcome yet."""
    before = {receipt.party for receipt in found.waiting if receipt.line < entry.number}
    return bool(before) and not before.isdisjoint(_parties(connection, zone, entry.data))


def _parties(connection: Connection, zone: str, told: Mapping[str, Any]) -> set[str]:
    """Whose workbooks a decision is about."""
    of = None
    if "submission" in told:
        this = submission.c.zone == zone, submission.c.submission == told["submission"]
        of = connection.execute(select(submission.c.only_unit, submission.c.unit).where(*this)).first()
    if of is None:
        return {told["unit"]} if told.get("unit") else set()
    return {of.only_unit or "", *([of.unit] if of.unit else [])}


def carry_out(url: str, archive: Archive, zone: str, entry: Entry, *, late: bool) -> str | None:
    """Write one decision; why not, where it is no longer possible or the program fails on it. Only who holds
    ``archive.loading()`` may.

    ``late``: others were done since its line was written. That, and why it was not carried out, is a line of its own.
    """
    tries = Tries(archive.folder)
    try:
        if tries.begin(entry.number) >= MOST_TRIES:
            raise GaveUp
        if late:
            with database_errors(), reader(url).connect() as connection:
                _check(connection, zone, entry.act, entry.data)
        with write_transaction(url) as connection:
            write_decision(connection, archive, zone, entry)
            if late:
                _tell_carried_out(archive, entry, DONE, None)
        return None
    except (StoreError, ArchiveError):
        raise
    except Undecidable as error:
        return _not_carried_out(url, archive, zone, entry, REFUSED, str(error))
    except Exception as error:  # noqa: BLE001  # one decision that cannot be written must not hold up those behind it
        log.error("the program failed on line %s of the journal: %s", entry.number, type(error).__name__)  # noqa: TRY400  # its text may hold what people wrote
        said = _("The program failed on this decision; it was not carried out. Please tell the administrator.")
        return _not_carried_out(url, archive, zone, entry, SET_ASIDE, said)
    finally:
        tries.over(entry.number)


class GaveUp(Exception):
    """Three tries did not come to an end."""


def _not_carried_out(url: str, archive: Archive, zone: str, entry: Entry, outcome: str, reason: str) -> str:
    """Keep that a decision is not carried out: nothing of what it holds is written but who took it, and when."""
    with write_transaction(url) as connection:
        record_outcome(connection, archive, zone, entry, outcome, reason)
        _tell_carried_out(archive, entry, outcome, reason)
    return reason


def record_outcome(
    connection: Connection, archive: Archive, zone: str, entry: Entry, outcome: str, reason: str | None
) -> None:
    """The row of a decision that was not carried out, with its audit entry."""
    at = datetime.fromisoformat(entry.at)
    actor = storable(str(entry.data.get("actor", "")), 60)
    number = entry.data.get("submission")
    about = number if isinstance(number, int) and 0 < number < 2**31 else None
    connection.execute(
        insert(decision).values(
            zone=zone, entry=entry.number, act=storable(entry.act, 20), actor=actor, at=at, outcome=outcome, reason=reason,
            submission=about,
        )
    )  # fmt: skip
    detail = {"act": storable(entry.act, 20), "reason": reason}
    subject = f"journal {entry.number}" if about is None else submission_subject(about)
    record(connection, zone, at, actor, f"decision {outcome}", subject, detail, journal=archive.last_hash())


def _tell_carried_out(archive: Archive, entry: Entry, outcome: str, reason: str | None) -> None:
    told = {"decision": entry.number, "outcome": outcome, "reason": reason}
    archive.append(entry.at, entry.database, CARRIED_OUT, told)


def write_decision(connection: Connection, archive: Archive, zone: str, entry: Entry) -> None:
    """Write one decision: what it does, that it was taken, and its audit entry."""
    at, actor = datetime.fromisoformat(entry.at), entry.data["actor"]
    about = entry.data.get("submission")
    connection.execute(
        insert(decision).values(zone=zone, entry=entry.number, act=entry.act, actor=actor, at=at, submission=about)
    )
    act = proposals.confirmed(connection, zone, entry, WRITERS[entry.act](connection, zone, entry))
    record(connection, zone, at, actor, act.action, act.subject, act.detail, journal=archive.last_hash())


@dataclass(slots=True)
class Taking:
    """Decisions being taken; ``connection`` reads. Whoever does not hold the right to load can only queue them."""

    desk: Desk
    database: str
    connection: Connection
    holds: bool

    def take(self, act: str, told: Mapping[str, Any], *, after_others: bool = False) -> Taken:
        """Check and journal one decision, then carry it out, or leave it to its turn.

        ``after_others``: workbooks of the same unit that came before it come first.
        """
        desk = self.desk
        both = (
            {}
            if desk.seconded is None
            else {proposals.NUMBER: desk.seconded.proposal, proposals.SECOND: desk.seconded.by}
        )
        whole = {**told, "actor": desk.actor, **both}
        _check_fits(act, whole)
        _check(self.connection, desk.zone, act, whole)
        queued = not self.holds or (after_others and self._others_wait(told))
        if queued:
            self._refuse_a_second(act, whole)
        entry = desk.archive.append(desk.at.isoformat(), self.database, act, whole)
        if not queued:
            why_not = carry_out(desk.url, desk.archive, desk.zone, entry, late=False)
            if why_not is not None:
                raise Undecidable(why_not)
        return Taken(entry.number, queued)

    def _others_wait(self, told: Mapping[str, Any]) -> bool:
        found = waiting(self.connection, self.desk.archive, self.desk.zone).waiting
        parties = _parties(self.connection, self.desk.zone, told)
        return any(receipt.party in parties for receipt in found)

    def _refuse_a_second(self, act: str, whole: Mapping[str, Any]) -> None:
        """Who asks again for what is queued hears so; it is not queued twice."""
        queued = waiting(self.connection, self.desk.archive, self.desk.zone).undecided
        if any(one.act == act and {**one.data, "actor": None} == {**whole, "actor": None} for one in queued):
            raise Undecidable(_("This is queued already; it is done when its turn comes."))

    def decide(
        self, act: str, unit: str | None, told: Mapping[str, Any], *, after_others: bool = False, of_all: bool = False
    ) -> Taken:
        """Take a decision on a unit, or propose it where the unit is the office and nobody seconded it.

        ``of_all``: one that is of all units as well; it is only proposed where another account could confirm it.
        """
        zone, actor = self.desk.zone, self.desk.actor
        alone = self.desk.seconded is None and proposals.is_of_the_office(self.connection, zone, unit)
        if not alone or (of_all and not proposals.anybody_could_confirm(self.connection, zone, actor)):
            return self.take(act, told, after_others=after_others)
        _check(self.connection, zone, act, told)
        alike = _what(act, told)
        if any(_what(one.act, one.told) == alike for one in proposals.waiting(self.connection, zone)):
            raise Undecidable(_("This is proposed already and waits for a second account."))
        return self.take(proposals.PROPOSE, {"act": act, "unit": unit, "told": dict(told)})._replace(proposed=True)


def _what(act: str, told: Mapping[str, Any]) -> tuple[Any, ...]:
    """What a decision is about, whatever the reason given for it."""
    return act, *map(told.get, ("submission", "kind", "unit", "period", "measure"))


def _check_fits(act: str, told: Mapping[str, Any]) -> None:
    """Undecidable where a row of the decision could not be written: then its line must not stand either."""
    table, names = ROWS.get(act, (decision, {"actor": "actor"}))
    try:
        check_texts(told)
        check_row(table, {column: told[name] for column, name in names.items()})
    except Unfit as error:
        raise Undecidable(str(error)) from error


@contextmanager
def deciding(desk: Desk) -> Iterator[Taking]:
    """Decide with the right to load where it is free in time, else without it: decisions are then queued."""
    with ExitStack() as stack:
        patient = _PATIENT.acquire(blocking=False)
        if patient:
            stack.callback(_PATIENT.release)
        try:
            stack.enter_context(desk.archive.loading(PATIENCE if patient else 0))
        except Busy:
            holds = False
        else:
            holds = True
            catch_up(desk.url, desk.archive, desk.zone)
            # A database to which nobody has written since it was copied here takes up its log before it is read.
            with write_transaction(desk.url):
                pass
        with database_errors(), reader(desk.url).connect() as connection:
            yield Taking(desk, database_name(connection, desk.zone), connection, holds)


def _submission(connection: Connection, zone: str, number: int) -> Row[Any]:
    this = submission.c.zone == zone, submission.c.submission == number
    of = connection.execute(select(submission).where(*this)).first()
    if of is None:
        raise Undecidable(_("There is no workbook with the number %(n)s.", n=number))
    return of


def _check_waiting(connection: Connection, zone: str, told: Mapping[str, Any]) -> Row[Any]:
    of = _submission(connection, zone, told["submission"])
    if of.status != "checked":
        raise Outdated(_("This workbook waits for nobody's word any more: it was confirmed, withdrawn or refused."))
    return of


def _check_confirmation(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    of = _check_waiting(connection, zone, told)
    found = in_force(connection, zone, of.kind, of.unit, of.period)
    counts = None if found is None else found.version
    if of.checked_against != told["checked_against"] or counts != told["checked_against"]:
        raise Outdated(_("The data changed since this workbook was checked. Have it checked again, then confirm."))


def _check_return(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    number = told["submission"]
    of = _submission(connection, zone, number)
    counts = in_force(connection, zone, of.kind, of.unit, of.period)
    if counts is None or counts.submission != number:
        raise Undecidable(_("Only a workbook that counts at present can be returned."))
    named = intake_decisions.referenced_later(connection, zone, number)
    if named:
        raise Undecidable(
            _("整改复查 of %(month)s names the case %(number)s of this ledger. Return that month's workbook first.",
              month=named[0][1], number=named[0][0])
        )  # fmt: skip
    elsewhere = intake_decisions.reported_elsewhere(connection, zone, number, of.unit)
    if elsewhere:
        raise Undecidable(
            _("The version before would count again, but its 检查文书号 %(number)s now stands in the ledger of %(month)s. "
              "Return that month's workbook first.", month=elsewhere[0][1], number=elsewhere[0][0])
        )  # fmt: skip


def _check_set_aside(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    if "decision" in told:
        return
    if _submission(connection, zone, told["submission"]).status != SET_ASIDE:
        raise Undecidable(_("This workbook is not set aside any more: it was tried again, or discarded."))


def _check_publication(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    of = (told[name] for name in ("report", "period", "day"))
    if told["revision"] != len(publications.revisions(connection, zone, *of)) + 1:
        raise Undecidable(_("Another revision was published meanwhile."))


def _check_adoption(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    draft = parsed(told["text"])
    why_not = scheme_decisions.why_not_adopted(connection, zone, draft)
    if why_not is not None:
        raise Undecidable(why_not)
    moved = [str(one) for one in scheme_decisions.moved(connection, read_zone(connection, zone), draft)]
    if moved != list(told["known"]):
        raise Outdated(
            _(
                "What is published and would move with this scheme is not what the page showed. Read it again, then decide."
            )
        )


def _check_withdrawal(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    day = date.fromisoformat(told["day"])
    why_not = scheme_decisions.why_not_withdrawn(connection, zone, told["name"], told["version"], day)
    if why_not is not None:
        raise Undecidable(why_not)


def _check_possible(
    act: str, impossible: Callable[[Connection, str, str, Mapping[str, Any]], str | None]
) -> Callable[[Connection, str, Mapping[str, Any]], None]:
    def check(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
        why_not = impossible(connection, zone, act, told)
        if why_not is not None:
            raise Undecidable(why_not)

    return check


def _check_counting(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    of = _submission(connection, zone, told["submission"])
    if of.status != "accepted" or of.returned_at is not None:
        raise Undecidable(_("This review was returned, or not loaded: there is nothing to confirm of it."))
    if not _counts(connection, zone, of):
        raise Undecidable(_("A later review has come since: there is nothing to confirm of this one."))


def _check_there(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    _submission(connection, zone, told["submission"])


def _check(connection: Connection, zone: str, act: str, told: Mapping[str, Any]) -> None:
    """Undecidable where a decision is impossible as things stand, or answers a proposal that waits no more."""
    if proposals.NUMBER in told and proposals.one_waiting(connection, zone, told[proposals.NUMBER]) is None:
        raise Undecidable(_("This decision waits for nobody any more: it was confirmed or refused."))
    try:
        if act in _CHECKS:
            _CHECKS[act](connection, zone, told)
    except reply_checks.Impossible as error:
        raise Undecidable(str(error)) from error


_CHECKS: Mapping[str, Callable[[Connection, str, Mapping[str, Any]], object]] = {
    intake_decisions.CONFIRM: _check_confirmation,
    intake_decisions.WITHDRAW: _check_waiting,
    intake_decisions.RETURN: _check_return,
    intake_decisions.ATTACH: _check_there,
    own_review.COUNT: _check_counting,
    publications.PUBLISH: _check_publication,
    replies.REPLY: reply_checks.check_reply,
    replies.ADD_EVIDENCE: reply_checks.check_evidence,
    replies.DECIDE_MARK: reply_checks.check_decision,
    scheme_decisions.ADOPT: _check_adoption,
    scheme_decisions.WITHDRAW: _check_withdrawal,
    extensions.EXTEND: _check_extension,
    intake_decisions.RETRY: _check_set_aside,
    intake_decisions.DISCARD: _check_set_aside,
    **{act: _check_possible(act, stationery.impossible) for act in stationery.WRITERS},
    **{act: _check_possible(act, issued_lists.impossible) for act in issued_lists.WRITERS},
    **{act: _check_possible(act, calendar_events.impossible) for act in calendar_events.WRITERS},
    **{act: _check_possible(act, plan_decisions.impossible) for act in plan_decisions.WRITERS},
}
"""What must hold when a decision is taken, and again when one that was queued is carried out."""


def reason_given(text: str, without: str) -> str:
    """What was said, as long as it is kept; Undecidable with this sentence where nothing was."""
    said = text.strip()
    if not said:
        raise Undecidable(without)
    return said[:LONGEST_REASON]
