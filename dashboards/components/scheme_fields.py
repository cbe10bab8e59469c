"""The form over a scheme: its sections, rows and fields, with what stands in each; and what was typed as a content again.

A field is named by its path in the YAML (``indicators.completion.weight``; ``measures.0.full`` is of the first row). What the
form does not show stays as the version before has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from dashboards.components import scheme_words, words
from dashboards.components.scheme_words import INSPECTIONS_RULE
from data.indicators.enforcement import INDICATORS
from data.language import gettext as _
from data.zone.normal import plain
from data.zone.scheme_faults import Fault
from data.zone.scheme_text import number, with_filled_in
from data.zone.schemes import (
    TIE_KEYS,
    CasualtyScheme,
    DisastersScheme,
    EnterprisesScheme,
    FrontlineScheme,
    RankingScheme,
    Scheme,
    ScoresScheme,
    TipoffsScheme,
    parsed,
)

MORE_ROWS = 2
"""Blank rows of a table to which things can be added."""
MOST_ROWS = 40
NO_CHOICE = ""
_LISTS = ("tie_keys", "forecast.pseudo_accident", "key_sizes")
_OF_TEXT = frozenset({"tie_keys", "key_sizes"})
_OF_INDICATOR = re.compile(r"indicators\.([a-z_]{1,40})\.(?:weight|target)")
_OF_MEASURE = re.compile(r"measures\.(\d{1,2})\.(number|name|full)")
Kind = Literal["number", "text", "day", "choice"]


@dataclass(frozen=True, slots=True)
class FormField:
    """One field: its path, what it is called, and what stands in it; ``adds`` to the section's total."""

    at: str
    label: str
    value: str
    kind: Kind = "number"
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    adds: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Fields side by side, what they are of, and on what it rests."""

    label: str
    note: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class FormSection:
    """Rows under a heading; ``total``: what the fields that add must add up to."""

    at: str
    title: str
    rows: tuple[Row, ...]
    heads: tuple[str, ...] = ()
    note: str = ""
    total: int | None = None

    @property
    def sum(self) -> str:
        """What the fields add up to as they stand; what is no number adds nothing."""
        added = (_as_number(one.value) for row in self.rows for one in row.fields if one.adds)
        return f"{sum(added, Decimal(0)).normalize():f}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, as a content; ``rows`` says of each measure and of each other list's entry in which row it was typed."""

    content: dict[str, Any]
    rows: Mapping[str, str] = field(default_factory=dict)


def _as_number(text: str) -> Decimal:
    try:
        found = Decimal(plain(text))
    except InvalidOperation:
        return Decimal(0)
    small = found.is_finite() and -(10**6) < found < 10**6 and found.as_tuple().exponent > -9  # type: ignore[operator]  # of what is finite it is a number
    return found if small else Decimal(0)


def sections(scheme: Scheme, typed: Mapping[str, str]) -> list[FormSection]:
    """The form's sections with what a scheme says, or with what was typed."""
    match scheme:
        case RankingScheme():
            return list(_of_ranking(scheme, typed))
        case ScoresScheme():
            return list(_of_scores(scheme, typed))
        case CasualtyScheme():
            return list(_of_casualties(scheme, typed))
        case FrontlineScheme():
            return list(_of_frontline(scheme, typed))
        case EnterprisesScheme():
            return list(_of_enterprises(scheme, typed))
        case TipoffsScheme():
            return [_plain_section("", _("Overdue"), scheme, typed, "overdue_after_days")]
        case DisastersScheme():
            return [_plain_section("", _("Answers and mass disasters"), scheme, typed, "answer_minutes", "mass_deaths")]


