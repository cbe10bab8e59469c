"""What an office does through a drawn year besides taking workbooks in, and last year's inspections: all of it done as it would do it.

Chance draws days about those on which something was received or fell due, so that what depends on them is asked on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

from dashboards.__main__ import freeze
from dashboards.results import scores
from data.intake.calendar_decisions import add_event
from data.intake.calendar_events import EventContent
from data.intake.deciding import Desk, Seconded
from data.intake.decisions import decide_veto, extend, return_workbook
from data.intake.inbox import Choice
from data.people.scope import OFFICE_ACCOUNT, office
from data.settings import Settings
from data.store import reader
from data.zone.periods import Quarter, parse_period
from etl.loading.load import Loader
from tests.fetching import fetched
from tests.integration.filing_ledgers import counting, file_ledger
from tests.integration.papers import BASELINE_HEADER
from tests.integration.throwaway import save
from tests.oracle import scores as score_oracle
from tests.oracle.plan_year import Decision, Done, LongerTime, Publication, Speech, grounds_on, usual_deadline
from tests.oracle.ranking import NO_PROBLEM_FROM, ZONE_TIME, Case, Ledger
from tests.oracle.scores import last_day_of, months_of
from tests.oracle.work_plan import Filer, quarter_of
from tests.oracle.years import YearZone

DAY = timedelta(days=1)
OFFICE_UNIT = "emergency"
"""What bears on its own figures needs a second account; that it is only proposed until then other tests hold."""
AFTER = (0, 1, 5, 6, 20)
"""Days from one thing to the next."""


@dataclass
class ActingOffice:
    """An installation into which a year was loaded, and what is done there."""

    configured: Settings
    zone: YearZone
    plan: dict[str, object]
    filers: Sequence[Filer]
    chance: Random
    done: Done = field(default_factory=Done)

    def act(self) -> None:
        """Draw all of it and do it, what bears on scores before what is published of them."""
        self._file_last_year()
        self._file_what_is_flagged()
        self._give_longer_time()
        self._decide_vetoes()
        self._publish_scores()
        self._publish_rankings()
        self._record_speeches()
        self._return_workbooks()

    # Days

    @property
    def last(self) -> date:
        """The last day on which anything is done."""
        return self.zone.today + 20 * DAY

    def received(self) -> list[date]:
        """The days on which anything was received or returned."""
        zone = self.zone
        papers = (
            *zone.ledgers,
            *zone.self_assessments,
            *zone.reviews,
            *zone.accident_ledgers,
            *zone.tasks,
            *zone.lists,
        )
        moments = [one.received_at for one in papers] + [one.returned_at for one in zone.ledgers if one.returned_at]
        return sorted({moment.astimezone(ZONE_TIME).date() for moment in moments})

    def _day(self, *about: date, first: date) -> date:
        """A day not before the first and not after the last, soon after one of those about it."""
        days = [one + timedelta(days=days) for one in (*about, first) for days in AFTER]
        return self.chance.choice([day for day in days if first <= day <= self.last] or [self.last])

    def _desk(self, day: date) -> Desk:
        """As the day begins: what is published on it, at whatever hour the test runs, comes after."""
        return Desk.of(self.configured, OFFICE_ACCOUNT, datetime.combine(day, time.min, ZONE_TIME))

    def _quarters(self) -> list[str]:
        """The year's own, and the one before it if that is of the same year."""
        year, own = self.zone.quarter.split("Q")
        return [f"{year}Q{number}" for number in (int(own) - 1, int(own)) if number]

    # Ledgers

    def _file_last_year(self) -> None:
        """Ledgers of some months, and sums of more: of months that have both the ledger counts."""
        year, months = self.zone.year - 1, [int(month[5:]) for month in months_of(self.zone.quarter)]
        units = self.chance.sample([unit for unit in self.zone.units if unit.code != OFFICE_UNIT], 2)
        ledgers = []
        for unit in units:
            for month in self.chance.sample([1, *months, 12], self.chance.choice((0, 1, 1))):
                period = f"{year}-{month:02d}"
                if all((one.unit, one.period) != (unit.code, period) for one in ledgers):
                    ledgers.append(self._ledger(unit.code, period, self.chance.randrange(1, 5)))
        self._file(ledgers)
        sums = {
            (unit.code, f"{year}-{month:02d}"): self.chance.randrange(9)
            for unit in units
            for month in sorted({*months, self.chance.randrange(1, 13)})
            if self.chance.random() < 0.6
        }
        on = self._day(*self.received(), first=date(year + 1, 1, 5))
        if sums:
            with Loader(self.configured) as loader:
                _file_sums(loader, self._path, sums, on)
            self.done = replace(self.done, sums=sums, sums_on=on)

    def _file_what_is_flagged(self) -> None:
        """Of two months of this year, a ledger that tells of nothing and one of inspections that found nothing."""
        ledgers = []
        for month, inspections in zip(self.chance.sample(range(1, 13), 2), (0, NO_PROBLEM_FROM), strict=True):
            period = f"{self.zone.year}-{month:02d}"
            filed = {one.unit for one in self.zone.ledgers if one.period == period}
            unit = self.chance.choice(sorted({one.code for one in self.zone.units} - filed - {OFFICE_UNIT}))
            ledgers.append(self._ledger(unit, period, inspections, hazards=(0,), after=(33, 36, 50)))
        self._file(ledgers)

    @property
    def _path(self) -> Path:
        return self.configured.archive_dir.parent / "filed.xlsx"

    def _file(self, ledgers: Sequence[Ledger]) -> None:
        """Those that can have come by the last day of the year drawn."""
        came = [one for one in ledgers if one.received_at.date() <= self.zone.today]
        with Loader(self.configured) as loader:
            for ledger in came:
                file_ledger(loader, ledger, self._path)
        self.zone = replace(self.zone, ledgers=(*self.zone.ledgers, *came))

    def _ledger(
        self,
        unit: str,
        period: str,
        inspections: int,
        hazards: Sequence[int] = (0, 0, 2),
        after: Sequence[int] = (33, 36, 80, 300, 420),
    ) -> Ledger:
        """So many inspections; what some of them found falls due soon after, and the ledger comes days after the month began."""
        first = date.fromisoformat(f"{period}-01")
        cases = []
        for number in range(inspections):
            day, found = first + timedelta(days=self.chance.choice((0, 9, 14, 27))), self.chance.choice(hazards)
            due = day + 7 * DAY if found else None
            cases.append(Case(day, "重庆瑞联化工厂", None, f"渝检〔{period}〕{number + 1}号", found, 0, due))
        received = first + timedelta(days=self.chance.choice(after))
        return Ledger(unit, period, 1, datetime.combine(received, time(10), ZONE_TIME), tuple(cases))

    # Deadlines

    def _give_longer_time(self) -> None:
        """For what is due of the quarter, all units or one; decided before the day or after it."""
        of_months = [("enforcement", month) for month in months_of(self.zone.quarter)]
        of_quarter = [(kind, self.zone.quarter) for kind in ("self_assessment", "tasks")]
        for kind, period in (
            self.chance.choice(of_quarter),
            *self.chance.sample(of_months, self.chance.choice((0, 1))),
        ):
            due = usual_deadline(period)
            unit = self.chance.choice((None, None, None, "longtanzi"))
            one = LongerTime(
                kind,
                period,
                unit,
                due + self.chance.choice((3, 10)) * DAY,
                due + self.chance.choice((-4, 2)) * DAY,
            )
            told = {
                "kind": kind,
                "period": parse_period(period),
                "unit": unit,
                "until": one.until,
                "reason": "系统维护",
            }
            desk = self._desk(one.decided_on)
            taken = extend(desk, **told)
            if taken.proposed:
                extend(replace(desk, seconded=Seconded(taken.number, "office2")), **told)
            self.done = replace(self.done, longer=(*self.done.longer, one))

    # Vetoes

    def _decide_vetoes(self) -> None:
        """Some of those that are proposed, on a day on which they are; what is dismissed may be proposed anew by what is told later."""
        days = sorted(
            {self._day(*self.received(), self.zone.today, first=date(self.zone.year, 1, 1)) for _ in range(5)}
        )
        for day in days:
            for quarter in (one for one in self._quarters() if one <= quarter_of(day)):
                for unit in self.zone.units:
                    if unit.code != OFFICE_UNIT and self.chance.random() < 0.5:
                        self._decide(quarter, unit.code, day)

    def _decide(self, quarter: str, unit: str, day: date) -> None:
        grounds = grounds_on(self.zone, quarter, unit, day)
        taken = [one for one in self.done.decided if (one.quarter, one.unit) == (quarter, unit)]
        settled = {ground for one in taken for ground in one.grounds}
        [of_unit] = [one for one in self.zone.units if one.code == unit]
        reviewed = score_oracle.vetoed(self.zone.known_by(day).reviews, quarter, of_unit)
        proposed = bool(grounds - settled) and not reviewed and not any(one.confirmed for one in taken)
        if not proposed:
            return
        asked = parse_period(quarter)
        assert isinstance(asked, Quarter)
        engine, scope = reader(self.configured.database_url), office(self.configured.zone)
        shown = fetched(engine, scope, scores.fetch, asked, fixed_today=day, known_by=day).grounds(unit)
        assert shown, (quarter, unit, day)
        confirmed = self.chance.random() < 0.4
        decide_veto(self._desk(day), quarter=asked, unit=unit, confirmed=confirmed, grounds=shown, reason="经调查核实")
        self.done = replace(self.done, decided=(*self.done.decided, Decision(quarter, unit, day, confirmed, grounds)))

    # Publications

    def _publish_scores(self) -> None:
        """One or two revisions of a quarter, on days on which nothing else came: what a day's own receipts change depends on the hour."""
        for quarter in self._quarters():
            first = date.fromisoformat(f"{months_of(quarter)[0]}-01")
            days = sorted(
                {
                    self._day(last_day_of(quarter), *self.received(), first=first)
                    for _ in range(self.chance.choice((0, 1, 2)))
                }
            )
            for day in (one for one in days if one not in self.received()):
                self._publish("scores", quarter, day, self._speakers(quarter, day))

    def _speakers(self, quarter: str, day: date) -> frozenset[str]:
        zone = replace(self.zone.known_by(day), quarter=quarter)
        told = score_oracle.scores(
            zone.units, zone.self_assessments, zone.reviews, zone.ledgers, zone.plans, zone.accident_ledgers, zone.caps_by_year,
            zone.milestones(self.plan, self.filers, day), quarter, day, self.done.extensions(day),
            [(one.unit, "经调查核实") for one in self.done.decided if one.quarter == quarter and one.confirmed and one.on <= day],
        )  # fmt: skip
        return frozenset(told["last_speakers"])

    def _publish_rankings(self) -> None:
        """Months of the year, those of a quarter that is published not before that: its scores are made of months as they were published."""
        for number in self.chance.sample(range(1, 13), self.chance.choice((0, 1, 2, 3))):
            month = f"{self.zone.year}-{number:02d}"
            first = date.fromisoformat(f"{month}-01")
            before = [
                one.on for one in self.done.published if one.report == "scores" and month in months_of(one.period)
            ]
            day = self._day(*self.received(), first=max([first, *before]))
            if first <= day:
                self._publish("ranking", month, day)

    def _publish(self, report: str, period: str, day: date, speakers: frozenset[str] = frozenset()) -> None:
        at = self.configured.model_copy(update={"today": day})
        freeze(at, report, parse_period(period), None, reason="提前公布", mistake=False)
        one = Publication(report, period, day, speakers)
        self.done = replace(self.done, published=(*self.done.published, one))

    # Speeches

    def _record_speeches(self) -> None:
        """Of who has to speak, and of others; each once, before the publication at times, and recorded on its day or later."""
        published = {one.period: one for one in self.done.published if one.report == "scores"}
        for quarter, last in published.items():
            others = [unit.code for unit in self.zone.units]
            due = sorted(last.speakers)
            for who in sorted({*self.chance.sample(due, min(len(due), 4)), self.chance.choice(others)}):
                held_on = self._day(last.on, last.on - 7 * DAY, first=date(self.zone.year, 1, 1))
                self._speak(Speech(quarter, who, held_on, held_on + self.chance.choice((0, 0, 1, 9)) * DAY))

    def _speak(self, one: Speech) -> None:
        asked = parse_period(one.quarter)
        assert isinstance(asked, Quarter)
        is_unit = any(unit.code == one.who for unit in self.zone.units)
        units, enterprise = ((one.who,), "") if is_unit else ((), one.who.replace("(", " （").replace(")", "）"))
        content = EventContent("speech", one.held_on, "末位发言", units=units, quarter=asked, enterprise=enterprise)
        add_event(self._desk(one.recorded_on), content, one.held_on)
        self.done = replace(self.done, spoken=(*self.done.spoken, one))

    # Returns

    def _return_workbooks(self) -> None:
        """Of what units told of quarters some versions that count, once nothing is published of scores any more."""
        on = [one.on for one in self.done.published if one.report == "scores"]
        papers = [("self_assessment", one) for one in self.zone.self_assessments]
        papers += [("tasks", one) for one in self.zone.tasks]
        with Loader(self.configured) as loader:
            for kind, paper in self.chance.sample(papers, min(len(papers), 2)):
                found = counting(loader, Choice(kind, paper.unit, paper.quarter))
                if paper.unit == OFFICE_UNIT or found is None or found[1] != paper.version:
                    continue
                day = self._day(first=max([*on, paper.received_at.astimezone(ZONE_TIME).date() + DAY]))
                return_workbook(self._desk(day), found[0], "退回重报")
                returned = {**self.done.returned, (kind, paper.unit, paper.quarter, paper.version): day}
                self.done = replace(self.done, returned=returned)


def _file_sums(loader: Loader, path: Path, sums: dict[tuple[str, str], int], on: date) -> None:
    rows = [[unit, month, number, *[None] * (len(BASELINE_HEADER) - 3)] for (unit, month), number in sums.items()]
    period = next(iter(sums))[1][:4]
    save({"历史数据": [[*BASELINE_HEADER], *rows]}, path)
    outcome = loader.load(path, Choice("baseline", OFFICE_UNIT, period), datetime.combine(on, time(11), ZONE_TIME))
    assert (outcome.status, outcome.errors) == ("accepted", [])
