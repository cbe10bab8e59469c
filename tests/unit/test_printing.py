"""Rows printed: what a spreadsheet would run is harmless, what is missing is seen."""

import csv
import io
import json

from data.printing import as_csv, as_json, as_table


def test_csv_runs_no_formula() -> None:
    """A text that begins like a formula has an apostrophe; numbers stay numbers; quotes and line breaks come back."""
    rows = [{"a": text, "b": -1} for text in ("=1+1", "+1", "-1", "@x", "\tx", "普通", 'x "y"\n=z')]
    shown = list(csv.DictReader(io.StringIO(as_csv(["a", "b"], rows), newline="")))
    assert [row["a"] for row in shown] == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "普通", 'x "y"\n=z']
    assert {row["b"] for row in shown} == {"-1"}


def test_table_shows_rows_as_they_are() -> None:
    """Square brackets are no markup; nothing is a dash."""
    text = as_table(["a", "b"], [{"a": "[red]张三[/red]", "b": None}])
    assert "[red]张三[/red]" in text
    assert "—" in text


def test_json_keeps_chinese() -> None:
    """Chinese is to be read."""
    assert "张三" in as_json({"a": "张三"})
    assert json.loads(as_json({"a": ["张三"]})) == {"a": ["张三"]}
