"""What a correction changes, in the browser: five numbers first, then from change to change by a key or a button."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from data.intake.archive import Archive
from data.intake.inbox import Choice, take_in
from etl.loading.load import Loader
from tests.browser.appearance import faults
from tests.browser.conftest import Server, Stage, Watched, settle
from tests.browser.looks import faults_on_each_screen
from tests.demo_year import environment_of, settings_of
from tests.integration.ledgers import RECEIVED, Book, ledger, send

LEDGER = "执法检查台账"
HERE = ".row-changes tr.here"
CHANGED = 52
"""Rows that the correction changes: two pages of them."""


class Correction(NamedTuple):
    """A server on which a correction waits for its sender's word, and its address."""

    server: Server
    address: str


def many(remark: str) -> Book:
    """May's ledger with so many more inspections."""
    book = ledger()
    del book.sheets["汇总"]
    rows = book.sheets[LEDGER]
    for case in range(CHANGED):
        rows.append([*rows[3][:8], f"（渝双）应急检记〔2022〕9{case:03d}号", *rows[3][9:19], remark])
    return book


@pytest.fixture(scope="module")
def corrected(nothing_sent: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """An installation in which of many rows 52 have another remark, one is gone, one is new; the correction's number."""
    books = tmp_path_factory.mktemp("correction")
    folder = books / "corrected"
    shutil.copytree(nothing_sent, folder)
    settings = settings_of(environment_of(folder))
    with Loader(settings) as loader:
        assert send(loader, many("初报").put({"I4": "（渝双）应急检记〔2022〕1号"}), books).status == "accepted"
    second = many("更正").put({"I4": "（渝双）应急检记〔2022〕2号", "T2": "更正", "F2": "双路街道"})
    with second.write(books / "更正.xlsx").open("rb") as file:
        receipt = take_in(
            settings.database_url, Archive(settings.archive_dir), settings.zone, file, "更正.xlsx", "office", RECEIVED,
            Choice(), asks=True,
        )  # fmt: skip
    return folder, receipt.number


@pytest.fixture
def correction(demo: Stage, corrected: tuple[Path, int]) -> Correction:
    """The correction on a server; tests only look."""
    folder, number = corrected
    return Correction(demo.show(folder), f"/submissions?period=2022-05&submission={number}")


def opened(screen: Watched, correction: Correction) -> Page:
    """The correction's card, once it is checked."""
    page = screen.open(correction.server, correction.address)
    expect(page.locator("#submissions-one h3").first).to_contain_text("已核对")
    settle(page)
    return page


def stands_at(page: Page, place: str, row: str) -> Locator:
    """The change that one stands at: marked, focused, in view, and said."""
    here = page.locator(HERE)
    expect(page.locator(".walk-place")).to_have_text(place)
    expect(here).to_have_count(1)
    expect(here).to_contain_text(row)
    expect(here).to_be_focused()
    expect(here).to_be_in_viewport()
    return here


@pytest.mark.parametrize("at", ["wide-light", "phone-dark"])
def test_five_numbers_and_a_key_from_change_to_change(
    screens: Callable[[str], Watched], correction: Correction, at: str
) -> None:
    """Keys go down and up, over the end of the page and on to what is gone and what is new; nothing is out of place."""
    screen = screens(at)
    page = opened(screen, correction)
    numbers = page.locator("#submissions-changes-numbers")
    assert numbers.inner_text().split() == ["新增", "1", "改动", "53", "减少", "1", "不变", "2", "改动单元格", "54"]
    page.keyboard.press("n")
    stands_at(page, "第 1 处，共 53 处", "双路街道")
    page.keyboard.press("j")
    stands_at(page, "第 2 处，共 53 处", "9000号")
    page.keyboard.press("k")
    stands_at(page, "第 1 处，共 53 处", "双路街道")
    assert faults(page) == []
    page.keyboard.press("p")
    expect(page.locator(".walk-place")).to_have_text("没有更多变化了。")
    for _press in range(49):
        page.keyboard.press("n")
    stands_at(page, "第 50 处，共 53 处", "9048号")
    page.keyboard.press("n")
    stands_at(page, "第 51 处，共 53 处", "9049号")
    page.keyboard.press("p")
    stands_at(page, "第 50 处，共 53 处", "9048号")
    for _press in range(4):
        settle(page)
        page.keyboard.press("n")
    stands_at(page, "第 1 处，共 1 处", "〔2022〕1号")
    settle(page)
    page.keyboard.press("n")
    stands_at(page, "第 1 处，共 1 处", "〔2022〕2号")
    settle(page)
    page.keyboard.press("n")
    expect(page.locator(".walk-place")).to_have_text("没有更多变化了。")
    assert not any(faults_on_each_screen(page, at).values())
    assert screen.troubles == []


def test_buttons_do_the_same_and_typing_is_left_alone(desk: Watched, correction: Correction) -> None:
    """By mouse and by Tab and Enter; a letter typed into a field goes nowhere."""
    page = opened(desk, correction)
    button = page.get_by_role("button", name="下一处变化")
    button.click()
    stands_at(page, "第 1 处，共 53 处", "双路街道")
    button.focus()
    page.keyboard.press("Enter")
    stands_at(page, "第 2 处，共 53 处", "9000号")
    page.get_by_role("button", name="上一处变化").click()
    stands_at(page, "第 1 处，共 53 处", "双路街道")
    note = page.locator("#submissions-note")
    note.fill("")
    note.press_sequentially("npjk")
    expect(note).to_have_value("npjk")
    expect(page.locator(".walk-place")).to_have_text("第 1 处，共 53 处")
    assert desk.troubles == []
