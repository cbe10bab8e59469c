"""``python -m etl`` as it is, but that a load begins no stage before it is told to.

However busy the machine is, a kill that is meant for a stage comes in that stage, at the latest in the moment in which
it ends.
"""

from __future__ import annotations

import logging
import runpy
import sys


class Asking(logging.Handler):
    """Says which stage would begin, and waits for a byte."""

    def emit(self, record: logging.LogRecord) -> None:
        """Say it, and wait."""
        if record.getMessage().startswith("stage "):
            print(record.getMessage(), file=sys.stderr, flush=True)  # noqa: T201  # whoever started it reads it
            sys.stdin.buffer.read(1)


if __name__ == "__main__":
    log = logging.getLogger("etl.loading.load")
    log.setLevel(logging.INFO)
    log.addHandler(Asking())
    log.propagate = False
    runpy.run_module("etl", run_name="__main__", alter_sys=True)
