"""The mark of personal columns on its way to those who show rows: stored with where the tables of a workbook stood.

Who shows rows knows no declarations of columns, only what was written with the workbook; so what its kind declares is
written there. It says which columns are open, not which are personal: where nothing was written, all is hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.kinds.kind import Kind, Stored
from etl.table.declaration import Cells
from etl.table.headings.header import Found

OPEN, DOCUMENTS, KNOWN_BY = "open", "documents", "known_by"


def layout_of(kind: Kind | None, found: Mapping[str, Found]) -> dict[str, Any]:
    """Where the tables stood, each with its open columns, those among them that hold numbers of documents, and whether
    the words by which its rows are known are ``open``, ``documents`` or ``personal``.
    """
    stored = {one.sheet.key: one for one in kind.stored} if kind is not None else {}
    return {key: {**table.as_stored(), **_marks(stored.get(key))} for key, table in found.items()}


def _marks(stored: Stored | None) -> dict[str, Any]:
    if stored is None:
        return {}
    documents = [column for column in stored.sheet.columns if column.cells is Cells.DOCUMENT]
    return {
        OPEN: stored.open_titles,
        DOCUMENTS: [column.title for column in documents],
        KNOWN_BY: _known_by(stored, {column.key for column in documents}),
    }


def _known_by(stored: Stored, documents: set[str]) -> str:
    if not stored.identity_is_open:
        return "personal"
    return DOCUMENTS if documents.intersection(key.removesuffix("_key") for key in stored.identity) else OPEN
