"""An empty .docx of the right paper, with our styles and no others: no theme, no typeface that nobody named, nothing left over.

Written part by part, for what a library brings with it names typefaces of its own, and WPS then says that they are missing.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from dashboards.meeting import measures as of
from dashboards.meeting.measures import twips, twips_of_mm
from dashboards.meeting.package import packed

TITLE, ADDRESSEE, BODY, FIRST, SECOND, ANNEX, SIGNER, DAY, IMPRINT, WITNESS, CAPTION, HEAD, CELL, NUMBER, DRAFT, RED_HEAD, DOCUMENT_NUMBER = (
    "Title0", "Addressee", "BodyText0", "Heading01", "Heading02", "AnnexList", "Signer", "IssueDay", "Imprint", "Witness",
    "Caption0", "TableHead", "TableCell", "PageNumber0", "DraftMark",
    "RedHead", "DocumentNumber",
)  # fmt: skip
NAMES = {
    TITLE: "公文标题", ADDRESSEE: "主送机关", BODY: "公文正文", FIRST: "一级标题", SECOND: "二级标题", ANNEX: "附件说明",
    SIGNER: "发文机关署名", DAY: "成文日期", IMPRINT: "版记", WITNESS: "文件标识", CAPTION: "表题", HEAD: "表头", CELL: "表格文字",
    NUMBER: "页码", DRAFT: "草稿标记",
    RED_HEAD: "发文机关标志", DOCUMENT_NUMBER: "发文字号",
}  # fmt: skip
"""Style → the name under which WPS and Word offer it."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CENTRED = '<w:jc w:val="center"/>'
_INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{twips(2 * of.ADVANCE)}"/>'


