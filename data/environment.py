"""What a process that parses strangers' bytes may know of ours: how to start, and no secret, address or folder."""

from __future__ import annotations

import os
from collections.abc import Mapping

_NEEDED = ("PATH", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE")
"""All else stays here: settings, and whatever an office's machine has set besides."""


def bare_environment(given: Mapping[str, str] | None = None, /, **more: str) -> dict[str, str]:
    """The part of an environment (ours) that such a process needs, and ``more``."""
    ours = os.environ if given is None else given
    kept = {name: value for name, value in ours.items() if name in _NEEDED or name.startswith("LC_")}
    return {**kept, **more}
