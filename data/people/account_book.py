"""Accounts from a workbook: one row a person in, one row with a one-time password out. All problems at once, nothing half done."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Connection, select

from data.harmless import harmless
from data.language import gettext as _
from data.people.accounts import Accounts, Field, Wanted, normal_name, problems
from data.people.passwords import hashed, one_time_password
from data.people.scope import Role
from data.schema.accounts import account as account_table
from data.store import database_errors, reader
from data.zone.normal import compact, document_key, plain
from data.zone.zone import Zone, read_zone

HEADERS: dict[Field, str] = {"name": "账号", "display_name": "姓名", "role": "角色", "unit": "单位"}
PASSWORD_HEADER = "一次性密码"  # noqa: S105  # the header of a column
ROLES = {"查看": Role.VIEWER, "单位": Role.UNIT, "办公室": Role.OFFICE, "管理员": Role.ADMIN}
ROLE_NAMES = {role: name for name, role in ROLES.items()}
LARGEST = 2 * 2**20
MOST_ROWS = 2000
_HEADER_WITHIN = 15
Watched = Callable[[Sequence[tuple[Wanted, str]]], Iterable[tuple[Wanted, str]]]
"""Goes through what takes a while, and may show how far it is."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong at one cell of the workbook, None for all of it."""

    cell: str | None
    sentence: str

    def __str__(self) -> str:
        return self.sentence if self.cell is None else f"{self.cell}: {self.sentence}"


class BookRefused(ValueError):
    """A workbook of accounts with problems; nothing of it was done."""

    def __init__(self, found: Sequence[CellProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in found))
        self.problems = tuple(found)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as it was read, and where each of its cells stands."""

    texts: dict[Field, str]
    cells: dict[Field, str]


def import_accounts(
    accounts: Accounts, path: Path, output: Path, *, by: str, at: datetime, watched: Watched = iter
) -> int:
    """Make the accounts of a workbook and write their one-time passwords to a new file that only its owner may read.

    Returns how many. BookRefused with all problems, AccountRefused where somebody made one of them meanwhile;
    FileExistsError where the output is there already.
    """
    rows = _read(path)
    with database_errors(), reader(accounts.url).connect() as connection:
        zone = read_zone(connection, accounts.zone)
        taken = _taken(connection, zone.code)
    wanted = _understood(rows, zone, taken)
    made = [(one, one_time_password()) for one in wanted]
    hashes = [hashed(password) for _one, password in watched(made)]
    with _new_private_file(output) as file, accounts.configuring() as work:
        for one, _password in made:
            accounts.check_new(work.connection, one)
        _write(made, zone, file)  # what can still fail comes before the first line of the journal
        for (one, _password), password_hash in zip(made, hashes, strict=True):
            accounts.insert(work, one, password_hash, by=by, at=at)
    return len(made)


def _taken(connection: Connection, zone: str) -> set[str]:
    return set(connection.execute(select(account_table.c.account).where(account_table.c.zone == zone)).scalars())


def _read(path: Path) -> list[_Row]:
    """The filled rows under the header of the first sheet; BookRefused where there is no such table."""
    if path.stat().st_size > LARGEST:
        raise BookRefused([CellProblem(None, _("The file is too large for a list of accounts."))])
    try:
        with path.open("rb") as file:
            sheet = load_workbook(file, data_only=True).worksheets[0]
    except (BadZipFile, InvalidFileException, LookupError, ValueError, TypeError, AttributeError, SyntaxError) as error:
        raise BookRefused([CellProblem(None, _("The file is not a readable .xlsx workbook."))]) from error
    if sheet.max_row > MOST_ROWS + _HEADER_WITHIN:
        raise BookRefused([CellProblem(None, _("The table has more than %(most)s rows.", most=MOST_ROWS))])
    header, columns = _header(sheet)
    rows = [
        _Row(
            {field: _text(sheet.cell(number, column).value) for field, column in columns.items()},
            {field: f"{get_column_letter(column)}{number}" for field, column in columns.items()},
        )
        for number in range(header + 1, sheet.max_row + 1)
    ]
    filled = [row for row in rows if any(row.texts.values())]
    if not filled:
        raise BookRefused([CellProblem(None, _("The table has no rows."))])
    return filled


def _header(sheet: Worksheet) -> tuple[int, dict[Field, int]]:
    """The header's row, and the column of each field."""
    for number in range(1, min(_HEADER_WITHIN, sheet.max_row) + 1):
        texts = [compact(_text(cell.value)) for cell in sheet[number]]
        if HEADERS["name"] in texts:
            missing = [header for header in HEADERS.values() if header not in texts]
            if missing:
                sentence = _("The columns %(names)s are missing.", names="、".join(missing))
                raise BookRefused([CellProblem(f"A{number}", sentence)])
            return number, {field: texts.index(header) + 1 for field, header in HEADERS.items()}
    names = "、".join(HEADERS.values())
    raise BookRefused([CellProblem(None, _("The first sheet has no header with %(names)s.", names=names))])


