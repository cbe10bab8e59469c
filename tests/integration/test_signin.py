"""The door of the web application: who comes in and how long, what is asked of every request, and what a stranger learns."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboards.web.signin.pages import way_on
from data.people.scope import Role
from data.settings import Settings
from tests.integration.doors import BETTER, GOOD, OFFICE
from tests.integration.sites import HERE, SECRET, Site, Visitor, made

ROOT = Path(__file__).parents[2]
CLOSED = (
    "/", "/overview", "/ranking?period=2022-08", "/scores", "/casualties", "/frontline", "/disasters", "/hazards", "/inspection-lists", "/supervision", "/work-plan", "/unit", "/calendar", "/tipoffs", "/submissions", "/schemes", "/schemes/form", "/administration", "/nowhere",
    "/original/1", "/audit.csv", "/password", "/signin/nothing", "/assets", "/healthz/x", "//overview", "/Signin",
)  # fmt: skip
FOR_SCRIPTS = ("/_dash-layout", "/_dash-dependencies", "/_reload-hash")
CHANGING = (
    "/signin", "/signout", "/password", "/accounts/add", "/accounts/reset", "/accounts/active", "/accounts/role",
    "/accounts/unlock", "/second-account/1", "/schemes/form", "/schemes/file", "/schemes/adopt", "/schemes/withdraw",
    "/upload", "/decide/veto", "/_dash-update-component",
)  # fmt: skip
OPEN = (
    "/signin",
    "/healthz",
    "/assets/first.js",
    "/bootstrap/bootstrap.min.css",
    "/chart-template/dark.json",
    "/_favicon.ico",
)


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with one account of each role, outside the demo."""
    return made(sqlite_installation, monkeypatch)


