"""Names under which files are handed out: the one place that writes a Content-Disposition.

A name was told by whoever sent the file. What a system could take for something else (a path, a device, a program's
ending, letters that turn the reading direction) is taken out of it, and the ending is that of the content.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote

from flask import Response

from data.language import gettext as _

LONGEST = 120
"""Characters without the ending: with three bytes each a name still fits every file system."""
SANDBOX = "sandbox; default-src 'none'"
"""Whatever a browser may be brought to show of a file runs nothing and loads nothing."""
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_ENDING = re.compile(r"\.([A-Za-z][A-Za-z0-9]{0,9})\Z")
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE | re.DOTALL
)
_MOST_ENDINGS = 4


def handed_out(response: Response, file_name: str, endings: Sequence[str]) -> Response:
    """The response as a file to be saved under a harmless name with one of these endings."""
    name = harmless_name(file_name, endings)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def harmless_name(told: str, endings: Sequence[str]) -> str:
    """A name as every system takes it, with the first of the endings where it has none of them itself."""
    last = told.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C" and one not in "\u2028\u2029")
    stem, ending = _parted(_trimmed(_FORBIDDEN.sub("_", seen)), endings)
    stem = _trimmed(stem[:LONGEST]) or _("unnamed")
    return f"{'_' if _DEVICE.fullmatch(stem) else ''}{stem}.{ending}"


def _parted(name: str, endings: Sequence[str]) -> tuple[str, str]:
    """Name and ending: the last of its endings that suits, or the first that would, without any that stand behind it."""
    stem = name
    for _time in range(_MOST_ENDINGS):
        found = _ENDING.search(stem)
        if found is None:
            break
        stem = _trimmed(stem[: found.start()])
        if found[1].lower() in endings:
            return stem, found[1].lower()
    return (stem if _ENDING.search(name) else name), endings[0]


def _trimmed(name: str) -> str:
    """Without blanks and dots at either end, which systems drop or hide."""
    return " ".join(name.split()).strip(". ")
