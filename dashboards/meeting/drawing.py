"""Charts drawn as PNG or SVG, by Chromium where it is installed: several with one start, in a process of their own."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from dashboards.meeting.converting import NoConverter, came_to_its_end, its_turn
from data.language import gettext as _

SECONDS, SECONDS_A_FIGURE = 45, 3
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
"""By the commands that start them, the one that needs least first."""
_ROOT = Path(__file__).parents[2]
Figure = Mapping[str, Any]
Form = Literal["png", "svg"]


def chromium() -> str | None:
    """Chromium's command; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def drawn(figures: Sequence[Figure], form: Form, wait: float | None = None) -> list[bytes]:
    """Each figure (of plotly, as JSON has it) as a picture, the same bytes at all times; NoConverter where that cannot be done here."""
    browser = chromium()
    if browser is None:
        raise NoConverter(
            _(
                "No picture can be made: Chromium is not installed here. Take the deck: its charts can be saved as pictures, as those of the pages can."
            )
        )
    with its_turn(wait), tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        (Path(folder) / "figures.json").write_text(json.dumps(figures), encoding="utf-8")
        asked = [sys.executable, "-m", "dashboards.meeting.drawing_child", browser, folder, form]
        seconds = SECONDS + SECONDS_A_FIGURE * len(figures)
        if not came_to_its_end(asked, folder, seconds, PYTHONPATH=str(_ROOT), TMPDIR=folder):
            raise NoConverter(
                _(
                    "No picture can be made: Chromium could not draw the charts. Take the deck: its charts can be saved as pictures."
                )
            )
        return [(Path(folder) / f"{number}.{form}").read_bytes() for number in range(len(figures))]
