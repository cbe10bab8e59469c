"""What the office would decide on its own figures takes effect when a second account confirms it (METHOD section 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from dashboards.__main__ import freeze
from dashboards.results import published, scores
from dashboards.results.published import Mover
from data.doctor import examine
from data.intake import decisions, own_review
from data.intake.archive import Archive
from data.intake.audit import history
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.inbox import Choice, take_in
from data.people import passwords, second_account
from data.people.accounts import Wanted
from data.people.scope import Role, office
from data.rollup.in_force import in_force
from data.schema.intake import submission
from data.schema.proposals import proposal
from data.schema.quarterly import veto_decision
from data.settings import Settings
from data.store import reader
from data.zone.periods import Quarter, parse_period
from etl.loading.load import Loader
from etl.loading.outcome import Outcome
from etl.loading.rebuild import rebuild
from etl.table.messages import sentence
from tests.fetching import fetched
from tests.integration.doors import NOW, Counting, Door, let_in
from tests.integration.ledgers import Book, all_rows, ledger, send, targets
from tests.integration.papers import review, self_assessment
from tests.integration.sites import made
from tests.integration.test_guessing import page
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


REVIEWED = ("龙滩子街道办事处", "应急管理局")
TODAY = date(2022, 7, 20)


def reviewed(door: Door, loader: Loader, folder: Path, way: str, book: Book, name: str = "office1") -> Outcome:
    """A review comes in by the command, or is uploaded and confirmed on the page by an account of the office."""
    settings, at = door.settings, datetime.fromisoformat("2022-07-14T09:00:00+08:00")
    if way == "command":
        return send(loader, book, folder, at=at, name="评审.xlsx")
    path = book.write(folder / "评审.xlsx")
    with path.open("rb") as file:
        archive = Archive(settings.archive_dir)
        receipt = take_in(settings.database_url, archive, settings.zone, file, path.name, name, at, Choice(note="二季度"),
                          None, asks=True)  # fmt: skip
    loader.take_up_pending()
    with reader(settings.database_url).connect() as connection:
        counts = in_force(connection, settings.zone, "review", UNIT, "2022Q2")
    taken = decisions.confirm(replace(desk(door, name), at=at), receipt.number, counts and counts.version)
    assert not taken.proposed, "the marks of all others do not wait"
    (outcome,) = loader.take_up_pending()
    return outcome


def marks(door: Door, unit: str, known_by: date = TODAY) -> tuple[object, object]:
    """The review and the score of a unit's second measure."""
    engine, scope = reader(door.settings.database_url), office(door.settings.zone)
    result = fetched(engine, scope, scores.fetch, Q2, fixed_today=TODAY, known_by=known_by)
    row = next(row for group in result.groups for row in group.rows if row.unit.code == unit)
    return row.figures.measures[1].review, row.figures.measures[1].score


def quarter(door: Door, loader: Loader, folder: Path) -> None:
    """The office and a town say 9 of themselves."""
    for unit in (UNIT, "longtanzi"):
        at = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
        assert send(loader, self_assessment(unit), folder, at=at, name=f"{unit}.xlsx").status == "accepted"


@pytest.mark.parametrize("way", ["command", "page"])
def test_own_marks_of_a_review_wait_on_either_door(door: Door, tmp_path: Path, way: str) -> None:
    """All others' count at once; the office's own from the day on which another account confirms them. Publication, doctor and a
    rebuild have it all.
    """
    settings = door.settings.model_copy(update={"today": TODAY})
    with Loader(settings) as loader:
        quarter(door, loader, tmp_path)
        outcome = reviewed(door, loader, tmp_path, way, review(units=REVIEWED))
    assert (outcome.status, outcome.waits) == ("accepted", True)
    assert (marks(door, "longtanzi"), marks(door, UNIT)) == ((8, 8), (None, 9))
    (number,) = waiting(door)
    findings, notes = examine(settings)
    assert (findings, len(notes)) == ([], 1)
    first = freeze(settings, "scores", Q2, None, reason="", mistake=False)
    proposer, later = {"command": "office", "page": "office1"}[way], datetime.fromisoformat("2022-07-20T09:00:00+08:00")
    if way == "page":
        with pytest.raises(Undecidable, match="另一"):
            second_account.confirm(desk(door, proposer), number)
    second_account.confirm(replace(desk(door, "office2"), at=later), number)
    assert (marks(door, UNIT), marks(door, UNIT, date(2022, 7, 19))) == ((8, 8), (None, 9))
    engine, scope = reader(settings.database_url), office(settings.zone)
    state = fetched(engine, scope, published.fetch, "scores", Q2, fixed_today=TODAY)
    assert state.movers == (Mover("own_review"),)
    (entry,) = [one for one in Archive(settings.archive_dir).entries() if one.act == "count_own_review"]
    assert (entry.data["actor"], entry.data["second"]) == (proposer, "office2")
    second = freeze(settings, "scores", Q2, None, reason="安委办自身评审", mistake=False).content["publication"]
    assert second["second_account"] == [{"line": entry.number, "act": "count_own_review", "period": "2022Q2"}]
    assert (first.content["publication"]["second_account"], second["moved_by"][0]["what"]) == ([], "own_review[0]")
    assert examine(settings) == ([], [])
    anew = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'anew.db'}"})
    rebuild(settings, anew.database_url)
    assert all_rows(anew, but=OUR_OWN) == all_rows(settings, but=OUR_OWN)


