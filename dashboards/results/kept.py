"""Results that one process keeps, so that what many ask for at once is computed once.

It knows nothing of versions, days or scopes: whoever asks says by the key what the result depends on
(``dashboards.results.reading.kept``). What is kept is given to many and must not be changed by any.
"""

from __future__ import annotations

import gc
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, NamedTuple, TypeVar

from sqlalchemy.engine.result import ResultMetaData
from sqlalchemy.sql.visitors import Visitable

Found = TypeVar("Found")
MIB = 1024 * 1024
MOST_RESULTS = 4096
_NOT_ITS_OWN = (type, ModuleType, FunctionType, BuiltinFunctionType, ResultMetaData, Visitable)
"""What a result leads to and does not hold: classes, functions, and of a database's row how its columns are called."""


class _Kept(NamedTuple):
    """A result, and roughly how many bytes it is."""

    result: Any
    size: int


@dataclass(slots=True)
class _Turn:
    """Of all who ask for the same thing that is not there one computes, and the others wait."""

    lock: Lock = field(default_factory=Lock)
    asking: int = 0


class KeptResults:
    """What was computed, by what it depends on; what was not asked for longest goes first. Threads may share it."""

    def __init__(self, most_mib: int = 64, most_results: int = MOST_RESULTS) -> None:
        self._most_bytes = most_mib * MIB
        self._most_results = most_results
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._turns: dict[Hashable, _Turn] = {}
        self._lock = Lock()
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size(self) -> int:
        """Roughly how many bytes are kept."""
        return self._bytes

    def asking(self, key: Hashable) -> int:
        """How many wait for what is not there yet, the one who computes it among them."""
        with self._lock:
            return self._turns[key].asking if key in self._turns else 0

    def given(self, key: Hashable, compute: Callable[[], Found], beside: Iterable[object] = ()) -> Found:
        """What is kept under the key, else what is computed, once for all who ask meanwhile.

        ``beside`` are things that results only refer to and that are not counted with each. What fails is not kept: the next
        who waits tries anew.
        """
        turn = self._asked(key)
        if not isinstance(turn, _Turn):
            return turn.result  # type: ignore[no-any-return]  # what was kept under the key is what compute gives
        try:
            with turn.lock:
                kept = self._find(key)
                if kept is not None:
                    return kept.result  # type: ignore[no-any-return]  # as above
                found = compute()
                self._keep(key, found, beside)
                return found
        finally:
            self._answered(key, turn)

    def _asked(self, key: Hashable) -> _Kept | _Turn:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._turns.setdefault(key, _Turn())
            turn.asking += 1
            return turn

    def _answered(self, key: Hashable, turn: _Turn) -> None:
        with self._lock:
            turn.asking -= 1
            if not turn.asking:
                del self._turns[key]

    def _find(self, key: Hashable) -> _Kept | None:
        with self._lock:
            return self._kept.get(key)

    def _keep(self, key: Hashable, found: object, beside: Iterable[object]) -> None:
        size = size_of((key, found), beside)
        if size > self._most_bytes:
            return
        with self._lock:
            self._kept[key] = _Kept(found, size)
            self._bytes += size
            while self._bytes > self._most_bytes or len(self._kept) > self._most_results:
                _key, oldest = self._kept.popitem(last=False)
                self._bytes -= oldest.size


def size_of(result: object, beside: Iterable[object] = ()) -> int:
    """Roughly how many bytes a result holds, each part once; without ``beside`` and what is everybody's."""
    seen = {id(one) for one in beside}
    waiting, total = [result], 0
    while waiting:
        fresh = []
        for one in waiting:
            if id(one) not in seen and not isinstance(one, _NOT_ITS_OWN):
                seen.add(id(one))
                fresh.append(one)
        total += sum(map(sys.getsizeof, fresh))
        waiting = gc.get_referents(*fresh)
    return total
