"""What an account gets out of every result: a unit its own figures and nothing of the others', a viewer no names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from dashboards.results import (
    case_chain,
    cases,
    casualties,
    fatal_accidents,
    found_rates,
    inspection_days,
    places,
    ranking,
    ranking_printed,
    row_changes,
    scores,
    scores_printed,
    submissions,
    weak_measures,
    workbooks,
)
from data.intake.archive import Archive
from data.intake.inbox import Choice, take_in
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Quarter, Year
from etl.kinds.registry import KINDS
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.ledgers import NOTHING, ledger, number, send, targets
from tests.integration.papers import accident, accidents, review, self_assessment

ZONE = "shuangqiao"
UNIT = Scope(ZONE, Role.UNIT, "tongqiao-clerk", "tongqiao")
OTHERS = ("龙滩子", "longtanzi", "双路", "shuanglu", "邮亭", "youting", "应急", "经济发展", "经发")


@pytest.fixture
def filled(installation: Settings, tmp_path: Path) -> Settings:
    """Ledgers, marks and accidents of several units in May and the second quarter of 2022."""
    with Loader(installation) as loader:
        at = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
        books = [
            targets(),
            *(ledger("2022-05", unit) for unit in ("longtanzi", "shuanglu", "tongqiao")),
            self_assessment("longtanzi"),
            self_assessment("tongqiao", mark=6),
            review(units=("龙滩子街道", "双路街道")),
            accidents(
                "2022-06",
                accident("事1", date(2022, 5, 1), 3),
                accident("事2", date(2022, 5, 2), town="通桥", department=None, 事故单位="通桥一厂"),
                accident("事3", date(2022, 6, 2), 事故单位="通桥一厂"),
            ),
        ]
        for book in books:
            assert send(loader, book, tmp_path, at=at).errors == []
    return installation


def _asked(settings: Settings, scope: Scope) -> dict[str, Any]:
    engine, today = reader(settings.database_url), settings.today
    return {
        "ranking": fetched(engine, scope, ranking.fetch, Month(2022, 5), fixed_today=today),
        "scores": fetched(engine, scope, scores.fetch, Quarter(2022, 2), fixed_today=today),
        "casualties": fetched(engine, scope, casualties.fetch, Year(2022), fixed_today=today),
        "submissions": fetched(engine, scope, submissions.fetch, Month(2022, 5), fixed_today=today),
    }


OF_THE_PLACE = {"rank_interval", "chance", "weights", "single_keys", "to_next", "told_apart", "margin"}


def test_units_account_gets_its_own_figures_unchanged(filled: Settings) -> None:
    """Every figure of its own is the one that the office sees, but for the place and what tells of it."""
    own, all_of = _asked(filled, UNIT), _asked(filled, office(ZONE))
    for name, module in (("ranking", ranking_printed), ("scores", scores_printed)):
        shown = [one for group in module.as_dict(own[name])["groups"] for one in group["rows"]]  # type: ignore[attr-defined]
        full = [
            one
            for group in module.as_dict(all_of[name])["groups"]  # type: ignore[attr-defined]
            for one in group["rows"]
            if one["unit"] == "tongqiao"
        ]
        hidden = {"rank": None, "of": 0, **dict.fromkeys(OF_THE_PLACE & full[0].keys())}
        assert shown == [
            {**one, **hidden, "previous": shown[0].get("previous", None)} if "previous" in one else {**one, **hidden}
            for one in full
        ]
    of_unit = next(one.standing for one in all_of["casualties"].units if one.unit.code == "tongqiao")
    assert own["casualties"].total == of_unit


def test_nothing_of_the_others_is_in_what_a_units_account_gets(filled: Settings) -> None:
    """No name, code, place, total, accident or number of another unit stands anywhere in its reports."""
    own = _asked(filled, UNIT)
    texts = {
        "ranking": repr(own["ranking"].groups),
        "scores": repr((own["scores"].groups, own["scores"].speakers)),
        "casualties": repr(
            (casualties.as_dict(own["casualties"]), own["casualties"].record, own["casualties"].near_closure)
        ),
        "submissions": repr(own["submissions"].reports),
        "pictures": repr(_pictures(own)),
        "frames": "".join(own[name].frame().to_csv() for name in ("ranking", "scores", "casualties")),
    }
    for name, text in texts.items():
        assert "tongqiao" in text, name
        assert [other for other in OTHERS if other in text] == [], name
    assert "事1" not in texts["casualties"]
    assert own["casualties"].sectors == ()
    assert own["ranking"].sectors is None
    assert [group.chance for group in own["ranking"].groups] == [None] * 3
    ranks = [one.figures.rank for name in ("ranking", "scores") for group in own[name].groups for one in group.rows]
    assert ranks == [None, None]


def _pictures(asked: dict[str, Any]) -> list[Any]:
    """What pages draw of these results."""
    return [
        fatal_accidents.of_year(asked["casualties"]).accidents,
        *(weak_measures.of_group(asked["scores"], group) for group in asked["scores"].groups),
        *(
            of(asked["ranking"], group)
            for of in (places.of_year, found_rates.of_month)
            for group in asked["ranking"].groups
        ),
    ]


@pytest.mark.parametrize("fetch", [case_chain.fetch, inspection_days.fetch])
def test_days_and_chain_are_a_units_own(filled: Settings, fetch: Any) -> None:
    """A unit's account gets them as the office does, and of another unit, or of one that nobody knows, nothing."""
    engine, asked = reader(filled.database_url), {"fixed_today": filled.today}
    own = fetched(engine, UNIT, fetch, "tongqiao", Month(2022, 5), **asked)
    assert own == fetched(engine, office(ZONE), fetch, "tongqiao", Month(2022, 5), **asked)
    assert own.frame()["name"].unique().tolist() == ["通桥街道"]
    for code in ("longtanzi", "nobody"):
        assert fetched(engine, UNIT, fetch, code, Month(2022, 5), **asked) is None
    assert fetched(engine, office(ZONE), fetch, "nobody", Month(2022, 5), **asked) is None


