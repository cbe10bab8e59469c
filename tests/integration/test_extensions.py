"""An extended deadline counts from the decision on, for whom it was given; what was known or published before stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from dashboards.__main__ import freeze
from dashboards.results import ranking, ranking_printed, submissions
from dashboards.results.publishing import printed
from dashboards.results.verification import verify
from data.doctor import examine
from data.intake.deciding import Desk, Seconded, Taken
from data.intake.decision_checks import Undecidable
from data.intake.decisions import extend
from data.people import second_account
from data.people.accounts import Accounts, Wanted
from data.people.scope import Role, office
from data.printing import as_json
from data.schema.extensions import extension
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, parse_period
from data.zone.zone import read_zone
from etl.__main__ import app
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send, targets
from tests.integration.page_asked import texts
from tests.integration.sites import Visitor, made
from tests.integration.test_guessing import page as page_of
from tests.integration.test_rebuild import stored

MAY = parse_period("2022-05")
ON_THE_EIGHTH = datetime.fromisoformat("2022-06-08T10:00:00+08:00")
DECIDED = datetime.fromisoformat("2022-06-20T09:00:00+08:00")
WORSE = {"S2": "不合格"}


@pytest.fixture
def loader(installation: Settings, tmp_path: Path) -> Iterator[Loader]:
    """Loads into an installation that has May of one town in time and of another three days late."""
    with Loader(installation) as one:
        for name, book in (("指标", targets()), ("龙滩子", ledger())):
            assert send(one, book, tmp_path, name=f"{name}.xlsx").status == "accepted"
        assert send(one, ledger(unit="shuanglu"), tmp_path, at=ON_THE_EIGHTH).status == "accepted"
        yield one


def desk(loader: Loader, name: str = "office1", at: datetime = DECIDED) -> Desk:
    """Where an account of the office decides."""
    settings = loader.settings
    return Desk(settings.database_url, loader.archive, settings.zone, name, at)


def extended(loader: Loader, until: str, unit: str | None = "shuanglu", at: datetime = DECIDED, **other: Any) -> Taken:
    """The office extends a deadline."""
    told: dict[str, Any] = {"kind": "enforcement", "period": MAY, "unit": unit, "reason": "停电"}
    return extend(desk(loader, at=at), **{**told, "until": date.fromisoformat(until), **other})


def extended_for_all(loader: Loader, until: str, at: datetime = DECIDED) -> None:
    """The same for all units; where another account could confirm it, one does: it is the office's own deadline too."""
    taken = extended(loader, until, None, at)
    if taken.proposed:
        told: dict[str, Any] = {"kind": "enforcement", "period": MAY, "unit": None, "reason": "停电"}
        seconded = replace(desk(loader, at=at), seconded=Seconded(taken.number, "wang"))
        extend(seconded, until=date.fromisoformat(until), **told)


def rows(settings: Settings, **days: date) -> dict[str, dict[str, Any]]:
    """The rows of May's ranking, by unit."""
    engine, scope = reader(settings.database_url), office(settings.zone)
    result = fetched(engine, scope, ranking.fetch, Month(2022, 5), fixed_today=settings.today, **days)
    return {row["unit"]: row for group in ranking_printed.as_dict(result)["groups"] for row in group["rows"]}


def timeliness(settings: Settings, unit: str = "shuanglu", **days: date) -> float:
    """How a unit's ledger of May counts."""
    return float(rows(settings, **days)[unit]["indicators"]["timeliness"])


def standing(settings: Settings, unit: str, **days: date) -> str:
    """How a unit's ledger of May stands in the report of submissions."""
    engine, scope = reader(settings.database_url), office(settings.zone)
    result = fetched(engine, scope, submissions.fetch, MAY, fixed_today=settings.today, **days)
    found = next(one for one in result.reports if (one.unit.code, one.kind) == (unit, "enforcement"))
    return str(found.status)


def test_extension_given_afterwards_counts_from_the_decision_on(loader: Loader) -> None:
    """Who came within it is in time; what was known before the decision is as it was; nobody else gains by it."""
    settings = loader.settings
    before, known = rows(settings), rows(settings, known_by=date(2022, 6, 19))
    assert (timeliness(settings), standing(settings, "shuanglu")) == (0.5, "late")
    assert not extended(loader, "2022-06-10").proposed
    assert (timeliness(settings), standing(settings, "shuanglu")) == (1.0, "on_time")
    assert "late" not in rows(settings)["shuanglu"]["flags"]
    assert rows(settings, known_by=date(2022, 6, 19)) == known
    assert standing(settings, "shuanglu", known_by=date(2022, 6, 19)) == "late"
    own = ("score", "flags", "indicators", "points")
    assert [rows(settings)["longtanzi"][key] for key in own] == [before["longtanzi"][key] for key in own]
    assert "not_reported" in rows(settings)["youting"]["flags"]
    assert examine(settings) == ([], [])


