"""Charts as pictures, before they are drawn: which there are of a report, which is the main one, and what each says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from dashboards.meeting.chart_figure import broken
from dashboards.meeting.chart_pictures import ChartPicture, NothingDrawn, main_picture, pictures
from dashboards.meeting.slide_measures import ems
from dashboards.meeting.source import Source
from dashboards.results.charted import has_charts
from tests.unit.test_bulletin_words import Content, nobody, published, rows, scored, source
from tests.unit.test_deck_words import no_death

Figure = Mapping[str, Any]


def draft(report: str) -> Source:
    """The same figures, live."""
    live = published(report) | {"published": None, "sha256": None}
    return Source(live, "双桥经开区", live["publication"]["scheme_text"], [])


def texts(figure: Figure) -> list[str]:
    """What stands around a chart."""
    return [one["text"] for one in figure["layout"]["annotations"]]


def of(content: Content) -> dict[str, ChartPicture]:
    """The pictures of a publication, by what they are called."""
    return {one.label: one for one in pictures(source(content))}


def test_every_chart_that_a_deck_may_have_is_a_picture() -> None:
    """A group in which none or one is compared has none; a large one has several, and they have one axis."""
    many = published("ranking")
    template = rows(many)[0]
    rows(many)[:] = [
        deepcopy(template) | {"unit": f"u{place}", "name": f"第{place}街道办事处", "rank": place + 1, "score": 95.0 - place}
        for place in range(60)
    ]  # fmt: skip
    assert list(of(published("ranking"))) == ["镇街组得分", "部门组得分"]
    assert list(of(published("scores"))) == ["镇街组得分", "措施得分率"]
    assert list(of(published("casualties"))) == ["累计死亡"]
    found = of(many)
    assert list(found) == ["镇街组得分-1", "镇街组得分-2", "镇街组得分-3", "部门组得分"]
    pages = [found[f"镇街组得分-{number}"].figure for number in (1, 2, 3)]
    assert len({tuple(one["layout"]["xaxis"]["range"]) for one in pages}) == 1
    assert [name for one in pages for name in one["layout"]["yaxis"]["ticktext"]] == [
        f"第{place}街道办事处" for place in range(60)
    ]
    assert "（2/3）" in texts(pages[1])[0]


def test_main_one_is_of_the_group_in_which_most_are_compared() -> None:
    """Where as many are, of the first; without any group of the measures."""
    assert main_picture(source(published("ranking"))).label == "镇街组得分"
    departments = published("ranking")
    rows(departments)[1:] = []
    assert main_picture(source(departments)).label == "部门组得分"
    alone = published("scores")
    rows(alone)[1:] = []
    assert main_picture(source(alone)).label == "措施得分率"
    assert [one.is_main for one in pictures(source(published("ranking")))] == [True, False]


@pytest.mark.parametrize(
    ("report", "change", "why"),
    [("ranking", nobody, "各组都没有两个以上"), ("casualties", no_death, "没有计入指标的死亡人数")],
)
def test_without_a_chart_it_is_said_why(report: str, change: Any, why: str) -> None:
    """A sentence; and the page, which asks before, offers none."""
    content = published(report)
    change(content)
    assert not has_charts(content)
    with pytest.raises(NothingDrawn, match=why):
        pictures(source(content))
    assert has_charts(published(report))


def test_picture_says_what_follows_and_of_what_it_is() -> None:
    """The sentence of the deck's slide, what is drawn in which unit, and at the foot which publication, to be known again."""
    title, shows, axis, foot = texts(of(published("ranking"))["镇街组得分"].figure)
    assert "镇街组：" in title
    assert (shows, axis) == ("双桥经开区2022年5月执法检查排名　镇街组得分（分）", "得分（分）")
    for words in ("双桥经开区", "2022年5月", "截至", "已发布　第1版", f"SHA-256 {published('ranking')['sha256'][:12]}"):
        assert words in foot
    assert len(foot) < 80


def test_draft_says_so_over_the_chart_and_at_its_foot() -> None:
    """And has no fingerprint."""
    for report in ("ranking", "casualties"):
        told = texts(main_picture(draft(report)).figure)
        assert "草稿" in told
        assert [one for one in told if "草稿，未发布" in one]
        assert not [one for one in told if "SHA" in one]
        assert "草稿" not in "".join(texts(main_picture(source(published(report))).figure))


def test_veto_is_in_no_chart() -> None:
    """A unit that is last by a veto is not compared by its score."""
    content = published("scores")
    scored(content, 90.0, 80.0, 70.0)
    for place, row in enumerate(rows(content)):
        row["veto"] = "亡人事故" if place == 1 else None
    bars = of(content)["镇街组得分"].figure
    assert bars["layout"]["yaxis"]["ticktext"] == ["甲镇", "丙镇"]
    assert bars["data"][0]["x"] == [90.0, 70.0]
    assert "亡人事故" not in json.dumps(bars, ensure_ascii=False)


def test_value_stands_below_a_point_where_the_cap_runs_above_it() -> None:
    """It would be struck through."""
    content = published("casualties")
    accident = content["accidents"][0]
    content["accidents"] = [
        {**accident, "date": f"2022-0{month}-06", "deaths": deaths, "counted": True}
        for month, deaths in ((1, 3), (3, 16), (5, 1))
    ]
    content["zone"]["cap"] = 20
    (line,) = main_picture(source(content)).figure["data"]
    assert line["y"] == [3, 3, 19, 19, 20, 20]
    assert [one.split()[0] for one in line["textposition"]] == ["top", "top", "bottom", "bottom", "top", "top"]


def test_long_name_is_cut_before_it_takes_the_room_of_its_bar() -> None:
    """A hundred characters; forty stand whole, and what looks like markup is shown as it was written."""
    content = published("ranking")
    scored(content, 90.0, 80.0, 70.0)
    for row, name in zip(rows(content), ("长" * 100, "中" * 30, "<b>x</b>&<img src=x>"), strict=True):
        row["name"] = name
    picture = of(content)["镇街组得分"].figure
    first, second, third = picture["layout"]["yaxis"]["ticktext"]
    assert first.endswith("长……")
    assert len(first) < 40
    assert second == "中" * 30
    assert third == "&lt;b&gt;x&lt;/b&gt;&amp;&lt;img src=x&gt;"
    assert picture["layout"]["margin"]["l"] < picture["layout"]["width"] / 2
    assert not [one for one in texts(picture) if "<img" in one or "<b>x" in one]


def test_line_of_a_title_tears_no_figure() -> None:
    """Nor does a mark begin one; a word without an end is torn before it leaves the picture."""
    assert broken("得分率较低的措施（76.3%）、其余", 11) == ["得分率较低的措施", "（76.3%）、其余"]
    for line in broken("<img src=x onerror=" + "a" * 200 + ">甲，乙", 20):
        assert ems(line) <= 22
