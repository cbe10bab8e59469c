"""Results that a process keeps: bounded, computed once however many ask, and nothing of what failed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event
from time import sleep

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboards.results.kept import MIB, KeptResults, size_of
from tests.how_many import cases

ASKING = 8


@given(asked=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=60), most=st.integers(1, 6))
@settings(max_examples=cases(), deadline=None)
def test_bounded_by_number_and_size(asked: list[tuple[int, int]], most: int) -> None:
    """Whatever is asked in whatever order: neither more nor larger than said, each key's own, and what was asked last stays."""
    kept = KeptResults(most_mib=1, most_results=most)
    for key, share in asked:
        size = share * MIB // 32  # up to a quarter more than all that may be kept
        found = kept.given((key, size), lambda key=key, size=size: (key, bytes(size)))  # type: ignore[misc]  # bound at once
        assert found == (key, bytes(size))
        assert len(kept) <= most
        assert kept.size <= MIB
        if size < MIB // 2:
            assert kept.given((key, size), _never) is found


def test_what_was_not_asked_for_longest_goes_first() -> None:
    """Asking keeps a result among those that stay."""
    kept = KeptResults(most_results=2)
    kept.given("a", lambda: 1)
    kept.given("b", lambda: 2)
    kept.given("a", _never)
    kept.given("c", lambda: 3)
    assert kept.given("a", _never) == 1
    assert kept.given("b", lambda: 4) == 4


def _never() -> int:
    raise AssertionError("it was computed again")


def test_computed_once_for_all_who_ask_meanwhile() -> None:
    """One computes while the others wait, and all are given the very same."""
    kept, computed = KeptResults(), count()

    def compute() -> tuple[int]:
        while kept.asking("key") < ASKING:
            sleep(0)
        return (next(computed),)

    with ThreadPoolExecutor(ASKING) as pool:
        found = list(pool.map(lambda _one: kept.given("key", compute), range(ASKING)))
    assert next(computed) == 1
    assert all(one is found[0] for one in found)
    assert kept.asking("key") == 0


def test_others_do_not_wait_for_what_they_did_not_ask_for() -> None:
    """While one result takes long, another is computed and given."""
    kept, go_on = KeptResults(), Event()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(kept.given, "slow", lambda: go_on.wait(30))
        assert kept.given("quick", lambda: 1) == 1
        go_on.set()
        assert slow.result()


def test_failure_is_not_kept_and_is_nobody_elses() -> None:
    """Who computes is told of the failure; the next of those who wait tries anew."""
    kept, tries = KeptResults(), count()

    def compute() -> int:
        mine = next(tries)
        while mine == 0 and kept.asking("key") < 2:
            sleep(0)
        if mine == 0:
            raise ValueError
        return mine

    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(kept.given, "key", compute) for _one in range(2)]
        failures = [one.exception() for one in asked]
    assert sorted(type(one).__name__ for one in failures) == ["NoneType", "ValueError"]
    assert kept.given("key", _never) == 1


def test_parts_are_counted_once_and_shared_ones_not_at_all() -> None:
    """What stands in a result twice is there once; what it only refers to is left out."""
    part, shared = bytes(10_000), bytes(50_000)
    size = size_of({"one": (part, shared), "other": [part]}, beside=(shared,))
    assert 10_000 < size < 12_000
    assert size_of(_Own()) < 1_000


class _Own:
    """Its class refers to much that is not its own."""

    def parts(self) -> Iterator[int]:
        yield 1