@pytest.fixture
def demo(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application in demo mode."""
    return made(sqlite_installation, monkeypatch, demo=True)


# Without an account


@pytest.mark.parametrize("address", CLOSED)
def test_page_without_an_account_leads_to_the_sign_in(shared_site: Site, address: str) -> None:
    """Every address but the door's own and static files sends a stranger to the sign-in, which knows the way back."""
    answer = shared_site.visitor().get(address)
    assert answer.status_code in {302, 308}, answer.text
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/signin")


@pytest.mark.parametrize("address", FOR_SCRIPTS)
def test_script_without_an_account_is_told_so(shared_site: Site, address: str) -> None:
    """What Dash asks for without an account gets 401 and a Chinese sentence, and nothing else."""
    answer = shared_site.visitor().get(address)
    assert answer.status_code == 401
    assert list(answer.json) == ["error"]
    assert "登录" in answer.json["error"]


@pytest.mark.parametrize("address", [one for one in CHANGING if one != "/signin"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_change_without_an_account_is_refused(shared_site: Site, address: str, method: str) -> None:
    """Whatever changes something needs an account, whether the form's token is right or not."""
    stranger = shared_site.visitor()
    token = stranger.token()
    for data in ({}, {"csrf_token": token}):
        answer = stranger.client.open(address, method=method, base_url=HERE, data=data)
        assert answer.status_code == 401


@pytest.mark.parametrize("address", OPEN)
def test_static_files_and_the_door_are_open(shared_site: Site, address: str) -> None:
    """The sign-in page, its looks and the sign of life need no account; static files neither set nor depend on a cookie,
    for the browser would fetch them anew with every page."""
    answer = shared_site.visitor().get(address)
    assert answer.status_code == 200
    if address != "/signin":
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_warm_up_cannot_be_asked_for_from_outside(shared_site: Site) -> None:
    """What lets the application's own first request through is no header, and no text in the environ."""
    for name in ("Supervision.Warm-Up", "supervision.warm_up", "Supervision-Warm-Up"):
        assert shared_site.visitor(headers={name: "1"}).get("/overview").status_code == 302
    asked: Any = {"supervision.warm_up": "1"}
    assert shared_site.visitor().get("/overview", environ_overrides=asked).status_code == 302


# Sessions


def test_sign_in_opens_the_pages(site: Site) -> None:
    """With the right password the asked-for page opens; the account is the one that signed in."""
    visitor = site.visitor()
    answer = visitor.sign_in("ZhangSan", GOOD, next="/ranking?period=2022-08")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/ranking?period=2022-08")
    assert visitor.get("/ranking").status_code == 200
    assert "张三" in visitor.frame()


def test_wrong_password_tells_nothing(site: Site) -> None:
    """Unknown account and wrong password get the same page but for the name typed in; no session begins."""
    pages = []
    for name in ("zhangsan", "nobody"):
        visitor = site.visitor()
        answer = visitor.sign_in(name, "wrong cabinet 93 river")
        assert answer.status_code == 403
        assert visitor.get("/overview").status_code == 302
        pages.append(re.sub(r'value="[^"]*"', "", answer.text))
    assert pages[0] == pages[1]
    assert "账号或密码" in pages[0]


def test_session_cannot_be_fixed(site: Site) -> None:
    """A cookie from before the sign-in opens nothing after it, nor does the one of an earlier session."""
    visitor = site.visitor()
    visitor.token()
    before = visitor.cookie("session")
    visitor.sign_in("zhangsan", GOOD)
    first = visitor.cookie("session")
    assert first not in {before, None}
    visitor.sign_in("zhangsan", GOOD)
    second = visitor.cookie("session")
    assert second not in {before, first}
    for old in (before, first):
        thief = site.visitor()
        thief.client.set_cookie("session", old or "", domain="127.0.0.1")
        assert thief.get("/overview").status_code == 302
    assert visitor.get("/overview").status_code == 200


def test_planted_session_is_left_behind(site: Site) -> None:
    """Who signs in over a cookie that somebody else planted gets a session that the other does not share."""
    thief, victim = site.signed_in(Role.VIEWER), site.visitor()
    planted = thief.cookie("session") or ""
    victim.client.set_cookie("session", planted, domain="127.0.0.1")
    victim.sign_in("admin1", GOOD)
    assert victim.cookie("session") != planted
    assert thief.get("/overview").status_code == 302
    assert "管事" in victim.frame()


def test_idle_session_ends(site: Site) -> None:
    """A session lives while it is used, and ends when nothing is asked for the idle time."""
    visitor = site.signed_in()
    for _turn in range(3):
        site.clock.passes(minutes=29)
        assert visitor.get("/overview").status_code == 200
    site.clock.passes(minutes=30, seconds=1)
    assert visitor.get("/overview").status_code == 302
    assert visitor.get("/_dash-layout").status_code == 401


def test_longest_session_ends(site: Site) -> None:
    """However much it is used, a session ends after its hours."""
    visitor = site.signed_in()
    for _turn in range(35):
        site.clock.passes(minutes=20)
        assert visitor.get("/overview").status_code == 200
    site.clock.passes(minutes=21)
    assert visitor.get("/overview").status_code == 302


def test_sign_out_ends_the_session_on_the_server(site: Site) -> None:
    """After signing out the cookie opens nothing, also not a copy of it."""
    visitor = site.signed_in()
    assert visitor.get("/overview").status_code == 200
    copy = visitor.cookie("session") or ""
    answer = visitor.post("/signout")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/signin")
    visitor.client.set_cookie("session", copy, domain="127.0.0.1")
    assert visitor.get("/overview").status_code == 302


def test_reset_disabling_and_a_new_role_end_sessions(site: Site) -> None:
    """Whatever takes rights away ends what is open, at the next request."""
    acts = (
        lambda accounts: accounts.reset_password("zhangsan", **OFFICE),
        lambda accounts: accounts.set_role("zhangsan", Role.VIEWER, **OFFICE),
        lambda accounts: accounts.set_active("zhangsan", False, **OFFICE),
    )
    for act in acts:
        visitor = site.signed_in()
        assert visitor.get("/overview").status_code == 200
        act(site.door.accounts)
        assert visitor.get("/overview").status_code == 302


def test_lock_out(site: Site) -> None:
    """After five wrong passwords the right one is refused too, for any name alike; later it opens again."""
    for name in ("zhangsan", "nobody"):
        for _attempt in range(5):
            locked = site.visitor().sign_in(name, "wrong cabinet 93 river")
        assert "15 分钟" in locked.text
    assert "分钟" in site.visitor().sign_in("zhangsan", GOOD).text
    site.clock.passes(minutes=16)
    assert site.visitor().sign_in("zhangsan", GOOD).status_code == 303


def test_rate_limit(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """One address may try so often and no more, under whatever names; another address and looking at pages are not held up."""
    site = made(sqlite_installation, monkeypatch, sign_in_rate="3 per minute")
    visitor = site.visitor()
    answers = [visitor.sign_in(f"name{turn}", "wrong") for turn in range(4)]
    assert [one.status_code for one in answers] == [403, 403, 403, 429]
    assert "过于频繁" in answers[-1].text
    assert site.visitor().sign_in("zhangsan", GOOD).status_code == 429
    assert visitor.get("/signin").status_code == 200
    token = visitor.token()
    other = visitor.post("/signin", {"csrf_token": token}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert other.status_code == 403


def test_rate_limit_sees_through_trusted_proxies_only(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a proxy in front, X-Forwarded-For is anybody's invention; with one, its last address counts."""
    for proxies, expected in ((0, 429), (1, 403)):
        site = made(sqlite_installation, monkeypatch, sign_in_rate="2 per minute", trusted_proxies=proxies)
        for turn in range(3):
            answer = site.visitor(headers={"X-Forwarded-For": f"1.2.3.4, 10.0.0.{turn}"}).sign_in("nobody", "wrong")
        assert answer.status_code == expected


# The first password


def test_one_time_password_opens_only_the_change(site: Site) -> None:
    """Who comes with a one-time password can do nothing but change it or leave; then all pages open, in the same session."""
    first = site.door.accounts.reset_password("zhangsan", **OFFICE)
    visitor = site.visitor()
    answer = visitor.sign_in("zhangsan", first, next="/scores")
    assert answer.headers["Location"] == "/password?next=%2Fscores"
    for address in ("/overview", "/original/1", "/audit.csv"):
        assert visitor.get(address).headers["Location"].startswith("/password")
    assert visitor.get("/_dash-layout").status_code == 403
    assert visitor.post("/upload").status_code == 403
    assert visitor.get("/assets/first.js").status_code == 200
    page = visitor.get("/password?next=/scores")
    assert "一次性密码" in page.text
    assert 'value="/scores"' in page.text
    change = {"old": first, "next": "/scores"}
    for new, again, said in (
        (BETTER, GOOD, "不一致"),
        ("short", "short", "至少"),
        ("zhangsan zhangsan 1", "zhangsan zhangsan 1", "账号名"),
        ("password1234", "password1234", "猜"),
        (first, first, "原密码"),
    ):
        answer = visitor.post("/password", {**change, "new": new, "again": again})
        assert answer.status_code == 400
        assert said in answer.text, answer.text
    answer = visitor.post("/password", {**change, "old": GOOD, "new": BETTER, "again": BETTER})
    assert answer.status_code == 400
    answer = visitor.post("/password", {**change, "new": BETTER, "again": BETTER})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/scores")
    assert visitor.get("/scores").status_code == 200
    assert site.visitor().sign_in("zhangsan", first).status_code == 403
    assert site.visitor().sign_in("zhangsan", BETTER).status_code == 303


def test_changing_the_password_ends_the_other_sessions(site: Site) -> None:
    """Who changes the password stays signed in; every other session of the account ends."""
    other, visitor = site.signed_in(), site.visitor()
    visitor.sign_in("zhangsan", GOOD)
    before = visitor.cookie("session")
    assert other.get("/overview").status_code == 200
    visitor.post("/password", {"old": GOOD, "new": BETTER, "again": BETTER})
    assert visitor.get("/overview").status_code == 200
    assert other.get("/overview").status_code == 302
    thief = site.visitor()
    thief.client.set_cookie("session", before or "", domain="127.0.0.1")
    assert thief.get("/overview").status_code == 302


# Forged requests


@pytest.mark.parametrize("address", CHANGING)
def test_change_without_its_token_is_refused(shared_site: Site, address: str) -> None:
    """Without the page's token, with a made-up one and with one of another session nothing is changed: 400, in Chinese."""
    visitor, other = shared_site.signed_in(Role.ADMIN), shared_site.signed_in(Role.ADMIN)
    foreign_token = other.token()
    visitor.token()
    headers: dict[str, str]
    for data, headers in (
        ({}, {}),
        ({"csrf_token": "made-up"}, {}),
        ({"csrf_token": foreign_token}, {}),
        ({}, {"X-CSRFToken": foreign_token}),
        ({}, {"X-CSRFToken": ""}),
    ):
        answer = visitor.client.post(address, data=data, headers=headers, base_url=HERE)
        assert answer.status_code == 400
        assert "未予执行" in (answer.json["error"] if answer.is_json else answer.text)
        assert "Traceback" not in answer.text
    assert visitor.get("/overview").status_code == 200


def test_callback_with_its_token_is_answered(shared_site: Site) -> None:
    """Dash sends the cookie's token in a header; with it a callback is answered, without it refused."""
    visitor = shared_site.signed_in(Role.OFFICE)
    token = visitor.token()
    parts = ("overview-top-part", "overview-month-part")
    body = {
        "output": f"..{'...'.join(f'{part}.children' for part in parts)}..",
        "outputs": [{"id": part, "property": "children"} for part in parts],
        "inputs": [{"id": "overview-asked-0", "property": "data", "value": {"search": "?period=2022-05"}}],
        "state": [],
        "changedPropIds": ["overview-asked-0.data"],
    }
    ask = {"json": body, "base_url": HERE}
    assert visitor.client.post("/_dash-update-component", **ask).status_code == 400
    answer = visitor.client.post("/_dash-update-component", headers={"X-CSRFToken": token}, **ask)
    assert answer.status_code == 200
    assert "2022-05" in answer.text


@pytest.mark.parametrize("address", [one for one in CHANGING if one not in {"/_dash-update-component"}])
def test_other_site_is_refused_even_with_the_token(shared_site: Site, address: str) -> None:
    """Where the browser says that another site asks, the token does not help."""
    visitor = shared_site.signed_in(Role.ADMIN)
    for headers in ({"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert visitor.post(address, headers=headers).status_code == 403
    assert visitor.get("/overview").status_code == 200


# Where it leads, and under which name


@pytest.mark.parametrize(
    "wanted",
    [
        "http://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "https:evil.example", "evil", "", "/signin", "/signin/oidc", "/signout", "/password", "/\tevil", "/\n/evil.example",
        " //evil.example", "/" + "x" * 3000, "/signin/../signin", "http:/evil.example",
    ],
)  # fmt: skip
def test_way_on_never_leads_elsewhere(shared_site: Site, wanted: str) -> None:
    """An address of another site, or back to the door, becomes the first page."""
    assert way_on(wanted) == "/"
    visitor = shared_site.visitor()
    assert visitor.sign_in("zhangsan", GOOD, next=wanted).headers["Location"] == "/"
    assert visitor.get("/signin", query_string={"next": wanted}).headers["Location"] == "/"


@pytest.mark.parametrize("wanted", ["/", "/ranking?period=2022-08&group=town", "/scores?next=//x", "/original/3"])
def test_way_on_keeps_our_own_addresses(wanted: str) -> None:
    """A page of this site stays what it is, with its query."""
    assert way_on(wanted) == wanted


def test_demo_answers_this_computer_alone(demo: Site) -> None:
    """In the demo neither another computer nor another name is answered, whatever the headers claim."""
    for address in ("/signin", "/healthz", "/overview"):
        assert demo.visitor().get(address, environ_base={"REMOTE_ADDR": "10.0.0.9"}).status_code == 403
        assert demo.visitor(base="http://evil.example/").get(address).status_code == 403
    claimed = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "127.0.0.1"}
    refused = demo.visitor(headers=claimed).get("/signin", environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert refused.status_code == 403
    assert "本机" in refused.text


@pytest.mark.parametrize(
    ("host", "status"),
    [("board.example", 200), ("BOARD.example:8443", 200), ("127.0.0.1", 200), ("localhost:8050", 200),
     ("evil.example", 403), ("board.example.evil.example", 403), ("evil.example:board.example", 403)],
)  # fmt: skip
def test_only_the_allowed_names_are_answered(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, host: str, status: int
) -> None:
    """Where names are allowed, no other is answered, and X-Forwarded-Host names nothing."""
    site = made(sqlite_installation, monkeypatch, allowed_hosts="board.example", trusted_proxies=1)
    answer = site.visitor(headers={"Host": host, "X-Forwarded-Host": "board.example"}).get("/signin")
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ({"allowed_hosts": ""}, True),
        ({"allowed_hosts": "board.example"}, False),
        ({"demo": True, "secret_key": None}, False),
    ],
    ids=["any name", "one name", "demo"],
)
def test_server_that_answers_any_name_says_so(
    sqlite_installation: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    changes: dict[str, Any],
    warned: bool,
) -> None:
    """Outside the demo, which answers local names alone, whoever starts the server reads which setting is missing."""
    made(sqlite_installation, monkeypatch, **changes)
    said = [record.getMessage() for record in caplog.records if "SUPERVISION_ALLOWED_HOSTS" in record.getMessage()]
    assert len(said) == int(warned)
    assert all("任何域名" in one for one in said)


# Cookies and headers


def test_cookies_are_locked_to_this_site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over https: the session is __Host-, Secure, HttpOnly, Lax; the scripts' token is Secure, Strict, readable. HSTS is on."""
    site = made(sqlite_installation, monkeypatch, https=True)
    answer = site.visitor(base="https://board.example/").get("/signin")
    cookies = {one.split("=", 1)[0]: one for one in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-session", "_csrf_token"}
    session, token = cookies["__Host-session"], cookies["_csrf_token"]
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in session
    assert "Domain" not in session
    for part in ("Secure", "SameSite=Strict", "Path=/"):
        assert part in token
    assert "HttpOnly" not in token
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_sign_in_over_https(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy that ends TLS the whole way in works, and a request without a referrer is refused."""
    site = made(sqlite_installation, monkeypatch, trusted_proxies=1, https=True)
    proxied = {"X-Forwarded-Proto": "https", "Referer": "https://board.example/signin"}
    visitor = site.visitor(base="https://board.example/", headers=proxied)
    assert visitor.sign_in("zhangsan", GOOD).status_code == 303
    assert visitor.get("/overview").status_code == 200
    assert visitor.post("/signout", headers={"X-Forwarded-Proto": "https"}).status_code == 400


def test_headers_of_every_answer(shared_site: Site) -> None:
    """No page, callback or download may be kept or framed; the policy knows no unsafe-eval; static files may be kept."""
    visitor = shared_site.signed_in(Role.ADMIN)
    policy = "script-src 'self' 'sha256-"
    for address, allowed in (
        ("/overview", policy), ("/_dash-layout", policy), ("/audit.csv", "sandbox; default-src 'none'"),
        ("/signin", policy), ("/password", policy), ("/original/1", policy),
    ):  # fmt: skip
        headers = visitor.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert "unsafe-eval" not in headers["Content-Security-Policy"]
        assert allowed in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
    assert visitor.get("/assets/first.js").headers["Cache-Control"] != "no-store"


# Errors


def test_errors_are_sentences(shared_site: Site) -> None:
    """Wrong method, too much, nothing there: a Chinese page or JSON, never a trace."""
    visitor = shared_site.signed_in(Role.OFFICE)
    assert visitor.get("/original/99999").status_code == 404
    assert visitor.get("/bootstrap/nothing.css").status_code == 404
    answer = visitor.client.put("/signout", base_url=HERE)
    assert answer.status_code in {400, 405}
    big = visitor.client.post("/decide/veto", data={"reason": "x" * (3 * 2**20)}, base_url=HERE)
    assert big.status_code == 413
    assert "过大" in big.text
    for one in (answer, big):
        assert "Traceback" not in one.text
        assert "werkzeug" not in one.text


def test_unexpected_error_leaves_no_trace(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A mistake in the program is a sentence for the reader; the log has its kind and place, not what people sent."""
    from dashboards.results import administration

    def fails(*_arguments: Any) -> None:
        raise KeyError("张三 13800000000")

    monkeypatch.setattr(administration, "whole_audit", fails)
    answer = site.signed_in(Role.ADMIN).get("/audit.csv")
    assert answer.status_code == 500
    assert "服务器出现错误" in answer.text
    for secret in ("KeyError", "13800000000", "Traceback"):
        assert secret not in answer.text
    assert "KeyError in GET /audit.csv" in caplog.text
    assert "account_routes.py" in caplog.text
    assert "13800000000" not in caplog.text


def test_database_out_of_reach_is_said(site: Site) -> None:
    """While the database cannot be used, pages and scripts are told so: 503, not a way round the sign-in."""
    visitor = site.signed_in()
    assert visitor.get("/overview").status_code == 200
    path = Path(site.door.settings.database_url.removeprefix("sqlite:///"))
    path.rename(path.with_suffix(".away"))
    from data.store import reader

    reader(site.door.settings.database_url).dispose()
    answer = visitor.get("/overview")
    assert answer.status_code == 503
    assert "数据库" in answer.text


# Demo mode


@pytest.mark.parametrize("role", [one.value for one in Role])
def test_demo_signs_in_at_a_click(demo: Site, role: str) -> None:
    """In the demo each role is one click; its account is made at the first, and has no password."""
    visitor = demo.visitor()
    for _turn in range(2):
        answer = visitor.post(f"/signin/demo/{role}", {"next": "/scores", "unit": "youting"})
        assert (answer.status_code, answer.headers["Location"]) == (303, "/scores")
        assert visitor.get("/overview").status_code == 200
    name = "demo-youting" if role == "unit" else f"demo-{role}"
    account = demo.door.accounts.find(name)
    assert account is not None
    assert (account.role.value, account.has_password) == (role, False)
    assert demo.visitor().sign_in(name, "").status_code == 403


def test_demo_knows_its_roles_only(demo: Site) -> None:
    """No other role can be asked for; without the token nobody comes in."""
    visitor = demo.visitor()
    assert visitor.post("/signin/demo/emperor").status_code == 404
    assert visitor.client.post("/signin/demo/admin", base_url=HERE).status_code == 400
    assert visitor.get("/overview").status_code == 302


def test_no_demo_outside_the_demo(shared_site: Site) -> None:
    """Outside the demo its buttons and its route are not there."""
    assert "signin/demo" not in shared_site.visitor().get("/signin").text
    for role in Role:
        visitor = shared_site.visitor()
        assert visitor.post(f"/signin/demo/{role.value}").status_code in {401, 404, 405}
        assert visitor.get("/overview").status_code == 302


def test_demo_signs_with_a_secret_of_its_own(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo's cookies are worth nothing after it ends, and never signed with the installation's secret."""
    keys = {made(sqlite_installation, monkeypatch, demo=True).server.secret_key for _turn in range(2)}
    assert len(keys) == 2
    assert SECRET not in keys


def _start(settings: Settings, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "SUPERVISION_DATABASE_URL": settings.database_url,
        "SUPERVISION_ARCHIVE_DIR": str(settings.archive_dir),
        "SUPERVISION_PORT": "0",
        **more,
    }
    return subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [({}, "SUPERVISION_SECRET_KEY"), ({"SUPERVISION_SECRET_KEY": "short"}, "SUPERVISION_SECRET_KEY"),
     ({"SUPERVISION_SECRET_KEY": SECRET, "SUPERVISION_SIGN_IN_RATE": "often"}, "SUPERVISION_SIGN_IN_RATE"),
     ({"SUPERVISION_DEMO": "1", "SUPERVISION_HOST": "0.0.0.0"}, "127.0.0.1")],
)  # fmt: skip
def test_server_does_not_start_unsafe(sqlite_installation: Settings, settings: dict[str, str], said: str) -> None:
    """Without a secret, and with what cannot be, the server does not start: 3, a Chinese sentence, no trace."""
    ended = _start(sqlite_installation, **settings)
    assert ended.returncode == 3
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "short" not in ended.stderr


# What each role may do


FOR_ADMINISTRATORS = (
    ("/accounts/add", {"name": "new1", "display_name": "新人", "role": "viewer"}),
    ("/accounts/active", {"account": "zhangsan", "active": "no"}),
    ("/accounts/role", {"account": "zhangsan", "role": "admin"}),
    ("/accounts/reset", {"account": "viewer1"}),
    ("/accounts/reset", {"account": "office1"}),
    ("/accounts/reset", {"account": "admin1"}),
    ("/accounts/unlock", {"account": "admin1"}),
)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT, Role.OFFICE])
def test_administration_is_refused_on_the_server(site: Site, role: Role) -> None:
    """Who is no administrator can neither change accounts nor read the audit log, whatever form is sent."""
    before = site.door.accounts.all()
    visitor = site.signed_in(role)
    for address, form in FOR_ADMINISTRATORS:
        answer = visitor.post(address, form)
        assert answer.status_code == 403, (address, answer.text)
        assert "管理员" in answer.text
    assert visitor.get("/audit.csv").status_code == 403
    assert site.door.accounts.all() == before


def _secret_in(answer: str) -> str:
    found = re.search(r'id="notice-secret">([^<]+)<', answer)
    assert found
    return found[1]


def test_office_resets_units_alone(site: Site) -> None:
    """The office gives a unit's account a new one-time password, shown once; a unit or a viewer cannot."""
    for role in (Role.VIEWER, Role.UNIT):
        assert site.signed_in(role).post("/accounts/reset", {"account": "zhangsan"}).status_code == 403
    answer = site.signed_in(Role.OFFICE).post("/accounts/reset", {"account": "zhangsan"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert site.visitor().sign_in("zhangsan", GOOD).status_code == 403
    assert site.visitor().sign_in("zhangsan", _secret_in(answer.text)).headers["Location"].startswith("/password")
    assert ("office1", "password reset", "account zhangsan") in site.door.acts()


def test_administrator_makes_changes_and_disables_accounts(site: Site) -> None:
    """Add, role, disable, enable; each written to the audit log with who did it."""
    visitor = site.signed_in(Role.ADMIN)
    form = {"name": "Li.Si", "display_name": "李四", "role": "unit", "unit": "youting"}
    answer = visitor.post("/accounts/add", form)
    assert site.visitor().sign_in("li.si", _secret_in(answer.text)).status_code == 303
    assert visitor.post("/accounts/role", {"account": "li.si", "role": "office", "unit": "youting"}).status_code == 303
    changed = site.door.accounts.find("li.si")
    assert changed is not None
    assert (changed.role, changed.unit) == (Role.OFFICE, None)
    for active in ("no", "yes"):
        assert visitor.post("/accounts/active", {"account": "li.si", "active": active}).status_code == 303
    acts = [act for who, act, whom in site.door.acts() if (who, whom) == ("admin1", "account li.si")]
    assert acts == ["account added", "role changed", "account disabled", "account enabled"]


@pytest.mark.parametrize(
    ("address", "form", "said"),
    [
        ("/accounts/add", {"name": "zhangsan", "display_name": "张", "role": "viewer"}, "zhangsan"),
        ("/accounts/add", {"name": "x", "display_name": "", "role": "unit"}, "单位"),
        ("/accounts/add", {"name": "ｏｆｆｉｃｅ", "display_name": "张", "role": "office"}, "审计日志"),
        ("/accounts/add", {"name": "new1", "display_name": "新", "role": "emperor"}, "没有这个角色"),
        ("/accounts/add", {"name": "new1", "display_name": "新", "role": "unit", "unit": "<b>"}, "&lt;b&gt;"),
        ("/accounts/reset", {"account": "<script>"}, "&lt;script&gt;"),
        ("/accounts/active", {"account": "admin1", "active": "no"}, "本人"),
        ("/accounts/role", {"account": "admin1", "role": "viewer"}, "本人"),
    ],
)
def test_what_cannot_be_done_is_said(site: Site, address: str, form: dict[str, str], said: str) -> None:
    """A mistaken or hostile form gets a sentence, and changes nothing; nobody shuts out himself."""
    before = site.door.accounts.all()
    answer = site.signed_in(Role.ADMIN).post(address, form)
    assert answer.status_code == 400
    assert said in answer.text
    assert site.door.accounts.all() == before


def test_audit_log_is_exported_without_formulas_and_secrets(site: Site) -> None:
    """The export holds every act with its hashes, no formula, no password."""
    visitor = site.visitor()
    visitor.sign_in("zhangsan", GOOD)
    text = site.signed_in(Role.ADMIN).get("/audit.csv").text
    assert text.startswith("\ufeffentry,at,actor,action,subject,detail,journal,before,hash")
    assert "signed in" in text
    assert GOOD not in text
    assert not re.search(r"(^|,)[=+@]", text, re.M)


def _upload(visitor: Visitor, **form: str) -> tuple[int, dict[str, Any]]:
    files = {"files": (io.BytesIO(b"no workbook"), "a.xlsx"), **form}
    answer = visitor.post("/upload", files, content_type="multipart/form-data")
    return answer.status_code, answer.get_json()


def test_who_may_send_workbooks(site: Site) -> None:
    """The office sends for all, a unit for itself, viewer and administrator not at all; the sender is the account."""
    for role in (Role.VIEWER, Role.ADMIN):
        status, said = _upload(site.signed_in(role))
        assert status == 403
        assert "不能报送" in said["error"]
    unit = site.signed_in(Role.UNIT)
    status, said = _upload(unit, unit="youting")
    assert status == 403
    assert "本单位" in said["error"]
    for visitor, form in (
        (unit, {}),
        (unit, {"unit": "longtanzi"}),
        (site.signed_in(Role.OFFICE), {"unit": "youting"}),
    ):
        status, said = _upload(visitor, **form)
        assert (status, said["received"]) == (200, 1)
    receipts = _receipts(site)
    assert [(one.sender, one.choice.unit) for one in receipts] == [
        ("zhangsan", "longtanzi"), ("zhangsan", "longtanzi"), ("office1", "youting"),
    ]  # fmt: skip


def _receipts(site: Site) -> list[Any]:
    from data.intake.archive import Archive
    from data.intake.inbox import database_name, receipts
    from data.store import reader

    with reader(site.door.settings.database_url).connect() as connection:
        database = database_name(connection, site.door.settings.zone)
    return list(receipts(Archive(site.door.settings.archive_dir).entries(), database))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT, Role.ADMIN])
def test_only_the_office_decides(site: Site, role: Role) -> None:
    """A veto is decided by the office; any other role is refused before anything is looked at."""
    form = {"period": "2022Q3", "unit": "tongqiao", "confirmed": "no", "reason": "理由"}
    answer = site.signed_in(role).post("/decide/veto", form)
    assert answer.status_code == 403
    assert "安委办" in answer.text
    assert site.signed_in(Role.OFFICE).post("/decide/veto", form).status_code == 409


def test_account_that_is_gone_is_nobody(site: Site) -> None:
    """A cookie that names no session is nobody's, whatever it says."""
    visitor = site.visitor()
    for token in ("", "zhangsan", "x" * 5000, "令牌"):
        with visitor.client.session_transaction(base_url=HERE) as session:
            session["_user_id"], session["way"] = token, "demo"
        assert visitor.get("/overview").status_code == 302