def test_who_still_has_time_is_awaited(loader: Loader) -> None:
    """Up to the end of the extended day for whom it was given; half of the points for five days after that."""
    settings = loader.settings
    early = datetime.fromisoformat("2022-06-03T09:00:00+08:00")
    extended(loader, "2022-06-10", "youting", at=early)
    days = {"as_of": date(2022, 6, 10), "known_by": date(2022, 6, 10)}
    flags = {unit: rows(settings, **days)[unit]["flags"] for unit in ("youting", "tongqiao")}
    assert flags == {"youting": ["awaited"], "tongqiao": ["not_reported"]}
    assert [standing(settings, unit, known_by=date(2022, 6, 10)) for unit in flags] == ["awaited", "missing"]
    assert rows(settings)["youting"]["flags"] == ["not_reported"]
    extended_for_all(loader, "2022-06-12", at=early)
    assert timeliness(settings) == 1.0
    extended(loader, "2022-06-14", "youting", at=early)
    assert rows(settings, known_by=date(2022, 6, 13))["youting"]["flags"] == ["awaited"]


def test_half_counts_from_the_deadline_as_it_then_stands(loader: Loader, tmp_path: Path) -> None:
    """Half up to five days after the extended deadline (METHOD section 2, timeliness)."""
    at = datetime.fromisoformat("2022-06-15T23:00:00+08:00")
    assert send(loader, ledger(unit="youting"), tmp_path, at=at).status == "accepted"
    assert timeliness(loader.settings, "youting") == 0
    extended(loader, "2022-06-10", "youting")
    assert timeliness(loader.settings, "youting") == 0.5


def test_correction_goes_by_the_units_own_deadline(loader: Loader, tmp_path: Path) -> None:
    """What a unit puts right within its own longer time is no correction; of others the place is that of their day."""
    settings = loader.settings
    extended(loader, "2022-06-12", "longtanzi", at=datetime.fromisoformat("2022-06-03T09:00:00+08:00"))
    in_time = datetime.fromisoformat("2022-06-11T09:00:00+08:00")
    assert send(loader, ledger().put(WORSE), tmp_path, at=in_time).status == "accepted"
    assert rows(settings)["longtanzi"]["correction"] is None
    known = rows(settings, known_by=date(2022, 6, 12))["longtanzi"]
    too_late = datetime.fromisoformat("2022-06-13T09:00:00+08:00")
    assert send(loader, ledger().put({"N2": 0}), tmp_path, at=too_late).status == "accepted"
    found = rows(settings)["longtanzi"]["correction"]
    assert (found["score_before"], found["rank_before"]) == (known["score"], known["rank"])


@pytest.mark.parametrize(
    ("until", "changes", "said"),
    [
        ("2022-06-05", {}, "不能缩短"),
        ("2022-06-01", {}, "不能缩短"),
        ("2202-06-10", {}, "一年"),
        ("2022-06-10", {"reason": "  "}, "理由"),
        ("2022-06-10", {"kind": "self_assessment"}, "没有应报"),
        ("2022-06-10", {"kind": "review"}, "没有应报"),
        ("2022-06-10", {"unit": "nowhere"}, "没有这个单位"),
    ],
)
def test_what_is_no_extension_is_not_taken(loader: Loader, until: str, changes: dict[str, Any], said: str) -> None:
    """A deadline is never shortened, needs a reason, and must be there."""
    with pytest.raises(Undecidable, match=said):
        extended(loader, until, **{"unit": "shuanglu", **changes})
    with reader(loader.settings.database_url).connect() as connection:
        assert connection.execute(select(extension)).all() == []


def test_one_for_all_does_not_shorten_a_longer_one(loader: Loader) -> None:
    """A unit that has longer keeps it."""
    extended(loader, "2022-06-15", "youting", at=datetime.fromisoformat("2022-06-03T09:00:00+08:00"))
    extended_for_all(loader, "2022-06-07", at=datetime.fromisoformat("2022-06-03T10:00:00+08:00"))
    found = rows(loader.settings, known_by=date(2022, 6, 14))
    assert (found["youting"]["flags"], found["tongqiao"]["flags"]) == (["awaited"], ["not_reported"])
    with pytest.raises(Undecidable, match="2022-06-15"):
        extended(loader, "2022-06-12", "youting")


