"""Addresses of our own static files, each with what changes when the file does, so that browsers may keep it for ever."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"
BOOTSTRAP = f"/bootstrap/bootstrap.min.css?v={metadata.version('bootstrap-flask')}"


def asset(name: str) -> str:
    """A file of ours with its time of change, as Dash writes it too."""
    return f"/assets/{name}?m={(ASSETS / name).stat().st_mtime}"
