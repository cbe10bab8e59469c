"""The whole set of a month for a meeting: every form of what was published, and a sentence on what is missing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path
from queue import Queue
from threading import Event, Semaphore

import pytest
from docx import Document
from typer.testing import CliRunner

from dashboards.__main__ import app, freeze
from dashboards.meeting import forms, material
from dashboards.meeting.converting import WAITING_AT_ONCE, NoConverter, its_turn
from dashboards.meeting.forms import DOCUMENTS, PRINTED, ending
from dashboards.meeting.material import MonthsMaterial, files_of
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.stationery import OURS, Stationery
from dashboards.web import publication_routes
from data.intake.publications import Publication
from data.intake.stationery import Content
from data.people.scope import Role
from data.settings import Settings
from data.zone.periods import parse_period
from tests.integration.published_samples import REPORTS, sample
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.undrawn import leave_undrawn


@pytest.fixture
def settings(sqlite_template: Path, tmp_path: Path) -> Iterator[Settings]:
    """Some units with ledgers and marks; nothing published."""
    with installed(sqlite_template, tmp_path) as found:
        yield found


@pytest.fixture
def _converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks again for the PDF of the same document gets the one that LibreOffice made of it: that takes a second each."""
    monkeypatch.setattr(material, "as_pdf", cache(as_pdf))


def publish_all(settings: Settings) -> None:
    """What belongs to June."""
    for report, period, day in (
        ("ranking", "2022-06", None),
        ("scores", "2022Q2", None),
        ("casualties", "2022", date(2022, 6, 30)),
    ):
        freeze(settings, report, parse_period(period), day, reason="提前", mistake=False)


@pytest.mark.usefixtures("_converted_once")
def test_set_of_a_month_has_every_form_of_every_report(
    settings: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> None:
    """As a folder and as one file, the same; casualties of a later day are no part of it."""
    publish_all(settings)
    freeze(settings, "casualties", parse_period("2022"), date(2022, 7, 31), reason="提前", mistake=False)
    commanded(settings)
    folder, file = tmp_path / "六月", tmp_path / "六月.zip"
    for output in (folder, file):
        done = CliRunner().invoke(app, ["material", "--period", "2022-06", "-o", str(output)])
        assert (done.exit_code, done.stderr) == (0, "")
    with zipfile.ZipFile(file) as package:
        told = {name: package.read(name) for name in package.namelist()}
    names = {f"{stem}.{ending(form)}" for stem in _stems(told) for form in DOCUMENTS}
    assert set(told) == {*names, "目录.txt"}
    assert told["目录.txt"].decode("utf-8-sig").count("没有可画的图") == 3
    assert _stems(told) == {
        "双桥经开区2022年6月执法检查排名-第1版",
        "双桥经开区2022年第2季度安全生产绩效评分-第1版",
        "双桥经开区2022年亡人指标-2022-06-30-第1版",
    }
    for name, content in told.items():
        if not name.endswith(".pdf"):
            assert (folder / name).read_bytes() == content, name
    for stem in _stems(told):
        content = json.loads(told[f"{stem}.json"])
        text = "".join(one.text for one in Document(io.BytesIO(told[f"{stem}.docx"])).paragraphs)
        assert content["sha256"] in text
        assert content["sha256"] in told["目录.txt"].decode("utf-8-sig")
        assert {told[f"{stem}.{ending(form)}"][:5] for form in PRINTED} == {b"%PDF-"}


def _stems(told: dict[str, bytes]) -> set[str]:
    return {name.removesuffix(".json") for name in told if name.endswith(".json")}


def test_what_is_missing_is_said_with_its_reason(
    settings: Settings, commanded: Callable[[Settings], None], tmp_path: Path
) -> None:
    """Nothing published: no set, and why; a part published: that part, and why the rest is not there."""
    commanded(settings)
    asked = ["material", "--period", "2022-06", "-o", str(tmp_path / "六月.zip")]
    none = CliRunner().invoke(app, asked)
    assert none.exit_code == 1
    for words in ("尚未发布，现在起可以发布。尚未报送：", "没有截至当月底以前某日的发布", "这个月还没有发布任何内容"):
        assert words in none.stderr
    assert not (tmp_path / "六月.zip").exists()
    freeze(settings, "ranking", parse_period("2022-06"), None, reason="", mistake=False)
    part = CliRunner().invoke(app, asked)
    assert part.exit_code == 0
    assert part.stderr.count("\n") == 2
    with zipfile.ZipFile(tmp_path / "六月.zip") as package:
        assert "尚未发布" in package.read("目录.txt").decode("utf-8-sig")
    assert CliRunner().invoke(app, ["material", "--period", "2022Q2", "-o", "x.zip"]).exit_code == 2


def test_set_has_every_chart_as_a_picture_or_says_why_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each named for what it shows; without Chromium, as without LibreOffice, all else is there and the list says what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    published = MonthsMaterial([(sample(report), OURS) for report in REPORTS], [])
    without = dict(files_of(published))
    assert not [name for name in without if name.endswith((".png", ".pdf"))]
    told = without["目录.txt"].decode("utf-8-sig")
    assert [told.count(words) for words in (".png\t无法生成图片：本机未安装Chromium", ".pdf\t无法生成PDF")] == [
        3,
        3 * len(PRINTED),
    ]
    leave_undrawn(monkeypatch)
    pictures = [name for name in dict(files_of(published)) if name.endswith(".png")]
    assert [name.split("-")[-1] for name in pictures] == [
        "镇街组得分.png", "部门组得分.png", "镇街组得分.png", "措施得分率.png", "累计死亡.png",
    ]  # fmt: skip
    assert all("双桥经开区2022年" in name and "第1版" in name for name in pictures)


def test_what_needs_no_converter_is_made_while_one_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first PDF is not there before the last workbook is: whoever waits for a set waits for the longer of both, not for their sum."""
    reports = [(sample(report), OURS) for report in REPORTS]
    workbooks: Queue[str] = Queue()

    def told(one: Publication, _on: Stationery) -> bytes:
        workbooks.put(one.report)
        return b"PK"

    def once_all_are_there(_paper: bytes, _ending: str) -> bytes:
        while workbooks.get(timeout=60) != REPORTS[-1]:
            pass
        workbooks.put(REPORTS[-1])
        return b"%PDF-"

    leave_undrawn(monkeypatch)
    monkeypatch.setattr(forms, "published_workbook", told)
    monkeypatch.setattr(material, "as_pdf", once_all_are_there)
    files = dict(files_of(MonthsMaterial(reports, [])))
    assert [content for name, content in files.items() if name.endswith(".pdf")] == [b"%PDF-"] * 3 * len(PRINTED)


def test_paper_that_cannot_be_filled_in_costs_the_set_no_other_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither is its PDF there, and the list says why of both; each paper that can be is made once for itself and its PDF."""
    leave_undrawn(monkeypatch)
    printed: list[bytes] = []
    monkeypatch.setattr(material, "as_pdf", lambda paper, _ending: printed.append(paper) or b"%PDF-")
    lacking = Stationery({"ranking": Content("标题｜{{ 没有的字段 }}")})
    files = dict(files_of(MonthsMaterial([(sample("ranking"), lacking), (sample("casualties"), OURS)], [])))
    every = [*map(ending, DOCUMENTS), "png"]
    forms_of = {report: {name.partition(".")[2] for name in files if report in name} for report in ("排名", "亡人")}
    assert forms_of == {"排名": {*every} - {"docx", "pdf"}, "亡人": {*every}}
    listed = files["目录.txt"].decode("utf-8-sig").splitlines()
    assert [line.partition("\t")[0].rpartition(".")[2] for line in listed if "没有的字段" in line] == ["docx", "pdf"]
    assert sorted(printed) == sorted(
        content for name, content in files.items() if name.partition(".")[2] in PRINTED.values()
    )


@pytest.fixture
def site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application over it."""
    return made(settings, monkeypatch)


@pytest.mark.usefixtures("_converted_once")
def test_page_offers_the_set_and_says_what_is_missing(site: Site) -> None:
    """To everybody who signs in, once something is published; of months that nobody published there is none."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    assert clerk.get("/material/2022-06.zip").status_code == 404
    assert clerk.get("/material/2022-13.zip").status_code == 404
    publish_all(site.door.settings)
    given = [visitor.get("/material/2022-06.zip") for visitor in (desk, clerk)]
    assert [answer.status_code for answer in given] == [200, 200]
    assert "attachment" in given[0].headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(given[1].data)) as package:
        assert len([name for name in package.namelist() if name.endswith(".docx")]) == 3


