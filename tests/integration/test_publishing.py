"""What is published stays as it was, whatever comes later; a document of it is told from one that was altered."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text, update

from dashboards.__main__ import freeze
from dashboards.results import scores, scores_printed
from dashboards.results.publishing import printed
from dashboards.results.verification import Verdict, published_csv, verify
from data.doctor import examine
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.intake.decisions import (
    MarkAnswer,
    adopt_scheme,
    confirm,
    decide_mark,
    draft_scheme,
    extend,
    reply_to_marks,
    return_workbook,
)
from data.intake.inbox import Choice, take_in
from data.intake.publications import Publication, fingerprint, revisions
from data.intake.replies import mark_decisions, replies
from data.intake.scheme_decisions import moved
from data.people.scope import office
from data.printing import as_json
from data.rollup.in_force import in_force
from data.schema.intake import submission
from data.schema.publications import publication
from data.schema.zone import scheme
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Period, Quarter, parse_period
from data.zone.schemes import parsed, shipped
from data.zone.zone import read_zone
from etl.loading.load import Loader, Outcome
from etl.loading.rebuild import rebuild
from etl.table.messages import sentence
from tests.fetching import fetched
from tests.how_many import LEAST, cases
from tests.integration.ledgers import LOG, NOTHING, Book, all_rows, ledger, send, targets
from tests.integration.libreoffice import OPENED_AS_TEXTS, TEXTS, all_saved_by_libreoffice
from tests.integration.papers import review, self_assessment
from tests.integration.test_rebuild import stored

LATER = datetime.fromisoformat("2022-07-18T09:30:00+08:00")
BY_THE_OFFICE = Choice(note="补录复查结果")
WORSE = {"S2": "不合格"}
MAY = parse_period("2022-05")


@pytest.fixture
def loader(installation: Settings, tmp_path: Path) -> Iterator[Loader]:
    """Loads into an installation that has May of two towns, and the year's caps and plans."""
    with Loader(installation) as one:
        for name, book in (("指标", targets()), ("龙滩子", ledger()), ("双路", ledger(unit="shuanglu"))):
            assert send(one, book, tmp_path, name=f"{name}.xlsx").status == "accepted"
        yield one


def publish(
    settings: Settings, report: str = "ranking", period: Period = MAY, day: date | None = None, reason: str = "",
    *, mistake: bool = False,
) -> Publication:  # fmt: skip
    """Publish as the command does."""
    return freeze(settings, report, period, day, reason=reason, mistake=mistake)


def rows(url: str) -> list[tuple[Any, ...]]:
    """Every publication as it stands in the table, in order."""
    with reader(url).connect() as connection:
        return [tuple(row) for row in connection.execute(select(publication).order_by(publication.c.entry))]


def examined(settings: Settings, document: str | bytes) -> Verdict:
    """What a document is found to be."""
    raw = document.encode() if isinstance(document, str) else document
    engine, scope = reader(settings.database_url), office(settings.zone)
    return fetched(engine, scope, verify, raw, fixed_today=settings.today)


def status(settings: Settings, document: str | bytes) -> str:
    """The same in a word."""
    return examined(settings, document).status


def give_back(loader: Loader, unit: str) -> None:
    """The office returns a unit's ledger of May."""
    settings = loader.settings
    with reader(settings.database_url).connect() as connection:
        found = in_force(connection, settings.zone, "enforcement", unit, "2022-05")
    assert found is not None
    desk = Desk(settings.database_url, loader.archive, settings.zone, "office1", LATER)
    return_workbook(desk, found.submission, "与现场不符")


