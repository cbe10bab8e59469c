"""An accident as the committee's office comes to know it: first a report by telephone, then news for months."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from etl.demo.words import words

Fact = str | int | float | date | None
Facts = Mapping[str, Fact]

_DAYS = frozenset(words("挂牌督办日期 调查报告日期 批准延期至 移送司法日期 结案日期"))


@dataclass(frozen=True, slots=True)
class Harm:
    """People and things as first told; `loss` is in 万元, None while nobody knows it."""

    dead: int = 0
    serious: int = 0
    missing: int = 0
    slight: int = 0
    loss: float | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """Whose accident, where, and of what kind; nobody supervises where `department` is None."""

    enterprise: str
    town: str
    sector: str
    department: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Accident:
    """One accident; `told` is the day on which the office heard of it, `news` what it heard later."""

    number: str
    happened: datetime
    told: date
    scene: Scene
    harm: Harm
    news: tuple[tuple[date, Facts], ...] = field(default=())

    def known(self, until: date) -> dict[str, Fact]:
        """Every cell of its row as the office could fill it in at the end of that day."""
        row = self._first_report()
        for day, facts in self.news:
            if day <= until:
                row |= facts
        return row

    def _first_report(self) -> dict[str, Fact]:
        scene, harm = self.scene, self.harm
        return {
            "事故编号": self.number,
            "发生时间": self.happened,
            "事故单位": scene.enterprise,
            "属地": scene.town,
            "行业领域": scene.sector,
            "行业主管部门": scene.department,
            "事故类型": scene.kind,
            "死亡人数": harm.dead,
            "重伤人数": harm.serious,
            "下落不明人数": harm.missing,
            "轻伤人数": harm.slight,
            "直接经济损失": harm.loss,
            "计入指标": "是",
            "认定状态": "快报",
            "引发稳定问题": "否",
        }


def accident(
    number: str, happened: str, scene: Scene, harm: Harm, *news: tuple[date, Facts], told: str | None = None
) -> Accident:
    """One accident, heard of on the day on which it happened unless somebody kept it back."""
    moment = datetime.fromisoformat(happened)
    return Accident(number, moment, date.fromisoformat(told) if told else moment.date(), scene, harm, news)


def news(day: str, **facts: Fact) -> tuple[date, Facts]:
    """What became known on this day, column by column; days may be written as text."""
    return date.fromisoformat(day), {name: _fact(name, fact) for name, fact in facts.items()}


def _fact(name: str, fact: Fact) -> Fact:
    return date.fromisoformat(fact) if name in _DAYS and isinstance(fact, str) else fact


def reported(day: str, responsible: int, grade: str = "一般", **more: Fact) -> tuple[date, Facts]:
    """The investigation report of this day: what the accident was, and how many answer for it."""
    return news(day, 认定状态="认定", 事故等级=grade, 一案双查="是", 调查报告日期=day, 追责人数=responsible, **more)


def closed(day: str) -> tuple[date, Facts]:
    """The day on which all that the report asked for had been done."""
    return news(day, 结案日期=day)
