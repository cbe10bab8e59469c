"""Schemes over HTTP: the form over one, and what is decided on it. Plain forms, each checked as if its sender were hostile.

The form is a page without Dash: it works without a script, and what is refused comes back as it was typed, each fault at its
field. A draft that is kept is looked at on the page of schemes, and adopted from there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Flask, Response, redirect, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as AnyResponse

from dashboards.components import address, scheme_fields, scheme_words
from dashboards.components.page_list import SCHEMES
from dashboards.components.scheme_fields import FormSection
from dashboards.results import schemes
from dashboards.results.reading import Reading
from dashboards.results.schemes import DraftLooked
from dashboards.web.context import current
from dashboards.web.decided import NotThere, NotYours, decided, desk, waits
from dashboards.web.file_names import handed_out
from dashboards.web.notice import answer, render
from dashboards.web.reason import in_one_line
from data.intake import decisions, scheme_decisions
from data.intake.deciding import Taken
from data.intake.decision_checks import Undecidable
from data.intake.scheme_decisions import NAMES, OF_A_DAY
from data.language import gettext as _
from data.zone.normal import plain
from data.zone.periods import Month, Period, Quarter, Year, following
from data.zone.scheme_faults import WHOLE, Fault, SchemeFaults, understood
from data.zone.scheme_text import PERIODS, asked_period, first_day, period_from, running, written
from data.zone.schemes import LONGEST_TEXT, Scheme, holding, parsed

FORM = "/schemes/form"
EXAMPLES: Mapping[type[Period], str] = {Month: "2022-11", Quarter: "2022Q4", Year: "2023"}
LONGEST_FIELD = 500
MOST_BYTES = 4 * LONGEST_TEXT


def _said(sentence: str, status: int) -> AnyResponse:
    return answer(sentence, status, heading=_("Not decided"), way=SCHEMES.path, way_words=_("Back to the schemes"))


_decided = decided(_said)


def attach(server: Flask) -> None:
    """Add the routes."""
    server.add_url_rule(FORM, "scheme-form", _decided(form), methods=["GET"])
    server.add_url_rule(FORM, "scheme-draft", _decided(keep_draft), methods=["POST"])
    server.add_url_rule("/schemes/file", "scheme-file", _decided(keep_file), methods=["POST"])
    server.add_url_rule("/schemes/adopt", "scheme-adopt", _decided(adopt), methods=["POST"])
    server.add_url_rule("/schemes/withdraw", "scheme-withdraw", _decided(withdraw), methods=["POST"])
    server.add_url_rule("/schemes/text/<name>/<version>", "scheme-text", _decided(text_of_version))
    server.add_url_rule("/schemes/text/draft/<int:number>", "scheme-text-draft", _decided(text_of_draft))


def form() -> AnyResponse:
    """The form over what holds, over another version, or over a draft that is to go on."""
    _who_prepares()
    with current().reading() as reading:
        base = _base(reading, _name(request.args.get("scheme", "")), _base_asked())
        return _form(base, {}, {}, 200)


def keep_draft() -> AnyResponse:
    """Keep what was typed as a draft and show what it would do; where it cannot be taken, the form with all that was typed."""
    _who_prepares()
    sent = {name: told[:LONGEST_FIELD] for name, told in request.form.items()}
    with current().reading() as reading:
        base = _base(reading, _name(sent.get("scheme", "")), sent.get("base", ""))
        try:
            text = _text_typed(reading.connection, base, sent)
            _check_adoptable(reading.connection, text)
        except SchemeFaults as error:
            return _form(base, sent, scheme_fields.placed(error.faults, _shown(base, sent), _rows(base, sent)), 400)
    return _keep(text, base.draft)


def keep_file() -> AnyResponse:
    """Keep a file's YAML, to the letter, as a draft."""
    _who_prepares()
    given = request.files.get("file")
    raw = b"" if given is None else given.read(MOST_BYTES + 1)
    with current().reading() as reading:
        base = _base(reading, _name(request.form.get("scheme", "")), "")
        try:
            text = _text_given(raw)
            scheme = understood(text)
            if scheme.name != base.scheme.name:
                raise SchemeFaults(
                    [
                        Fault(
                            WHOLE,
                            _("The file is a scheme of another kind: %(what)s.", what=scheme_words.scheme(scheme.name)),
                        )
                    ]
                )
            _check_adoptable(reading.connection, text)
        except SchemeFaults as error:
            said = [_of_file(fault) for fault in error.faults]
            return _form(base, {}, {WHOLE: [_("The file was not taken."), *said]}, 400)
    return _keep(text, None)


