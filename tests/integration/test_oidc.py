"""Unified sign-in against a real issuer on this computer: there, back, and who comes in; what is forged does not."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
from pydantic import SecretStr
from werkzeug.test import TestResponse

from data.people.accounts import AccountRefused, Wanted
from data.people.scope import Role
from data.settings import Settings
from tests.integration.doors import GOOD, OFFICE
from tests.integration.sites import Site, Visitor, made

BACK = "http://127.0.0.1/signin/oidc/back"


@pytest.fixture
def issuer() -> Iterator[str]:
    """Address of an issuer that knows some people, one of them under another claim alone."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the provider's own use of older names
        from oidc_provider_mock import User, run_server_in_thread

        people = [
            User(sub=f"id-{name}", claims={"preferred_username": name})
            for name in ("zhangsan", "ZhangSan", "stranger", "office", "Office")
        ]
        people.append(User(sub="id-mail", claims={"email": "zhangsan"}))
        with run_server_in_thread(user_claims=people) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def site(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, issuer: str) -> Site:
    """The application with the unified sign-in."""
    return _site(sqlite_installation, monkeypatch, issuer)


def _site(
    installation: Settings, monkeypatch: pytest.MonkeyPatch, issuer: str, claim: str = "preferred_username"
) -> Site:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")  # for the provider: no TLS on the loopback
    return made(
        installation, monkeypatch, oidc_issuer=issuer, oidc_client_id="board", oidc_client_secret=SecretStr("s3cret"),
        oidc_claim=claim,
    )  # fmt: skip


def _leave(visitor: Visitor, wanted: str = "/scores") -> str:
    answer = visitor.get("/signin/oidc", query_string={"next": wanted})
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def _at_the_issuer(address: str, name: str) -> dict[str, str]:
    """What the issuer sends back after somebody proved there who they are."""
    answer = requests.post(address, data={"sub": f"id-{name}"}, allow_redirects=False, timeout=60)
    assert answer.status_code == 302, answer.text
    back = answer.headers["Location"]
    assert back.startswith(BACK)
    return {key: values[0] for key, values in parse_qs(urlsplit(back).query).items()}


def _come_back(visitor: Visitor, told: dict[str, str]) -> TestResponse:
    return visitor.get(f"/signin/oidc/back?{urlencode(told)}")


def _journey(site: Site, name: str) -> tuple[Visitor, TestResponse]:
    visitor = site.visitor()
    return visitor, _come_back(visitor, _at_the_issuer(_leave(visitor), name))


def test_leaves_with_state_nonce_and_pkce(site: Site) -> None:
    """The way to the issuer carries a state, a nonce and a PKCE challenge, fresh each time, and leads back to us."""
    asked = [parse_qs(urlsplit(_leave(site.visitor())).query) for _turn in range(2)]
    for one in asked:
        assert one["redirect_uri"] == [BACK]
        assert one["code_challenge_method"] == ["S256"]
        assert one["response_type"] == ["code"]
    for key in ("state", "nonce", "code_challenge"):
        assert len(asked[0][key][0]) >= 20
        assert asked[0][key] != asked[1][key]


@pytest.mark.parametrize("name", ["office", "Office"])
def test_name_of_the_command_line_is_nobodys(site: Site, name: str) -> None:
    """Whom the issuer calls so has no account, and none can be made for the unified sign-in."""
    with pytest.raises(AccountRefused, match="审计日志"):
        site.door.accounts.add_without_password(Wanted(name, "冒名", Role.OFFICE), **OFFICE)
    visitor, answer = _journey(site, name)
    assert answer.status_code == 403
    assert visitor.get("/overview").status_code == 302


@pytest.mark.parametrize("name", ["zhangsan", "ZhangSan"])
def test_known_person_comes_in(site: Site, name: str) -> None:
    """An active account of the claimed name, however it is written, comes in; the asked-for page opens; the audit says how."""
    visitor, answer = _journey(site, name)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/scores"), answer.text
    assert visitor.get("/scores").status_code == 200
    assert "张三" in visitor.frame()
    assert ("zhangsan", "signed in", "account zhangsan") in site.door.acts()