def test_an_enterprise_is_named_only_for_accidents_of_ones_own(filled: Settings) -> None:
    """Two fatal accidents, one of them elsewhere: the office sees the enterprise speak, the unit is not told of the other."""
    named = {one.enterprise for one in _asked(filled, office(ZONE))["scores"].speakers if one.enterprise}
    assert named == {"通桥一厂"}
    assert [one.enterprise for one in _asked(filled, UNIT)["scores"].speakers if one.enterprise] == []


def test_being_last_is_not_told_before_publication(filled: Settings) -> None:
    """Lowest of its group is a place too: the office sees the reason, the unit's account does not."""
    assert "lowest" in {key for one in _asked(filled, office(ZONE))["scores"].speakers for key in one.reasons}
    own = _asked(filled, UNIT)["scores"]
    assert "lowest" not in {key for one in own.speakers for key in one.reasons}
    assert "lowest" not in {key for group in own.groups for row in group.rows for key in row.speaks}


def test_cases_and_workbooks_of_another_unit_are_not_there(filled: Settings) -> None:
    """Asked for by code or by number, they are answered as if there were none."""
    engine = reader(filled.database_url)
    own = fetched(engine, UNIT, cases.fetch, "tongqiao", Month(2022, 5), "inspections", fixed_today=filled.today)
    other = fetched(engine, UNIT, cases.fetch, "longtanzi", Month(2022, 5), "inspections", fixed_today=filled.today)
    assert (own.total, other.total, other.cases) == (3, 0, ())
    numbers = [one.number for one in fetched(engine, office(ZONE), workbooks.latest)]
    seen = [one.unit for n in numbers if (one := fetched(engine, UNIT, workbooks.one, n)) is not None]
    opened = [one.unit for n in numbers if (one := fetched(engine, UNIT, workbooks.original, n)) is not None]
    assert seen == opened == ["tongqiao", "tongqiao"]
    assert {one.unit for one in fetched(engine, UNIT, workbooks.latest)} == {"tongqiao"}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ADMIN])
def test_who_may_not_read_names_gets_figures_but_no_original(filled: Settings, role: Role) -> None:
    """Committee members see every unit's figures and problems; originals, in which people are named, are not opened."""
    engine, scope = reader(filled.database_url), Scope(ZONE, role, "somebody")
    assert ranking_printed.as_dict(_asked(filled, scope)["ranking"]) == ranking_printed.as_dict(
        _asked(filled, office(ZONE))["ranking"]
    )
    numbers = [one.number for one in fetched(engine, scope, workbooks.latest)]
    assert numbers
    assert [fetched(engine, scope, workbooks.original, n) for n in numbers] == [None] * len(numbers)


def test_a_name_in_a_problem_is_the_offices_and_the_units(installation: Settings, tmp_path: Path) -> None:
    """A lone inspector's name stands in the warning for office and unit, not for the committee."""
    with Loader(installation) as loader:
        send(loader, ledger("2022-05", "tongqiao").put({"H3": "欧阳独行"}), tmp_path)
    engine = reader(installation.database_url)
    for scope, shown in (
        (office(ZONE), True),
        (UNIT, True),
        (Scope(ZONE, Role.VIEWER, "v"), False),
        (Scope(ZONE, Role.ADMIN, "a"), False),
    ):
        found = fetched(engine, scope, workbooks.one, 1)
        assert found is not None
        assert ("欧阳独行" in repr(found)) is shown


