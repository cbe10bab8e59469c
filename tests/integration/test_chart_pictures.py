"""Charts drawn by Chromium: what is read on them, the same bytes each time, and what is said where none can be drawn."""

from __future__ import annotations

import io
import re
import subprocess
import time
from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from dashboards.meeting import converting
from dashboards.meeting.chart_pictures import main_picture, picture_file, pictures
from dashboards.meeting.converting import NoConverter
from dashboards.meeting.drawing import drawn
from dashboards.meeting.source import Source
from tests.unit.test_bulletin_words import Content, published, rows, scored, source

HOSTILE = ("<b>x</b>", '<img src="x" onerror="alert(1)">', "甲&乙&lt;丙<br>丁", "$\\frac{1}{2}$", "{{ 7*7 }}")
SVG = "{http://www.w3.org/2000/svg}"


def hostile() -> Content:
    """Units whose names a browser, a stylesheet or plotly might take for something else."""
    content = published("ranking")
    scored(content, 95.0, 88.25, 60.5, 40.0, 0.0)
    for row, name in zip(rows(content), HOSTILE, strict=True):
        row["name"] = name
    return content


def crowded() -> Content:
    """As many units in a group as one picture holds."""
    content = published("ranking")
    template = rows(content)[0]
    rows(content)[:] = [
        deepcopy(template) | {"unit": f"u{place}", "name": f"第{place}街道办事处", "rank": place + 1, "score": 99.5 - place * 3}
        for place in range(25)
    ]  # fmt: skip
    return content


SOURCES = {
    "hostile": hostile(), "crowded": crowded(), "measures": published("scores"), "casualties": published("casualties"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shown() -> dict[str, etree._Element]:
    """The last chart of each report as SVG, drawn with one start of the browser; the whole of it is well-formed."""
    figures = [pictures(source(content))[0 if name != "measures" else -1].figure for name, content in SOURCES.items()]
    return {name: etree.fromstring(one) for name, one in zip(SOURCES, drawn(figures, "svg"), strict=True)}


def read(picture: etree._Element) -> list[str]:
    """Its texts, as they are seen."""
    return [" ".join("".join(one.itertext()).split()) for one in picture.iter(f"{SVG}text")]


def test_every_name_and_every_score_is_read_on_it_as_published(shown: dict[str, etree._Element]) -> None:
    """With as many units as there may be on one; with as many decimals as everywhere."""
    for name in ("hostile", "crowded"):
        told = read(shown[name])
        for row in rows(SOURCES[name]):
            assert " ".join(row["name"].split()) in told
            assert f"{row['score']:.2f}" in told
    told = read(shown["measures"])
    assert told.count("80.0") == 10
    assert "党政领导责任清单和年度重点工作清单" in told
    assert [one for one in read(shown["casualties"]) if one.startswith("全年控制数 6")]


def test_names_are_text_and_nothing_else(shown: dict[str, etree._Element]) -> None:
    """No element of theirs, nothing that runs, nothing that is fetched; and Chinese typefaces are named."""
    for picture in shown.values():
        elements = {etree.QName(one).localname for one in picture.iter() if isinstance(one.tag, str)}
        assert elements <= {"svg", "defs", "g", "clipPath", "rect", "path", "text", "tspan", "style", "line"}
        attributes = {etree.QName(name).localname for one in picture.iter() for name in one.attrib}
        assert not {one for one in attributes if one.startswith("on") or one in {"href", "src"}}
        styles = {one.get("style", "") for one in picture.iter(f"{SVG}text")}
        assert all("Microsoft YaHei" in one and "Noto Sans CJK SC" in one for one in styles)


def test_bars_of_25_units_are_apart(shown: dict[str, etree._Element]) -> None:
    """And thick enough to be seen on a picture of a slide's size."""
    for picture in shown.values():
        assert (picture.get("width"), picture.get("height")) == ("1280", "720")
    bars = [one.get("d") for one in shown["crowded"].iter(f"{SVG}path") if one.getparent().get("class") == "point"]
    ends = [re.match(r"M[\d.]+,([\d.]+)V([\d.]+)H", bar) for bar in bars]
    edges = sorted(tuple(sorted(map(float, one.groups()))) for one in ends if one)
    assert len(edges) == 25
    assert all(bottom - top > 8 for top, bottom in edges)
    assert all(above[1] < below[0] for above, below in pairwise(edges))


def test_same_publication_is_the_same_picture_each_time(shown: dict[str, etree._Element]) -> None:
    """Byte by byte, whatever else was drawn before it."""
    again = picture_file(source(published("casualties")), "svg")
    assert list(shown)[-1] == "casualties"
    assert etree.tostring(shown["casualties"]) == etree.tostring(etree.fromstring(again))


def test_png_is_large_enough_for_a_projector_and_a_draft_is_marked(shown: dict[str, etree._Element]) -> None:
    """2560 × 1440; the mark of a draft makes the only red that there is."""
    live = published("ranking") | {"published": None, "sha256": None}
    of_draft = Source(live, "双桥经开区", live["publication"]["scheme_text"], [])
    made = drawn([main_picture(one).figure for one in (source(published("ranking")), of_draft)], "png")
    reds = []
    for one in made:
        picture = Image.open(io.BytesIO(one))
        assert (picture.format, picture.size) == ("PNG", (2560, 1440))
        colours = picture.convert("RGB").getcolors(2**24)
        assert colours is not None
        assert sum(count for count, (red, green, blue) in colours if (red, green, blue) == (0x1F, 0x38, 0x64)) > 100_000
        reds.append(sum(count for count, (red, green, blue) in colours if red > green + 12 and red > blue + 12))
    assert reds[0] < 100
    assert reds[1] > 20_000


def test_without_chromium_or_with_one_that_fails_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is missing, and what to do without it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    for stub, words in ((None, "未安装Chromium"), ("#!/bin/sh\nexit 1\n", "没能把图画出来")):
        if stub is not None:
            (tmp_path / "chromium").write_text(stub, encoding="utf-8")
            (tmp_path / "chromium").chmod(0o755)
        with pytest.raises(NoConverter, match=words):
            picture_file(source(published("ranking")), "png")


def test_browser_that_hangs_is_ended_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It, and not only the process that waits for it."""
    stub, told = tmp_path / "chromium", tmp_path / "pid"
    stub.write_text(f"#!/bin/sh\necho $$ >{told}.new && /bin/mv {told}.new {told}\nexec /bin/sleep 1000\n")
    stub.chmod(0o755)

    class Impatient(subprocess.Popen):  # type: ignore[type-arg]
        """Its time is over as soon as the browser runs."""

        def wait(self, timeout: float | None = None) -> int:
            if timeout is None:
                return super().wait()
            wait_until(told.exists)
            raise subprocess.TimeoutExpired("chromium", timeout)

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(converting.subprocess, "Popen", Impatient)
    with pytest.raises(NoConverter, match="没能把图画出来"):
        picture_file(source(published("ranking")), "png")
    wait_until(lambda: not is_running(int(told.read_text())))


def wait_until(holds: Callable[[], bool], patience: float = 60.0) -> None:
    """Until it holds; it fails where that does not come."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_running(number: int) -> bool:
    """Whether a process is there, and not only what nobody has asked for its end."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
