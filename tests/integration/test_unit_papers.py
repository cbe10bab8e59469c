"""Papers to one unit from a real installation: figures are the report's, other accounts are refused, pages are as the standard has them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pytest
from docx import Document
from docx.oxml.ns import qn
from typer.testing import CliRunner

from dashboards.__main__ import app, freeze
from dashboards.meeting import measures as of
from dashboards.meeting import unit_papers
from dashboards.meeting.enterprise_records import profile_of
from dashboards.meeting.notice_fields import NOTICE, Meeting
from dashboards.meeting.package import with_properties
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.unit_fields import INTERVIEW, LAST_SPEAKER, NoGround, NotSo, UnitPaper, report_of, row_of
from dashboards.meeting.verifying import verify
from dashboards.method.frozen import ABSENT
from dashboards.results import cases
from dashboards.results.hiding import HIDDEN
from dashboards.results.publication_list import narrowed
from dashboards.results.reading import begin
from dashboards.results.verification import ALTERED, SUPERSEDED, TRUE, Verdict, sentences
from data.intake import stationery
from data.intake.archive import Archive
from data.intake.deciding import Desk
from data.intake.decisions import MarkAnswer, adopt_document, draft_document, extend, record_promise, reply_to_marks
from data.people.scope import Role, Scope, office
from data.settings import Settings, settings
from data.store import reader
from data.zone.periods import Month, Quarter, months_of, parse_period
from etl.loading.load import Loader
from tests.integration.ledgers import RECEIVED, ledger, send, targets
from tests.integration.packages import parts
from tests.integration.papers import accident, accidents, review, self_assessment
from tests.integration.rendered import fonts_named, pages_seen
from tests.integration.sites import Visitor, made
from tests.integration.test_bulletin import FOREIGN

DOCUMENT = Path(__file__).parents[2] / "docs" / "documents.md"
JULY = RECEIVED + timedelta(days=33)
ENTERPRISE = "重庆连发机械有限公司"


@pytest.fixture(scope="module")
def filled(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """May of two towns, 通桥 with a quarter only, 龙滩子 contests a mark, two fatal accidents in one enterprise; nothing is published."""
    return filled_in(tmp_path_factory.mktemp("unit-papers"), sqlite_template)


def filled_in(folder: Path, template: Path) -> Settings:
    """The installation in a folder."""
    (folder / "s.db").write_bytes(template.read_bytes())
    installation = Settings(database_url=f"sqlite:///{folder}/s.db", archive_dir=folder / "a", today=date(2022, 10, 8))
    first = ledger()
    second = ledger(unit="shuanglu").put(
        {**{f"F{row}": "双路街道" for row in (2, 3, 4)}, "整改复查!C2": "不合格", "整改复查!D2": 1}
    )
    of_enterprise = {"事故单位": ENTERPRISE}
    dead = [accident(f"事{day}", date(2022, 5, day), 1, **of_enterprise) for day in (3, 4)]
    units = ("龙滩子街道办事处", "双路街道", "通桥街道")
    marks = review(units=units).put({f"十条措施评审!C{row}": 4 for row in range(22, 32)})
    books = (
        targets(), first, second, self_assessment("longtanzi"), self_assessment("shuanglu"), self_assessment("tongqiao"),
        marks, accidents("2022-05", *dead),
    )  # fmt: skip
    with Loader(installation) as loader:
        for number, book in enumerate(books):
            outcome = send(loader, book, folder, at=JULY, name=f"{number}.xlsx")
            assert outcome.status == "accepted", outcome
        desk = Desk(installation.database_url, loader.archive, "shuangqiao", "zhangsan", JULY + timedelta(days=1))
        reply_to_marks(
            desk, quarter=Quarter(2022, 2), unit="longtanzi", answers=[MarkAnswer(3, Decimal(8), 0)], agrees=False, reason="漏看佐证"
        )  # fmt: skip
    return installation


def asked(installation: Settings, which: str, who: str, period: str, scope: Scope | None = None) -> UnitPaper:
    """What a paper is made of, for the office unless said otherwise."""
    engine = reader(installation.database_url)
    with begin(engine, scope or office("shuangqiao"), installation.today) as reading:
        return unit_papers.asked(reading, which, who, period)


def text_of(made: bytes) -> str:
    """All its paragraphs and cells."""
    document = Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_figures_of_the_months_are_the_reports(filled: Settings) -> None:
    """Place, score and rates stand as the ranking prints them; the same in its fields and its table."""
    paper = asked(filled, INTERVIEW, "龙滩子", "2022-05")
    with begin(reader(filled.database_url), office("shuangqiao"), filled.today) as reading:
        row = row_of(report_of(reading, Month(2022, 5)), "longtanzi")
    assert row is not None
    (line,) = [one for one in paper.within[0].rows if one[0] == "5月"]
    figures = row["indicators"]
    low, high = row["rank_interval"]
    assert line[1:3] == [f"{row['rank']}/2", f"{low}–{high}"]
    assert line[3:5] == [f"{row['score']:.2f}", str(figures["inspections"])]
    assert line[5] == f"{figures['problem_rate']:.1%}".replace(".0%", "%")
    assert line[6] == f"{figures['closed_loop_rate']:.1%}".replace(".0%", "%")
    assert line[7] == str(figures["overdue_major"])
    assert paper.fields["数字"]["检查"] == figures["inspections"]
    cells = [cell.text for cell in Document(io.BytesIO(unit_papers.document(paper))).tables[0].rows[-1].cells]
    assert cells == line


def test_figures_of_the_quarter_are_the_reports(filled: Settings) -> None:
    """Score, place, grade and what cost most points of all that the score is made of."""
    paper = asked(filled, LAST_SPEAKER, "通桥街道", "2022Q2")
    with begin(reader(filled.database_url), office("shuangqiao"), filled.today) as reading:
        content = report_of(reading, Quarter(2022, 2))
    row = row_of(content, "tongqiao")
    assert row is not None
    told = paper.fields["数字"]
    assert (told["得分"], told["名次"], told["参评"], told["等次"]) == (
        f"{row['score']:.2f}", row["rank"], row["of"], row["grade"]
    )  # fmt: skip
    assert {(one["类"], one["得分"]) for one in paper.fields["失分"]} == {
        ("执法", "0.00"),
        ("重点任务", "0.00"),
        ("措施", "4.00"),
    }
    assert paper.fields["原因"] == next(
        one["reason"] for one in content["last_speakers"] if one.get("unit") == "tongqiao"
    )


def test_open_cases_are_those_of_the_ledgers(filled: Settings) -> None:
    """By number, enterprise and due day; what was closed since is not among them."""
    paper = asked(filled, INTERVIEW, "shuanglu", "2022-05")
    with begin(reader(filled.database_url), office("shuangqiao"), filled.today) as reading:
        found = cases.fetch_unclosed(reading, "shuanglu", 60)
        every = cases.fetch(reading, "shuanglu", Month(2022, 5), "inspections").cases
    by_number = {one.number: one for one in every}
    assert found.total == paper.fields["案件"]["合计"] == 1
    assert paper.fields["案件"]["逾期"] == 1
    for one in found.cases:
        assert by_number[one.number].due_on == one.due_on
        assert by_number[one.number].conclusion != "passed"


def test_unit_without_cases(filled: Settings) -> None:
    """A sentence says so; no table, no annex."""
    notice = asked(filled, LAST_SPEAKER, "tongqiao", "2022Q2")
    assert notice.annexed == []
    assert "没有尚未闭环的案件" in text_of(unit_papers.document(notice))
    sheet = asked(filled, INTERVIEW, "tongqiao", "2022-05")
    assert len(sheet.within) == 1
    assert "没有报送执法检查台账" in text_of(unit_papers.document(sheet))


def test_what_a_unit_contested(filled: Settings) -> None:
    """On its sheet of the quarter under contested marks; the quarter after tells of it as said before."""
    sheet = asked(filled, INTERVIEW, "longtanzi", "2022Q2")
    assert [(one["评审"], one["理由"], one["已决定"]) for one in sheet.fields["异议"]] == [("8.00", "漏看佐证", False)]
    later = asked(filled, INTERVIEW, "longtanzi", "2022Q3")
    assert [(one["类"], one["理由"]) for one in later.fields["说明"]] == [("异议", "漏看佐证")]
    assert "漏看佐证" in text_of(unit_papers.document(later))


def test_viewer_is_not_told_what_people_wrote(filled: Settings) -> None:
    """The reason is the office's and the unit's; figures are the same."""
    viewer = asked(filled, INTERVIEW, "longtanzi", "2022Q2", Scope("shuangqiao", Role.VIEWER, "viewer1"))
    whole = asked(filled, INTERVIEW, "longtanzi", "2022Q2")
    assert "漏看佐证" not in text_of(unit_papers.document(viewer))
    assert viewer.fields["数字"] == whole.fields["数字"]


def test_enterprise_that_speaks_last(filled: Settings) -> None:
    """By its name: its accidents, no figures of a unit."""
    paper = asked(filled, LAST_SPEAKER, ENTERPRISE, "2022Q2")
    assert [one["编号"] for one in paper.fields["事故"]] == ["事3", "事4"]
    assert "你单位发生亡人事故2起" in text_of(unit_papers.document(paper))


def test_sheet_of_an_enterprise(filled: Settings) -> None:
    """By its name: why it speaks last, its accidents of the year, its inspections by number as its profile has them."""
    sheet = asked(filled, INTERVIEW, ENTERPRISE, "2022Q2")
    assert [one["编号"] for one in sheet.fields["事故"]] == ["事3", "事4"]
    assert sheet.fields["末位发言"] == ["事故多发（一季度内两起以上亡人事故）"]
    with begin(reader(filled.database_url), office("shuangqiao"), filled.today) as reading:
        profile = profile_of(reading, ENTERPRISE)
    assert profile is not None
    listed = {row[1] for table in sheet.within for row in table.rows}
    assert listed == {one.case.number for one in profile.inspections if one.case.inspected_on.year == 2022}
    notice = asked(filled, LAST_SPEAKER, ENTERPRISE, "2022Q2")
    assert {row[1] for table in notice.annexed for row in table.rows} == listed
    assert sheet.fields["检查"]["次数"] == len(listed)


def test_sheet_of_an_inspected_enterprise(filled: Settings) -> None:
    """Its cases stand by number with what became of them, in the sheet and in print."""
    with begin(reader(filled.database_url), office("shuangqiao"), filled.today) as reading:
        number = cases.fetch_unclosed(reading, "shuanglu", 60).cases[0]
    sheet = asked(filled, INTERVIEW, number.enterprise, "2022-05")
    row = next(row for row in sheet.within[0].rows if row[1] == number.number and row[2] == "双路街道办事处")
    assert row[5:] == [
        number.due_on.isoformat(),
        "逾期" if not number.major_hazards else f"逾期；重大隐患{number.major_hazards}处",
    ]
    assert sheet.fields["案件"]["逾期"] >= 1
    text = text_of(unit_papers.document(sheet))
    assert "逐件说明整改进展" in text
    assert re.findall("张伟|李娜", text) == []


def test_what_was_promised_stands_on_the_notice(settled_settings: Settings) -> None:
    """As on the sheet, with a line for what came of it; blank lines where nothing is known."""
    before = text_of(unit_papers.document(asked(settled_settings, LAST_SPEAKER, "shuanglu", "2022Q2")))
    assert "上次承诺事项及完成情况（由单位填写）" in before
    desk = Desk(settled_settings.database_url, Archive(settled_settings.archive_dir), "shuangqiao", "zhangsan", JULY)
    record_promise(desk, unit="shuanglu", period=Month(2022, 3), text="配齐检查人员", due=date(2022, 4, 30))
    notice = asked(settled_settings, LAST_SPEAKER, "shuanglu", "2022Q2")
    assert notice.fields["承诺"] == asked(settled_settings, INTERVIEW, "shuanglu", "2022Q2").fields["承诺"]
    after = text_of(unit_papers.document(notice))
    assert "2022年3月约谈时承诺（2022年4月30日前完成）：配齐检查人员（期限已过）" in after
    assert "上次承诺事项及完成情况（由单位填写）" not in after


def test_what_an_enterprise_promised_stands_on_its_papers(
    settled_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office writes it down on the page that the sheet leads to; sheet, notice, list and calendar have it; words of people are the office's."""
    with Loader(settled_settings) as loader:
        rows = [accident(f"事{day}", date(2022, 5, day), 1, 事故单位=ENTERPRISE) for day in (3, 4)]
        assert send(loader, accidents("2022-05", *rows), tmp_path, at=JULY).status == "accepted"
    site = made(settled_settings, monkeypatch)
    desk, viewer, clerk = (site.signed_in(role) for role in (Role.OFFICE, Role.VIEWER, Role.UNIT))
    asked_for = f"/promises?enterprise={quote(ENTERPRISE)}&period=2022Q1"
    assert "还没有记录该企业的承诺" in desk.get(asked_for).text
    form = {"enterprise": ENTERPRISE, "period": "2022Q1", "text": "张伟负责补齐风险清单", "due": "2022-04-30"}
    assert viewer.post("/promises", form).status_code == clerk.post("/promises", form).status_code == 403
    assert desk.post("/promises", {**form, "enterprise": "没有这家公司"}).status_code == 404
    assert desk.post("/promises", form).status_code == 303
    assert "张伟负责补齐风险清单" in desk.get(asked_for).text
    assert "张伟" not in viewer.get(asked_for).text
    assert clerk.get(asked_for).status_code == 403
    for which in (INTERVIEW, LAST_SPEAKER):
        text = text_of(unit_papers.document(asked(settled_settings, which, ENTERPRISE, "2022Q2")))
        assert "2022年第一季度约谈时承诺（2022年4月30日前完成）：张伟负责补齐风险清单（期限已过）" in text, which
    assert "张伟" not in text_of(unit_papers.document(asked(settled_settings, INTERVIEW, ENTERPRISE, "2022Q1")))
    page = page_text(desk, "/calendar", "?period=2022-04")
    assert f"{ENTERPRISE}：2022年第1季度约谈承诺到期" in page
    assert asked_for in page
    assert ENTERPRISE not in page_text(clerk, "/calendar", "?period=2022-04")