@pytest.mark.parametrize("way", ["command", "page"])
def test_a_later_review_waits_only_where_it_marks_the_office_otherwise(door: Door, tmp_path: Path, way: str) -> None:
    """Another version with the same own marks waits for nobody; one with others, or with a bonus, leaves the office what it had
    until it is confirmed, and for good where it is refused.
    """
    with Loader(door.settings.model_copy(update={"today": TODAY})) as loader:
        quarter(door, loader, tmp_path)
        reviewed(door, loader, tmp_path, way, review(units=REVIEWED))
        (number,) = waiting(door)
        second_account.confirm(desk(door, "admin1"), number)
        others = review(units=REVIEWED).put({"C3": 7})
        assert not reviewed(door, loader, tmp_path, way, others).waits
        assert (marks(door, "longtanzi"), marks(door, UNIT)) == ((7, 7), (8, 8))
        own = review(units=REVIEWED).put({"C3": 6, "C13": 10})
        assert reviewed(door, loader, tmp_path, way, own).waits
        assert (marks(door, "longtanzi"), marks(door, UNIT)) == ((6, 6), (8, 8))
        (number,) = waiting(door)
        with reader(door.settings.database_url).connect() as connection:
            assert len(own_review.unanswered(connection, door.settings.zone)) == 1
        second_account.refuse(desk(door, "office2"), number)
        with reader(door.settings.database_url).connect() as connection:
            assert own_review.unanswered(connection, door.settings.zone) == set()
        assert marks(door, UNIT) == (8, 8)
        bonus = review(units=REVIEWED)
        bonus.sheets["加减分与否决"].append(["应急管理局", 5, None, "否", "示范创建"])
        assert reviewed(door, loader, tmp_path, way, bonus).waits
        assert marks(door, "longtanzi") == (8, 8)


def test_own_marks_that_a_later_review_overtook_are_confirmed_no_more(door: Door, tmp_path: Path) -> None:
    """Who marks the office as before takes back what waited: to confirm that would move nothing but the journal."""
    with Loader(door.settings.model_copy(update={"today": TODAY})) as loader:
        quarter(door, loader, tmp_path)
        reviewed(door, loader, tmp_path, "command", review(units=REVIEWED))
        second_account.confirm(desk(door, "office2"), waiting(door)[0])
        assert reviewed(door, loader, tmp_path, "command", review(units=REVIEWED, mark=6)).waits
        assert not reviewed(door, loader, tmp_path, "command", review(units=REVIEWED).put({"C3": 7})).waits
    (number,) = waiting(door)
    with pytest.raises(Undecidable, match="之后又有新的评审"):
        second_account.confirm(desk(door, "office2"), number)
    second_account.refuse(desk(door, "office2"), number)
    assert (waiting(door), marks(door, UNIT)) == ([], (8, 8))
    assert examine(door.settings) == ([], [])


def test_a_return_of_the_review_that_marks_the_office_waits(door: Door, tmp_path: Path) -> None:
    """It takes the office's own marks along; a review without any of them is returned by one account."""
    with Loader(door.settings.model_copy(update={"today": TODAY})) as loader:
        quarter(door, loader, tmp_path)
        reviewed(door, loader, tmp_path, "command", review(units=REVIEWED[:1]))
        assert waiting(door) == []
        assert not decisions.return_workbook(desk(door, "office1"), sent_by(door, kind="review"), "有误").proposed
        reviewed(door, loader, tmp_path, "command", review(units=REVIEWED, mark=7))
        (number,) = waiting(door)
        second_account.confirm(desk(door, "office2"), number)
    with reader(door.settings.database_url).connect() as connection:
        counts = in_force(connection, door.settings.zone, "review", UNIT, "2022Q2")
    assert counts is not None
    assert decisions.return_workbook(desk(door, "office1"), counts.submission, "有误").proposed
    assert marks(door, UNIT) == (7, 7)