def test_nothing_that_comes_later_changes_what_was_published(loader: Loader, tmp_path: Path) -> None:
    """A correction, a return, another scheme and a revision leave the first publication to the letter; so does a rebuild."""
    settings = loader.settings
    first = publish(settings)
    publish(settings, "scores", parse_period("2022Q2"))
    publish(settings, "casualties", parse_period("2022"), date(2022, 6, 30))
    before = rows(settings.database_url)
    assert [(row.report, row.day, row.revision) for row in map(Row.of, before)] == [
        ("ranking", "", 1),
        ("scores", "", 1),
        ("casualties", "2022-06-30", 1),
    ]
    assert first.sha256 == fingerprint(first.content)

    assert send(loader, ledger().put(WORSE), tmp_path, choice=BY_THE_OFFICE, at=LATER).status == "accepted"
    assert rows(settings.database_url) == before
    give_back(loader, "shuanglu")
    assert rows(settings.database_url) == before
    second = publish(settings, reason="双路台账退回", mistake=True)
    with write_transaction(settings.database_url) as connection:
        connection.execute(update(scheme).values(text=scheme.c.text + "\n", sha256="0" * 64))
    assert rows(settings.database_url)[: len(before)] == before
    with reader(settings.database_url).connect() as connection:
        assert revisions(connection, settings.zone, "ranking", "2022-05") == [first, second]
    assert (second.revision, second.content["publication"]["kind"]) == (2, "correction")
    assert second.content["publication"]["former"] == before[-1][6]

    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, anew)
    assert rows(anew) == rows(settings.database_url)


class Row:
    """A row of the table by the names of its columns."""

    def __init__(self, values: tuple[Any, ...]) -> None:
        self.report, _period, self.day, self.revision = values[2:6]

    @classmethod
    def of(cls, values: tuple[Any, ...]) -> Row:
        """Of one row."""
        return cls(values)


def codes(outcome: Outcome) -> list[str]:
    """Why a workbook was refused."""
    return [problem.code for problem in outcome.errors]


def test_closed_period_is_the_offices_with_a_reason(loader: Loader, tmp_path: Path) -> None:
    """Nobody else's, and not without saying why; then the publication is overtaken. The same bytes again are no correction."""
    settings = loader.settings
    document = as_json(printed(publish(settings)))
    before = all_rows(settings, but=LOG)
    for book in (ledger().put(WORSE), ledger(unit="youting")):
        refused = send(loader, book, tmp_path, at=LATER)
        assert (refused.status, codes(refused)) == ("rejected", ["closed_period"])
    assert "2022-05" in sentence(refused.errors[0])
    assert all_rows(settings, but=LOG) == before
    assert send(loader, tmp_path / "龙滩子.xlsx", tmp_path, at=LATER).status == "duplicate"

    number = upload(loader, ledger().put(WORSE), tmp_path, note="请予更正", only_unit="longtanzi")
    assert status_of(loader, number) == "rejected"
    assert status(settings, document) == "current"
    path = ledger().put(WORSE).write(tmp_path / "更正.xlsx")
    assert codes(loader.check(path, NOTHING, LATER)) == ["closed_period"]
    assert codes(loader.check(path, BY_THE_OFFICE, LATER)) == []
    assert send(loader, path, tmp_path, choice=BY_THE_OFFICE, at=LATER).status == "accepted"
    assert status(settings, document) == "overtaken"
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(settings, anew)
    assert stored(settings, anew) == stored(settings, settings.database_url)


def test_earlier_months_ledger_is_closed_where_it_would_move_what_is_published(loader: Loader, tmp_path: Path) -> None:
    """A case of April that falls due in May moves May; one that fell due in April does not."""
    settings = loader.settings
    publish(settings)
    moving = ledger("2022-04", "youting").put({"L2": date(2022, 5, 10), "R2": None, "S2": None})
    before = all_rows(settings, but=LOG)
    refused = send(loader, moving, tmp_path, at=LATER)
    assert codes(refused) == ["closed_period"]
    assert "2022-05" in sentence(refused.errors[0])
    assert all_rows(settings, but=LOG) == before
    assert send(loader, ledger("2022-04", "youting"), tmp_path, at=LATER).status == "accepted"
    assert codes(loader.check(moving.write(tmp_path / "四月.xlsx"), NOTHING, LATER)) == ["closed_period"]
    assert send(loader, moving, tmp_path, choice=BY_THE_OFFICE, at=LATER).status == "accepted"
    assert send(loader, ledger("2022-06"), tmp_path, at=LATER).status == "accepted"


