"""Charts further down are drawn when their reader comes near them, or asks for them; and then as they would be anyway."""

from __future__ import annotations

from tests.browser.conftest import Server, Watched, settle

ADDRESS = "/ranking?period=2022-08&group=department"
FAR = "#monthly-ranking-chain"
HEIGHTS = "() => [...document.querySelectorAll('.chart')].map((one) => one.offsetHeight)"
STATE = """far => {
  const chart = document.querySelector(`${far} .js-plotly-plot`), look = document.documentElement.dataset.bsTheme;
  const token = getComputedStyle(document.documentElement).getPropertyValue("--ink").trim();
  return chart && [look, chart.layout.template.layout.font.color === token];
}"""


def test_a_chart_is_drawn_when_its_reader_comes_near(server: Server, desk: Watched) -> None:
    """In the colours that were chosen since; nothing jumps, as its place was kept."""
    page = desk.open(server, ADDRESS)
    assert page.locator("#monthly-ranking-bars .main-svg").count() > 0
    assert page.evaluate(STATE, FAR) is None
    heights = page.evaluate(HEIGHTS)
    with page.expect_response("**/chart-template/*"):
        page.locator("[data-switch-theme]").click()
    settle(page)
    assert page.evaluate(STATE, FAR) is None
    page.locator(FAR).scroll_into_view_if_needed()
    page.locator(f"{FAR} .main-svg").first.wait_for()
    settle(page)
    assert page.evaluate(STATE, FAR) == ["dark", True]
    assert page.evaluate(HEIGHTS) == heights
    assert desk.troubles == []


def test_who_asks_for_a_chart_further_down_gets_it(server: Server, desk: Watched) -> None:
    """By the keyboard, which walks through its marks at once, and by the button that keeps it as a picture."""
    page = desk.open(server, ADDRESS)
    chart = page.locator(".chart", has=page.locator(FAR))
    marks = chart.locator(".chart-marks")
    marks.evaluate("one => one.focus({preventScroll: true})")
    assert page.evaluate(STATE, FAR) is not None
    assert marks.locator("[role=option]").count() == 1
    page = desk.open(server, ADDRESS)
    with page.expect_download():
        chart.get_by_role("button", name="SVG").evaluate("button => button.click()")
    assert desk.troubles == []
