"""通报与材料 over HTTP: the office publishes what it looked at, everybody reads it whole, and anybody finds out whether a paper is true."""

from __future__ import annotations

import io
import json
import re
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboards.__main__ import freeze
from dashboards.results import scores
from dashboards.results.reading import begin
from dashboards.results.verification import verify
from data.intake.deciding import Desk
from data.intake.decisions import decide_veto
from data.intake.publications import Publication, revisions
from data.people import draft_openings
from data.people.scope import Role, office
from data.schema.intake import audit
from data.settings import Settings
from data.store import reader, write_transaction, writer
from data.zone.periods import Quarter, Year
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import all_rows, ledger, send, targets
from tests.integration.papers import accident, accidents
from tests.integration.rendered import pages_seen
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_access import _ask_script, _router
from tests.integration.test_publishing import BY_THE_OFFICE, LATER, WORSE
from tests.integration.undrawn import leave_undrawn

MAY = {"report": "ranking", "period": "2022-05", "kind": "revision"}
SEEN = re.compile(r'"value": "([0-9a-f]{64})", "type": "hidden", "name": "seen"')


@pytest.fixture
def site(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application with May of two towns loaded, and one account of each role."""
    with Loader(sqlite_installation) as loader:
        for name, book in (("指标", targets()), ("龙滩子", ledger()), ("双路", ledger(unit="shuanglu"))):
            assert send(loader, book, tmp_path, name=f"{name}.xlsx").status == "accepted"
    return made(sqlite_installation, monkeypatch)


def page(visitor: Visitor, search: str = "?period=2022") -> str:
    """What the page says at an address, as its script gets it."""
    answer = _ask_script(visitor, _router("/publications", search))
    assert answer.status_code == 200
    return json.dumps(answer.get_json(), ensure_ascii=False)


def publish(visitor: Visitor, **form: str) -> TestResponse:
    """Look at what would be frozen, then send the page's form, as it is or with other fields."""
    told = {**MAY, **form}
    if "seen" not in told:
        found = SEEN.search(page(visitor, f"?publish={told['period']}&day={told.get('day', '')}"))
        told["seen"] = found[1] if found else ""
    return visitor.post("/publish", told)


def published(site: Site) -> list[Publication]:
    """All revisions of May."""
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        return revisions(connection, settings.zone, "ranking", "2022-05")


def correct(site: Site, folder: Path) -> None:
    """The office loads a ledger of 龙滩子街道 that is worse than what is published."""
    with Loader(site.door.settings) as loader:
        book = ledger().put(WORSE)
        assert send(loader, book, folder, choice=BY_THE_OFFICE, at=LATER, name="更正.xlsx").status == "accepted"


def test_office_publishes_what_it_looked_at_and_everybody_reads_it_whole(site: Site) -> None:
    """The form, the publication in the office's name, the same page and the same file for a unit's account as for the office."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    looked = page(desk, "?publish=2022-05")
    for words in ("将连同全部依据固定为第1版", "名次分不开", "未报", "不能撤回"):
        assert words in looked
    assert "双路" not in page(clerk)
    answer = publish(desk)
    assert answer.status_code == 303, answer.text
    (one,) = published(site)
    assert (one.actor, one.revision, one.reason) == ("office1", 1, "")
    assert answer.headers["Location"] == f"/publications?period=2022-05&entry={one.entry}#one"
    assert ("office1", "report published", "ranking 2022-05") in site.door.acts()
    for visitor in (desk, clerk, site.signed_in(Role.VIEWER)):
        shown = page(visitor, f"?period=2022-05&entry={one.entry}")
        for words in ("2022年5月 月度执法排名", "第1版", "定稿", "有效", one.sha256, "龙滩子", "双路", "份工作簿"):
            assert words in shown, words
    assert "office1" in page(desk, f"?entry={one.entry}")
    assert "office1" not in page(clerk, f"?entry={one.entry}")
    for form in ("json", "csv"):
        given = [visitor.get(f"/published/{one.entry}.{form}") for visitor in (desk, clerk)]
        assert given[0].data == given[1].data
        assert "attachment" in given[0].headers["Content-Disposition"]
        settings = site.door.settings
        engine, scope = reader(settings.database_url), office(settings.zone)
        found = fetched(engine, scope, verify, given[0].data, fixed_today=settings.today)
        assert (found.status, found.same_file) == ("current", True)
    assert clerk.get(f"/published/{one.entry}.exe").status_code == 404


def text_of(document: bytes) -> str:
    """All that is read in a .docx: paragraphs and cells."""
    opened = Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in opened.paragraphs), *cells])


def test_bulletin_is_the_same_for_everybody_and_a_pdf_is_its_pages(site: Site) -> None:
    """Beside each publication; where LibreOffice is missing it is said what to do, and nothing else fails."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    assert publish(desk).status_code == 303
    (one,) = published(site)
    shown = page(clerk, f"?period=2022-05&entry={one.entry}")
    assert f"/published/{one.entry}.docx" in shown
    assert f"/published/{one.entry}.pdf" in shown
    given = [visitor.get(f"/published/{one.entry}.docx") for visitor in (desk, clerk)]
    assert given[0].data == given[1].data
    assert "wordprocessingml" in given[0].headers["Content-Type"]
    told = text_of(given[0].data)
    for words in ("关于2022年5月执法检查排名情况的通报", "龙滩子", one.sha256):
        assert words in told
    pdf = clerk.get(f"/published/{one.entry}.pdf")
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "关于2022年5月执法检查排名情况的通报" in "".join(page.text for page in pages_seen(pdf.data))


def test_deck_is_the_same_for_everybody(site: Site) -> None:
    """Beside each publication: its slides, and which publication it is on the last of them."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    assert publish(desk).status_code == 303
    (one,) = published(site)
    assert f"/published/{one.entry}.pptx" in page(clerk, f"?period=2022-05&entry={one.entry}")
    given = [visitor.get(f"/published/{one.entry}.pptx") for visitor in (desk, clerk)]
    assert given[0].data == given[1].data
    assert "presentationml" in given[0].headers["Content-Type"]
    told = deck_text(given[0].data)
    for words in ("2022年5月执法检查排名情况", "个单位应报", one.sha256):
        assert words in told


def test_main_chart_is_a_picture_for_everybody_where_there_is_one(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Offered where there is something to be drawn, else not, and the address says why; without Chromium it says what to do."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    assert publish(desk).status_code == 303
    (one,) = published(site)
    shown = page(clerk, f"?period=2022-05&entry={one.entry}")
    assert [f"/published/{one.entry}.{form}" in shown for form in ("png", "svg")] == [True, True]
    given = clerk.get(f"/published/{one.entry}.png")
    assert given.headers["Content-Type"] == "image/png"
    assert ".png" in given.headers["Content-Disposition"]
    assert Image.open(io.BytesIO(given.data)).size == (2560, 1440)
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = desk.get(f"/published/{one.entry}.svg")
    assert (answer.status_code, "未安装Chromium" in answer.text) == (503, True)
    nobody_died = freeze(site.door.settings, "casualties", Year(2022), date(2022, 1, 2), reason="提前", mistake=False)
    shown = page(clerk, f"?period=2022&entry={nobody_died.entry}")
    assert [f"/published/{nobody_died.entry}.{form}" in shown for form in ("docx", "png", "svg")] == [
        True,
        False,
        False,
    ]
    answer = clerk.get(f"/published/{nobody_died.entry}.png")
    assert (answer.status_code, "没有计入指标的死亡人数" in answer.text) == (404, True)


def deck_text(document: bytes) -> str:
    """All that is read on the slides and in the notes of a .pptx."""
    slides = Presentation(io.BytesIO(document)).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    cells = [cell.text for shape in shapes if shape.has_table for cell in shape.table.iter_cells()]
    return "\n".join([*texts, *cells, *(slide.notes_slide.notes_text_frame.text for slide in slides)])


def test_without_libreoffice_the_page_says_what_to_do(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """503 with a sentence; the document itself is to be had."""
    desk = site.signed_in(Role.OFFICE)
    publish(desk)
    (one,) = published(site)
    monkeypatch.setenv("PATH", str(tmp_path))
    answer = desk.get(f"/published/{one.entry}.pdf")
    assert (answer.status_code, "未安装LibreOffice" in answer.text) == (503, True)
    assert desk.get(f"/published/{one.entry}.docx").status_code == 200


REFUSED: tuple[tuple[dict[str, str], int, str], ...] = (
    ({"period": "2022-13"}, 400, "没有这个"),
    ({"period": "2022Q2"}, 400, "没有可以这样发布的报告"),
    ({"report": "submissions"}, 400, "没有可以这样发布的报告"),
    ({"report": "<img src=x>"}, 400, "没有可以这样发布的报告"),
    ({"kind": "x"}, 400, "请选择"),
    ({"reason": "长" * 501}, 400, "500"),
    ({"seen": "0" * 64}, 409, "事实"),
    ({"seen": ""}, 409, "事实"),
    ({"period": "2022-10"}, 409, "次日起可以发布"),
    ({"period": "2022-12", "reason": "早"}, 409, "尚未开始"),
    ({"report": "casualties", "period": "2022", "day": "2022-12-01"}, 409, "尚未到来"),
    ({"report": "casualties", "period": "2022", "day": "x"}, 400, "没有这一天"),
)


@pytest.mark.parametrize(("form", "status", "sentence"), REFUSED)
def test_form_that_no_page_sends(site: Site, form: dict[str, str], status: int, sentence: str) -> None:
    """Each is answered with a sentence that says why, and nothing is published."""
    answer = publish(site.signed_in(Role.OFFICE), **form)
    assert (answer.status_code, published(site)) == (status, [])
    assert sentence in answer.text
    assert "<img" not in answer.text


def test_only_the_office_publishes_and_no_other_site_for_it(site: Site) -> None:
    """Whoever is of another role, another site, a form without its token."""
    for role in (Role.VIEWER, Role.UNIT, Role.ADMIN):
        assert publish(site.signed_in(role), seen="0" * 64).status_code == 403
    desk = site.signed_in(Role.OFFICE)
    assert desk.post("/publish", MAY, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert desk.post("/publish", {**MAY, "csrf_token": "forged"}).status_code == 400
    assert published(site) == []


def test_correction_overtakes_until_a_revision_says_so_and_both_are_readable(site: Site, tmp_path: Path) -> None:
    """What moved and what moved it; the unit is told of its own; the revision is a 更正 with its reason; nothing of the first changes."""
    desk, clerk, neighbour = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT), site.visitor()
    assert publish(desk).status_code == 303
    (first,) = published(site)
    correct(site, tmp_path)
    told = page(desk, f"?period=2022&entry={first.entry}")
    for words in (
        "发布后有变动",
        "尚未发布新版本",
        "龙滩子街道2022年5月执法检查台账有更正版",
        "龙滩子街道得分：",
        "发布新版本",
    ):
        assert words in told, words
    own = page(clerk, f"?entry={first.entry}")
    assert "龙滩子街道得分：" in own
    for words in ("名次：", "双路街道得分", "publish=2022-05"):
        assert words not in own, words
    assert publish(desk, kind="correction").status_code == 409, "a revision needs its reason"
    assert publish(desk, kind="correction", reason="复查结果\x07登记\n有误").status_code == 303
    again, second = published(site)
    assert again == first
    assert (second.mistake, second.reason, second.content["publication"]["kind"]) == (
        True,
        "复查结果 登记 有误",
        "correction",
    )
    told = page(clerk, f"?entry={second.entry}")
    for words in ("第2版", "更正", "复查结果 登记 有误", "与上一版相比", "有更正版", "第1版", "已有新版本"):
        assert words in told, words
    assert "已有新版本" in page(clerk, f"?entry={first.entry}")
    assert clerk.get(f"/published/{first.entry}.json").get_json()["published"] == 1
    assert neighbour.get(f"/published/{first.entry}.json").status_code == 302


def laid_down(visitor: Visitor, content: bytes, name: str = "通报.csv") -> TestResponse:
    """Send a document to be checked."""
    form = {"document": (io.BytesIO(content), name), "csrf_token": visitor.token()}
    return visitor.client.post("/verify/document", base_url=visitor.base, data=form, buffered=True)


def test_document_laid_down_is_told_from_an_altered_one_and_nothing_of_it_is_kept(site: Site, tmp_path: Path) -> None:
    """The cell that differs is named; figures and file are apart; a unit is told of live figures its own alone."""
    desk, clerk = site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT)
    publish(desk)
    (one,) = published(site)
    csv, content = (desk.get(f"/published/{one.entry}.{form}").data for form in ("csv", "json"))
    before, kept = all_rows(site.door.settings), sorted(site.door.settings.archive_dir.rglob("*"))
    assert "有效" in laid_down(clerk, csv).text
    assert "文件原样" in laid_down(clerk, content, "通报.json").text
    saved_again = json.dumps(json.loads(content), ensure_ascii=False, indent=4).encode()
    assert "文件非原样" in laid_down(clerk, saved_again, "通报.json").text
    score = str(one.content["groups"][0]["rows"][0]["score"])
    altered = laid_down(clerk, csv.replace(score.encode(), b"99.99", 1)).text
    for words in ("有改动", "F2", score, "99.99"):
        assert words in altered, words
    for nothing in (b"", b"PK\x03\x04", b"[" * 50_000, "与此无关".encode(), b"<script>alert(1)</script>"):
        answer = laid_down(clerk, nothing)
        assert (answer.status_code, "本系统未发布" in answer.text) == (200, True)
        assert "<script>alert" not in answer.text
    large = {"data": b" " * (2 * 2**20 + 1), "content_type": "multipart/form-data; boundary=x"}
    assert clerk.client.post("/verify/document", base_url=clerk.base, **large).status_code == 413
    assert (all_rows(site.door.settings), sorted(site.door.settings.archive_dir.rglob("*"))) == (before, kept)
    correct(site, tmp_path)
    for visitor, whole in ((desk, True), (clerk, False)):
        told = laid_down(visitor, csv).text
        for words in ("发布后有变动", "龙滩子街道得分", "龙滩子街道2022年5月执法检查台账有更正版"):
            assert words in told, words
        assert ("龙滩子街道名次" in told or "双路" in told) is whole


def test_words_of_a_veto_are_for_office_and_unit_and_each_copy_is_a_true_one(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quarter with a confirmed veto: who may not read its words gets the same file without them, and it is the very file."""
    settings, desk = site.door.settings, site.signed_in(Role.OFFICE)
    killed = [accident(f"事{n}", date(2022, 5, n), 3, town="双路", department=None) for n in (1, 2)]
    with Loader(settings) as loader:
        assert send(loader, accidents("2022-06", *killed), tmp_path, at=LATER, name="事故.xlsx").status == "accepted"
    with begin(reader(settings.database_url), office(settings.zone), settings.today) as reading:
        grounds, now = scores.fetch(reading, Quarter(2022, 2)).grounds("shuanglu"), reading.now
    assert grounds
    words = "经查王某某负有责任"
    decide_veto(
        Desk.of(settings, "office1", now),
        quarter=Quarter(2022, 2),
        unit="shuanglu",
        confirmed=True,
        grounds=grounds,
        reason=words,
    )
    assert publish(desk, report="scores", period="2022Q2").status_code == 303
    with reader(settings.database_url).connect() as connection:
        (one,) = revisions(connection, settings.zone, "scores", "2022Q2")
    for role in (Role.OFFICE, Role.UNIT, Role.VIEWER, Role.ADMIN):
        told = text_of(site.signed_in(role).get(f"/published/{one.entry}.docx").data)
        assert ("一票否决" in told, words in told) == (True, role is Role.OFFICE)
        told = deck_text(site.signed_in(role).get(f"/published/{one.entry}.pptx").data)
        assert ("一票否决" in told, words in told) == (True, role is Role.OFFICE)
    leave_undrawn(monkeypatch)
    pictures = [site.signed_in(role).get(f"/published/{one.entry}.svg").data for role in (Role.OFFICE, Role.UNIT)]
    assert pictures[0] == pictures[1]
    assert words.encode() not in pictures[0]
    for form in ("json", "csv"):
        for role in (Role.OFFICE, Role.UNIT, Role.VIEWER, Role.ADMIN):
            visitor = site.signed_in(role)
            given = visitor.get(f"/published/{one.entry}.{form}").data
            assert (words.encode() in given) is (role is Role.OFFICE), (form, role)
            told = laid_down(visitor, given, f"绩效.{form}").text
            assert "文件原样" in told
            assert "有效" in told
        whole = desk.get(f"/published/{one.entry}.{form}").data
        altered = laid_down(
            site.signed_in(Role.UNIT), whole.replace(words.encode(), "另有原因".encode()), f"绩效.{form}"
        ).text
        assert "有改动" in altered
        assert words not in altered
    for role in (Role.UNIT, Role.VIEWER):
        visitor = site.signed_in(role)
        told = laid_down(visitor, with_words_put_in(visitor.get(f"/published/{one.entry}.docx").data), "绩效.docx").text
        assert ("有改动" in told, words in told) == (True, False)


def with_words_put_in(document: bytes) -> bytes:
    """A bulletin in which something stands wherever words were left out."""
    opened = Document(io.BytesIO(document))
    cells = (it for table in opened.tables for row in table.rows for cell in row.cells for it in cell.paragraphs)
    runs = [run for line in (*opened.paragraphs, *cells) for run in line.runs if "…" in run.text]
    assert len(runs) > 1
    for run in runs:
        run.text = run.text.replace("…", "某")
    file = io.BytesIO()
    opened.save(file)
    return file.getvalue()


def test_stranger_asks_by_the_fingerprint_and_learns_no_figure(site: Site, tmp_path: Path) -> None:
    """Report, period, revision and status; of what is not published, or no fingerprint at all, a calm sentence."""
    desk, stranger = site.signed_in(Role.OFFICE), site.visitor()
    publish(desk)
    (one,) = published(site)
    told = stranger.get(f"/verify?sha={one.sha256.upper()}")
    assert told.status_code == 200
    for words in ("2022年5月 月度执法排名", "第1版", "有效", one.sha256):
        assert words in told.text, words
    assert not re.search(r"龙滩子|双路|\d+\.\d\d|office1", told.text.partition("<main")[2])
    as_json = {"report": "ranking", "period": "2022-05", "revision": 1, "sha256": one.sha256, "status": "current"}
    assert stranger.get(f"/verify?sha={one.sha256}&format=json").get_json() == as_json
    assert stranger.get(f"/verify?sha={one.sha256}", headers={"Accept": "application/json"}).get_json() == as_json
    nothing = dict.fromkeys(as_json) | {"status": "unknown"}
    for unknown in ("0" * 64, "", "x", "%27%20OR%201=1", "0" * 5000, one.sha256[:-1]):
        answer = stranger.get(f"/verify?sha={unknown}")
        assert (answer.status_code, "没有发布过这个指纹" in answer.text) == (200, True)
        assert stranger.get(f"/verify?sha={unknown}&format=json").get_json() == nothing
    correct(site, tmp_path)
    assert stranger.get(f"/verify?sha={one.sha256}&format=json").get_json()["status"] == "overtaken"
    publish(desk, reason="更正")
    assert stranger.get(f"/verify?sha={one.sha256}&format=json").get_json()["status"] == "superseded"


def test_strangers_ask_no_faster_than_they_try_passwords(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than the rate from one address is told to wait; signing in is counted apart."""
    site = made(sqlite_installation, monkeypatch, sign_in_rate="3 per minute")
    stranger = site.visitor()
    assert [stranger.get("/verify").status_code for _time in range(4)] == [200, 200, 200, 429]
    assert stranger.sign_in("nobody", "wrong").status_code == 403


def opened(site: Site) -> list[tuple[str, str, Any]]:
    """Who opened which draft, as the audit log has it."""
    with reader(site.door.settings.database_url).connect() as connection:
        rows = connection.execute(select(audit).where(audit.c.action == "draft opened").order_by(audit.c.entry))
        return [(row.actor, row.subject, row.detail) for row in rows]


DRAFTS = (
    ("ranking.xlsx?period=2022-05&group=town", "ranking 2022-05"),
    ("ranking-sectors.csv?period=2022-05", "ranking 2022-05"),
    ("scores.csv?period=2022Q2", "scores 2022Q2"),
    ("casualties-by-unit.csv?period=2022&as_of=2022-06-30", "casualties 2022 2022-06-30"),
    ("casualties-by-sector.csv?period=2022&as_of=2022-06-30", "casualties 2022 2022-06-30"),
)


def test_whoever_takes_a_draft_along_is_put_on_record_and_the_office_told(site: Site) -> None:
    """Each kind of draft; the publication tells the office how many accounts opened it before, by name, and nobody else; later ones not."""
    desk, viewer, clerk = (site.signed_in(role) for role in (Role.OFFICE, Role.VIEWER, Role.UNIT))
    for asked, _subject in DRAFTS:
        assert viewer.get(f"/export/{asked}").status_code == 200
    assert [(who, subject) for who, subject, _detail in opened(site)] == [
        ("viewer1", subject) for _a, subject in DRAFTS
    ]
    assert clerk.get(f"/export/{DRAFTS[0][0]}").status_code == 200
    assert opened(site)[-1] == ("zhangsan", "ranking 2022-05", {"form": "xlsx", "all_units": False})
    assert viewer.get("/export/workbooks.csv").status_code == 200
    assert len(opened(site)) == 6, "a list of workbooks is no draft"
    publish(desk)
    assert site.signed_in(Role.ADMIN).get(f"/export/{DRAFTS[0][0]}").status_code == 200
    (one,) = published(site)
    assert "2个账号：viewer1、zhangsan" in page(desk, f"?entry={one.entry}")
    for visitor in (viewer, clerk):
        assert "打开过草稿" not in page(visitor, f"?entry={one.entry}")
    assert "打开草稿" in site.signed_in(Role.ADMIN).get("/audit.csv").text or opened(site)


def test_draft_is_not_given_out_unseen_and_a_busy_database_makes_nobody_wait_long(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody else writes, the answer comes soon, with a sentence; then it is given out as ever."""
    monkeypatch.setattr(draft_openings, "PATIENCE", 0.2)
    viewer, asked = site.signed_in(Role.VIEWER), f"/export/{DRAFTS[0][0]}"
    with write_transaction(site.door.settings.database_url):
        began = time.monotonic()
        answer = viewer.get(asked)
        assert time.monotonic() - began < 10
    assert (answer.status_code, "请稍后再试" in answer.text) == (503, True)
    assert opened(site) == []
    assert viewer.get(asked).status_code == 200
    assert len(opened(site)) == 1


def test_opening_is_written_or_given_up_soon_on_either_engine(
    installation: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one transaction that writes is somebody else's: it waits its time and no longer, and the next one waits as long as ever."""
    monkeypatch.setattr(draft_openings, "PATIENCE", 0.2)
    scope, at = office(installation.zone), LATER
    draft = draft_openings.DraftReport("casualties", "2022", "2022-06-30")
    with write_transaction(installation.database_url):
        began = time.monotonic()
        with pytest.raises(draft_openings.NotNoted):
            draft_openings.note(installation, scope, draft, "csv", at)
        assert time.monotonic() - began < 10
    draft_openings.note(installation, scope, draft, "csv", at)
    with reader(installation.database_url).connect() as connection:
        found = draft_openings.openings(connection, installation.zone)
    assert found == {"casualties 2022 2022-06-30": [(at, "office")]}
    with writer(installation.database_url).connect() as connection:
        embedded = connection.dialect.name == "sqlite"
        waits = "PRAGMA busy_timeout" if embedded else "SHOW lock_timeout"
        assert connection.exec_driver_sql(waits).scalar() == (30_000 if embedded else "0")


def test_calendar_tells_what_is_awaited_and_from_which_day_on(site: Site) -> None:
    """Today is 8 October: September can be published since the 6th, October from 6 November on; a unit is told of itself alone."""
    told = page(site.signed_in(Role.VIEWER))
    for words in (
        "2022年9月 月度执法排名",
        "2022-10-06",
        "2022-11-06",
        "可以发布",
        "初步",
        "龙滩子",
        "双路",
        "2023-01-",
    ):
        assert words in told, words
    own = page(site.signed_in(Role.UNIT))
    assert "龙滩子" in own
    assert "双路" not in own
    assert "去发布" not in told
    assert "去发布" in page(site.signed_in(Role.OFFICE))


def test_casualties_are_published_as_of_a_day(site: Site) -> None:
    """The last month's end, or today: as the page offers it."""
    desk = site.signed_in(Role.OFFICE)
    assert "day=2022-09-30" in page(desk)
    assert publish(desk, report="casualties", period="2022", day="2022-09-30").status_code == 303
    settings = site.door.settings
    with reader(settings.database_url).connect() as connection:
        (one,) = revisions(connection, settings.zone, "casualties", "2022")
    assert one.day == date(2022, 9, 30).isoformat()
    assert "截至2022年9月30日" in page(site.signed_in(Role.UNIT), f"?entry={one.entry}")