def _of_ranking(scheme: RankingScheme, typed: Mapping[str, str]) -> Iterator[FormSection]:
    rows = [
        Row(words.indicator(one.key), words.meaning(one.key), tuple(_indicator(scheme, one.key, typed)))
        for one in INDICATORS
        if one.scored
    ]
    fines = _("Fines are shown and never score: Law on Administrative Penalties (2021), article 74.")
    inspections = _("From January 2025 on plan completion must have no weight: %(rule)s.", rule=INSPECTIONS_RULE)
    yield FormSection(
        "indicators",
        _("Weights and targets"),
        tuple(rows),
        (_("Weight"), _("Target")),
        _("Points = weight × min(value ÷ target, 1). A blank weight: it does not score. %(fines)s %(inspections)s",
          fines=fines, inspections=inspections),
        100,
    )  # fmt: skip
    yield _plain_section(
        "deductions", _("Deductions"), scheme, typed, "zero_penalty", "overdue_major_each", "overdue_major_most"
    )
    yield _plain_section(
        "thresholds", _("Thresholds"), scheme, typed, "late_days", "no_problem_found_inspections", "thin_basis_below"
    )
    said = scheme_words.said("tie_keys")
    choices = ((NO_CHOICE, _("none")), *((key, words.indicator(key)) for key in TIE_KEYS))
    fields = tuple(
        FormField(
            f"tie_keys.{place}",
            _("place %(n)s in the order", n=place + 1),
            typed.get(f"tie_keys.{place}", scheme.tie_keys[place] if place < len(scheme.tie_keys) else NO_CHOICE),
            "choice",
            choices=choices,
        )
        for place in range(len(TIE_KEYS))
    )
    yield FormSection("tie_keys", said.label, tuple(Row(one.label, "", (one,)) for one in fields), note=said.rests_on)


def _indicator(scheme: RankingScheme, key: str, typed: Mapping[str, str]) -> Iterator[FormField]:
    part = scheme.indicators.get(key)
    for name in ("weight", "target"):
        at = f"indicators.{key}.{name}"
        known = "" if part is None else scheme_words.value(at, getattr(part, name))
        yield FormField(at, scheme_words.said(at).label, typed.get(at, known), adds=name == "weight")


def _plain_section(
    at: str, title: str, scheme: Scheme, typed: Mapping[str, str], *names: str, total: int | None = None
) -> FormSection:
    """A section with one number a row; ``at`` empty: values of the scheme itself."""
    part = getattr(scheme, at) if at else scheme
    prefix = f"{at}." if at else ""
    return FormSection(at, title, tuple(_row(f"{prefix}{name}", getattr(part, name), typed, adds=total is not None) for name in names),
                   total=total)  # fmt: skip


def _row(at: str, known: Any, typed: Mapping[str, str], *, adds: bool = False) -> Row:
    said = scheme_words.said(at)
    choices: tuple[tuple[str, str], ...] = ()
    kind: Kind = "number"
    told = scheme_words.value(at, known)
    if isinstance(known, bool):
        kind, told, choices = "choice", str(known).lower(), (("true", _("yes")), ("false", _("no")))
    elif isinstance(known, date):
        kind = "day"
    one = FormField(at, said.label, typed.get(at, told), kind, said.unit, choices, adds)
    return Row(said.label, said.rests_on, (one,))


def _of_scores(scheme: ScoresScheme, typed: Mapping[str, str]) -> Iterator[FormSection]:
    rows = []
    for place in range(min(len(scheme.measures) + MORE_ROWS, MOST_ROWS)):
        known = scheme.measures[place] if place < len(scheme.measures) else None
        articles = "" if known is None else _(", ").join(map(str, known.articles))
        note = _("work plan, article %(articles)s", articles=articles) if articles else ""
        fields = (
            FormField(f"measures.{place}.number", _("number of the measure"), "" if known is None else str(known.number)),
            FormField(f"measures.{place}.name", _("name of the measure"), "" if known is None else known.name, "text"),
            FormField(f"measures.{place}.full", _("full mark"), "" if known is None else scheme_words.value("", known.full), adds=True),
        )  # fmt: skip
        rows.append(Row(_("row %(n)s", n=place + 1), note, tuple(_with_typed(one, typed) for one in fields)))
    yield FormSection(
        "measures", _("The ten measures"), tuple(rows), (_("Number"), _("Name"), _("Full mark")),
        _("Who has no row is no measure: leave all three blank. Measures and full marks can be others only from a quarter on of which no "
          "marks are given yet."), 100,
    )  # fmt: skip
    yield _plain_section(
        "weights", _("Weights of the components"), scheme, typed, "ten_measures", "enforcement", "milestones", total=100
    )
    yield _plain_section("grades", _("Grades"), scheme, typed, "excellent", "good", "passed")
    yield _plain_section(
        "speaking_last", _("Speaking last"), scheme, typed, "below", "smallest_group", "fatal_accidents"
    )
    yield _plain_section("procedure", _("After the review"), scheme, typed, "reply_days", "decision_days", "confirmed")
    rest = _plain_section("", _("Other"), scheme, typed, "largest_bonus", "thin_basis_below", "confirmed")
    yield FormSection("other", rest.title, rest.rows)


