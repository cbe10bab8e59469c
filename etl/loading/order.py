"""Which workbooks a command names, in the order in which they can be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

_FIRST = ("初报", "初稿", "草稿")
ENDINGS = {
    ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".et", ".xml", ".csv", ".html", ".htm", ".mht", ".mhtml",
}  # fmt: skip


def workbooks(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named; a folder stands for the workbooks in it, by name. Lock files (~$…) are no workbooks."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*"), key=_by_name):
            if file.is_file() and file.suffix.lower() in ENDINGS and not file.name.startswith(("~$", ".")):
                yield file


def _by_name(file: Path) -> tuple[Path, bool, str]:
    """By name without ending, so that 五月 comes before 五月-更正; what calls itself a first report comes first."""
    return file.parent, not any(word in file.stem for word in _FIRST), file.stem
