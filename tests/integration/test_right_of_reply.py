"""The right of reply (METHOD section 3): a unit answers its marks, the office decides, all three stay; and the year's rewards."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from dashboards.__main__ import freeze
from dashboards.method.replies import Stage
from dashboards.results import (
    overview,
    published,
    publishing,
    quarter_procedure,
    scores,
    scores_printed,
    year_of_scores,
)
from dashboards.results.overview import ContestedMarks, MarksToAnswer, Publishable
from dashboards.results.published import Mover
from dashboards.results.quarter_procedure import MarkInProcedure, Procedure
from dashboards.results.year_of_scores import UnitsYear
from data.doctor import examine
from data.intake import decisions
from data.intake.archive import Archive
from data.intake.audit import history
from data.intake.deciding import Desk, Taken
from data.intake.decision_checks import Undecidable
from data.intake.decisions import MarkAnswer
from data.intake.publications import Publication
from data.people import second_account
from data.people.accounts import Wanted
from data.people.scope import Role, Scope, office
from data.rollup.in_force import in_force
from data.schema.replies import mark_decision, mark_reply, reply_evidence
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Month, Quarter
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.fetching import fetched
from tests.integration.ledgers import Book, send
from tests.integration.papers import review, self_assessment
from tests.integration.scans import pdf
from tests.integration.sites import Site, Visitor, made
from tests.integration.test_rebuild import stored

pytestmark = pytest.mark.slow

Q2 = Quarter(2022, 2)
FIRST, OWN, OTHER = "longtanzi", "emergency", "shuanglu"
REVIEWED = ("龙滩子街道办事处", "双路街道", "应急管理局")
WHEN = datetime.fromisoformat("2022-07-04T10:00:00+08:00")
AT = datetime.fromisoformat("2022-07-18T09:30:00+08:00")
DAY = timedelta(days=1)
TODAY = date(2022, 10, 8)
ZHANG = Scope("shuangqiao", Role.UNIT, "zhangsan", FIRST)
TABLES = ("mark_reply", "reply_evidence", "mark_decision")


@pytest.fixture
def loader(installation: Settings, tmp_path: Path) -> Iterator[Loader]:
    """Loads into an installation in which the second quarter of three units is assessed and reviewed: 9 of themselves, 8 reviewed."""
    with Loader(installation) as one:
        _assess(one, tmp_path)
        yield one


def _assess(loader: Loader, folder: Path, quarter: str = "2022Q2", at: datetime = WHEN) -> None:
    books = [self_assessment(unit, quarter) for unit in (FIRST, OTHER, OWN)]
    for number, book in enumerate([*books, review(quarter, REVIEWED)]):
        assert send(loader, book, folder, at=at, name=f"{quarter}-{number}.xlsx").status == "accepted"


def review_anew(loader: Loader, folder: Path, book: Book) -> None:
    """The office sends another version of the review."""
    assert send(loader, book, folder, at=AT + 3 * DAY, name="评审-更正.xlsx").status == "accepted"


def desk(settings: Settings, name: str = "office1", at: datetime = AT) -> Desk:
    """Where an account answers or decides."""
    return Desk(settings.database_url, Archive(settings.archive_dir), settings.zone, name, at)


def answer(
    settings: Settings, *measures: int, agrees: bool = False, mark: str = "8", replaces: int = 0, unit: str = FIRST,
    reason: str = "台账已补齐，有会议记录", at: datetime = AT,
) -> Taken:  # fmt: skip
    """A unit's account answers to marks."""
    answers = [MarkAnswer(measure, Decimal(mark), replaces) for measure in measures]
    return decisions.reply_to_marks(
        desk(settings, "zhangsan", at), quarter=Q2, unit=unit, answers=answers, agrees=agrees, reason=reason
    )


def decide(
    settings: Settings, reply: int, mark: str, *, before: str = "8", replaces: int = 0, reason: str = "佐证属实",
    at: datetime = AT + DAY, name: str = "office1",
) -> Taken:  # fmt: skip
    """The office decides on a contested mark."""
    return decisions.decide_mark(
        desk(settings, name, at), reply=reply, before=Decimal(before), mark=Decimal(mark), replaces=replaces,
        full=Decimal(10), reason=reason,
    )  # fmt: skip


