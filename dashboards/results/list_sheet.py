"""The lists of whom to inspect as a workbook: as it goes to units, and as ``evaluate`` takes it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dashboards.results.exported import Exported, Field, Written
from dashboards.results.further_sheet import FurtherSheet
from dashboards.results.list_held import CODES, NAMES, NUMBERS, UNITS
from dashboards.results.names import ground
from dashboards.results.report_sheet import as_bytes, period_words
from data.language import LANGUAGES, speaking
from data.language import gettext as _
from data.zone.zone import Zone

_NAME = 30.0


def workbook(content: Mapping[str, Any], zone: Zone, sha256: str | None) -> bytes:
    """The lists of a month, a row an enterprise, and on a sheet of its own the closed cases that may be drawn; ``sha256`` is the
    fingerprint of those that were issued, None of a draft.
    """
    with speaking(LANGUAGES[0]):
        cases = _cases(content, zone, sha256)
        return as_bytes(_lists(content, zone, sha256), [FurtherSheet(_("Closed cases"), cases)])


def _lists(content: Mapping[str, Any], zone: Zone, sha256: str | None) -> Exported:
    return Exported(
        name=f"lists-{content['month']}",
        title=_("%(zone)s, %(period)s: whom to inspect", zone=zone.name, period=period_words(content["month"])),
        said=_said(content, sha256),
        fields=[
            Field(UNITS[0], width=16.0),
            Field(_("No."), Written.COUNT, 8.0),
            Field(NAMES[0], width=_NAME),
            Field(CODES[0], width=22.0),
            Field(_("Sector"), width=14.0),
            Field(_("Reason"), width=24.0),
            Field(_("Deadline"), Written.DAY, 12.0),
            Field(_("Share of findings expected"), Written.SHARE, 14.0),
            Field(_("at least"), Written.SHARE, 10.0),
            Field(_("at most"), Written.SHARE, 10.0),
            Field(_("Last inspected"), Written.DAY, 12.0),
            Field(_("Week from"), Written.DAY, 12.0),
            Field(_("Together with"), width=24.0),
        ],
        rows=[
            _row(zone, unit, place, one)
            for unit, of in sorted(content["units"].items())
            for place, one in enumerate(of["list"], start=1)
        ],
        keys=4,
    )


def _row(zone: Zone, unit: str, place: int, one: Mapping[str, Any]) -> list[Any]:
    return [
        zone.unit_by_code[unit].short_name,
        place,
        one["name"],
        one["credit_code"],
        zone.sectors[one["sector"]],
        ground(one["ground"]),
        _day(one["since"]),
        one["mean"],
        one["low"],
        one["high"],
        _day(one["last_on"]),
        _day(one["week"]),
        _(", ").join(zone.unit_by_code[other].short_name for other in one["together_with"]),
    ]


def _cases(content: Mapping[str, Any], zone: Zone, sha256: str | None) -> Exported:
    return Exported(
        name="cases",
        title=_("Cases closed in the month before, of which is drawn"),
        said=_said(content, sha256),
        fields=[Field(UNITS[0], width=16.0), Field(NUMBERS[0], width=_NAME)],
        rows=[
            [zone.unit_by_code[unit].short_name, number]
            for unit, of in sorted(content["units"].items())
            for number in of["cases"]
        ],
        keys=2,
    )


def _said(content: Mapping[str, Any], sha256: str | None) -> Sequence[str]:
    return [
        _("draft, not issued") if sha256 is None else _("issued; fingerprint of the lists: %(sha256)s", sha256=sha256),
        _("as of %(day)s", day=content["as_of"]),
    ]


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
