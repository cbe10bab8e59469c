"""Whether two ledgers may share enterprises is told from 4096 bits each: a copy is never overlooked for it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.kinds.enforcement.copies import BITS, COPIED_SHARE, SAMPLE, WORTH_READING, fingerprint

NAMES = st.integers(0, 10**6).map("91500112MA5U{:06}K".format)


def shared(one: set[str], other: set[str]) -> float:
    """What share of the smaller fingerprint's bits the other one has."""
    ours, theirs = int.from_bytes(fingerprint(one)), int.from_bytes(fingerprint(other))
    return (ours & theirs).bit_count() / min(ours.bit_count(), theirs.bit_count())


@given(
    st.sets(NAMES, min_size=5, max_size=SAMPLE),
    st.sets(NAMES, max_size=SAMPLE),
    st.integers(0, 100),
)
def test_ledger_with_four_fifths_of_a_smaller_one_is_looked_at(
    original: set[str], others: set[str], edited: int
) -> None:
    """A copy keeps at least COPIED_SHARE of the enterprises, whatever else stands in the other ledger."""
    edits = int(len(original) * (1 - COPIED_SHARE) * edited / 100)
    copy = {*sorted(original)[edits:], *(f"改后的{number}" for number in range(edits))}
    larger = original | set(sorted(others)[: SAMPLE - len(original)])
    assert shared(copy, larger) >= WORTH_READING


@given(st.sets(NAMES, min_size=1, max_size=SAMPLE))
def test_fingerprint_depends_on_the_enterprises_alone(names: set[str]) -> None:
    """Not on their order, nor on how often each stands there."""
    listed = sorted(names)
    assert fingerprint(listed) == fingerprint([*reversed(listed), *listed])
    assert len(fingerprint(listed)) == BITS // 8


def test_full_fingerprints_of_strangers_have_little_in_common() -> None:
    """Two ledgers of 256 enterprises each that share none are far from worth reading."""
    one, other = ({f"{side}{number}" for number in range(SAMPLE)} for side in "ab")
    assert shared(one, other) < WORTH_READING / 4


def test_two_large_ledgers_choose_the_same_enterprises() -> None:
    """Of thousands of enterprises only some stand for the ledger: the same ones in a copy with one in ten changed."""
    original = [f"重庆第{number}机械有限公司" for number in range(3000)]
    copy = [name if number % 10 else name + "分公司" for number, name in enumerate(original)]
    assert shared(set(original), set(copy)) >= WORTH_READING