def test_checked_upload_waits_for_no_word_once_its_month_is_published(loader: Loader, tmp_path: Path) -> None:
    """What its sender confirms after the publication comes too late, though it was checked before."""
    settings = loader.settings
    number = upload(loader, ledger().put(WORSE), tmp_path, only_unit="longtanzi")
    assert status_of(loader, number) == "checked"
    publish(settings)
    confirm(Desk(settings.database_url, loader.archive, settings.zone, "zhang", LATER), number, 1)
    loader.take_up_pending()
    assert status_of(loader, number) == "rejected"
    assert examine(settings) == ([], [])


def enforcement_of(settings: Settings, unit: str, **days: date) -> int | float | None:
    """What the second quarter takes of a unit's months."""
    engine, scope, quarter = reader(settings.database_url), office(settings.zone), Quarter(2022, 2)
    result = fetched(engine, scope, scores.fetch, quarter, fixed_today=settings.today, **days)
    found: dict[str, Any] = {
        row["unit"]: row["components"]["enforcement"]
        for group in scores_printed.as_dict(result)["groups"]
        for row in group["rows"]
    }
    return found[unit]


def test_quarter_takes_a_month_as_it_was_published_last(loader: Loader, tmp_path: Path) -> None:
    """A correction moves the quarter while the month is live, and once it is published only with its revision."""
    settings = loader.settings
    live = enforcement_of(settings, "longtanzi")
    publish(settings)
    assert enforcement_of(settings, "longtanzi") == live
    assert send(loader, ledger().put(WORSE), tmp_path, choice=BY_THE_OFFICE, at=LATER).status == "accepted"
    assert enforcement_of(settings, "longtanzi") == live
    publish(settings, reason="复查结果更正")
    corrected = enforcement_of(settings, "longtanzi")
    assert isinstance(live, float)
    assert isinstance(corrected, float)
    assert corrected < live
    assert enforcement_of(settings, "longtanzi", known_by=date(2022, 7, 10)) == live, "as known before either"


def upload(loader: Loader, book: Book, folder: Path, *, only_unit: str, **choice: Any) -> int:
    """Upload a workbook that asks before it counts; its number."""
    settings = loader.settings
    with book.write(folder / "上传.xlsx").open("rb") as file:
        receipt = take_in(
            settings.database_url, loader.archive, settings.zone, file, "上传.xlsx", "zhang", LATER, Choice(**choice),
            only_unit, asks=True,
        )  # fmt: skip
    loader.take_up_pending()
    return receipt.number


def status_of(loader: Loader, number: int) -> str:
    """What became of an upload."""
    with reader(loader.settings.database_url).connect() as connection:
        return str(
            connection.execute(select(submission.c.status).where(submission.c.submission == number)).scalar_one()
        )


def test_publication_holds_what_it_rests_on(loader: Loader) -> None:
    """The scheme's text, the workbooks by hash, the journal's head before it; and the doctor finds a digit that was changed."""
    settings = loader.settings
    one = publish(settings)
    held = one.content["publication"]
    assert "monthly_ranking" in held["scheme_text"]
    assert set(held["submissions"]["enforcement"]["2022-05"]) == {"longtanzi", "shuanglu"}
    (ledgers,) = [part for part in held["account"] if part["kind"] == "enforcement"]
    assert ledgers["workbooks"] == {"counted": 2}
    assert ledgers["rows"]["read"] == 20, "three, one and six rows of each"
    for part in held["account"]:
        for sums in (part["rows"], part["cells"]):
            assert sums["seen"] == sum(number for name, number in sums.items() if name != "seen")
    entry = loader.archive.entry(one.entry)
    assert entry is not None
    assert (held["journal"]["line"], held["journal"]["head"]) == (entry.number - 1, entry.before)
    assert (held["kind"], held["former"], held["early"]) == (None, None, False)
    assert examine(settings) == ([], [])
    with write_transaction(settings.database_url) as connection:
        connection.execute(update(publication).values(content={**one.content, "as_of": "2022-07-01"}))
    (finding,), _notes = examine(settings)
    assert "发布" in finding
    assert "内容" in finding