def blank_paper() -> bytes:
    """The package, the same at all times."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            [("officeDocument", "word/document.xml")],
            ('<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" '
             'Target="docProps/core.xml"/>'),
        ),
        "docProps/core.xml": _core(),
        "word/_rels/document.xml.rels": _relations(
            [("styles", "styles.xml"), ("settings", "settings.xml"), ("fontTable", "fontTable.xml")]
        ),
        "word/document.xml": f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{section()}</w:body></w:document>',
        "word/styles.xml": styles(),
        "word/settings.xml": _settings(),
        "word/fontTable.xml": _fonts(),
    }  # fmt: skip
    return packed((name, (_HEAD + content).encode()) for name, content in parts.items())


def section() -> str:
    """A4 upright with the margins of the standard; its lines do not rest on a grid, which not every program keeps."""
    below = of.BOTTOM - of.NUMBER_BELOW_TEXT - of.NUMBER * of.POINT
    return (
        f'<w:sectPr><w:pgSz w:w="{twips_of_mm(of.PAGE_WIDTH)}" w:h="{twips_of_mm(of.PAGE_HEIGHT)}"/>'
        f'<w:pgMar w:top="{twips_of_mm(of.TOP)}" w:bottom="{twips_of_mm(of.BOTTOM)}" w:left="{twips_of_mm(of.LEFT)}" '
        f'w:right="{twips_of_mm(of.RIGHT)}" w:header="{twips_of_mm(15)}" w:footer="{twips_of_mm(below)}" w:gutter="0"/></w:sectPr>'
    )


def fonts(name: str) -> str:
    """Typefaces of a run: Chinese ones, and of digits and letters one that every machine has."""
    return f'<w:rFonts w:ascii="{of.LATIN}" w:hAnsi="{of.LATIN}" w:cs="{of.LATIN}" w:eastAsia="{name}"/>'


def styles() -> str:
    """Our styles; what is not said of one is 三号 仿宋 with 22 lines a page and 28 characters a line."""
    exact = _spacing(of.PITCH, "exact")
    at_least = _spacing(of.TABLE * 1.3, "atLeast", around=1)
    number = _spacing(of.NUMBER, "exact")
    beside = twips(of.BESIDE_TEXT)
    own = [
        _style(TITLE, of.SONG_TITLE, of.TITLE, exact + _CENTRED, keep=True),
        _style(ADDRESSEE, of.FANG_SONG, of.BODY, exact),
        _style(BODY, of.FANG_SONG, of.BODY, exact + _INDENT + '<w:jc w:val="both"/>'),
        _style(FIRST, of.HEI, of.BODY, exact + _INDENT + '<w:outlineLvl w:val="0"/>', keep=True),
        _style(SECOND, of.KAI, of.BODY, exact + _INDENT + '<w:outlineLvl w:val="1"/>', keep=True),
        _style(ANNEX, of.FANG_SONG, of.BODY, exact + _INDENT),
        _style(SIGNER, of.FANG_SONG, of.BODY, exact + '<w:jc w:val="right"/>', keep=True),
        _style(DAY, of.FANG_SONG, of.BODY, exact + _indent_right(4) + '<w:jc w:val="right"/>'),
        _style(IMPRINT, of.FANG_SONG, of.NUMBER, exact),
        _style(WITNESS, of.SONG, of.SMALL, _spacing(12, "atLeast")),
        _style(CAPTION, of.HEI, of.BODY, exact + _CENTRED, keep=True),
        _style(HEAD, of.HEI, of.TABLE, at_least + _CENTRED, keep=True),
        _style(CELL, of.FANG_SONG, of.TABLE, at_least),
        _style(NUMBER, of.SONG, of.NUMBER, number),
        _style(DRAFT, of.HEI, of.NUMBER, number + _CENTRED),
        _style(RED_HEAD, of.SONG_TITLE, of.RED_HEAD, _red_head_spacing() + _CENTRED, red=True, keep=True),
        _style(
            DOCUMENT_NUMBER,
            of.FANG_SONG,
            of.BODY,
            _spacing(of.PITCH, "exact", around=2 * of.PITCH) + _CENTRED,
            border=_red_rule(),
            keep=True,
        ),
    ]
    return (
        f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(of.FANG_SONG)}<w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" '
        f'w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="{beside}" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        f'<w:right w:w="{beside}" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>{"".join(own)}</w:styles>'
    )


def _indent_right(characters: float) -> str:
    """So many characters of the body free at the end of a line."""
    return f'<w:ind w:rightChars="{round(characters * 100)}" w:right="{twips(characters * of.ADVANCE)}"/>'


def _spacing(pitch: float, rule: str, around: float = 0) -> str:
    return (
        f'<w:spacing w:before="{twips(around)}" w:after="{twips(around)}" w:line="{twips(pitch)}" w:lineRule="{rule}"/>'
    )


def _red_head_spacing() -> str:
    return f'<w:spacing w:before="{twips_of_mm(of.RED_HEAD_BELOW)}" w:after="0" w:line="{twips(of.BODY)}" w:lineRule="atLeast"/>'


def _red_rule() -> str:
    below = round(of.RULE_BELOW / of.POINT)
    return f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="{below}" w:color="{of.RED}"/></w:pBdr>'


def _style(
    identity: str, face: str, size: float, paragraph: str, *, border: str = "", red: bool = False, keep: bool = False
) -> str:
    """A style of paragraphs; type of the body's size is set closer, so that a line holds its characters, and no blank comes
    between Chinese and digits by itself.

    Marks may hang beyond the end of a line (``overflowPunct``), as WPS and Word draw them. LibreOffice takes the setting for its
    opposite: told so, it lets none hang; told otherwise, or nothing, it hangs them in justified lines and leaves them out of the PDF.
    """
    closer = f'<w:spacing w:val="{twips(of.CLOSER)}"/>' if size == of.BODY else ""
    colour = f'<w:color w:val="{of.RED}"/>' if red else ""
    half = round(2 * size)
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{identity}"><w:name w:val={quoteattr(NAMES[identity])}/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if keep else ""}<w:widowControl w:val="0"/>{border}'
        '<w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
        f'{paragraph}</w:pPr><w:rPr>{fonts(face)}{colour}{closer}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr></w:style>'
    )


def _settings() -> str:
    return (
        f'<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def _fonts() -> str:
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val={quoteattr(instead)}/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, instead in of.INSTEAD.items()
    )
    return f'<w:fonts xmlns:w="{_W}">{faces}<w:font w:name="{of.LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font></w:fonts>'


def _core() -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:language>zh-CN</dc:language></cp:coreProperties>'
    )


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "/word/document.xml": f"{word}.document.main+xml",
        "/word/styles.xml": f"{word}.styles+xml",
        "/word/settings.xml": f"{word}.settings+xml",
        "/word/fontTable.xml": f"{word}.fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    told = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(to: Sequence[tuple[str, str]], besides: str = "") -> str:
    told = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{escape(target)}"/>'
        for number, (kind, target) in enumerate(to, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{told}{besides}</Relationships>'
