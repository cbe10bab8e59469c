"""What the sentences of a bulletin and of a deck must say of a publication, counted from its JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.integration.figures_told import rounded, rows_at, shown, spoken

SITUATIONS = {
    "not_reported": "未报", "refused": "报表未通过校核、尚未重报", "late": "迟报", "zero_enforcement": "零执法（本月没有检查）",
    "zero_penalty": "零处罚（查出问题而没有处罚）", "no_problem_found": "检查较多而没有查出问题", "zero_then_filled": "先报零、后补报",
}  # fmt: skip
OF_A_QUARTER = {"not_reported": "未报自评", "unreviewed": "未经评审、暂按自评计分"}
SUMS = ("inspections", "problem_inspections", "hazards", "major_hazards", "penalties", "due_cases", "closed_cases")
Said = Mapping[str, list[str]]
"""Form → parts of its sentences; of a table in a deck a row, with bars between its cells."""


def said_of(content: Any) -> Said:
    """What must be read in each form."""
    told = {"ranking": _ranking, "scores": _scores, "casualties": _casualties}[content["report"]](content)
    journal = content["publication"]["journal"]
    itself = [f"第{content['published']}版", f"日志 {journal['line']}:{journal['head']}"]
    return {form: [*itself, *parts] for form, parts in told.items()}


def _ranking(content: Any) -> Said:
    rows = list(rows_at(content, "groups.*.rows.*"))
    told = [row["indicators"] for row in rows if row["indicators"] is not None]
    of = {key: sum(one[key] for one in told) for key in SUMS}
    open_cases = of["due_cases"] - of["closed_cases"]
    text = [
        f"应报单位{len(rows)}个，已报{len(told)}个", f"共检查{of['inspections']}家次，其中{of['problem_inspections']}家次查出问题",
        f"查出隐患{of['hazards']}处（重大隐患{of['major_hazards']}处）；作出行政处罚{of['penalties']}件",
        f"应闭环案件{of['due_cases']}件，按期闭环{of['closed_cases']}件，尚差{open_cases}件",
    ]  # fmt: skip
    slides = [
        f"{len(rows)}个单位应报，已报{len(told)}个；共检查{of['inspections']}家次，查出隐患{of['hazards']}处",
        f"检查｜{of['inspections']}家次｜查出问题{of['problem_inspections']}家次", f"查出隐患｜{of['hazards']}处｜重大隐患{of['major_hazards']}处",
        f"行政处罚｜{of['penalties']}件｜", f"应闭环案件｜{of['due_cases']}件｜按期闭环{of['closed_cases']}件，尚差{open_cases}件",
        f"还有{len(rows) - len(told)}个单位没有数字",
    ]  # fmt: skip
    overdue = [
        f"{row['name']}{row['indicators']['overdue_major']}件"
        for row in rows
        if row["indicators"] and "overdue_major" in row["flags"]
    ]
    silent = [
        f"{row['name']}（本月未报，件数待补报后核定）"
        for row in rows
        if not row["indicators"] and "overdue_major" in row["flags"]
    ]
    every = "，".join([*overdue, *silent])
    return {
        "docx": [*text, f"重大隐患逾期未整改：{every}。", *_basis(content, "，"), *_in_states(rows, SITUATIONS, "{said}：{names}。")],
        "pptx": [*slides, f"重大隐患逾期未整改｜{len(overdue) + len(silent)}｜{every}", *_basis(content, ""),
                 *_in_states(rows, SITUATIONS, "{said}｜{n}｜{names}"), *_in_charts(content, "有得分")],
    }  # fmt: skip


def _basis(content: Any, before: str) -> list[str]:
    """How many of the month's own workbooks, and how many of their rows."""
    own = [one for one in content["publication"]["account"].values() if one["kind"] == "enforcement"]
    return [
        f"{before}依据{sum(one['workbooks']['counted'] for one in own)}份报表、{sum(one['rows']['read'] for one in own)}行记录"
    ]


def _in_states(rows: Sequence[Any], situations: Mapping[str, str], wording: str) -> Iterator[str]:
    for key, said in situations.items():
        names = [row["name"] for row in rows if key in shown(row["flags"])]
        if names:
            yield wording.format(said=said, n=len(names), names=listed(names))


def _in_charts(content: Any, what: str) -> Iterator[str]:
    for group in content["groups"].values():
        shown_there = [
            row
            for row in group["rows"].values()
            if row["score"] is not None and row["rank"] is not None and not row.get("veto")
        ]
        if len(shown_there) > 1:
            yield f"本组{len(group['rows'])}个单位中{what}的{len(shown_there)}个"


