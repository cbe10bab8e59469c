"""What the office would decide on its own figures takes effect when a second account confirms it (METHOD section 1)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from dashboards.__main__ import freeze
from data.doctor import examine
from data.intake import decisions
from data.intake.archive import Archive
from data.intake.audit import history
from data.intake.decisions import Desk, Undecidable
from data.intake.inbox import Choice, take_in
from data.people import passwords, second_account
from data.people.accounts import Wanted
from data.people.scope import Role
from data.rollup.in_force import in_force
from data.schema.intake import submission
from data.schema.proposals import proposal
from data.schema.quarterly import veto_decision
from data.settings import Settings
from data.store import reader
from data.zone.periods import Quarter, parse_period
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from etl.table.messages import sentence
from tests.integration.doors import NOW, Counting, Door, let_in
from tests.integration.ledgers import all_rows, ledger, send, targets
from tests.integration.sites import made
from tests.integration.test_rebuild import OUR_OWN

UNIT = "emergency"
GROUNDS = ["accident 事1 较大"]
Q2 = Quarter(2022, 2)


@pytest.fixture
def door(installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """An installation with ledgers of the office and of a town, the year's targets, and accounts."""
    hasher = Counting()
    monkeypatch.setattr(passwords, "hasher", lambda: hasher)
    opened = Door(installation, hasher)
    people = (
        ("office1", Role.OFFICE, None), ("office2", Role.OFFICE, None), ("admin1", Role.ADMIN, None),
        ("viewer1", Role.VIEWER, None), ("clerk1", Role.UNIT, UNIT),
    )  # fmt: skip
    let_in(opened, *(Wanted(name, "某人", role, unit) for name, role, unit in people))
    with Loader(installation) as loader:
        for book in (ledger(unit=UNIT), ledger(unit="shuanglu"), targets()):
            assert send(loader, book, tmp_path).status == "accepted"
    return opened


def desk(door: Door, name: str) -> Desk:
    """Where an account decides."""
    settings = door.settings
    return Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, name, NOW)


def sent_by(door: Door, unit: str = UNIT, kind: str = "enforcement") -> int:
    """The number of the first workbook of a unit and kind: the office's own ledger."""
    asked = select(submission.c.submission).where(submission.c.unit == unit, submission.c.kind == kind)
    with reader(door.settings.database_url).connect() as connection:
        return connection.execute(asked.order_by(submission.c.submission)).scalars().first() or 0


def returned(door: Door, unit: str = UNIT, kind: str = "enforcement") -> str | None:
    """Who returned that workbook; None: it counts."""
    asked = select(submission.c.returned_by).where(submission.c.submission == sent_by(door, unit, kind))
    with reader(door.settings.database_url).connect() as connection:
        name: str | None = connection.execute(asked).scalar_one()
    return name


def waiting(door: Door) -> list[int]:
    """The numbers of what waits for a second account."""
    with reader(door.settings.database_url).connect() as connection:
        return list(connection.execute(select(proposal.c.entry).where(proposal.c.confirmed.is_(None))).scalars())


def propose(door: Door, name: str = "office1") -> int:
    """An account would return the office's own ledger; the proposal's number."""
    assert decisions.return_workbook(desk(door, name), sent_by(door), "与现场不符").proposed
    (number,) = waiting(door)
    return number


def test_one_account_alone_changes_nothing(door: Door) -> None:
    """A return of the office's own ledger waits; that of a town's, and of what sets everybody's figures, is done."""
    number = propose(door)
    assert returned(door) is None
    for unit, kind, reason in (("shuanglu", "enforcement", "与现场不符"), (UNIT, "targets", "指标有误")):
        assert not decisions.return_workbook(desk(door, "office1"), sent_by(door, unit, kind), reason).proposed
        assert returned(door, unit, kind) == "office1"
    assert examine(door.settings) == ([], [f"待另一人确认：由 office1 提出的涉及安委办的决定（日志第 {number} 行）。"])


@pytest.mark.parametrize("second", ["office2", "admin1"])
def test_another_account_confirms(door: Door, second: str) -> None:
    """Then it is done, and both names stand in the audit log and in the proposal's row."""
    number = propose(door)
    second_account.confirm(desk(door, second), number)
    assert returned(door) == "office1"
    assert waiting(door) == []
    with reader(door.settings.database_url).connect() as connection:
        entry = next(one for one in history(connection, door.settings.zone) if one.action == "workbook returned")
        row = connection.execute(select(proposal)).one()
    assert (entry.actor, entry.detail["second"]) == ("office1", second)
    assert (row.confirmed, row.answered_by, row.actor) == (True, second, "office1")
    assert row.answer > number
    assert examine(door.settings) == ([], [])


