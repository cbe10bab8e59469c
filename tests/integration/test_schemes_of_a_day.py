"""Schemes of what stands on a day, edited as the others are: drafted, tried on today's reports, adopted with a reason, rebuilt."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboards.__main__ import freeze
from dashboards.method.register import register_on
from dashboards.results import disasters, frontline, inspection_coverage, next_inspections, scheme_effect_today, tipoffs
from dashboards.results.inspection_coverage import InspectionCoverage
from dashboards.results.next_inspections import InspectionLists
from dashboards.results.register import lists as register_lists
from dashboards.results.scheme_effect_today import EffectToday, FigureByDraft, Value
from data.doctor import examine
from data.initial import initialise
from data.intake import decisions, scheme_decisions
from data.intake.archive import Archive
from data.intake.decision_checks import Outdated, Undecidable
from data.people.scope import Role
from data.settings import Settings
from data.store import reader
from data.zone.periods import Month, Year
from data.zone.scheme_faults import SchemeFaults, understood
from data.zone.schemes import EnterprisesScheme, parsed, shipped
from etl.loading.load import Loader
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import send, targets
from tests.integration.papers import accident, accidents
from tests.integration.sample_register import load
from tests.integration.several_units import installed
from tests.integration.sites import Site, made
from tests.integration.test_schemes import (
    AT,
    adopt,
    changed,
    desk,
    edited,
    faults_in,
    form_of,
    given,
    kept,
    of_scheme,
    page,
    reading,
    rows_of,
)

NAMES = ("frontline_duty", "enterprises", "tipoffs", "disasters")
SHIPPED = {one.name: text for text, one in shipped() if one.name in NAMES}
OCTOBER = {"version": "2022-10", "begins": "2022-10-01"}
OTHERWISE: Mapping[str, tuple[tuple[str, str], ...]] = {
    "frontline_duty": (("key: 2022-09-30", "key: 2022-11-05"), ("[规上工业, 限上商贸, 资质建筑]", "[规上工业]")),
    "enterprises": (("units_days: 30", "units_days: 200"), ("times: 4, times_days: 90", "times: 2, times_days: 3650"), ("length_without_plan: 20", "length_without_plan: 12")),
    "tipoffs": (("overdue_after_days: 60", "overdue_after_days: 3000"),),
    "disasters": (("answer_minutes: 30", "answer_minutes: 5"), ("mass_deaths: 3", "mass_deaths: 400")),
}  # fmt: skip
"""What a draft of each has otherwise, so that figures of the sample register move."""


def otherwise(name: str, **when: str) -> str:
    """The YAML of another version of a scheme, with values that move figures."""
    text = SHIPPED[name]
    for old, new in OTHERWISE[name]:
        assert old in text
        text = text.replace(old, new)
    return changed(text, **(when or OCTOBER))


@pytest.fixture(scope="module")
def register(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The sample register, with what is configured in the journal; nothing of it is changed."""
    with installed(sqlite_template, tmp_path_factory.mktemp("schemes")) as settings:
        load(settings)
        yield settings


@pytest.fixture
def loaded(sqlite_installation: Settings) -> Settings:
    """The sample register in an installation of its own, of which the journal knows what is configured."""
    settings = sqlite_installation
    initialise(settings.database_url, settings.zone, Archive(settings.archive_dir), settings.today)
    load(settings, "企业名录", "一线责任", "举报", "灾害与预警", "执法")
    return settings


def effect(settings: Settings, text: str) -> EffectToday:
    """What a draft would change today."""
    with reading(settings) as asked:
        return scheme_effect_today.fetch(asked, parsed(text))


def of(found: EffectToday) -> dict[tuple[str, str, str], FigureByDraft]:
    """The figures by what they are of and their names."""
    return {(one.of, one.part, one.figure): one for one in found.figures}


def befores(found: EffectToday) -> dict[tuple[str, str, str], Value]:
    """The left column."""
    return {key: one.before for key, one in of(found).items()}


