"""A PDF that somebody altered: words that are others, and what is laid over them, are told by their page; our own is a true one."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2 as pdfium
import pypdfium2.raw as pdf
import pytest
from docx.shared import Pt

from dashboards.__main__ import freeze
from dashboards.meeting import bulletin as bulletins
from dashboards.meeting import document_pages, document_words, issued, pdf_held
from dashboards.meeting.bulletin import Annexed, bulletin
from dashboards.meeting.converting import NoConverter, its_turn
from dashboards.meeting.deck import deck
from dashboards.meeting.document_pages import pages_read
from dashboards.meeting.pdf import as_pdf, as_pdfs
from dashboards.meeting.sources import published_source
from dashboards.meeting.workbook import published_workbook
from dashboards.results.publication_list import narrowed
from dashboards.results.verification import BY_LOOKS as LOOKS
from dashboards.results.verification import sentences
from data.intake.publications import Publication
from data.people.scope import Role, Scope
from data.settings import Settings
from data.zone.periods import parse_period
from etl.reading.limits import Unreadable
from etl.reading.plain_pages import pages_of
from etl.reading.plain_words import words_of
from tests.integration.test_document_words import edited, examined, paragraph
from tests.integration.two_towns import may_of_two_towns

Change = Callable[[Any], object]
WHITE, BLACK = (255, 255, 255, 255), (0, 0, 0, 255)
SAME_FILE, BY_LOOKS, BY_WORDS = "文件原样", "各页文字和样子", "文字与发布的一致"


@dataclass(frozen=True)
class Made:
    """The month's bulletin as PDF, as LibreOffice makes it of the .docx, of one that was altered and of one in larger letters; and those
    of the quarter and of the year.
    """

    month: bytes
    altered: bytes
    larger: bytes
    scores: bytes
    casualties: bytes


@pytest.fixture(scope="module")
def settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """May of two towns, an accident, and the year's caps and plans."""
    with may_of_two_towns(sqlite_template, tmp_path_factory.mktemp("pages")) as found:
        yield found


@pytest.fixture(scope="module")
def published(settings: Settings) -> dict[str, Publication]:
    """The ranking of May, the second quarter's scores, the year's casualties."""
    asked = {"ranking": "2022-05", "scores": "2022Q2", "casualties": "2022"}
    return {
        report: freeze(settings, report, parse_period(period), None, reason="提前", mistake=False)
        for report, period in asked.items()
    }


def altered(opened: Any) -> None:
    """A number in the text, two scores in each other's place, a paragraph more, one less."""
    paragraph(opened, "应报单位").runs[0].text = "应报单位15个，已报9个。"
    table = opened.tables[0]
    first, second = (table.rows[number].cells[2].paragraphs[0].runs[0] for number in (1, 2))
    first.text, second.text = second.text, first.text
    paragraph(opened, "三、").insert_paragraph_before("双路街道办事处第一。")
    last = paragraph(opened, "迟报")._p
    last.getparent().remove(last)


def larger(opened: Any) -> None:
    """Other letters, other lines, the same words, down to who signs them."""
    for one in opened.paragraphs[:20]:
        for run in one.runs:
            run.font.size = Pt(18)


@pytest.fixture(scope="module")
def documents(published: dict[str, Publication]) -> dict[str, bytes]:
    """The bulletins."""
    return {report: bulletin(published_source(one)) for report, one in published.items()}


@pytest.fixture(scope="module")
def made(documents: dict[str, bytes]) -> Made:
    """All of them as they are given out, by one start of the converter."""
    month = documents["ranking"]
    written = {**documents, "altered": edited(month, altered), "larger": edited(month, larger)}
    printed = dict(zip(written, as_pdfs(list(written.values()), ".docx"), strict=True))
    return Made(*(printed[name] for name in ("ranking", "altered", "larger", "scores", "casualties")))


_TOLD: dict[bytes, Any] = {}