def test_publication_freezes_what_is_due_from_its_day_on(loader: Loader) -> None:
    """Not what had passed by then: of a month published late the month whose ledger can still be filed in time."""
    settings = loader.settings
    asked: list[tuple[str, Period, date | None]] = [
        ("ranking", MAY, None), ("scores", parse_period("2022Q2"), None), ("casualties", parse_period("2022"), date(2022, 6, 30)),
    ]  # fmt: skip
    told = {}
    for day in (date(2022, 8, 5), date(2022, 8, 6)):
        on_the_day = settings.model_copy(update={"today": day})
        for report, period, of in asked:
            held = publish(on_the_day, report, period, of, "核对").content["publication"]["next_due"]
            told[report, day.day] = held["period"], held["day"]
    assert told == {
        ("ranking", 5): ("2022-07", "2022-08-05"), ("ranking", 6): ("2022-08", "2022-09-05"),
        ("scores", 5): ("2022Q3", "2022-10-05"), ("scores", 6): ("2022Q3", "2022-10-05"),
        ("casualties", 5): ("2022-07", "2022-08-05"), ("casualties", 6): ("2022-08", "2022-09-05"),
    }  # fmt: skip


def test_quarter_freezes_the_grades_of_the_one_before(loader: Loader, tmp_path: Path) -> None:
    """As it had been published last by then, of those who were reviewed; nothing of a quarter that was not published."""
    settings = loader.settings
    for name, book in (("自评", self_assessment()), ("评审", review())):
        assert send(loader, book, tmp_path, name=f"{name}.xlsx").status == "accepted"
    second = publish(settings, "scores", parse_period("2022Q2"), reason="核对")
    assert second.content["publication"]["quarter_before"] is None
    third = publish(settings, "scores", parse_period("2022Q3"), reason="核对").content["publication"]["quarter_before"]
    graded = {row["unit"]: row["grade"] for group in second.content["groups"] for row in group["rows"] if row["grade"]}
    assert (third["period"], third["sha256"], third["scheme"]) == (
        "2022Q2",
        second.sha256,
        second.content["scheme"]["sha256"],
    )
    assert third["grades"] == {unit: grade for unit, grade in graded.items() if unit in {"longtanzi", "shuanglu"}} != {}
    assert publish(settings).content["publication"]["quarter_before"] is None


def test_publishing_needs_its_time_a_reason_or_an_empty_queue(loader: Loader, tmp_path: Path) -> None:
    """From the day after the deadline on; sooner and again only with a reason; never while workbooks wait that came before."""
    settings = loader.settings
    on_the_day = settings.model_copy(update={"today": date(2022, 6, 5)})
    with pytest.raises(Undecidable, match="2022-06-05"):
        publish(on_the_day)
    with pytest.raises(Undecidable, match="次日起可以发布"):
        publish(settings.model_copy(update={"today": date(2022, 7, 1)}), "scores", parse_period("2022Q2"))
    early = publish(on_the_day, reason="提前调度")
    assert early.content["publication"]["early"]
    with pytest.raises(Undecidable, match="修订"):
        publish(settings)
    with pytest.raises(Undecidable, match="尚未到来"):
        publish(settings, "casualties", parse_period("2022"), date(2022, 12, 1))
    assert len(rows(settings.database_url)) == 1
    path = ledger("2022-06").write(tmp_path / "六月.xlsx")
    with path.open("rb") as file:
        take_in(
            settings.database_url,
            loader.archive,
            settings.zone,
            file,
            "六月.xlsx",
            "zhang",
            LATER,
            Choice(),
            "longtanzi",
        )
    with pytest.raises(Undecidable, match="等待入库"):
        publish(settings, reason="修订")
    loader.take_up_pending()
    assert publish(settings, reason="修订").content["publication"]["kind"] == "revision"