@pytest.mark.parametrize("name", ["frontline_duty", "tipoffs", "disasters"])
def test_effect_is_what_adoption_does_and_nothing_before_it(loaded: Settings, name: str, tmp_path: Path) -> None:
    """The right column is the left one once the draft holds; as known the day before the reports stay; a rebuild has all of it."""
    text, before = otherwise(name), of_scheme(loaded)
    found = effect(loaded, text)
    assert found.moved > 0
    assert of_scheme(loaded) == before, "trying a draft writes nothing"
    number = kept(loaded, text)
    assert befores(effect(loaded, text)) == befores(found), "a draft changes no figure"
    with reading(loaded) as asked:
        earlier = _report(name, asked, date(2022, 10, 7))
    decisions.adopt_scheme(desk(loaded), number, known=(), reason="会议议定")
    after = effect(loaded, text)
    assert befores(after) == {key: one.after for key, one in of(found).items()}
    assert (after.moved, after.before.version) == (0, "2022-10")
    with reading(loaded) as asked:
        assert _report(name, asked, date(2022, 10, 7)) == earlier
        assert _report(name, asked, date(2022, 10, 8)) != earlier
    assert examine(loaded) == ([], [])
    anew = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(loaded, anew)
    assert of_scheme(loaded, anew) == of_scheme(loaded)
    assert befores(effect(loaded.model_copy(update={"database_url": anew}), text)) == befores(after)


def _report(name: str, asked: Any, known_by: date) -> Any:
    """The day's report as it was known by a day, without that day and its bound."""
    year, day = Year(2022), date(2022, 10, 8)
    match name:
        case "frontline_duty":
            return frontline.fetch(asked, year, as_of=day, known_by=known_by).batches
        case "tipoffs":
            return tipoffs.fetch(asked, year, as_of=day, known_by=known_by).types
        case _:
            return disasters.fetch(asked, year, as_of=day, known_by=known_by).standing


def test_batches_of_another_day_and_other_sizes(register: Settings) -> None:
    """Who is key by its size alone leaves the batch, which is due soon again; the others stay; towns add up to the batch."""
    found = of(effect(register, otherwise("frontline_duty")))
    with reading(register) as asked:
        report = frontline.fetch(asked, Year(2022), as_of=date(2022, 10, 8))
        lists = asked.once(register_lists, 2022, report.asked.bound)
    listed = register_on(lists, date(2022, 10, 8)).enterprises
    members = {code for code, one in listed.items() if one.key_industry or one.size in report.scheme.key_sizes}
    still = {code for code in members if listed[code].key_industry or listed[code].size == "规上工业"}
    now = found["batch", "key", "coverage"]
    assert (now.before.enterprises, now.after.enterprises) == (len(members), len(still))  # type: ignore[union-attr]
    assert 0 < len(still) < len(members)
    assert [found["batch", "key", one].after for one in ("due", "batch_state")] == [date(2022, 11, 5), "due"]
    assert (found["batch", "key", "needed_per_week"].before, found["batch", "key", "on_due_day"].after) == (None, None)
    assert not any(one.moved for key, one in found.items() if key[:2] in {("batch", "pilot"), ("batch", "all")})
    towns = [one.after.enterprises for key, one in found.items() if key[0] == "town" and key[2] == "key"]  # type: ignore[union-attr]
    assert sum(towns) == len(still)


def test_cases_that_would_no_longer_be_overdue(register: Settings) -> None:
    """After 3,000 days nothing is overdue; what is by now adds up by type and by unit."""
    found = of(effect(register, otherwise("tipoffs")))
    whole = found["whole", "", "overdue_cases"]
    assert whole.before
    assert whole.after == 0
    for part in ("type", "unit"):
        assert sum(one.before for key, one in found.items() if key[0] == part) == whole.before  # type: ignore[misc]


def test_answers_that_would_be_late(register: Settings) -> None:
    """Who answered within 30 minutes but not within 5 is late; by the higher bound the year has no mass disaster, and its goal is kept."""
    found = of(effect(register, otherwise("disasters")))
    with reading(register) as asked:
        report = disasters.fetch(asked, Year(2022), as_of=date(2022, 10, 8))
        ways = disasters.ways(asked, report, report.warnings)
    minutes = [told for one in ways if (told := one.minutes_to("answered")) is not None]
    in_time = found["whole", "", "answered_in_time"]
    assert (in_time.before, in_time.after) == tuple(sum(one <= limit for one in minutes) for limit in (30, 5))
    assert in_time.moved
    late = [one for key, one in found.items() if key[0] == "unit"]
    assert sum(one.after for one in late) == sum(one > 5 for one in minutes)  # type: ignore[misc]
    mass, goal = found["whole", "", "mass_disasters"], found["whole", "", "no_mass_disaster"]
    assert (mass.before, mass.after, goal.before, goal.after) == (1, 0, False, True)


