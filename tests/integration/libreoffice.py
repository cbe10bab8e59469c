"""LibreOffice as the office program of a test: what a clerk opens, saves and prints with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

XLSX = "xlsx:Calc MS Excel 2007 XML"


def saved_by_libreoffice(source: Path, folder: Path, profile: Path) -> Path:
    """The workbook as LibreOffice opens and saves it. Installed by ``.ci/system-packages tests``."""
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: make setup-tests installs it"
    folder.mkdir(exist_ok=True)
    subprocess.run(
        [program, "--headless", f"-env:UserInstallation={profile.as_uri()}", "--convert-to", XLSX, "--outdir", folder, source],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    saved = folder / f"{source.stem}.xlsx"
    assert saved.is_file()
    return saved
