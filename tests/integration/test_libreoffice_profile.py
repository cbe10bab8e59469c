"""The profile that LibreOffice is started with: it begins at once, and prints as it does in one of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from dashboards.meeting.bulletin import bulletin
from dashboards.meeting.pdf_held import _VARIES
from dashboards.meeting.sources import published_source
from data import libreoffice
from tests.integration.published_samples import sample

pytestmark = pytest.mark.slow


def printed(argument: str, source: Path, folder: Path) -> bytes:
    """The PDF of a bulletin, made in a profile, without what is another each time."""
    program = libreoffice.command()
    assert program, "LibreOffice is missing: make setup-tests installs it"
    asked = [program, argument, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, source]
    subprocess.run(asked, check=True, capture_output=True, timeout=300)
    return _VARIES.sub(b"", (folder / source.with_suffix(".pdf").name).read_bytes())


def test_it_begins_at_once_and_prints_as_ever(tmp_path: Path) -> None:
    """No trial of how this machine draws and no second start, which take as long again as a document; and what was given out before,
    from a profile of its own making, stays the very file."""
    program = libreoffice.command()
    assert program, "LibreOffice is missing: make setup-tests installs it"
    source, profile, its_own = tmp_path / "通报.docx", tmp_path / "profile", tmp_path / "its own"
    source.write_bytes(bulletin(published_source(sample("casualties"))))
    argument = libreoffice.fresh_profile(program, profile)
    left = profile / "user" / "extensions" / "left"
    left.touch()
    made = printed(argument, source, tmp_path / "ours")
    assert left.exists(), "it removed the extensions of another build, and started again"
    assert not list(profile.rglob("GraphicsRenderTests*"))
    assert made == printed(f"-env:UserInstallation={its_own.as_uri()}", source, tmp_path / "as it was")
    assert list(its_own.rglob("GraphicsRenderTests*")), "it tries nothing any more: the profile need not spare it"


def test_what_does_not_tell_its_build_gets_a_profile_all_the_same(tmp_path: Path) -> None:
    """A wrapper in another folder: settings are there, and LibreOffice finds out for itself what it is."""
    wrapper = tmp_path / "bin" / "soffice"
    wrapper.parent.mkdir()
    wrapper.touch()
    asked = libreoffice.Setting("Office.Common/Security/Scripting", "DisableMacrosExecution", "true")
    libreoffice.fresh_profile(str(wrapper), tmp_path / "profile", [asked])
    laid = sorted(one.relative_to(tmp_path / "profile") for one in (tmp_path / "profile").rglob("*") if one.is_file())
    assert laid == [Path("user/registrymodifications.xcu")]
    text = (tmp_path / "profile" / laid[0]).read_text(encoding="utf-8")
    assert ("DisableMacrosExecution" in text, "ooSetupLastVersion" in text) == (True, True)
