"""A workbook of one kind, ready to fill in for one unit and period; filled in it loads without options (CONTRACT section 2)."""

from __future__ import annotations

import io

from openpyxl import Workbook
from sqlalchemy import Connection

from data.zone.periods import Period
from data.zone.zone import Unit, Zone
from etl.kinds.kind import Kind
from etl.table.own_sheets import META
from etl.template.addressee import Addressee
from etl.template.legend import add_enterprises, add_legend
from etl.template.prefilled import enterprises, is_complete, lines
from etl.template.sheets import Lists, add_sheet

VERSION = "1"


def template(connection: Connection, zone: Zone, kind: Kind, unit: Unit, period: Period) -> bytes:
    """The .xlsx file. The period is one of the kind's own frequency, the unit one that files the kind: the caller asks that."""
    asked = Addressee(connection, zone, unit, period)
    book = Workbook()
    book.remove(book.worksheets[0])
    lists = Lists(book)
    tables = [spec for spec in kind.tables if spec.in_template]
    if any({"enterprise", "credit_code"} <= {column.key for column in spec.columns} for spec in tables):
        known = enterprises(asked)
        if known:
            add_enterprises(book, known)
    for spec in tables:
        beforehand = lines(asked, kind.code, spec.key)
        add_sheet(lists, spec, zone, unit.name, period, beforehand, complete=is_complete(kind.code, spec.key))
    add_legend(book, kind, zone, period)
    for position, spec in enumerate(tables):
        sheet = book[spec.title]
        book.move_sheet(sheet, position - book.sheetnames.index(spec.title))
    book.active = 0
    _add_meta(book, {"kind": kind.code, "unit": unit.code, "period": str(period), "template": VERSION})
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _add_meta(book: Workbook, said: dict[str, str]) -> None:
    sheet = book.create_sheet(META)
    sheet.sheet_state = "hidden"
    for key, value in said.items():
        sheet.append([key, value])
        sheet.cell(sheet.max_row, 2).number_format = "@"