@pytest.fixture(autouse=True)
def _converted_here(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, documents: dict[str, bytes], made: Made
) -> None:
    """Documents are read in this process, and what was converted once is not converted again, but where just that is tested."""
    if "child" in request.node.name:
        return
    ready = {
        documents["ranking"]: made.month,
        documents["scores"]: made.scores,
        documents["casualties"]: made.casualties,
    }
    readers: dict[str, Callable[[bytes], Any]] = {
        "etl.reading.plain_pages": pages_of,
        "etl.reading.plain_words": words_of,
    }

    def told_of(reader: str, raw: bytes) -> Any:
        if raw not in _TOLD:
            try:
                _TOLD[raw] = asdict(readers[reader](raw))
            except Unreadable:
                return None
        return _TOLD[raw]

    monkeypatch.setattr(document_pages, "told_of", told_of)
    monkeypatch.setattr(document_words, "told_of", told_of)
    monkeypatch.setattr(issued, "bulletin", lambda source, *_how: documents[source.content["report"]])
    monkeypatch.setattr(pdf_held, "as_pdf", lambda document, *_limits: ready[document])


@pytest.fixture
def no_converter(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where LibreOffice is not installed, or busy."""

    def none(*_asked: Any) -> bytes:
        raise NoConverter

    monkeypatch.setattr(pdf_held, "_converted", none)
    monkeypatch.setattr(pdf_held, "_read", none)


def changed(raw: bytes, change: Change) -> bytes:
    """The PDF as a program that changes PDFs saves it."""
    document = pdfium.PdfDocument(raw)
    change(document)
    file = io.BytesIO()
    document.save(file)
    document.close()
    return file.getvalue()


def on_page(number: int, change: Change) -> Change:
    """A change of what is painted on a page, counted from 0."""

    def done(document: Any) -> None:
        page = document[number]
        change(page)
        page.gen_content()
        page.close()

    return done


def texts(page: Any) -> list[Any]:
    """What is written on a page, piece by piece."""
    return [one for one in page.get_objects() if one.type == pdf.FPDF_PAGEOBJ_TEXT]


def boxed(color: tuple[int, int, int, int], *, thin: bool = False) -> Change:
    """A rectangle over the tenth piece of text, or a line through its middle."""

    def done(page: Any) -> None:
        left, bottom, right, top = texts(page)[10].get_bounds()
        middle = (bottom + top) / 2
        low, high = (middle - 0.3, 0.6) if thin else (bottom, top - bottom)
        made_up = pdf.FPDFPageObj_CreateNewRect(left, low, right - left, high)
        pdf.FPDFPageObj_SetFillColor(made_up, *color)
        pdf.FPDFPath_SetDrawMode(made_up, pdf.FPDF_FILLMODE_ALTERNATE, 0)
        pdf.FPDFPage_InsertObject(page, made_up)

    return done


def line(*ends: float) -> Change:
    """A line drawn by, of, or through the tenth piece of text: from and to where, as shares of it."""

    def done(page: Any) -> None:
        left, bottom, right, top = texts(page)[10].get_bounds()
        across, down = right - left, top - bottom
        made_up = pdf.FPDFPageObj_CreateNewPath(left + ends[0] * across, bottom + ends[1] * down)
        pdf.FPDFPath_LineTo(made_up, left + ends[2] * across, bottom + ends[3] * down)
        pdf.FPDFPageObj_SetStrokeColor(made_up, *BLACK)
        pdf.FPDFPageObj_SetStrokeWidth(made_up, 1.0)
        pdf.FPDFPath_SetDrawMode(made_up, pdf.FPDF_FILLMODE_NONE, 1)
        pdf.FPDFPage_InsertObject(page, made_up)

    return done


def grounded(page: Any) -> None:
    """A ground in the colour of the letters, below them."""
    left, bottom, right, top = texts(page)[10].get_bounds()
    made_up = pdf.FPDFPageObj_CreateNewRect(left, bottom, right - left, top - bottom)
    pdf.FPDFPageObj_SetFillColor(made_up, *BLACK)
    pdf.FPDFPath_SetDrawMode(made_up, pdf.FPDF_FILLMODE_ALTERNATE, 0)
    pdf.FPDFPage_InsertObjectAtIndex(page, made_up, 0)


def mirrored(page: Any) -> None:
    """A piece of text as in a mirror."""
    left, _bottom, right, _top = texts(page)[10].get_bounds()
    pdf.FPDFPageObj_Transform(texts(page)[10], -1, 0, 0, 1, left + right, 0)


def upon(page: Any) -> None:
    """A figure of a table written upon the one beside it, which is the same."""
    one, other = (texts(page)[at] for at in (10, 11))
    (left, bottom, *_rest), (to, up, *_more) = one.get_bounds(), other.get_bounds()
    pdf.FPDFPageObj_Transform(one, 1, 0, 0, 1, to - left, up - bottom)


def rounded(page: Any) -> None:
    """A drawing in the margin, as a stamp or letters that are drawn."""
    made_up = pdf.FPDFPageObj_CreateNewPath(20, 20)
    pdf.FPDFPath_BezierTo(made_up, 30, 60, 50, 60, 60, 20)
    pdf.FPDFPath_Close(made_up)
    pdf.FPDFPageObj_SetFillColor(made_up, *BLACK)
    pdf.FPDFPath_SetDrawMode(made_up, pdf.FPDF_FILLMODE_ALTERNATE, 0)
    pdf.FPDFPage_InsertObject(page, made_up)


def pictured(page: Any) -> None:
    """A picture in the margin."""
    image = pdfium.PdfImage.new(page.pdf)
    image.set_bitmap(pdfium.PdfBitmap.new_native(4, 4, pdf.FPDFBitmap_BGR))
    image.set_matrix(pdfium.PdfMatrix().scale(40, 40))
    page.insert_obj(image)


def written(words: str, at: tuple[float, float] = (100.0, 60.0), size: float = 12.0) -> Change:
    """A text put on the page in a typeface that every program has."""

    def done(page: Any) -> None:
        made_up = pdf.FPDFPageObj_NewTextObj(page.pdf, b"Helvetica", size)
        encoded = (words + "\0").encode("utf-16-le")
        pdf.FPDFText_SetText(made_up, ctypes.cast(ctypes.c_char_p(encoded), ctypes.POINTER(ctypes.c_ushort)))
        pdf.FPDFPageObj_Transform(made_up, 1, 0, 0, 1, *at)
        pdf.FPDFPage_InsertObject(page, made_up)

    return done


def annotated(page: Any) -> None:
    """A square put over the page as a note."""
    note = pdf.FPDFPage_CreateAnnot(page, pdf.FPDF_ANNOT_SQUARE)
    pdf.FPDFAnnot_SetRect(note, pdf.FS_RECTF(100, 700, 300, 650))
    pdf.FPDFPage_CloseAnnot(note)


def attached(document: Any) -> None:
    """Another file within."""
    document.new_attachment("补充.txt").set_data(b"1")


HARMFUL: dict[str, tuple[Change, str, str]] = {
    "a white box over words": (on_page(0, boxed(WHITE)), "第1页，文字之外", "（有内容盖在文字上）"),
    "a black box over words": (on_page(0, boxed(BLACK)), "第1页，文字之外", "（有内容盖在文字上）"),
    "a line through words": (on_page(0, boxed(BLACK, thin=True)), "第1页，文字之外", "（有线划过文字）"),
    "a line across words": (on_page(0, line(0, 0, 1, 1)), "第1页，文字之外", "（有线划过文字）"),
    "a stroke before a figure": (on_page(1, line(-0.5, 0, -0.5, 1)), "第2页，文字之外", "（另画的图形）"),
    "a ground as dark as the letters": (on_page(0, grounded), "第1页，文字之外", "（有看不清或被遮住的文字）"),
    "letters in a mirror": (on_page(0, mirrored), "第1页，文字之外", "（文字有旋转或翻转）"),
    "a figure upon the same": (on_page(1, upon), "第2页，文字之外", "（有内容盖在文字上）"),
    "a drawing": (on_page(1, rounded), "第2页，文字之外", "（另画的图形）"),
    "a picture": (on_page(1, pictured), "第2页，文字之外", "（图片）"),
    "white words": (on_page(0, lambda it: pdf.FPDFPageObj_SetFillColor(texts(it)[10], *WHITE)), "第1页，文字之外", "（有看不清或被遮住的文字）"),
    "words as good as through": (on_page(0, lambda it: pdf.FPDFPageObj_SetFillColor(texts(it)[10], 0, 0, 0, 2)), "第1页，文字之外", "（有看不清或被遮住的文字）"),
    "words that are not painted": (on_page(0, lambda it: pdf.FPDFTextObj_SetTextRenderMode(texts(it)[10], 3)), "第1页，文字之外", "（有看不清或被遮住的文字）"),
    "words as small as dust": (on_page(0, lambda it: pdf.FPDFPageObj_Transform(texts(it)[10], 0.05, 0, 0, 0.05, 100, 400)), "第1页，文字之外", "（有看不清或被遮住的文字）"),
    "words beside the page": (on_page(0, lambda it: pdf.FPDFPageObj_Transform(texts(it)[10], 1, 0, 0, 1, 5_000, 0)), "第1页", "（有文字在页面之外）"),
    "words taken out": (on_page(0, lambda it: it.remove_obj(texts(it)[10])), "第1页第1处", ""),
    "words added": (on_page(0, written("999")), "第1页第1处", ""),
    "a number at the foot of a page": (on_page(0, written("99", (300.0, 40.0))), "第1页第1处", ""),
    "an annotation": (on_page(0, annotated), "第1页，文字之外", "（注释或印章）"),
    "an attached file": (attached, "整份文件", "（附件）"),
    "a page on its head": (lambda it: it[0].set_rotation(180), "第1页，文字之外", "（页面倒置）"),
    "a page cut off": (lambda it: it[0].set_cropbox(0, 400, 595, 842), "第1页", ""),
    "a page taken out": (lambda it: it.del_page(1), "第2页第1处", ""),
    "a page twice": (lambda it: it.import_pages(it, [0], index=1), "第2页第1处", ""),
    "pages in another order": (lambda it: pdf.FPDF_MovePages(it, (ctypes.c_int * 1)(2), 1, 1), "第2页第1处", ""),
}  # fmt: skip


@pytest.mark.parametrize(("change", "place", "found"), HARMFUL.values(), ids=HARMFUL)
@pytest.mark.usefixtures("no_converter")
def test_what_is_seen_otherwise_is_told_by_its_page(
    settings: Settings, made: Made, change: Change, place: str, found: str
) -> None:
    """Without a converter as well: by the words of the .docx, and by what is painted. On the paper with the fewest pages."""
    verdict = examined(settings, changed(made.casualties, change))
    assert verdict.status == "altered"
    told = [here for at, (_was, here) in verdict.cells.items() if at.startswith(place)]
    assert any(found in one for one in told), verdict.cells


def test_every_word_that_is_another_is_named_with_its_page(settings: Settings, made: Made) -> None:
    """A number, scores that changed places, a paragraph more, one less: as published, and as found."""
    verdict = examined(settings, made.altered)
    assert verdict.status == "altered"
    told = list(verdict.cells.values())
    assert ("—", "双路街道办事处第一。") in told
    assert ("迟报：双路街道办事处和龙滩子街道办事处。", "—") in told
    assert any(
        was.startswith("应报单位15个，已报2个。") and here == "应报单位 15 个，已报 9 个。" for was, here in told
    )
    assert any(
        was.startswith("1 双路街道办事处 93.75") and here.startswith("1 双路街道办事处 90.00 3 2 5")
        for was, here in told
    )
    assert {at[:3] for at in verdict.cells} == {"第1页", "第2页", "第3页"}


def test_our_own_three_are_the_very_files(settings: Settings, made: Made) -> None:
    """Converted at another moment: all but that moment is the same."""
    for raw in (made.month, made.scores, made.casualties):
        verdict = examined(settings, raw)
        assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", True, {})
        assert SAME_FILE in sentences(verdict)[1]


def test_saved_by_another_program_it_is_told_by_its_looks(settings: Settings, made: Made) -> None:
    """Other bytes, the same pages."""
    verdict = examined(settings, changed(made.month, lambda _it: None))
    assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", False, {})
    assert sentences(verdict)[1].startswith(BY_LOOKS)


@pytest.mark.usefixtures("no_converter")
def test_without_a_converter_all_three_are_told_by_their_words(settings: Settings, made: Made) -> None:
    """Heads of tables that come again, numbers of pages, names on charts: nothing of that is a difference. And no more is claimed."""
    for raw in (made.month, made.scores, made.casualties):
        verdict = examined(settings, raw)
        assert (verdict.status, verdict.same_file, dict(verdict.cells)) == ("current", False, {})
        assert sentences(verdict)[1].startswith(BY_WORDS)


def test_made_by_another_program_it_is_told_by_its_words(settings: Settings, made: Made) -> None:
    """In other letters, on other pages, whatever it says of who made it."""
    other = made.month.replace(_hex("LibreOffice"), _hex("LibreOffici"))
    assert other != made.month
    for raw in (made.larger, other.replace(_hex("LibreOffici"), _hex("WPS Office "))):
        verdict = examined(settings, raw)
        assert (verdict.status, dict(verdict.cells)) == ("current", {})
        assert sentences(verdict)[1].startswith(BY_WORDS)


def _hex(words: str) -> bytes:
    return words.encode("utf-16-be").hex().upper().encode()


def test_page_that_looks_otherwise_is_told_though_its_words_are_the_same(settings: Settings, made: Made) -> None:
    """What hides no word and is none: grey paper under the head of a table."""

    def grey(page: Any) -> None:
        made_up = pdf.FPDFPageObj_CreateNewRect(20, 20, 30, 30)
        pdf.FPDFPageObj_SetFillColor(made_up, 200, 200, 200, 255)
        pdf.FPDFPath_SetDrawMode(made_up, pdf.FPDF_FILLMODE_ALTERNATE, 0)
        pdf.FPDFPage_InsertObject(page, made_up)

    verdict = examined(settings, changed(made.month, on_page(1, grey)))
    assert dict(verdict.cells) == {"第2页": ("—", "（页面样子与发布的不同）")}


def test_of_two_with_the_same_words_it_is_the_one_that_it_looks_like(
    settings: Settings, published: dict[str, Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One laid out as formerly stays the very file; what looks like neither is told with its page, also where one of them cannot be made in time."""
    monkeypatch.setattr(bulletins, "picture", lambda _source: None)
    monkeypatch.setattr(bulletins, "unplaced", lambda table: table)
    laid = [bulletin(published_source(published["scores"]), one) for one in (Annexed.EACH_NAMED, Annexed.CHART_UNNAMED)]
    now, former = as_pdfs(laid, ".docx")
    ready = dict(zip(laid, (now, former), strict=True))
    monkeypatch.setattr(issued, "bulletin", lambda _source, annexed: laid[annexed is not Annexed.EACH_NAMED])
    monkeypatch.setattr(pdf_held, "as_pdf", lambda document, *_limits: ready[document])
    for raw in (now, former):
        verdict = examined(settings, raw)
        assert (verdict.status, verdict.same_file, verdict.told_by, dict(verdict.cells)) == ("current", True, LOOKS, {})
    annex = next(at for at, page in enumerate(pages_of(former).pages) if page.text.split()[0] == "附件")

    def shifted(page: Any) -> None:
        pdf.FPDFPageObj_Transform(texts(page)[3], 1, 0, 0, 1, 0, -6)

    forged = changed(former, on_page(annex, shifted))
    verdict = examined(settings, forged)
    assert (verdict.status, f"第{annex + 1}页" in verdict.cells) == ("altered", True)

    def late(document: bytes, *_limits: Any) -> bytes:
        if document != laid[0]:
            raise NoConverter
        return now

    monkeypatch.setattr(pdf_held, "as_pdf", late)
    pdf_held._converted.cache_clear()
    pdf_held._read.cache_clear()
    verdict = examined(settings, forged)
    assert verdict.status == "altered"


def test_letters_drawn_as_others_are_told_by_how_the_page_looks(settings: Settings, made: Made) -> None:
    """A figure is another though what it is said to be is the same: a piece of text set in another place of the same typeface."""

    def shifted(page: Any) -> None:
        pdf.FPDFPageObj_Transform(texts(page)[10], 1, 0, 0, 1, 0, 3)

    verdict = examined(settings, changed(made.month, on_page(0, shifted)))
    assert verdict.status == "altered"


def test_whoever_may_not_read_a_veto_gets_none_of_its_words_by_a_pdf(settings: Settings, made: Made) -> None:
    """However they are broken over lines."""
    found = examined(settings, made.altered)
    assert found.publication is not None
    groups = [{"rows": [{"unit": "shuanglu", "veto": "瞒报 事故，\n张三。"}]}]
    of = replace(found.publication, content={**found.publication.content, "groups": groups})
    cells = {"第1页第1处": ("1 双路 瞒报事故， 张三", "1 双路")}
    told = replace(found, publication=of, cells=cells)
    for role, unit in ((Role.UNIT, "longtanzi"), (Role.VIEWER, None), (Role.ADMIN, None)):
        published = narrowed(told, Scope("shuangqiao", role, "zhang", unit)).cells["第1页第1处"][0]
        assert "张三" not in published
        assert "瞒报" not in published
    for role, unit in ((Role.UNIT, "shuanglu"), (Role.OFFICE, None)):
        assert narrowed(told, Scope("shuangqiao", role, "zhang", unit)).cells == cells


def test_a_pdf_of_a_deck_or_a_workbook_is_not_taken_for_an_altered_bulletin(
    settings: Settings, published: dict[str, Publication]
) -> None:
    """It carries the fingerprint, and other words than the bulletin: it is said which file tells."""
    one = published["casualties"]
    for document, ending in ((deck(published_source(one)), ".pptx"), (published_workbook(one), ".xlsx")):
        verdict = examined(settings, as_pdf(document, ending))
        assert (verdict.status, dict(verdict.cells)) == ("unknown", {})
        assert ".pptx 或 .xlsx" in sentences(verdict)[0]


def test_a_scan_and_a_locked_pdf_are_said_to_be_what_they_are(settings: Settings, made: Made) -> None:
    """Pictures have no words to be compared; a password keeps them."""

    def scanned(document: Any) -> None:
        while len(document) > 1:
            document.del_page(1)
        on_page(0, lambda it: [it.remove_obj(one) for one in texts(it)])(document)

    verdict = examined(settings, changed(made.month, scanned))
    assert (verdict.status, "扫描件" in sentences(verdict)[0]) == ("unknown", True)
    verdict = examined(settings, LOCKED)
    assert (verdict.status, "密码" in sentences(verdict)[0]) == ("unknown", True)


LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/Length 40/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]/Size 5>>\n%%EOF\n"
)