def test_document_is_current_overtaken_superseded_altered_or_unknown(loader: Loader) -> None:
    """What a document is goes by its figures; an altered one names the cells."""
    settings = loader.settings
    one = publish(settings)
    documents = as_json(printed(one)), published_csv(one)
    assert [examined(settings, text) for text in documents] == 2 * [
        Verdict("current", one, figures_equal=True, same_file=True)
    ]
    give_back(loader, "shuanglu")
    assert {status(settings, text) for text in documents} == {"overtaken"}
    found = examined(settings, documents[0])
    assert "groups.town.rows.shuanglu.score" in found.moved
    gone = one.content["publication"]["submissions"]["enforcement"]["2022-05"]["shuanglu"]
    moved = [{"what": "submissions.enforcement.2022-05.shuanglu", "before": gone, "after": "—"}]
    assert list(found.moved_by) == moved
    told = publish(settings, reason="双路台账退回").content["publication"]
    assert told["moved_by"] == moved
    assert {of["conclusion"] for of in told["conclusions_changed"]} >= {"town.first", "town.not_reported"}
    assert {status(settings, text) for text in documents} == {"superseded"}

    content = json.loads(documents[0])
    saved_again = examined(settings, json.dumps(content, indent=4, sort_keys=True))
    assert (saved_again.status, saved_again.same_file) == ("superseded", False)
    row = content["groups"][0]["rows"][0]
    row["score"] += 0.01
    altered = examined(settings, as_json(content))
    assert (altered.status, list(altered.cells), altered.figures_equal) == (
        "altered",
        ["groups[0].rows[0].score"],
        False,
    )

    score = f"{one.content['groups'][0]['rows'][0]['score']}"
    altered = examined(settings, documents[1].replace(score, f"{float(score) + 1}", 1))
    assert (altered.status, altered.cells) == ("altered", {"F2": (score, f"{float(score) + 1}")})
    assert status(settings, documents[1].replace(one.sha256, one.sha256[::-1])) == "altered"
    assert status(settings, as_json({**json.loads(documents[0]), "sha256": None})) == "altered"
    assert status(settings, documents[1].replace(one.sha256, "0" * 64).replace("2022-05", "2022-04")) == "unknown"
    for nothing in (
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b'{"report": "ranking"}',
        b"a,b\r\n#,,,",
        b'{"report": {"a": 1}}',
    ):
        assert status(settings, nothing) == "unknown"


def test_figure_that_a_document_has_twice_is_altered(loader: Loader) -> None:
    """Whichever of the two comes first, be they the same, and where the second one is written as a place of its own."""
    settings = loader.settings
    one = publish(settings)
    document = as_json(printed(one))
    score = one.content["groups"][0]["rows"][0]["score"]
    (own,) = re.findall(rf'"score": ?{re.escape(str(score))}', document)[:1]
    place = "groups[0].rows[0].score"
    for twice, cells in (
        (f'"score": 59.99, {own}', {f"{place}#1": ("—", 59.99)}),
        (f'{own}, "score": 59.99', {place: (score, 59.99), f"{place}#1": ("—", score)}),
        (f"{own}, {own}", {f"{place}#1": ("—", score)}),
    ):
        found = examined(settings, document.replace(own, twice, 1))
        told = {at: (was, float(here)) for at, (was, here) in found.cells.items()}
        assert (found.status, told, found.figures_equal, found.same_file) == ("altered", cells, False, False)
        json.dumps(found.as_dict())
    (mark,) = re.findall(rf'"sha256": ?"{one.sha256}"', document)
    assert status(settings, document.replace(mark, f'"sha256": "{"0" * 64}", {mark}')) == "altered"
    beside = document.replace(own, '"score": 59.99', 1).rstrip().removesuffix("}") + f', "{place}": {score}}}'
    assert status(settings, beside) == "altered"