def test_no_name_of_a_person(filled: Settings) -> None:
    """Ledgers name inspectors; no paper does."""
    for which, who in ((LAST_SPEAKER, "tongqiao"), (INTERVIEW, "longtanzi"), (INTERVIEW, "shuanglu")):
        assert re.findall("张伟|李娜", text_of(unit_papers.document(asked(filled, which, who, "2022Q2")))) == []


@pytest.mark.parametrize(
    ("which", "who", "period", "error"),
    [
        (LAST_SPEAKER, "双路", "2022Q2", NoGround), (LAST_SPEAKER, "龙滩子", "2022Q4", NoGround), (INTERVIEW, "龙滩子", "2022-12", NoGround),
        (INTERVIEW, "无此单位", "2022-05", NotSo), (LAST_SPEAKER, "无此单位", "2022Q2", NotSo),
    ],
)  # fmt: skip
def test_what_does_not_call_for_a_paper(
    filled: Settings, which: str, who: str, period: str, error: type[Exception]
) -> None:
    """Not among the last speakers; before anybody is late; a period that has not begun; a unit or an enterprise that there is not."""
    with pytest.raises(error, match=r"[一-鿿]{3}"):
        asked(filled, which, who, period)


@pytest.mark.parametrize("which", [LAST_SPEAKER, INTERVIEW])
def test_fields_stand_in_the_document(filled: Settings, which: str) -> None:
    """docs/documents.md lists what a template may ask for, and nothing else."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = text.partition(f"### {which}\n")[2].partition("\n### ")[0].partition("\n## ")[0]
    told = set(re.findall(r"^- `([^`]+)`", section, re.M))
    assert told == set(asked(filled, which, "tongqiao", "2022Q2").fields)
    assert which != LAST_SPEAKER or told == set(NOTICE)


@pytest.mark.parametrize(
    ("which", "who"), [(LAST_SPEAKER, "tongqiao"), (LAST_SPEAKER, ENTERPRISE), (INTERVIEW, "shuanglu")]
)
def test_typefaces_widths_and_bytes(filled: Settings, which: str, who: str) -> None:
    """Only the standard's, nothing of a library's; tables as wide as their grid and no wider than the line; the same bytes again."""
    paper = asked(filled, which, who, "2022Q2")
    made = unit_papers.document(paper)
    assert made == unit_papers.document(asked(filled, which, who, "2022Q2"))
    assert [name for name, content in parts(made) if FOREIGN.search(content)] == []
    document = Document(io.BytesIO(made))
    for style in document.styles.element.iter(qn("w:rFonts")):
        assert style.get(qn("w:eastAsia")) in of.INSTEAD
    for table in document.tables:
        grid = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        widest = of.TEXT_WIDTH if which == INTERVIEW else of.PAGE_HEIGHT - of.TOP - of.BOTTOM
        assert sum(grid) <= of.twips_of_mm(widest)
        assert int(table._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))) == sum(grid)


@pytest.mark.parametrize(
    ("which", "who"), [(LAST_SPEAKER, "tongqiao"), (LAST_SPEAKER, ENTERPRISE), (INTERVIEW, "shuanglu")]
)
def test_pages(filled: Settings, which: str, who: str) -> None:
    """A draft says so on every page; nothing leaves the page, no page holds the signature alone, rules stand with what asks for them."""
    pdf = as_pdf(unit_papers.document(asked(filled, which, who, "2022Q2")), ".docx")
    pages = [page for page in pages_seen(pdf) if page.lines]
    assert [page for page in pages if not {*"草稿未发布"} <= {*"".join(line.text for line in page.lines[:2])}] == []
    for page in pages:
        right = max(one.right for line in page.lines for one in line.characters)
        assert right < page.width - of.RIGHT + 7  # a mark at a line's end hangs into the margin
    ruled = [page for page in pages if "＿" * 20 in page.text]
    assert ruled
    assert [page for page in ruled if "承诺" not in page.text] == []
    if which == LAST_SPEAKER:
        signed = next(
            page for page in pages if "2022年10月8日" in page.text and "印发" not in page.text and "办公室" in page.text
        )
        assert "承诺" in signed.text or "附件" in signed.text
    foreign = [name for name in fonts_named(pdf) if re.search("Calibri|Cambria|DengXian|Carlito", name)]
    assert foreign == []


@pytest.fixture
def by_command(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., tuple[int, str]]]:
    """Run ``paper`` on the installation: exit code and what it said."""
    for name in ("database_url", "archive_dir", "today"):
        monkeypatch.setenv(f"SUPERVISION_{name.upper()}", str(getattr(filled, name)))
    settings.cache_clear()

    def run(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["paper", *arguments])
        return result.exit_code, result.output

    yield run
    settings.cache_clear()


COMMANDS = [
    (("last-speaker", "通桥", "--period", "2022Q2"), 0), (("interview", "双路", "--period", "2022-05"), 0),
    (("last-speaker", "通桥", "--period", "2022Q2", "--day", "2022-10-20", "--time", "14时30分", "--place", "三楼会议室"), 0),
    (("last-speaker", "双路", "--period", "2022Q2"), 1), (("interview", "双路", "--period", "2022-12"), 1),
    (("interview", "无此单位", "--period", "2022-05"), 2), (("last-speaker", "通桥", "--period", "2022-05"), 2),
    (("interview", "双路", "--period", "2022-05", "--place", "三楼"), 2), (("last-speaker", "通桥", "--period", "2022Q2", "--day", "明天"), 2),
    (("nothing", "双路", "--period", "2022-05"), 2),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "code"), COMMANDS)
def test_by_command(
    by_command: Callable[..., tuple[int, str]], tmp_path: Path, arguments: tuple[str, ...], code: int
) -> None:
    """0 and a document, or a sentence."""
    file = tmp_path / "paper.docx"
    found, said = by_command(*arguments, "-o", str(file))
    assert found == code, said
    assert file.exists() is (code == 0)
    if "--place" in arguments and code == 0:
        assert "时间：2022年10月20日14时30分\n地点：三楼会议室" in text_of(file.read_bytes())
    if code == 1:
        assert re.search("[一-鿿]{4}", said)


ROLES = [
    (Role.OFFICE, 200), (Role.VIEWER, 200), (Role.ADMIN, 403), (Role.UNIT, 403),
]  # fmt: skip


@pytest.mark.parametrize(("role", "status"), ROLES)
def test_over_http(filled: Settings, monkeypatch: pytest.MonkeyPatch, role: Role, status: int) -> None:
    """The office and who reads for the committee get the file, the others a sentence: a unit not its own sheet either."""
    visitor = made(filled, monkeypatch).signed_in(role)
    for address in (
        "/paper/interview/longtanzi.docx?period=2022-05", "/paper/interview/shuanglu.docx?period=2022-05",
        "/paper/last-speaker/tongqiao.docx?period=2022Q2", f"/paper/last-speaker/{ENTERPRISE}.docx?period=2022Q2",
        f"/paper/interview/{ENTERPRISE}.docx?period=2022Q2",
    ):  # fmt: skip
        answer = visitor.get(address)
        assert answer.status_code == status, address
        assert (answer.data[:2] == b"PK") is (status == 200)


WRONG = [
    ("/paper/interview/longtanzi.docx?period=八月", 404), ("/paper/interview/longtanzi.docx", 404), ("/paper/interview/nobody.docx?period=2022-05", 404),
    ("/paper/interview/longtanzi.exe?period=2022-05", 404), ("/paper/else/longtanzi.docx?period=2022-05", 404), ("/paper/interview/.docx?period=2022-05", 404),
    ("/paper/last-speaker/shuanglu.docx?period=2022Q2", 404), ("/paper/last-speaker/tongqiao.docx?period=2022Q2&day=明天", 400),
    (f"/paper/last-speaker/tongqiao.docx?period=2022Q2&place={'长' * 3000}", 400),
]  # fmt: skip


def test_wrong_addresses(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence for each; a stranger is led to sign in."""
    site = made(filled, monkeypatch)
    visitor = site.signed_in(Role.OFFICE)
    for address, status in WRONG:
        answer = visitor.get(address)
        assert answer.status_code == status, address
        assert re.search("[一-鿿]{4}", answer.text)
    assert site.visitor().get("/paper/interview/longtanzi.docx?period=2022-05").status_code == 302