def _with_typed(one: FormField, typed: Mapping[str, str]) -> FormField:
    return FormField(one.at, one.label, typed.get(one.at, one.value), one.kind, one.unit, one.choices, one.adds)


def _of_casualties(scheme: CasualtyScheme, typed: Mapping[str, str]) -> Iterator[FormSection]:
    days = _plain_section("", _("Investigation report"), scheme, typed, "report_days", "longest_extension_days")
    yield FormSection("report", days.title, days.rows)
    yield _plain_section("forecast", _("Forecast"), scheme, typed, "prior_shape")
    at, known = "forecast.pseudo_accident", scheme.forecast.pseudo_accident
    rows = []
    for place in range(len(known) + 1):
        label = _("%(n)s deaths", n=place + 1)
        told = scheme_words.value("", known[place]) if place < len(known) else ""
        rows.append(Row(label, "", (FormField(f"{at}.{place}", label, typed.get(f"{at}.{place}", told), adds=True),)))
    yield FormSection(at, scheme_words.said(at).label, tuple(rows), note=scheme_words.said(at).rests_on, total=1)
    yield _plain_section("lights", _("Lights"), scheme, typed, "orange_from", "yellow_from")
    yield _plain_section(
        "near_closure", _("Near closure"), scheme, typed, "within_half_year", "half_year_days", "within_year"
    )


def _of_frontline(scheme: FrontlineScheme, typed: Mapping[str, str]) -> Iterator[FormSection]:
    yield _plain_section("due", _("Batches are due on"), scheme, typed, "pilot", "key", "all")
    rest = _plain_section("", _("Other"), scheme, typed, "due_within_days")
    yield FormSection("other", rest.title, rest.rows)
    said = scheme_words.said("key_sizes")
    rows = []
    for place in range(min(len(scheme.key_sizes) + MORE_ROWS, MOST_ROWS)):
        at, label = f"key_sizes.{place}", _("size %(n)s", n=place + 1)
        told = scheme.key_sizes[place] if place < len(scheme.key_sizes) else ""
        rows.append(Row(label, "", (FormField(at, label, typed.get(at, told), "text"),)))
    yield FormSection("key_sizes", said.label, tuple(rows), note=said.rests_on)


def _of_enterprises(scheme: EnterprisesScheme, typed: Mapping[str, str]) -> Iterator[FormSection]:
    yield _plain_section(
        "repeated", _("Inspected repeatedly"), scheme, typed, "units", "units_days", "times", "times_days"
    )
    yield _plain_section(
        "next_inspections", _("Lists of whom to inspect"), scheme, typed, "months", "prior_strength", "interval", "soon_days",
        "most_years", "most_by_one_unit", "lately_days", "length_without_plan", "confirmed",
    )  # fmt: skip


