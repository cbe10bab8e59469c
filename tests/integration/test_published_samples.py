"""Documents that were given out stay true ones, whatever the writers of documents become (METHOD section 6).

Everybody else compares a document with one made anew: a writer that writes otherwise would show every paper that is held as
altered, and no such test would notice. These files are never made anew; another way of writing gets another file beside them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from dashboards.meeting.bulletin import Annexed, bulletin
from dashboards.meeting.sources import published_source
from dashboards.meeting.verifying import verify
from dashboards.meeting.workbook import further_of, published_workbook
from dashboards.results.report_sheet import BesideDeaths, former_xlsx, one_sheet_xlsx, published_xlsx
from dashboards.results.verification import TRUE, Verdict, former_csv, published_csv
from data.intake.publications import ROW, fingerprint
from data.people.scope import office
from data.schema.publications import publication
from data.settings import Settings
from data.store import reader, write_transaction
from tests.fetching import fetched
from tests.integration.published_samples import FOLDER, REPORTS, given_out, sample

NOW = {"casualties": "casualties-workbook-without-forecasts.xlsx"}
"""Workbooks that are given out otherwise than they first were."""


def meant(document: bytes) -> Iterator[Any]:
    """What a workbook is to whoever opens or prints it: cells, formats, letters, widths, pages, properties."""
    book = load_workbook(io.BytesIO(document))
    yield book.sheetnames
    yield sorted((each.name, each.value) for each in book.custom_doc_props.props)
    yield book.properties.title, book.properties.created
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                looks = cell.font.b, cell.font.color and cell.font.color.theme, cell.font.sz, cell.font.name
                laid = cell.alignment.wrap_text, cell.alignment.vertical, cell.border.bottom.style, cell.fill.fill_type
                yield cell.coordinate, cell.value, cell.data_type, cell.number_format, looks, laid
        yield sorted((name, one.width, one.hidden) for name, one in sheet.column_dimensions.items())
        yield sorted((number, one.height, one.hidden) for number, one in sheet.row_dimensions.items())
        yield (
            sheet.freeze_panes,
            sheet.print_title_rows,
            sheet.print_title_cols,
            sheet.sheet_properties.pageSetUpPr.fitToPage,
        )
        page = sheet.page_setup
        yield page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight, page.scale
        yield (
            sheet.oddFooter.left.text,
            sheet.oddFooter.center.text,
            sheet.oddFooter.right.text,
            sheet.oddHeader.left.text,
        )


@pytest.mark.parametrize("report", REPORTS)
def test_documents_are_written_as_they_were(report: str) -> None:
    """CSV to the letter; of a workbook, whose bytes are its library's, all that its reader has of it."""
    one = sample(report)
    assert fingerprint(one.content) == one.sha256
    assert published_csv(one).encode("utf-8-sig") == given_out(f"{report}.csv")
    assert list(meant(one_sheet_xlsx(one))) == list(meant(given_out(f"{report}.xlsx")))


@pytest.mark.parametrize("report", REPORTS)
def test_workbooks_are_written_as_they_were(report: str) -> None:
    """Those with sheets for meetings too."""
    assert list(meant(published_workbook(sample(report)))) == list(
        meant(given_out(NOW.get(report, f"{report}-workbook.xlsx")))
    )


def test_former_documents_are_written_as_they_were() -> None:
    """Before documents told of the journal; and of casualties, when the first sheet had forecasts whatever the office had decided."""
    deaths = sample("casualties")
    formerly = published_xlsx(deaths, further_of(deaths), BesideDeaths.FORMERLY)
    assert list(meant(formerly)) == list(meant(given_out("casualties-workbook.xlsx")))
    one = sample("ranking")
    assert former_csv(one).encode("utf-8-sig") == given_out("ranking-without-witness.csv")
    assert list(meant(former_xlsx(one))) == list(meant(given_out("ranking-without-witness.xlsx")))


@pytest.fixture
def settings(sqlite_installation: Settings) -> Settings:
    """An installation that has published these, and knows of nothing else."""
    with write_transaction(sqlite_installation.database_url) as connection:
        for one in map(sample, REPORTS):
            kept = {column: getattr(one, name) for column, name in ROW[1].items()}
            connection.execute(
                insert(publication).values(zone=sqlite_installation.zone, entry=one.entry, at=one.at, **kept)
            )
    return sqlite_installation


def found(settings: Settings, document: bytes) -> Verdict:
    """What a document is found to be."""
    return fetched(reader(settings.database_url), office(settings.zone), verify, document, fixed_today=settings.today)


def test_documents_that_were_given_out_are_found_true(settings: Settings) -> None:
    """Each of them, also by the process that reads workbooks; CSV and JSON as the very files."""
    names = sorted(path.name for path in FOLDER.iterdir())
    assert len(names) == 4 * len(REPORTS) + 2 + len(NOW)
    for name in names:
        verdict = found(settings, given_out(name))
        assert (dict(verdict.cells), verdict.status in TRUE, verdict.figures_equal) == ({}, True, True), name
        assert verdict.same_file or name.endswith(".xlsx"), name


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("annexed", [Annexed.UNNAMED, Annexed.CHART_UNNAMED])
def test_bulletins_from_before_their_annexes_were_named_are_found_true(
    settings: Settings, report: str, annexed: Annexed
) -> None:
    """They have no 附件1 and no title above their tables, or a chart that is announced nowhere."""
    former = bulletin(published_source(sample(report)), annexed)
    assert former != bulletin(published_source(sample(report)))
    verdict = found(settings, former)
    assert (dict(verdict.cells), verdict.status in TRUE, verdict.same_file) == ({}, True, True)


WITNESS = given_out("scores.csv").decode("utf-8-sig").splitlines()[-2].split(",")


@pytest.mark.parametrize(
    ("was", "put", "cell"),
    [
        (WITNESS[1], "9" + WITNESS[1], "B17"),
        (WITNESS[1][-16:], "0" * 16, "B17"),
        (WITNESS[2], "none", "C17"),
        ("#witness", "#witnes", "mark"),
        (",".join(WITNESS), ",".join(WITNESS) + "\r\n" + ",".join(WITNESS), "mark"),
    ],
)
def test_another_witness_in_a_csv_is_told(settings: Settings, was: str, put: str, cell: str) -> None:
    """Its line, its hash, the publication before it; without any it is a document as they were given out formerly."""
    whole = given_out("scores.csv").decode("utf-8-sig")
    assert whole.count(was) == 1
    verdict = found(settings, whole.replace(was, put).encode())
    assert (verdict.status, cell in verdict.cells) == ("altered", True), dict(verdict.cells)
    without = whole.replace(",".join(WITNESS) + "\r\n", "").encode()
    assert found(settings, without).status in TRUE


def test_a_csv_saved_again_keeps_its_witness(settings: Settings) -> None:
    """Filled up with commas, as spreadsheets save it, with other ends of lines and in the encoding of Chinese offices."""
    lines = given_out("ranking.csv").decode("utf-8-sig").splitlines()
    width = lines[0].count(",")
    filled = "\n".join(line + "," * (width - line.count(",")) for line in lines)
    verdict = found(settings, filled.encode("gb18030"))
    assert (verdict.status in TRUE, verdict.same_file) == (True, False)