@pytest.fixture
def settled_settings(sqlite_installation: Settings, tmp_path: Path) -> Settings:
    """A quarter of two towns of which one is vetoed, with an extension for it."""
    vetoed = review().put(
        {"加减分与否决!A2": "双路街道", "加减分与否决!B2": None, "加减分与否决!D2": "是", "加减分与否决!E2": "瞒报事故"}
    )
    with Loader(sqlite_installation) as loader:
        for book in (targets(), ledger(), self_assessment(), self_assessment("shuanglu"), vetoed):
            outcome = send(loader, book, tmp_path, at=JULY)
            assert outcome.status == "accepted", outcome
    return sqlite_installation


def test_vetoed_unit(settled_settings: Settings) -> None:
    """Its notice and its sheet say so with the reason; a viewer is not told the words."""
    notice = text_of(unit_papers.document(asked(settled_settings, LAST_SPEAKER, "shuanglu", "2022Q2")))
    assert "被一票否决" in notice
    assert "一票否决：瞒报事故。" in notice
    sheet = asked(settled_settings, INTERVIEW, "shuanglu", "2022Q2")
    assert "否决" in [one["类"] for one in sheet.fields["提问"]]
    viewer = asked(settled_settings, LAST_SPEAKER, "shuanglu", "2022Q2", Scope("shuangqiao", Role.VIEWER, "viewer1"))
    assert "瞒报事故" not in text_of(unit_papers.document(viewer))
    of_month = asked(settled_settings, INTERVIEW, "shuanglu", "2022-05")
    assert of_month.fields["否决"] == {"期间": "2022年第二季度", "已定": True, "原因": "瞒报事故", "已发布": False}


