"""The year's work plan over HTTP: taken along, handed in again, looked at beside the version that holds, adopted. Plain forms.

What was handed in travels in the form that adopts it: nothing is kept of a plan before the office adopts it.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, numbers
from dashboards.components.page_list import WORK_PLAN
from dashboards.results import plan_book, plan_change
from dashboards.results.plan_change import PlanChanged
from dashboards.results.reading import Reading
from dashboards.web.admission import LARGEST_BODY
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.export_files import MEDIA
from dashboards.web.file_names import handed_out
from dashboards.web.notice import answer, render
from dashboards.web.reason import in_one_line
from data.intake import plan_decisions
from data.intake.deciding import LONGEST_REASON
from data.intake.plan_adoption import adopt_plan
from data.intake.plan_decisions import PlanVersion
from data.language import gettext as _
from data.zone.plan_cells import cells_of, item_of
from data.zone.plan_changes import PlanChange
from data.zone.plan_faults import PlanFaults, not_a_text, understood
from data.zone.plan_text import HEADINGS, PARTS, content_of, item_content, written
from data.zone.work_plan import LONGEST_TEXT, PlanItem, WorkPlan
from data.zone.zone import Unit, Zone

CHECK, ADOPT, ITEM = "/plan/check", "/plan/adopt", "/plan/item"
FILE = "file"
LONG_FIELDS = frozenset({"sentence", "evidence", "title", "filed_by", "object", "dues"})
LONGEST_FIELD = 2_000
_LONGEST_BYTES = 4 * LONGEST_TEXT
_ZIP = b"PK\x03\x04"


def _said(sentence: str, status: int) -> AnyResponse:
    return answer(sentence, status, heading=_("Not done"), way=WORK_PLAN.path, way_words=WORK_PLAN.title)


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule("/plan/<int:year>.<form>", "plan-file", _decided(file_of))
    server.add_url_rule(CHECK, "plan-check", _decided(check), methods=["POST"])
    server.add_url_rule(ADOPT, "plan-adopt", _decided(adopt), methods=["POST"])
    server.add_url_rule(ITEM, "plan-item", _decided(item_form), methods=["GET"])
    server.add_url_rule(ITEM, "plan-item-changed", _decided(change_item), methods=["POST"])


def file_of(year: int, form: str) -> AnyResponse:
    """A year's plan as a workbook to be edited, or its YAML to the letter; of a version, or the one that holds."""
    _who_prepares()
    with current().reading() as reading:
        found = _version(reading, year, request.args.get("version", ""))
        name = f"{found.plan.plan}-{found.version}"
        if form == "yaml":
            return handed_out(Response(found.text, mimetype="application/yaml"), f"{name}.yaml", ("yaml",))
        if form != "xlsx":
            raise NotThere(_("There is no such version."))
        file = plan_book.workbook(found.plan, found.version, reading.zone)
    return handed_out(Response(file, mimetype=MEDIA["xlsx"]), f"{name}.xlsx", ("xlsx",))


def check() -> AnyResponse:
    """What is wrong with what was handed in, or what it would change; nothing is kept."""
    _who_prepares()
    given = request.files.get(FILE)
    raw = b"" if given is None else given.stream.read(LARGEST_BODY + 1)
    if not raw:
        raise ValueError(_("Choose a file first."))
    with current().reading() as reading:
        try:
            text = plan_book.read(raw, reading.zone) if raw.startswith(_ZIP) else _decoded(raw)
            return _looked_at(reading, text, understood(text, reading.zone))
        except PlanFaults as error:
            return _faulty(error, 400)


def adopt() -> AnyResponse:
    """What was looked at holds from now on, with a reason; where another version came since nobody adopts unread."""
    if not current().scope.decides:
        raise NotYours(_("Only the committee's office adopts a work plan."))
    text, seen = _unpacked(request.form.get("text", "")), request.form.get("seen", "")
    reason = in_one_line(request.form.get("reason", ""))
    if not reason:
        with current().reading() as reading:
            plan = understood(text, reading.zone)
            return _looked_at(reading, text, plan, _("Say why the plan is changed."), 400)
    try:
        taken = adopt_plan(desk(), text, reason=reason, seen=int(seen) if seen.isdecimal() else 0)
    except PlanFaults as error:
        return _faulty(error, 400)
    return waits(WORK_PLAN.path, WORK_PLAN.title) if taken.queued else redirect(WORK_PLAN.path + "#editing", 303)


def item_form() -> AnyResponse:
    """The form over one item of the version that holds."""
    _who_prepares()
    with current().reading() as reading:
        found, item = _item_asked(reading, request.args)
        return _item_page(found, item, cells_of(item, reading.zone), [], 200)


def change_item() -> AnyResponse:
    """What changing one item as typed would change; the form as it was typed where it cannot be."""
    _who_prepares()
    with current().reading() as reading:
        found, item = _item_asked(reading, request.form)
        typed = {name: " ".join(request.form.get(name, "")[:LONGEST_FIELD].split()) for name in HEADINGS}
        told = item_of({**typed, "number": item.number, "article": item.article}, reading.zone)
        items = [told if one is item else item_content(one) for one in found.plan.items]
        text = written({**content_of(found.plan), "items": items})
        try:
            plan = understood(text, reading.zone)
        except PlanFaults as error:
            return _item_page(found, item, typed, [one.sentence for one in error.faults], 400)
        return _looked_at(reading, text, plan)


def _item_asked(reading: Reading, asked: Mapping[str, str]) -> tuple[PlanVersion, PlanItem]:
    year = address.number(asked.get("year", ""))
    found = _version(reading, year or 0, "")
    item = found.plan.item_by_number.get(asked.get("item", ""))
    if item is None:
        raise NotThere(_("The plan has no such item."))
    return found, item