def _many(pages: int) -> bytes:
    document = pdfium.PdfDocument.new()
    for _number in range(pages):
        document.new_page(595, 842)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _vast() -> bytes:
    document = pdfium.PdfDocument.new()
    document.new_page(200_000, 200_000)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


HOSTILE = {
    "nothing": b"%PDF-1.7\n",
    "rubbish": b"%PDF-1.7\n" + bytes(range(256)) * 400,
    "5,000 pages": _many(5_000),
    "a vast page": _vast(),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_what_is_beyond_all_limits_is_said_to_be_unreadable(settings: Settings, raw: bytes) -> None:
    """And costs nothing."""
    verdict = examined(settings, raw)
    assert verdict.status == "unknown"
    assert "无法读取" in sentences(verdict)[0]


def test_child_reads_what_is_read_here_and_a_converter_at_work_is_not_waited_for(
    settings: Settings, made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through processes of their own and the converter itself; where that is busy its answer is done without."""
    found = pages_read(made.month)
    assert found is not None
    assert [one.text for one in found.pages] == [one.text for one in pages_of(made.month).pages]
    with pypdfium2.PdfDocument(made.month) as told:
        assert told.get_metadata_dict()["Keywords"].startswith("ranking, 2022-05, 1, ")
    verdict = examined(settings, made.month)
    assert (verdict.status, verdict.same_file) == ("current", True)
    monkeypatch.setattr(pdf_held, "WAIT", 0.01)
    pdf_held._converted.cache_clear()
    pdf_held._read.cache_clear()
    with its_turn(None):
        verdict = examined(settings, made.month)
        with pytest.raises(NoConverter, match="正在为别人生成"):
            as_pdf(b"", ".docx", 0.01)
    assert (verdict.status, sentences(verdict)[1][: len(BY_WORDS)]) == ("current", BY_WORDS)
