"""The colours of workbooks that go out, as ARGB: templates and marks. What they are called in words holds with them."""

from __future__ import annotations

ORANGE = "FFF8CBAD"
"""What must be filled in."""
SOFT_GREY = "FFE7E6E6"
"""What may be filled in."""
RED, YELLOW, GREY = "FFFF8A80", "FFFFE57F", "FFE4E7EB"
"""Errors, what is to be looked at, and what was not read."""
RULE = "FF999999"
NOTE = "FF595959"
LINK = "FF0563C1"
