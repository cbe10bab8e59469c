"""The workbook of a report: what a meeting reads and draws from its sheets, and that no sheet can be altered without a word."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from dashboards.meeting.document_settings import DocumentSettings
from dashboards.meeting.stationery import Stationery
from dashboards.meeting.workbook import further_of, live_workbook, published_workbook
from dashboards.results.document_cells import understood
from dashboards.results.document_sheet import differing_cells
from dashboards.results.published_copies import copies, is_left_out
from dashboards.results.publishing import printed
from dashboards.results.report_sheet import one_sheet_xlsx
from data.intake.publications import Publication
from etl.reading.plain_cells import told
from etl.reading.workbook import read_workbook
from tests.integration.packages import parts
from tests.integration.published_samples import REPORTS, sample

SHEETS = {
    "ranking": ["全部数据", "镇街组", "部门组", "发展中心组", "行业领域"],
    "scores": ["全部数据", "镇街组", "部门组", "发展中心组", "十条措施"],
    "casualties": ["全部数据", "亡人指标", "事故", "累计死亡"],
}
DRAWN = {"ranking": ["镇街组", "部门组"], "scores": ["镇街组"], "casualties": ["累计死亡"]}
"""Sheets with a chart: elsewhere nobody is ranked, or there is nothing to compare."""
RANKING = sample("ranking")
DOCUMENT = published_workbook(RANKING)
CHART = "xl/charts/chart1.xml"
COVERED = "（被图片或批注遮挡）"
Edit = Callable[[Workbook], object]


def opened(document: bytes) -> Workbook:
    """As a spreadsheet opens it."""
    return load_workbook(io.BytesIO(document))


def edited(edit: Edit, document: bytes = DOCUMENT) -> bytes:
    """As somebody saved it after an edit; openpyxl keeps charts."""
    book = opened(document)
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rewritten(part: str, was: str, put: str, document: bytes = DOCUMENT) -> bytes:
    """Its XML changed by hand."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts(document):
            text = content.decode()
            assert name != part or re.search(was, text)
            package.writestr(name, re.sub(was, put, text, count=1) if name == part else text)
    return file.getvalue()


def differing(document: bytes, one: Publication = RANKING) -> dict[str, Any]:
    """Place → what is found there."""
    read = understood(told(read_workbook(document), document))
    return {place: found for place, (_published, found) in differing_cells(one, read, further_of(one))}


@pytest.mark.parametrize("report", REPORTS)
def test_sheets_are_set_up_for_reading_and_printing(report: str) -> None:
    """Heads frozen and filtered over the whole table, A4 on its side, the print area to the chart's end, heads on every page."""
    book = opened(published_workbook(sample(report)))
    assert book.sheetnames == SHEETS[report]
    for sheet in book:
        rows = [cell.row for cell in sheet["A"][2:] if cell.value is not None and not str(cell.value).startswith("#")]
        last = sheet.cell(3, sum(cell.value is not None for cell in sheet[3]))
        assert sheet.auto_filter.ref == f"A3:{last.column_letter}{rows[-1]}", sheet.title
        assert re.fullmatch(r"[B-Z]4", str(sheet.freeze_panes)), sheet.title
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize), sheet.print_title_rows) == (
            "landscape", "9", "$1:$3",
        )  # fmt: skip
        ends = re.fullmatch(rf"'{sheet.title}'!\$A\$1:\$([A-Z]+)\$(\d+)", str(sheet.print_area))
        assert ends, sheet.print_area
        assert ends[1] == last.column_letter
        assert int(ends[2]) >= max([sheet.max_row, *(chart.anchor.to.row + 1 for chart in sheet._charts)]), sheet.title
        assert sheet.oddFooter.right.text == "&P / &N"
        if sheet.title != "全部数据":
            assert sheet.page_setup.fitToWidth in (1, None)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
    drawn = [sheet.title for sheet in book if sheet._charts]
    assert drawn == DRAWN[report]
    assert f"另有工作表：{'、'.join(SHEETS[report][1:])}" in book.worksheets[0]["A2"].value


