"""Sending a workbook that must be refused, with all that a refusal promises."""

from __future__ import annotations

import re
from pathlib import Path

from data.intake.archive import Archive
from data.intake.inbox import Choice
from etl.loading.load import Loader, Outcome
from etl.table.messages import sentence
from tests.integration.ledgers import LOG, NOTHING, Book, all_rows, send


def refused(loader: Loader, book: Book | Path, folder: Path, choice: Choice = NOTHING) -> Outcome:
    """The outcome of a workbook that must be refused: only the log gains a row, the original is kept, every sentence is Chinese."""
    before = all_rows(loader.settings)
    outcome = send(loader, book, folder, choice=choice, name="待退.xlsx")
    after = all_rows(loader.settings)
    assert outcome.status == "rejected"
    assert {name for name in after if after[name] != before[name]} <= {*LOG}
    assert [len(after[name]) - len(before[name]) for name in ("submission", "audit")] == [1, 1]
    Archive(loader.settings.archive_dir).read(outcome.sha256)
    for problem in outcome.problems:
        assert re.search("[\u4e00-\u9fff]", sentence(problem))
        assert "%(" not in sentence(problem)
    return outcome
