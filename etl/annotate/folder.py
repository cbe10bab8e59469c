"""Annotated workbooks in a folder, for the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from data.intake.anchors import at_present
from data.intake.archive import Archive
from data.language import gettext as _
from data.people.scope import TOLD_TO_THE_OFFICE
from data.settings import Settings
from data.store import database_errors, reader
from etl.annotate import NotAnnotated, annotated
from etl.loading.outcome import Outcome

ENDING = "-批注"


def write_annotated(found: Mapping[Path, Outcome], folder: Path, settings: Settings) -> Iterator[str]:
    """Write ``<name>-批注.xlsx`` for every workbook with problems; a sentence about each. No workbook that was read is overwritten."""
    taken = {path.resolve() for path in found}
    with database_errors(), reader(settings.database_url).connect() as connection:
        anchor = at_present(connection, Archive(settings.archive_dir), settings.zone)
    for path, outcome in found.items():
        if not any(problem.code not in TOLD_TO_THE_OFFICE for problem in outcome.problems):
            continue
        target = _free(folder, path.stem.removesuffix(ENDING) + ENDING, taken)
        try:
            content = annotated(
                path.read_bytes(), outcome.problems, settings.reader_memory_mib, settings.reader_seconds,
                left_out=outcome.left_out, layout=outcome.layout, anchor=outcome.anchor or anchor,
            )  # fmt: skip
            target.write_bytes(content)
        except NotAnnotated as reason:
            yield _("%(file)s: not annotated. %(reason)s", file=path.name, reason=reason)
        except OSError as error:
            reason_of_system = _("A file or the disk cannot be used: %(reason)s", reason=error)
            yield _("%(file)s: not annotated. %(reason)s", file=path.name, reason=reason_of_system)
        else:
            taken.add(target.resolve())
            yield _("%(file)s: problems are marked in %(target)s", file=path.name, target=target)


def _free(folder: Path, stem: str, taken: Collection[Path]) -> Path:
    target = folder / f"{stem}.xlsx"
    number = 2
    while target.resolve() in taken:
        target = folder / f"{stem}({number}).xlsx"
        number += 1
    return target
