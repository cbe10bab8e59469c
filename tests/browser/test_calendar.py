"""日历 in the browser: the office writes an event and records it, everybody finds it on a desk and a phone, and it leads on."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import icalendar
from playwright.sync_api import expect

from tests.browser.conftest import Server, Watched, arrive, leave, settle
from tests.browser.looks import Look, faults_on_each_screen

PART = "#calendar-"


def test_an_event_is_added_recorded_and_cancelled(own_server: Server, desk: Watched, tmp_path: Path) -> None:
    """From the form to the sheet; it is recorded as held; cancelled it stays, struck through; nothing is cut off on any screen."""
    page = desk.open(own_server, "/calendar")
    page.locator("#new summary").click()
    form = page.locator(f"{PART}new")
    form.locator("select[name=kind]").select_option("meeting")
    form.locator("input[name=title]").fill("安委会专题会议")
    form.locator("input[name=day]").fill("2022-10-07")
    form.locator("input[name=starts_at]").fill("14:30")
    form.locator("input[name=place]").fill("管委会三楼会议室")
    form.get_by_label("龙滩子街道").check()
    leave(form.get_by_role("button", name="新增"))
    settle(page)
    expect(page.locator("#event .card-heading")).to_contain_text("安委会专题会议")
    expect(page.locator("#event .facts")).to_contain_text("龙滩子街道办事处")
    entry = page.locator(f"{PART}sheet .month-entry", has_text="安委会专题会议")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("14:30")
    assert [one for faults in faults_on_each_screen(page, "wide-light").values() for one in faults] == []

    leave(page.locator(f"{PART}event-hold").get_by_role("button", name="登记已开展"))
    settle(page)
    expect(page.locator("#event .pill").first).to_contain_text("已开展")
    with page.expect_download() as started:
        page.get_by_role("link", name="导出2022年日历").click()
    file = tmp_path / "2022.ics"
    started.value.save_as(file)
    (event,) = (
        one
        for one in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
        if one["summary"] == "安委会专题会议"
    )
    assert event["dtstart"].dt.strftime("%Y-%m-%d %H:%M") == "2022-10-07 14:30"

    page.locator("#event summary", has_text="取消事项").click()
    page.locator(f"{PART}event-cancel input[name=reason]").fill("登记有误")
    leave(page.locator(f"{PART}event-cancel").get_by_role("button", name="取消"))
    settle(page)
    expect(page.locator("#event")).to_contain_text("登记有误")
    expect(entry).to_have_class(re.compile("state-cancelled"))
    assert desk.troubles == []


def test_a_speech_that_is_to_be_held_is_recorded_from_its_card(own_server: Server, desk: Watched) -> None:
    """A speech is chosen in the sheet, moved to a day that has come, and recorded as spoken."""
    page = desk.open(own_server, "/calendar?period=2022-10&kind=speech")
    page.locator(f"{PART}sheet .month-entry", has_text="社事局").click()
    arrive(page, "**event=*")
    expect(page.locator("#event")).to_contain_text("2022年第2季度")
    page.locator("#event summary", has_text="修改事项").click()
    page.locator(f"{PART}event-change input[name=day]").fill("2022-10-08")
    leave(page.locator(f"{PART}event-change").get_by_role("button", name="保存修改"))
    settle(page)
    leave(page.locator(f"{PART}event-hold").get_by_role("button", name="登记已发言"))
    settle(page)
    expect(page.locator("#event .pill").first).to_contain_text("已开展")
    assert desk.troubles == []


def test_on_a_phone_the_month_is_a_list_that_leads_on(server: Server, screens: Callable[[str], Watched]) -> None:
    """The sheet gives way to the days, past and to come; an entry leads to its page, a month and a kind to theirs."""
    phone = screens("phone-light")
    phone.role = "viewer"
    page = phone.open(server, "/calendar")
    expect(page.locator(f"{PART}sheet")).to_be_hidden()
    days = page.locator(f"{PART}agenda .agenda-day")
    expect(days.first).to_contain_text("10月5日（周三）")
    expect(days.filter(has_text="四季度安全生产和自然灾害防治工作会议")).to_contain_text("10月20日（周四）")
    page.locator(f"{PART}kinds a", has_text="重点任务").click()
    arrive(page, "**kind=plan*")
    expect(days).to_have_count(1)
    page.get_by_role("link", name="← 上月").click()
    arrive(page, "**period=2022-09*")
    expect(page.locator(f"{PART}message")).to_contain_text("2022年9月")
    page.locator(".agenda-title", has_text="重点任务到期").click()
    arrive(page, "**/work-plan?day=2022-09-30")
    expect(page.locator("h1")).to_have_text("重点任务")
    assert phone.troubles == []


def test_the_calendar_looks_as_it_should(look: Callable[..., Look]) -> None:
    """A month with much in it, on a desk and a phone, light and dark."""
    seen = look("/calendar?month=2022-07")
    assert seen.faults == []
    assert seen.troubles == []