def _kept_digits(number: re.Match[str]) -> list[int]:
    """Where the digits of a number stand that every program keeps."""
    first = re.search("[1-9]", number[0])
    significant = number[0][first.start() :] if first else ""
    places = [number.end() - len(significant) + at for at, sign in enumerate(significant) if sign != "."]
    return [
        *(number.start() + at for at in range(len(number[0]) - len(significant)) if number[0][at] != "."),
        *places[:15],
    ]


def test_law_one_digit_in_one_cell_is_found(loader: Loader) -> None:
    """Whichever digit of whichever number, of a key or of the mark: it is altered, and where is said. A JSON may be none any more.

    But for what spreadsheets do not keep: of a number the digits behind the fifteenth.
    """
    settings, chance = loader.settings, Random(17)
    one = publish(settings)
    for document in (as_json(printed(one)), published_csv(one)):
        digits = [place for found in re.finditer(r"[\d.]+", document) for place in _kept_digits(found)]
        for place in chance.sample(digits, cases()):
            other = chance.choice([digit for digit in "0123456789" if digit != document[place]])
            found = examined(settings, document[:place] + other + document[place + 1 :])
            around = document[place - 30 : place + 30]
            assert (found.figures_equal, found.same_file) == (False, False), around
            assert found.cells or (found.status == "unknown" and document.startswith("{")), around
    assert status(settings, published_csv(one).replace(",2022-05,", ",May-22,")) == "current"


def test_document_saved_again_by_an_office_program_is_still_true(loader: Loader, tmp_path: Path) -> None:
    """LibreOffice writes numbers and blank cells its own way; the figures are those published, the file is another."""
    settings = loader.settings
    paths = []
    for one in (publish(settings), publish(settings, "casualties", parse_period("2022"), date(2022, 6, 30))):
        paths.append(tmp_path / f"{one.report}.csv")
        paths[-1].write_text(published_csv(one), encoding="utf-8-sig", newline="")
        assert examined(settings, paths[-1].read_bytes()).same_file
    for saved in all_saved_by_libreoffice(paths, tmp_path / "saved", TEXTS, OPENED_AS_TEXTS):
        found = examined(settings, saved.read_bytes())
        assert (dict(found.cells), found.status, found.same_file) == ({}, "current", False)


def test_same_figures_make_the_same_document_on_either_engine(installation: Settings) -> None:
    """The content comes back from the table as it went in: by its hash."""
    one = publish(installation)
    with reader(installation.database_url).connect() as connection:
        (back,) = revisions(connection, installation.zone, "ranking", "2022-05")
        assert connection.execute(text("SELECT count(*) FROM publication")).scalar() == 1
    assert back == one
    assert fingerprint(back.content) == one.sha256


STEPS = ("load", "load", "return", "extend", "scheme", "adopt", "reply", "decide", "ranking", "scores", "casualties")
SCHEMES = {one.name: (text, one) for text, one in shipped() if one.valid_from.year < 2025}
ANOTHER = {
    "monthly_ranking": ('target: "0.60"', 'target: "0.{0:02d}"'),
    "quarterly_scores": ("excellent: 90", "excellent: {0}"),
    "casualty_targets": ('orange_from: "0.5"', 'orange_from: "0.{0:02d}"'),
}
"""What a version that is adopted has otherwise, with a number from 81 to 99."""