def typed_in(base: str, sent: Mapping[str, str]) -> Typed:
    """The content of a scheme with what was typed put in; a part of which nothing was sent stays."""
    scheme = parsed(base)
    filled: dict[str, Any] = {}
    for at, told in sent.items():
        if _plain_at(scheme, at):
            filled[at] = _yes_or_no(told) if at.rpartition(".")[2] == "confirmed" else number(plain(told))
        elif (match := _OF_INDICATOR.fullmatch(at)) and isinstance(scheme, RankingScheme):
            filled |= _of_one_indicator(match[1], sent)
    rows: dict[str, str] = {}
    for name in _LISTS:
        filled |= _listed(name, sent, rows, text=name in _OF_TEXT)
    content = with_filled_in(base, filled)
    if isinstance(scheme, ScoresScheme) and any(_OF_MEASURE.fullmatch(at) for at in sent):
        content["measures"] = list(_measures(content["measures"], sent, rows))
    return Typed(content, rows)


def _yes_or_no(told: str) -> Any:
    """What was chosen; whatever is neither stays what was sent, and is refused."""
    return {"true": True, "false": False}.get(told, told)


def _plain_at(scheme: Scheme, at: str) -> bool:
    """Whether a path is one of the scheme's single values."""
    return any(
        one.at == at and one.at == row.fields[0].at and len(row.fields) == 1
        for section in sections(scheme, {})
        for row in section.rows
        for one in row.fields
        if not re.search(r"\.\d+$", one.at)
    )


def _of_one_indicator(key: str, sent: Mapping[str, str]) -> dict[str, Any]:
    weight, target = (plain(sent.get(f"indicators.{key}.{name}", "")) for name in ("weight", "target"))
    if not weight:
        return {f"indicators.{key}": None}
    return {f"indicators.{key}.weight": number(weight), f"indicators.{key}.target": number(target)}


def _listed(name: str, sent: Mapping[str, str], rows: dict[str, str], *, text: bool) -> dict[str, Any]:
    """A list of single values: those that are not blank, in the order of their rows."""
    places = sorted(int(at.rpartition(".")[2]) for at in sent if re.fullmatch(re.escape(name) + r"\.\d{1,2}", at))
    found: list[Any] = []
    for place in places:
        told = " ".join(sent[f"{name}.{place}"].split()) if text else plain(sent[f"{name}.{place}"])
        if told != NO_CHOICE:
            rows[f"{name}.{len(found)}"] = f"{name}.{place}"
            found.append(told if text else number(told))
    return {name: found} if places else {}


def _measures(
    base: Sequence[Mapping[str, Any]], sent: Mapping[str, str], rows: dict[str, str]
) -> Iterator[dict[str, Any]]:
    """The rows of the measures that are not blank; what else a measure has stays with its row."""
    count = 0
    for place in range(MOST_ROWS):
        typed = {
            name: " ".join(sent.get(f"measures.{place}.{name}", "").split()) for name in ("number", "name", "full")
        }
        if any(typed.values()):
            rows[f"measures.{count}"] = f"measures.{place}"
            count += 1
            kept = base[place] if place < len(base) else {}
            yield {
                **kept,
                "number": number(plain(typed["number"])),
                "name": typed["name"],
                "full": number(plain(typed["full"])),
            }


def placed(faults: Sequence[Fault], shown: Sequence[FormSection], rows: Mapping[str, str]) -> dict[str, list[str]]:
    """Where in the form each fault is said: at its field, else at its section, else ("") above all."""
    fields = {one.at for section in shown for row in section.rows for one in row.fields} | {"title", "valid_from"}
    titles = {section.at for section in shown}
    found: dict[str, list[str]] = {}
    for fault in faults:
        at = typed = _typed_at(fault.at, rows)
        while at not in fields and at not in titles and at:
            at = at.rpartition(".")[0]
        said = fault.sentence
        if at != typed:
            said = _("%(at)s: %(said)s", at=scheme_words.said(fault.at).label, said=said)
        found.setdefault(at, []).append(said)
    return found


def _typed_at(at: str, rows: Mapping[str, str]) -> str:
    for index, row in rows.items():
        if at == index or at.startswith(f"{index}."):
            return row + at[len(index) :]
    return at