def test_lists_and_repeated_inspections_by_the_draft(register: Settings) -> None:
    """Repeated ones are as the page of coverage would have them, by town too; lists as long as the draft says, and what is new on them."""
    text = otherwise("enterprises")
    draft = parsed(text)
    assert isinstance(draft, EnterprisesScheme)
    found = effect(register, text)
    figures = of(found)
    with reading(register) as asked:
        before, after = inspection_coverage.fetch(asked), inspection_coverage.fetch(asked, by=draft)
        now = next_inspections.fetch(asked, Month(2022, 10))
        then = next_inspections.fetch(asked, Month(2022, 10), by=draft.next_inspections)
    repeated = figures["whole", "", "repeated"]
    assert (repeated.before, repeated.after) == (_repeated(before), _repeated(after))
    assert repeated.moved
    assert sum(one.after for key, one in figures.items() if key[0] == "town") == repeated.after  # type: ignore[misc]
    assert found.lists_of == Month(2022, 10)
    listed = figures["whole", "", "on_lists"]
    assert (listed.before, listed.after) == (_listed(now), _listed(then))
    assert listed.moved
    assert all(figures["list", unit, "new_on_lists"].after == 0 for unit in then.lists), "a shorter list has nobody new"


def _repeated(one: InspectionCoverage) -> int:
    return sum(many for alike, many in one.counts.items() if alike.repeated)


def _listed(one: InspectionLists) -> int:
    return sum(map(len, one.lists.values()))


def test_another_prior_moves_shares_and_turns(register: Settings) -> None:
    """The weight of the sector alone: nobody's list is longer, and the shares of those who stay are others."""
    text = changed(SHIPPED["enterprises"].replace("prior_strength: 10 ", "prior_strength: 500 "), **OCTOBER)
    figures = of(effect(register, text))
    assert not figures["whole", "", "repeated"].moved
    assert not figures["whole", "", "on_lists"].moved
    assert figures["whole", "", "other_share"].after


def test_scheme_of_periods_says_nothing_of_a_day(register: Settings) -> None:
    """Asked of a ranking's scheme it is the caller's mistake."""
    ranking = next(text for text, one in shipped() if one.name == "monthly_ranking")
    with pytest.raises(LookupError):
        effect(register, ranking)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed(SHIPPED["tipoffs"], version="1", begins="2022-10-01"), "已经存在"),
        (changed(SHIPPED["disasters"], version="2022-10", begins="2022-10-02"), "某月1日"),
        (changed(SHIPPED["frontline_duty"], version="2021-12", begins="2021-12-01"), "不得早于第一版"),
        (changed(SHIPPED["enterprises"], version="0", begins="2022-01-01"), "同日施行"),
    ],
)
def test_what_cannot_hold_is_not_adopted(sqlite_installation: Settings, text: str, said: str) -> None:
    """As of the other schemes: no version twice, none within a month, before the first, or behind one of the same day."""
    before = of_scheme(sqlite_installation)["scheme"]
    with pytest.raises(Undecidable, match=said):
        adopt(sqlite_installation, text)
    assert of_scheme(sqlite_installation)["scheme"] == before


def test_what_does_not_hold_yet_is_withdrawn(sqlite_installation: Settings) -> None:
    """A version from a later month; one that holds stays."""
    initialise(
        sqlite_installation.database_url,
        sqlite_installation.zone,
        Archive(sqlite_installation.archive_dir),
        sqlite_installation.today,
    )
    adopt(sqlite_installation, otherwise("tipoffs"))
    adopt(sqlite_installation, otherwise("tipoffs", version="2023-01", begins="2023-01-01"))
    with pytest.raises(Undecidable):
        decisions.withdraw_scheme(desk(sqlite_installation), "tipoffs", "2022-10", "不用")
    decisions.withdraw_scheme(desk(sqlite_installation), "tipoffs", "2023-01", "另行研究")
    with reading(sqlite_installation) as asked:
        there = scheme_decisions.present(asked.connection, sqlite_installation.zone, "tipoffs")
    assert [one.version for one in there] == ["1", "2022-10"]
    assert examine(sqlite_installation) == ([], [])


