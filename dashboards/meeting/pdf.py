"""Documents as PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from dashboards.meeting.converting import NoConverter, came_to_its_end, its_turn
from data import libreoffice
from data.language import gettext as _

SECONDS = 120


def as_pdf(document: bytes, suffix: str, wait: float | None = None, seconds: float = SECONDS) -> bytes:
    """A document (``.docx``, ``.xlsx``, ``.pptx``) as PDF; NoConverter where that cannot be done here.

    ``wait``: how many seconds others may be before it, None: as long as it takes; ``seconds``: how long it may itself take.
    """
    program = libreoffice.command()
    if program is None:
        raise NoConverter(
            _(
                "No PDF can be made: LibreOffice is not installed here. Take the document and save it as PDF, or print the page."
            )
        )
    with its_turn(wait), tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"document{suffix}"
        source.write_bytes(document)
        profile = libreoffice.fresh_profile(program, Path(folder) / "profile")
        asked = [program, profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(source)]
        made = source.with_suffix(".pdf")
        if not came_to_its_end(asked, folder, seconds) or not made.exists():
            raise NoConverter(
                _("No PDF can be made: LibreOffice could not convert the document. Take the document itself.")
            )
        return made.read_bytes()