def give_evidence(settings: Settings, reply: int) -> Taken:
    """The unit's account adds a file to its reply."""
    archive = Archive(settings.archive_dir)
    with archive.keeping(io.BytesIO(pdf())) as sha256:
        told = {"sha256": sha256, "file_name": "会议记录.pdf", "media_type": "application/pdf", "size": len(pdf())}
        return decisions.add_evidence(desk(settings, "zhangsan"), reply, **told)


def seen(settings: Settings, scope: Scope | None = None, today: date = TODAY) -> Procedure:
    """The procedure of the quarter."""
    engine = reader(settings.database_url)
    return fetched(engine, scope or office(settings.zone), quarter_procedure.fetch, Q2, fixed_today=today)


def mark_of(settings: Settings, measure: int, unit: str = FIRST) -> MarkInProcedure:
    """One mark of it."""
    return seen(settings).units[unit].marks[measure - 1]


def printed(settings: Settings, known_by: date | None = None) -> dict[int, tuple[Any, Any, Any]]:
    """Measure → self, review and score of the first unit, as ``report scores`` prints them."""
    result = fetched(
        reader(settings.database_url), office(settings.zone), scores.fetch, Q2, known_by=known_by, fixed_today=TODAY
    )
    rows = [row for group in scores_printed.as_dict(result)["groups"] for row in group["rows"] if row["unit"] == FIRST]
    return {one["number"]: (one["self"], one["review"], one["score"]) for one in rows[0]["measures"]}


def lines(settings: Settings) -> int:
    """How many lines the journal has."""
    return Archive(settings.archive_dir).last_number()


def publish(settings: Settings, quarter: Quarter = Q2, reason: str = "") -> Publication:
    """Publish the scores as the command does."""
    return freeze(settings, "scores", quarter, None, reason=reason, mistake=False)


def test_a_decided_mark_counts_from_its_day_and_all_three_stay(loader: Loader, tmp_path: Path) -> None:
    """Contested with evidence and changed, contested and upheld, agreed: score, stages, audit, doctor, and a rebuild with all of it."""
    settings = loader.settings
    contested, upheld = answer(settings, 3).number, answer(settings, 4, reason="扣分依据不足").number
    answer(settings, 1, 2, 5, agrees=True)
    file = give_evidence(settings, contested).number
    assert printed(settings)[3] == (9, 8, 8)
    first, second = decide(settings, contested, "9.5").number, decide(settings, upheld, "8", reason="无佐证").number

    assert printed(settings)[3] == (9, 9.5, 9.5)
    assert printed(settings)[4] == (9, 8, 8)
    assert printed(settings, known_by=AT.date())[3] == (9, 8, 8)
    one = mark_of(settings, 3)
    assert one.reply is not None
    assert one.decision is not None
    assert (one.own, one.review, one.reply.agrees, one.decision.mark, one.counts) == (
        9,
        8,
        False,
        Decimal("9.5"),
        Decimal("9.5"),
    )
    assert [found.file_name for found in one.evidence] == ["会议记录.pdf"]
    assert [mark_of(settings, number).stage for number in range(1, 7)] == [
        Stage.AGREED, Stage.AGREED, Stage.DECIDED, Stage.DECIDED, Stage.AGREED, Stage.OPEN,
    ]  # fmt: skip
    with reader(settings.database_url).connect() as connection:
        told = [
            (one.actor, one.action)
            for one in history(connection, settings.zone)
            if "mark" in one.action or "evidence" in one.action
        ]
    assert told == [
        ("zhangsan", "mark contested"), ("zhangsan", "mark contested"), *[("zhangsan", "mark agreed")] * 3,
        ("zhangsan", "evidence added"), ("office1", "mark changed"), ("office1", "mark upheld"),
    ]  # fmt: skip
    assert contested < upheld < file < first < second
    assert examine(settings) == ([], [])
    into = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, into)
    anew, live = stored(settings, into), stored(settings, settings.database_url)
    assert {name: anew[name] for name in TABLES} == {name: live[name] for name in TABLES}
    assert all(live[name] for name in TABLES)


