"""Which language a request is answered in: its address's, the asking page's, the browser's memory of one, the installation's."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from data.language import gettext, speak
from data.people.accounts import Accounts
from data.people.scope import Role
from data.settings import Settings
from tests.integration.sites import Site, made


def _lang(document: str) -> str:
    found = re.search(r'<html lang="([^"]+)"', document)
    assert found, document[:300]
    return found[1]


def _switch(document: str) -> str | None:
    found = re.search(r'id="shell-language" href="([^"]+)"', document)
    return None if found is None else found[1].replace("&amp;", "&")


def test_chinese_first_and_english_from_an_address_on(shared_site: Site) -> None:
    """Before signing in, across it and behind it; what a browser would like by itself is not asked."""
    visitor = shared_site.visitor(headers={"Accept-Language": "en"})
    assert _lang(visitor.get("/signin").get_data(as_text=True)) == "zh-CN"
    led = visitor.get("/ranking?period=2022-05&lang=en")
    assert led.status_code == 302
    said = visitor.get(led.location).get_data(as_text=True)
    assert (_lang(said), "Sign in" in said, "登录" in said) == ("en", True, False)
    assert _lang(visitor.get("/signin").get_data(as_text=True)) == "en"
    assert "You are not signed in" in visitor.get("/_dash-layout").get_data(as_text=True)
    assert _lang(visitor.get("/signin?lang=zh").get_data(as_text=True)) == "zh-CN"
    assert visitor.cookie("lang") == "zh"


def test_an_unknown_language_is_not_taken(shared_site: Site) -> None:
    """Whatever an address, a cookie or a header says."""
    visitor = shared_site.visitor(headers={"X-Language": "de"})
    for said in ("xx", "EN", "zh_CN", "en%0d%0aSet-Cookie:a=b", ""):
        answer = visitor.get(f"/signin?lang={said}")
        assert _lang(answer.get_data(as_text=True)) == "zh-CN"
        assert visitor.cookie("lang") is None
    visitor.client.set_cookie("lang", "../../etc", domain="127.0.0.1")
    assert _lang(visitor.get("/signin").get_data(as_text=True)) == "zh-CN"


def test_an_open_page_is_answered_in_its_own_language(shared_site: Site) -> None:
    """A page that stands open says which it is, whatever was chosen meanwhile elsewhere in the same browser."""
    visitor = shared_site.signed_in(Role.OFFICE)
    visitor.get("/overview?lang=en")
    assert "Monthly enforcement ranking" in visitor.frame()
    visitor.headers["X-Language"] = "zh"
    assert "月度执法排名" in visitor.frame()
    assert "Monthly" not in visitor.frame()


def test_a_document_says_its_language_where_it_is_not_the_usual_one(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then its script says it in every address, so that a link opens what its sender saw; the usual one no address needs."""
    for usual, plain, other in (("zh_CN", "zh", "en"), ("en", "en", "zh")):
        with monkeypatch.context() as patch:
            visitor = made(sqlite_installation, patch, language=usual).signed_in(Role.VIEWER)
            assert "data-say-language" not in visitor.get("/overview").get_data(as_text=True)
            assert f'data-say-language="{other}"' in visitor.get(f"/overview?lang={other}").get_data(as_text=True)
            assert "data-say-language" not in visitor.get(f"/overview?lang={plain}").get_data(as_text=True)


def test_files_that_a_browser_keeps_bring_no_cookie(shared_site: Site) -> None:
    """Only pages and the ways to them are remembered; over https the cookie is Secure, and no script reads it."""
    visitor = shared_site.visitor()
    for address in ("/assets/first.js", "/bootstrap/bootstrap.min.css", "/healthz"):
        assert "Set-Cookie" not in visitor.get(f"{address}?lang=en").headers
    cookie = next(
        one for one in visitor.get("/signin?lang=en").headers.getlist("Set-Cookie") if one.startswith("lang=")
    )
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))


def test_the_switch_of_a_plain_page_keeps_its_address(shared_site: Site) -> None:
    """The way on after signing in stays; what a form was answered with and cannot be asked for again has no switch."""
    visitor = shared_site.visitor()
    page = visitor.get("/signin?next=/ranking%3Fperiod%3D2022-05").get_data(as_text=True)
    assert _switch(page) == "/signin?next=%2Franking%3Fperiod%3D2022-05&lang=en"
    refused = visitor.sign_in("nobody", "wrong", next="/ranking").get_data(as_text=True)
    assert _switch(refused) == "/signin?next=%2Franking&lang=en"
    english = visitor.get(_switch(refused) or "").get_data(as_text=True)
    assert _lang(english) == "en"
    assert _switch(english) == "/signin?next=%2Franking&lang=zh"
    administrator = shared_site.signed_in(Role.ADMIN)
    made_account = administrator.post("/accounts/add", {"name": "newone", "display_name": "新人", "role": "viewer"})
    assert _switch(made_account.get_data(as_text=True)) is None


def test_requests_beside_each_other_keep_their_languages(shared_site: Site) -> None:
    """Threads are used again: none speaks what the one before spoke."""

    def heading(number: int) -> str:
        language = ("en", "zh")[number % 2]
        visitor = shared_site.visitor(headers={"X-Language": language})
        found = re.search(r"<h1>(.*?)</h1>", visitor.get("/signin").get_data(as_text=True))
        return found[1] if found else ""

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(heading, range(24)))
    assert said == ["Sign in", "登录"] * 12


def test_what_is_kept_for_all_is_said_in_the_installations_language(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo's account is made at the first click, whoever clicks, and read by everybody."""
    site = made(sqlite_installation, monkeypatch, demo=True)
    visitor = site.visitor()
    visitor.get("/signin?lang=en")
    assert visitor.post("/signin/demo/office").status_code == 303
    found = Accounts.of(site.door.settings).find("demo-office")
    speak("zh_CN")
    assert found is not None
    assert found.display_name == gettext("Demo account")
