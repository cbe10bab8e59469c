"""通报与材料 in the browser: published, read by a unit, corrected, revised; and a document with one digit changed, dropped on the page."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from data.intake.deciding import Desk
from data.intake.decisions import return_workbook
from data.rollup.in_force import in_force
from data.settings import Settings
from data.store import reader
from data.zone.clock import Clock
from data.zone.zone import read_zone
from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched, leave, settle

MONTH, SAID = "2022-08", "2022年8月 月度执法排名"
UNIT = "longtanzi"
RETURNED, SHORT = "construction", "建管局"
"""Of whose ledger no later one speaks, so that it can be returned."""


def publish(page: Page, button: str, reason: str = "") -> None:
    """Fill in what the office is asked and press a button of the form; then the publication is shown."""
    if reason:
        page.locator("#publications-publish-reason").fill(reason)
    leave(page.locator("#publications-publish").get_by_role("button", name=button))
    settle(page)


def give_back(settings: Settings, unit: str) -> None:
    """The office returns a unit's ledger of the month."""
    with reader(settings.database_url).connect() as connection:
        found = in_force(connection, settings.zone, "enforcement", unit, MONTH)
        now = Clock(read_zone(connection, settings.zone).calendar, settings.today).now()
    assert found is not None
    return_workbook(Desk.of(settings, "office", now), found.submission, "复查日期与现场不符")


def drop(page: Page, path: Path) -> None:
    """Drop a document on the page."""
    told = {"name": path.name, "content": path.read_text(encoding="utf-8")}
    page.evaluate(
        """({name, content}) => {
          const data = new DataTransfer();
          data.items.add(new File([content], name));
          const area = document.getElementById("publications-verify");
          area.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: data}));
        }""",
        told,
    )


def published_by_the_office(server: Server, desk: Watched, folder: Path) -> Path:
    """The office looks at what will be frozen, publishes it and takes the document along."""
    page = desk.open(server, f"/publications?publish={MONTH}")
    for words in ("将连同全部依据固定为第1版", "第一", "不能撤回"):
        expect(page.locator("#publish")).to_contain_text(words)
    assert faults(page) == []
    publish(page, "发布")
    expect(page.locator("#one")).to_contain_text("定稿")
    expect(page.locator("#publications-message")).to_contain_text(f"最近发布：{SAID}，第1版 · 定稿")
    expect(page.locator("#publications-message")).to_contain_text("与发布一致")
    assert faults(page) == []
    with page.expect_download() as started:
        page.locator("#one").get_by_role("link", name="JSON").click()
    document = folder / "通报.json"
    started.value.save_as(document)
    return document


def one_of_the_list(server: Server, desk: Watched, role: str, **form: str) -> Page:
    """Somebody opens the publication from the list."""
    desk.sign_in(server, role, **form)
    page = desk.open(server, "/publications")
    page.locator("#publications-list").get_by_role("link", name=SAID).click()
    settle(page)
    return page


def revised_by_the_office(server: Server, desk: Watched) -> str:
    """What is returned overtakes it; the office sees what moved and by what, and revises it as a 更正. Where that stands."""
    page = one_of_the_list(server, desk, "office")
    expect(page.locator("#publications-message")).to_contain_text("发布后数据有变动，尚未发布新版本")
    moved = page.locator("#publications-moved")
    for words in (f"{SHORT}2022年8月执法检查台账已退回，不再计入", f"{SHORT}得分：", f"{SHORT}备注：— → 未报"):
        expect(moved).to_contain_text(words)
    assert faults(page) == []
    moved.get_by_role("link", name="发布新版本").click()
    settle(page)
    publish(page, "发布为更正", "台账退回")
    for words in ("第2版 · 更正 · 定稿", "台账退回", "与上一版相比", "部门组未报"):
        expect(page.locator("#one")).to_contain_text(words)
    return page.url.removeprefix(server.url).removesuffix("#one")


def test_from_publishing_to_a_correction_and_what_everyone_then_sees(
    own_server: Server, desk: Watched, tmp_path: Path
) -> None:
    """Published, read whole by a unit, overtaken by a return, revised: both can be read; a document with one digit changed is found."""
    document = published_by_the_office(own_server, desk, tmp_path)
    content = json.loads(document.read_text(encoding="utf-8"))
    page = one_of_the_list(own_server, desk, "unit", unit=UNIT)
    rows = page.locator("#publications-frozen tbody tr")
    assert rows.count() == sum(len(one["rows"]) for one in content["groups"])
    assert page.locator("#publish, #publications-moved").count() == 0

    give_back(own_server.settings, RETURNED)
    address = revised_by_the_office(own_server, desk)
    desk.sign_in(own_server, "unit", unit=UNIT)
    page = desk.open(own_server, address)
    revisions = page.locator("#publications-revisions li")
    expect(revisions).to_have_count(2)
    revisions.last.get_by_role("link").click()
    settle(page)
    expect(page.locator("#one h2")).to_contain_text("已有新版本")

    answer = page.locator("#publications-verify-answer")
    drop(page, document)
    expect(answer).to_contain_text("已有新版本")
    content["groups"][0]["rows"][0]["score"] += 0.01
    altered = tmp_path / "通报（改）.json"
    altered.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    drop(page, altered)
    expect(answer).to_contain_text("有改动")
    expect(answer).to_contain_text("groups[0].rows[0].score")
    assert faults(page) == []
    assert desk.troubles == []