def test_mass_disasters_stand_in_what_is_published(installation: Settings, tmp_path: Path) -> None:
    """A draft that reaches back over published casualty targets says so, and is adopted by who knows it alone."""
    with Loader(installation) as loader:
        for place, book in enumerate((targets(), accidents("2022-06", accident("事1", date(2022, 5, 1))))):
            assert send(loader, book, tmp_path, name=f"{place}.xlsx").status == "accepted"
    freeze(installation, "casualties", Year(2022), date(2022, 6, 30), reason="", mistake=False)
    reaching, after = (otherwise("disasters", version=f"2022-{n}", begins=f"2022-{n}-01") for n in ("06", "07"))
    with reading(installation) as asked:
        moved = [[str(one) for one in scheme_decisions.moved(asked.connection, asked.zone, parsed(text))] for text in (reaching, after)]  # fmt: skip
    assert moved == [["casualties 2022 2022-06-30"], []]
    with pytest.raises(Outdated):
        adopt(installation, reaching)
    adopt(installation, reaching, known=("casualties 2022 2022-06-30",))


# over HTTP


@pytest.fixture
def site(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The application on the sample register, with one account of each role."""
    one = made(loaded, monkeypatch)
    one.clock.at = AT
    return one


@pytest.mark.parametrize("name", NAMES)
def test_form_shows_what_holds_and_keeps_what_it_does_not_show(shared_site: Site, name: str) -> None:
    """Sent as it stands it is the same scheme from the next month on."""
    visitor, zone = shared_site.signed_in(Role.OFFICE), shared_site.door.settings.zone
    answer = edited(visitor, name)
    assert answer.status_code == 303, answer.text
    with reader(shared_site.door.settings.database_url).connect() as connection:
        draft = scheme_decisions.drafts(connection, zone, name)[0]
    before = parsed(SHIPPED[name])
    assert draft.scheme.version.startswith("2022-11")
    same = {"version": before.version, "valid_from": before.valid_from, "sha256": before.sha256}
    assert draft.scheme.model_copy(update=same) == before
    again = visitor.get(f"/schemes/form?scheme={name}&draft={draft.number}")
    assert form_of(again)["base"] == f"draft:{draft.number}"


@pytest.mark.parametrize(
    ("scheme", "typed", "at", "said"),
    [
        ("frontline_duty", {"due__key": "2022-06-01"}, "due", "先后相接"),
        ("frontline_duty", {"due__key": "九月底"}, "due.key", "2022-10-01"),
        ("frontline_duty", {"due__key": ""}, "due.key", "2022-10-01"),
        ("frontline_duty", {"due__key": "0"}, "due.key", "2022-10-01"),
        ("frontline_duty", {"due__key": "20220930"}, "due.key", "2022-10-01"),
        ("frontline_duty", {"due__key": "2022-02-30"}, "due.key", "2022-10-01"),
        ("frontline_duty", {"due__pilot": "1022-06-30"}, "due.pilot", "不得早于 2000-01-01"),
        ("frontline_duty", {"due__all": "9999-12-31"}, "due.all", "不得晚于 2100-12-31"),
        ("frontline_duty", {"due_within_days": "-1"}, "due_within_days", "不得小于 0"),
        ("frontline_duty", {"key_sizes__3": "规上工业"}, "key_sizes", "规模不得重复"),
        ("frontline_duty", {"key_sizes__3": "长" * 120}, "key_sizes.3", "最多 100"),
        ("frontline_duty", {"valid_from": "2022Q4"}, "valid_from", "2022-11"),
        ("enterprises", {"repeated__units": "1"}, "repeated.units", "不得小于 2"),
        ("enterprises", {"repeated__units_days": "一个月"}, "repeated.units_days", "整数"),
        ("enterprises", {"next_inspections__interval": "1"}, "next_inspections.interval", "须小于 1"),
        ("enterprises", {"next_inspections__interval": "0"}, "next_inspections.interval", "须大于 0"),
        ("enterprises", {"next_inspections__prior_strength": "NaN"}, "next_inspections.prior_strength", "请填数字"),
        ("enterprises", {"next_inspections__confirmed": "maybe"}, "next_inspections.confirmed", "是或否"),
        ("enterprises", {"next_inspections__months": "1e99"}, "next_inspections.months", "整数"),
        ("tipoffs", {"overdue_after_days": "两个月"}, "overdue_after_days", "整数"),
        ("tipoffs", {"overdue_after_days": "99999"}, "overdue_after_days", "不得大于 3660"),
        ("tipoffs", {"title": " "}, "title", "请填文字"),
        ("disasters", {"answer_minutes": "0"}, "answer_minutes", "不得小于 1"),
        ("disasters", {"mass_deaths": ""}, "mass_deaths", "整数"),
        ("disasters", {"valid_from": "2021-06"}, "valid_from", "不得早于"),
    ],
)  # fmt: skip
def test_each_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    shared_site: Site, scheme: str, typed: dict[str, str], at: str, said: str
) -> None:
    """A Chinese sentence where it belongs, the form as it was typed, and nothing kept."""
    before = rows_of(shared_site)
    answer = edited(shared_site.signed_in(Role.OFFICE), scheme, **typed)
    assert answer.status_code == 400, answer.text
    assert said in faults_in(answer).get(at, ""), faults_in(answer)
    again = form_of(answer)
    for name, value in typed.items():
        if value != "maybe":  # a choice holds only what it offers
            assert again[name.replace("__", ".")] == value
    assert rows_of(shared_site) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SHIPPED["tipoffs"], "另一种方案"),
        (changed(SHIPPED["frontline_duty"].replace("pilot: 2022-06-30", "pilot: 0"), **OCTOBER), "2022-10-01"),
        (changed(SHIPPED["frontline_duty"].replace("pilot:", "first:"), **OCTOBER), "没有这个名目"),
    ],
)
def test_files_that_cannot_be_taken(shared_site: Site, content: str, said: str) -> None:
    """Of another scheme, a day as a number, a name that a scheme does not know: a sentence, and nothing is kept."""
    before = rows_of(shared_site)
    answer = given(shared_site.signed_in(Role.OFFICE), content.encode(), "frontline_duty")
    assert answer.status_code == 400
    assert said in answer.text
    assert rows_of(shared_site) == before


def test_from_the_form_to_the_page_of_the_day(site: Site) -> None:
    """The office types other days and sizes, sees which figures move, the administrator adopts; the day's page goes by them."""
    visitor, administrator = site.signed_in(Role.OFFICE), site.signed_in(Role.ADMIN)
    typed = {"due__key": "２０２２-11-05", "key_sizes__1": "", "key_sizes__2": "", "valid_from": "2022-10"}
    kept_one = edited(visitor, "frontline_duty", **typed)
    assert kept_one.status_code == 303, kept_one.text
    number = re.search(r"draft=(\d+)", kept_one.location)[1]  # type: ignore[index]
    told = "".join(page(visitor, f"/schemes?scheme=frontline_duty&draft={number}"))
    for part in (
        "重点企业：2022-09-30 → 2022-11-05",
        "规上工业、限上商贸、资质建筑 → 规上工业",
        "会有变化",
        "临近",
        "有变化的镇街",
    ):
        assert part in told, part + told[2000:4500]
    assert "以往的一期" not in told
    assert (
        "".join(page(site.signed_in(Role.VIEWER), f"/schemes?scheme=frontline_duty&draft={number}")).count("会有变化")
        == 0
    )
    done = administrator.post("/schemes/adopt", {"draft": number, "reason": "延长重点企业期限"})
    assert done.status_code == 303, done.text
    told = "".join(page(visitor, "/schemes?scheme=frontline_duty"))
    for part in ("第 2022-10 版", "延长重点企业期限", "2022年10月"):
        assert part in told
    assert "2022年11月5日" in "".join(page(visitor, "/frontline"))


@pytest.mark.parametrize("name", NAMES)
def test_page_of_each_scheme_is_in_words(site: Site, name: str) -> None:
    """What holds and what a draft changes is told in words, to all roles: no key of the program."""
    number = kept(site.door.settings, otherwise(name))
    for role in Role:
        told = "".join(page(site.signed_in(role), f"/schemes?scheme={name}&draft={number}"))
        assert "历次版本" in told
        assert ("起草新版" in told) is (role in {Role.OFFICE, Role.ADMIN})
        assert re.findall(r"[a-z]+_[a-z_]+", told) == []


def test_file_is_taken_to_the_letter(shared_site: Site) -> None:
    """Comments and order stay."""
    visitor = shared_site.signed_in(Role.OFFICE)
    text = otherwise("disasters", version="2024-03", begins="2024-03-01")
    answer = visitor.post("/schemes/file", {"scheme": "disasters", "file": (io.BytesIO(text.encode()), "方案.yaml")},
                          content_type="multipart/form-data")  # fmt: skip
    assert answer.status_code == 303, answer.text
    number = re.search(r"draft=(\d+)", answer.location)[1]  # type: ignore[index]
    assert visitor.get(f"/schemes/text/draft/{number}").data == text.encode()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_shipped_is_understood(name: str) -> None:
    """The stricter reading of files takes what the program ships."""
    assert understood(SHIPPED[name]).name == name
    with pytest.raises(SchemeFaults):
        understood(SHIPPED[name].replace("name: ", "names: ", 1))
