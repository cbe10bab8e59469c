"""The rows of workbooks that reports of a day count, once more as columns: those reports go through all that was ever told."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, String, Table

from data.schema.base import metadata

told_column = Table(
    "told_column",
    metadata,
    Column("zone", String(40), primary_key=True),
    Column("submission", Integer, primary_key=True),
    Column("name", String(40), primary_key=True, comment="A column of texts by its name; rows: all days, numbers and choices, words: what those choices are"),
    Column("content", LargeBinary, nullable=False, comment="The values in the order of the rows, as data/rollup/told_columns.py writes them"),
    ForeignKeyConstraint(["zone", "submission"], ["submission.zone", "submission.submission"]),
    comment="One row is one column, or all those of few bytes a row, of an accepted workbook whose rows are counted as of any day.",
)  # fmt: skip