def test_three_who_ask_at_once_do_not_stop_the_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sets are made, the third is asked to come again, and whoever asks for a page meanwhile gets it; then it is the third's turn."""
    publish_all(site.door.settings)
    begun, may_end = Semaphore(0), Event()

    def held_up(_material: MonthsMaterial) -> bytes:
        begun.release()
        assert may_end.wait(60)
        return b"PK"

    monkeypatch.setattr(publication_routes, "as_zip", held_up)
    visitors = [site.signed_in(Role.OFFICE) for _each in range(3)]
    with ThreadPoolExecutor(2) as pool:
        first = [pool.submit(visitor.get, "/material/2022-06.zip") for visitor in visitors[:2]]
        assert [begun.acquire(timeout=60) for _each in first] == [True, True]
        third = visitors[2].get("/material/2022-06.zip")
        page = visitors[2].get("/published/999999/pages")
        may_end.set()
        assert [answer.result().status_code for answer in first] == [200, 200]
    assert (third.status_code, "请过一分钟再试" in third.text) == (503, True)
    assert page.status_code == 404
    assert visitors[2].get("/material/2022-06.zip").status_code == 200


def test_whoever_waits_too_long_for_the_converter_is_asked_to_come_again() -> None:
    """However many ask: no more than so many threads of the server wait for it, and a month's set is waited for."""
    with ExitStack() as held, ThreadPoolExecutor(WAITING_AT_ONCE) as pool:
        held.enter_context(its_turn())
        waiting = [pool.submit(as_pdf, b"", ".docx", 0.2) for _each in range(WAITING_AT_ONCE)]
        for each in waiting:
            with pytest.raises(NoConverter, match="请一分钟后再试"):
                each.result()