def test_published_figures_are_taken(settled_settings: Settings) -> None:
    """What came later moves nothing on the paper, which is no draft; months that are not published make the sheet one."""
    one = freeze(settled_settings, "scores", parse_period("2022Q2"), None, reason="提前", mistake=False)
    notice = asked(settled_settings, LAST_SPEAKER, "shuanglu", "2022Q2")
    assert notice.draft is None
    assert any(one.sha256 in line for line in notice.witness)
    assert "草稿" not in text_of(unit_papers.document(notice))
    viewer = asked(settled_settings, LAST_SPEAKER, "shuanglu", "2022Q2", Scope("shuangqiao", Role.VIEWER, "viewer1"))
    assert "瞒报事故" not in text_of(unit_papers.document(viewer))
    before = asked(settled_settings, INTERVIEW, "longtanzi", "2022-05")
    assert before.draft == "草稿，未发布"
    freeze(settled_settings, "ranking", parse_period("2022-05"), None, reason="提前", mistake=False)
    after = asked(settled_settings, INTERVIEW, "longtanzi", "2022-05")
    assert after.fields["数字"] == before.fields["数字"]
    assert after.draft is None


def test_extension_is_told(settled_settings: Settings) -> None:
    """That a deadline was extended for the unit, and why."""
    archive = Archive(settled_settings.archive_dir)
    desk = Desk(settled_settings.database_url, archive, "shuangqiao", "office", JULY + timedelta(days=60))
    extend(desk, kind="enforcement", period=Month(2022, 6), unit="longtanzi", until=date(2022, 7, 20), reason="停电")
    sheet = asked(settled_settings, INTERVIEW, "longtanzi", "2022Q3")
    assert [(one["类"], one["至"], one["理由"]) for one in sheet.fields["说明"]] == [("延期", "2022年7月20日", "停电")]