def _scores(content: Any) -> Said:
    rows = list(rows_at(content, "groups.*.rows.*"))
    scored = [row for row in rows if row["score"] is not None]
    grades = [
        (grade, [row["name"] for row in rows if row["grade"] == grade])
        for grade in ("优秀", "良好", "合格", "不合格", "否决")
    ]
    counted = "，".join(f"{grade}{len(names)}个" for grade, names in grades if names)
    shares = mean_shares(content)
    weak = sorted((mean, name) for name, mean in shares.items() if mean < Decimal("0.8"))[:2]
    vetoed = [row for row in rows if row["veto"]]
    speak: dict[str, list[str]] = {}
    for one in content["last_speakers"].values():
        name = one.get("enterprise") or next(row["name"] for row in rows if row["unit"] == one["unit"])
        speak.setdefault(listed(one["reason"].split("；")), []).append(name)
    return {
        "docx": [
            f"参加评估的单位{len(rows)}个，有得分的{len(scored)}个。其中：{counted}。",
            *(f"“{name}”（平均得分率{percent(mean)}）" for mean, name in weak),
            *(f"{grade}：{listed(names)}。" for grade, names in grades if names),
            *(f"{row['name']}：一票否决，原因：{row['veto']}。" for row in vetoed),
            f"拟作一票否决、尚待决定：{_proposed(rows)}。",
            *(f"因{reason}，{listed(names)}" for reason, names in speak.items()),
            *_in_states(rows, OF_A_QUARTER, "{said}：{names}。"),
        ],
        "pptx": [
            f"参加评估的单位{len(rows)}个，有得分的{len(scored)}个：{counted}",
            *(f"“{name}”（{percent(mean)}）" for mean, name in weak),
            *(f"{grade}｜{len(names)}｜{listed(names)}" for grade, names in grades if names),
            f"一票否决｜{len(vetoed)}｜" + "；".join(f"{row['name']}：{row['veto']}" for row in vetoed),
            f"一票否决｜尚待决定｜{_proposed(rows)}",
            *(f"末位发言｜{reason}｜{listed(names)}" for reason, names in speak.items()),
            *_in_states(rows, OF_A_QUARTER, "{said}｜{n}｜{names}"), *_in_charts(content, "参加比较"),
        ],
    }  # fmt: skip


def _proposed(rows: Sequence[Any]) -> str:
    return listed([row["name"] for row in rows if "veto_proposed" in row["flags"]])


def mean_shares(content: Any) -> dict[str, Decimal]:
    """Measure → its mean share of the full mark, of units that have a score."""
    scored = [row for row in rows_at(content, "groups.*.rows.*") if row["score"] is not None]
    shares = {
        one["name"]: sum((Decimal(str(row["measures"][number]["score"])) / Decimal(str(one["full"])) for row in scored), Decimal(0)) / len(scored)
        for number, one in scored[0]["measures"].items()
    }  # fmt: skip
    return dict(shares)


def percent(share: Decimal) -> str:
    """With one decimal, half up."""
    return f"{rounded(share * 100, Decimal('0.1'))}%"


def _casualties(content: Any) -> Said:
    zone = content["zone"]
    counted = [one for one in content["accidents"].values() if one["counted"]]
    fatal = [one for one in counted if one["deaths"]]
    missing = sum(one["missing"] for one in fatal)
    also = f"（含下落不明{missing}人）" if missing else ""
    deaths = f"死亡{zone['deaths']}人{also}"
    cap = f"全年控制数{zone['cap']}人，{_to_the_cap(zone)}"
    scopes = [one for at in ("units.*", "sectors.*") for one in rows_at(content, at) if one["deaths"]]
    return {
        "docx": [
            f"亡人事故{zone['fatal_accidents']}起，{deaths}；去年同期死亡{zone['last_year_deaths']}人，同比增加{zone['deaths'] - zone['last_year_deaths']}人。{cap}。",
            f"死亡{zone['deaths']}人，按时序进度不超过{int(zone['pace'])}人", *map(_accident, fatal),
            *(f"{one['name']}：死亡{one['deaths']}人，{_of_cap(one)}去年同期{one['last_year_deaths']}人。" for one in scopes),
        ],
        "pptx": [
            f"亡人事故{zone['fatal_accidents']}起，{deaths}；{cap}", f"去年同期死亡{zone['last_year_deaths']}人。",
            f"死亡{zone['deaths']}人，按时序进度不超过{int(zone['pace'])}人",
            f"亡人事故{len(fatal)}起，尚未结案{sum(not one['closed'] for one in fatal)}起",
        ],
    }  # fmt: skip


def _of_cap(one: Any) -> str:
    return "" if one["cap"] is None else f"控制数{one['cap']}人，{_to_the_cap(one)}，"


def _to_the_cap(one: Any) -> str:
    left = one["remaining"]
    return f"已超出{-left}人" if left < 0 else f"距控制数{left}人" if left else "已达到控制数"


def _accident(one: Any) -> str:
    missing = f"（含下落不明{one['missing']}人）" if one["missing"] else ""
    injured = f"、重伤{one['serious_injuries']}人" if one["serious_injuries"] else ""
    return f"{spoken(one['date'])}，{one['type']}，死亡{one['deaths']}人{missing}{injured}，{one['class']}事故。"


def deaths_by_month(content: Any) -> list[tuple[str, int]]:
    """What was counted, added up to the month of the day as of which it is told."""
    counted = [(int(one["date"][5:7]), one["deaths"]) for one in content["accidents"].values() if one["counted"]]
    return [
        (f"{last}月", sum(dead for month, dead in counted if month <= last))
        for last in range(1, int(content["as_of"][5:7]) + 1)
    ]


def listed(names: Sequence[str]) -> str:
    """甲、乙和丙."""
    return "和".join(filter(None, ["、".join(names[:-1]), *names[-1:]]))
