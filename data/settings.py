"""Every setting of the installation, from the environment with the prefix SUPERVISION_ (CONTRACT section 2)."""

from __future__ import annotations

from datetime import date
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

VAR = Path(__file__).parent / "var"


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
    host: str = Field(default="127.0.0.1", description="Address to listen on; loopback only until accounts exist.")
    port: int = Field(default=8050, ge=0, le=65535, description="Port to listen on.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="Level of the log on standard error: DEBUG, INFO, WARNING or ERROR."
    )
    language: str = Field(default="zh_CN", description="Language of messages and pages: zh_CN or en.")
    reader_memory_mib: int = Field(
        default=1024, ge=128, description="Memory limit of the process that reads workbooks."
    )
    reader_seconds: float = Field(default=60.0, gt=0, description="Time limit for reading one workbook.")

    @field_validator("host")
    @classmethod
    def _loopback_only(cls, host: str) -> str:
        address = "127.0.0.1" if host == "localhost" else host
        try:
            loopback = ip_address(address).is_loopback
        except ValueError:
            loopback = False
        if not loopback:
            raise ValueError("尚未启用账号登录，只能监听本机地址 127.0.0.1；请去掉 SUPERVISION_HOST 或改为 127.0.0.1")
        return address


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
