"""The committee's year in days: what follows from the rest, what each account is told of it, and the same as a file for other calendars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import icalendar
import pytest

from dashboards.__main__ import app, freeze
from dashboards.components import calendar_words
from dashboards.components.calendar_file import calendar_file
from dashboards.results import calendar, leader_duties
from dashboards.results.calendar import YearCalendar
from dashboards.results.calendar_days import CalendarEntry, FiguresPublished, OwnEvent, PlanDue, WorkbooksDue
from dashboards.results.leader_duties import LeaderDuties
from data.intake.archive import Archive
from data.intake.calendar_decisions import add_event, cancel_event, change_event, hold_event, name_leader
from data.intake.calendar_events import CalendarEvent, EventContent
from data.intake.deciding import Desk
from data.intake.decisions import extend, record_promise
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import RECEIVED, ledger, send
from tests.integration.papers import accident, accidents, review, self_assessment, tasks

JULY = RECEIVED + timedelta(days=33)
ENTERPRISE = "重庆连发机械有限公司"
POST = "分管安全生产副主任"
HALL = EventContent(
    "meeting", date(2022, 10, 20), "四季度安全工作会议", starts_at=time(9, 30), place="管委会", note="张伟主持"
)
INTERVIEW = EventContent("interview", date(2022, 9, 29), "约谈：闭环率偏低", units=("longtanzi",), note="李娜到会")


def desk(settings: Settings) -> Desk:
    """The office's, on 8 October."""
    archive = Archive(settings.archive_dir)
    return Desk(settings.database_url, archive, settings.zone, "office1", datetime(2022, 10, 8, 3, tzinfo=UTC))


def seen(settings: Settings, role: Role = Role.OFFICE, unit: str | None = None, year: int = 2022) -> YearCalendar:
    """The calendar of a year as an account of the role has it."""
    scope = office(settings.zone) if role is Role.OFFICE else Scope(settings.zone, role, "somebody", unit)
    return fetched(reader(settings.database_url), scope, calendar.fetch, year, fixed_today=settings.today)


def told(found: YearCalendar) -> dict[str, CalendarEntry]:
    """Its entries by their keys."""
    return {one.key: one for one in found.entries}


def titles(found: YearCalendar, *kinds: str) -> list[str]:
    """What stands in it, of some kinds."""
    return [calendar_words.title(one, found.zone) for one in found.entries if one.kind in kinds]


def of_its_own(found: YearCalendar) -> list[CalendarEvent]:
    """The events that the office wrote into it."""
    return [one.about.event for one in found.entries if isinstance(one.about, OwnEvent)]


@pytest.fixture
def filled(installation: Settings, tmp_path: Path) -> Settings:
    """May of 龙滩子街道 and 双路街道, their second quarter reviewed, two fatal accidents in one enterprise; on 8 October."""
    books = (
        (ledger(), RECEIVED), (ledger(unit="shuanglu"), RECEIVED + timedelta(days=3)),
        (self_assessment(), JULY - timedelta(days=2)), (self_assessment("shuanglu"), JULY), (review(), JULY),
        (accidents("2022-06", *(accident(name, day, 1, department=None, 事故单位=ENTERPRISE)
                                for name, day in (("事1", date(2022, 5, 1)), ("事2", date(2022, 6, 2))))), JULY),
    )  # fmt: skip
    with Loader(installation) as loader:
        for book, at in books:
            assert send(loader, book, tmp_path, at=at).status == "accepted"
    return installation


def test_what_is_due_stands_on_its_day_as_extended(filled: Settings) -> None:
    """Kinds of a period together, with who has not filed; a unit's own later day by itself; nothing from before the record."""
    extend(
        desk(filled), kind="enforcement", period=Month(2022, 9), unit="youting", until=date(2022, 10, 12), reason="停电"
    )
    entries = told(seen(filled))
    may = entries["due-2022-05-accidents"]
    assert (may.day, may.state) == (date(2022, 6, 5), "overdue")
    assert isinstance(may.about, WorkbooksDue)
    of = {one.kind: one for one in may.about.kinds}
    assert {"longtanzi", "shuanglu"}.isdisjoint(of["enforcement"].missing)
    assert "youting" in of["enforcement"].missing
    assert (of["frontline"].if_changed, of["accidents"].units) == (True, ("emergency",))
    alone = entries["due-2022-09-enforcement-1"]
    assert (alone.day, alone.state) == (date(2022, 10, 12), "to_come")
    assert alone.about == WorkbooksDue(Month(2022, 9), alone.about.kinds, True)  # type: ignore[union-attr]
    assert [one.units for one in alone.about.kinds] == [("youting",)]  # type: ignore[union-attr]
    assert "due-2022-12-accidents" not in entries
    assert not any(key.startswith(("due-2022-04", "publishable-ranking-2022-04")) for key in entries)
    assert told(seen(filled, year=2023))["due-2022-12-accidents"].day == date(2023, 1, 5)


