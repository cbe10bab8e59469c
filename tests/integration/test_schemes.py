"""Schemes as officials edit them: drafted in a form, tried on a past period, adopted with a reason; nothing published ever moves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from dashboards.__main__ import freeze
from dashboards.results import ranking, ranking_printed, scheme_effect, schemes, scores
from dashboards.results.publishing import overtaken
from dashboards.results.reading import Reading, begin
from data.doctor import examine
from data.initial import initialise
from data.intake import decisions, scheme_decisions
from data.intake.archive import Archive
from data.intake.audit import history
from data.intake.deciding import Desk
from data.intake.decision_checks import Outdated, Undecidable
from data.intake.publications import revisions
from data.people.scope import Role, Scope, office
from data.schema.publications import publication
from data.schema.schemes import scheme_decision, scheme_draft
from data.schema.zone import scheme
from data.settings import Settings
from data.store import reader, write_transaction
from data.zone.periods import Month, Quarter, Year, parse_period
from data.zone.scheme_faults import SchemeFaults, understood
from data.zone.schemes import CasualtyScheme, RankingScheme, ScoresScheme, parsed, shipped
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.fetching import fetched
from tests.integration.ledgers import ledger, send, targets
from tests.integration.page_asked import texts
from tests.integration.papers import accident, accidents, review, self_assessment
from tests.integration.sites import Site, Visitor, made

AT = datetime.fromisoformat("2022-10-08T10:00:00+08:00")
RANKING, SCORES, CASUALTIES = (
    next(text for text, one in shipped() if one.name == name and one.version in {"1", "2"})
    for name in ("monthly_ranking", "quarterly_scores", "casualty_targets")
)
WEIGHTS = {
    "completion": 10,
    "problem_rate": 10,
    "penalty_rate": 10,
    "closed_loop_rate": 50,
    "rectification_rate": 10,
    "timeliness": 10,
}
APRIL, MAY = Month(2022, 4), Month(2022, 5)


def changed(text: str = RANKING, *, version: str = "2022-05", begins: str = "2022-05-01", **weights: int) -> str:
    """The YAML of another version, by other weights."""
    text = re.sub(r"^version: .*$", f'version: "{version}"', text, flags=re.M)
    text = re.sub(r"^valid_from: .*$", f"valid_from: {begins}", text, flags=re.M)
    for key, weight in weights.items():
        text = re.sub(rf"^(  {key}: {{weight: )\d+", rf"\g<1>{weight}", text, flags=re.M)
    return text


@pytest.fixture
def filled(installation: Settings, tmp_path: Path) -> Settings:
    """April and May of two towns, with the year's targets; the journal knows what is configured."""
    initialise(installation.database_url, installation.zone, Archive(installation.archive_dir), installation.today)
    with Loader(installation) as loader:
        worse = ledger(unit="shuanglu").put({"S2": "不合格"})
        for place, book in enumerate((targets(), ledger("2022-04"), ledger("2022-04", "shuanglu"), ledger(), worse)):
            assert send(loader, book, tmp_path, name=f"{place}.xlsx").status == "accepted"
    return installation


def desk(settings: Settings, name: str = "admin1", at: datetime = AT) -> Desk:
    """Where an account decides."""
    return Desk.of(settings, name, at)


def kept(settings: Settings, text: str) -> int:
    """The line of a draft that is kept."""
    return decisions.draft_scheme(desk(settings, "office1"), text).number


def adopt(settings: Settings, text: str, known: tuple[str, ...] = (), reason: str = "突出闭环") -> int:
    """Draft and adopt."""
    return decisions.adopt_scheme(desk(settings), kept(settings, text), known=known, reason=reason).number


def printed(settings: Settings, month: Month, **asked: Any) -> Any:
    """A month's ranking as it is printed, without what says by which scheme and when it was asked."""
    found = fetched(
        reader(settings.database_url), office(settings.zone), ranking.fetch, month, fixed_today=settings.today, **asked
    )
    return ranking_printed.as_dict(found)["groups"]


