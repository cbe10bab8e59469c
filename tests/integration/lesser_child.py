"""``python -m etl.reading.child`` with a part of its limits on what it looks through; memory, time and rows are as ever."""

from __future__ import annotations

import runpy

from etl.reading import limits

PART = 8
_COUNTED = (
    "MOST_TEXTS",
    "MOST_CELLS",
    "MOST_LAID_OUT",
    "MOST_ELEMENTS",
    "MOST_TAGS",
    "MOST_RECORDS",
    "LARGEST_UNPACKED",
)

if __name__ == "__main__":
    for name in _COUNTED:
        setattr(limits, name, getattr(limits, name) // PART)
    runpy.run_module("etl.reading.child", run_name="__main__", alter_sys=True)
