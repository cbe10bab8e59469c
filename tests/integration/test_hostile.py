"""Files made to exhaust or mislead their reader are refused early, in little memory, and hold up nobody (CONTRACT, Refused)."""

from __future__ import annotations

import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.settings import Settings
from etl.loading.load import Loader
from etl.reading import process
from etl.reading.limits import Unreadable
from etl.reading.protocol import TAKEN
from etl.reading.reader import Reader
from etl.reading.workbook import Workbook
from tests.how_many import is_long
from tests.integration.formats import xlsx
from tests.integration.hostile import (
    ENDLESS,
    HARMLESS,
    LAID_OUT,
    NOT_A_WORKBOOK,
    PAST_THE_SCAN,
    TOO_LARGE,
    UNFOLDING,
    endless_cells,
)
from tests.integration.ledgers import ledger, send
from tests.integration.lesser_child import PART

pytestmark = pytest.mark.slow
MOST_MIB = 256
ROOT = Path(__file__).parents[2]
Make = Callable[[], bytes]


@pytest.fixture
def reader() -> Iterator[Reader]:
    """Reads in a child of its own, within the limits of an installation as it comes."""
    settings = Settings()
    with Reader(settings.reader_memory_mib, settings.reader_seconds) as one:
        yield one


@pytest.fixture
def lesser_reader(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """The same with a part of the limits on what it looks through, so that it comes to them sooner; of all on long runs."""
    if not is_long():
        monkeypatch.setattr(process, "MODULE", "tests.integration.lesser_child")
    return reader


def _read(reader: Reader, make: Make, folder: Path) -> Workbook | str:
    """The workbook, or the code with which it is refused."""
    path = folder / "敌.xlsx"
    path.write_bytes(make())
    try:
        return reader.read(path)  # type: ignore[no-any-return]
    except Unreadable as refusal:
        return refusal.code


def _peak_mib(reader: Reader) -> int:
    """The most memory that the child ever held; it must still be there, for it gave the answer itself."""
    assert reader._child.running is not None
    assert reader._child.running.poll() is None
    status = Path(f"/proc/{reader._child.running.pid}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


@pytest.mark.parametrize("make", TOO_LARGE.values(), ids=TOO_LARGE)
def test_what_would_exhaust_memory_is_seen_before(reader: Reader, tmp_path: Path, make: Make) -> None:
    """Refused as too large by looking through it, in a fraction of the memory that it would take."""
    assert _read(reader, make, tmp_path) == "too_large"
    assert _peak_mib(reader) < MOST_MIB


@pytest.mark.parametrize("make", ENDLESS.values(), ids=ENDLESS)
def test_what_never_ends_is_left_at_the_limit(
    lesser_reader: Reader, tmp_path: Path, make: Callable[[int], bytes]
) -> None:
    """Looked through up to the limit and no further, in little memory."""
    part = 1 if is_long() else PART
    assert _read(lesser_reader, lambda: make(part), tmp_path) == "too_large"
    assert _peak_mib(lesser_reader) < MOST_MIB


@pytest.mark.parametrize("make", NOT_A_WORKBOOK.values(), ids=NOT_A_WORKBOOK)
def test_what_contradicts_itself_is_no_workbook(reader: Reader, tmp_path: Path, make: Make) -> None:
    """Damaged files, entities, circles and the like are refused as unreadable, at once."""
    assert _read(reader, make, tmp_path) == "not_a_workbook"
    assert _peak_mib(reader) < MOST_MIB


@pytest.mark.parametrize("make", LAID_OUT.values(), ids=LAID_OUT)
def test_what_is_written_once_and_laid_out_often(reader: Reader, tmp_path: Path, make: Callable[[int], bytes]) -> None:
    """A file of some hundred bytes that fills the largest sheet: whoever asked for it holds little; two such are too large."""
    path = tmp_path / "敌.ods"
    path.write_bytes(make(1))
    script = (
        "import sys; from pathlib import Path; from etl.reading.reader import Reader\n"
        "with Reader(1024, 60) as reader: sheet = reader.read(Path(sys.argv[1])).sheets[0]\n"
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]\n"
        "print(sheet.height, len(sheet.columns), int(peak) // 1024)"
    )
    told = subprocess.run([sys.executable, "-c", script, path], cwd=ROOT, capture_output=True, text=True, check=True)
    height, width, peak = map(int, told.stdout.split())
    assert (height, width) == (200_000, 200)
    assert peak < MOST_MIB // 2
    assert _read(reader, lambda: make(2), tmp_path) == "too_large"
    assert _peak_mib(reader) < MOST_MIB


@pytest.mark.parametrize("make", HARMLESS.values(), ids=HARMLESS)
def test_what_only_looks_dangerous_is_read(reader: Reader, tmp_path: Path, make: Make) -> None:
    """What costs nothing is no reason to send a workbook back: it is read, and nothing far outside is laid out."""
    book = _read(reader, make, tmp_path)
    assert isinstance(book, Workbook)
    assert max(sheet.height * len(sheet.columns) for sheet in book.sheets) < 1000
    assert _peak_mib(reader) < MOST_MIB


@pytest.mark.parametrize("make", PAST_THE_SCAN.values(), ids=PAST_THE_SCAN)
def test_what_gets_past_the_scan_meets_the_childs_limits(
    sqlite_installation: Settings, tmp_path: Path, make: Make
) -> None:
    """The child that reads it runs out of memory; the file is too large, and the next one is read by another child."""
    path = tmp_path / "敌.xlsx"
    path.write_bytes(make())
    small = sqlite_installation.model_copy(update={"reader_memory_mib": 300})
    with Loader(small) as loader:
        assert [problem.code for problem in send(loader, path, tmp_path).errors] == ["too_large"]
        assert send(loader, ledger(), tmp_path).status == "accepted"


@pytest.mark.parametrize("make", UNFOLDING.values(), ids=UNFOLDING)
def test_what_a_small_file_may_cost_goes_by_its_size(reader: Reader, tmp_path: Path, make: Make) -> None:
    """Four kilobytes that would unfold to a gigabyte are too large; the child, which may not cost so much, ends, and another one goes on."""
    path = tmp_path / "敌.xlsx"
    path.write_bytes(make())
    with pytest.raises(Unreadable) as refusal:
        reader.read(path)
    assert refusal.value.code == "too_large"
    assert reader._child.running is None, "its limit ended it"
    assert isinstance(_read(reader, lambda: xlsx(ledger()), tmp_path), Workbook)


def test_what_takes_too_long_is_too_large(sqlite_installation: Settings, tmp_path: Path) -> None:
    """The parent ends a child beyond the time limit; the next file is read by another child."""
    path = tmp_path / "敌.xlsx"
    path.write_bytes(endless_cells())
    hasty = sqlite_installation.model_copy(update={"reader_seconds": 1.0})
    with Loader(hasty) as loader:
        assert [problem.code for problem in send(loader, path, tmp_path).errors] == ["too_large"]
        loader._reader._child.seconds = 60.0
        assert send(loader, ledger(), tmp_path).status == "accepted"


def test_a_child_without_a_parent_ends(tmp_path: Path) -> None:
    """Nobody is there to end it: the limit on its processor time does. With the second that is added to what is given
    it comes to one second, in which no machine reads that file."""
    path = tmp_path / "敌.xlsx"
    path.write_bytes(endless_cells())
    name = str(path).encode()
    child = subprocess.run(
        [sys.executable, "-m", "etl.reading.child", "1024", "-0.5"],
        input=struct.pack(">Q", len(name)) + name,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert child.returncode == -signal.SIGXCPU
    assert child.stdout == TAKEN, "it took the file, and gave no answer"


def test_a_child_keeps_its_limits_for_every_file(reader: Reader, tmp_path: Path) -> None:
    """One child reads many files: the limits are set before the first, and hold for those after it."""
    path = ledger().write(tmp_path / "台账.xlsx")
    for _ in range(3):
        reader.read(path)
    assert reader._child.running is not None
    limit, most = resource.prlimit(reader._child.running.pid, resource.RLIMIT_AS)
    seconds, _ = resource.prlimit(reader._child.running.pid, resource.RLIMIT_CPU)
    assert most == 1024 * 2**20
    assert limit < MOST_MIB * 2**20, "a small file may not cost what a large one may"
    assert 60 < seconds < 70