def of_scheme(settings: Settings, url: str | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the tables of schemes."""
    with reader(url or settings.database_url).connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=str)
            for table in (scheme, scheme_draft, scheme_decision, publication)
        }


def reading(settings: Settings, role: Role = Role.OFFICE) -> Any:
    """What a role reads with."""
    unit = "longtanzi" if role is Role.UNIT else None
    return begin(reader(settings.database_url), Scope(settings.zone, role, "x", unit), settings.today)


def test_adoption_moves_live_figures_from_that_month_on_and_nothing_published(filled: Settings, tmp_path: Path) -> None:
    """April stays, May moves; the publication of May stays to the letter and is overtaken; a rebuild has all of it."""
    april, may = printed(filled, APRIL), printed(filled, MAY)
    first = freeze(filled, "ranking", MAY, None, reason="", mistake=False)
    number = kept(filled, changed(**WEIGHTS))
    assert printed(filled, MAY) == may, "a draft changes no figure"
    with pytest.raises(Outdated):
        decisions.adopt_scheme(desk(filled), number, known=(), reason="突出闭环")
    with reading(filled) as asked:
        looked = schemes.draft(asked, number)
        assert [str(one) for one in looked.moved] == ["ranking 2022-05"]
    decisions.adopt_scheme(desk(filled), number, known=["ranking 2022-05"], reason="突出闭环")
    assert printed(filled, APRIL) == april
    assert printed(filled, MAY) != may
    assert printed(filled, MAY, known_by=date(2022, 10, 7)) == may, "as it was known the day before"
    with reading(filled) as asked:
        assert ranking.fetch(asked, MAY).scheme.version == "2022-05"
        assert revisions(asked.connection, filled.zone, "ranking", "2022-05") == [first]
        assert overtaken(asked, first)
    assert examine(filled) == ([], [])
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(filled, anew)
    assert of_scheme(filled, anew) == of_scheme(filled)
    moved = filled.model_copy(update={"database_url": anew})
    assert printed(moved, MAY) == printed(filled, MAY)
    assert examine(moved) == ([], [])


def test_who_when_and_why_stand_in_journal_and_audit_log(filled: Settings) -> None:
    """A line with the whole text and the reason, a row, an audit entry that holds on to the line; doctor sees a changed row."""
    line = adopt(filled, changed(**WEIGHTS))
    told = next(one for one in Archive(filled.archive_dir).entries() if one.number == line)
    assert (told.act, told.data["actor"], told.data["reason"], told.data["version"]) == (
        "adopt_scheme", "admin1", "突出闭环", "2022-05",
    )  # fmt: skip
    assert told.data["text"] == changed(**WEIGHTS)
    with reader(filled.database_url).connect() as connection:
        entry = [one for one in history(connection, filled.zone) if one.action == "scheme adopted"][-1]
    assert (entry.actor, entry.subject, entry.journal) == ("admin1", "scheme monthly_ranking 2022-05", told.hash)
    with write_transaction(filled.database_url) as connection:
        connection.execute(scheme.update().where(scheme.c.version == "2022-05").values(valid_from=date(2022, 6, 1)))
    assert any("valid_from" in one or "2022-06-01" in one for one in examine(filled)[0])
    with write_transaction(filled.database_url) as connection:
        connection.execute(scheme.delete().where(scheme.c.version == "2022-05"))
    assert examine(filled)[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed(version="1", **WEIGHTS), "已经存在"),
        (changed(version="2022-05", begins="2022-05-02", **WEIGHTS), "某月1日"),
        (changed(version="2020-01", begins="2020-01-01", **WEIGHTS), "不得早于第一版"),
        (changed(version="0", begins="2022-01-01", **WEIGHTS), "同日施行"),
        (changed(SCORES, version="2022-05", begins="2022-05-01"), "某季度第一天"),
        (changed(CASUALTIES, version="2022-05", begins="2022-05-01"), "1月1日"),
    ],
)
def test_what_cannot_hold_is_not_adopted(sqlite_installation: Settings, text: str, said: str) -> None:
    """A version that is there stays as it is; none begins within a period, before the first, or behind one of the same day."""
    before = of_scheme(sqlite_installation)["scheme"]
    with pytest.raises(Undecidable, match=said):
        adopt(sqlite_installation, text)
    assert of_scheme(sqlite_installation)["scheme"] == before


def test_adoption_needs_a_reason_and_a_draft(sqlite_installation: Settings) -> None:
    """Without either nothing is journalled."""
    number = kept(sqlite_installation, changed(**WEIGHTS))
    lines = Archive(sqlite_installation.archive_dir).last_number()
    for draft, reason in ((number, "  "), (99, "理由")):
        with pytest.raises(Undecidable):
            decisions.adopt_scheme(desk(sqlite_installation), draft, known=(), reason=reason)
    assert Archive(sqlite_installation.archive_dir).last_number() == lines


def test_version_that_does_not_hold_yet_is_withdrawn_and_no_other(filled: Settings, tmp_path: Path) -> None:
    """What holds from a later month is gone from what holds, not from the record, and its number is nobody's again."""
    adopt(filled, changed(version="2022-12", begins="2022-12-01", **WEIGHTS))
    adopt(filled, changed(version="2022-05", **WEIGHTS))
    for version in ("2022-05", "1", "2025", "nothing"):
        with pytest.raises(Undecidable):
            decisions.withdraw_scheme(desk(filled), "monthly_ranking", version, "不用")
    with pytest.raises(Undecidable, match="写明"):
        decisions.withdraw_scheme(desk(filled), "monthly_ranking", "2022-12", "")
    decisions.withdraw_scheme(desk(filled), "monthly_ranking", "2022-12", "另行研究")
    with reading(filled, Role.ADMIN) as asked:
        found = schemes.fetch(asked, "monthly_ranking")
        assert [one.scheme.version for one in found.versions] == ["1", "2022-05", "2025"]
        assert [(one.scheme.version, one.reason) for one in found.withdrawn] == [("2022-12", "另行研究")]
        begins = date(2022, 12, 1)
        assert scheme_decisions.next_version(asked.connection, filled.zone, "monthly_ranking", begins) == "2022-12.2"
    with pytest.raises(Undecidable, match="已经存在"):
        adopt(filled, changed(version="2022-12", begins="2022-12-01"))
    assert examine(filled) == ([], [])
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(filled, anew)
    assert of_scheme(filled, anew) == of_scheme(filled)


def test_next_version_goes_behind_those_of_the_same_day(sqlite_installation: Settings) -> None:
    """Named after the month; where somebody took a number that goes before it, behind that."""
    with reading(sqlite_installation) as asked:
        after = lambda day: scheme_decisions.next_version(asked.connection, asked.zone.code, "monthly_ranking", day)  # noqa: E731
        assert (after(date(2022, 10, 1)), after(date(2025, 1, 1))) == ("2022-10", "2025-01")
    adopt(sqlite_installation, changed(version="9999", begins="2022-10-01", **WEIGHTS))
    with reading(sqlite_installation) as asked:
        version = scheme_decisions.next_version(asked.connection, asked.zone.code, "monthly_ranking", date(2022, 10, 1))
    adopt(sqlite_installation, changed(version=version, begins="2022-10-01"))
    with reading(sqlite_installation) as asked:
        assert ranking.fetch(asked, Month(2022, 10)).scheme.version == version


def _second_quarter(installation: Settings) -> scores.Scores:
    return fetched(
        reader(installation.database_url),
        office(installation.zone),
        scores.fetch,
        Quarter(2022, 2),
        fixed_today=installation.today,
    )


def test_marks_that_are_given_keep_their_measures(installation: Settings, tmp_path: Path) -> None:
    """Other full marks cannot be laid beneath marks that are filed; other weights and grades can; so can all from the next quarter on."""
    with Loader(installation) as loader:
        assert send(loader, self_assessment("longtanzi"), tmp_path).status == "accepted"
    other = SCORES.replace("full: 10, articles: [8]", "full: 12, articles: [8]").replace(
        "full: 10, articles: [5]", "full: 8, articles: [5]"
    )
    with pytest.raises(Undecidable, match="2022Q2"):
        adopt(installation, changed(other, version="2022-04", begins="2022-04-01"))
    adopt(installation, changed(other, version="2022-10", begins="2022-10-01"))
    assert _second_quarter(installation).scheme.version == "1"
    graded = SCORES.replace("excellent: 90", "excellent: 95")
    adopt(installation, changed(graded, version="2022-04", begins="2022-04-01"))
    assert _second_quarter(installation).scheme.grades.excellent == 95


def test_effect_is_what_adoption_would_do(filled: Settings, tmp_path: Path) -> None:
    """Score and place by the draft are those that the month has once it is adopted; nothing is written meanwhile."""
    text = changed(**WEIGHTS)
    before = of_scheme(filled)
    with reading(filled) as asked:
        effect = scheme_effect.fetch(asked, parsed(text), MAY)
        with pytest.raises(LookupError):
            scheme_effect.fetch(asked, parsed(text), Quarter(2022, 2))
    assert of_scheme(filled) == before
    now = {row.unit.code: row.figures for row in _rows(filled, MAY)}
    told = {row.unit: row for group in effect.groups for row in group.rows}
    assert {(code, one.score, one.rank) for code, one in now.items()} == {
        (code, row.before.score, row.before.rank) for code, row in told.items()
    }
    adopt(filled, text)
    after = {row.unit.code: row.figures for row in _rows(filled, MAY)}
    assert {(code, one.score, one.rank) for code, one in after.items()} == {
        (code, row.after.score, row.after.rank) for code, row in told.items()
    }
    assert (
        effect.moved
        == sum(now[code].score != after[code].score or now[code].rank != after[code].rank for code in now)
        > 0
    )
    (town,) = (one for one in effect.groups if one.group == "town")
    assert town.after.leading
    assert told["shuanglu"].score_change == after["shuanglu"].score - now["shuanglu"].score


def _rows(settings: Settings, month: Month) -> Iterator[Any]:
    found = fetched(
        reader(settings.database_url), office(settings.zone), ranking.fetch, month, fixed_today=settings.today
    )
    for group in found.groups:
        yield from group.rows


def test_effect_of_the_other_schemes(installation: Settings, tmp_path: Path) -> None:
    """A quarter by other weights and grades, a year by other lights: as it is once they are adopted."""
    with Loader(installation) as loader:
        of_year = accidents("2022-06", accident("事1", date(2022, 5, 1)))
        for place, book in enumerate((targets(), self_assessment("longtanzi"), review(), of_year)):
            assert send(loader, book, tmp_path, name=f"{place}.xlsx").status == "accepted"
    weighted = changed(SCORES.replace("ten_measures: 70", "ten_measures: 40").replace("enforcement: 20 ", "enforcement: 50 "),
                       version="2022-04", begins="2022-04-01")  # fmt: skip
    lit = changed(CASUALTIES.replace('orange_from: "0.5"', 'orange_from: "0.02"').replace('yellow_from: "0.2"', 'yellow_from: "0.01"'),
                  version="2022-01", begins="2022-01-01")  # fmt: skip
    with reading(installation) as asked:
        quarter = scheme_effect.fetch(asked, parsed(weighted), Quarter(2022, 2))
        year = scheme_effect.fetch(asked, parsed(lit), Year(2022))
        assert scheme_effect.usual(asked, "quarterly_scores") == Quarter(2022, 2)
        assert scheme_effect.usual(asked, "casualty_targets") == Year(2022)
        assert scheme_effect.usual(asked, "monthly_ranking") is None
    assert quarter.moved > 0
    assert year.moved > 0
    adopt(installation, weighted)
    adopt(installation, lit)
    with reading(installation) as asked:
        found = scores.fetch(asked, Quarter(2022, 2))
        told = {row.unit: row.after for group in quarter.groups for row in group.rows}
        for group in found.groups:
            for row in group.rows:
                one = row.figures
                assert (one.score, one.rank, one.grade) == (
                    told[one.unit].score,
                    told[one.unit].rank,
                    told[one.unit].grade,
                )
        again = scheme_effect.fetch(asked, parsed(lit), Year(2022))
        assert [one.light_before for one in again.foreseen] == [one.light_after for one in year.foreseen]


# over HTTP


@pytest.fixture
def site(filled: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on that installation, with one account of each role."""
    one = made(filled, monkeypatch)
    one.clock.at = AT
    return one


@pytest.fixture
def bare(sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on an installation without workbooks."""
    one = made(sqlite_installation, monkeypatch)
    one.clock.at = AT
    return one


def page(visitor: Visitor, address: str) -> Iterator[str]:
    """The texts of a page of Dash as its script gets it."""
    path, _sign, search = address.partition("?")
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    inputs = [
        {"id": "_pages_location", "property": "pathname", "value": path},
        {"id": "_pages_location", "property": "search", "value": f"?{search}"},
    ]
    body = {
        "output": ".._pages_content.children..._pages_store.data..", "outputs": outputs, "inputs": inputs, "state": [],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
    }  # fmt: skip
    answer = visitor.client.post(
        "/_dash-update-component", base_url=visitor.base, headers={"X-CSRFToken": visitor.token()}, json=body
    )
    assert answer.status_code == 200, answer.text[:500]
    yield from texts(answer.get_json()["response"]["_pages_content"]["children"])


def form_of(answer: TestResponse, identity: str = "scheme-form") -> dict[str, str]:
    """What a browser would send of a form of a plain page, as it stands."""
    part = re.search(rf'<form[^>]*id="{identity}".*?</form>', answer.text, re.S)
    assert part, answer.text[:800]
    text = part[0]
    found = {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', text)
    }
    for name, inside in re.findall(r'<select[^>]*name="([^"]+)".*?>(.*?)</select>', text, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    found.pop("csrf_token", None)
    return found


def edited(visitor: Visitor, scheme: str = "monthly_ranking", **typed: str) -> TestResponse:
    """Open the form, type, send it."""
    shown = visitor.get(f"/schemes/form?scheme={scheme}")
    assert shown.status_code == 200
    names = {name.replace("__", "."): value for name, value in typed.items()}
    return visitor.post("/schemes/form", {**form_of(shown), **names})


def rows_of(site: Site) -> dict[str, list[tuple[Any, ...]]]:
    """What stands in the tables of schemes."""
    return of_scheme(site.door.settings)


def test_form_shows_what_holds_and_keeps_what_it_does_not_show(site: Site) -> None:
    """Sent as it stands it is the same scheme from the next month on; the articles of measures stay, and so does every value."""
    visitor = site.signed_in(Role.OFFICE)
    for name, text, version in (
        ("monthly_ranking", RANKING, "2022-11"), ("quarterly_scores", SCORES, "2023-01"), ("casualty_targets", CASUALTIES, "2023-01"),
    ):  # fmt: skip
        answer = edited(visitor, name)
        assert answer.status_code == 303, answer.text
        with reader(site.door.settings.database_url).connect() as connection:
            (draft,) = scheme_decisions.drafts(connection, site.door.settings.zone, name)
        before = parsed(text)
        assert draft.scheme.version == version
        same = {"version": before.version, "valid_from": before.valid_from, "sha256": before.sha256}
        assert draft.scheme.model_copy(update=same) == before
        again = visitor.get(f"/schemes/form?scheme={name}&draft={draft.number}")
        assert form_of(again)["base"] == f"draft:{draft.number}"


def test_draft_goes_on_and_is_adopted_over_the_web(site: Site) -> None:
    """The office drafts, goes on with the draft, sees the effect; the administrator adopts; the month's page says the new version."""
    visitor, administrator = site.signed_in(Role.OFFICE), site.signed_in(Role.ADMIN)
    first = edited(
        visitor, valid_from="2022-05", indicators__completion__weight="10", indicators__closed_loop_rate__weight="35"
    )
    number = int(re.search(r"draft=(\d+)", first.location)[1])  # type: ignore[index]
    again = form_of(visitor.get(f"/schemes/form?scheme=monthly_ranking&draft={number}"))
    assert again["indicators.completion.weight"] == "10"
    assert again["valid_from"] == "2022-05"
    second = visitor.post("/schemes/form", {**again, "title": "月度执法排名方案（修订）"})
    number = int(re.search(r"draft=(\d+)", second.location)[1])  # type: ignore[index]
    with reader(site.door.settings.database_url).connect() as connection:
        assert [one.number for one in scheme_decisions.drafts(connection, "shuangqiao", "monthly_ranking")] == [number]
    assert visitor.get(f"/schemes/text/draft/{number}").text.startswith("# ")
    assert visitor.post("/schemes/adopt", {"draft": str(number), "reason": "突出闭环"}).status_code == 403
    refused = administrator.post("/schemes/adopt", {"draft": str(number), "reason": " "})
    assert refused.status_code == 409
    assert "请写明为何修改方案" in refused.text
    done = administrator.post("/schemes/adopt", {"draft": str(number), "reason": "突出闭环"})
    assert done.status_code == 303, done.text
    with reading(site.door.settings) as asked:
        assert ranking.fetch(asked, MAY).scheme.title == "月度执法排名方案（修订）"
        assert ranking.fetch(asked, APRIL).scheme.version == "1"
    text = visitor.get("/schemes/text/monthly_ranking/2022-05")
    assert (text.status_code, parsed(text.text).title) == (200, "月度执法排名方案（修订）")


def test_what_is_published_must_be_known(site: Site) -> None:
    """Reaching back over a publication needs the administrator's word, and the page's list of it; the reason is not lost."""
    freeze(site.door.settings, "ranking", MAY, None, reason="", mistake=False)
    administrator = site.signed_in(Role.ADMIN)
    number = kept(site.door.settings, changed(**WEIGHTS))
    form = {"draft": str(number), "reason": "突出闭环的理由"}
    for sent in (form, {**form, "known": "ranking 2022-05"}, {**form, "known": "ranking 2022-06", "aware": "on"}):
        refused = administrator.post("/schemes/adopt", sent)
        assert refused.status_code == 409
        assert "突出闭环的理由" in refused.text
    assert "2022年5月月度执法排名" in refused.text
    again = form_of(refused, "scheme-adopt")
    assert again["known"] == "ranking 2022-05"
    assert (
        administrator.post("/schemes/adopt", {**again, "aware": "yes", "reason": "突出闭环的理由"}).status_code == 303
    )


def faults_in(answer: TestResponse) -> dict[str, str]:
    """Field or section → the fault that is said at it."""
    found: dict[str, str] = {}
    for at, said in re.findall(r'<p class="scheme-fault" id="fault-(.+?)-\d+">(.*?)</p>', answer.text, re.S):
        found[at] = found.get(at, "") + unescape(said)
    return found


@pytest.mark.parametrize(
    ("typed", "at", "said"),
    [
        ({"indicators__completion__weight": "30"}, "indicators", "合计应为 100"),
        ({"indicators__completion__weight": "二十"}, "indicators.completion.weight", "请填数字"),
        ({"indicators__completion__weight": "-20"}, "indicators.completion.weight", "不得小于 0"),
        ({"indicators__completion__target": "0"}, "indicators.completion.target", "须大于 0"),
        ({"indicators__completion__target": ""}, "indicators.completion.target", "请填数字"),
        ({"indicators__completion__weight": "1e999999999"}, "indicators.completion.weight", "最多六位"),
        ({"indicators__completion__weight": "NaN"}, "indicators.completion.weight", "请填数字"),
        ({"indicators__completion__weight": "9" * 400}, "indicators.completion.weight", "最多六位"),
        ({"indicators__fines_yuan__weight": "10", "indicators__completion__weight": "10"}, "indicators", "第七十四条"),
        ({"indicators__nonsense__weight": "10", "indicators__nonsense__target": "1", "indicators__completion__weight": "10"}, "indicators", "nonsense"),
        ({"valid_from": "2025-03"}, "indicators.completion.weight", "国办发〔2024〕54号"),
        ({"valid_from": "2025-03", "indicators__completion__weight": "", "indicators__closed_loop_rate__weight": "45",
          "deductions__zero_penalty": "0"}, "tie_keys", "国办发〔2024〕54号"),
        ({"valid_from": "2025-03", "indicators__completion__weight": "", "indicators__closed_loop_rate__weight": "45",
          "tie_keys__3": ""}, "deductions.zero_penalty", "国办发〔2024〕54号"),
        ({"tie_keys__3": "closed_loop_rate"}, "tie_keys", "不得重复"),
        ({"tie_keys__3": "fines_yuan"}, "tie_keys.3", "只能是"),
        ({"thresholds__late_days": "五"}, "thresholds.late_days", "整数"),
        ({"thresholds__late_days": "99999999999"}, "thresholds.late_days", "不得大于"),
        ({"valid_from": "2022Q4"}, "valid_from", "2022-11"),
        ({"valid_from": "去年"}, "valid_from", "2022-11"),
        ({"valid_from": "2021-06"}, "valid_from", "不得早于"),
        ({"title": "  "}, "title", "请填文字"),
        ({"title": "长" * 200}, "title", "最多 100"),
    ],
)  # fmt: skip
def test_each_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    shared_site: Site, typed: dict[str, str], at: str, said: str
) -> None:
    """A Chinese sentence where it belongs, the form as it was typed, and nothing kept."""
    visitor = shared_site.signed_in(Role.OFFICE)
    before = rows_of(shared_site)
    marked = {**typed, "deductions__overdue_major_each": "3"}
    answer = edited(visitor, **marked)
    assert answer.status_code == 400, answer.text
    found = faults_in(answer)
    assert at in found, found
    assert said in found[at], found
    again = form_of(answer)
    for name, value in marked.items():
        if name.replace("__", ".") in again and value != "fines_yuan":  # a list holds only what it offers
            assert again[name.replace("__", ".")] == value
    assert rows_of(shared_site) == before


@pytest.mark.parametrize(
    ("scheme", "typed", "at", "said"),
    [
        ("quarterly_scores", {"measures__3__full": "20"}, "measures", "合计应为 100"),
        ("quarterly_scores", {"measures__3__number": "1"}, "measures", "不得重复"),
        ("quarterly_scores", {"measures__2__number": "", "measures__2__name": "", "measures__2__full": "", "measures__4__full": "甲"},
         "measures.4.full", "请填数字"),
        ("quarterly_scores", {"weights__milestones": "20"}, "weights", "合计应为 100"),
        ("quarterly_scores", {"grades__good": "95"}, "grades", "依次降低"),
        ("quarterly_scores", {"confirmed": "maybe"}, "confirmed", "是或否"),
        ("quarterly_scores", {"valid_from": "2022-11"}, "valid_from", "2022Q4"),
        ("casualty_targets", {"forecast__pseudo_accident__0": "0.9"}, "forecast.pseudo_accident", "合计应为 1"),
        ("casualty_targets", {"forecast__pseudo_accident__1": "-0.15"}, "forecast.pseudo_accident.1", "不得小于 0"),
        ("casualty_targets", {"lights__orange_from": "1.5"}, "lights.orange_from", "不得大于 1"),
        ("casualty_targets", {"report_days": "60.5"}, "report_days", "整数"),
        ("casualty_targets", {"valid_from": "2023-01"}, "valid_from", "2023"),
    ],
)  # fmt: skip
def test_faults_of_the_other_schemes(shared_site: Site, scheme: str, typed: dict[str, str], at: str, said: str) -> None:
    """The same of measures, weights, grades, forecast and lights."""
    answer = edited(shared_site.signed_in(Role.ADMIN), scheme, **typed)
    assert answer.status_code == 400, answer.text
    assert said in faults_in(answer).get(at, ""), faults_in(answer)


def test_measures_can_be_taken_away_and_added(bare: Site) -> None:
    """A blank row is no measure; a new one stands behind; the others keep their articles."""
    visitor = bare.signed_in(Role.OFFICE)
    typed = {"measures__9__number": "", "measures__9__name": "", "measures__9__full": "", "measures__10__number": "11",
             "measures__10__name": "新增措施", "measures__10__full": "１０"}  # fmt: skip
    answer = edited(visitor, "quarterly_scores", confirmed="true", **typed)
    assert answer.status_code == 303, answer.text
    with reader(bare.door.settings.database_url).connect() as connection:
        (draft,) = scheme_decisions.drafts(connection, "shuangqiao", "quarterly_scores")
    assert isinstance(draft.scheme, ScoresScheme)
    measures = draft.scheme.measures
    assert [one.number for one in measures] == [*range(1, 10), 11]
    assert (measures[2].articles, measures[-1].name, measures[-1].full, draft.scheme.confirmed) == (
        (1, 2),
        "新增措施",
        10,
        True,
    )


def given(visitor: Visitor, content: bytes, scheme: str = "monthly_ranking") -> TestResponse:
    """Give a file."""
    return visitor.post("/schemes/file", {"scheme": scheme, "file": (io.BytesIO(content), "方案.yaml")},
                        content_type="multipart/form-data")  # fmt: skip


def test_file_is_taken_to_the_letter(bare: Site) -> None:
    """Comments and order stay, and the hash is that of the file."""
    visitor = bare.signed_in(Role.OFFICE)
    text = changed(version="2022-12", begins="2022-12-01", **WEIGHTS)
    assert given(visitor, text.encode()).status_code == 303
    with reader(bare.door.settings.database_url).connect() as connection:
        (draft,) = scheme_decisions.drafts(connection, "shuangqiao", "monthly_ranking")
    assert draft.text == text
    assert visitor.get(f"/schemes/text/draft/{draft.number}").data == text.encode()


BOMB = "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "请先选择文件"),
        (RANKING.encode(), "已经存在"),
        (SCORES.encode(), "另一种方案"),
        (b"[" * 15000, "嵌套过深"),
        (BOMB.encode(), "引用"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"- 1\n- 2\n", "不是“名目"),
        (b"name: [\n", "YAML"),
        (b"x" * 90000, "太大"),
        (("# " + "长" * 21000).encode(), "超过 20000 字"),
        (b"title: x\n", "没有写明"),
        (b"name: everything\n", "只能是"),
        (changed(version="2022-12", begins="2022-12-01").replace("timeliness: {weight: 5", "fines_yuan: {weight: 5").encode(), "第七十四条"),
        (changed(version="2022-12", begins="2022-12-01").replace("tie_keys:", "tie_key:").encode(), "没有这个名目"),
        (changed(version="..", begins="2022-12-01").encode(), "只能用字母"),
        (changed(version="2022-12", begins="2022-12-01").replace("title: 月度执法排名方案\n", 'title: "月度\\0方案"\n').encode(), "控制字符"),
        (b"name: !!python/object/apply:os.system [ls]\n", "YAML"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_sentence(shared_site: Site, content: bytes, said: str) -> None:
    """Nothing of them is kept; the form stands there, with why."""
    before = rows_of(shared_site)
    answer = given(shared_site.signed_in(Role.OFFICE), content)
    assert answer.status_code == 400, answer.text
    assert said in unescape(answer.text), faults_in(answer)
    assert rows_of(shared_site) == before


def test_forged_and_senseless_requests(shared_site: Site) -> None:
    """Another site's form, names of nothing, and whoever may not: a sentence, and nothing is written."""
    before, lines = rows_of(shared_site), Archive(shared_site.door.settings.archive_dir).last_number()
    administrator = shared_site.signed_in(Role.ADMIN)
    for address in ("/schemes/form", "/schemes/file", "/schemes/adopt", "/schemes/withdraw"):
        assert administrator.post(address, {}, headers={"Origin": "https://evil.example"}).status_code == 403
        assert administrator.post(address, {"csrf_token": "x"}).status_code == 400
        for role in (Role.VIEWER, Role.UNIT):
            assert shared_site.signed_in(role).post(address, {"scheme": "monthly_ranking"}).status_code == 403
    for address, form, status in (
        ("/schemes/form", {"scheme": "nothing"}, 404),
        ("/schemes/form", {"scheme": "monthly_ranking", "base": "draft:99"}, 404),
        ("/schemes/form", {"scheme": "monthly_ranking", "base": "version:99"}, 404),
        ("/schemes/file", {"scheme": "nothing"}, 404),
        ("/schemes/adopt", {"draft": "x"}, 404),
        ("/schemes/adopt", {"draft": "99", "reason": "x"}, 404),
        ("/schemes/withdraw", {"scheme": "nothing"}, 404),
        ("/schemes/withdraw", {"scheme": "monthly_ranking", "version": "1", "reason": "x"}, 409),
        ("/schemes/withdraw", {"scheme": "monthly_ranking", "version": "1", "reason": "x" * 900}, 400),
    ):
        assert administrator.post(address, form).status_code == status, (address, form)
    for address in ("/schemes/form?scheme=x", "/schemes/form?scheme=monthly_ranking&draft=9", "/schemes/text/x/1",
                    "/schemes/text/monthly_ranking/99", "/schemes/text/draft/99"):  # fmt: skip
        assert administrator.get(address).status_code == 404
    assert (rows_of(shared_site), Archive(shared_site.door.settings.archive_dir).last_number()) == (before, lines)


def test_what_is_typed_stays_text(bare: Site) -> None:
    """A title that is markup is shown as it was typed, in the form, on the page and in its answers."""
    visitor, title = bare.signed_in(Role.ADMIN), "<img src=x onerror=alert(1)>"
    refused = edited(visitor, title=title, indicators__completion__weight="1")
    kept_one = edited(visitor, title=title)
    number = re.search(r"draft=(\d+)", kept_one.location)
    asked = visitor.post("/schemes/adopt", {"draft": number[1] if number else "", "reason": '"><script>'})
    again = visitor.get(f"/schemes/form?scheme=monthly_ranking&draft={number[1] if number else ''}")
    for answer in (refused, again):
        assert title not in answer.text
        assert "&lt;img" in answer.text
    assert asked.status_code == 303
    assert title in bare.signed_in(Role.VIEWER).get("/schemes/text/monthly_ranking/2022-11").text
    assert visitor.get("/schemes/text/monthly_ranking/2022-11").headers["Content-Disposition"].startswith("attachment")


def test_part_of_a_form_leaves_the_rest_as_it_is(bare: Site) -> None:
    """Who sends two fields by hand changes two values."""
    visitor = bare.signed_in(Role.OFFICE)
    sent = {"scheme": "monthly_ranking", "title": "方案", "valid_from": "2022-12", "thresholds.late_days": "3"}
    assert visitor.post("/schemes/form", sent).status_code == 303
    with reader(bare.door.settings.database_url).connect() as connection:
        (draft,) = scheme_decisions.drafts(connection, "shuangqiao", "monthly_ranking")
    assert isinstance(draft.scheme, RankingScheme)
    assert draft.scheme.thresholds.late_days == 3
    assert draft.scheme.indicators == parsed(RANKING).indicators  # type: ignore[union-attr]


@pytest.mark.parametrize("text", [RANKING, SCORES, CASUALTIES])
def test_what_is_shipped_is_understood(text: str) -> None:
    """The stricter reading of files takes what the program ships."""
    assert isinstance(understood(text), RankingScheme | ScoresScheme | CasualtyScheme)
    with pytest.raises(SchemeFaults):
        understood(text.replace("name: ", "names: ", 1))


def test_who_decided_and_why_is_told_to_who_prepares_alone(filled: Settings) -> None:
    """Everybody reads which version holds from when; account and reason are the office's and the administrator's."""
    adopt(filled, changed(**WEIGHTS))
    told = {}
    for role in Role:
        with reading(filled, role) as asked:
            found = schemes.fetch(asked, "monthly_ranking")
            assert [one.scheme.version for one in found.versions] == ["1", "2022-05", "2025"]
            (decided,) = (one.decided for one in found.versions if one.decided)
            told[role] = (decided.actor, decided.reason, decided.at == AT)
    nothing, all_of_it = ("", "", True), ("admin1", "突出闭环", True)
    assert told == {Role.VIEWER: nothing, Role.UNIT: nothing, Role.OFFICE: all_of_it, Role.ADMIN: all_of_it}


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT, Role.OFFICE, Role.ADMIN])
def test_page_shows_each_role_its_part(site: Site, role: Role) -> None:
    """What holds is everybody's; drafts, effects and units in them are the office's and the administrator's; adopting is the latter's."""
    adopt(site.door.settings, changed(version="2022-12", begins="2022-12-01", **WEIGHTS), reason="会议议定")
    number = kept(site.door.settings, changed(version="2022-11", begins="2022-11-01", **WEIGHTS))
    told = "".join(page(site.signed_in(role), f"/schemes?scheme=monthly_ranking&draft={number}&period=2022-05"))
    assert "第 2022-12 版" in told
    prepares = role in {Role.OFFICE, Role.ADMIN}
    for part in ("起草新版", "第 2022-11 版", "龙滩子街道", "会议议定", "admin1", "office1"):
        assert (part in told) is prepares, part
    for part in ("采用这一版", "撤回这一版"):
        assert (part in told) is (role is Role.ADMIN), part
    for other in ("quarterly_scores", "casualty_targets", "nothing", ""):
        assert "历次版本" in "".join(page(site.signed_in(role), f"/schemes?scheme={other}&draft={number}&period=x"))


def test_audit_log_says_it_in_words(site: Site) -> None:
    """Which scheme and version, from when, and what was published before: no key of the program."""
    freeze(site.door.settings, "ranking", MAY, None, reason="", mistake=False)
    adopt(site.door.settings, changed(**WEIGHTS), known=("ranking 2022-05",))
    told = "".join(page(site.signed_in(Role.ADMIN), "/administration"))
    assert "方案：月度执法排名，第 2022-05 版" in told
    assert "涉及已发布：2022年5月月度执法排名" in told
    assert "突出闭环" in told


def test_what_the_program_ships_later_does_not_touch_what_was_adopted(filled: Settings) -> None:
    """``data init`` again adds nothing, and takes nothing back."""
    adopt(filled, changed(**WEIGHTS))
    before = of_scheme(filled)
    assert initialise(filled.database_url, filled.zone, Archive(filled.archive_dir), filled.today) == []
    assert of_scheme(filled) == before
    assert examine(filled) == ([], [])


def test_readings_are_of_one_moment(filled: Settings) -> None:
    """A page that began before the adoption shows the old version to its end."""
    with reading(filled) as asked:
        assert isinstance(asked, Reading)
        assert ranking.fetch(asked, MAY).scheme.version == "1"
    adopt(filled, changed(**WEIGHTS))
    with reading(filled) as asked:
        assert ranking.fetch(asked, MAY).scheme.version == "2022-05"
    assert parse_period("2022-05") == MAY
