"""LibreOffice as the office program of a test: what a clerk opens, saves and prints with."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from data import libreoffice

XLSX = "xlsx:Calc MS Excel 2007 XML"


TEXTS = "csv:Text - txt - csv (StarCalc):44,34,76"
"""What is seen of the first sheet's cells, in UTF-8."""
OPENED_AS_TEXTS = "CSV:44,34,76"
"""How a person opens such a file, whom LibreOffice asks for the writing: in UTF-8."""


def saved_by_libreoffice(source: Path, folder: Path, form: str = XLSX, opened_as: str | None = None) -> Path:
    """The workbook as LibreOffice opens and saves it. Installed by ``.ci/system-packages tests``."""
    return all_saved_by_libreoffice([source], folder, form, opened_as)[0]


def all_saved_by_libreoffice(
    sources: Sequence[Path], folder: Path, form: str = XLSX, opened_as: str | None = None
) -> list[Path]:
    """The same of several, which it is started once for: that takes longer than to open and save a workbook."""
    made_by_libreoffice(sources, folder, form, opened_as)
    saved = [folder / f"{source.stem}.{form.partition(':')[0]}" for source in sources]
    assert all(one.is_file() for one in saved)
    return saved


def printed_by_libreoffice(documents: Mapping[str, bytes], folder: Path, ending: str) -> dict[str, Path]:
    """Documents by name → their PDFs, with one start."""
    sources = {name: folder / f"{number}.{ending}" for number, name in enumerate(documents)}
    for name, path in sources.items():
        path.write_bytes(documents[name])
    return dict(zip(documents, all_saved_by_libreoffice(list(sources.values()), folder / "pdf", "pdf"), strict=True))


def made_by_libreoffice(
    sources: Sequence[Path], folder: Path, form: str, opened_as: str | None = None
) -> Sequence[Path]:
    """All files that it makes of them in a folder: of some forms one for each sheet."""
    program = libreoffice.command()
    assert program, "LibreOffice is missing: make setup-tests installs it"
    folder.mkdir(exist_ok=True)
    reads = [] if opened_as is None else [f"--infilter={opened_as}"]
    with tempfile.TemporaryDirectory() as home:
        profile = libreoffice.fresh_profile(program, Path(home) / "profile")
        subprocess.run(
            [program, "--headless", profile, *reads, "--convert-to", form, "--outdir", folder, *sources],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    return sorted(folder.iterdir())