def test_sign_in_page_offers_it(site: Site) -> None:
    """The sign-in page has the way to the issuer; without one configured there is none."""
    assert 'href="/signin/oidc?next=%2Fscores"' in site.visitor().get("/signin?next=/scores").text


def test_not_offered_where_not_configured(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an issuer its routes are closed."""
    site = made(sqlite_installation, monkeypatch)
    assert "/signin/oidc" not in site.visitor().get("/signin").text
    assert site.visitor().get("/signin/oidc").headers["Location"].startswith("/signin")


def test_person_without_an_account_is_refused(site: Site) -> None:
    """Whoever the issuer knows but we do not stays outside; no account is made."""
    visitor, answer = _journey(site, "stranger")
    assert answer.status_code == 403
    assert "没有账号" in answer.text
    assert visitor.get("/overview").status_code == 302
    assert site.door.accounts.find("stranger") is None


def test_missing_claim_is_nobody(site: Site) -> None:
    """Without the configured claim nobody is taken for anybody."""
    visitor, answer = _journey(site, "mail")
    assert answer.status_code == 403
    assert visitor.get("/overview").status_code == 302


def test_other_claim_may_be_configured(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, issuer: str
) -> None:
    """The claim that holds the account's name is a setting."""
    visitor, answer = _journey(_site(sqlite_installation, monkeypatch, issuer, "email"), "mail")
    assert answer.status_code == 303
    assert visitor.get("/overview").status_code == 200


def test_disabled_account_is_refused(site: Site) -> None:
    """A disabled account stays outside, whatever the issuer says."""
    site.door.accounts.set_active("zhangsan", False, **OFFICE)
    visitor, answer = _journey(site, "zhangsan")
    assert answer.status_code == 403
    assert visitor.get("/overview").status_code == 302


@pytest.mark.parametrize("change", [{"state": "forged"}, {"state": ""}, {"code": "forged"}, {"error": "access_denied"}])
def test_forged_way_back_is_refused(site: Site, change: dict[str, str]) -> None:
    """A state that this browser was not given, a made-up code, or the issuer's refusal: a sentence, no session."""
    visitor = site.visitor()
    answer = _come_back(visitor, {**_at_the_issuer(_leave(visitor), "zhangsan"), **change})
    assert answer.status_code == 403
    assert "统一身份认证" in answer.text
    assert "Traceback" not in answer.text
    assert visitor.get("/overview").status_code == 302


def test_way_back_belongs_to_one_browser_and_one_time(site: Site) -> None:
    """What the issuer told one browser signs no other in (login CSRF), and not the same one twice."""
    visitor, other = site.visitor(), site.visitor()
    _leave(other)
    told = _at_the_issuer(_leave(visitor), "zhangsan")
    assert _come_back(other, told).status_code == 403
    assert other.get("/overview").status_code == 302
    assert _come_back(visitor, told).status_code == 303
    visitor.post("/signout")
    assert _come_back(visitor, told).status_code == 403


def test_issuer_out_of_reach_is_said(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the issuer cannot be asked, the sign-in says so, and passwords still work."""
    site = _site(sqlite_installation, monkeypatch, "http://localhost:9")
    answer = site.visitor().get("/signin/oidc")
    assert answer.status_code == 403
    assert "统一身份认证" in answer.text
    assert site.visitor().sign_in("zhangsan", GOOD).status_code == 303


def test_first_password_is_no_matter_of_the_issuer(site: Site) -> None:
    """Who comes in by the unified sign-in need not change a password that they never used."""
    site.door.accounts.reset_password("zhangsan", **OFFICE)
    visitor, answer = _journey(site, "zhangsan")
    assert answer.status_code == 303
    assert visitor.get("/overview").status_code == 200


def test_role_is_ours_not_the_issuers(site: Site) -> None:
    """The issuer says who it is; what they may do is the account's."""
    visitor, _answer = _journey(site, "zhangsan")
    account = site.door.accounts.find("zhangsan")
    assert account is not None
    assert account.role is Role.UNIT
    assert visitor.get("/audit.csv").status_code == 403
