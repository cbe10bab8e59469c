"""What is compared, each side run in a process of its own: ``python -m tests.benchmarks.sides NAME ARGUMENT…`` prints JSON.

Starting Python and importing what a side needs is not counted; the product's own child process is.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from data.zone.periods import Month
from tests.fetching import fetched

Measured = dict[str, float]
_REQUESTS = 60
_UNMEASURED = 5


def product(folder: Path) -> Measured:
    """Every workbook of a folder through ``Loader.load``, one transaction each, into a fresh database; all checks on.

    As ``etl load`` does it the loader is told what comes next, but not in which order: that is ``command``'s.
    """
    from data.initial import initialise
    from data.intake.inbox import Choice
    from data.settings import Settings
    from etl.loading.load import Loader

    with _place(folder) as place:
        settings = Settings(database_url=f"sqlite:///{place / 'supervision.db'}", archive_dir=place / "archive")
        initialise(settings.database_url, settings.zone)
        started = perf_counter()
        with Loader(settings) as loader:
            paths = _workbooks(folder)
            loader.expect(paths)
            outcomes = [loader.load(path, Choice(), _received(path)) for path in paths]
            seconds = perf_counter() - started
            child = loader._reader._child.running
            assert child is not None
            reading = _peak_mib(child.pid)
    wrong = [one for one in outcomes if one.status != "accepted"]
    if wrong:
        raise RuntimeError(f"{wrong[0].file}: {wrong[0].status}, {wrong[0].errors[:3]}")
    rows = sum(one.rows for one in outcomes)
    return {"seconds": seconds, "rows": rows, "parent_mib": _peak_mib("self"), "child_mib": reading}


def command(folder: Path) -> Measured:
    """``etl load FOLDER``, as the office types it: found, put in order, loaded, told."""
    from contextlib import redirect_stdout
    from io import StringIO

    from data.initial import initialise
    from data.settings import Settings
    from etl.__main__ import load

    with _place(folder) as place:
        url, archive = f"sqlite:///{place / 'supervision.db'}", place / "archive"
        os.environ.update(SUPERVISION_DATABASE_URL=url, SUPERVISION_ARCHIVE_DIR=str(archive))
        initialise(url, Settings().zone)
        started = perf_counter()
        with redirect_stdout(StringIO()) as told:
            load([folder], as_json=True)
        seconds = perf_counter() - started
    strange = [one for one in json.loads(told.getvalue())["files"] if one["status"] != "accepted"]
    if strange:
        raise RuntimeError(f"{strange[0]['file']}: {strange[0]['status']}, {strange[0]['errors'][:3]}")
    return {"seconds": seconds, "parent_mib": _peak_mib("self")}


def pandas_openpyxl(folder: Path) -> Measured:
    """The usual script: ``read_excel`` and ``to_sql``, without a check."""
    import openpyxl  # noqa: F401  # not to be counted
    import pandas as pd
    from sqlalchemy import create_engine

    with _place(folder) as place:
        engine = create_engine(f"sqlite:///{place / 'ledger.db'}")
        engine.connect().close()
        started = perf_counter()
        rows = 0
        for path in _workbooks(folder):
            frame = pd.read_excel(path, engine="openpyxl")
            frame.to_sql("ledger", engine, if_exists="append", index=False)
            rows += len(frame)
        seconds = perf_counter() - started
        engine.dispose()
    return {"seconds": seconds, "rows": rows, "parent_mib": _peak_mib("self")}


def calamine(folder: Path) -> Measured:
    """The floor: calamine turns the sheets into lists, and nothing else happens."""
    from python_calamine import CalamineWorkbook

    started = perf_counter()
    rows = sum(len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) for path in _workbooks(folder))
    return {"seconds": perf_counter() - started, "rows": rows, "parent_mib": _peak_mib("self")}


def ranking_result(database: Path) -> Measured:
    """The ranking of the last month, as the page takes it: one fetch."""
    from dashboards.results import ranking
    from data.people.scope import office
    from data.store import reader
    from tests.benchmarks.databases import DAY_AFTER, LAST_MONTH, ZONE

    engine, today = reader(f"sqlite:///{database}"), DAY_AFTER.date()
    return _repeated(lambda: fetched(engine, office(ZONE), ranking.fetch, LAST_MONTH, fixed_today=today))


def ranking_page(database: Path) -> Measured:
    """The ranking page of the last month, as a browser asks for it: one request through the whole application, none of it kept."""
    from tests.benchmarks.databases import LAST_MONTH

    client, headers = _office(database)
    body = _page_request(client.get("/_dash-dependencies").get_json(), "/ranking", f"?period={LAST_MONTH}")

    def ask() -> None:
        answer = client.post("/_dash-update-component", json=body, headers=headers)
        if answer.status_code != 200 or str(LAST_MONTH) not in answer.get_data(as_text=True):
            raise RuntimeError(answer.get_data(as_text=True)[:300])

    return _repeated(ask)


def ranking_page_without_chance(database: Path) -> Measured:
    """The same page as if nobody had asked how sure places are: what is not computed is not shown."""
    from dashboards.results.ranking_basis import Basis

    Basis.chance = lambda _basis, _group: None  # type: ignore[method-assign,assignment,return-value]  # of this process alone
    return ranking_page(database)


def year_of_units(folder: Path) -> Measured:
    """Twelve months of as many units as the folder is called by, in groups of thirty: scored, ranked, and the last drawn."""
    from dashboards.method.ranking import rank_group
    from dashboards.results import chance
    from data.zone.schemes import RankingScheme, shipped
    from tests.benchmarks.databases import MONTHS, unit_months

    scheme = next(one for _text, one in shipped() if isinstance(one, RankingScheme))
    number, months = int(folder.name), MONTHS[:12]
    year = [unit_months(number, month) for month in months]
    started = perf_counter()
    ranked = [[rank_group(units[first : first + 30], scheme) for first in range(0, number, 30)] for units in year]
    scored = perf_counter() - started
    counts = {one.unit: one for one in year[-1]}
    for place, group in enumerate(ranked[-1]):
        chance.of_group(group, counts, scheme, str(months[-1]), str(place))
    return {"seconds": scored, "drawn": perf_counter() - started - scored}


def day_pages_of_the_office(database: Path) -> Measured:
    """The ranking, and the pages of what stands on a day, one request each through the whole application, none of it kept."""
    return _day_pages(database, "office")


def day_pages_of_a_unit(database: Path) -> Measured:
    """The same for the account of one unit."""
    return _day_pages(database, "unit")


def _day_pages(database: Path, role: str) -> Measured:
    from tests.benchmarks.databases import LAST_MONTH
    from tests.benchmarks.day_pages import PAGES, timed

    client, headers = _signed_in(database, role)
    callbacks = client.get("/_dash-dependencies").get_json()

    def ask(path: str, query: str) -> None:
        answer = client.post("/_dash-update-component", json=_page_request(callbacks, path, query), headers=headers)
        said, expected = (
            answer.get_data(as_text=True),
            str(LAST_MONTH) if path == "/ranking" else PAGES[path.strip("/")].shows,
        )
        if answer.status_code != 200 or expected not in said:
            raise RuntimeError(f"{path}{query}: {said[:300]}")

    return timed(ask, f"?period={LAST_MONTH}")


def _office(database: Path) -> tuple[Any, dict[str, str]]:
    return _signed_in(database, "office")


def _signed_in(database: Path, role: str) -> tuple[Any, dict[str, str]]:
    """A browser that has signed in, and what its scripts send along; no result is kept. The process is settled as a server is."""
    from app import create_app, settle
    from data.settings import Settings
    from tests.benchmarks.databases import DAY_AFTER

    settings = Settings(
        database_url=f"sqlite:///{database}",
        archive_dir=database.parent / "archive",
        today=DAY_AFTER.date(),
        demo=True,
        kept_results_mib=0,
    )
    client = create_app(settings).server.test_client()
    settle()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/signin").get_data(as_text=True))[0]
    client.post(f"/signin/demo/{role}", data={"csrf_token": token})
    client.get("/ranking")  # a new session has a new token, which the next page hands out
    return client, {"X-CSRFToken": str(client.get_cookie("_csrf_token").value)}


def case_list(database: Path) -> Measured:
    """What a grid asks of a long list of cases, each a request through the whole application; seconds by what it is."""
    from tests.benchmarks.databases import CASES_OF, LAST_MONTH

    wanted = {
        "filter": {"filterModel": {"enterprise": {"filterType": "text", "type": "contains", "filter": "建材"}}},
        "filter_state": {"filterModel": {"state": {"filterType": "text", "type": "equals", "filter": "未闭环"}}},
        **_sorts("number", "enterprise", "sector", "hazards", "due_on", "last_reinspected_on", "state"),
    }
    asked = f"?period={LAST_MONTH}&unit={CASES_OF}&measure=inspections"
    return _long_list(database, "monthly-ranking-grid", asked, wanted, search="00012", by="enterprise")


def workbook_list(database: Path) -> Measured:
    """The same of the list of workbooks received."""
    wanted = {
        "filter": {"filterModel": {"file_name": {"filterType": "text", "type": "contains", "filter": "-07"}}},
        "filter_state": {"filterModel": {"state": {"filterType": "text", "type": "equals", "filter": "已收下"}}},
        **_sorts("number", "received_at", "file_name", "kind", "unit", "period", "version", "rows", "state", "sender"),
    }
    return _long_list(database, "submissions-grid", "?", wanted, search="00012", by="file_name")


def _sorts(*keys: str) -> dict[str, dict[str, Any]]:
    return {f"sort_{key}": {"sortModel": [{"colId": key, "sort": "desc"}]} for key in keys}


def _long_list(
    database: Path, grid: str, asked: str, wanted: Mapping[str, dict[str, Any]], *, search: str, by: str
) -> Measured:
    """First rows, the end, a search, sorted by a column and its end, and what else is wanted."""
    client, headers = _office(database)
    first = {
        "startRow": 0,
        "endRow": 100,
        "sortModel": [],
        "filterModel": {},
        "context": {"asked": asked, "search": ""},
    }

    def ask(**changes: Any) -> int:
        body = {
            "output": f"{grid}.getRowsResponse",
            "outputs": {"id": grid, "property": "getRowsResponse"},
            "inputs": [{"id": grid, "property": "getRowsRequest", "value": {**first, **changes}}],
            "changedPropIds": [f"{grid}.getRowsRequest"],
            "state": [],
        }
        answer = client.post("/_dash-update-component", json=body, headers=headers)
        told = answer.get_json()["response"][grid]["getRowsResponse"]
        if not told["rowData"]:
            raise RuntimeError(answer.get_data(as_text=True)[:300])
        return int(told["rowCount"])

    total = ask()
    end = {"startRow": total - 100, "endRow": total}
    every: dict[str, dict[str, Any]] = {
        "first": {},
        "end": end,
        "search": {"context": {"asked": asked, "search": search}},
        "sorted_end": {"sortModel": [{"colId": by, "sort": "asc"}], **end},
        **wanted,
    }
    return {name: _repeated(lambda changes=changes: ask(**changes), 5)["seconds"] for name, changes in every.items()}  # type: ignore[misc]


def case_file(database: Path) -> Measured:
    """The whole list as a workbook, taken along."""
    from tests.benchmarks.databases import CASES_OF, LAST_MONTH

    client, _headers = _office(database)
    started = perf_counter()
    answer = client.get(f"/export/cases.xlsx?period={LAST_MONTH}&unit={CASES_OF}&measure=inspections")
    size = len(answer.get_data())
    if answer.status_code != 200:
        raise RuntimeError(answer.get_data(as_text=True)[:300])
    return {"seconds": perf_counter() - started, "bytes": size, "parent_mib": _peak_mib("self")}


def _page_request(callbacks: list[dict[str, Any]], path: str, query: str) -> dict[str, Any]:
    """What Dash's own script sends when an address is opened."""
    router = next(one for one in callbacks if "_pages_content.children" in one["output"])
    given = {"pathname": path, "search": query}
    outputs = [part.rsplit(".", 1) for part in router["output"].strip(".").split("...")]
    return {
        "output": router["output"],
        "outputs": [{"id": identity, "property": name} for identity, name in outputs],
        "inputs": [{**one, "value": given[one["property"]]} for one in router["inputs"]],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
        "state": [],
    }


