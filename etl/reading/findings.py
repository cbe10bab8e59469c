"""What looking through a workbook finds that calamine does not say, and what calamine is to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.reading.sheets import Merged
from etl.reading.shown import Formats, Noted


@dataclass(slots=True)
class Findings:
    """By position of the sheet among all sheets of the workbook, charts counted.

    ``broken``: cell → its error value, or "" for a formula without a stored result; ``merged``: merged cells, where
    calamine does not give them; ``content``: a workbook to be read in place of the original, without what lies far
    outside its tables; None: the original; ``hidden_rows`` are counted from 0; ``noted``: cells whose formats, among
    ``formats``, may show something else than what is stored.
    """

    broken: dict[int, dict[str, str]] = field(default_factory=dict)
    merged: dict[int, list[Merged]] = field(default_factory=dict)
    content: bytes | None = None
    hidden_rows: dict[int, set[int]] = field(default_factory=dict)
    noted: dict[int, Mapping[int, Noted]] = field(default_factory=dict)
    formats: Formats = field(default_factory=lambda: Formats(()))