def test_what_cannot_be_answered_is_said_and_leaves_no_line(loader: Loader) -> None:
    """Another mark than the one that stands, no reason, no measure, twice the same, one of several that cannot be: nothing is written."""
    settings = loader.settings
    given = answer(settings, 3).number
    before = lines(settings)
    refused: Sequence[tuple[str, dict[str, Any], tuple[int, ...]]] = (
        ("已有变化", {"mark": "7"}, (4,)),
        ("已有变化", {}, (11,)),
        ("已有变化", {"unit": "tongqiao"}, (1,)),
        ("请说明理由", {"reason": "  "}, (4,)),
        ("已在此期间答复", {}, (3,)),
        ("已在此期间答复", {"replaces": given + 1}, (3,)),
        ("已在此期间答复", {"agrees": True}, (4, 3)),
        ("请至少选择", {"agrees": True}, ()),
    )
    for said, how, measures in refused:
        with pytest.raises(Undecidable, match=said):
            answer(settings, *measures, **how)
    assert lines(settings) == before
    answer(settings, 3, agrees=True, replaces=given)
    assert mark_of(settings, 3).stage is Stage.AGREED
    assert len(mark_of(settings, 3).replies) == 2


def test_what_the_office_cannot_decide(loader: Loader) -> None:
    """Above the full mark, below 0, without a reason, on another mark, on what is not contested, twice from one page: nothing is written."""
    settings = loader.settings
    reply, agreed = answer(settings, 3).number, answer(settings, 4, agrees=True).number
    before = lines(settings)
    for said, how in (
        ("0 至 10", {"mark": "10.01"}),
        ("0 至 10", {"mark": "-1"}),
        ("须说明理由", {"mark": "9", "reason": " "}),
        ("已有变化", {"mark": "9", "before": "7"}),
        ("没有这条答复", {"mark": "9", "reply": 999_999}),
        ("另作答复", {"mark": "9", "reply": agreed}),
        ("已在此期间作出决定", {"mark": "9", "replaces": 5}),
    ):
        with pytest.raises(Undecidable, match=said):
            decide(settings, **{"reply": reply, **how})  # type: ignore[arg-type]  # each has what it needs
    assert lines(settings) == before
    done = decide(settings, reply, "9").number
    with pytest.raises(Undecidable, match="已在此期间作出决定"):
        decide(settings, reply, "9")
    for late in (lambda: answer(settings, 3, replaces=reply), lambda: give_evidence(settings, reply)):
        with pytest.raises(Undecidable, match="已对这项评分作出决定"):
            late()
    decide(settings, reply, "8.5", replaces=done)
    assert printed(settings)[3] == (9, 8.5, 8.5)


def test_a_review_that_comes_anew_leaves_the_reply_with_what_it_answered(loader: Loader, tmp_path: Path) -> None:
    """Agreed and decided marks that changed are open again, contested ones still wait; the later mark counts until it is decided on."""
    settings = loader.settings
    answer(settings, 1, agrees=True)
    decided, waiting = answer(settings, 2).number, answer(settings, 3).number
    decide(settings, decided, "9")
    changed = review("2022Q2", REVIEWED).put({"C2": 7, "C3": 7, "C4": 7})
    review_anew(loader, tmp_path, changed)
    marks = [mark_of(settings, number) for number in (1, 2, 3, 4)]
    assert [one.stage for one in marks] == [Stage.OPEN, Stage.OPEN, Stage.CONTESTED, Stage.OPEN]
    assert [one.changed for one in marks] == [True, True, True, False]
    assert [printed(settings)[number] for number in (1, 2, 3)] == [(9, 7, 7)] * 3
    decide(settings, waiting, "8.5", before="7", at=AT + 4 * DAY)
    again = answer(settings, 2, mark="7", replaces=decided, at=AT + 4 * DAY).number
    assert again > decided
    assert printed(settings)[3] == (9, 8.5, 8.5)
    assert examine(settings) == ([], [])


