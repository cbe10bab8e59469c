"""A QR code as a picture, the same at all times, by segno."""

from __future__ import annotations

import io

MILLIMETRES = 22.0
"""How wide it stands on paper and on a slide: read from an arm's length."""
_PIXELS, _QUIET = 8, 2
"""Of a module; modules of white around it."""


def qr_code(told: str) -> bytes:
    """A PNG, black on white; it stays readable where a seventh of it is smudged."""
    import segno

    file = io.BytesIO()
    segno.make(told, error="m", micro=False).save(file, kind="png", scale=_PIXELS, border=_QUIET)
    return file.getvalue()