def test_law_no_step_of_a_year_changes_a_row(sqlite_installation: Settings, tmp_path: Path) -> None:
    """Whatever is done, in whatever order: what was published before stands to the letter after it, and in a database made anew."""
    chance, settings, done = Random(17), sqlite_installation, Counter[str]()
    with Loader(settings) as loader:
        for book in (targets(), self_assessment(), review()):
            assert send(loader, book, tmp_path).status == "accepted"
        for step in range(cases(2 * LEAST)):
            before = rows(settings.database_url)
            which = chance.choice(STEPS)
            with suppress(AssertionError, Undecidable):
                take(which, step, loader, chance, tmp_path)
                done[which] += 1
            after = rows(settings.database_url)
            assert after[: len(before)] == before, which
            done["published"] += len(after) > len(before)
    assert done["published"] > 5
    assert set(done) >= set(STEPS), "each step was taken"
    rebuild(settings, f"sqlite:///{tmp_path / 'anew.db'}")
    assert rows(f"sqlite:///{tmp_path / 'anew.db'}") == rows(settings.database_url)


def take(which: str, step: int, loader: Loader, chance: Random, folder: Path) -> None:
    """One step; AssertionError or Undecidable where it is not possible as things stand."""
    settings = loader.settings
    unit, month = chance.choice(("longtanzi", "shuanglu", "youting")), f"2022-0{chance.randint(3, 6)}"
    desk = Desk(settings.database_url, loader.archive, settings.zone, "office1", LATER)
    match which:
        case "load":
            book = ledger(month, unit).put({"T2": f"第{step}次"} | (WORSE if chance.random() < 0.5 else {}))
            send(loader, book, folder, choice=BY_THE_OFFICE, at=LATER)
        case "return":
            give_back(loader, unit)
        case "extend":
            until = date(2022, 7, 1) + timedelta(days=chance.randint(0, 90))
            extend(desk, kind="enforcement", period=parse_period(month), unit=unit, until=until, reason="停电")
        case "scheme":
            with write_transaction(settings.database_url) as connection:
                connection.execute(update(scheme).values(sha256=f"{step:064}"))
        case "adopt":
            adopt(desk, chance.choice(sorted(ANOTHER)), step)
        case "reply":
            answers = [MarkAnswer(step % 10 + 1, Decimal(8), 0)]
            reply_to_marks(desk, quarter=Quarter(2022, 2), unit="longtanzi", answers=answers, agrees=False, reason="有")
        case "decide":
            decide_one(desk, chance)
        case "ranking":
            publish(settings, "ranking", parse_period(month), reason=f"第{step}次", mistake=chance.random() < 0.5)
        case "scores":
            publish(settings, "scores", parse_period("2022Q2"), reason=f"第{step}次")
        case "casualties":
            publish(settings, "casualties", parse_period("2022"), date(2022, 6, 30), reason=f"第{step}次")


def adopt(desk: Desk, name: str, step: int) -> None:
    """Another version of a scheme holds from the beginning of the first one on, what is published by that known to who decides."""
    (text, first), (as_shipped, otherwise) = SCHEMES[name], ANOTHER[name]
    changed = text.replace(f'version: "{first.version}"', f'version: "{first.version}.{step}"')
    changed = changed.replace(as_shipped, otherwise.format(81 + step % 19))
    assert changed.count(otherwise.format(81 + step % 19)) == 1
    draft = draft_scheme(desk, changed).number
    with reader(desk.url).connect() as connection:
        known = [str(one) for one in moved(connection, read_zone(connection, desk.zone), parsed(changed))]
    adopt_scheme(desk, draft, known=known, reason="突出闭环")


def decide_one(desk: Desk, chance: Random) -> None:
    """The office decides on one of the contested marks, or decides otherwise."""
    with reader(desk.url).connect() as connection:
        bound = LATER + timedelta(days=1)
        contested = replies(connection, desk.zone, [Quarter(2022, 2)], bound)
        before = {one.measure: one.entry for one in mark_decisions(connection, desk.zone, [Quarter(2022, 2)], bound)}
    assert contested
    one = chance.choice(contested)
    mark, former = Decimal(chance.randint(0, 10)), before.get(one.measure, 0)
    decide_mark(
        desk, reply=one.entry, before=Decimal(8), mark=mark, replaces=former, full=Decimal(10), reason="佐证属实"
    )
