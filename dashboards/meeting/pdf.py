"""Documents as PDF, by LibreOffice where it is installed."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from dashboards.meeting.converting import NoConverter, came_to_its_end, its_turn
from data import libreoffice
from data.language import gettext as _
from data.libreoffice import Setting

SECONDS = 120
_WITH_BLANK_PAGES = Setting("Office.Common/Filter/PDF/Export", "IsSkipEmptyPages", "false")
"""The page that is left free before one that has to be even stands in the PDF too: printed on both sides, it would be on the wrong one."""


def as_pdf(document: bytes, suffix: str, wait: float | None = None, seconds: float = SECONDS) -> bytes:
    """A document (``.docx``, ``.xlsx``, ``.pptx``) as PDF; NoConverter where that cannot be done here.

    ``wait``: how many seconds others may be before it, None: as long as it takes; ``seconds``: how long it may itself take.
    """
    (made,) = as_pdfs([document], suffix, wait, seconds)
    return made


def as_pdfs(
    documents: Sequence[bytes], suffix: str, wait: float | None = None, seconds: float = SECONDS
) -> list[bytes]:
    """Some documents of one kind as PDF, with one start of LibreOffice, which takes longer than a document; NoConverter as of one.

    What a later one of them is to the byte depends on those before it: of a publication, whose PDF is made anew to be compared,
    each is made alone.
    """
    if not documents:
        return []
    program = libreoffice.command()
    if program is None:
        raise NoConverter(
            _(
                "No PDF can be made: LibreOffice is not installed here. Take the document and save it as PDF, or print the page."
            )
        )
    with its_turn(wait), tempfile.TemporaryDirectory() as folder:
        sources = [Path(folder) / f"document{place or ''}{suffix}" for place in range(len(documents))]
        for source, document in zip(sources, documents, strict=True):
            source.write_bytes(document)
        profile = libreoffice.fresh_profile(program, Path(folder) / "profile", [_WITH_BLANK_PAGES])
        asked = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            *map(str, sources),
        ]
        made = [source.with_suffix(".pdf") for source in sources]
        if not came_to_its_end(asked, folder, seconds) or not all(one.exists() for one in made):
            raise NoConverter(
                _("No PDF can be made: LibreOffice could not convert the document. Take the document itself.")
            )
        return [one.read_bytes() for one in made]
