"""Texts that people wrote, as they may stand in a file that a spreadsheet opens: none of them is ever run as a formula.

That a cell is stored as a text holds only until somebody saves the sheet as CSV and opens that again. So the text itself
begins with an apostrophe, which no program takes for a formula; what reads workbooks takes it away again.
"""

from __future__ import annotations

import re
from typing import Any

_RUN = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
"""How a text begins that some program runs: in full width too, as Excel does in East Asia; behind blanks too."""
_MARKED = re.compile(r"'+\s*[=+\-@\t\r\n＝＋－＠]")


def harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets an apostrophe; what is no text stays what it is."""
    return f"'{value}" if isinstance(value, str) and _RUN.match(value) else value


def as_typed(text: str) -> str:
    """A text as it was before ``harmless``."""
    return text[1:] if _MARKED.match(text) else text