def test_another_account_refuses(door: Door) -> None:
    """Then it is not done, and can be proposed anew."""
    number = propose(door)
    second_account.refuse(desk(door, "office2"), number)
    assert (returned(door), waiting(door)) == (None, [])
    assert ("office2", "proposal refused", f"proposal {number}") in door.acts()
    assert propose(door) > number


@pytest.mark.parametrize("answer", [second_account.confirm, second_account.refuse])
@pytest.mark.parametrize("name", ["office1", "viewer1", "clerk1", "office", "nobody"])
def test_who_may_not_answer(door: Door, answer: Callable[[Desk, int], object], name: str) -> None:
    """Neither who proposed it, nor a viewer, nor the unit's own account, nor the command line, nor nobody."""
    number = propose(door)
    lines = desk(door, name).archive.last_number()
    with pytest.raises(Undecidable):
        answer(desk(door, name), number)
    assert (returned(door), waiting(door)) == (None, [number])
    assert desk(door, name).archive.last_number() == lines


def test_a_disabled_account_does_not_confirm(door: Door) -> None:
    """Whoever was shut out says nothing any more."""
    number = propose(door)
    door.accounts.set_active("office2", False, by="admin1", at=NOW)
    with pytest.raises(Undecidable):
        second_account.confirm(desk(door, "office2"), number)


def test_an_answer_is_given_once(door: Door) -> None:
    """What was answered waits for nobody, and the same is not proposed twice."""
    number = propose(door)
    with pytest.raises(Undecidable, match="正在等待"):
        decisions.return_workbook(desk(door, "office2"), sent_by(door), "另一理由")
    second_account.confirm(desk(door, "office2"), number)
    for answer in (second_account.confirm, second_account.refuse):
        with pytest.raises(Undecidable, match="不再等待"):
            answer(desk(door, "admin1"), number)


def test_what_became_impossible_is_not_done(door: Door, tmp_path: Path) -> None:
    """A newer version came: the old one counts no more, so it cannot be returned; the proposal waits to be refused."""
    number = propose(door)
    with Loader(door.settings) as loader:
        assert send(loader, ledger(unit=UNIT).put({"T2": "更正"}), tmp_path).status == "accepted"
    with pytest.raises(Undecidable):
        second_account.confirm(desk(door, "office2"), number)
    assert waiting(door) == [number]
    second_account.refuse(desk(door, "office2"), number)


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_veto_on_the_office_needs_two(door: Door, confirmed: bool) -> None:
    """Confirming or dismissing it, either way; on another unit one account decides."""

    def proposed(unit: str) -> bool:
        told = {"confirmed": confirmed, "grounds": GROUNDS, "reason": "经研究"}
        return decisions.decide_veto(desk(door, "office1"), quarter=Q2, unit=unit, **told).proposed

    assert not proposed("shuanglu")
    assert proposed(UNIT)
    (number,) = waiting(door)
    second_account.confirm(desk(door, "office2"), number)
    with reader(door.settings.database_url).connect() as connection:
        rows = connection.execute(select(veto_decision).order_by(veto_decision.c.entry)).all()
    assert [(row.unit, row.confirmed, row.actor) for row in rows] == [
        ("shuanglu", confirmed, "office1"),
        (UNIT, confirmed, "office1"),
    ]


def test_made_anew_it_is_the_same(door: Door, tmp_path: Path) -> None:
    """Proposals, answers and what they did come out of the journal again."""
    second_account.refuse(desk(door, "office2"), propose(door))
    second_account.confirm(desk(door, "admin1"), propose(door))
    propose_veto = {"confirmed": True, "grounds": GROUNDS, "reason": "经研究"}
    decisions.decide_veto(desk(door, "office1"), quarter=Q2, unit=UNIT, **propose_veto)
    into = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(door.settings, into)
    anew, live = all_rows(door.settings.model_copy(update={"database_url": into})), all_rows(door.settings)
    for name in ("proposal", "decision", "veto_decision", "inspection", "enforcement_month", "enforcement_sector"):
        assert anew[name] == live[name]
    assert len(live["proposal"]) == 3


