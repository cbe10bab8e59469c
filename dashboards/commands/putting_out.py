"""Reports as documents, charts and workbooks, into a file, a folder or an archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from dashboards.commands.asked import ended, reading_of
from dashboards.commands.reports import WORKBOOKS, ReportFormat, published_text
from data.language import gettext as _
from data.printing import Format, put_out, put_out_bytes
from data.settings import Settings

if TYPE_CHECKING:  # what a command does not need it does not load
    from dashboards.meeting.source import Source
    from data.intake.publications import Publication


_DECKS = frozenset({ReportFormat.PPTX, ReportFormat.PPTX_PDF})


def put_out_published(configured: Settings, form: ReportFormat, one: Publication, output: Path | None) -> None:
    """A publication as text or as a workbook."""
    if form in WORKBOOKS:
        from dashboards.meeting import stationery
        from dashboards.meeting.workbook import published_workbook

        with reading_of(configured) as reading:
            on = stationery.of_issue(reading, one)
        put_out_document(published_workbook(one, on), form, output)
    else:
        put_out(published_text(Format(form), one), Format(form), output)


def put_out_bulletin(
    configured: Settings, form: ReportFormat, of: Publication | dict[str, Any], output: Path | None
) -> None:
    """The bulletin or the deck of a publication, or of a report as it stands."""
    from dashboards.meeting.bulletin import bulletin
    from dashboards.meeting.deck import deck

    source = _source(configured, of)
    with making():
        made = deck(source) if form in _DECKS else bulletin(source)
    put_out_document(made, form, output)


def _source(configured: Settings, of: Publication | dict[str, Any]) -> Source:
    """What documents and pictures are made of: a publication, or a report as it stands."""
    from dashboards.meeting import stationery
    from dashboards.meeting.sources import live_source, published_source

    with reading_of(configured) as reading:
        if isinstance(of, dict):
            return live_source(reading, of)
        return published_source(of, stationery.of_issue(reading, of))


def put_out_pictures(
    configured: Settings, form: ReportFormat, of: Publication | dict[str, Any], output: Path | None
) -> None:
    """All charts into a folder or a .zip, else the main one; without any the command ends with 1, where none can be drawn with 3."""
    from dashboards.meeting.chart_pictures import picture_files, pictures
    from dashboards.meeting.package import packed

    is_folder = output is not None and (output.is_dir() or not output.suffix)
    is_zip = output is not None and output.suffix.lower() == ".zip"
    with making():
        every = pictures(_source(configured, of))
        wanted = every if is_folder or is_zip else [one for one in every if one.is_main]
        (made,) = picture_files([wanted], "png" if form is ReportFormat.PNG else "svg")
    files = {f"{label}.{form}": content for label, content in made.items()}
    if output is not None and is_folder:
        into_folder(output, files.items())
    elif is_zip:
        put_out_bytes(packed(files.items()), output)
    else:
        (content,) = files.values()
        put_out_bytes(content, output)
        if len(every) > 1:
            told = _("This is the main one of %(n)s charts; all of them: -o with a folder or a .zip.", n=len(every))
            typer.echo(told, err=True)


def into_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a folder, each by its path within."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)


@contextmanager
def making() -> Iterator[None]:
    """What is made within; the command says why where that cannot be: it ends with 1 where the office's own wording cannot be filled in or there
    is nothing to be drawn, with 3 where what would make it is not here.
    """
    from dashboards.meeting.chart_pictures import NothingDrawn
    from dashboards.meeting.converting import NoConverter
    from dashboards.meeting.filling import Unfillable

    try:
        yield
    except (Unfillable, NothingDrawn) as why:
        ended(str(why))
    except NoConverter as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(3) from error


def put_out_document(made: bytes, form: str, output: Path | None) -> None:
    """A document, or the same as PDF; where that cannot be made the command ends with 3."""
    from dashboards.meeting.forms import PRINTED
    from dashboards.meeting.pdf import as_pdf

    if form in PRINTED:
        with making():
            made = as_pdf(made, f".{PRINTED[form]}")
    put_out_bytes(made, output)


def put_out_live_workbook(
    configured: Settings, form: ReportFormat, content: dict[str, Any], output: Path | None
) -> None:
    """A report as it stands, as a workbook."""
    from dashboards.meeting import stationery
    from dashboards.meeting.workbook import live_workbook

    with reading_of(configured) as reading:
        zone, on = reading.zone, stationery.present(reading)
    names = {unit.code: unit.short_name for unit in zone.units}
    put_out_document(live_workbook(content, zone.name, names, on), form, output)
