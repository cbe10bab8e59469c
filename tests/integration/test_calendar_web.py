"""日历 over HTTP: the office writes, everybody reads what concerns them; each address shows again what its sender saw."""

from __future__ import annotations

from datetime import date

import pytest
from werkzeug.test import TestResponse

from data.intake.calendar_events import CalendarEvent, events, leaders
from data.people.scope import Role
from data.settings import Settings
from data.store import reader
from tests.integration.day_page import shown
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_calendar import parsed
from tests.integration.test_guessing import ask, body
from tests.integration.test_guessing import words as said_in

EVENTS = "/calendar/events"
MEETING = {
    "kind": "meeting",
    "day": "2022-10-20",
    "starts_at": "09:30",
    "title": "四季度安全工作会议",
    "place": "管委会",
    "note": "张伟主持",
}
SPEECH = {"kind": "speech", "day": "2022-10-20", "title": "末位发言", "unit-longtanzi": "on", "quarter": "2022Q2"}


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on an empty installation, on 8 October."""
    return made(sqlite_installation, monkeypatch)


def at_present(site: Site) -> list[CalendarEvent]:
    """The events as they stand."""
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        return events(connection, settings.zone)


def said(answer: TestResponse) -> tuple[int, str]:
    """Status and text of an answer."""
    return answer.status_code, answer.text


def added(office: Visitor, site: Site, form: dict[str, str]) -> CalendarEvent:
    """An event that the office adds by the form."""
    before = {one.number for one in at_present(site)}
    answer = office.post(EVENTS, form)
    assert answer.status_code == 303, answer.text
    (new,) = [one for one in at_present(site) if one.number not in before]
    assert answer.headers["Location"] == f"/calendar?period={form['day'][:7]}&event={new.number}#event"
    return new


def test_the_office_adds_changes_records_and_cancels(site: Site) -> None:
    """Each by a form; the page shows the event, its state and to the office its versions."""
    office = site.signed_in(Role.OFFICE)
    event = added(office, site, MEETING)
    page = shown(site, "/calendar", f"?month=2022-10&event={event.number}")
    for words in (
        "下一项：10月20日（周四） 09:30，四季度安全工作会议",
        "变更记录（1）",
        "张伟主持",
        "修改事项",
        "取消事项",
    ):
        assert words in page.replace("\n", ""), words
    assert "登记已开展" not in page
    at = f"{EVENTS}/{event.number}"
    moved = {**MEETING, "day": "2022-10-07", "starts_at": "", "last_day": "2022-10-08", "seen": str(event.version)}
    assert office.post(f"{at}/change", moved).status_code == 303
    (now,) = at_present(site)
    assert (now.content.day, now.content.until, now.content.starts_at) == (date(2022, 10, 7), date(2022, 10, 8), None)
    assert "登记已开展" in shown(site, "/calendar", f"?month=2022-10&event={event.number}")
    assert office.post(f"{at}/hold", {"held_on": "2022-10-08", "seen": str(now.version)}).status_code == 303
    page = shown(site, "/calendar", f"?month=2022-10&event={event.number}")
    for words in ("已开展", "变更记录（3）", "修改日期、结束日期、时间", "2022年10月8日开展"):
        assert words in page.replace("\n", ""), words
    (now,) = at_present(site)
    assert office.post(f"{at}/cancel", {"reason": "登记有误", "seen": str(now.version)}).status_code == 303
    page = shown(site, "/calendar", f"?month=2022-10&event={event.number}")
    assert "登记有误" in page
    assert "修改事项" not in page


def test_what_cannot_be_is_said_in_a_sentence(site: Site) -> None:
    """What is no day, time, quarter, unit or version: nothing is written, and the answer says why."""
    office = site.signed_in(Role.OFFICE)
    event = added(office, site, MEETING)
    at = f"{EVENTS}/{event.number}"
    for address, form, status, words in (
        (EVENTS, {**MEETING, "day": ""}, 400, "请填写日期"),
        (EVENTS, {**MEETING, "day": "2022-13-01"}, 400, "没有这"),
        (EVENTS, {**MEETING, "day": "0001-01-01"}, 400, "没有这"),
        (EVENTS, {**MEETING, "starts_at": "25:00"}, 400, "没有这个时间"),
        (EVENTS, {**MEETING, "title": ""}, 409, "事项名称"),
        (EVENTS, {**MEETING, "unit-nobody": "on"}, 409, "没有这个单位"),
        (EVENTS, {**MEETING, "held_on": "2022-10-09"}, 409, "尚未到"),
        (EVENTS, {**SPEECH, "quarter": "2022-05"}, 400, "哪个季度"),
        (EVENTS, {**SPEECH, "unit-shuanglu": "on"}, 409, "哪个季度"),
        (f"{at}/change", {**MEETING, "place": "二楼", "seen": "x"}, 409, "已有变更"),
        (f"{at}/hold", {"seen": str(event.version)}, 400, "开展日期"),
        (f"{at}/cancel", {"seen": str(event.version)}, 409, "取消的原因"),
        ("/calendar/leaders", {"year": "2022", "post": "董事长", "person": "李娜"}, 409, "没有这个职务"),
        ("/calendar/leaders", {"year": "year", "post": "管委会主任", "person": "李娜"}, 400, "没有这个"),
    ):
        got, text = said(office.post(address, form))
        assert (got, words in text) == (status, True), (address, form, text[-600:])
    assert [one.version for one in at_present(site)] == [event.version]
    assert site.visitor().post(EVENTS, MEETING).status_code in {302, 401}


def test_addresses_hold_month_and_kind(site: Site) -> None:
    """What is written in the address is shown again; what is no month of the calendar is said, and the present one is shown."""
    office = site.signed_in(Role.OFFICE)
    added(office, site, MEETING)
    added(office, site, {**SPEECH, "day": "2022-11-03"})
    october = shown(site, "/calendar", "?month=2022-10&kind=meeting")
    assert "四季度安全工作会议" in october
    assert "十条措施评审报送截止" in shown(site, "/calendar", "?month=2022-10")
    assert "十条措施评审报送截止" not in october
    assert "末位发言（龙滩子街道）" in shown(site, "/calendar", "?period=2022-11")
    assert "四季度安全工作会议" in shown(site, "/calendar", "?period=2022Q4"), "of a quarter the month that has begun"
    for wrong in ("?month=1999-01", "?month=soon", "?month=2024-01"):
        page = shown(site, "/calendar", wrong).replace("\n", "")
        assert "日历可查2012年1月至2023年12月，现在显示2022年10月。" in page, wrong
    assert "2022年日历上没有这个事项" in shown(site, "/calendar", "?month=2022-10&event=999999")
    filled = shown(site, "/calendar", "?month=2022-10&new=speech&quarter=2022Q2&unit=longtanzi")
    assert "新增事项" in filled


def test_readers_get_the_page_and_the_file_without_forms_and_notes(site: Site) -> None:
    """A viewer, an administrator and a unit see the meeting, no form and no note; the file is as the page is."""
    office = site.signed_in(Role.OFFICE)
    meeting = added(office, site, MEETING)
    other = added(office, site, {**MEETING, "kind": "interview", "title": "约谈", "unit-shuanglu": "on"})
    for role in (Role.VIEWER, Role.ADMIN, Role.UNIT):
        page = shown(site, "/calendar", f"?month=2022-10&event={meeting.number}", role)
        assert "四季度安全工作会议" in page
        for wanted in ("张伟", "新增事项", "修改事项", "变更记录", "任职人"):
            assert wanted not in page, (role, wanted)
        answer = site.signed_in(role).get("/calendar/2022.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"].endswith(".ics")
        file = parsed(answer.data)
        assert f"event-{meeting.number}" in file
        assert (f"event-{other.number}" in file) is (role is not Role.UNIT)
        assert "张伟" not in answer.data.decode()
    assert set(parsed(office.get("/calendar/2022.ics?kind=interview").data)) == {f"event-{other.number}"}
    assert "2022年日历上没有这个事项" in shown(site, "/calendar", f"?month=2022-10&event={other.number}", Role.UNIT)


def test_who_holds_a_post_is_written_down_for_the_office(site: Site) -> None:
    """By a form on the page; only the office reads it."""
    office = site.signed_in(Role.OFFICE)
    answer = office.post("/calendar/leaders", {"year": "2022", "post": "管委会主任", "person": "李娜"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/calendar#duties")
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        assert leaders(connection, settings.zone, 2022) == {"管委会主任": "李娜"}
    assert "李娜" in duties(site, Role.OFFICE)
    for role in (Role.VIEWER, Role.ADMIN, Role.UNIT):
        assert "李娜" not in duties(site, role)
        assert "任职人" not in duties(site, role)
    assert "党政领导履职" in duties(site, Role.VIEWER)
    assert "党政领导履职" not in duties(site, Role.UNIT)


def duties(site: Site, role: Role) -> str:
    """The leaders' duties, which the page asks for once it stands."""
    visitor = site.signed_in(role)
    output = "..calendar-duties-part.children.."
    return said_in(ask(visitor, body(visitor, output, {"calendar-asked-0-later.data": {"search": "?period=2022-10"}})))