def test_steps_publications_plan_accidents_and_promises_stand_there(filled: Settings) -> None:
    """Each on its day, with how it stands; what is published moves to the day on which it was."""
    record_promise(desk(filled), unit="shuanglu", period=Month(2022, 5), text="张伟月底前补齐", due=date(2022, 10, 31))
    entries = told(seen(filled))
    assert entries["publishable-scores-2022Q2"].state == "open"
    assert {"reply-2022Q2", "decision-2022Q2"} <= entries.keys()
    reports = {key: (one.day, one.state) for key, one in entries.items() if one.kind == "accident"}
    assert reports == {
        "accident-2022-事1": (date(2022, 6, 30), "overdue"),
        "accident-2022-事2": (date(2022, 8, 1), "overdue"),
    }
    half = entries["plan-2022-06-30"]
    assert (half.state, isinstance(half.about, PlanDue)) == ("overdue", True)
    heard = next(one for one in half.about.items if one.number == "1.2")  # type: ignore[union-attr]
    assert (heard.behind, heard.filers, heard.state) == (1, 1, "overdue")
    promise = next(one for one in entries.values() if one.key.startswith("promise-"))
    assert (promise.day, promise.state) == (date(2022, 10, 31), "to_come")
    assert "张伟" not in str(promise)

    done = freeze(filled, "scores", Quarter(2022, 2), None, reason="季度通报", mistake=False)
    after = told(seen(filled))
    assert {"publishable-scores-2022Q2", "reply-2022Q2", "decision-2022Q2"}.isdisjoint(after)
    published = after[f"published-{done.entry}"]
    assert (published.day, published.state) == (date(2022, 10, 8), "done")
    assert published.about == FiguresPublished("scores", Quarter(2022, 2), None, 1, done.entry)
    assert not any(key.startswith("promise") for key in told(seen(filled, Role.UNIT, "shuanglu")))


def test_who_was_named_in_what_is_published_is_awaited_until_it_has_spoken(filled: Settings) -> None:
    """Units and enterprises, with what is planned; a unit's account is told of itself alone, and of no enterprise."""
    assert seen(filled).awaited == ()
    freeze(filled, "scores", Quarter(2022, 2), None, reason="季度通报", mistake=False)
    names = {one.name for one in seen(filled).awaited}
    assert {ENTERPRISE, "通桥街道办事处"} <= names
    assert [one.name for one in seen(filled, Role.UNIT, "tongqiao").awaited] == ["通桥街道办事处"]
    of = EventContent("speech", date(2022, 10, 20), "末位发言", units=("tongqiao",), quarter=Quarter(2022, 2))
    number = add_event(desk(filled), of).number
    (own,) = seen(filled, Role.UNIT, "tongqiao").awaited
    assert own.planned is not None
    assert own.planned.number == number
    add_event(
        desk(filled),
        replace(of, units=(), enterprise="重庆连发机械有限公司 ", day=date(2022, 10, 7)),
        date(2022, 10, 7),
    )
    assert {one.name for one in seen(filled).awaited} == names - {ENTERPRISE}
    hold_event(desk(filled), number, number, date(2022, 10, 8))
    assert {one.name for one in seen(filled).awaited} == names - {ENTERPRISE, "通桥街道办事处"}
    assert "末位发言（通桥街道）" in titles(seen(filled), "speech")


