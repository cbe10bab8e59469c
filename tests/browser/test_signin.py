"""The door as people use it: one click in the demo; outside it accounts, first passwords, locks, idle sessions, resets."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from data.people.accounts import Accounts, Wanted
from data.people.scope import OFFICE_ACCOUNT, Role
from data.schema.accounts import sign_in
from data.store import reader, write_transaction
from data.zone.clock import Clock
from data.zone.zone import read_zone
from tests.browser import conftest
from tests.browser.appearance import faults
from tests.browser.conftest import SCREENS, Server, Stage, Watched, a_context, leave, settle
from tests.browser.looks import Look, faults_on_each_screen
from tests.demo_year import environment_of

NEW = "tulip cabinet 93 river"
WRONG = "wrong cabinet 93 river"
PAGES = {
    "viewer": ("总览", "数据报送", "通报与材料"),
    "unit": ("总览", "数据报送", "通报与材料"),
    "office": ("总览", "系统管理"),
    "admin": ("总览", "系统管理"),
}


@pytest.fixture(scope="session")
def outside_the_demo(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The server as an office runs it."""
    folder = tmp_path_factory.mktemp("real") / "served"
    shutil.copytree(nothing_sent, folder)
    environment = environment_of(folder)
    del environment["SUPERVISION_DEMO"]
    environment |= {"SUPERVISION_SECRET_KEY": "s" * 40, "SUPERVISION_HTTPS": "0"}
    environment["SUPERVISION_SIGN_IN_RATE"] = "1000 per minute"  # of all tests together
    for server in conftest._serve(environment):
        yield Stage(server)


@pytest.fixture
def real_server(outside_the_demo: Stage, nothing_sent: Path) -> Server:
    """A server outside the demo, empty, to which accounts are added."""
    return outside_the_demo.lend(nothing_sent)


def _add(server: Server, wanted: Wanted) -> str:
    """Make an account as the command does; its one-time password."""
    settings = server.settings
    with reader(settings.database_url).connect() as connection:
        zone = read_zone(connection, settings.zone)
    now = Clock(zone.calendar, settings.today).now()
    return Accounts.of(settings).add(wanted, by=OFFICE_ACCOUNT, at=now)


def _fill(page: Page, name: str, password: str) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    leave(page.get_by_role("button", name="登录", exact=True))


def _change(page: Page, old: str, new: str) -> None:
    page.get_by_label("当前密码").fill(old)
    page.get_by_label("新密码", exact=True).fill(new)
    page.get_by_label("再次输入新密码").fill(new)
    leave(page.get_by_role("button", name="修改密码"))


def _enter(page: Page, server: Server, name: str, first: str) -> None:
    """The first sign-in of an account, to the first page."""
    page.goto(server.url)
    _fill(page, name, first)
    _change(page, first, NEW)
    settle(page)


@pytest.mark.parametrize("address", ["/signin", "/signin?next=/scores"])
def test_sign_in_page_looks_as_it_should(server: Server, screen: Watched, address: str) -> None:
    """The sign-in page of the demo, on a desk and a phone, light and dark."""
    page = screen.page
    page.goto(server.url + address)
    assert page.get_by_role("button").count() == 5
    assert faults(page) == []
    assert screen.troubles == []


def test_sign_in_page_needs_no_script(server: Server, chromium: Browser) -> None:
    """Without scripts one can still sign in, and is told what is wrong."""
    context = a_context(chromium, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.url}/signin")
    _fill(page, "nobody", WRONG)
    assert "账号或密码" in page.locator("#signin-said").inner_text()
    leave(page.get_by_role("button", name="安委办"))
    assert page.url == f"{server.url}/overview"
    context.close()


@pytest.mark.parametrize("role", ["查看", "单位", "安委办", "管理员"])
def test_demo_is_one_click(server: Server, desk: Watched, role: str) -> None:
    """A click on a role leads to the page that was asked for, and the bar says who is there."""
    page = desk.page
    page.goto(f"{server.url}/submissions?period=2022-05")
    leave(page.get_by_role("button", name=role, exact=True))
    settle(page)
    assert page.url == f"{server.url}/submissions?period=2022-05"
    assert "演示账号" in page.locator("#shell-signed-in").inner_text()
    assert faults(page) == []
    assert desk.troubles == []


