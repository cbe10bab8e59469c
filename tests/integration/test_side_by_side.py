"""Side by side of real ledgers: what the rankings say of each side, no more for anybody than they say, and the way to the cases."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest

from dashboards.results import ranking, side_by_side
from dashboards.results.side_by_side import NotSeen, SideBySide
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send, targets
from tests.integration.sites import Site, made
from tests.integration.test_guessing import page

APRIL, MAY = Month(2022, 4), Month(2022, 5)


def _fill(settings: Settings, folder: Path) -> None:
    """April of 龙滩子街道 in time, May too late; May of 双路街道 with one case that was put right too late."""
    late = ledger("2022-05", "shuanglu").put({"R2": datetime(2022, 7, 1), "S2": "合格"})  # noqa: DTZ001  # as a cell holds it
    books = {"05": (targets(), ledger("2022-04")), "07": (ledger("2022-05"), late)}
    with Loader(settings) as loader:
        for month, book in ((month, book) for month, sent in books.items() for book in sent):
            at = datetime.fromisoformat(f"2022-{month}-04T10:00:00+08:00")
            assert send(loader, book, folder, at=at).errors == []


def _both(settings: Settings, scope: Scope, left: tuple[str, Month], right: tuple[str, Month]) -> SideBySide:
    return fetched(reader(settings.database_url), scope, side_by_side.fetch, left, right, fixed_today=settings.today)


@pytest.mark.parametrize("right", [("longtanzi", APRIL), ("shuanglu", MAY)])
def test_sides_are_what_the_rankings_say(installation: Settings, tmp_path: Path, right: tuple[str, Month]) -> None:
    """Score, indicators and points of each side stand in its month's ranking; the differences add up to that of the scores."""
    _fill(installation, tmp_path)
    scope = office(installation.zone)
    both = _both(installation, scope, ("longtanzi", MAY), right)
    for side in (both.left, both.right):
        month = fetched(
            reader(installation.database_url), scope, ranking.fetch, side.month, fixed_today=installation.today
        )
        row = next(row for row in month.group("town").rows if row.unit.code == side.unit.code)
        assert side.row is not None
        assert (side.score, side.row.figures) == (row.figures.score, row.figures)
    assert both.left.score is not None
    assert both.right.score is not None
    assert both.left.score != both.right.score
    assert both.difference == both.left.score - both.right.score
    assert sum((one.amount for one in both.causes), Decimal(0)) == both.difference


def test_nobody_sees_more_than_in_the_ranking(installation: Settings, tmp_path: Path) -> None:
    """A unit's account gets its own two months without places, and neither side of another unit."""
    _fill(installation, tmp_path)
    own = Scope(installation.zone, Role.UNIT, "clerk", "longtanzi")
    both = _both(installation, own, ("longtanzi", MAY), ("longtanzi", APRIL))
    assert both.own_only
    assert all(side.row is not None and side.row.figures.rank is None for side in (both.left, both.right))
    assert both.difference is not None
    for pair in ((("longtanzi", MAY), ("shuanglu", MAY)), (("shuanglu", MAY), ("longtanzi", MAY))):
        with pytest.raises(NotSeen):
            _both(installation, own, *pair)


@pytest.fixture
def site(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on these ledgers."""
    _fill(sqlite_installation, tmp_path)
    return made(sqlite_installation, monkeypatch)


def _shown(site: Site, role: Role, query: str) -> str:
    answer = page(site.signed_in(role), "/side-by-side", query)
    assert answer.status_code == 200
    return json.dumps(answer.get_json(), ensure_ascii=False)


def test_each_count_leads_to_its_cases(site: Site) -> None:
    """The counts of both sides lead to the ranking's list of these cases; swapping is an address of its own."""
    text = _shown(site, Role.OFFICE, "?period=2022-05&unit=longtanzi&with_unit=shuanglu")
    for unit in ("longtanzi", "shuanglu"):
        assert f"/ranking?period=2022-05&group=town&unit={unit}&measure=due_cases#cases" in text
    assert "/side-by-side?period=2022-05&unit=shuanglu&with_unit=longtanzi" in text


@pytest.mark.parametrize(
    "query",
    [
        "?period=2022-05&unit=longtanzi&with_month=2022-05",
        "?period=2022-05&unit=longtanzi&with_unit=longtanzi",
        "?period=2022-05&unit=longtanzi&with_unit=<i>&with_month=2022-13&measure=x",
        "?period=2022-05&unit=longtanzi&with_unit=&with_month=none",
    ],
)
def test_an_address_that_no_page_makes_is_the_month_before(site: Site, query: str) -> None:
    """Nothing is compared with itself, and what is written wrongly is left out."""
    text = _shown(site, Role.OFFICE, query)
    assert "龙滩子街道2022年5月 对照 龙滩子街道2022年4月" in text
    assert "<i>" not in text


def test_months_without_any_ledger_say_so(site: Site) -> None:
    """A sentence for each side, and the way to where ledgers are sent."""
    text = _shown(site, Role.OFFICE, "?period=2021-02&unit=longtanzi")
    for month in ("2021年2月", "2021年1月"):
        assert f"{month}，龙滩子街道办事处：本月没有通过的台账" in text
    assert "/submissions?period=2021-02" in text


def test_the_file_holds_what_the_page_shows(site: Site) -> None:
    """Counts, shares and points of both sides with their differences; the last line is the scores'."""
    visitor = site.signed_in(Role.OFFICE)
    answer = visitor.get("/export/side-by-side.csv?period=2022-05&unit=longtanzi&with_unit=shuanglu")
    name = unquote(answer.headers["Content-Disposition"].partition("UTF-8''")[2])
    assert name == "对照-龙滩子街道2022年5月-与-双路街道2022年5月.csv"
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert "分差最大的是" in lines[1][0] or "分差全部来自" in lines[1][0]
    rows = {row[0]: dict(zip(lines[2][1:], row[1:], strict=True)) for row in lines[3:]}
    score = rows["得分"]
    left, right, apart = (Decimal(score[f"{side}得分"]) for side in ("龙滩子街道 ", "双路街道 ", "相差（左−右） "))
    assert left - right == apart
    assert rows["三部曲闭环率"]["龙滩子街道 基数"]