def test_a_decision_that_a_review_overtook_stays_overtaken(loader: Loader, tmp_path: Path) -> None:
    """8, decided to be 9; a review with 7, to which the unit agrees; a review with 8 again: 8 counts, is shown open and can be
    answered. Once those two are returned the decision stands again, and is answered no more.
    """
    settings, third = loader.settings, "C4"
    reply = answer(settings, 3).number
    decide(settings, reply, "9")
    for number, mark in enumerate((7, 8)):
        book = review("2022Q2", REVIEWED).put({third: mark, "C5": 6 - number})
        review_anew(loader, tmp_path, book)
        one = mark_of(settings, 3)
        assert (one.review, one.counts, one.stage, printed(settings)[3]) == (mark, mark, Stage.OPEN, (9, mark, mark))
        if mark == 7:
            agreed = answer(settings, 3, agrees=True, mark="7", replaces=reply, at=AT + 4 * DAY).number
            assert mark_of(settings, 3).stage is Stage.AGREED
    again = answer(settings, 3, replaces=agreed, at=AT + 5 * DAY).number
    answer(settings, 3, agrees=True, replaces=again, at=AT + 6 * DAY)
    for _each in range(2):
        with reader(settings.database_url).connect() as connection:
            counts = in_force(connection, settings.zone, "review", OWN, "2022Q2")
        assert counts is not None
        decisions.return_workbook(desk(settings, at=AT + 7 * DAY), counts.submission, "误报")
    one = mark_of(settings, 3)
    assert (one.counts, one.stage, one.may_decide, printed(settings)[3]) == (9, Stage.DECIDED, False, (9, 9, 9))
    with pytest.raises(Undecidable, match="已对这项评分作出决定"):
        answer(settings, 3, replaces=one.replies[-1].entry)
    assert examine(settings) == ([], [])


def test_after_publication_no_mark_is_answered_and_a_decision_overtakes(loader: Loader) -> None:
    """Published with a contested mark: it stands as reviewed; no reply and no evidence any more; the office's later word moves the live figures."""
    settings = loader.settings
    reply = answer(settings, 3).number
    first = publish(settings)
    before = lines(settings)
    for late in (lambda: answer(settings, 4), lambda: answer(settings, 3, agrees=True, replaces=reply), lambda: give_evidence(settings, reply)):  # fmt: skip
        with pytest.raises(Undecidable, match="已经发布"):
            late()
    assert lines(settings) == before
    assert not any(one.may_answer for one in seen(settings).units[FIRST].marks)
    assert mark_of(settings, 3).reply is not None
    line = decide(settings, reply, "9", at=datetime.fromisoformat("2022-10-08T09:00:00+08:00")).number
    engine, scope = reader(settings.database_url), office(settings.zone)
    assert fetched(engine, scope, publishing.overtaken, first, fixed_today=TODAY)
    assert {"marks"} == {
        one["what"].split(".")[0].split(" ")[0].split("[")[0]
        for one in fetched(engine, scope, publishing.moved_by, first, fixed_today=TODAY)
    }
    assert fetched(engine, scope, published.fetch, "scores", Q2, fixed_today=TODAY).movers == (Mover("marks"),)
    second = publish(settings, reason="异议决定")
    assert (first.content["publication"]["marks"], second.content["publication"]["marks"]) == ([], [line])
    row = next(row for group in second.content["groups"] for row in group["rows"] if row["unit"] == FIRST)
    assert row["measures"][2]["review"] == 9
    assert list(row["measures"][2]) == ["number", "name", "full", "self", "review", "score"]