def _repeated(ask: Callable[[], object], times: int = _REQUESTS) -> Measured:
    measured = []
    for _ in range(min(_UNMEASURED, times) + times):
        started = perf_counter()
        ask()
        measured.append(perf_counter() - started)
    return {"seconds": median(measured[min(_UNMEASURED, times) :])}


def _workbooks(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.xlsx"), key=lambda path: (_month(path), path.name))


def _month(path: Path) -> Month:
    return Month.parse(path.stem.partition(" ")[2])


def _received(path: Path) -> datetime:
    """Sent on the third day of the next month."""
    return datetime.fromisoformat(f"{_month(path).plus(1)}-03T10:00:00+08:00")


@contextmanager
def _place(folder: Path) -> Iterator[Path]:
    """A folder for the side's database, on the same disk as the workbooks, gone afterwards."""
    with TemporaryDirectory(dir=folder.parent) as place:
        yield Path(place)


def _peak_mib(process: int | str) -> float:
    """The most memory that a process ever held, as Linux counts it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


SIDES: dict[str, Callable[[Path], Measured]] = {
    side.__name__: side
    for side in (
        product,
        command,
        pandas_openpyxl,
        calamine,
        ranking_result,
        ranking_page,
        ranking_page_without_chance,
        year_of_units,
        case_list,
        workbook_list,
        case_file,
        day_pages_of_the_office,
        day_pages_of_a_unit,
    )
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(SIDES[sys.argv[1]](Path(sys.argv[2]))) + "\n")
