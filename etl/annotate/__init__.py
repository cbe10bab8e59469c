"""The sender's own workbook back, with every problem marked at its cell and listed on a sheet of its own.

The workbook is as hostile as on its way in, so it is opened in a process of its own with the reader's limits.
openpyxl keeps formats, formulas, pictures, charts, validations and other sheets; what it cannot keep is lost: macros
(on purpose), text boxes and shapes, form controls, and the stored results of formulas, which Excel and WPS compute
again on opening. Other formats than .xlsx come back as .xlsx: through LibreOffice where it is installed and keeps
every value, else (and where openpyxl cannot open an .xlsx, and of web pages and CSV) rebuilt from the values that were
read, without formats.
"""

from __future__ import annotations

import json
import logging
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from data.environment import bare_environment
from data.intake.accounted import OF_COURSE, left_out_sentence
from data.intake.anchors import Anchor
from data.language import gettext as _
from data.people.scope import TOLD_TO_THE_OFFICE
from etl.annotate.office import Unconverted, to_xlsx
from etl.kinds.registry import KINDS
from etl.table.headings.names import header_name
from etl.table.left_out import LeftOut
from etl.table.messages import sentence
from etl.table.problems import Problem

log = logging.getLogger("etl.annotate")
LENGTH = struct.Struct(">Q")
OTHER_FORMAT = 10
"""Exit code of the child for what openpyxl cannot open or an office program did not keep; it then says the suffix."""
_ROOT = Path(__file__).parents[2]
_WHOLE_FILE = frozenset({"not_a_workbook", "encrypted", "too_large", "program_error"})


class NotAnnotated(Exception):
    """There is no annotated workbook; the text says why, for people."""


def annotated(
    content: bytes,
    problems: Sequence[Problem],
    memory_mib: int = 1024,
    seconds: float = 60.0,
    *,
    left_out: Sequence[LeftOut] = (),
    layout: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    anchor: Anchor | None = None,
) -> bytes:
    """The workbook as .xlsx with its problems and what was left out marked; NotAnnotated where that cannot be done within
    the limits.

    ``layout`` tells where the tables' headers stand: a column is marked from there on. ``anchor`` is what the workbook
    carries of the journal, at the end of the list and in its properties.
    It may reach the unit, so what only the office is told is not marked in it.

    ``memory_mib`` and ``seconds`` are the reader's (Settings.reader_memory_mib, reader_seconds); of the time every
    step has as much. Sentences are in the language in use.
    """
    if any(problem.code in _WHOLE_FILE for problem in problems):
        raise NotAnnotated(_("The file cannot be opened, so there is no annotated workbook."))
    notes = [_note(problem) for problem in problems if problem.code not in TOLD_TO_THE_OFFICE]
    given = {
        "problems": notes,
        "left_out": [_unread(one, layout) for one in left_out if one.why not in OF_COURSE],
        "anchor": None if anchor is None else {"journal": anchor.spoken, "former": anchor.former or ""},
    }
    child = _Child(json.dumps(given).encode(), content, memory_mib, seconds)
    marked, suffix = child.run("mark")
    if marked is None and suffix is not None:
        try:
            marked, _suffix = child.run("mark", to_xlsx(content, suffix, memory_mib, seconds))
        except Unconverted:
            marked = None
        if marked is None:
            marked, _suffix = child.run("rebuild")
    if marked is None:
        raise NotAnnotated(
            _("The workbook is too large or too unusual to be annotated; the list of problems is complete.")
        )
    return marked


def _note(problem: Problem) -> dict[str, object]:
    near = problem.parameters.get("near_cell")
    cells = problem.cells or ((problem.cell,) if problem.cell else (near,) if near else ())
    return {
        "error": problem.is_error,
        "sheet": problem.sheet,
        "cells": list(cells),
        "count": problem.count,
        "column": problem.column,
        "headers": _headers(problem.column) if problem.column and not cells else [],
        "value": problem.value,
        "message": sentence(problem),
    }


def _unread(one: LeftOut, layout: Mapping[str, Mapping[str, Any]]) -> dict[str, object]:
    """What was left out, its sentence, and in which row the header of its table stands (1 where there is none)."""
    header_row = next((told["header_row"] for told in layout.values() if told["sheet"] == one.sheet), 1)
    stored = one.as_dict()
    return {
        **stored,
        "first": one.first,
        "last": one.last,
        "header_row": header_row,
        "message": left_out_sentence(stored),
    }


def _headers(title: str) -> list[str]:
    """Every writing of the header of a column with this title."""
    columns = [column for kind in KINDS.values() for spec in kind.tables for column in spec.columns]
    written = {name for column in columns if column.title == title for name in (column.title, *column.aliases)}
    return sorted(header_name(name) for name in {title, *written})


class _Child:
    """Runs ``etl.annotate.child`` on one workbook and its problems."""

    def __init__(self, notes: bytes, content: bytes, memory_mib: int, seconds: float) -> None:
        self._given = (LENGTH.pack(len(notes)), notes, LENGTH.pack(len(content)), content)
        self._memory_mib = memory_mib
        self._seconds = seconds

    def run(self, job: str, converted: bytes = b"") -> tuple[bytes | None, str | None]:
        """The bytes that it made, or the suffix of a format that it cannot open, or neither."""
        try:
            done = subprocess.run(  # noqa: S603  # our own module, no shell
                [sys.executable, "-m", "etl.annotate.child", job, str(self._memory_mib)],
                input=b"".join((*self._given, converted)),
                capture_output=True,
                env=bare_environment(PYTHONPATH=str(_ROOT)),
                timeout=self._seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            log.warning("annotating (%s) took more than %s seconds", job, self._seconds)
            return None, None
        if done.returncode == OTHER_FORMAT:
            return None, done.stdout.decode()
        if done.returncode == 0:
            return done.stdout, None
        log.warning("annotating (%s) failed: %s", job, done.stderr.decode(errors="replace")[-80:].strip())
        return None, None