@pytest.mark.parametrize("role", list(PAGES))
def test_navigation_shows_what_the_role_may_open(server: Server, desk: Watched, role: str) -> None:
    """系统管理 stands in the navigation of the office and the administrator alone; others who ask for it are told no."""
    desk.role = role
    page = desk.open(server, "/administration")
    shown = page.locator("#shell-navigation").inner_text()
    for name in PAGES[role]:
        assert name in shown
    allowed = "系统管理" in PAGES[role]
    assert ("系统管理" in shown) == allowed
    assert page.locator("#not-allowed").count() == (0 if allowed else 1)
    assert page.locator("#administration-audit").count() == (1 if role == "admin" else 0)
    assert page.locator("#administration-add").count() == (1 if role == "admin" else 0)


def _fold_accounts(page: Page) -> None:
    """Unfold them, or fold them again."""
    for fold in page.locator("#administration-accounts summary").all():
        fold.click()


def _faults_and_folds(page: Page) -> tuple[list[str], list[str]]:
    """What is wrong with the page as it is opened, and with all that can be unfolded on it."""
    folded = faults(page)
    _fold_accounts(page)
    unfolded = faults(page)
    _fold_accounts(page)
    return folded, unfolded


@pytest.mark.parametrize("role", ["office", "admin", "unit"])
def test_administration_looks_as_it_should(look: Callable[..., Look], role: str) -> None:
    """The page of each role, on a desk and a phone, light and dark."""
    seen = look("/administration", role=role, reads=_faults_and_folds)
    assert seen.read == ([], [])
    assert seen.troubles == []


def test_sign_out(server: Server, desk: Watched) -> None:
    """One click, and nothing opens any more."""
    page = desk.open(server, "/overview")
    leave(page.get_by_role("button", name="退出"))
    assert page.url == f"{server.url}/signin"
    page.goto(f"{server.url}/scores")
    assert page.url == f"{server.url}/signin?next=%2Fscores"


@pytest.fixture(scope="module")
def first_sign_in() -> dict[str, list[list[str]]]:
    """What was wrong, screen by screen, at each stop of a first sign-in; empty until somebody went through it."""
    return {}


@pytest.mark.parametrize("screen", SCREENS)
def test_first_sign_in_asks_for_a_password_of_ones_own(
    real_server: Server, desk: Watched, first_sign_in: dict[str, list[list[str]]], screen: str
) -> None:
    """With the one-time password nothing opens but the change; a weak one is refused in words; then the page opens."""
    if not first_sign_in:
        stops = _sign_in_for_the_first_time(real_server, desk)
        first_sign_in |= {one: [stop[one] for stop in stops] for one in SCREENS}
    assert first_sign_in[screen] == [[], [], [], []]


def _sign_in_for_the_first_time(real_server: Server, watched: Watched) -> list[dict[str, list[str]]]:
    """What is wrong with the pages on the way, on each screen."""
    first = _add(real_server, Wanted("zhang.san", "张三", Role.UNIT, "longtanzi"))
    page, stops = watched.page, []
    page.goto(f"{real_server.url}/submissions?period=2022-09")
    assert page.locator("#signin-demo").count() == 0
    stops.append(faults_on_each_screen(page, "wide-light"))
    _fill(page, "zhang.san", first)
    assert "一次性密码" in page.locator("#password-why").inner_text()
    stops.append(faults_on_each_screen(page, "wide-light"))
    page.goto(f"{real_server.url}/overview")
    assert page.url.startswith(f"{real_server.url}/password")
    page.goto(f"{real_server.url}/password?next=/submissions%3Fperiod%3D2022-09")
    _change(page, first, "zhang.san 1234")
    assert "账号名" in page.locator("#signin-said").inner_text()
    stops.append(faults_on_each_screen(page, "wide-light"))
    _change(page, first, NEW)
    settle(page)
    assert page.url == f"{real_server.url}/submissions?period=2022-09"
    assert "张三（龙滩子街道）" in page.locator("#shell-signed-in").inner_text()
    stops.append(faults_on_each_screen(page, "wide-light"))
    assert [one for one in watched.troubles if "400" not in one] == []
    return stops


def test_wrong_passwords_lock_the_name(real_server: Server, desk: Watched) -> None:
    """Five wrong passwords, and the sentence says for how long the door is closed, to the right password too."""
    first = _add(real_server, Wanted("zhangsan", "张三", Role.VIEWER))
    page = desk.page
    page.goto(real_server.url)
    for _attempt in range(5):
        _fill(page, "zhangsan", WRONG)
    for password in (WRONG, first):
        _fill(page, "zhangsan", password)
        assert re.search(r"尝试次数过多.*1[45] 分钟", page.locator("#signin-said").inner_text())
    assert faults(page) == []


