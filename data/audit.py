"""The audit log: one row for every act, written in the act's own transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from data.schema.intake import audit


def record(
    connection: Connection, zone: str, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]
) -> None:
    """Add one entry; entries count from 1 without gaps, for only one transaction writes at a time."""
    last = connection.execute(select(func.max(audit.c.entry)).where(audit.c.zone == zone)).scalar() or 0
    connection.execute(
        insert(audit).values(
            zone=zone, entry=last + 1, at=at, actor=actor, action=action, subject=subject, detail=dict(detail)
        )
    )