def test_offices_own_deadline_needs_a_second_account(loader: Loader) -> None:
    """Its own, and that of all; then it is marked in the publication, and a rebuild has it too."""
    settings = loader.settings
    accounts = Accounts.of(settings)
    accounts.add_without_password(Wanted("wang", "王五", Role.OFFICE), by="office", at=DECIDED)
    for unit, until in (("emergency", "2022-06-10"), (None, "2022-06-09")):
        taken = extended(loader, until, unit)
        assert taken.proposed
        with pytest.raises(Undecidable, match="等待"):
            extended(loader, until, unit)
        assert timeliness(settings) == 0.5
    with pytest.raises(Undecidable, match="只有安委办账号"):
        second_account.confirm(desk(loader), taken.number)
    second_account.confirm(replace(desk(loader), actor="wang"), taken.number)
    assert timeliness(settings) == 1.0
    held = freeze(settings, "ranking", MAY, None, reason="", mistake=False).content["publication"]
    assert [one["act"] for one in held["second_account"]] == ["extend_deadline"]
    assert held["extensions"] == {"enforcement": {"2022-05": {"all": "2022-06-09"}}}
    findings, notes = examine(settings)
    assert (findings, len(notes)) == ([], 1), "one proposal still waits"


@pytest.mark.parametrize("on", ["2022-06-03T09:00:00", "2022-06-05T23:00:00", "2022-06-06T09:00:00"])
def test_one_for_all_needs_a_second_account_whenever_it_is_the_offices_too(loader: Loader, on: str) -> None:
    """Before the deadline, on its last day and after it; not where the office has longer anyway, nor where it files nothing."""
    at = datetime.fromisoformat(f"{on}+08:00")
    Accounts.of(loader.settings).add_without_password(Wanted("wang", "王五", Role.OFFICE), by="office", at=at)
    assert extended(loader, "2022-06-10", None, at).proposed
    assert offices_day(loader) == date(2022, 6, 5)
    own = {"kind": "enforcement", "period": MAY, "unit": "emergency", "until": date(2022, 6, 12), "reason": "停电"}
    taken = extend(desk(loader, at=at), **own)
    extend(replace(desk(loader, at=at), seconded=Seconded(taken.number, "wang")), **own)
    assert not extended(loader, "2022-06-12", None, at).proposed
    assert offices_day(loader) == date(2022, 6, 12)
    assert not extended(loader, "2022-08-10", None, at, kind="review", period=parse_period("2022Q2")).proposed


def test_one_for_all_counts_where_nobody_could_confirm_it(loader: Loader) -> None:
    """A zone that is run by one account has no second one; the office's own deadline alone waits there too."""
    accounts = Accounts.of(loader.settings)
    accounts.add_without_password(Wanted("office1", "某人", Role.OFFICE), by="office", at=DECIDED)
    assert not extended(loader, "2022-06-10", None).proposed
    assert timeliness(loader.settings) == 1.0
    assert offices_day(loader) == date(2022, 6, 10)
    assert extended(loader, "2022-06-12", "emergency").proposed
    assert offices_day(loader) == date(2022, 6, 10)


def offices_day(loader: Loader) -> date:
    """The office's own last day for May."""
    with reader(loader.settings.database_url).connect() as connection:
        return read_zone(connection, loader.settings.zone).due_day("enforcement", MAY, "emergency")


def test_extension_overtakes_what_is_published_and_is_named(loader: Loader, tmp_path: Path) -> None:
    """The publication stays to the letter and says what moved it; a rebuild has the extension at its place."""
    settings = loader.settings
    one = freeze(settings, "ranking", MAY, None, reason="", mistake=False)
    document = as_json(printed(one)).encode()
    extended(loader, "2022-06-10")
    engine, scope = reader(settings.database_url), office(settings.zone)
    found = fetched(engine, scope, verify, document, fixed_today=settings.today)
    assert (found.status, found.figures_equal) == ("overtaken", True)
    moved = {"what": "extensions.enforcement.2022-05.shuanglu", "before": "—", "after": "2022-06-10"}
    assert list(found.moved_by) == [moved]
    second = freeze(settings, "ranking", MAY, None, reason="报送时限延期", mistake=False)
    assert second.content["publication"]["moved_by"] == [moved]
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, anew)
    assert stored(settings, anew) == stored(settings, settings.database_url)


def test_month_is_published_without_a_reason_only_once_nobody_has_time(loader: Loader) -> None:
    """As extended, for whomever it was."""
    settings = loader.settings
    extended(loader, "2022-06-10", "youting", at=datetime.fromisoformat("2022-06-03T09:00:00+08:00"))
    with pytest.raises(Undecidable, match="2022-06-10"):
        freeze(settings.model_copy(update={"today": date(2022, 6, 10)}), "ranking", MAY, None, reason="", mistake=False)
    freeze(settings.model_copy(update={"today": date(2022, 6, 11)}), "ranking", MAY, None, reason="", mistake=False)


