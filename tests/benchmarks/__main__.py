"""``python -m tests.benchmarks [--quick]``: what the product promises of speed and memory, as ratios of one run.

Each side runs in fresh processes of its own, the sides take turns, and the middle of their times counts.
A target that is missed is shown, never asserted: machines differ. The exit code is 1 only if a side fails.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Column, Table

from data.zone.periods import Month
from tests.benchmarks import inspection_lists
from tests.benchmarks.databases import MONTHS, fill, fill_cases, fill_workbooks
from tests.benchmarks.day_pages import NOT_PROMISED, PAGES, DaySizes, add_what_stands
from tests.benchmarks.first_chart import PYTHON_OF_PEERS
from tests.benchmarks.first_chart import first_chart as measure_first_chart
from tests.benchmarks.ledgers import enterprises, write_ledger
from tests.benchmarks.measuring import Middle, measure_in_turns, prepare_environment
from tests.benchmarks.meeting_set import meeting_set
from tests.benchmarks.viewers import EVERY, SERVERS, TODAY, VIEWERS, waits

MAY = Month(2022, 5)
UNITS = (
    "longtanzi", "shuanglu", "tongqiao", "youting", "emergency", "economy", "construction", "transport", "market",
    "fire", "traffic_police", "social", "manufacturing", "logistics", "recycling",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much each part handles, and how often."""

    big: int = 100_000
    workbooks: int = 300
    rows_each: int = 200
    growing: tuple[int, ...] = (1_000, 20_000, 199_999)
    databases: tuple[int, int] = (10_000, 1_000_000)
    cases: int = 200_000
    units: tuple[int, int] = (300, 3_000)
    times: int = 3
    rounds: int = 12
    visits: int = 5
    worlds: int = 100
    day: DaySizes = field(default_factory=DaySizes)


QUICK = Sizes(
    5_000, 20, 200, (1_000, 5_000), (10_000, 50_000), 20_000, (60, 300), 1, 2, 1, 20, DaySizes(500, 2_000, 500)
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer: two amounts, their ratio, and what was promised of it."""

    what: str
    one: str
    other: str
    ratio: float | None = None
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        """The promise, and whether it is kept."""
        if self.ratio is None or (self.at_least is None and self.at_most is None):
            return ""
        if self.at_least is not None:
            return f"≥ {self.at_least:g} ×  {'kept' if self.ratio >= self.at_least else 'MISSED'}"
        return f"≤ {self.at_most:g} ×  {'kept' if self.ratio <= (self.at_most or 0) else 'MISSED'}"


def main() -> int:
    """Run every part and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="small sizes, each side once: to try the benchmarks themselves"
    )
    sizes = QUICK if parser.parse_args().quick else Sizes()
    progress = Console(stderr=True)
    lines: list[Line] = []
    try:
        with TemporaryDirectory(prefix="supervision-bench-") as place:
            prepare_environment(Path(place))
            for part in (
                one_big_ledger,
                many_workbooks,
                growing_ledgers,
                ranking,
                how_sure,
                lists_of_whom_to_inspect,
                long_lists,
                day_pages,
                material,
                viewers,
                first_chart,
            ):
                progress.print(f"{part.__name__.replace('_', ' ')} …", style="dim")
                lines += part(Path(place), sizes)
    except CalledProcessError as failed:
        progress.print(f"{' '.join(map(str, failed.cmd))} failed:\n{failed.stderr}", markup=False)
        return 1
    _print(lines)
    return 0


def one_big_ledger(place: Path, sizes: Sizes) -> list[Line]:
    """A ledger of 100,000 rows and 20 columns, loaded and checked, against the usual script and against bare reading."""
    folder = _folder(place, "big")
    write_ledger(folder / f"emergency {MAY}.xlsx", "emergency", MAY, sizes.big)
    _warm_up(place)
    times = measure_in_turns({name: (name, folder) for name in ("product", "pandas_openpyxl", "calamine")}, sizes.times)
    product, script, bare = (times[name] for name in ("product", "pandas_openpyxl", "calamine"))
    what = f"one ledger of {sizes.big:,} rows × 20 columns"
    largest = max(product["parent_mib"], product["child_mib"])
    return [
        _faster(f"{what}: pandas + openpyxl against product", script, product, at_least=4),
        _slower(f"{what}: product against calamine alone", product, bare, at_most=3),
        Line(f"{what}: memory, largest process of the product (parent {product['parent_mib']:.0f}, child "
             f"{product['child_mib']:.0f} MiB) against calamine alone",
             f"{largest:.0f} MiB", f"{bare['parent_mib']:.0f} MiB", largest / bare["parent_mib"], at_most=1.5),
    ]  # fmt: skip


