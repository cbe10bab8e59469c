"""Pictures that are not drawn: what they would say, for tests of who sees what. Drawing takes seconds."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from dashboards.meeting import chart_pictures
from dashboards.meeting.drawing import Figure, Form


def leave_undrawn(patch: pytest.MonkeyPatch) -> None:
    """Every picture is its figure, as JSON."""

    def told(figures: Sequence[Figure], _form: Form, _wait: float | None = None) -> list[bytes]:
        return [json.dumps(one, ensure_ascii=False).encode() for one in figures]

    patch.setattr(chart_pictures, "drawn", told)