def page_text(visitor: Visitor, path: str, search: str) -> str:
    """A page as Dash's script gets it."""
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": search},
        ],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
        "state": [],
    }
    headers = {"X-CSRFToken": visitor.token()}
    return visitor.client.post(
        "/_dash-update-component", base_url=visitor.base, headers=headers, json=body
    ).text.replace("\\u002f", "/")


@pytest.mark.parametrize(
    ("role", "there"), [(Role.OFFICE, True), (Role.VIEWER, True), (Role.ADMIN, False), (Role.UNIT, False)]
)
def test_pages_offer_them(filled: Settings, monkeypatch: pytest.MonkeyPatch, role: Role, there: bool) -> None:
    """Beside who speaks last, and on the card of a unit, to who may make them and to nobody else."""
    visitor = made(filled, monkeypatch).signed_in(role)
    quarter = page_text(visitor, "/scores", "?period=2022Q2&group=town")
    month = page_text(visitor, "/ranking", "?period=2022-05&group=town&unit=longtanzi")
    assert ("/paper/last-speaker/tongqiao.docx?period=2022Q2" in quarter) is there
    assert ("/paper/interview/longtanzi.docx?period=2022-05" in month) is there
    assert (f"/paper/interview/{quote(ENTERPRISE)}.docx?period=2022Q2" in quarter) is there


