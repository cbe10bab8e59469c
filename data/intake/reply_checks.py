"""What must hold when a mark is answered, evidence added, or a contested mark decided: as things stand when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from data.intake import publications, replies
from data.intake.standing_marks import holds, waits
from data.language import gettext as _


class Impossible(ValueError):
    """What cannot be answered or decided as asked; the text says why."""


def check_reply(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    """Impossible from the publication on, after the office's decision, and to another mark than the one looked at."""
    period, unit, measure = told["period"], told["unit"], told["measure"]
    _unpublished(connection, zone, period)
    mark = replies.reviewed(connection, zone, period, unit).get(measure)
    if mark is None or (mark.submission, mark.mark) != (told["review"], Decimal(told["mark"])):
        raise Impossible(_("The mark changed since the page was opened. Read it again, then answer."))
    last = replies.last_reply(connection, zone, period, unit, measure)
    if told["replaces"] != (0 if last is None else last.entry):
        raise Impossible(_("This mark was answered meanwhile. Read the page again."))
    decided = replies.decided(replies.last_decision(connection, zone, period, unit, measure))
    if decided is None or waits(replies.answered(last), decided):
        return
    of = (period, unit, measure)
    if holds(replies.versions(connection, zone, [of])[of], decided):
        raise Impossible(_already_decided())


def check_evidence(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    """Impossible from the publication or the decision on, and for what the unit has not contested, or no longer."""
    of = the_reply(connection, zone, told["reply"])
    _unpublished(connection, zone, of.period)
    _contested(connection, zone, of)
    decided = replies.last_decision(connection, zone, of.period, of.unit, of.measure)
    if decided is not None and decided.reply == of.entry:
        raise Impossible(_already_decided())


def check_decision(connection: Connection, zone: str, told: Mapping[str, Any]) -> None:
    """Impossible unless the reply is the unit's last word and contests, and mark and decision are those looked at."""
    of = the_reply(connection, zone, told["reply"])
    _contested(connection, zone, of)
    mark = replies.reviewed(connection, zone, of.period, of.unit).get(of.measure)
    if mark is None or mark.mark != Decimal(told["before"]):
        raise Impossible(_("The mark changed since the page was opened. Read it again, then decide."))
    last = replies.last_decision(connection, zone, of.period, of.unit, of.measure)
    if told["replaces"] != (0 if last is None else last.entry):
        raise Impossible(_("This mark was decided on meanwhile. Read the page again."))


def the_reply(connection: Connection, zone: str, number: int) -> Row[Any]:
    """A reply by its line of the journal; Impossible where it is none."""
    of = replies.one_reply(connection, zone, number)
    if of is None:
        raise Impossible(_("There is no such reply."))
    return of


def _unpublished(connection: Connection, zone: str, period: str) -> None:
    if publications.revisions(connection, zone, "scores", period):
        raise Impossible(_("The quarter is published: its marks can be answered no more."))


def _contested(connection: Connection, zone: str, of: Row[Any]) -> None:
    last = replies.last_reply(connection, zone, of.period, of.unit, of.measure)
    if last is None or last.entry != of.entry or of.agrees:
        raise Impossible(_("The unit has answered otherwise meanwhile. Read the page again."))


def _already_decided() -> str:
    return _("The office has decided on this mark; the reply stands as it is.")