def many_workbooks(place: Path, sizes: Sizes) -> list[Line]:
    """300 workbooks of 200 rows, one transaction each, against the usual script."""
    folder = _folder(place, "many")
    pairs = [(unit, month) for month in MONTHS for unit in UNITS][: sizes.workbooks]
    for unit, month in pairs:
        write_ledger(folder / f"{unit} {month}.xlsx", unit, month, sizes.rows_each)
    times = measure_in_turns({name: (name, folder) for name in ("product", "command", "pandas_openpyxl")}, sizes.times)
    what = f"{len(pairs)} workbooks of {sizes.rows_each} rows: pandas + openpyxl against"
    return [
        _faster(f"{what} product", times["pandas_openpyxl"], times["product"], at_least=4),
        _faster(f"{what} etl load FOLDER", times["pandas_openpyxl"], times["command"]),
    ]


def growing_ledgers(place: Path, sizes: Sizes) -> list[Line]:
    """Time for a row as ledgers grow; the largest is the largest that is taken (header and 199,999 rows)."""
    folders = {size: _folder(place, f"growing-{size}") for size in sizes.growing}
    for size, folder in folders.items():
        write_ledger(folder / f"emergency {MAY}.xlsx", "emergency", MAY, size)
    times = measure_in_turns({str(size): ("product", folder) for size, folder in folders.items()}, sizes.times)
    each = {size: times[str(size)]["seconds"] / size * 1e6 for size in sizes.growing}
    first, *others = sizes.growing
    return [
        Line(f"product: a row among {size:,} against a row among {first:,}",
             f"{each[size]:.1f} µs", f"{each[first]:.1f} µs", each[size] / each[first], at_most=1)
        for size in others
    ]  # fmt: skip


def ranking(place: Path, sizes: Sizes) -> list[Line]:
    """The ranking of a month from 10,000 to 1,000,000 rows: its result, and the whole page request."""
    folder = _folder(place, "ranking")
    databases = {size: folder / f"{size}.db" for size in sizes.databases}
    for size, database in databases.items():
        fill(f"sqlite:///{database}", size)
    small, large = sizes.databases
    sides = {
        f"{side} {size}": (side, databases[size]) for side in ("ranking_result", "ranking_page") for size in databases
    }
    times = measure_in_turns(sides, sizes.times)
    return [
        _slower(f"{what}: {large:,} ledger rows against {small:,}", times[f"{side} {large}"], times[f"{side} {small}"], at_most=1.3)
        for side, what in (("ranking_result", "ranking, fetched"), ("ranking_page", "ranking, page request"))
    ]  # fmt: skip


def how_sure(place: Path, sizes: Sizes) -> list[Line]:
    """What it costs to say how sure places are: on the ranking's page, and of a year of many units, scored in one pass."""
    folder = _folder(place, "how-sure")
    database = folder / "month.db"
    fill(f"sqlite:///{database}", sizes.databases[0])
    few, many = sizes.units
    sides = {
        "with": ("ranking_page", database),
        "without": ("ranking_page_without_chance", database),
        **{str(number): ("year_of_units", folder / str(number)) for number in sizes.units},
    }
    times = measure_in_turns(sides, sizes.times)
    lines = [
        _slower(
            "ranking, page request: with how sure places are against without",
            times["with"],
            times["without"],
            at_most=1.3,
        )
    ]
    for what, name in (("scored and ranked", "seconds"), ("drawn, the last month, in groups of 30", "drawn")):
        large, small = times[str(many)][name], times[str(few)][name] * many / few
        lines.append(
            Line(f"{many:,} units × 12 months {what}: against {few:,}, unit by unit",
                 _seconds({"seconds": large}), _seconds({"seconds": small}), large / small, at_most=1.3)
        )  # fmt: skip
    return lines


