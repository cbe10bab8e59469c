"""Which settings the web application may be served with; commands need none of it."""

from __future__ import annotations

from typing import Any

import pytest

from data.settings import Settings, SettingsError, settings

SECRET = "k" * 32


def test_secrets_are_not_shown() -> None:
    """Printing the settings shows no secret."""
    shown = repr(Settings(secret_key="kkkk-secret-key", oidc_client_secret="oooo-secret"))
    assert "kkkk" not in shown
    assert "oooo" not in shown


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, "SECRET_KEY"),
        ({"secret_key": "k" * 31}, "SECRET_KEY"),
        ({"host": "0.0.0.0"}, "SECRET_KEY"),
        ({"demo": True, "host": "0.0.0.0"}, "HOST"),
        ({"demo": True, "host": "10.0.0.5", "secret_key": SECRET}, "HOST"),
        ({"demo": True, "host": "dashboard.example"}, "HOST"),
        ({"secret_key": SECRET, "oidc_issuer": "https://id.example"}, "OIDC"),
        ({"secret_key": SECRET, "oidc_issuer": "https://id.example", "oidc_client_id": "x"}, "OIDC"),
        ({"secret_key": SECRET, "oidc_client_id": "x", "oidc_client_secret": "y"}, "OIDC"),
    ],
)
def test_not_to_be_served(given: dict[str, Any], name: str) -> None:
    """No secret, or a demo that others could reach: said in Chinese, with the setting's name and without its value."""
    with pytest.raises(SettingsError, match=f"(?=.*[\u4e00-\u9fff]).*{name}") as refusal:
        Settings(**given).web_ready()
    assert "kkk" not in str(refusal.value)


@pytest.mark.parametrize(
    "given",
    [
        {"demo": True},
        {"demo": True, "host": "localhost"},
        {"demo": True, "host": "::1"},
        {"secret_key": SECRET, "host": "0.0.0.0"},
        {"secret_key": SECRET, "oidc_issuer": "https://id.example", "oidc_client_id": "x", "oidc_client_secret": "y"},
    ],
)
def test_to_be_served(given: dict[str, Any]) -> None:
    """The demo on this machine, or any address with a secret."""
    Settings(**given).web_ready()


def test_hosts_are_listed() -> None:
    """Names with commas, blanks and capitals are a list."""
    assert Settings(allowed_hosts=" Board.example , ,10.0.0.5").hosts == ["board.example", "10.0.0.5"]
    assert Settings().hosts == []


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """The secret is read from SUPERVISION_SECRET_KEY; a setting that cannot be used is named, a secret never printed."""
    monkeypatch.setenv("SUPERVISION_SECRET_KEY", SECRET)
    monkeypatch.setenv("SUPERVISION_SESSION_HOURS", "0")
    settings.cache_clear()
    with pytest.raises(SettingsError, match="SUPERVISION_SESSION_HOURS") as refusal:
        settings()
    assert SECRET not in str(refusal.value)
    monkeypatch.setenv("SUPERVISION_SESSION_HOURS", "8")
    assert settings().secret_key is not None
    settings.cache_clear()
