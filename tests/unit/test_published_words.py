"""What is said of what moved a publication: each cause by its name, none by its place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from dashboards.components.published_words import causes
from dashboards.method.frozen import ABSENT
from dashboards.results.published import WorkbookBehind
from tests.unit.test_recognise import ZONE

CAME = datetime.fromisoformat("2022-06-03T09:00:00+08:00")
LEDGER = "submissions.enforcement.2022-05.shuanglu"
OF_ONE, OF_ALL = "extensions.enforcement.2022-05.shuanglu", "extensions.self_assessment.2022Q2.all"


def _change(what: str, before: Any = ABSENT, after: Any = ABSENT) -> dict[str, Any]:
    return {"what": what, "before": before, "after": after}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_change(OF_ONE, after="2022-06-30"), ["双路街道2022年5月执法检查台账的报送期限延至2022年6月30日"]),
        (_change(OF_ONE, "2022-06-10", "2022-06-30"),
         ["双路街道2022年5月执法检查台账的报送期限延至2022年6月30日（此前2022年6月10日）"]),
        (_change(OF_ALL, after="2022-07-20"), ["全部单位2022年第2季度十条措施自评的报送期限延至2022年7月20日"]),
        (_change("marks[0]", after=7), ["安委办对有异议的评分作出决定"]),
        (_change("marks", []), ["安委办对有异议的评分作出决定"]),
        (_change("vetoes[1]", after=7), ["安委办对拟否决作出决定"]),
        (_change("months", {}), []),
        (_change("submissions", {}), []),
        (_change(LEDGER, "a", "b"), ["双路街道2022年5月执法检查台账更换为另一版"]),
    ],
)  # fmt: skip
def test_causes_have_names(change: dict[str, Any], said: list[str]) -> None:
    """Deadlines, decided marks and vetoes apart; that there had been none of something is no cause."""
    assert causes([change, change], ZONE, {}) == said


def test_version_that_counts_again_is_no_correction() -> None:
    """What was returned gave way to the version before it; what came later corrects, whether or not the former was returned."""
    first, second, third = (WorkbookBehind(number, CAME, None) for number in (1, 2, 3))
    returned = WorkbookBehind(2, CAME, CAME + timedelta(days=1))
    place = ("enforcement", "2022-05", "shuanglu")
    told = [
        causes([_change(LEDGER, "a", "b")], ZONE, {("a", *place): gone, ("b", *place): came})
        for gone, came in ((returned, first), (returned, third), (second, third))
    ]
    corrected = ["双路街道2022年5月执法检查台账有更正版"]
    again = ["双路街道2022年5月执法检查台账：第2号工作簿已退回，第1号工作簿重新计入"]
    assert told == [again, corrected, corrected]