@pytest.fixture(scope="module")
def frozen(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The same year with its quarter and its months published."""
    installation = filled_in(tmp_path_factory.mktemp("frozen"), sqlite_template)
    with begin(reader(installation.database_url), office("shuangqiao"), installation.today) as reading:
        months = [month for month in reading.months if month <= Month(2022, 6)]
    for report, period in (
        ("scores", Quarter(2022, 2)),
        *(("ranking", one) for one in {*months, *months_of(Quarter(2022, 2))}),
    ):
        freeze(installation, report, period, None, reason="提前", mistake=False)
    return installation


@pytest.mark.parametrize(
    ("role", "there"), [(Role.OFFICE, True), (Role.VIEWER, True), (Role.ADMIN, False), (Role.UNIT, False)]
)
def test_what_was_published_offers_them(
    frozen: Settings, monkeypatch: pytest.MonkeyPatch, role: Role, there: bool
) -> None:
    """通报与材料: the notices of the quarter that was published last, every unit's sheet of it and of the last month, and each is to be had."""
    visitor = made(frozen, monkeypatch).signed_in(role)
    page = page_text(visitor, "/publications", "?period=2022")
    offered = [
        ("last-speaker", "tongqiao", "2022Q2"), ("last-speaker", quote(ENTERPRISE), "2022Q2"),
        ("interview", quote(ENTERPRISE), "2022Q2"), ("interview", "longtanzi", "2022Q2"), ("interview", "longtanzi", "2022-06"),
    ]  # fmt: skip
    for which, who, period in offered:
        address = f"/paper/{which}/{who}.docx?period={period}"
        assert (address in page) is there, address
        assert visitor.get(address).status_code == (200 if there else 403), address
    assert "/paper/last-speaker/shuanglu" not in page
    assert ("末位发言" in page_text(visitor, "/publications", "?period=2021")) is there


def verified(installation: Settings, raw: bytes, day: date = date(2022, 10, 8), role: Role = Role.OFFICE) -> Verdict:
    """What a document is, for an account, on a day."""
    with begin(reader(installation.database_url), office("shuangqiao"), day) as reading:
        found = verify(reading, raw)
        return narrowed(found, Scope("shuangqiao", role, "somebody", "longtanzi" if role is Role.UNIT else None))


TO_VERIFY = [
    (LAST_SPEAKER, "tongqiao", "2022Q2"), (LAST_SPEAKER, ENTERPRISE, "2022Q2"), (INTERVIEW, "longtanzi", "2022Q2"),
    (INTERVIEW, ENTERPRISE, "2022Q2"), (INTERVIEW, "shuanglu", "2022-05"),
]  # fmt: skip


@pytest.mark.parametrize(("which", "who", "period"), TO_VERIFY)
def test_true_paper_is_told_as_true(frozen: Settings, which: str, who: str, period: str) -> None:
    """As .docx and as PDF, the office's and a viewer's, on the day and later; it says by its properties and on its last page what it is."""
    paper = asked(frozen, which, who, period)
    made = unit_papers.document(paper)
    told = unit_papers.properties(paper)
    assert [*told][:4] == ["report", "period", "revision", "sha256"]
    custom = dict(parts(made))["docProps/custom.xml"].decode()
    assert [value for value in told.values() if value not in custom] == []
    viewer = asked(frozen, which, who, period, Scope("shuangqiao", Role.VIEWER, "viewer1"))
    for raw in (made, as_pdf(made, ".docx"), unit_papers.document(viewer), with_properties(made, {})):
        for day in (frozen.today, date(2022, 10, 20)):
            assert day is not None
            found = verified(frozen, raw, day)
            assert found.status in TRUE, found
            assert dict(found.cells) == {}
            assert found.publication is not None
            assert found.publication.sha256 == told["sha256"]
            said = "\n".join(sentences(found))
            assert "给单位的文书" in said
            assert "2022-10-08制作" in said


@pytest.mark.parametrize(("which", "who", "period"), TO_VERIFY)
def test_altered_paper_is_told_by_its_places(frozen: Settings, which: str, who: str, period: str) -> None:
    """Another digit, another word: the place is named; what stands there in truth is told to the office alone."""
    document = Document(io.BytesIO(unit_papers.document(asked(frozen, which, who, period))))
    one = next(line for line in document.paragraphs if "2022年5月" in line.text or "得分" in line.text)
    was = one.text
    one.runs[0].text = was.replace("2", "3").replace("得分", "失分")
    file = io.BytesIO()
    document.save(file)
    for raw in (file.getvalue(), as_pdf(file.getvalue(), ".docx")):
        found = verified(frozen, raw)
        assert found.status == ALTERED
        assert found.figures_equal is False
        assert 0 < len(found.cells) <= 3
        assert "内容与按当日日终记录重新制作的文书不一致" in "\n".join(sentences(found))
    assert any(was == told for told, _here in verified(frozen, file.getvalue()).cells.values())
    for role in (Role.UNIT, Role.VIEWER, Role.ADMIN):
        others = verified(frozen, file.getvalue(), role=role)
        assert {told for told, _here in others.cells.values()} <= {HIDDEN, ABSENT}


def test_paper_that_nobody_made_is_none(frozen: Settings) -> None:
    """Of a unit that does not speak last, of a day to come: altered, and no words of any unit."""
    paper = asked(frozen, LAST_SPEAKER, "tongqiao", "2022Q2")
    made = unit_papers.document(paper)
    for claim in (
        "last-speaker；2022Q2；shuanglu；2022-10-08",
        "last-speaker；2022Q2；tongqiao；2022-12-08",
        "else；2022Q2；tongqiao；2022-10-08",
    ):
        found = verified(frozen, with_properties(made, {**unit_papers.properties(paper), "paper": claim}))
        assert found.status == ALTERED
        assert [*found.cells.values()] == [(ABSENT, "没有出具过这样的文书")]


def test_meeting_is_taken_from_the_paper(frozen: Settings) -> None:
    """When and where it meets is nowhere on record: a paper that tells it is a true one."""
    engine = reader(frozen.database_url)
    with begin(engine, office("shuangqiao"), frozen.today) as reading:
        meeting = Meeting(date(2022, 10, 20), "14时30分", "三楼 会议室")
        made = unit_papers.document(unit_papers.asked(reading, LAST_SPEAKER, "通桥", "2022Q2", meeting))
    assert verified(frozen, made).status in TRUE
    assert verified(frozen, as_pdf(made, ".docx")).status in TRUE


def test_what_came_later_falsifies_no_paper(frozen: Settings) -> None:
    """A promise, an extension, a wording adopted, a revision after the day of the paper."""
    made = [unit_papers.document(asked(frozen, which, who, period)) for which, who, period in TO_VERIFY]
    archive = Archive(frozen.archive_dir)
    desk = Desk(frozen.database_url, archive, "shuangqiao", "zhangsan", datetime(2022, 10, 20, 3, tzinfo=UTC))
    wording = stationery.Content("标题｜{{ 单位 }}\n")
    for document in (LAST_SPEAKER, INTERVIEW):
        adopt_document(desk, document=document, draft=draft_document(desk, document, wording).number, reason="改文字")
    record_promise(desk, unit="longtanzi", period=Month(2022, 3), text="月底前补齐台账", due=None)
    extend(desk, kind="enforcement", period=Month(2022, 5), unit="longtanzi", until=date(2022, 10, 30), reason="停电")
    for raw in made:
        assert verified(frozen, raw, date(2022, 10, 20)).status in TRUE
    later = frozen.model_copy(update={"today": date(2022, 10, 20)})
    freeze(later, "scores", Quarter(2022, 2), None, reason="补充", mistake=False)
    assert [verified(frozen, raw, date(2022, 10, 20)).status for raw in made][:4] == [SUPERSEDED] * 4
