"""Which workbooks a command names, in the order in which they can be loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from data.intake.inbox import Choice
from data.zone.zone import Zone
from etl.checking.recognise import recognise
from etl.kinds.registry import KINDS
from etl.reading.limits import Unreadable
from etl.reading.reader import Reader

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


def in_loading_order(books: Reader, zone: Zone, paths: Sequence[Path], choice: Choice) -> list[Path]:
    """Paths so that what is referred to comes first: by kind, then by period, then as they were named."""
    if len(paths) < 2:
        return list(paths)
    following = [*paths[1:], None]
    places = [_place(books, zone, path, then, choice) for path, then in zip(paths, following, strict=True)]
    return [paths[number] for number in sorted(range(len(paths)), key=places.__getitem__)]


def _place(books: Reader, zone: Zone, path: Path, then: Path | None, choice: Choice) -> tuple[int, str]:
    try:
        known = recognise(books.read(path, then=then, keep=True), choice, zone)
    except Unreadable:
        return (len(KINDS) * 100, "")
    return (known.kind.order if known.kind else len(KINDS) * 100, str(known.period or ""))
