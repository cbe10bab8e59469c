"""What a document is made of: a report as it is printed, live or frozen, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from dashboards.meeting.stationery import OURS, Stationery
from dashboards.results.day_report_rows import is_of_a_day
from dashboards.results.names import group
from dashboards.results.report_sheet import stamp_of, title_of
from dashboards.results.witness import witness_of
from data.language import gettext as _
from data.zone.periods import Month, Period, Quarter, Year, parse_period

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A report with its basis.

    ``content``: as CONTRACT prints it; of a publication with its hash and the part ``publication``. ``scheme_text``: the YAML by
    which it was scored. ``account``: rows of its workbooks by what they were taken for. ``next_due``: what is due next, and by when.
    ``quarter_before``: of a quarter's scores the grades of the one before as they were published (``publishing.quarter_before``).
    ``stationery``: what documents of it are written on. ``units``: names by code, of a report that prints codes alone.
    """

    content: Content
    zone_name: str
    scheme_text: str
    account: Sequence[Content]
    next_due: tuple[Period, date] | None = None
    quarter_before: Content | None = None
    stationery: Stationery = OURS
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def period(self) -> Period:
        """The period that it is about."""
        return parse_period(self.content["period"])

    @property
    def is_draft(self) -> bool:
        """Whether it is live: nothing of it is published."""
        return self.content.get("published") is None

    @property
    def is_of_a_day(self) -> bool:
        """Whether it is of what stands on a day, which is never published (METHOD section 5)."""
        return is_of_a_day(self.content["report"])

    def unit_name(self, code: str) -> str:
        """A unit's name; its code where that is not known."""
        return self.units.get(code, code)

    @property
    def issued_on(self) -> date:
        """The day of publication; of a draft the day by which it was known."""
        if self.is_draft:
            return date.fromisoformat(self.content["known_by"])
        return datetime.fromisoformat(self.content["publication"]["published_at"]).date()

    @property
    def due_ahead(self) -> tuple[Period, date] | None:
        """What is due next, unless its last day had passed when the document was issued: by that day and not by today, for the document
        is the same whenever it is made. What older publications froze may have passed.
        """
        return None if self.next_due is None or self.next_due[1] < self.issued_on else self.next_due


def of_publication(content: Content, stationery: Stationery = OURS) -> Source:
    """A publication with its hash (``publishing.printed``); older ones do not tell what was due next, nor of the quarter before."""
    basis = content["publication"]
    due = due_after(basis.get("next_due"))
    before = basis.get("quarter_before")
    return Source(content, basis["zone"], basis["scheme_text"], basis.get("account", ()), due, before, stationery)


def due_after(told: Content | None) -> tuple[Period, date] | None:
    """What is due next, and by when (``publishing.next_due``)."""
    return None if told is None else (parse_period(told["period"]), date.fromisoformat(told["day"]))


def period_words(period: Period) -> str:
    """2022年8月, 2022年第三季度, 2022年."""
    match period:
        case Month():
            return f"{period.year}年{period.month}月"
        case Quarter():
            return f"{period.year}年第{'一二三四'[period.quarter - 1]}季度"
        case Year():
            return f"{period.year}年"
    raise ValueError(period)


def day_words(day: date) -> str:
    """2022年9月5日: no zeros before."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_stamp(content: Content) -> str:
    """What a paper on what stands on a day is, on its every page: as of when, and by what was known when."""
    as_of, known_by = (day_words(date.fromisoformat(content[key])) for key in ("as_of", "known_by"))
    return _("As it stands (as of %(as_of)s; by what was received up to %(known_by)s)", as_of=as_of, known_by=known_by)


def day_properties(content: Content) -> dict[str, str]:
    """What such a paper says in its properties: neither a revision nor a fingerprint, for it is of no publication."""
    return {key: content[key] for key in ("report", "period", "as_of", "known_by")}


def sender(zone_name: str) -> str:
    """Who sends the committee's papers."""
    return _("Office of the work-safety committee of %(zone)s", zone=zone_name)


def witness_lines(content: Content, zone_name: str) -> list[str]:
    """Which report of which period it is, and how whoever holds the paper finds out whether it is the true one."""
    if is_of_a_day(content["report"]):
        return [title_of(content, zone_name), day_stamp(content)]
    said = [title_of(content, zone_name), stamp_of(content)]
    return said if content["published"] is None else [*said, witness_of(content["publication"])]


def head_fields(source: Source) -> dict[str, Any]:
    """The fields that every document has."""
    return {
        "地区": source.zone_name,
        "期间": period_words(source.period),
        "截止日": day_words(date.fromisoformat(source.content["as_of"])),
        "主送机关": "、".join(_addressees(source.content)),
        "发文机关": sender(source.zone_name),
        "成文日期": day_words(source.issued_on),
        "草稿": source.is_draft,
        "再次发布": _revision(source),
        "依据": _basis(source),
        "下次期限": None if source.due_ahead is None else {
            "期间": period_words(source.due_ahead[0]), "日期": day_words(source.due_ahead[1]),
        },
    }  # fmt: skip


def _addressees(content: Content) -> list[str]:
    groups = [group(one["group"]).removesuffix("组") for one in content.get("groups", ()) if one["rows"]]
    return [f"各{name}" for name in groups] or [_("the units concerned")]


def _revision(source: Source) -> dict[str, Any] | None:
    """That it takes the place of a former one, and why."""
    revision = source.content["published"]
    if revision in (None, 1):
        return None
    of = source.content["publication"]
    return {"次数": revision, "更正": of["kind"] == "correction", "原因": of["reason"]}


def _basis(source: Source) -> dict[str, int] | None:
    """Workbooks of the period itself and their rows that count; None where older publications do not tell."""
    own = [one for one in source.account if one["kind"] in {"enforcement", "self_assessment", "review", "accidents"}]
    books = sum(sum(one["workbooks"].values()) for one in own)
    rows = sum(one["rows"].get("read", 0) for one in own)
    return {"报表": books, "行数": rows} if books and rows else None
