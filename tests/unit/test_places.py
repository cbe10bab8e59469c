"""Where sentences, colours and versions stand: in the places that are made for them, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
ROOMS = ("data", "etl", "dashboards")
OF_THE_DEMO = "etl/demo/"
"""Offices write their own workbooks there, in their own words and colours."""
WORDS = {
    "etl/kinds/": "what the columns of each kind say, as their forms have it",
    "etl/template/words.py": "what templates say",
    "etl/annotate/words.py": "what marked workbooks say",
    "etl/table/messages.py": "what problems say, with a label to be copied",
    "etl/table/own_sheets.py": "by which our own sheets are known",
    "dashboards/results/plan_book.py": "what the workbook of a plan says, which is read back",
    "etl/reading/numerals.py": "figures",
    "etl/table/headings/labels.py": "figures",
    "etl/table/rows/words.py": "characters by which rows are known",
    "etl/table/values/document_numbers.py": "figures",
}
COLOURS = {
    "dashboards/components/theme.py": "what is transparent; all else it reads from the style sheet",
    "etl/template/colours.py": "of workbooks that go out",
}
SENTENCE = re.compile(r"[\u4e00-\u9fff].*[，。；：].*[\u4e00-\u9fff]|[\u4e00-\u9fff]{9}", re.S)
"""Names, units and endings that are data are shorter, and have no marks of a sentence in them."""
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|FF[0-9A-F]{6}|rgba?\(.*|hsla?\(.*")
IN_CSS = re.compile(r":[^;{}]*?(#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\()")
PATTERN = re.compile(r"\[|\\|\(\?")

NEEDED_OTHERWISE = {
    "bootstrap-flask": "its style sheet is served (dashboards/web/shell.py)",
    "defusedxml": "openpyxl reads XML with it where it is there",
    "flask-compress": "Dash compresses what it answers with it (app.py)",
    "gunicorn": "deploy/gunicorn.conf.py",
    "pillow": "openpyxl keeps the pictures of a marked workbook with it",
    "psycopg": "SQLAlchemy speaks with PostgreSQL through it",
    "psycopg-binary": "what psycopg runs on",
}
TOOLS = {
    "import-linter", "mypy", "pandas-stubs", "pytest-randomly", "pytest-xdist", "ruff", "types-openpyxl", "types-pyyaml",
}  # fmt: skip


def _files(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations/versions" not in path.as_posix():
                yield path


@cache
def _texts(path: Path) -> list[tuple[int, str]]:
    """Every text of a file that is no docstring, also those within f-strings, with its line."""
    return [
        (child.lineno, child.value)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for child in ast.iter_child_nodes(node)
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr)
    ]


def _strange(pattern: re.Pattern[str], places: dict[str, str], *, whole: bool) -> list[str]:
    """Texts outside the places that match; patterns by which texts are recognised are none."""
    found = []
    for path in _files(*ROOMS):
        name = path.relative_to(ROOT).as_posix()
        if name.startswith((OF_THE_DEMO, *places)):
            continue
        for line, text in _texts(path):
            matches = pattern.fullmatch(text) if whole else pattern.search(text) and not PATTERN.search(text)
            if matches:
                found.append(f"{name}:{line} {text}")
    return found


def test_sentences_stand_in_the_catalogue_or_with_the_forms() -> None:
    """What is said to people is a message of the catalogue, or the words of a form in that form's own file."""
    assert _strange(SENTENCE, WORDS, whole=False) == []


def test_colours_stand_in_the_style_sheet_or_with_the_workbooks() -> None:
    """A colour of pages and charts is a token of the style sheet; one of workbooks stands with their colours."""
    assert _strange(COLOUR, COLOURS, whole=True) == []


def test_style_sheets_take_their_colours_from_the_tokens() -> None:
    """All other style sheets name colours by token, so that light, dark and paper are settled in one file."""
    sheets = [path for path in (ROOT / "assets").glob("*.css") if path.name != "10_tokens.css"]
    assert len(sheets) > 1
    written = [found for path in sheets for found in IN_CSS.findall(path.read_text(encoding="utf-8"))]
    assert written == []


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pins(file: str) -> set[str]:
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
    return {_normal(line.partition("==")[0]) for line in lines if "==" in line and not line.startswith("#")}


def _needed_by(pins: set[str]) -> set[str]:
    """What the pinned packages ask for themselves."""
    asked = [Requirement(one) for pin in pins for one in metadata.requires(pin) or ()]
    return {_normal(one.name) for one in asked if one.marker is None or one.marker.evaluate({"extra": ""})}


def _imported(*rooms: str) -> set[str]:
    """Packages whose modules are imported there."""
    files = [*_files(*rooms), ROOT / "app.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    modules = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.M))
    return {
        _normal(name)
        for module, names in metadata.packages_distributions().items()
        if module in modules
        for name in names
    }


@pytest.mark.parametrize(
    ("file", "rooms", "otherwise"),
    [
        ("requirements.txt", ROOMS, set(NEEDED_OTHERWISE)),
        ("requirements-dev.txt", (*ROOMS, "tests"), TOOLS),
    ],
)
def test_every_pin_is_used(file: str, rooms: tuple[str, ...], otherwise: set[str]) -> None:
    """A version is pinned for what is imported, for what such a package needs, or for a reason that is named."""
    pins = _pins(file)
    known = _imported(*rooms) | otherwise
    while more := (_needed_by(known & pins) & pins) - known:
        known |= more
    assert pins - known == set()
    assert otherwise - pins == set()