def test_ranking_sheet_shows_places_scores_and_indicators() -> None:
    """Numbers that a spreadsheet computes with, in the order of the places; who has none says so."""
    sheet = opened(DOCUMENT)["镇街组"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3, max_row=7)]
    assert rows[0][:4] == ["名次", "单位", "得分", "检查"]
    assert [row[:4] for row in rows[1:4]] == [
        [1, "龙滩子街道办事处", 95.0, 3], [2, "双路街道办事处", 84.38, 3], [3, "通桥街道办事处", "—", "—"],
    ]  # fmt: skip
    assert [sheet.cell(4, column).number_format for column in (1, 3, 10)] == ["#,##0", "#,##0.00", "0.0%"]
    assert rows[3][-1] == "未报"


def charts(document: bytes) -> Iterator[str]:
    """The XML of every chart."""
    return (content.decode() for name, content in parts(document) if re.fullmatch(r"xl/charts/chart\d+\.xml", name))


@pytest.mark.parametrize("report", REPORTS)
def test_charts_draw_the_cells_in_chinese_faces(report: str) -> None:
    """Of the scores as they are ranked, first on top, or of the deaths beside the cap; nothing in them but cells and a title."""
    document = published_workbook(sample(report))
    book = opened(document)
    found = list(charts(document))
    assert len(found) == len(DRAWN[report])
    for name, chart in zip(DRAWN[report], found, strict=True):
        faces = set(re.findall(r'<a:(?:latin|ea) typeface="([^"]*)"', chart))
        assert faces == {"宋体"}
        assert chart.count("<a:latin") == chart.count("<a:ea")
        for area, kept in re.findall(r"<c:f>([^<]*)</c:f><c:(?:str|num)Cache>(.*?)</c:(?:str|num)Cache>", chart):
            sheet, _, cells = area.replace("'", "").partition("!")
            assert sheet == name
            held = book[name][cells.replace("$", "")]
            values = [held] if not isinstance(held, tuple) else [row[0] for row in held]
            assert [str(cell.value) for cell in values] == [
                str(cell.value) if not isinstance(cell.value, float) else f"{float(one)}"
                for cell, one in zip(values, re.findall(r"<c:v>([^<]*)</c:v>", kept), strict=True)
            ]
    if report != "casualties":
        assert all('<c:orientation val="maxMin"/>' in chart for chart in found)
    else:
        assert "<c:lineChart>" in found[0]
        assert "全年控制数" in found[0]


