"""The limit on the memory of the process that reads: what a file may cost goes by what it unpacks to.

A file of four kilobytes whose cells lie far apart is laid out as a gigabyte of blanks. No search over its bytes finds all
ways to do that, in every format; a limit does.
"""

from __future__ import annotations

import resource
from pathlib import Path

_LEAST = 144 * 2**20
_A_BYTE = 3
"""An honest ledger takes two bytes for each that it unpacks to, when it is large."""


class Memory:
    """This process's address space: never more than so many MiB, and for a small file little more than at rest."""

    def __init__(self, most_mib: int) -> None:
        self._most = most_mib * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (self._most, self._most))
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        self._at_rest = pages * resource.getpagesize()

    def limit_for(self, size: int) -> None:
        """From here on a file is read that unpacks to so many bytes."""
        allowed = min(self._most, self._at_rest + _LEAST + _A_BYTE * size)
        resource.setrlimit(resource.RLIMIT_AS, (allowed, self._most))