def test_the_command_line_proposes(door: Door, commanded: Callable[[Settings], None]) -> None:
    """It acts as the office and is nobody's account: it says that the decision waits, and ends with 0."""
    from etl.__main__ import app

    commanded(door.settings)
    arguments = ["return", "enforcement", "--unit", UNIT, "--period", "2022-05", "--reason", "与现场不符"]
    ended = CliRunner().invoke(app, arguments)
    assert (ended.exit_code, "待" in ended.output or "确认后生效" in ended.output) == (0, True), ended.output
    assert returned(door) is None
    (number,) = waiting(door)
    second_account.confirm(desk(door, "office1"), number)
    assert returned(door) == "office"


def test_on_the_page(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form says that it waits; an administrator finds it in 系统管理 and confirms; who proposed it cannot."""
    with Loader(sqlite_installation) as loader:
        assert send(loader, ledger(unit=UNIT), tmp_path).status == "accepted"
    site = made(sqlite_installation, monkeypatch)
    office, admin = site.signed_in(Role.OFFICE), site.signed_in(Role.ADMIN)
    answer = office.post(f"/return/{sent_by(site.door)}", {"reason": "与现场不符"})
    assert (answer.status_code, "确认后生效" in answer.text) == (200, True)
    (number,) = waiting(site.door)
    for role in (Role.VIEWER, Role.UNIT):
        assert site.signed_in(role).post(f"/second-account/{number}", {"confirmed": "yes"}).status_code == 403
    assert office.post(f"/second-account/{number}", {"confirmed": "yes"}).status_code == 409
    assert admin.post(f"/second-account/{number}", {"confirmed": "perhaps"}).status_code == 400
    assert returned(site.door) is None
    assert admin.post(f"/second-account/{number}", {"confirmed": "yes"}).status_code == 303
    assert returned(site.door) == "office1"
    assert admin.post(f"/second-account/{number}", {"confirmed": "no"}).status_code == 409


def test_correction_of_the_offices_own_published_month_waits_for_a_second_account(door: Door, tmp_path: Path) -> None:
    """With a reason from one account it is refused on the command line, and proposed on the page; another account has it loaded."""
    settings, month = door.settings.model_copy(update={"today": NOW.date()}), parse_period("2022-05")
    freeze(settings, "ranking", month, None, reason="先行发布", mistake=False)
    corrected = ledger(unit=UNIT).put({"S2": "不合格"})
    with Loader(settings) as loader:
        refused = send(loader, corrected, tmp_path, choice=Choice(note="复查录错"), at=NOW)
        assert [one.code for one in refused.errors] == ["closed_period"]
        assert "第二个账号" in sentence(refused.errors[0])
        with (tmp_path / "台账.xlsx").open("rb") as file:
            archive = Archive(settings.archive_dir)
            receipt = take_in(settings.database_url, archive, settings.zone, file, "台账.xlsx", "office1", NOW,
                              Choice(note="复查录错"), None, asks=True)  # fmt: skip
        loader.take_up_pending()
        assert decisions.confirm(desk(door, "office1"), receipt.number, 1).proposed
        with pytest.raises(Undecidable):
            decisions.confirm(desk(door, "office1"), receipt.number, 1)
        (number,) = waiting(door)
        with pytest.raises(Undecidable):
            second_account.confirm(desk(door, "office1"), number)
        loader.take_up_pending()
        assert version_in_force(door) == 1
        second_account.confirm(desk(door, "admin1"), number)
        loader.take_up_pending()
    assert version_in_force(door) == 2
    told = freeze(settings, "ranking", month, None, reason="更正", mistake=True).content["publication"]
    (marked,) = told["second_account"]
    assert (marked["act"], marked["period"]) == ("confirm", "2022-05")
    entry = Archive(settings.archive_dir).entry(marked["line"])
    assert entry is not None
    assert entry.data["second"] == "admin1"
    assert examine(settings) == ([], [])
    anew = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'anew.db'}"})
    rebuild(settings, anew.database_url)
    assert all_rows(anew, but=OUR_OWN | {"submission"}) == all_rows(settings, but=OUR_OWN | {"submission"})


def version_in_force(door: Door) -> int | None:
    """Which version of the office's own ledger counts."""
    with reader(door.settings.database_url).connect() as connection:
        found = in_force(connection, door.settings.zone, "enforcement", UNIT, "2022-05")
    return None if found is None else found.version
