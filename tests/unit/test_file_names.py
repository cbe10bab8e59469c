"""Every file is handed out under a name that no system takes for a path, a device or a program."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.web.file_names import LONGEST, harmless_name

XLSX, JPEG = ("xlsx", "xls"), ("jpg", "jpeg")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("told", "endings", "name"),
    [
        ("九月台账.xlsx", XLSX, "九月台账.xlsx"),
        ("九月台账.xlsx.exe", XLSX, "九月台账.xlsx"),
        ("整改照片.hta", JPEG, "整改照片.jpg"),
        ("照片.JPEG", JPEG, "照片.jpeg"),
        ("照片.jpg.vbs.js", JPEG, "照片.jpg"),
        ("台账2022.5", XLSX, "台账2022.5.xlsx"),
        ("2022.5.3台账.xls", XLSX, "2022.5.3台账.xls"),
        ("台账\u202exslx.exe", XLSX, "台账xslx.xlsx"),
        ("台\u200b账\ufeff.xlsx", XLSX, "台账.xlsx"),
        ("CON.xlsx", XLSX, "_CON.xlsx"),
        ("nul", XLSX, "_nul.xlsx"),
        ("com1.2022.xlsx", XLSX, "_com1.2022.xlsx"),
        ("..\\..\\台账.xlsx", XLSX, "台账.xlsx"),
        ("/etc/passwd", XLSX, "passwd.xlsx"),
        ("...台账. . ", XLSX, "台账.xlsx"),
        (".htaccess", XLSX, "htaccess.xlsx"),
        ("台账.xlsx. ", XLSX, "台账.xlsx"),
        ("a:b|c?.xlsx", XLSX, "a_b_c_.xlsx"),
        ("台账.xlsx::$DATA", XLSX, "台账.xlsx__$DATA.xlsx"),
        ("两\n行\t名.xlsx", XLSX, "两行名.xlsx"),
        ("", XLSX, "未命名.xlsx"),
        ("///", XLSX, "未命名.xlsx"),
        (".exe", XLSX, "exe.xlsx"),
    ],
)
def test_names(told: str, endings: tuple[str, ...], name: str) -> None:
    """Double endings, turned directions, devices, paths, dots and blanks at either end, nothing at all."""
    assert harmless_name(told, endings) == name


@given(st.text(max_size=400), st.sampled_from([XLSX, JPEG]))
def test_whatever_was_told_the_name_is_harmless(told: str, endings: tuple[str, ...]) -> None:
    """One of the endings, nothing invisible, no separator, no device, not too long; and it is its own name."""
    name = harmless_name(told, endings)
    stem, _dot, ending = name.rpartition(".")
    assert ending in endings
    assert stem
    assert len(stem) <= LONGEST + 1
    assert not re.search(r'[<>:"/\\|?*]', name)
    assert not any(unicodedata.category(one)[0] == "C" for one in name)
    assert not name.startswith((".", " "))
    assert stem == stem.rstrip(". ")
    assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)", stem.partition(".")[0])


def test_one_function_names_what_is_handed_out() -> None:
    """Nothing else in the application writes a Content-Disposition or lets Flask write one."""
    told = {
        path.name
        for path in (*(ROOT / "dashboards").rglob("*.py"), ROOT / "app.py")
        if re.search(
            r"Content-Disposition|as_attachment|download_name|dcc\.(?:Download|send_)", path.read_text("utf-8")
        )
    }
    assert told == {"file_names.py"}