def test_on_its_own_mark_the_office_needs_a_second_account(loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    """One account proposes, and nothing has changed; two measures are two proposals; another account confirms."""
    settings = loader.settings
    site = made(settings, monkeypatch)
    site.door.add(Wanted("office2", "另一人", Role.OFFICE))
    replies = [answer(settings, number, unit=OWN).number for number in (1, 2)]
    proposed = [decide(settings, reply, "9") for reply in replies]
    assert all(one.proposed for one in proposed)
    assert mark_of(settings, 1, OWN).stage is Stage.CONTESTED
    with pytest.raises(Undecidable, match="正在等待"):
        decide(settings, replies[0], "9.5")
    second_account.confirm(desk(settings, "office2", AT + 2 * DAY), proposed[0].number)
    second_account.refuse(desk(settings, "office2", AT + 2 * DAY), proposed[1].number)
    assert [mark_of(settings, number, OWN).counts for number in (1, 2)] == [9, 8]
    assert publish(settings).content["publication"]["second_account"][0]["act"] == "decide_mark"
    assert examine(settings) == ([], [])


def test_a_changed_row_is_found(loader: Loader) -> None:
    """Whoever changes a reply, its evidence or a decision behind the product's back is named by the doctor."""
    settings = loader.settings
    reply = answer(settings, 3).number
    give_evidence(settings, reply)
    decide(settings, reply, "9")
    with write_transaction(settings.database_url) as connection:
        connection.execute(update(mark_reply).values(reason="另一理由"))
        connection.execute(update(mark_decision).values(mark=Decimal(10)))
        connection.execute(update(reply_evidence).values(sha256="0" * 64))
    found = "\n".join(examine(settings)[0])
    for part in ("对评分的答复", "对异议评分的决定", "答复的佐证材料", "10", "9"):
        assert part in found


def test_steps_and_reminders_follow_the_procedure(loader: Loader) -> None:
    """Days run from the review; the unit is told what to answer, the office what is contested, and then that it can publish."""
    settings = loader.settings

    def matters(scope: Scope, today: date) -> list[Any]:
        found = fetched(reader(settings.database_url), scope, overview.fetch, Month(2022, 6), fixed_today=today)
        return [one for one in found.matters if isinstance(one, ContestedMarks | MarksToAnswer | Publishable)]

    days = seen(settings).days
    assert (days.review_due, days.reply_due, days.decision_due) == (
        date(2022, 7, 15),
        date(2022, 7, 20),
        date(2022, 7, 25),
    )
    assert days.publishable == date(2022, 7, 4)
    july = date(2022, 7, 18)
    (mine,) = matters(ZHANG, july)
    assert (mine.marks, mine.due) == (10, date(2022, 7, 20))
    assert matters(office(settings.zone), july) == []
    reply = answer(settings, 3).number
    (asked,) = matters(office(settings.zone), july)
    assert (asked.marks, [unit.code for unit in asked.units], asked.due) == (1, [FIRST], date(2022, 7, 25))
    assert isinstance(matters(office(settings.zone), date(2022, 8, 1))[0], ContestedMarks)
    decide(settings, reply, "9")
    assert isinstance(matters(office(settings.zone), date(2022, 8, 1))[0], Publishable)
    publish(settings)
    assert matters(office(settings.zone), TODAY) == []
    assert matters(ZHANG, TODAY) == []


def test_the_years_reward_is_the_mean_of_what_is_published(loader: Loader, tmp_path: Path) -> None:
    """Two quarters assessed, one published: it alone counts; both: their mean. A quarter without a report counts 0, a veto is the year's."""
    settings = loader.settings
    _assess(loader, tmp_path, "2022Q1", datetime.fromisoformat("2022-04-04T10:00:00+08:00"))

    def year(scope: Scope | None = None) -> dict[str, UnitsYear]:
        def of(reading: Any) -> Any:
            quarters = tuple(Quarter(2022, number) for number in (1, 2, 3))
            live = dict(zip(quarters, scores.fetch_each(reading, quarters), strict=True))
            return year_of_scores.of_group(reading, 2022, "town", live)

        found = fetched(reader(settings.database_url), scope or office(settings.zone), of, fixed_today=TODAY)
        return {row.unit.code: row for row in found.rows}

    assert year()[FIRST].mean is None
    q1 = publish(settings, Quarter(2022, 1))
    scored = {row["unit"]: row for group in q1.content["groups"] for row in group["rows"]}
    assert (year()[FIRST].mean, year()[FIRST].counted) == (
        Decimal(str(scored[FIRST]["score"])).quantize(Decimal("0.01")),
        1,
    )
    assert set(year(ZHANG)) == set(year())
    assert [quarter for quarter, one in year(ZHANG)[OTHER].quarters.items()] == [Quarter(2022, 1)]

    decide(settings, answer(settings, 3).number, "10", at=AT)
    publish(settings)
    result = fetched(reader(settings.database_url), office(settings.zone), scores.fetch, Q2, fixed_today=TODAY)
    second = next(row.figures.score for row in result.group("town").rows if row.unit.code == FIRST)
    assert second is not None
    exact = (Decimal(str(scored[FIRST]["score"])) + second) / 2
    found = year()[FIRST]
    assert found.mean is not None
    assert abs(found.mean - exact) <= Decimal("0.005")
    assert found.counted == 2
    assert (year()["youting"].mean, year()["youting"].counted) == (Decimal("0.00"), 2)

    assert not found.vetoed
    review_anew_with_veto = review("2022Q3", REVIEWED)
    review_anew_with_veto.sheets["加减分与否决"][1] = ["龙滩子", None, None, "是", "瞒报事故"]
    assert send(loader, review_anew_with_veto, tmp_path, at=datetime.fromisoformat("2022-10-06T10:00:00+08:00"), name="三.xlsx").status == "accepted"  # fmt: skip
    assert year()[FIRST].vetoed
    assert list(year())[-1] == FIRST


@pytest.fixture
def site(sqlite_installation: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on a reviewed quarter."""
    with Loader(sqlite_installation) as one:
        _assess(one, tmp_path)
    opened = made(sqlite_installation, monkeypatch)
    opened.clock.at = AT
    return opened


def about(*marks: str, unit: str = FIRST, period: str = "2022Q2") -> str:
    """The address of a form, as the page writes it."""
    return f"?period={period}&unit={unit}" + "".join(f"&mark={one}" for one in marks)


def _contested(site: Site) -> int:
    unit = site.signed_in(Role.UNIT)
    assert unit.post("/reply" + about("3:8:0:0"), {"agrees": "no", "reason": "台账已补齐"}).status_code == 303
    with reader(site.door.settings.database_url).connect() as connection:
        return int(connection.execute(select(mark_reply.c.entry)).scalar_one())


def attached(visitor: Visitor, reply: int, content: bytes, name: str = "证据.pdf") -> Any:
    """Send a file as evidence, as a browser puts it into a body."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    headers = {"X-CSRFToken": visitor.token()}
    return visitor.client.post(
        f"/attach/evidence/{reply}", base_url=visitor.base, data=head.encode() + content + b"\r\n--x--\r\n", headers=headers,
        buffered=True, content_type="multipart/form-data; boundary=x",
    )  # fmt: skip


HOSTILE = (
    ("/reply", about("3:8:0:0", unit=OTHER), {"agrees": "no", "reason": "理由"}, 403, "本单位"),
    ("/reply", about("3:8:0:0", unit="nobody' OR 1=1"), {"agrees": "no", "reason": "理由"}, 400, "没有这个单位"),
    ("/reply", about("3:8:0:0", period="2022-05"), {"agrees": "no", "reason": "理由"}, 400, "没有这个报送期"),
    ("/reply", about("3:8:0:0"), {"agrees": "maybe"}, 400, "请选择"),
    ("/reply", about(), {"agrees": "yes"}, 400, "请至少选择"),
    ("/reply", about("3:8:0:0", "4:8:0:0"), {"agrees": "no", "reason": "理由"}, 400, "逐项"),
    ("/reply", about("3:8:0:0"), {"agrees": "no", "reason": " \u200b\x00 "}, 409, "理由"),
    ("/reply", about("3:8:0:0"), {"agrees": "no", "reason": "长" * 501}, 400, "500"),
    ("/reply", about("3:8:0:0"), {"agrees": "no", "reason": "长" * 1_500_000}, 413, "过大"),
    ("/reply", about("3:9:0:0"), {"agrees": "yes"}, 409, "已有变化"),
    ("/reply", about("77:8:0:0"), {"agrees": "yes"}, 409, "已有变化"),
    ("/reply", about("<script>"), {"agrees": "yes"}, 400, ""),
    ("/reply", about(*["3:8:0:0"] * 61), {"agrees": "yes"}, 400, ""),
    ("/decide/mark", about("3:8:1:0"), {"outcome": "uphold", "reason": "理由"}, 403, "只有安委办"),
)


def test_hostile_replies_are_refused_with_a_sentence(site: Site) -> None:
    """Another unit's mark, another quarter, megabytes, other words than ours: nothing of it is kept."""
    unit = site.signed_in(Role.UNIT)
    for path, asked, form, status, said in HOSTILE:
        found = unit.post(path + asked, form)
        assert found.status_code == status, (asked[:80], found.status_code, found.text[-600:])
        assert said in found.text
        assert "<script>" not in found.text.replace("<script src", "")
    foreign = unit.post("/reply" + about("3:8:0:0"), {"agrees": "yes"}, headers={"Origin": "http://example.org"})
    assert foreign.status_code == 403
    with reader(site.door.settings.database_url).connect() as connection:
        assert connection.execute(select(mark_reply)).all() == []


def test_a_form_sent_twice_is_taken_once(site: Site) -> None:
    """The second finds that the mark was answered, or decided, meanwhile."""
    reply = _contested(site)
    unit, chief = site.signed_in(Role.UNIT), site.signed_in(Role.OFFICE)
    assert unit.post("/reply" + about("3:8:0:0"), {"agrees": "no", "reason": "台账已补齐"}).status_code == 409
    asked = "/decide/mark" + about(f"3:8:{reply}:0")
    assert chief.post(asked, {"outcome": "change", "mark": "９.5", "reason": "属实"}).status_code == 303
    again = chief.post(asked, {"outcome": "change", "mark": "9.5", "reason": "属实"})
    assert again.status_code == 409
    assert mark_of(site.door.settings, 3).counts == Decimal("9.5")


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"outcome": "change", "mark": "10.5", "reason": "理由"}, 409),
        ({"outcome": "change", "mark": "-1", "reason": "理由"}, 400),
        ({"outcome": "change", "mark": "1e9", "reason": "理由"}, 400),
        ({"outcome": "change", "mark": "9" * 100_000, "reason": "理由"}, 400),
        ({"outcome": "change", "mark": "NaN", "reason": "理由"}, 400),
        ({"outcome": "change", "reason": "理由"}, 400),
        ({"outcome": "both", "mark": "9", "reason": "理由"}, 400),
        ({"outcome": "uphold", "reason": ""}, 409),
    ],
)  # fmt: skip
def test_no_mark_but_a_number_up_to_the_full_mark(site: Site, form: dict[str, str], status: int) -> None:
    """Whatever is typed in its place is said to be none, and nothing is decided."""
    reply = _contested(site)
    found = site.signed_in(Role.OFFICE).post("/decide/mark" + about(f"3:8:{reply}:0"), form)
    assert found.status_code == status, found.text[-500:]
    assert mark_of(site.door.settings, 3).stage is Stage.CONTESTED