def texts_of(document: bytes) -> dict[str, list[str]]:
    """Sheet → what stands in its cells."""
    return {
        sheet.title: [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        for sheet in opened(document).worksheets
    }


def live(content: dict[str, Any]) -> dict[str, Any]:
    """A publication's figures as those of a report as it stands."""
    return content | {"published": None, "sha256": None}


def test_no_sheet_foretells_deaths() -> None:
    """Beside deaths stands the distance to the cap; no forecast, no chance, nothing that is left: of a publication, and as it stands."""
    one = sample("casualties")
    for document in (published_workbook(one), live_workbook(live(dict(one.content)), "双桥经开区", {})):
        told = texts_of(document)
        for name, texts in told.items():
            assert not any(re.search("预计|可能|剩余|还可|下限|上限", text) for text in texts), name
            assert name == "全部数据" or not any(re.search("使用率|预警", text) for text in texts)
        assert all("距控制数" in told[name] for name in ("全部数据", "亡人指标"))


def test_forecasts_stand_in_the_workbook_of_an_office_that_opted_in() -> None:
    """Beside the distance to the cap, on the sheet of all data alone; and such a workbook is a true one."""
    one, on = sample("casualties"), Stationery(settings=DocumentSettings(forecasts=True))
    for document in (published_workbook(one, on), live_workbook(live(dict(one.content)), "双桥经开区", {}, on)):
        told = texts_of(document)
        assert {"距控制数", "年末预计"} <= set(told.pop("全部数据"))
        assert not any("预计" in text for texts in told.values() for text in texts)
    assert differing(published_workbook(one, on), one) == {}


def scored(*rows: dict[str, Any]) -> Publication:
    """The quarter's scores with the first units of the towns changed."""
    one = sample("scores")
    content = deepcopy(one.content)
    for row, change in zip(content["groups"][0]["rows"], rows, strict=False):
        row.update(change)
    return replace(one, content=content)


def test_who_shares_a_place_is_marked_and_a_veto_is_not_drawn() -> None:
    """The bars compare scores, and a veto puts a unit last whatever its score; its words stand in a column of their own."""
    tied = further_of(scored({"score": 68.47, "rank": 1}, {"rank": 1}))[0]
    assert [row[-1] for row in tied.table.rows] == ["并列", "并列", "未报", "未报"]
    vetoed = further_of(scored({}, {"veto": "瞒报", "grade": "否决"}))[0]
    assert vetoed.chart is None
    assert [row[-1] for row in vetoed.table.rows] == ["", "瞒报", "", ""]


def test_copies_without_the_words_of_a_veto_are_true_ones() -> None:
    """Those words are left out as a whole, on whichever sheet they stand; nothing else differs."""
    one = scored({"veto": "重大事故"}, {"veto": "瞒报"})
    for copy in copies(one):
        document = published_workbook(copy)
        pairs = dict(differing_cells(one, understood(told(read_workbook(document), document)), further_of(one)))
        assert all(is_left_out(one, pair) for pair in pairs.values()), pairs
        assert {place[:3] for place in pairs if "!" in place} <= {"镇街组"}


def changed_harmlessly(book: Workbook) -> None:
    """A choice of all, other letters, another order, a blank sheet, a wider chart."""
    sheet = book["镇街组"]
    sheet.auto_filter.add_filter_column(0, ["1", "2", "3"])
    for row in sheet:
        for cell in row:
            cell.font = Font(name="仿宋", sz=14)
    sheet._charts[0].anchor.to.col = 14
    book.move_sheet("部门组", 2)
    book.create_sheet("Sheet9")


def test_what_hinders_nobody_on_further_sheets_is_no_difference() -> None:
    """Whoever reads them reads what was published."""
    assert differing(edited(changed_harmlessly)) == {}
    in_two = rewritten(CHART, "<a:t>镇街组(.*?)</a:t>", r"<a:t>镇街组</a:t></a:r><a:r><a:t>\1</a:t>")
    assert differing(in_two) == {}


CELLS: dict[str, Any] = {
    "镇街组!C5": 84.39, "部门组!A4": 2, "镇街组!B4": "双路街道办事处", "镇街组!C3": "总分", "镇街组!A2": "草稿", "行业领域!B4": 13,
    "镇街组!C6": 60, "镇街组!Q2": "存疑", "发展中心组!A1": "排名",
}  # fmt: skip


def test_another_value_in_a_cell_of_any_sheet_is_told() -> None:
    """A score, places, names, heads, what a sheet says of itself, a figure where there is none, a remark beside."""

    def edit(book: Workbook) -> None:
        for place, value in CELLS.items():
            sheet, _, cell = place.partition("!")
            book[sheet][cell] = value

    assert differing(edited(edit)) == CELLS


def test_what_is_read_otherwise_on_a_further_sheet_is_told() -> None:
    """By its format, its letters, a filter that hides it, what is printed beside."""

    def edit(book: Workbook) -> None:
        sheet = book["镇街组"]
        sheet["C5"].number_format = '"99.99"'
        sheet["B6"].font = Font(color="FFFFFFFF")
        sheet.row_dimensions[7].hidden = True
        sheet.oddFooter.center.text = "作废"

    everything = differing(edited(edit))
    foot = everything.pop("镇街组!页眉或页脚")
    assert "作废" in foot
    assert everything == {"镇街组!C5": "99.99", "镇街组!B6": "（字色或字号看不清）", "镇街组!A7": "（已隐藏，看不到）"}


def test_sheets_added_hidden_renamed_and_removed_are_told() -> None:
    """Each by its name."""

    def edit(book: Workbook) -> None:
        del book["部门组"]
        book["行业领域"].title = "行业"
        book["发展中心组"].sheet_state = "hidden"
        book.create_sheet("说明").append(["双路第一"])

    everything = differing(edited(edit))
    assert {place: everything[place] for place in ("部门组!A1", "行业领域!A1", "发展中心组!A1", "说明!A1")} == {
        "部门组!A1": "—", "行业领域!A1": "—", "发展中心组!A1": "（已隐藏，看不到）", "说明!A1": "双路第一",
    }  # fmt: skip
    assert everything["行业!A1"] == "双桥经开区2022年5月行业领域执法检查情况表"


def test_charts_gone_moved_and_added_are_told() -> None:
    """One that is gone, one that lies on the figures, one where there was none."""

    def edit(book: Workbook) -> None:
        book["部门组"]._charts = []
        anchor = book["镇街组"]._charts[0].anchor
        anchor._from.row, anchor.to.row = 4, 9
        more = BarChart()
        more.add_data(Reference(book["发展中心组"], min_col=4, min_row=4, max_row=5))
        book["发展中心组"].add_chart(more, "Q4")

    everything = differing(edited(edit))
    assert (everything.pop("部门组!图表"), everything.pop("发展中心组!Q4")) == ("—", COVERED)
    assert everything["镇街组!C5"] == COVERED
    assert set(everything.values()) == {COVERED}


IN_THE_CHART: dict[str, tuple[str, str, str]] = {
    "its title": ("镇街组2022年5月得分", "镇街组2022年6月得分", "镇街组2022年6月得分（分）"),
    "a number that it keeps": ("<c:v>84.38</c:v>", "<c:v>94.38</c:v>", "1=94.38"),
    "a name that it keeps": ("<c:v>双路街道办事处</c:v>", "<c:v>通桥街道办事处</c:v>", "1=通桥街道办事处"),
    "the cells that it draws": (r"\$C\$4:\$C\$5", "$D$4:$D$5", "镇街组!D4:D5"),
    "where its axis begins": ('<c:min val="0"/>', '<c:min val="80"/>', "min=80"),
    "its kind": ("barChart>", "bar3DChart>", "bar3DChart"),
    "figures of its labels": ('<c:numFmt formatCode="0.00"', '<c:numFmt formatCode="&quot;99&quot;"', '"99"'),
    "a label of its own": ("<c:dLbls>", '<c:dLbls><c:dLbl><c:idx val="0"/><c:tx><c:rich><a:p><a:r><a:t>99</a:t></a:r></a:p></c:rich></c:tx></c:dLbl>', "99"),
}  # fmt: skip


@pytest.mark.parametrize(("was", "put", "found"), IN_THE_CHART.values(), ids=IN_THE_CHART)
def test_what_a_chart_tells_otherwise_is_told(was: str, put: str, found: str) -> None:
    """Its words, the cells behind it, the numbers that it was kept with, its axis, its kind, its labels."""
    document = rewritten(CHART, was, put)
    if put.endswith("bar3DChart>"):
        document = rewritten(CHART, "</c:barChart>", "</c:bar3DChart>", document)
    everything = differing(document)
    assert found in everything.values(), everything
    assert all(place.startswith("镇街组!图表") for place in everything), everything


def test_all_sheets_taken_away_are_told_and_the_workbook_of_one_sheet_stays_true() -> None:
    """It says itself which sheets stand beside it; one that was given out before does not, and is true without them."""

    def alone(book: Workbook) -> None:
        for name in book.sheetnames[1:]:
            del book[name]

    assert set(differing(edited(alone))) == {"镇街组!A1", "部门组!A1", "发展中心组!A1", "行业领域!A1"}
    for report in REPORTS:
        assert differing(one_sheet_xlsx(sample(report)), sample(report)) == {}
    beside = edited(lambda book: book.create_sheet("镇街组").append(["双路第一"]), one_sheet_xlsx(RANKING))
    assert {"A2", "镇街组!A1"} <= set(differing(beside))


def test_no_text_of_a_draft_is_run_on_any_sheet() -> None:
    """Whatever units are called: texts, in cells and charts; and a draft says so on every sheet and page."""
    content = deepcopy(printed(RANKING)) | {"published": None}
    del content["publication"], content["sha256"]
    content["groups"][0]["rows"][0]["name"] = "=1+1"
    document = live_workbook(content, "=区", {})
    book = opened(document)
    assert book.sheetnames == SHEETS["ranking"]
    for sheet in book:
        kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
        assert kinds <= {"s", "n"}, sheet.title
        assert sheet["A1"].value.startswith("'=")
        assert sheet["A2"].value.startswith("草稿，未发布")
        assert sheet.oddFooter.left.text == "草稿，未发布"
    assert book["镇街组"]["B4"].value == "'=1+1"
    assert "<c:v>'=1+1</c:v>" in next(charts(document))
    assert "<f>" not in "".join(content.decode() for name, content in parts(document) if "worksheets/sheet" in name)