def lists_of_whom_to_inspect(_place: Path, sizes: Sizes) -> list[Line]:
    """What a list of whom to inspect is worth where the true risks are known, beside longest not seen first and chance."""
    said = {
        "days_earlier": ("findings met earlier, days", "{:.2f} ± {:.2f}", 1),
        "first_half": ("findings in its first half", "{:.1f} ± {:.1f} %", 100),
        "first_tenth": ("first tenth with findings", "{:.1f} ± {:.1f} %", 100),
    }
    lines = []
    for builds_up, world in ((True, "risks that build up"), (False, "risks that stay as they are")):
        found = inspection_lists.worth(sizes.worlds, builds_up=builds_up)
        for other, named in (("by_chance", "chance"), ("longest_not_seen", "longest not seen first")):
            for number, (what, form, scale) in said.items():
                one, against = (
                    form.format(*(scale * part for part in found[order][number])) for order in ("listed", other)
                )
                lines.append(Line(f"whom to inspect next, {world}: {what}, the list against {named}", one, against))
    return lines


def material(place: Path, _sizes: Sizes) -> list[Line]:
    """The whole set of a month for a meeting, against 20 seconds, 500 MiB of the command and 1.5 GiB of all that runs for it."""
    made = meeting_set(_folder(place, "material") / "demo")
    what = "the whole set of a month for a meeting"
    return [
        Line(what, f"{made.seconds:.1f} s", "20 s", made.seconds / 20, at_most=1),
        Line(f"{what}: memory of the command", f"{made.command_mib:.0f} MiB", "500 MiB", made.command_mib / 500, at_most=1),
        Line(f"{what}: memory of all processes", f"{made.tree_mib:.0f} MiB", "1,536 MiB", made.tree_mib / 1536, at_most=1),
    ]  # fmt: skip


def long_lists(place: Path, sizes: Sizes) -> list[Line]:
    """200,000 cases and as many workbooks: first rows, orders, filters, a jump to the end, each against one second of the server."""
    database, received = (_folder(place, name) / f"{name}.db" for name in ("cases", "received"))
    fill_cases(f"sqlite:///{database}", sizes.cases)
    fill_workbooks(f"sqlite:///{received}", sizes.cases)
    sides = {
        "cases": ("case_list", database),
        "workbooks": ("workbook_list", received),
        "file": ("case_file", database),
    }
    times = measure_in_turns(sides, 1)
    told = {
        "first": "first rows", "end": "a jump to the end", "filter": "a filter", "filter_state": "a filter by state",
        "search": "a search", "sort_enterprise": "a sort", "sort_file_name": "a sort", "sort_state": "a sort by state",
        "sorted_end": "sorted, the end",
    }  # fmt: skip
    lines = [
        Line(f"{sizes.cases:,} {what} in the list: {words}", _seconds({"seconds": times[what][name]}), "1 s",
             times[what][name], at_most=1)
        for what in ("cases", "workbooks")
        for name, words in told.items()
        if name in times[what]
    ]  # fmt: skip
    file = times["file"]
    size, memory = f"{file['bytes'] / 2**20:.0f} MiB", f"{file['parent_mib']:.0f} MiB"
    return [*lines, Line(f"{sizes.cases:,} cases as .xlsx ({size}; largest process {memory})", _seconds(file), "")]


def day_pages(place: Path, sizes: Sizes) -> list[Line]:
    """The pages of what stands on a day against the ranking in the same process: the ranking's larger database, and all that stands beside it."""
    database, inspections = _folder(place, "day-pages") / "day.db", sizes.databases[1]
    fill(f"sqlite:///{database}", inspections, enterprises(sizes.day.enterprises))
    add_what_stands(f"sqlite:///{database}", sizes.day)
    sides = {"the office": "day_pages_of_the_office", "one unit": "day_pages_of_a_unit"}
    times = measure_in_turns({whose: (side, database) for whose, side in sides.items()}, 1)  # each takes turns within
    day = sizes.day
    of = f"{day.enterprises:,} enterprises, {day.hazards:,} hazards, {day.others:,} findings, cases and warnings, {inspections:,} inspections"  # fmt: skip
    lines = [
        _slower(f"/{page} of {whose}, server time ({of}): against /ranking", {"seconds": took[page]}, {"seconds": took["ranking"]},
                at_most=None if page in NOT_PROMISED else 1.5)
        for whose, took in times.items() for page in PAGES
    ]  # fmt: skip
    searches = [
        Line(f"search of an enterprise, the whole page, of {whose}", _seconds({"seconds": took["enterprise"]}), "0.1 s",
             took["enterprise"] / 0.1, at_most=1)
        for whose, took in times.items()
    ]  # fmt: skip
    return [*lines, *searches]