def test_evidence_is_a_whole_file_of_the_units_own(site: Site) -> None:
    """A PDF is kept and given out to the office and the unit; what is none is refused, and nobody adds to another's reply."""
    reply = _contested(site)
    unit, chief = site.signed_in(Role.UNIT), site.signed_in(Role.OFFICE)
    assert attached(unit, reply, b"<html>").status_code == 400
    assert attached(unit, reply, b"").status_code == 400
    assert attached(unit, reply + 1000, pdf()).status_code == 404
    assert attached(chief, reply, pdf()).status_code == 403
    assert attached(unit, reply, pdf(), "../证据<b>.html").get_json()["attached"]
    (file,) = mark_of(site.door.settings, 3).evidence
    for visitor, status in (
        (unit, 200),
        (chief, 200),
        (site.signed_in(Role.VIEWER), 404),
        (site.signed_in(Role.ADMIN), 404),
    ):
        found = visitor.get(f"/evidence/{file.entry}")
        assert found.status_code == status
        assert (found.data == pdf()) is (status == 200)
    assert attached(unit, reply, b"0" * (22 * 2**20)).status_code == 413
    archive = Archive(site.door.settings.archive_dir)
    archive.path_of(file.sha256).unlink()
    assert any(file.sha256 in said for said in examine(site.door.settings)[0])
