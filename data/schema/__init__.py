"""All tables, a file a subject. Every primary and foreign key begins with ``zone``: a province is a matter of rows."""

from data.schema import (
    accidents,
    accounts,
    baseline,
    configuration,
    disasters,
    enforcement,
    enforcement_sector,
    enterprises,
    extensions,
    frontline,
    intake,
    proposals,
    publications,
    quarterly,
    replies,
    schemes,
    stationery,
    targets,
    zone,
)
from data.schema.base import metadata

STORED_KINDS: tuple[str, ...] = (
    *enforcement.KINDS,
    *targets.KINDS,
    *quarterly.KINDS,
    *accidents.KINDS,
    *baseline.KINDS,
    *enterprises.KINDS,
    *frontline.KINDS,
    *disasters.KINDS,
)
"""Kinds of workbook that have tables; only these can be due."""

__all__ = [
    "STORED_KINDS",
    "accidents",
    "accounts",
    "baseline",
    "configuration",
    "disasters",
    "enforcement",
    "enforcement_sector",
    "enterprises",
    "extensions",
    "frontline",
    "intake",
    "metadata",
    "proposals",
    "publications",
    "quarterly",
    "replies",
    "schemes",
    "stationery",
    "targets",
    "zone",
]