def test_each_account_is_told_what_concerns_it(filled: Settings) -> None:
    """General events and its own; of supervision what was held; others' interviews and enterprises' speeches never; notes as names."""
    at = desk(filled)
    for content in (
        HALL, INTERVIEW, replace(INTERVIEW, units=("shuanglu",), title="约谈：逾期"),
        replace(INTERVIEW, kind="other", units=("longtanzi", "shuanglu"), title="两街道现场会"),
        EventContent("supervision", date(2022, 10, 26), "第二轮交叉督查", units=("longtanzi",)),
        EventContent("supervision", date(2022, 10, 27), "暗访"),
        EventContent("speech", date(2022, 10, 20), "末位发言", quarter=Quarter(2022, 2), enterprise=ENTERPRISE),
    ):  # fmt: skip
        add_event(at, content)
    number = add_event(at, EventContent("supervision", date(2022, 9, 1), "第一轮交叉督查", units=("longtanzi",))).number
    own = ("meeting", "interview", "other", "supervision", "speech")
    every = {"四季度安全工作会议", "约谈：闭环率偏低", "约谈：逾期", "两街道现场会", "第一轮交叉督查", "第二轮交叉督查", "暗访",
             f"末位发言（{ENTERPRISE}）"}  # fmt: skip
    of_unit = {"四季度安全工作会议", "约谈：闭环率偏低", "两街道现场会"}
    unit = seen(filled, Role.UNIT, "longtanzi")
    assert set(titles(seen(filled), *own)) == set(titles(seen(filled, Role.VIEWER), *own)) == every
    assert set(titles(unit, *own)) == of_unit
    hold_event(at, number, number, date(2022, 9, 1))
    unit = seen(filled, Role.UNIT, "longtanzi")
    assert set(titles(unit, *own)) == of_unit | {"第一轮交叉督查"}
    for found, notes in (
        (seen(filled), {"张伟主持", "李娜到会"}), (unit, {"李娜到会"}), (seen(filled, Role.UNIT, "shuanglu"), {"李娜到会"}),
        (seen(filled, Role.VIEWER), set()), (seen(filled, Role.ADMIN), set()),
    ):  # fmt: skip
        shown = {one.content.note for one in of_its_own(found)}
        assert {note for note in shown if "张伟" in note or "李娜" in note} == notes
    of_both = next(one for one in of_its_own(unit) if len(one.content.units) == 2)
    assert "李娜" not in of_both.content.note
    assert {one.actor for one in of_its_own(unit)} == {"office"}
    assert {one.actor for one in of_its_own(seen(filled))} == {"office1"}


def parsed(made: bytes) -> dict[str, icalendar.Event]:
    """The events of a file, by what their UID begins with; the file is as RFC 5545 has it."""
    lines = made.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    read = icalendar.Calendar.from_ical(made)
    assert (str(read["version"]), str(read["method"])) == ("2.0", "PUBLISH")
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] in ([], ["Asia/Shanghai"])
    events = {str(one["uid"]).partition("@")[0]: one for one in read.walk("VEVENT")}
    assert len(events) == len(read.walk("VEVENT"))
    return events


def test_the_file_is_read_again_with_the_same_days_and_words(filled: Settings) -> None:
    """Times in the zone's, whole days with an end behind them, long Chinese lines folded; who may not read a note has none."""
    at = desk(filled)
    number = add_event(at, replace(HALL, title="四季度安全生产和自然灾害防治工作会议" * 3)).number
    month = add_event(at, EventContent("campaign", date(2022, 6, 1), "安全生产月", last_day=date(2022, 6, 30))).number
    found = seen(filled)
    events = parsed(calendar_file(found))
    assert len(events) == len(found.entries)
    meeting = events[f"event-{number}"]
    assert meeting["dtstart"].dt == datetime(2022, 10, 20, 9, 30, tzinfo=found.zone.calendar.timezone)
    assert meeting["dtstart"].params["TZID"] == "Asia/Shanghai"
    assert (str(meeting["summary"]), str(meeting["location"])) == ("四季度安全生产和自然灾害防治工作会议" * 3, "管委会")
    assert "张伟主持" in str(meeting["description"])
    lasting = events[f"event-{month}"]
    assert (lasting["dtstart"].dt, lasting["dtend"].dt) == (date(2022, 6, 1), date(2022, 7, 1))
    due = events["due-2022-05-accidents"]
    assert (due["dtstart"].dt, due["dtend"].dt) == (date(2022, 6, 5), date(2022, 6, 6))
    assert "未报：" in str(due["description"])
    assert "张伟" not in calendar_file(seen(filled, Role.VIEWER)).decode()
    assert set(parsed(calendar_file(found, "meeting"))) == {f"event-{number}"}
    assert calendar_file(found) == calendar_file(seen(filled))

    changed = change_event(at, number, number, replace(HALL, day=date(2022, 10, 21))).number
    moved = parsed(calendar_file(seen(filled)))[f"event-{number}"]
    assert moved["dtstart"].dt.day == 21
    assert int(moved["sequence"]) > int(meeting["sequence"])
    cancel_event(at, number, changed, "并会")
    assert str(parsed(calendar_file(seen(filled)))[f"event-{number}"]["status"]) == "CANCELLED"


