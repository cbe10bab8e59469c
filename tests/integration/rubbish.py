"""Workbooks of which nearly every cell is wrong, written straight as XML: an honest library takes too long over them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from tests.integration.ledgers import LEDGER_HEADER, ledger

_SPACE = "http://schemas.openxmlformats.org"
_RIGHT = {"被检查单位": "企业{row}", "检查人员": "张伟、李娜", "检查文书号": "检{row}号"}
_BLANK = {"序号", "处罚决定书号", "处罚种类", "备注"}
WRONG_COLUMNS = len(LEDGER_HEADER) - len(_RIGHT) - len(_BLANK) - 1
"""属地 takes any text."""


def rubbish(path: Path, rows: int) -> Path:
    """A ledger of which twelve cells of every row say something of their own that they may not say."""
    return _write(path, [LEDGER_HEADER, *(_wrong(row) for row in range(1, rows + 1))])


def wide(path: Path, rows: int = 300, columns: int = 200, length: int = 1_000) -> Path:
    """A ledger among columns that nobody knows, with a long text in every cell."""
    unknown = [f"列{number}{'长' * 180}" for number in range(columns - len(LEDGER_HEADER))]
    texts = ([f"{row}/{column}{'长文' * (length // 2)}" for column in range(columns)] for row in range(rows))
    return _write(path, [[*LEDGER_HEADER, *unknown], *texts])


def _wrong(row: int) -> list[str]:
    return [
        "" if title in _BLANK else _RIGHT[title].format(row=row) if title in _RIGHT else f"x{row}y{column}"
        for column, title in enumerate(LEDGER_HEADER)
    ]


def _write(path: Path, rows: Iterable[Sequence[str]]) -> Path:
    types = f'<?xml version="1.0"?><Types xmlns="{_SPACE}/package/2006/content-types">' + "".join(
        (
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
            '<Default Extension="xml" ContentType="application/xml"/>',
            _override("workbook.xml", "sheet.main"),
            _override("worksheets/sheet1.xml", "worksheet"),
            _override("worksheets/sheet2.xml", "worksheet"),
            "</Types>",
        )
    )
    main = f'xmlns="{_SPACE}/spreadsheetml/2006/main" xmlns:r="{_SPACE}/officeDocument/2006/relationships"'
    sheets = (
        '<sheet name="执法检查台账" sheetId="1" r:id="r1"/><sheet name="_meta" sheetId="2" r:id="r2" state="hidden"/>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml")))
        package.writestr("xl/workbook.xml", f"<workbook {main}><sheets>{sheets}</sheets></workbook>")
        package.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations(("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")),
        )
        for number, table in enumerate((rows, ledger().meta.items()), start=1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                part.writelines(one.encode() for one in _sheet(table, main))
    return path


def _override(part: str, kind: str) -> str:
    content = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    return f'<Override PartName="/xl/{part}" ContentType="{content}"/>'


def _relations(*parts: tuple[str, str]) -> str:
    related = "".join(
        f'<Relationship Id="r{number}" Type="{_SPACE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{_SPACE}/package/2006/relationships">{related}</Relationships>'


def _sheet(rows: Iterable[Sequence[str]], main: str) -> Iterator[str]:
    yield f"<worksheet {main}><sheetData>"
    for number, row in enumerate(rows, start=1):
        cells = "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        yield f'<row r="{number}">{cells}</row>'
    yield "</sheetData></worksheet>"
