"""A published workbook that somebody edited: what its reader finds otherwise is told with its cell, what hinders nobody is not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, DataBarRule, Rule
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.fills import GradientFill
from openpyxl.styles.numbers import NumberFormat
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from dashboards.results.document_cells import AnotherFormat, cells_of, understood
from dashboards.results.document_sheet import differing_cells
from dashboards.results.verification import UNKNOWN, Verdict, sentences
from etl.reading.plain_cells import told
from etl.reading.workbook import read_workbook
from tests.integration import formats
from tests.integration.ledgers import Book
from tests.integration.published_samples import given_out, sample

Edit = Callable[[Worksheet], object]
PUBLISHED = sample("ranking")
SCORE, NAME, ZERO = "F5", "E5", "S4"
"""A score of 84.38 that needs its decimals, a unit's name, a 0."""
ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
WHITE, BLACK = PatternFill("solid", fgColor="FFFFFFFF"), PatternFill("solid", fgColor="FF000000")


def edited(edit: Edit) -> bytes:
    """The document as somebody saved it after an edit of its sheet."""
    book = load_workbook(io.BytesIO(given_out("ranking.xlsx")), rich_text=True)
    edit(book.worksheets[0])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def rewritten(part: str, was: str, put: str, document: bytes = given_out("ranking.xlsx")) -> bytes:
    """The document with its XML changed by hand."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode()
    assert re.search(was, text)
    parts[part] = re.sub(was, put, text, count=1).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def differing(document: bytes) -> dict[str, str]:
    """Cell → what is found there."""
    read = understood(told(read_workbook(document), document))
    return {place: str(found) for place, (_published, found) in differing_cells(PUBLISHED, read)}


def styled(place: str, **style: object) -> Edit:
    """A cell in another style."""
    return lambda sheet: [setattr(sheet[place], name, value) for name, value in style.items()]


def everywhere(**style: object) -> Edit:
    """All cells in another style."""
    return lambda sheet: [setattr(cell, name, value) for row in sheet for cell in row for name, value in style.items()]


def sets(path: str, value: object) -> Edit:
    """Something of the sheet set."""
    *way, last = path.split(".")

    def edit(sheet: Worksheet) -> None:
        of: object = sheet
        for name in way:
            of = getattr(of, name)
        setattr(of, last, value)

    return edit


def filtered(sheet: Worksheet) -> None:
    """Buttons, and a choice of all that there is."""
    sheet.auto_filter.ref = f"A3:{sheet.cell(3, sheet.max_column).coordinate[:-1]}{sheet.max_row - 1}"
    sheet.auto_filter.add_filter_column(0, ["镇街组", "部门组", "中心组"])


def as_a_table(sheet: Worksheet) -> None:
    """With the button that makes a table of it."""
    table = Table(displayName="表1", ref=f"A3:{sheet.cell(3, sheet.max_column).coordinate[:-1]}{sheet.max_row - 1}")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium2", showRowStripes=True)
    sheet.add_table(table)


def conditional(rule: Rule) -> Edit:
    """A rule over the scores."""
    return lambda sheet: sheet.conditional_formatting.add("F4:F18", rule)


def validated(sheet: Worksheet) -> None:
    """A list to choose from."""
    one = DataValidation(type="list", formula1='"甲,乙"')
    sheet.add_data_validation(one)
    one.add("E5")


def another_sheet(*rows: list[object], state: str = "visible", first: bool = False) -> Edit:
    """A sheet put beside, or before."""

    def edit(sheet: Worksheet) -> None:
        beside = sheet.parent.create_sheet("说明", 0 if first else None)
        beside.sheet_state = state
        for row in rows:
            beside.append(row)

    return edit


HARMLESS: dict[str, Edit] = {
    "narrow columns": lambda sheet: [setattr(one, "width", 4) for one in sheet.column_dimensions.values()],
    "wide columns": lambda sheet: [setattr(one, "width", 40) for one in sheet.column_dimensions.values()],
    "high rows": lambda sheet: setattr(sheet.row_dimensions[5], "height", 40),
    "filter buttons": filtered,
    "another freeze": sets("freeze_panes", "F5"),
    "no freeze": sets("freeze_panes", None),
    "large letters": everywhere(font=Font(sz=16)),
    "small letters": everywhere(font=Font(sz=8)),
    "bold red italic": everywhere(font=Font(b=True, i=True, color="FFC00000")),
    "another font": everywhere(font=Font(name="仿宋", color=Color(theme=1))),
    "grey letters": everywhere(font=Font(color="FF808080")),
    "yellow fill": everywhere(fill=PatternFill("solid", fgColor="FFFFFF00")),
    "white on black": everywhere(fill=BLACK, font=Font(color="FFFFFFFF")),
    "blue gradient": everywhere(fill=GradientFill(stop=("FFDDEBF7", "FF9BC2E6"))),
    "borders": everywhere(border=Border(bottom=Side(style="thin", color="FFFFFFFF"))),
    "centred, wrapped, shrunk": everywhere(alignment=Alignment(horizontal="center", wrap_text=True, shrink_to_fit=True)),
    "more decimals": styled(SCORE, number_format="0.0000"),
    "no format": styled(SCORE, number_format="General"),
    "accounting": lambda sheet: [setattr(sheet[at], "number_format", ACCOUNTING) for at in (SCORE, ZERO)],
    "red below zero": styled(SCORE, number_format="#,##0.00;[Red]-#,##0.00"),
    "fewer decimals of a whole number": styled("F4", number_format="0"),
    "a share as a fraction": styled("U5", number_format="0.0000"),
    "a text as text": styled(NAME, number_format="@"),
    "another zoom": sets("sheet_view.zoomScale", 70),
    "no grid": sets("sheet_view.showGridLines", False),
    "renamed": sets("title", "5月排名"),
    "protected": sets("protection.sheet", True),
    "pages numbered": sets("HeaderFooter.oddFooter.center.text", "第 &[Page] 页，共 &[Pages] 页"),
    "no foot": sets("HeaderFooter.oddFooter.left.text", None),
    "the foot in other letters": lambda sheet: [sets("HeaderFooter.oddFooter.left.size", 9)(sheet), sets("HeaderFooter.oddFooter.left.font", "仿宋,常规")(sheet)],
    "portrait": sets("page_setup.orientation", "portrait"),
    "title over several columns": lambda sheet: sheet.merge_cells("A1:H1"),
    "grouped rows": lambda sheet: sheet.row_dimensions.group(6, 9, hidden=False),
    "a table": as_a_table,
    "a list to choose from": validated,
    "a blank sheet": another_sheet(),
    "a hidden blank sheet before": another_sheet(state="veryHidden", first=True),
    "colour scale": conditional(ColorScaleRule(start_type="min", start_color="FFF8696B", end_type="max", end_color="FF63BE7B")),
    "low ones marked": conditional(CellIsRule("lessThan", ["90"], font=Font(color="FF9C0006"), fill=PatternFill(bgColor="FFFFC7CE"))),
    "bars behind the numbers": conditional(DataBarRule("min", None, "max", None, color="FF638EC6")),
}  # fmt: skip


@pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
def test_what_hinders_nobody_is_no_difference(edit: Edit) -> None:
    """Whoever reads the sheet reads what was published."""
    assert differing(edited(edit)) == {}


def hides_the_sheet(sheet: Worksheet) -> None:
    """Another sheet is seen in its place."""
    sheet.sheet_state = "hidden"
    sheet.parent.create_sheet("排名")
    sheet.parent.active = 1


def true_one_hidden_before(sheet: Worksheet) -> None:
    """The true sheet is there and nobody sees it; on the one that is seen a place is another."""
    copied = sheet.parent.copy_worksheet(sheet)
    sheet.sheet_state = "veryHidden"
    sheet.parent.active = 1
    copied["B4"] = 2


def chart_over(sheet: Worksheet) -> None:
    """A drawing that lies on the scores."""
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=6, min_row=4, max_row=5))
    sheet.add_chart(chart, SCORE)


def part_in_white(sheet: Worksheet) -> None:
    """A name of which a part cannot be read."""
    name = str(sheet[NAME].value)
    sheet[NAME] = CellRichText(name[:2], TextBlock(InlineFont(color="FFFFFFFF"), name[2:]))


UNSEEN = "（字色或字号看不清）"
CONDITION = "（由条件格式改变显示）"
OTHER_NUMBERS = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='"99.99"'))
HARMFUL: dict[str, tuple[Edit, str, str]] = {
    "another number": (styled(SCORE, number_format='"99.99"'), SCORE, "99.99"),
    "one figure for all": (styled("B5", number_format='"9";"9"'), "B5", "9"),
    "one figure for one": (styled("B5", number_format='[=2]"1"'), "B5", "1"),
    "below a bound": (styled(SCORE, number_format='[<100]"100";0.00'), SCORE, "100"),
    "nothing": (styled(SCORE, number_format=";;;"), SCORE, "—"),
    "another text": (styled(NAME, number_format=';;;"通桥街道办事处"'), NAME, "通桥街道办事处"),
    "another text for all": (styled(NAME, number_format='"通桥"@'), NAME, "通桥双路街道办事处"),
    "no text": (styled(NAME, number_format=";;;"), NAME, "（被格式隐藏）"),
    "one decimal": (styled(SCORE, number_format="0.0"), SCORE, "84.4"),
    "no decimals": (styled(SCORE, number_format="0"), SCORE, "84"),
    "thousands": (styled(SCORE, number_format="0.00,"), SCORE, "0.08"),
    "per cent": (styled("U5", number_format="0%"), "U5", "67%"),
    "a power beyond all figures": (styled(SCORE, number_format='"1E9999999"'), SCORE, "1E9999999"),
    "a share of such a power": (styled(SCORE, number_format='"1E9999999%"'), SCORE, "1E9999999%"),
    "a power as small": (styled(SCORE, number_format='"1E-9999999"'), SCORE, "1E-9999999"),
    "a sum of money": (styled(SCORE, number_format='0.00"万元"'), SCORE, "84.38万元"),
    "a day": (styled(SCORE, number_format="yyyy-mm-dd"), SCORE, "1900-03-24T09:07:12"),
    "a zero left out": (styled(ZERO, number_format="0;-0;"), ZERO, "—"),
    "white by its format": (styled(SCORE, number_format="[White]0.00"), SCORE, UNSEEN),
    "white by number": (styled(SCORE, number_format="[Color2]0.00"), SCORE, UNSEEN),
    "white letters": (styled(SCORE, font=Font(color="FFFFFFFF")), SCORE, UNSEEN),
    "letters of the theme's paper": (styled(NAME, font=Font(color=Color(theme=0))), NAME, UNSEEN),
    "letters as good as white": (styled(NAME, font=Font(color=Color(theme=1, tint=0.97))), NAME, UNSEEN),
    "white by index": (styled(NAME, font=Font(color=Color(indexed=9))), NAME, UNSEEN),
    "yellow letters": (styled(NAME, font=Font(color="FFFFFF00")), NAME, UNSEEN),
    "black on black": (styled(SCORE, fill=BLACK), SCORE, UNSEEN),
    "white on white": (styled(SCORE, fill=WHITE, font=Font(color="FFFEFEFE")), SCORE, UNSEEN),
    "black on a black gradient": (styled(SCORE, fill=GradientFill(stop=("FF000000", "FF101010"))), SCORE, UNSEEN),
    "a part in white": (part_in_white, NAME, UNSEEN),
    "no size": (styled(SCORE, font=Font(sz=1)), SCORE, UNSEEN),
    "letters that are pictures": (styled(SCORE, font=Font(name="Wingdings")), SCORE, UNSEEN),
    "filled up with nines": (styled(SCORE, number_format="*90.00"), SCORE, "（在单元格内重复显示）"),
    "digits apart": (lambda sheet: setattr(sheet[SCORE], "value", "8_4.38"), SCORE, "8_4.38"),
    "struck out": (styled(SCORE, font=Font(strike=True)), SCORE, "（加了删除线）"),
    "repeated": (styled("B4", alignment=Alignment(horizontal="fill")), "B4", "（在单元格内重复显示）"),
    "another cell over it": (lambda sheet: sheet.merge_cells("D5:E5"), "E5", "—"),
    "a low row": (lambda sheet: setattr(sheet.row_dimensions[5], "height", 1), "A5", "（已隐藏，看不到）"),
    "a hidden row": (lambda sheet: setattr(sheet.row_dimensions[5], "hidden", True), "A5", "（已隐藏，看不到）"),
    "a narrow column": (lambda sheet: setattr(sheet.column_dimensions["F"], "width", 0.2), "F3", "（已隐藏，看不到）"),
    "a hidden column": (lambda sheet: setattr(sheet.column_dimensions["F"], "hidden", True), "F3", "（已隐藏，看不到）"),
    "rows out of reach": (sets("sheet_view.topLeftCell", "A3"), "A1", "（已隐藏，看不到）"),
    "no zeros": (sets("sheet_view.showZeros", False), ZERO, "（零值未显示）"),
    "white under a condition": (conditional(CellIsRule("lessThan", ["90"], font=Font(color="FFFFFFFF"))), SCORE, CONDITION),
    "numbers under a condition": (conditional(Rule("expression", dxf=OTHER_NUMBERS, formula=["TRUE"])), SCORE, CONDITION),
    "bars without numbers": (conditional(DataBarRule("min", None, "max", None, color="FF638EC6", showValue=False)), SCORE, CONDITION),
    "a chart over it": (chart_over, SCORE, "（被图片或批注遮挡）"),
    "a note": (lambda sheet: setattr(sheet[SCORE], "comment", Comment("应为95分", "某")), SCORE, "（被图片或批注遮挡）"),
    "a hidden sheet that is filled": (another_sheet(["双路第一"], state="hidden"), "说明!A1", "双路第一"),
    "a hidden first sheet": (hides_the_sheet, "A1", "—"),
    "the true one hidden": (true_one_hidden_before, "B4", "2.0"),
    "a head of the pages": (sets("HeaderFooter.oddHeader.center.text", "双路第一"), "页眉或页脚", "双路第一"),
    "another foot": (sets("HeaderFooter.oddFooter.left.text", "2022年6月9日发布"), "页眉或页脚", "2022年6月9日发布 /"),
    "a head of the first page": (lambda sheet: [sets("HeaderFooter.differentFirst", True)(sheet), sets("HeaderFooter.firstHeader.right.text", "作废")(sheet)], "页眉或页脚", "作废"),
    "a sheet of a chart": (lambda sheet: sheet.parent.create_chartsheet("图").add_chart(BarChart()), "图!A1", "（不是表格的工作表）"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "cell", "found"), HARMFUL.values(), ids=HARMFUL)
def test_what_is_read_otherwise_is_told_with_its_cell(edit: Edit, cell: str, found: str) -> None:
    """However true what the cell stores is."""
    cells = differing(edited(edit))
    assert cells.get(cell) == found, cells


BY_HAND = {
    "the theme's ink made white": (("xl/theme/theme1.xml", r"(<a:dk1>.*?lastClr=)\"\w+\"", r'\1"FFFFFF"'), "F5", UNSEEN),
    "a formula": (("xl/worksheets/sheet1.xml", r'(<c r="F5"[^>]*>)<v>', r"\1<f>1+1</f><v>"), "F5", "（公式，结果会变）"),
    "a formula beside": (
        ("xl/worksheets/sheet1.xml", "</sheetData>", '<row r="40"><c r="B40"><f>"双路第一"</f></c></row></sheetData>'), "B40",
        "（公式，结果会变）",
    ),
    "a cell told twice": (("xl/worksheets/sheet1.xml", r'(<c r="F5"[^>]*><v>)', r"\g<1>99</v></c>\1"), "F5", "（被另一单元格遮住）"),
    "rules of later versions": (
        ("xl/worksheets/sheet1.xml", "</worksheet>",
         ('<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings>'
         '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:cfRule type="expression">'
         "<xm:f>TRUE</xm:f><x14:dxf><font/></x14:dxf></x14:cfRule><xm:sqref>F4:F9</xm:sqref></x14:conditionalFormatting>"
         "</x14:conditionalFormattings></ext></extLst></worksheet>")), "F5", CONDITION,
    ),
    "columns without width": (("xl/worksheets/sheet1.xml", "<sheetFormatPr [^>]*/><cols>.*?</cols>",
                               '<sheetFormatPr defaultRowHeight="15" defaultColWidth="0"/>'), "F3", "（已隐藏，看不到）"),
    "rows as low as the sheet says of all": (("xl/worksheets/sheet1.xml", "<sheetFormatPr [^>]*/>",
                                              '<sheetFormatPr defaultRowHeight="0.5" customHeight="1"/>'), "A5", "（已隐藏，看不到）"),
    "a picture behind the pages": (("xl/worksheets/sheet1.xml", "</worksheet>", '<legacyDrawingHF r:id="rId9"/></worksheet>'), "页眉或页脚", "（图片）"),
    "rows without height": (("xl/worksheets/sheet1.xml", "<sheetFormatPr [^>]*/>",
                             '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>'), "A5", "（已隐藏，看不到）"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "cell", "found"), BY_HAND.values(), ids=BY_HAND)
def test_what_is_changed_in_the_file_itself_is_told(change: tuple[str, str, str], cell: str, found: str) -> None:
    """What no program offers, and every program shows."""
    assert differing(rewritten(*change)).get(cell) == found


def test_style_that_a_table_brings_with_it_is_told() -> None:
    """One that programs have is readable; one that the workbook itself defines may be of any colour."""
    table = edited(lambda sheet: [as_a_table(sheet), setattr(sheet.tables["表1"].tableStyleInfo, "name", "自定")])
    assert differing(table) == {}
    white = (
        '<dxfs count="1"><dxf><font><color rgb="FFFFFFFF"/></font></dxf></dxfs><tableStyles count="1">'
        '<tableStyle name="自定" count="1"><tableStyleElement type="wholeTable" dxfId="0"/></tableStyle></tableStyles>'
    )
    styled_so = rewritten("xl/styles.xml", r"<tableStyles [^>]*/>", white, table)
    assert differing(styled_so).get(SCORE) == CONDITION


def test_every_published_cell_is_looked_at() -> None:
    """White letters in all cells: each that holds anything is told, title, heads and last line among them."""
    sheet = load_workbook(io.BytesIO(given_out("ranking.xlsx"))).worksheets[0]
    filled = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}
    assert set(differing(edited(everywhere(font=Font(color="FFFFFFFF"))))) == filled


@pytest.mark.parametrize("write", [formats.xls, formats.xlsb, formats.ods, formats.xlsm])
def test_workbook_of_another_format_is_no_document(write: formats.Writer) -> None:
    """How its cells look is not known, or macros may change it: it is asked for as .xlsx, and never said to be true."""
    with pytest.raises(AnotherFormat):
        cells_of(write(Book({"排名": [["双桥经开区2022年5月执法检查排名"]]})))
    assert "另存为.xlsx" in sentences(Verdict(UNKNOWN, another_format=True))[0]
