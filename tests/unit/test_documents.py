"""What documents list is what the program has."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from dashboards.commands.reports import DOCUMENTS as DOCUMENTS_OF
from dashboards.commands.reports import PICTURES, WITHOUT_DOCUMENTS, Report, ReportFormat
from data.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ROOMS = ("assets", "dashboards", "data", "deploy", "docs", "etl", "tests")
NAMED_FILE = re.compile(rf"`((?:(?:{'|'.join(ROOMS)})/[\w./*-]+|app\.py|\.[\w-]+\.ya?ml))(?:::(\w+))?`")
NAMED_CODE = re.compile(r"`((?:app|data|etl|dashboards|tests)(?:\.(?!py`)\w+)+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
MADE_AT_WORK = ("data/var/", "data/translations/*/")
"""What lies there is made by the program, or stands for any language."""


def _named(documents: list[Path], pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """(document, what it names), each once."""
    return sorted({(str(path.relative_to(ROOT)), one) for path in documents for one in _finds(path, pattern)})


def _finds(path: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    examples = set(re.findall(r"```python\n# (\S+)\n", text))
    for one in pattern.finditer(text):
        if one[1] not in examples:
            yield one[1]


def test_every_setting_is_documented() -> None:
    """docs/settings.md has a line for each setting, with its description."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`SUPERVISION_{name.upper()}`" in text
        assert field.description in text


def test_every_form_of_every_report_is_documented() -> None:
    """docs/documents.md has a column for each, and says of which there is none: those that a command refuses."""
    text = (ROOT / "docs" / "documents.md").read_text(encoding="utf-8")
    (head,) = re.findall(r"^\| report \| (table .*) \|$", text, re.M)
    rows = dict(re.findall(r"^\| `(\w+)` \| ([✓—][✓—| ]*) \|$", text, re.M))
    assert head.split(" | ") == list(ReportFormat)
    assert set(rows) == set(Report)
    for report, row in rows.items():
        none = {form for form, said in zip(ReportFormat, row.split(" | "), strict=True) if said == "—"}
        assert none == (DOCUMENTS_OF | PICTURES if report in WITHOUT_DOCUMENTS else set())


@pytest.mark.parametrize(("document", "file"), _named(DOCUMENTS, NAMED_FILE))
def test_named_files_exist(document: str, file: str) -> None:
    """A file that is moved or gone takes along every sentence about it; what is to come stands in the contract's list."""
    if not file.startswith(MADE_AT_WORK) and file not in _to_come():
        assert is_there(file), document


@cache
def _to_come() -> frozenset[str]:
    contract = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| files \| (.*) \|$", contract, re.M)
    assert len(lines) <= 1
    return frozenset(re.findall(r"`(.+?)`", "".join(lines)))


def test_files_to_come_are_not_there_yet() -> None:
    """What is built leaves the list."""
    assert [file for file in _to_come() if is_there(file)] == []


def is_there(file: str) -> bool:
    """Whether a path, or any that fits its stars, exists."""
    return any(ROOT.glob(file.rstrip("/")))


@pytest.mark.parametrize(("document", "link"), _named(DOCUMENTS, LINK))
def test_links_lead_somewhere(document: str, link: str) -> None:
    """Links between documents lead to a file, and to a heading in it."""
    if not link.startswith(("http:", "https:")):
        path, _hash, heading = link.partition("#")
        target = (ROOT / document).parent / path if path else ROOT / document
        assert target.exists()
        assert not heading or heading in _anchors(target)


def test_every_document_is_found_from_the_readme() -> None:
    """Link by link one comes from the README to every document there is."""
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        document = ahead.pop()
        reached.add(document)
        if document.suffix == ".md":
            links = [link.partition("#")[0] for link in LINK.findall(document.read_text(encoding="utf-8"))]
            targets = {(document.parent / link).resolve() for link in links if link and not link.startswith("http")}
            ahead += [one for one in targets - reached if one.is_file()]
    assert {one for one in (*DOCUMENTS, *(ROOT / "docs").glob("*.txt")) if one.resolve() not in reached} == set()


def _anchors(document: Path) -> set[str]:
    """The headings of a document as GitHub names them in links."""
    heads = re.findall(r"^#+ (.*)$", document.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("document", "name"), _named(DOCUMENTS, NAMED_CODE))
def test_named_code_exists(document: str, name: str) -> None:
    """Every module, class, function and constant that a document names by its full path is there."""
    assert is_defined(name), document


def is_defined(name: str) -> bool:
    """Whether ``package.module.name`` is there, told by the text of the module alone."""
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:size])
        if (path / "__init__.py").exists() and size == len(parts):
            return True
        if path.with_suffix(".py").exists():
            return _defines(ast.parse(path.with_suffix(".py").read_text(encoding="utf-8")).body, parts[size:])
    return False


def _defines(body: list[ast.stmt], names: list[str]) -> bool:
    if not names:
        return True
    for one in body:
        match one:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) if name == names[0]:
                return _defines(one.body, names[1:])
            case ast.Assign(targets=targets) if names[0] in {
                leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)
            }:
                return len(names) == 1
            case ast.AnnAssign(target=ast.Name(id=name)) if name == names[0]:
                return len(names) == 1
    return False


def test_what_is_not_there_is_found() -> None:
    """The tests above can fail: neither a file nor a name that nobody wrote is there, though their neighbours are."""
    assert is_there("etl/worker.py")
    assert not is_there("etl/walker.py")
    assert is_defined("etl.loading.load.Loader.load")
    assert is_defined("data.intake.archive.Archive")
    assert not is_defined("etl.loading.load.Loader.unload")
    assert not is_defined("etl.unloading")


def test_hooks_run_the_projects_own_tools() -> None:
    """What looks at a commit is what `make lint` runs, from the environment that is there: nothing is fetched."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    lint = re.findall(r"^lint:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)[0]
    named = {hook["entry"].split()[0] for repository in hooks["repos"] for hook in repository["hooks"]}
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    assert named == {f".venv/bin/{tool}" for tool in re.findall(r"\$\(BIN\)/([\w-]+)", lint)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_point_at_nothing_outside(document: Path) -> None:
    """Whoever has the repository has all that its documents speak of."""
    text = document.read_text(encoding="utf-8")
    assert "shared/" not in text
    assert not re.search(r"(?<![\w.])/(?:work|home|root|tmp)/", text)
