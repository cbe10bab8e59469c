"""Every setting of the installation, from the environment with the prefix SUPERVISION_ (CONTRACT section 2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from data.language import gettext as _

VAR = Path(__file__).parent / "var"
SHORTEST_SECRET = 32
WEB_SECRETS = frozenset({"SUPERVISION_SECRET_KEY", "SUPERVISION_OIDC_CLIENT_SECRET"})
"""Variables that the web application alone needs."""


class SettingsError(Exception):
    """A setting of the environment cannot be used; the text says which and why."""


class Settings(BaseSettings):
    """Each field is the environment variable SUPERVISION_<NAME>."""

    model_config = SettingsConfigDict(env_prefix="SUPERVISION_", env_ignore_empty=True, frozen=True)

    database_url: str = Field(
        default=f"sqlite:///{VAR / 'supervision.db'}",
        description="SQLAlchemy address of the database; SQLite or PostgreSQL (postgresql+psycopg://).",
    )
    archive_dir: Path = Field(
        default=VAR / "archive", description="Folder of the original workbooks and of the journal."
    )
    today: date | None = Field(default=None, description="Fixes the one clock to this day, e.g. 2022-10-08.")
    zone: str = Field(default="shuangqiao", description="Code of the zone that this installation serves.")
    host: str = Field(default="127.0.0.1", description="Address to listen on; in demo mode a loopback address only.")
    port: int = Field(default=8050, ge=0, le=65535, description="Port to listen on.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="Level of the log on standard error: DEBUG, INFO, WARNING or ERROR."
    )
    language: str = Field(
        default="zh_CN", description="Language of messages, and of pages for whoever has chosen none: zh_CN or en."
    )
    reader_memory_mib: int = Field(
        default=1024, ge=128, description="Memory limit of the process that reads workbooks."
    )
    reader_seconds: float = Field(default=60.0, gt=0, description="Time limit for reading one workbook.")
    upload_waiting: int = Field(
        default=100, ge=1, description="Workbooks of one account that may wait at once to be checked or filed."
    )
    upload_parts: int = Field(default=50, ge=1, le=900, description="Files that one request may bring.")
    upload_mib_a_day: int = Field(
        default=500, ge=1, description="MiB that one account may send on a day, workbooks and attachments together."
    )
    refused_days: int = Field(
        default=30, ge=1, description="Days for which the bytes of a refused workbook are kept; its receipt stays."
    )
    least_free_mib: int = Field(
        default=500, ge=0, description="Free MiB of the disk below which nothing is taken in any more; 0: never."
    )
    kept_results_mib: int = Field(
        default=64, ge=0, description="MiB of computed results that each process of the web server keeps; 0: none."
    )

    session_idle_minutes: int = Field(
        default=30, ge=1, le=24 * 60, description="Minutes without a request after which a session ends."
    )
    session_hours: int = Field(default=12, ge=1, le=24 * 7, description="Hours after which every session ends.")
    sign_in_attempts: int = Field(
        default=5, ge=2, le=100, description="Wrong passwords in a row from one address that lock a name for it."
    )
    sign_in_lock_minutes: int = Field(
        default=15, ge=1, le=24 * 60, description="Minutes for which it is locked; twice as long each further time."
    )
    sign_in_name_attempts: int = Field(
        default=50,
        ge=5,
        le=10_000,
        description="Wrong passwords for one name from all addresses that hold up browsers that never signed in with it.",
    )
    known_browser_days: int = Field(
        default=180, ge=1, le=400, description="Days for which a browser that signed in stays known to its account."
    )
    one_time_password_hours: int = Field(
        default=72, ge=1, le=24 * 30, description="Hours for which a one-time password opens an account, once."
    )
    sign_in_rate: str = Field(
        default="20 per minute", description="Attempts to sign in that one address may make, e.g. 20 per minute."
    )
    demo: bool = Field(default=False, description="Demo mode: a sign-in per role at a click, on loopback only.")
    secret_key: SecretStr | None = Field(
        default=None, description="Secret that signs cookies: 32 random characters or more; not needed in demo mode."
    )
    https: bool = Field(default=True, description="Whether browsers reach the server by HTTPS: secure cookies, HSTS.")
    allowed_hosts: str = Field(
        default="", description="Names by which browsers may ask for the server, with commas; empty: any."
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=10, description="Proxies in front whose X-Forwarded headers are believed."
    )
    oidc_issuer: str = Field(default="", description="Address of the unified sign-in (OpenID Connect); empty: none.")
    oidc_client_id: str = Field(default="", description="Name under which the unified sign-in knows this application.")
    oidc_client_secret: SecretStr | None = Field(default=None, description="Secret shared with the unified sign-in.")
    oidc_claim: str = Field(default="preferred_username", description="Claim that holds the account's name.")

    @field_validator("host")
    @classmethod
    def _localhost_by_number(cls, host: str) -> str:
        return "127.0.0.1" if host == "localhost" else host

    @property
    def hosts(self) -> list[str]:
        """``allowed_hosts`` one by one; none: any."""
        return [name for part in self.allowed_hosts.split(",") if (name := part.strip().lower())]

    def web_ready(self) -> None:
        """SettingsError unless the web application may be served like this; commands need none of it."""
        if self.demo:
            if not _is_loopback(self.host):
                raise SettingsError(
                    _("SUPERVISION_HOST: demo mode listens on this machine alone. Take 127.0.0.1, or end demo mode.")
                )
            return
        if self.secret_key is None or len(self.secret_key.get_secret_value()) < SHORTEST_SECRET:
            raise SettingsError(
                _("SUPERVISION_SECRET_KEY must be set to a secret of at least %(length)s random characters, such as: "
                  'python -c "import secrets; print(secrets.token_urlsafe(48))"', length=SHORTEST_SECRET)
            )  # fmt: skip
        if bool(self.oidc_issuer) != bool(self.oidc_client_id and self.oidc_client_secret):
            raise SettingsError(
                _("The unified sign-in needs all of SUPERVISION_OIDC_ISSUER, SUPERVISION_OIDC_CLIENT_ID and "
                  "SUPERVISION_OIDC_CLIENT_SECRET, or none of them.")
            )  # fmt: skip


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def without_web_secrets(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment for a process that loads workbooks: with the database's address, without what signs cookies."""
    return {name: value for name, value in environment.items() if name.upper() not in WEB_SECRETS}


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"SUPERVISION_{'_'.join(str(part) for part in item['loc']).upper()}: {item['msg']}"
            for item in error.errors()
        )
        raise SettingsError(problems) from error
