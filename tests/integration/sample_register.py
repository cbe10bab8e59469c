"""The sample register in an installation: lists of enterprises and ledgers of front-line duty as offices sent them, and what they give."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from data.intake.inbox import Choice
from data.settings import Settings
from etl.loading.load import Loader
from tests.conftest import SAMPLES

FOLDER = SAMPLES / "register"
ORDER: list[dict[str, str]] = json.loads((FOLDER / "load.json").read_text(encoding="utf-8"))
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def load(settings: Settings, *words: str) -> None:
    """Load the samples whose names hold one of these words, in their order; without words all of them."""
    with Loader(settings) as loader:
        for one in ORDER:
            if not words or any(word in one["file"] for word in words):
                choice = Choice(one.get("kind"), one.get("unit"), one.get("period"))
                outcome = loader.load(FOLDER / one["file"], choice, datetime.fromisoformat(one["received_at"]))
                assert (one["file"], outcome.status, outcome.errors) == (one["file"], "accepted", [])