def test_by_command(filled: Settings, tmp_path: Path, commanded: Callable[[Settings], None]) -> None:
    """``dashboards calendar`` writes what the office sees; an unknown kind is wrong usage."""
    from typer.testing import CliRunner

    number = add_event(desk(filled), HALL).number
    commanded(filled)
    path = tmp_path / "2022.ics"
    done = CliRunner().invoke(app, ["calendar", "--year", "2022", "-o", str(path)])
    assert done.exit_code == 0, done.output
    assert {f"event-{number}", "due-2022-05-accidents"} <= parsed(path.read_bytes()).keys()
    done = CliRunner().invoke(app, ["calendar", "--year", "2022", "--kind", "meeting", "-o", str(path)])
    assert set(parsed(path.read_bytes())) == {f"event-{number}"}
    assert CliRunner().invoke(app, ["calendar", "--year", "2022", "--kind", "party", "-o", str(path)]).exit_code == 2


def duties(settings: Settings, role: Role = Role.OFFICE, unit: str | None = None) -> LeaderDuties | None:
    """The leaders' duties as an account of the role has them."""
    scope = office(settings.zone) if role is Role.OFFICE else Scope(settings.zone, role, "somebody", unit)
    return fetched(reader(settings.database_url), scope, leader_duties.fetch, 2022, fixed_today=settings.today)


def test_leaders_duties_post_by_post(filled: Settings, tmp_path: Path) -> None:
    """What the office told of each post, against what it owes by each due day; names for the office alone; to other units nothing."""
    rows = [
        ["1.1", POST, 2, 2, None, "2022-04-01", "已印发", "双安委〔2022〕1号", None],
        ["1.2", POST, 2, 1, None, "2022-06-28", "已听取", "会议纪要", None],
        ["1.2", "管委会主任", 2, 0, None, None, "未听取", None, None],
    ]
    with Loader(filled) as loader:
        assert send(loader, tasks("2022Q2", "emergency", *rows), tmp_path, at=JULY).status == "accepted"
    name_leader(desk(filled), 2022, POST, "李娜")
    hearing = EventContent("hearing", date(2022, 6, 28), "听取上半年履职报告")
    add_event(desk(filled), hearing, date(2022, 6, 28))
    found = duties(filled)
    assert found is not None
    assert [item.number for item in found.items] == ["1.1", "1.2"]
    assert found.heard_on == (date(2022, 6, 28),)
    leaders = {one.post: one for one in found.leaders}
    assert len(leaders) == 5
    lists, heard = leaders[POST].duties
    assert (lists.done, [one.reached for one in lists.owed]) == (2, [True])
    assert (heard.done, [(one.day, one.number, one.reached) for one in heard.owed]) == (
        1, [(date(2022, 6, 30), 1, True), (date(2022, 12, 31), 2, False)],
    )  # fmt: skip
    assert heard.source is not None
    assert heard.source.cell("done")[0].isalpha()
    assert [one.reached for one in leaders["管委会主任"].duties[1].owed] == [False, False]
    assert leaders["党工委书记"].duties[0].row is None
    assert leaders[POST].person == "李娜"
    for role in (Role.VIEWER, Role.ADMIN):
        of_role = duties(filled, role)
        assert of_role is not None
        assert {one.person for one in of_role.leaders} == {""}
    assert duties(filled, Role.UNIT, "longtanzi") is None