def adopt() -> AnyResponse:
    """The administrator adopts a draft, with a reason, and knowing what is published already."""
    _who_adopts(_("Only an administrator adopts a scheme; the office prepares it."))
    number, reason = _number(request.form.get("draft", "")), in_one_line(request.form.get("reason", ""))
    known = [told[:100] for told in request.form.getlist("known")]
    with current().reading() as reading:
        found = schemes.draft(reading, number)
    if found is None:
        raise NotThere(_("There is no such draft."))
    try:
        if known and not request.form.get("aware"):
            raise Undecidable(_("Published periods would move in the live figures. Say that you know it, then adopt."))
        taken = decisions.adopt_scheme(desk(), number, known=known, reason=reason)
    except Undecidable as error:
        return _adopt_again(str(error), found, reason)
    return _done(taken, SCHEMES.path + address.query(scheme=found.draft.scheme.name) + "#versions")


def _adopt_again(sentence: str, found: DraftLooked, reason: str) -> AnyResponse:
    """Why it was not adopted, and the same form with the reason that was typed."""
    words = {
        "moved": scheme_words.overtaken(found.moved), "aware": scheme_words.aware(), "reason": scheme_words.why_asked(),
        "adopt": _("Adopt this version"), "back": _("Back to the schemes"),
    }  # fmt: skip
    way = SCHEMES.path + address.query(scheme=found.draft.scheme.name, draft=found.draft.number) + "#draft"
    return render(
        "scheme_adopt.html", _("Not decided"), 409, sentence=sentence, draft=found.draft.number,
        known=[str(one) for one in found.moved], aware=bool(request.form.get("aware")), reason=reason, words=words, way=way,
    )  # fmt: skip


def withdraw() -> AnyResponse:
    """The administrator withdraws a version that does not hold yet, with a reason."""
    _who_adopts(_("Only an administrator withdraws a scheme."))
    name, reason = _name(request.form.get("scheme", "")), in_one_line(request.form.get("reason", ""))
    taken = decisions.withdraw_scheme(desk(), name, request.form.get("version", "")[:40], reason)
    return _done(taken, SCHEMES.path + address.query(scheme=name) + "#versions")


def text_of_version(name: str, version: str) -> AnyResponse:
    """A version's YAML, to the letter; a rule by which all are ranked is everybody's to read."""
    with current().reading() as reading:
        text = schemes.text_of(reading, _name(name), version[:40])
    if text is None:
        raise NotThere(_("There is no such version."))
    return _as_file(text, f"{name}_{version}.yaml")


def text_of_draft(number: int) -> AnyResponse:
    """A draft's YAML, to be given to somebody or changed by hand."""
    _who_prepares()
    with current().reading() as reading:
        found = schemes.draft(reading, number)
    if found is None:
        raise NotThere(_("There is no such draft."))
    return _as_file(found.draft.text, f"{found.draft.scheme.name}_{found.draft.scheme.version}.yaml")


def _as_file(text: str, name: str) -> Response:
    return handed_out(Response(text, mimetype="application/yaml"), name, ("yaml",))


class _Base:
    """What a form begins with: a version or a draft, as text and as what it says."""

    def __init__(self, text: str, told: str, draft: int | None = None) -> None:
        self.text, self.told, self.draft = text, told, draft
        self.scheme: Scheme = parsed(text)


def _base_asked() -> str:
    draft, version = request.args.get("draft", ""), request.args.get("from", "")
    return f"draft:{draft}" if draft else f"version:{version}" if version else ""


def _base(reading: Reading, name: str, told: str) -> _Base:
    """What the form is over, by what its hidden field says; nothing said: what holds today."""
    kind, _colon, which = told.partition(":")
    if kind == "draft":
        found = scheme_decisions.draft(reading.connection, reading.zone.code, _number(which))
        if found is None or found.scheme.name != name:
            raise NotThere(_("There is no such draft."))
        return _Base(found.text, told, found.number)
    version = which if kind == "version" else holding(_present(reading, name), reading.today).version
    text = schemes.text_of(reading, name, version[:40])
    if text is None:
        raise NotThere(_("There is no such version."))
    return _Base(text, f"version:{version}")


def _present(reading: Reading, name: str) -> Sequence[Scheme]:
    return scheme_decisions.present(reading.connection, reading.zone.code, name)


def _text_typed(connection: Connection, base: _Base, sent: Mapping[str, str]) -> str:
    """The YAML of what was typed; SchemeFaults with all that is wrong with it."""
    typed = scheme_fields.typed_in(base.text, sent)
    name = base.scheme.name
    period = asked_period(name, plain(sent.get("valid_from", "")))
    faults = [] if period is not None else [Fault("valid_from", _not_a_period(name))]
    valid_from = base.scheme.valid_from if period is None else first_day(period)
    version = scheme_decisions.next_version(connection, current().settings.zone, name, valid_from)
    own = {"title": " ".join(sent.get("title", "").split()), "version": version, "valid_from": valid_from}
    text = written({**typed.content, **own})
    try:
        understood(text)
    except SchemeFaults as error:
        raise SchemeFaults([*faults, *error.faults]) from error
    if faults:
        raise SchemeFaults(faults)
    return text


def _example(name: str) -> str:
    """How the period is written from which a scheme holds."""
    return EXAMPLES[PERIODS[name]]