def viewers(place: Path, sizes: Sizes) -> list[Line]:
    """Fifty viewers of the demo year, each of whom changes the month every five seconds, against one who is alone."""
    folder = _folder(place, "viewers")
    settings = {
        "DATABASE_URL": f"sqlite:///{folder / 'supervision.db'}",
        "ARCHIVE_DIR": str(folder / "archive"),
        "TODAY": TODAY,
    }
    environment = {**os.environ, **{f"SUPERVISION_{name}": value for name, value in settings.items()}}
    for command in (["data", "init"], ["etl", "demo"]):
        subprocess.run([sys.executable, "-m", *command], env=environment, check=True, capture_output=True, text=True)
    return [line for server in SERVERS for line in _waits(server, waits(server, folder, sizes.rounds))]


def _waits(server: str, waited: Middle) -> list[Line]:
    what = f"{VIEWERS} viewers, each another month every {EVERY:g} s, {server}"
    middle, p95, alone = ({"seconds": waited[name]} for name in ("median", "p95", "alone"))
    return [
        _slower(f"{what}: 95th percentile (median {_seconds(middle)}) against one viewer's median", p95, alone, at_most=5),
        Line(f"{what}: answers that failed", f"{waited['failed']:.0f}", f"of {waited['answers']:.0f}",
             waited["failed"] / waited["answers"], at_most=0),
    ]  # fmt: skip


def first_chart(place: Path, sizes: Sizes) -> list[Line]:
    """Until the first chart is to be seen: our ranking page of the demo year against the same bars by others."""
    if not PYTHON_OF_PEERS.exists():
        return [Line("first chart: left out, for only make bench installs what it is held against", "", "")]
    took = measure_first_chart(place / "first-chart", sizes.visits)
    return [
        Line(f"first chart, {when}: ours against {peer}", _seconds({"seconds": took["product"][name]}),
             _seconds({"seconds": took[peer][name]}), took["product"][name] / took[peer][name], at_most=at_most)
        for name, when, at_most in (("first", "empty cache", 0.8), ("again", "reloaded", 0.7))
        for peer in ("vizro", "streamlit")
    ]  # fmt: skip


def _warm_up(place: Path) -> None:
    """Let every module be compiled before anything is measured."""
    folder = _folder(place, "warm-up")
    write_ledger(folder / f"emergency {MAY}.xlsx", "emergency", MAY, 100)
    measure_in_turns({name: (name, folder) for name in ("product", "pandas_openpyxl", "calamine")}, 1)


def _folder(place: Path, name: str) -> Path:
    folder = place / name
    folder.mkdir()
    return folder


def _faster(what: str, slow: Middle, fast: Middle, *, at_least: float | None = None) -> Line:
    return Line(what, _seconds(slow), _seconds(fast), slow["seconds"] / fast["seconds"], at_least=at_least)


def _slower(what: str, slow: Middle, fast: Middle, *, at_most: float | None) -> Line:
    return Line(what, _seconds(slow), _seconds(fast), slow["seconds"] / fast["seconds"], at_most=at_most)


def _seconds(middle: Middle) -> str:
    seconds = middle["seconds"]
    return f"{seconds:.2f} s" if seconds >= 0.5 else f"{seconds * 1000:.1f} ms"


def _print(lines: list[Line]) -> None:
    table = Table(
        "what", *(Column(name, justify="right", no_wrap=True) for name in ("this", "against", "ratio")), "target"
    )
    for line in lines:
        ratio = "" if line.ratio is None else f"{line.ratio:.2f} ×"
        table.add_row(line.what, line.one, line.other, ratio, line.target)
    Console(width=None if sys.stdout.isatty() else 140).print(table)


if __name__ == "__main__":
    sys.exit(main())