def test_renaming_a_column_exposes_nobody(
    installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are hidden by the mark in the kind's declaration, whatever the column is called."""
    kind = KINDS["enforcement"]
    ledger_spec, *others = kind.tables
    columns = (replace(one, title="同行的人") if one.key == "inspectors" else one for one in ledger_spec.columns)
    spec = replace(ledger_spec, columns=tuple(columns))
    stored = tuple(replace(one, sheet=spec) if one.sheet is ledger_spec else one for one in kind.stored)
    monkeypatch.setitem(KINDS, "enforcement", replace(kind, tables=(spec, *others), stored=stored))
    with Loader(installation) as loader:
        for remark in ("初报", "更正"):
            book = ledger("2022-05", "tongqiao").put({"H1": "同行的人", "H3": f"欧阳{remark}", "H4": "欧阳独行"})
            assert send(loader, book, tmp_path).errors == []
    engine = reader(installation.database_url)
    last = fetched(engine, office(ZONE), workbooks.latest, most=1)[0].number
    for scope, shown in ((office(ZONE), True), (UNIT, True), (Scope(ZONE, Role.VIEWER, "v"), False)):
        sent = fetched(engine, scope, workbooks.one, last)
        assert sent is not None
        changes = fetched(engine, scope, row_changes.fetch, sent, change="changed")
        assert [list(row.after) for row in changes.rows] == [["同行的人"]]
        assert ("欧阳" in repr(changes), "欧阳" in repr(sent)) == (shown, shown)


def test_whose_number_it_is_is_the_offices_to_know(installation: Settings, tmp_path: Path) -> None:
    """A 检查文书号 that another unit reported: the office reads which unit, nobody else that there is one."""
    with Loader(installation) as loader:
        send(loader, ledger("2022-05", "longtanzi"), tmp_path)
        send(loader, ledger("2022-05", "tongqiao").put({"I4": number(3)}), tmp_path)
    engine = reader(installation.database_url)
    last = fetched(engine, office(ZONE), workbooks.latest, most=1)[0].number
    for scope, shown in ((office(ZONE), True), (UNIT, False), (Scope(ZONE, Role.VIEWER, "v"), False)):
        found = fetched(engine, scope, workbooks.one, last)
        assert found is not None
        assert [problem.code for problem in found.problems] == ["number_of_another_unit"] * shown
        assert ("龙滩子" in repr(found)) is shown


def _upload(settings: Settings, path: Path, scope: Scope, choice: Choice = NOTHING) -> int:
    with path.open("rb") as file:
        receipt = take_in(
            settings.database_url, Archive(settings.archive_dir), ZONE, file, path.name, scope.account,
            datetime.fromisoformat("2022-06-04T10:00:00+08:00"), choice, scope.unit,
        )  # fmt: skip
    return receipt.number


@pytest.mark.parametrize("choice", [NOTHING, Choice(unit="tongqiao")], ids=["as written", "claimed as own"])
def test_workbook_of_another_unit_sent_by_a_units_account_is_refused(
    installation: Settings, tmp_path: Path, choice: Choice
) -> None:
    """Whatever the form claimed: nothing is loaded, it stands in nobody's list but the sender's, in plain words."""
    path = ledger("2022-05", "longtanzi").write(tmp_path / "别人的.xlsx")
    receipt = _upload(installation, path, UNIT, choice)
    with Loader(installation) as loader:
        outcomes = loader.take_up_pending()
    assert [(one.status, one.unit, [problem.code for problem in one.errors]) for one in outcomes] == [
        ("rejected", None, ["conflict" if choice.unit else "not_allowed"])
    ]
    engine = reader(installation.database_url)
    longtanzi = Scope(ZONE, Role.UNIT, "longtanzi-clerk", "longtanzi")
    assert fetched(engine, longtanzi, workbooks.one, receipt) is None
    assert fetched(engine, UNIT, workbooks.one, receipt) is not None
    reports = fetched(engine, longtanzi, submissions.fetch, Month(2022, 5), fixed_today=installation.today).reports
    assert {report.status for report in reports} == {"missing"}


def test_own_workbook_sent_by_a_units_account_is_taken(installation: Settings, tmp_path: Path) -> None:
    """Its own ledger goes in as any other."""
    _upload(installation, ledger("2022-05", "tongqiao").write(tmp_path / "本单位.xlsx"), UNIT)
    with Loader(installation) as loader:
        assert [one.status for one in loader.take_up_pending()] == ["accepted"]