def _not_a_period(name: str) -> str:
    said: Mapping[type[Period], str] = {
        Month: _("Write the month from which it holds, as %(example)s.", example=EXAMPLES[Month]),
        Quarter: _("Write the quarter from which it holds, as %(example)s.", example=EXAMPLES[Quarter]),
        Year: _("Write the year from which it holds, as %(example)s.", example=EXAMPLES[Year]),
    }
    return said[PERIODS[name]]


def _check_adoptable(connection: Connection, text: str) -> None:
    """SchemeFaults where a draft could never be adopted as things stand."""
    why_not = scheme_decisions.why_not_adopted(connection, current().settings.zone, parsed(text))
    if why_not is not None:
        raise SchemeFaults([Fault("valid_from", why_not)])


def _text_given(raw: bytes) -> str:
    if not raw:
        raise SchemeFaults([Fault(WHOLE, _("Choose a file first."))])
    if len(raw) > MOST_BYTES:
        raise SchemeFaults([Fault(WHOLE, _("A scheme's file is small; this one is not."))])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemeFaults([Fault(WHOLE, _("The file is no text in UTF-8."))]) from error


def _of_file(fault: Fault) -> str:
    return fault.sentence if not fault.at else _("%(at)s: %(said)s", at=fault.at, said=fault.sentence)


def _shown(base: _Base, sent: Mapping[str, str]) -> list[FormSection]:
    return scheme_fields.sections(base.scheme, sent)


def _rows(base: _Base, sent: Mapping[str, str]) -> Mapping[str, str]:
    return scheme_fields.typed_in(base.text, sent).rows


def _keep(text: str, instead_of: int | None) -> AnyResponse:
    scheme = parsed(text)
    taken = decisions.draft_scheme(desk(), text, instead_of=instead_of)
    way = SCHEMES.path + address.query(scheme=scheme.name, draft=taken.number) + "#draft"
    return _done(taken, way)


def _done(taken: Taken, way: str) -> AnyResponse:
    if taken.queued:
        return waits(way, _("Back to the schemes"))
    return redirect(way, 303)


def _form(base: _Base, typed: Mapping[str, str], faults: Mapping[str, Sequence[str]], status: int) -> AnyResponse:
    """The form as a page; ``faults`` are sentences by the field or section at which they are said."""
    scheme = base.scheme
    name = scheme.name
    return render(
        "scheme_form.html", _("%(what)s: a new version of the scheme", what=scheme_words.scheme(name)), status,
        name=name, base=base.told, wide=True,
        sections=_shown(base, typed), faults=faults, count=sum(map(len, faults.values())),
        title=typed.get("title", scheme.title), valid_from=typed.get("valid_from", _begins(base)), example=_example(name),
        way=SCHEMES.path + address.query(scheme=name, draft=base.draft),
        words=_words(base),
    )  # fmt: skip


def _begins(base: _Base) -> str:
    """A draft that goes on begins as it did; a new version with the period after the one that is running."""
    name = base.scheme.name
    if base.draft is not None:
        return str(period_from(name, base.scheme.valid_from) or "")
    return str(following(running(name, current().clock().today())))


def _words(base: _Base) -> dict[str, str]:
    scheme = base.scheme
    named = {"title": scheme.title, "version": scheme.version}
    return {
        "over": _("made of: %(title)s, version %(version)s", **named)
        if base.draft is None
        else _("made of the draft of %(title)s, version %(version)s", **named),
        "lead": _(
            "What is kept here is a draft: it changes no figure until an administrator adopts it. First it is shown what it would "
            "have done to a past period."
        )
        if scheme.name not in OF_A_DAY
        else _(
            "What is kept here is a draft: it changes no figure until an administrator adopts it. First it is shown which of "
            "today's figures it would change."
        ),
        "faults": _("This was not kept: %(n)s faults, each at its place. What you typed is still here.", n="%(n)s"),
        "title": _("Title"),
        "valid_from": _("Holds from"),
        "example": _("for example %(example)s", example=_example(scheme.name)),
        "sum": _("Sum"),
        "wanted": _("must be %(total)s", total="%(total)s"),
        "fits": _("it is"),
        "fits_not": _("it is not"),
        "keep": _("Keep the draft and show its effect"),
        "back": _("Back without keeping"),
        "file": _("Or give a file"),
        "file_note": _(
            "A YAML file, as the page of schemes hands them out; taken to the letter, with its comments. It needs a version of its own."
        ),
        "file_keep": _("Keep the file as a draft"),
        "file_label": _("YAML file"),
    }


def _name(told: str) -> str:
    if told not in NAMES:
        raise NotThere(_("There is no such scheme: %(value)s", value=told[:40]))
    return told


def _number(told: str) -> int:
    found = address.number(told)
    if found is None:
        raise NotThere(_("There is no such draft."))
    return found


def _who_prepares() -> None:
    if not current().scope.prepares_schemes:
        raise NotYours(_("Only the office and administrators prepare schemes."))


def _who_adopts(sentence: str) -> None:
    if not current().scope.administers:
        raise NotYours(sentence)