def test_command_extends(loader: Loader, commanded: Callable[[Settings], None]) -> None:
    """By the unit's name; what cannot be done is a usage error with a sentence."""
    settings = loader.settings
    commanded(settings)
    run = CliRunner().invoke
    told = ["extend", "enforcement", "--period", "2022-05", "--unit", "双路街道办事处", "--reason", "停电"]
    done = run(app, [*told, "--until", "2022-06-10"])
    assert (done.exit_code, "2022-06-10" in done.output) == (0, True), done.output
    assert timeliness(settings) == 1.0
    assert run(app, [*told, "--until", "2022-06-08"]).exit_code == 2
    assert run(app, [*told, "--until", "10.6."]).exit_code == 2
    assert run(app, ["extend", "nothing", *told[2:], "--until", "2022-06-20"]).exit_code == 2


def shown(visitor: Visitor, address: str) -> str:
    """What can be read on a page."""
    path, _mark, query = address.partition("?")
    answer = page_of(visitor, path, f"?{query}").get_json()
    return "".join(texts(answer["response"]["_pages_content"]["children"]))


def test_office_extends_on_the_page_and_the_unit_reads_why(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A form to the office alone; its unit reads the reason, a neighbour nothing, a viewer the day. The office's own waits."""
    site = made(sqlite_installation, monkeypatch)
    site.door.add(Wanted("lisi", "李四", Role.UNIT, "shuanglu"))
    with Loader(site.door.settings) as loader:
        assert send(loader, ledger(), tmp_path).status == "accepted"
    page, told = "/submissions?period=2022-05", {"period": "2022-05", "kind": "enforcement", "reason": "停电三日"}
    boss, unit, viewer = (site.signed_in(role) for role in (Role.OFFICE, Role.UNIT, Role.VIEWER))
    form = {**told, "unit": "longtanzi", "until": "2022-06-20"}
    assert "延长报送时限" in shown(boss, page)
    assert "报送延期" not in shown(unit, page)
    assert boss.post("/decide/extension", form).status_code == 303
    assert "龙滩子街道“执法检查台账”：延至2022年6月20日" in shown(boss, page)
    assert "停电三日" in shown(unit, page)
    neighbour = site.visitor()
    site._let_in(neighbour, site.door.sessions.open("lisi", "demo", at=site.clock.at).token)
    assert "2022年6月20日" not in shown(neighbour, page)
    seen = shown(viewer, page)
    assert ("延至2022年6月20日" in seen, "停电三日" in seen) == (True, False)
    for changes, status in (
        ({}, 409), ({"until": "2022-06-04"}, 409), ({"reason": ""}, 409), ({"until": "20. Juni"}, 400), ({"kind": "x"}, 400),
        ({"period": "x"}, 400), ({"reason": "长" * 501}, 400), ({"unit": ""}, 409),
    ):  # fmt: skip
        answer = boss.post("/decide/extension", {**form, **changes})
        assert answer.status_code == status, changes
    waits = boss.post("/decide/extension", {**form, "unit": "emergency"})
    assert (waits.status_code, "另一账号" in waits.text) == (200, True)
    proposed = shown(site.signed_in(Role.ADMIN), "/administration")
    assert "将应急局2022年5月“执法检查台账”的报送时限延至 2022-06-20" in proposed
    assert "停电三日" not in shown(neighbour, page)


def test_both_pages_name_the_extension_that_moved_a_report(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whose, for what and until when, never as a decision on a veto; a unit is told of its own and of that of all."""
    site = made(sqlite_installation, monkeypatch)
    site.door.add(Wanted("lisi", "李四", Role.UNIT, "shuanglu"))
    early = datetime.fromisoformat("2022-06-03T09:00:00+08:00")
    with Loader(site.door.settings) as loader:
        for name, book in (("指标", targets()), ("龙滩子", ledger())):
            assert send(loader, book, tmp_path, name=f"{name}.xlsx").status == "accepted"
        assert send(loader, ledger(unit="shuanglu"), tmp_path, at=ON_THE_EIGHTH).status == "accepted"
        extended(loader, "2022-06-07")
        one = freeze(loader.settings, "ranking", MAY, None, reason="", mistake=False)
        extended(loader, "2022-06-10")
        extended_for_all(loader, "2022-06-09", at=early)
    own = "双路街道2022年5月执法检查台账的报送期限延至2022年6月10日（此前2022年6月7日）"
    every = "全部单位2022年5月执法检查台账的报送期限延至2022年6月9日"
    boss, neighbour, unit = (site.signed_in(Role.OFFICE), site.signed_in(Role.UNIT), site.visitor())
    site._let_in(unit, site.door.sessions.open("lisi", "demo", at=site.clock.at).token)
    pages = ("/ranking?period=2022-05&group=town", f"/publications?period=2022&entry={one.entry}")
    for visitor in (boss, unit):
        for page in pages:
            text = shown(visitor, page)
            found = (own in text, every in text, "拟否决作出决定" in text, "extensions." in text)
            assert found == (True, True, False, False), page
    told = shown(neighbour, pages[1])
    assert (every in told, "双路街道2022年5月执法检查台账" in told) == (True, False)
