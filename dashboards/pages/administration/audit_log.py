"""The audit log as a table, newest first: who did what to what, in words; the whole of it is in the export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import reduce
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components import numbers, parts, scheme_words, words
from dashboards.results.administration import AuditPage
from dashboards.results.names import document
from data.intake.audit import AuditEntry
from data.language import gettext as _
from data.people.scope import Role
from data.zone.zone import Zone

LONGEST_DETAIL = 160
LEFT_OUT = frozenset({"sha256"})


def audit_table(page: AuditPage, zone: Zone, *, identity: str) -> Component:
    """One row an act."""
    if not page.entries:
        return parts.empty(_("The audit log has no entry of this account."))
    heads = [_("No."), _("When"), _("Actor"), _("What"), _("About"), _("Details")]
    rows = [html.Tr(_row(entry, zone)) for entry in page.entries]
    table = [html.Thead(html.Tr([parts.head(head) for head in heads])), html.Tbody(rows)]
    return html.Table(table, className="data-table audit-list", id=identity)


def _row(entry: AuditEntry, zone: Zone) -> list[Component]:
    return [
        parts.cell(_("No."), numbers.count(entry.entry)),
        parts.cell(_("When"), numbers.instant(entry.at, zone), name="day"),
        parts.cell(_("Actor"), entry.actor),
        parts.cell(_("What"), act(entry.action)),
        parts.cell(_("About"), html.Span(about(entry.subject), className="file")),
        parts.cell(
            _("Details"), html.Small(details(entry.detail, zone) or numbers.NONE, className="file"), name="wide"
        ),
    ]


def act(action: str) -> str:
    """An act of the log; one that has no word here stands as the log has it."""
    return acts().get(action, action)


def acts() -> dict[str, str]:
    """The words for each act."""
    return {
        "signed in": _("signed in"),
        "signed out": _("signed out"),
        "sign-in refused": _("sign-in refused"),
        "sign-in locked": _("sign-in locked"),
        "password changed": _("password changed"),
        "password change refused": _("change of password refused"),
        "password reset": _("password reset"),
        "account added": _("account made"),
        "account enabled": _("account enabled"),
        "account disabled": _("account disabled"),
        "role changed": _("role changed"),
        "configuration written": _("configuration written"),
        "workbook accepted": _("workbook accepted"),
        "workbook rejected": _("workbook refused"),
        "originals let go": _("originals let go"),
        "workbook duplicate": _("workbook received again"),
        "veto confirmed": _("veto confirmed"),
        "own marks confirmed": _("office's own marks confirmed"),
        "veto dismissed": _("veto dismissed"),
        "mark agreed": _("mark agreed to"),
        "mark contested": _("mark contested"),
        "evidence added": _("evidence added"),
        "mark upheld": _("contested mark upheld"),
        "mark changed": _("contested mark changed"),
        "report published": _("report published"),
        "scheme drafted": _("scheme drafted"),
        "scheme adopted": _("scheme adopted"),
        "scheme withdrawn": _("scheme withdrawn"),
        "plan adopted": _("work plan adopted"),
        "document drafted": _("document drafted"),
        "document adopted": _("document adopted"),
        "document numbered": _("document numbered"),
        "promise recorded": _("promise recorded"),
        "lists issued": _("lists of whom to inspect issued"),
        "lists drawn of": _("drawn of issued lists"),
        "re-check recorded": _("outcome of a re-check recorded"),
        "event added": _("event added to the calendar"),
        "event changed": _("event of the calendar changed"),
        "event held": _("event recorded as held"),
        "event cancelled": _("event cancelled"),
        "leader named": _("who holds a post was recorded"),
        "deadline extended": _("deadline extended"),
        "draft opened": _("draft opened"),
        "account unlocked": _("account unlocked"),
        "decision proposed": _("decision on the office proposed"),
        "proposal refused": _("decision on the office refused"),
    }


def about(subject: str) -> str:
    """What an act was about."""
    kind, _blank, name = subject.partition(" ")
    if kind == "scheme":
        return scheme_words.subject(name)
    if kind == "document":
        return document(name)
    names = {
        "account": _("account %(name)s", name=name),
        "submission": _("workbook no. %(name)s", name=name),
        "originals": _("refused workbooks"),
        "lists": _("issued lists, line %(name)s", name=name),
        "publication": _("publication, line %(name)s", name=name),
        "event": _("event of the calendar, line %(name)s", name=name),
    }
    return names.get(kind, subject)


def details(detail: Mapping[str, Any], zone: Zone) -> str:
    """Particulars in one short line; hashes stand in the export."""
    told = [(key, _said(key, value, zone)) for key, value in detail.items() if key not in LEFT_OUT and value]
    line = " · ".join(_("%(key)s: %(value)s", key=_key(key), value=value) for key, value in told)
    return line if len(line) <= LONGEST_DETAIL else f"{line[:LONGEST_DETAIL]}…"


def _key(key: str) -> str:
    names = {
        "way": _("way"),
        "reason": _("reason"),
        "role": _("role"),
        "unit": _("unit"),
        "before": _("before"),
        "after": _("after"),
        "until": _("until"),
        "day": _("extended to"),
        "file": _("file"),
        "version": _("version"),
        "note": _("note"),
        "grounds": _("grounds"),
        "second": _("second account"),
        "measure": _("measure"),
        "mark": _("mark"),
        "valid_from": _("valid from"),
        "known": _("published before"),
        "draft": _("draft"),
        "number": _("number of the document"),
        "due": _("by which day"),
        "on": _("on the day"),
        "held_on": _("day on which it took place"),
    }
    return names.get(key, key)


def _said(key: str, value: Any, zone: Zone) -> str:
    if isinstance(value, Mapping):
        said = [_said(name, part, zone) for name, part in value.items() if part]
        return reduce(lambda one, other: _("%(before)s, %(after)s", before=one, after=other), said) if said else ""
    if key == "known":
        return _(", ").join(map(scheme_words.told_published, value))
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    if key == "until":
        return numbers.instant(datetime.fromisoformat(value), zone)
    unit = zone.unit_by_code.get(str(value)) if key == "unit" else None
    return _word(str(value)) if unit is None else unit.short_name


def _word(value: str) -> str:
    names = {
        "password": _("password"),
        "unified sign-in": _("unified sign-in"),
        "demo": _("demo"),
        "wrong": _("wrong"),
        "locked": _("locked"),
        **{role.value: words.role(role) for role in Role},
    }
    return names.get(value, value)


def pager(page: AuditPage, *, link: Callable[[int], str], identity: str) -> Component | None:
    """Which entries are shown, and the way to the others."""
    if page.total <= page.size:
        return None
    first, last = page.page * page.size + 1, min((page.page + 1) * page.size, page.total)
    shown = _("entries %(first)s–%(last)s of %(total)s", first=first, last=last, total=page.total)
    back = dcc.Link(_("← newer"), href=link(page.page - 1)) if page.page else None
    on = dcc.Link(_("older →"), href=link(page.page + 1)) if last < page.total else None
    return html.Nav([html.Span(shown), back, on], className="pager", id=identity,
                    **parts.attributes(aria_label=_("Pages of the audit log")))  # fmt: skip
