"""The office's own of its documents: drafted, refused or looked at, adopted; and what documents are from then on, and stay."""

from __future__ import annotations

import io
import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation

from dashboards.__main__ import freeze
from dashboards.meeting import measures as of
from dashboards.meeting import specimen
from dashboards.meeting.drawn import DOTS_AN_INCH
from dashboards.meeting.filling import Unfillable
from dashboards.meeting.office_file import DOCX, check
from dashboards.meeting.pdf import as_pdf
from dashboards.meeting.qr import qr_code
from dashboards.meeting.verifying import verify
from dashboards.meeting.wording import as_template, lines, shipped_text
from dashboards.results.reading import begin
from dashboards.results.verification import Verdict
from data import libreoffice
from data.intake.decision_checks import Undecidable
from data.intake.publications import Publication
from data.people.draft_openings import openings
from data.people.scope import Role, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import parse_period
from tests.integration.rendered import pages_seen
from tests.integration.several_units import installed
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_deck import office_master

HEAD, SITE = "双桥经开区安全生产委员会办公室文件", "https://anquan.example.gov.cn"


@pytest.fixture
def site(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Nobody has filed, and nothing is published."""
    with installed(sqlite_template, tmp_path) as settings:
        yield made(settings, monkeypatch)


def june(settings: Settings, report: str = "ranking", period: str = "2022-06", day: date | None = None) -> Publication:
    """What is published of June."""
    return freeze(settings, report, parse_period(period), day, reason="月度通报", mistake=False)


def drafted(desk: Visitor, name: str, form: dict[str, object]) -> int:
    """The number of a draft that was kept."""
    answer = desk.post(f"/documents/{name}" + ("/file" if "file" in form else ""), form)
    assert answer.status_code == 303, answer.text
    return int(re.search(r"/documents/draft/(\d+)", answer.headers["Location"])[1])  # type: ignore[index]  # it is there


def adopted(desk: Visitor, name: str, form: dict[str, object]) -> int:
    """Drafted, and in use from now on."""
    number = drafted(desk, name, form)
    assert desk.post(f"/documents/{name}/adopt", {"draft": number, "reason": "经研究"}).status_code == 303
    return number


def taken(visitor: Visitor, one: Publication, form: str) -> bytes:
    """A publication's file."""
    answer = visitor.get(f"/published/{one.entry}.{form}")
    assert answer.status_code == 200, answer.text
    return answer.data


def words(document: bytes) -> list[str]:
    """Its paragraphs."""
    return [one.text for one in Document(io.BytesIO(document)).paragraphs]


def pictures(package: bytes) -> list[bytes]:
    """The pictures in a document."""
    with zipfile.ZipFile(io.BytesIO(package)) as told:
        return [told.read(name) for name in told.namelist() if name.endswith(".png")]


def test_wording_holds_for_what_is_published_after_it(site: Site) -> None:
    """What was published before is made as it was, to the byte; ours can be used again; all versions stay to be read."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    before = june(settings)
    was = taken(desk, before, "docx"), taken(desk, before, "pptx")
    text = shipped_text("ranking").replace("情况的通报", "情况专报")
    first = adopted(desk, "ranking", {"text": text})
    adopted(desk, "ranking-deck", {"text": shipped_text("ranking-deck").replace("执法检查排名情况", "排名专报")})
    after = june(settings)
    assert (taken(desk, before, "docx"), taken(desk, before, "pptx")) == was
    assert "专报" in words(taken(desk, after, "docx"))[0]
    assert "排名专报" in Presentation(io.BytesIO(taken(desk, after, "pptx"))).slides[0].shapes.title.text_frame.text
    assert desk.get(f"/documents/draft/{first}/held").text == text.strip() + "\n"
    page = desk.get("/documents/ranking").text
    assert "专报" in page
    assert page.count("经研究") == 2
    assert desk.post("/documents/ranking/adopt", {"draft": "0", "reason": "改回"}).status_code == 303
    assert "的通报" in words(taken(desk, june(settings), "docx"))[0]
    assert "专报" in words(taken(desk, after, "docx"))[0]
    assert desk.post("/documents/ranking/adopt", {"draft": "0", "reason": "改回"}).status_code == 409
    assert desk.post("/documents/ranking/adopt", {"draft": str(first), "reason": " "}).status_code == 409


def test_wording_that_asks_for_what_there_is_not_is_refused_and_kept_in_the_form(site: Site) -> None:
    """By name, with the list; what was typed is still there, and no draft."""
    desk = site.signed_in(Role.OFFICE)
    for text, said in (
        ("标题｜{{ 第一名 }}", "不存在的字段：第一名。可用的字段有"),
        ("标题｜通报\n{% if 未报 %}\n正文｜{{ 全区.没有 }}\n{% endif %}", "没有"),
        ("题目｜通报", "不是样式名：“题目”"),
        ("标题｜通报\n正文｜{{ '长' * 9 }}", "第2行：文字里不能用这种写法"),
        ("标题｜通报\n正文｜{% if 未报 %}", "第2行"),
        ("", "请填写文字"),
    ):
        answer = desk.post("/documents/ranking", {"text": text})
        assert answer.status_code == 400, text
        assert said in answer.text
        assert text.split("｜")[0] in answer.text
    assert "未启用的草稿" not in desk.get("/documents/ranking").text


def renamed_styles(template: bytes) -> bytes:
    """As WPS saves it: every style has another key, and its name stays."""
    with zipfile.ZipFile(io.BytesIO(template)) as told:
        parts = {name: told.read(name) for name in told.namelist()}
    keys = re.findall(rb'w:styleId="(\w+)"', parts["word/styles.xml"])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, part in parts.items():
            for number, key in enumerate(keys):
                part = re.sub(rb'(w:(?:styleId|val)=")%s"' % key, rb'\g<1>a%d"' % number, part)  # noqa: PLW2901  # key after key
            written.writestr(name, part)
    return file.getvalue()


def test_template_edited_in_wps_is_filled_in_as_ours_is(site: Site) -> None:
    """Whatever keys its styles have; one that lost a style is refused by the style's name, one that is none with what it should be."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    ours = taken(desk, june(settings), "docx")
    template = desk.get("/documents/ranking/template.docx").data
    saved = renamed_styles(template)
    assert b"Title0" not in saved
    adopted(desk, "ranking", {"file": (io.BytesIO(saved), "月通报 模板.docx")})
    assert words(taken(desk, june(settings), "docx"))[4:20] == words(ours)[4:20]
    lost = Document(io.BytesIO(template))
    lost.styles["表题"].delete()
    file = io.BytesIO()
    lost.save(file)
    for raw, said in ((file.getvalue(), "模板缺少这些样式：表题"), (b"no file of that kind", "不是Word 文档")):
        answer = desk.post("/documents/ranking/file", {"file": (io.BytesIO(raw), "坏.docx")})
        assert answer.status_code == 400
        assert said in answer.text


RELATIONS = "word/_rels/document.xml.rels"
OUTSIDE = '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://127.0.0.1:9/a.png" TargetMode="External"/>'  # fmt: skip


def with_part(package: bytes, name: str, part: bytes) -> bytes:
    """A package with another part of a name."""
    with zipfile.ZipFile(io.BytesIO(package)) as told:
        parts = {**{one: told.read(one) for one in told.namelist()}, name: part}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for one, content in parts.items():
            written.writestr(one, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "outside",
    [
        OUTSIDE, OUTSIDE.replace("a.png", "hyperlink.png"), OUTSIDE.replace('"External"', '"&#69;xternal"'),
        OUTSIDE.replace("a.png", "a.png?b>c"),
        OUTSIDE.replace("<Relationship ", '<q:Relationship xmlns:q="http://schemas.openxmlformats.org/package/2006/relationships" '),
    ],
)  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_what_leads_out_of_a_file_is_refused_however_it_is_written(outside: str, encoding: str) -> None:
    """LibreOffice would fetch it: python-docx writes it out plainly for it."""
    blank = as_template(lines("标题｜通报"))
    with zipfile.ZipFile(io.BytesIO(blank)) as told:
        plain = told.read(RELATIONS).decode()
    told_in = plain[plain.index("<Relationships") :].replace("</Relationships>", outside + "</Relationships>")
    head = '<?xml version="1.0" encoding="UTF-16"?>' if encoding != "utf-8" else ""
    with pytest.raises(Unfillable, match=r"引用了外部的内容|不能安全地读取"):
        check(with_part(blank, RELATIONS, (head + told_in).encode(encoding)), DOCX)


def test_links_that_people_follow_may_lead_out_of_a_file() -> None:
    """And nothing else by the same relation: a picture would be fetched by it."""
    link, blip = (
        '<w:hyperlink r:id="rId99"/>',
        '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:link="rId99"/>',
    )
    blank = as_template(lines("标题｜通报"))
    with zipfile.ZipFile(io.BytesIO(blank)) as told:
        plain, body = told.read(RELATIONS).decode(), told.read("word/document.xml").decode()
    outside = OUTSIDE.replace("relationships/image", "relationships/hyperlink")
    linked = with_part(blank, RELATIONS, plain.replace("</Relationships>", outside + "</Relationships>").encode())
    check(
        with_part(linked, "word/document.xml", body.replace("</w:body>", f"<w:p>{link}</w:p></w:body>").encode()), DOCX
    )
    with pytest.raises(Unfillable, match="引用了外部的内容"):
        check(
            with_part(linked, "word/document.xml", body.replace("</w:body>", f"<w:p>{blip}</w:p></w:body>").encode()),
            DOCX,
        )


def test_relations_that_never_end_take_no_time() -> None:
    """However often one begins."""
    with pytest.raises(Unfillable, match="不能安全地读取"):
        check(with_part(as_template(lines("标题｜通报")), RELATIONS, b"<Relationship " * 200_000), DOCX)


@pytest.mark.parametrize(
    ("name", "part"), [("word/document.xml", b"<w:document"), ("[Content_Types].xml", b"<Types/>")]
)
def test_a_file_that_is_broken_is_refused_in_a_sentence(site: Site, name: str, part: bytes) -> None:
    """And nothing is kept."""
    desk = site.signed_in(Role.OFFICE)
    broken = with_part(as_template(lines("标题｜通报")), name, part)
    answer = desk.post("/documents/ranking/file", {"file": (io.BytesIO(broken), "坏.docx")})
    assert (answer.status_code, "不是Word 文档" in answer.text) == (400, True)


def test_decks_are_laid_on_the_offices_master(site: Site) -> None:
    """From its adoption on; a document is no master."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    before, master = june(settings), office_master(wide=False)
    adopted(desk, "master", {"file": (io.BytesIO(master), "母版.pptx")})
    after = june(settings)
    ours, own = (Presentation(io.BytesIO(taken(desk, one, "pptx"))).slide_width for one in (before, after))
    assert own == Presentation(io.BytesIO(master)).slide_width != ours
    answer = desk.post("/documents/master/file", {"file": (io.BytesIO(taken(desk, before, "docx")), "母版.pptx")})
    assert (answer.status_code, "不是演示文稿" in answer.text) == (400, True)


def test_red_head_number_and_code_stand_where_they_belong(site: Site) -> None:
    """Who issues 35 mm below the upper edge of the text, the number above its rule, the code beside the fingerprint."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    plain = june(settings)
    adopted(desk, "settings", {"red_head": HEAD, "address": SITE + "/"})
    issued = june(settings)
    assert desk.post(f"/published/{issued.entry}/number", {"number": "安委办[2022] 12 号"}).status_code == 303
    refused = desk.post(f"/published/{issued.entry}/number", {"number": "十二号"})
    assert (refused.status_code, "安委办〔2022〕3号" in refused.text) == (400, True)
    document = taken(desk, issued, "docx")
    assert words(document)[:2] == [HEAD, "安委办〔2022〕12号"]
    code = qr_code(f"{SITE}/verify?sha={issued.sha256}")
    assert pictures(document) == [code] == pictures(taken(desk, issued, "pptx"))
    assert (pictures(taken(desk, plain, "docx")), HEAD in words(taken(desk, plain, "docx"))) == ([], False)
    pages = pages_seen(as_pdf(document, ".docx"))
    head, number, title = pages[0].lines[:3]
    assert (head.text, number.text) == (HEAD, "安委办〔2022〕12号")
    assert head.middle - (of.TOP + of.RED_HEAD_BELOW) == pytest.approx(4, abs=3)
    assert head.characters[0].left >= of.LEFT - 1
    assert head.characters[-1].right <= of.PAGE_WIDTH - of.RIGHT + 1
    assert number.middle - head.middle == pytest.approx(3 * of.PITCH * of.POINT, abs=4)
    assert title.middle - number.middle == pytest.approx(3 * of.PITCH * of.POINT + of.RULE_BELOW, abs=4)


def test_forecast_of_deaths_stands_in_documents_only_where_the_office_wants_it(site: Site) -> None:
    """In the paper as in the notes of the deck."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    silent = june(settings, "casualties", "2022", date(2022, 6, 30))
    adopted(desk, "settings", {"forecasts": "yes"})
    telling = june(settings, "casualties", "2022", date(2022, 6, 30))
    for one, is_told in ((silent, False), (telling, True)):
        end = one.content["zone"]["year_end"]
        told = f"在{end['low']}人至{end['high']}人之间"
        assert (told in "".join(words(taken(desk, one, "docx")))) is is_told
        slides = Presentation(io.BytesIO(taken(desk, one, "pptx"))).slides
        assert any(told in slide.notes_slide.notes_text_frame.text for slide in slides) is is_told


def shown_in(page: str) -> list[bytes]:
    """The pictures that lie in a page."""
    return [b64decode(one) for one in re.findall(r'src="data:image/png;base64,([^"]+)"', page)]


def test_documents_are_looked_at_as_pages(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft before it is adopted, a publication before it is taken along, converted once; without a converter it is said."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    one = june(settings)
    number = drafted(desk, "ranking", {"text": shipped_text("ranking")})
    made_of: list[int] = []
    monkeypatch.setattr(
        "dashboards.meeting.drawn.as_pdf",
        lambda raw, suffix, wait: (made_of.append(len(raw)), as_pdf(raw, suffix, wait))[1],
    )
    shown = shown_in(desk.get(f"/documents/draft/{number}").text)
    pages = pages_seen(as_pdf(taken(desk, one, "docx"), ".docx"))
    assert len(shown) == len(pages)
    with Image.open(io.BytesIO(shown[0])) as image:
        wide, high = (side / 25.4 * DOTS_AN_INCH for side in (of.PAGE_WIDTH, of.PAGE_HEIGHT))
        assert image.size == pytest.approx((wide, high), abs=2)
        assert min(image.convert("L").get_flattened_data()) < 80
    clerk = site.signed_in(Role.UNIT)
    assert shown_in(clerk.get(f"/published/{one.entry}/pages").text) == shown_in(
        desk.get(f"/published/{one.entry}/pages").text
    )
    assert len(made_of) == 2
    for address in ("/published/999999/pages", f"/published/{10**20}/pages", f"/published/{one.entry}/pages?form=xlsx"):
        assert clerk.get(address).status_code == 404
    assert desk.get(f"/documents/draft/{10**20}").status_code == 404
    slides = len(Presentation(io.BytesIO(taken(desk, one, "pptx"))).slides)
    opened = desk.get("/draft/ranking/2022-06/pages?form=pptx")
    assert (opened.status_code, len(shown_in(opened.text)), "草稿" in opened.text) == (200, slides, True)
    with reader(settings.database_url).connect() as connection:
        assert [who for _at, who in openings(connection, settings.zone)["ranking 2022-06"]] == ["office1"]
    assert desk.get("/draft/ranking/2022Q2/pages").status_code == 404
    monkeypatch.setattr(libreoffice, "command", lambda: None)
    without = desk.get(f"/published/{one.entry}/pages?form=pptx")
    assert (without.status_code, "未安装LibreOffice" in without.text) == (503, True)
    assert f"/published/{one.entry}.pptx" in without.text


def test_nothing_is_published_of_which_no_document_could_be_made(site: Site) -> None:
    """A part that a field has not, in a sentence that only a revision needs: the draft passes, the revision is refused with the reason."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    adopted(desk, "ranking", {"text": "标题｜通报\n{% if 再次发布 %}\n正文｜第{{ 再次发布.次 }}次\n{% endif %}"})
    one = june(settings)
    with pytest.raises(Undecidable, match=r"没有发布。请修改文字，或改回产品自带的。.*字段里没有“次”"):
        june(settings)
    assert taken(desk, one, "docx")
    assert desk.post("/documents/ranking/adopt", {"draft": "0", "reason": "改回"}).status_code == 303
    assert june(settings).revision == 2


def test_what_a_template_says_of_people_does_not_go_out_and_its_own_head_is_true(site: Site) -> None:
    """Who saved it, the company's name, remarks; words in the head of its pages and words that it strikes out belong to the document."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    template = Document(io.BytesIO(desk.get("/documents/ranking/template.docx").data))
    template.core_properties.last_modified_by, template.core_properties.comments = "李四", "李四的底稿"
    template.sections[0].footer.paragraphs[0].text = "内部材料"
    template.paragraphs[0].add_run("（旧）").font.strike = True
    file = io.BytesIO()
    template.save(file)
    adopted(desk, "ranking", {"file": (io.BytesIO(file.getvalue()), "模板.docx")})
    document = taken(desk, june(settings), "docx")
    with zipfile.ZipFile(io.BytesIO(document)) as told:
        assert [name for name in told.namelist() if "李四".encode() in told.read(name)] == []
    found = verdict(site, document)
    assert (found.status, found.same_file) == ("current", True), found.cells


def test_a_notice_that_nobody_gets_is_looked_through_all_the_same(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its fields and its styles; what cannot be shown is said to be so. A character that nobody sees is refused, and a deck without a slide."""
    desk = site.signed_in(Role.OFFICE)
    monkeypatch.setattr(specimen, "_papers", lambda _reading, _document: iter(()))
    for name, text, said in (
        ("last-speaker", "标题｜{{ 根本不存在 }}", "不存在的字段：根本不存在"),
        ("last-speaker", "乱写｜通报", "不是样式名：“乱写”"),
        ("last-speaker", "标题｜{% if 单位 %}", "第1行"),
        ("ranking-deck", "张｜一句\x01话", "不能打印的字符"),
        ("ranking-deck", "# 只有说明", "没有生成任何一页"),
    ):
        answer = desk.post(f"/documents/{name}", {"text": text})
        assert (answer.status_code, said in answer.text) == (400, True), text
    number = drafted(desk, "last-speaker", {"text": shipped_text("last-speaker")})
    assert "无法展示" in desk.get(f"/documents/draft/{number}").text


def test_a_number_is_given_once(site: Site) -> None:
    """To one publication; taken back it is free again."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    first, second = june(settings), june(settings)
    number = {"number": "安委办〔2022〕12号"}
    assert desk.post(f"/published/{first.entry}/number", number).status_code == 303
    assert "已用于另一份发布" in desk.post(f"/published/{second.entry}/number", number).text
    assert desk.post(f"/published/{first.entry}/number", {"number": ""}).status_code == 303
    assert desk.post(f"/published/{second.entry}/number", number).status_code == 303


def test_what_a_unit_promised_stands_in_its_next_interview_sheet(site: Site) -> None:
    """Not in that of the same month; whoever reads for the committee is told no names; a year has no interview."""
    desk = site.signed_in(Role.OFFICE)
    for form, status in (
        ({"period": "2022-05", "text": "七月底前补齐台账", "due": "2022-07-31"}, 303),
        ({"period": "2022", "text": "补齐"}, 400),
        ({"period": "2030-05", "text": "补齐"}, 400),
        ({"period": "2022-05", "text": " "}, 409),
        ({"period": "2022-05", "text": "补齐", "due": "七月"}, 400),
    ):
        assert desk.post("/promises", {"unit": "longtanzi", **form}).status_code == status
    assert "七月底前补齐台账" in desk.get("/promises?unit=longtanzi&period=2022-06").text
    later, same = (
        words(desk.get(f"/paper/interview/longtanzi.docx?period={month}").data) for month in ("2022-06", "2022-05")
    )
    assert any("2022年5月约谈时承诺（2022年7月31日前完成）：七月底前补齐台账" in one for one in later)
    assert not any("七月底前" in one for one in same)


def verdict(site: Site, raw: bytes) -> Verdict:
    """What the office is told of a document."""
    settings = site.door.settings
    with begin(reader(settings.database_url), office(settings.zone), settings.today) as reading:
        return verify(reading, raw)


def other_code(package: bytes) -> bytes:
    """A document whose code leads elsewhere."""
    with zipfile.ZipFile(io.BytesIO(package)) as told:
        parts = {name: told.read(name) for name in told.namelist()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name, part in parts.items():
            written.writestr(name, qr_code("https://elsewhere.example") if name.endswith(".png") else part)
    return file.getvalue()


def test_documents_in_the_offices_words_are_known_again(site: Site) -> None:
    """Before and after they got their number, whatever was adopted since; a code that leads elsewhere is told, and a number that was never given."""
    desk, settings = site.signed_in(Role.OFFICE), site.door.settings
    adopted(desk, "settings", {"red_head": HEAD, "address": SITE})
    adopted(desk, "ranking", {"text": shipped_text("ranking").replace("情况的通报", "情况专报")})
    one = june(settings)
    unnumbered = taken(desk, one, "docx")
    for number in ("安委办〔2022〕12号", "安委办〔2022〕13号"):
        desk.post(f"/published/{one.entry}/number", {"number": number})
    numbered, slides = taken(desk, one, "docx"), taken(desk, one, "pptx")
    desk.post("/documents/ranking/adopt", {"draft": "0", "reason": "改回"})
    for document in (unnumbered, numbered, slides, as_pdf(numbered, ".docx")):
        found = verdict(site, document)
        assert (found.status, found.same_file) == ("current", True), found.cells
    for document in (numbered, slides):
        assert verdict(site, other_code(document)).status == "altered"
    renumbered = Document(io.BytesIO(numbered))
    renumbered.paragraphs[1].runs[0].text = "安委办〔2022〕99号"
    file = io.BytesIO()
    renumbered.save(file)
    assert ("安委办〔2022〕13号", "安委办〔2022〕99号") in verdict(site, file.getvalue()).cells.values()
