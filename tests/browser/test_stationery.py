"""The office words a document: typed, looked at as pages, adopted; and how the pages for it look."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.appearance import faults
from tests.browser.conftest import Server, Watched

LOOKED_AT = ("/documents/settings", "/documents/ranking", "/promises?unit=shuanglu&period=2022-05")


def test_pages_of_documents_look_as_they_should(server: Server, screen: Watched) -> None:
    """Wide and on a phone, light and dark: nothing is cut, pale or over another."""
    for address in LOOKED_AT:
        page = screen.open(server, address)
        assert (address, faults(page)) == (address, [])
    assert screen.troubles == []


def test_wording_is_typed_looked_at_and_adopted(own_server: Server, desk: Watched) -> None:
    """What is wrong is said above what was typed; what is right is shown as pages, and holds once a reason is given."""
    page = desk.open(own_server, "/documents/ranking")
    typed = page.locator("#document-text")
    ours = typed.input_value()
    typed.fill(ours.replace("{{ 期间 }}执法检查", "{{ 月份 }}执法检查"))
    page.locator("#document-form button").click()
    expect(page.locator("#document-fault")).to_contain_text("不存在的字段：月份")
    expect(typed).to_have_value(ours.replace("{{ 期间 }}执法检查", "{{ 月份 }}执法检查"))
    typed.fill(ours.replace("情况的通报", "情况专报"))
    page.locator("#document-form button").click()
    first = page.locator("#drawn-pages img").first
    expect(first).to_have_js_property("complete", value=True)
    assert first.evaluate("image => image.naturalWidth") > 500
    page.locator("#document-reason").fill("改为专报")
    page.locator("#document-adopt button").click()
    expect(page.locator("#document-holds")).to_contain_text("改为专报")
    expect(typed).to_have_value(ours.replace("情况的通报", "情况专报"))
    assert [one for one in desk.troubles if "400" not in one] == []
