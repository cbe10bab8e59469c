"""A note's raised digit is no digit of a number, and what is struck out is no part of it, in every format that can say so."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping

import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span

from etl.reading.workbook import read_workbook
from etl.table.cells import Wrong
from etl.table.values.numbers import count
from tests.integration.formats import SHEET_1, repacked, spreadsheetml, xlsx, xlsx_with_shared_texts
from tests.integration.ledgers import Book

Run = tuple[str, str]
"""A text and how it is seen: raised, struck, bold."""
_OOXML = {"raised": '<vertAlign val="superscript"/>', "struck": "<strike/>", "bold": "<b/>", "": ""}
_HTML = {"raised": "sup", "struck": "s", "bold": "b", "": "span"}


def _book() -> Book:
    return Book({"表": [["甲", "MARK"], ["乙", "丙"]]})


def _runs(runs: list[Run]) -> bytes:
    return "".join(f"<r><rPr>{_OOXML[how]}</rPr><t>{text}</t></r>" for text, how in runs).encode()


def _in_cells(runs: list[Run]) -> bytes:
    def sheet(xml: bytes) -> bytes:
        return re.sub(rb"<c r=\"B1\".*?</c>", b'<c r="B1" t="inlineStr"><is>%s</is></c>' % _runs(runs), xml)

    return repacked(xlsx(_book()), {SHEET_1: sheet})


def _in_shared_texts(runs: list[Run]) -> bytes:
    def texts(xml: bytes) -> bytes:
        changed = re.sub(rb"<t[^>]*>MARK</t>", _runs(runs), xml)
        assert changed != xml
        return changed

    return repacked(xlsx_with_shared_texts(_book()), {"xl/sharedStrings.xml": texts})


def _in_spreadsheetml(runs: list[Run]) -> bytes:
    html = "".join(f"<{_HTML[how].title()}>{text}</{_HTML[how].title()}>" for text, how in runs)
    data = f'<ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">{html}</ss:Data>'
    return spreadsheetml(_book()).replace(b'<Data ss:Type="String">MARK</Data>', data.encode())


def _in_opendocument(runs: list[Run]) -> bytes:
    document = OpenDocumentSpreadsheet()
    properties = {"raised": {"textposition": "super 58%"}, "struck": {"textlinethroughstyle": "solid"}}
    for name in _HTML:
        style = Style(name=name or "plain", family="text")
        style.addElement(TextProperties(**properties.get(name, {"fontweight": "bold"})))
        document.automaticstyles.addElement(style)
    table, row, line = Table(name="表"), TableRow(), P()
    for text, how in runs:
        line.addElement(Span(stylename=how or "plain", text=text))
    for content in (P(text="甲"), line):
        cell = TableCell(valuetype="string")
        cell.addElement(content)
        row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    packed = io.BytesIO()
    document.write(packed)
    return packed.getvalue()


def _in_web_page(runs: list[Run]) -> bytes:
    html = "".join(f"<{_HTML[how]}>{text}</{_HTML[how]}>" for text, how in runs)
    return f"<html><meta charset=utf-8><table><tr><td>甲</td><td>{html}</td></tr></table></html>".encode()


WRITTEN: Mapping[str, Callable[[list[Run]], bytes]] = {
    "cells": _in_cells, "shared texts": _in_shared_texts, "SpreadsheetML": _in_spreadsheetml,
    "OpenDocument": _in_opendocument, "web page": _in_web_page,
}  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN)
def test_no_part_of_the_number(written: str) -> None:
    """``3¹`` is no 31 and 5, struck out before 3, no 53; two runs of one number that only look different are that number."""
    seen = {
        how: read_workbook(WRITTEN[written](runs)).sheets[0].rows()[0]
        for how, runs in {
            "raised": [("3", ""), ("1", "raised")],
            "struck": [("5", "struck"), ("3", "")],
            "bold": [("1", "bold"), ("3", "")],
        }.items()
    }
    assert (seen["raised"], seen["struck"]) == (["甲", "3¹"], ["甲", "5\u03363"])
    assert (seen["bold"][0], count(seen["bold"][1])) == ("甲", 13)
    for how in ("raised", "struck"):
        with pytest.raises(Wrong):
            count(seen[how][1])