def _item_page(
    found: PlanVersion, item: PlanItem, typed: Mapping[str, str], faults: Sequence[str], status: int
) -> AnyResponse:
    fixed = {"number", "article"}
    words = {
        "lead": _("Several are written with a semicolon between them, numbers by name as name=number. Nothing is changed yet: next is shown what it would change."),
        "look": _("See what it would change"), "back": _("Back to the work plan"),
    }  # fmt: skip
    return render(
        "plan_item.html", _("Item %(number)s of the plan of %(year)s", number=item.number, year=found.plan.year), status,
        wide=True, year=found.plan.year, item=item.number, words=words, faults=faults,
        fields=[(name, label, typed.get(name, ""), name in LONG_FIELDS) for name, label in HEADINGS.items() if name not in fixed],
        way=WORK_PLAN.path + address.query(item=item.number), longest=LONGEST_FIELD,
    )  # fmt: skip


def _looked_at(reading: Reading, text: str, plan: WorkPlan, sentence: str = "", status: int = 200) -> AnyResponse:
    found = plan_change.fetch(reading, plan)
    words = {
        "summary": _summary(found), "changes": _("What is changed"), "heads": [_("Where"), _("Field"), _("Before"), _("After")],
        "moved": _("Milestones that move in the quarterly scores"), "moved_heads": [_("Quarter"), _("Units: done of due, before → after")],
        "not_moved": _("No unit's milestones move."), "published": _("Published; it stays as it was published, and the live figures are told as overtaking it."),
        "stays": _("What was published stays as it was; what was known on an earlier day stays known by the version of that day."),
        "reason": _("Why the plan is changed (kept on record)"), "adopt": _("Adopt this version"), "back": _("Back to the work plan"),
        "nothing": _("Nothing of it is changed."), "who": _("The committee's office adopts it."),
    }  # fmt: skip
    return render(
        "plan_change.html", _("%(plan)s: version %(n)s", plan=plan.plan, n=found.seen + 1), status,
        words=words, wide=True, sentence=sentence, text=_packed(text), seen=found.seen, longest=LONGEST_REASON,
        changes=[_cells(one) for one in found.changes], moved=_moved(found, reading.zone), adopts=current().scope.decides,
        way=WORK_PLAN.path,
    )  # fmt: skip


def _summary(found: PlanChanged) -> str:
    items = [one for one in found.changes if one.part == "items"]
    added = sum(one.before is None for one in items)
    removed = sum(one.after is None for one in items)
    changed = len({one.which for one in items if one.field})
    if not found.seen:
        return _("%(year)s has no plan yet: %(n)s items.", year=found.plan.year, n=added)
    return _("Against version %(seen)s: %(added)s items added, %(removed)s removed, %(changed)s changed.",
             seen=found.seen, added=added, removed=removed, changed=changed)  # fmt: skip


def _cells(one: PlanChange) -> tuple[str, str, str, str]:
    where = _("%(part)s %(which)s", part=PARTS[one.part], which=one.which).strip()
    said = [numbers.NONE if told is None or not told else told for told in (one.before, one.after)]
    return where, HEADINGS.get(one.field, ""), said[0], said[1]


def _moved(found: PlanChanged, _zone: Zone) -> list[dict[str, Any]]:
    return [
        {"quarter": numbers.period(one.quarter), "published": one.published,
         "units": _(", ").join(_of_unit(unit, *pair) for unit, pair in one.units.items())}
        for one in found.moved
    ]  # fmt: skip


def _of_unit(unit: Unit, before: tuple[int, int], after: tuple[int, int]) -> str:
    then, now = (f"{done}/{due}" for due, done in (before, after))
    return _("%(unit)s %(before)s → %(after)s", unit=unit.short_name, before=then, after=now)


def _faulty(error: PlanFaults, status: int) -> AnyResponse:
    """Everything that is wrong, a sentence each."""
    words = {
        "lead": _("This was not taken: %(n)s faults. Correct them in the file and hand it in again.", n=len(error.faults)),
        "back": _("Back to the work plan"),
    }  # fmt: skip
    return render(
        "plan_faults.html", _("The plan was not taken"), status, words=words, wide=True, way=WORK_PLAN.path + "#editing",
        faults=[one.sentence for one in error.faults],
    )  # fmt: skip


def _decoded(raw: bytes) -> str:
    if len(raw) > _LONGEST_BYTES:
        raise not_a_text(_("The file is too large for a plan."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_a_text(_("The file is neither a workbook (.xlsx) nor a text in UTF-8 (.yaml).")) from error


def _packed(text: str) -> str:
    """A text as a form carries it to the letter: browsers write line ends anew."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


def _unpacked(told: str) -> str:
    """ValueError where it is none that a form of ours carries."""
    try:
        unpacked = zlib.decompressobj().decompress(base64.b64decode(told, validate=True), _LONGEST_BYTES)
        text = unpacked.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError) as error:
        raise ValueError(_("The form did not come whole. Hand the file in again.")) from error
    if not text:
        raise ValueError(_("The form did not come whole. Hand the file in again."))
    return text


def _version(reading: Reading, year: int, told: str) -> PlanVersion:
    found = plan_decisions.versions(reading.connection, reading.zone.code, year) if 0 < year < 10_000 else []
    number = address.number(told) if told else len(found)
    if not found or number is None or not 0 < number <= len(found):
        raise NotThere(_("There is no such version."))
    return found[number - 1]


def _who_prepares() -> None:
    if not current().scope.prepares_schemes:
        raise NotYours(_("Only the office and administrators prepare a work plan."))