def _text(value: Any) -> str:
    """A cell as text; a number without decimals as people read it."""
    if value is None:
        return ""
    return document_key(str(value)) if isinstance(value, float) else plain(str(value))


def _understood(rows: Sequence[_Row], zone: Zone, taken: set[str]) -> list[Wanted]:
    """The accounts that the rows ask for; BookRefused with everything that is wrong."""
    found: list[CellProblem] = []
    wanted: list[Wanted] = []
    first: dict[str, str] = {}
    for row in rows:
        found += (CellProblem(row.cells[field], sentence) for field, sentence in _wrong(row, zone, taken, first))
        role = _role(row.texts["role"])
        if role is not None:
            wanted.append(_wanted(row, role, zone))
        first.setdefault(normal_name(row.texts["name"]), row.cells["name"])
    if found:
        raise BookRefused(found)
    return wanted


def _wrong(row: _Row, zone: Zone, taken: set[str], first: dict[str, str]) -> Iterator[tuple[Field, str]]:
    name, role = normal_name(row.texts["name"]), _role(row.texts["role"])
    if name in taken:
        yield "name", _("There is an account %(name)s already.", name=name)
    if name and name in first:
        yield "name", _("This account stands in %(cell)s already.", cell=first[name])
    if role is None:
        yield "role", _("The role must be one of %(roles)s.", roles="、".join(ROLES))
    for field, sentence in problems(_wanted(row, role or Role.VIEWER, zone), zone.unit_by_code):
        if field != "unit" or role is not None:
            yield field, sentence


def _wanted(row: _Row, role: Role, zone: Zone) -> Wanted:
    text = row.texts["unit"]
    unit = zone.find_unit(text) if text else None
    return Wanted(row.texts["name"], row.texts["display_name"], role, unit.code if unit else text or None)


def _role(text: str) -> Role | None:
    key = compact(text).lower()
    return ROLES.get(key) or (Role(key) if key in set(Role) else None)


@contextmanager
def _new_private_file(path: Path) -> Iterator[BinaryIO]:
    """A file that was not there and that only its owner may read; gone again if what is done with it fails."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        try:
            yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def _write(made: Sequence[tuple[Wanted, str]], zone: Zone, file: BinaryIO) -> None:
    """One row an account, all as text, on the disk before anything is committed."""
    book = Workbook()
    sheet = book.worksheets[0]
    lines = [(*HEADERS.values(), PASSWORD_HEADER)]
    for one, password in made:
        unit = zone.unit_by_code[one.unit].name if one.unit else ""
        lines.append((normal_name(one.name), plain(one.display_name), ROLE_NAMES[one.role], unit, password))
    for number, line in enumerate(lines, start=1):
        for column, text in enumerate(line, start=1):
            sheet.cell(number, column, harmless(text)).data_type = "s"  # never a formula
    for column in range(1, len(lines[0]) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    book.save(file)
    file.flush()
    os.fsync(file.fileno())