def test_cut_short_between_proposal_and_load_it_is_proposed_once(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the review's transaction: it waits and is loaded by whoever loads next, and one proposal waits."""
    with Loader(door.settings.model_copy(update={"today": TODAY})) as loader:
        quarter(door, loader, tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr(Loader, "_write", lambda *_told: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                reviewed(door, loader, tmp_path, "command", review(units=REVIEWED))
        (number,) = waiting(door)
        assert marks(door, "longtanzi") == (None, 9)
        with pytest.raises(Undecidable):
            second_account.confirm(desk(door, "office2"), number)
        assert [one.status for one in loader.take_up_pending()] == ["accepted"]
    assert waiting(door) == [number]
    assert (marks(door, "longtanzi"), marks(door, UNIT)) == ((8, 8), (None, 9))
    second_account.confirm(desk(door, "office2"), number)
    assert marks(door, UNIT) == (8, 8)


def test_the_command_says_that_own_marks_wait(
    door: Door, tmp_path: Path, commanded: Callable[[Settings], None]
) -> None:
    """Under the workbook's line, and beside JSON on stderr; it is accepted all the same."""
    from etl.__main__ import app

    commanded(door.settings.model_copy(update={"today": TODAY}))
    said = "须经另一账号"
    plain = CliRunner().invoke(app, ["load", str(review(units=REVIEWED).write(tmp_path / "评审.xlsx"))])
    assert (plain.exit_code, said in plain.stdout) == (0, True), plain.output
    anew = review(units=REVIEWED, mark=7).write(tmp_path / "评审二.xlsx")
    printed = CliRunner().invoke(app, ["load", str(anew), "--json"])
    assert (printed.exit_code, said in printed.stdout, said in printed.stderr) == (0, False, True), printed.output


def test_own_marks_wait_on_the_pages(
    sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """系统管理 says what waits, and the quarter's procedure to the office and the administrator; to nobody else."""
    site = made(sqlite_installation, monkeypatch)
    with Loader(sqlite_installation) as loader:
        quarter(site.door, loader, tmp_path)
        assert reviewed(site.door, loader, tmp_path, "command", review(units=REVIEWED)).waits
    roles = (Role.OFFICE, Role.ADMIN, Role.VIEWER, Role.UNIT)
    said = [
        "应急局自身的评审得分待另一账号确认"
        in page(site.signed_in(role), "/scores", "?period=2022Q2").get_data(as_text=True)
        for role in roles
    ]
    assert said == [True, True, False, False]
    office_page = page(site.signed_in(Role.OFFICE), "/administration", "").get_data(as_text=True)
    assert "2022年第2季度评审表中应急局的评审得分计入（合计 — → 80）" in office_page
    (number,) = waiting(site.door)
    assert site.signed_in(Role.ADMIN).post(f"/second-account/{number}", {"confirmed": "yes"}).status_code == 303
    assert "待另一账号确认" not in page(site.signed_in(Role.OFFICE), "/scores", "?period=2022Q2").get_data(as_text=True)


def test_where_no_account_could_confirm_a_review_counts(installation: Settings, tmp_path: Path) -> None:
    """A zone that is run by commands alone has no second account: nothing waits for ever, nor does its return."""
    with Loader(installation) as loader:
        assert not send(loader, review(units=REVIEWED), tmp_path).waits
        alone = Desk(installation.database_url, loader.archive, installation.zone, "office", NOW)
    with reader(installation.database_url).connect() as connection:
        counts = in_force(connection, installation.zone, "review", UNIT, "2022Q2")
        assert connection.execute(select(proposal)).all() == []
    assert counts is not None
    assert not decisions.return_workbook(alone, counts.submission, "有误").proposed


def test_the_only_account_that_could_confirm_waits_for_nobody(door: Door, tmp_path: Path) -> None:
    """Nobody confirms what he decided himself: of one account there is no second one."""
    for other in ("office2", "admin1"):
        door.accounts.set_active(other, active=False, by="office", at=NOW)
    with Loader(door.settings.model_copy(update={"today": TODAY})) as loader:
        quarter(door, loader, tmp_path)
        assert not reviewed(door, loader, tmp_path, "page", review(units=REVIEWED)).waits
    assert (marks(door, UNIT), waiting(door)) == ((8, 8), [])
    assert not decisions.return_workbook(desk(door, "office1"), sent_by(door, kind="review"), "有误").proposed
    assert decisions.return_workbook(desk(door, "office1"), sent_by(door), "有误").proposed, (
        "that is of the office alone"
    )


def version_in_force(door: Door) -> int | None:
    """Which version of the office's own ledger counts."""
    with reader(door.settings.database_url).connect() as connection:
        found = in_force(connection, door.settings.zone, "enforcement", UNIT, "2022-05")
    return None if found is None else found.version