def test_idle_session_leads_back_to_the_sign_in(real_server: Server, desk: Watched) -> None:
    """After half an hour without a request the next click leads to the sign-in, and from there back to the page."""
    first = _add(real_server, Wanted("zhangsan", "张三", Role.VIEWER))
    page = desk.page
    _enter(page, real_server, "zhangsan", first)
    with write_transaction(real_server.environment["SUPERVISION_DATABASE_URL"]) as connection:
        for row in connection.execute(select(sign_in)).all():
            gone = row.seen_at - timedelta(minutes=31)
            connection.execute(update(sign_in).where(sign_in.c.key == row.key).values(seen_at=gone))
    page.get_by_role("link", name="数据报送").first.click()
    page.wait_for_url("**/signin?next=%2Fsubmissions*")
    _fill(page, "zhangsan", NEW)
    settle(page)
    assert page.url == f"{real_server.url}/submissions"


def test_office_resets_a_forgotten_password(real_server: Server, desk: Watched, chromium: Browser) -> None:
    """Without e-mail: the office clicks, reads the one-time password out, and the clerk comes in with it."""
    _add(real_server, Wanted("zhangsan", "张三", Role.UNIT, "longtanzi"))
    office = desk.page
    _enter(office, real_server, "office1", _add(real_server, Wanted("office1", "张三", Role.OFFICE)))
    office.get_by_role("link", name="系统管理").click()
    settle(office)
    rows = office.locator("#administration-accounts tbody tr")
    expect(rows).to_have_count(1)
    assert "初始密码未改" in rows.inner_text()
    leave(rows.get_by_role("button", name="重置密码"))
    secret = office.locator("#notice-secret").inner_text()
    assert faults(office) == []
    context = a_context(chromium)
    clerk = context.new_page()
    _enter(clerk, real_server, "zhangsan", secret)
    assert clerk.url == f"{real_server.url}/overview"
    context.close()
    leave(office.get_by_role("link", name="返回账号管理"))
    settle(office)
    assert "正常" in office.locator("#administration-accounts tbody tr").inner_text()
    assert desk.troubles == []


def test_administrator_makes_an_account_and_reads_the_log(real_server: Server, desk: Watched, tmp_path: Path) -> None:
    """New account with its one-time password, another role, disabled; the log tells all of it and can be exported."""
    page = desk.page
    _enter(page, real_server, "admin1", _add(real_server, Wanted("admin1", "张三", Role.ADMIN)))
    page.goto(f"{real_server.url}/administration")
    settle(page)
    form = page.locator("#administration-add")
    form.get_by_label("账号", exact=True).fill("lisi")
    form.get_by_label("姓名", exact=True).fill("李四")
    form.get_by_label("单位（").select_option(label="邮亭镇")
    leave(form.get_by_role("button", name="建立账号"))
    assert len(page.locator("#notice-secret").inner_text()) == 16
    leave(page.get_by_role("link", name="返回账号管理"))
    settle(page)
    row = page.locator("#administration-accounts tbody tr", has_text="lisi")
    assert "单位：邮亭镇" in row.inner_text()
    row.locator("summary").click()
    row.get_by_label("角色").select_option(label="查看")
    leave(row.get_by_role("button", name="更改角色"))
    settle(page)
    row.locator("summary").click()
    leave(row.get_by_role("button", name="停用"))
    settle(page)
    assert "已停用" in row.inner_text()
    page.locator("#administration-who").select_option("lisi")
    page.wait_for_url("**/administration?account=lisi")
    expect(page.locator("#administration-audit tbody tr")).to_have_count(3)
    settle(page)
    acts = page.locator("#administration-audit tbody tr td:nth-child(4)").all_inner_texts()
    assert acts == ["停用账号", "更改角色", "建立账号"]
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="导出全部").click()
    saved = tmp_path / "audit.csv"
    download.value.save_as(saved)
    assert "account lisi" in saved.read_text(encoding="utf-8-sig")
    assert desk.troubles == []


def test_viewer_cannot_send_workbooks_even_by_hand(server: Server, desk: Watched) -> None:
    """What a page does not offer the server refuses too, in words."""
    desk.role = "viewer"
    page = desk.open(server, "/submissions")
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "_csrf_token")
    sent = page.request.post(
        f"{server.url}/upload",
        headers={"X-CSRFToken": token},
        multipart={"files": {"name": "a.xlsx", "mimeType": "application/octet-stream", "buffer": b"x"}},
    )
    assert sent.status == 403
    assert "不能报送" in sent.json()["error"]
