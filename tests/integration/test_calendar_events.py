"""Events of the committee's calendar: added, changed, held, cancelled, each a line of the journal; speeches are asked as known by a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from data.doctor import examine
from data.intake.archive import Archive, Busy
from data.intake.calendar_decisions import add_event, cancel_event, change_event, hold_event, name_leader
from data.intake.calendar_events import CalendarEvent, EventContent, Speech, event, events, leaders, speeches
from data.intake.carrying_out import catch_up
from data.intake.deciding import Desk
from data.intake.decision_checks import Undecidable
from data.schema.calendar_events import calendar_event, leader_name
from data.settings import Settings
from data.store import reader
from data.zone.periods import Quarter
from etl.loading.rebuild import rebuild
from tests.integration.ledgers import all_rows

MEETING = EventContent(
    "meeting", date(2022, 7, 20), "三季度安全工作会议", starts_at=time(9, 30), place="管委会三楼会议室", note="请各单位主要负责人参加"
)  # fmt: skip
SPEECH = EventContent(
    "speech", date(2022, 7, 20), "龙滩子街道作末位发言", units=("longtanzi",), quarter=Quarter(2022, 2)
)
POST = "分管安全生产副主任"


def desk(settings: Settings, day: int = 6) -> Desk:
    """The office's, on a day of July."""
    archive = Archive(settings.archive_dir)
    return Desk(settings.database_url, archive, settings.zone, "office1", datetime(2022, 7, day, 3, tzinfo=UTC))


def at_present(settings: Settings) -> list[CalendarEvent]:
    """Every event as it stands."""
    with reader(settings.database_url).connect() as connection:
        return events(connection, settings.zone)


def spoken(settings: Settings, known_by: datetime | None = None) -> list[Speech]:
    """The speeches that were held."""
    with reader(settings.database_url).connect() as connection:
        return speeches(connection, settings.zone, known_by)


def test_an_event_is_added_changed_held_and_cancelled_and_every_version_stays(installation: Settings) -> None:
    """The last version holds, earlier ones stay as rows; the audit log tells each act; nothing is ever deleted."""
    number = add_event(desk(installation), MEETING).number
    (first,) = at_present(installation)
    assert (first.number, first.version, first.content, first.held_on, first.cancelled) == (
        number, number, MEETING, None, False,
    )  # fmt: skip
    moved = replace(MEETING, day=date(2022, 7, 21), last_day=date(2022, 7, 22), starts_at=None)
    changed = change_event(desk(installation, 7), number, first.version, moved).number
    held = hold_event(desk(installation, 23), number, changed, date(2022, 7, 21)).number
    (now,) = at_present(installation)
    assert (now.number, now.version, now.content, now.held_on) == (number, held, moved, date(2022, 7, 21))
    assert (now.content.until, MEETING.until) == (date(2022, 7, 22), date(2022, 7, 20))
    cancel_event(desk(installation, 24), number, held, "登记有误")
    (gone,) = at_present(installation)
    assert (gone.cancelled, gone.reason, gone.held_on, gone.content) == (True, "登记有误", date(2022, 7, 21), moved)
    rows = all_rows(installation)
    assert len(rows["calendar_event"]) == 4
    for act in ("event added", "event changed", "event held", "event cancelled"):
        assert act in str(rows["audit"])
    assert examine(installation) == ([], [])


def test_what_does_not_go_together_is_refused_and_leaves_no_line(installation: Settings) -> None:
    """Each slip has its sentence, and journal and tables stay as they were."""
    number = add_event(desk(installation), MEETING).number
    add_event(desk(installation), SPEECH)
    cancelled = add_event(desk(installation), replace(MEETING, title="取消的会")).number
    last = cancel_event(desk(installation), cancelled, cancelled, "并会").number
    before = all_rows(installation), Archive(installation.archive_dir).last_hash()
    of_enterprise = replace(SPEECH, units=(), enterprise="双桥化工（有限公司）")

    def adding(content: EventContent, held_on: date | None = None) -> Callable[[], object]:
        return lambda: add_event(desk(installation), content, held_on)

    for act, said in (
        (adding(replace(MEETING, kind="party")), "没有这种事项类型"),
        (adding(replace(MEETING, title=" ")), "写明事项名称"),
        (adding(replace(MEETING, title="长" * 101)), "最多100个字"),
        (adding(replace(MEETING, note="长" * 2001)), "最多2000个字"),
        (adding(replace(MEETING, last_day=MEETING.day)), "结束日期"),
        (adding(replace(MEETING, last_day=date(2024, 1, 1))), "结束日期"),
        (adding(replace(MEETING, units=("longtanzi", "nobody"))), "没有这个单位"),
        (adding(replace(MEETING, kind="interview")), "约谈的单位"),
        (adding(replace(MEETING, quarter=Quarter(2022, 2))), "只有末位发言"),
        (adding(replace(SPEECH, quarter=None)), "哪个季度"),
        (adding(replace(SPEECH, units=("longtanzi", "shuanglu"))), "哪个季度"),
        (adding(replace(SPEECH, enterprise="双桥化工")), "哪个季度"),
        (adding(replace(SPEECH, day=date(2022, 8, 1))), "已在日历中"),
        (adding(MEETING, date(2022, 7, 7)), "尚未到"),
        (adding(replace(MEETING, title="会议\x00")), "无法保存"),
        (lambda: change_event(desk(installation), 999, 999, MEETING), "没有这个事项"),
        (lambda: change_event(desk(installation), number, number, MEETING), "没有改动"),
        (lambda: change_event(desk(installation), number, number + 1, replace(MEETING, place="二楼")), "已有变更"),
        (lambda: change_event(desk(installation), cancelled, last, MEETING), "已经取消"),
        (lambda: change_event(desk(installation), number, number, SPEECH), "已在日历中"),
        (lambda: hold_event(desk(installation), number, number, date(2022, 7, 7)), "尚未到"),
        (lambda: cancel_event(desk(installation), number, number, " "), "取消的原因"),
        (lambda: name_leader(desk(installation), 2022, "董事长", "张三"), "没有这个职务"),
        (lambda: name_leader(desk(installation), 2021, POST, "张三"), "没有这个职务"),
        (lambda: name_leader(desk(installation), 2022, POST, ""), "没有改动"),
    ):
        with pytest.raises(Undecidable, match=said):
            act()
    assert (all_rows(installation), Archive(installation.archive_dir).last_hash()) == before
    add_event(desk(installation), of_enterprise)
    with pytest.raises(Undecidable, match="已在日历中"):
        add_event(desk(installation), replace(of_enterprise, enterprise="双桥化工 (有限公司)"))


def test_speeches_count_once_they_were_held_and_as_known_by_a_day(installation: Settings) -> None:
    """A planned one is none, a cancelled one is none any more; what was told later was not known before."""
    number = add_event(desk(installation), SPEECH).number
    enterprise = replace(SPEECH, units=(), enterprise="双桥化工", title="双桥化工作末位发言")
    add_event(desk(installation, 21), enterprise, date(2022, 7, 19))
    of_enterprise = Speech(Quarter(2022, 2), None, "双桥化工", date(2022, 7, 19))
    assert spoken(installation) == [of_enterprise]
    held = hold_event(desk(installation, 22), number, number, date(2022, 7, 20)).number
    of_unit = Speech(Quarter(2022, 2), "longtanzi", None, date(2022, 7, 20))
    assert spoken(installation) == [of_enterprise, of_unit]
    assert spoken(installation, datetime(2022, 7, 22, tzinfo=UTC)) == [of_enterprise]
    assert spoken(installation, datetime(2022, 7, 6, tzinfo=UTC)) == []
    cancel_event(desk(installation, 25), number, held, "登记有误")
    assert spoken(installation) == [of_enterprise]
    assert spoken(installation, datetime(2022, 7, 24, tzinfo=UTC)) == [of_enterprise, of_unit]


def test_who_holds_a_post_is_told_and_taken_back(installation: Settings) -> None:
    """The last name holds; an empty one takes it back; the audit log says that it was told, and no name."""
    name_leader(desk(installation), 2022, POST, " 张三 ")
    name_leader(desk(installation), 2022, POST, "李四")
    with reader(installation.database_url).connect() as connection:
        assert leaders(connection, installation.zone, 2022) == {POST: "李四"}
        assert leaders(connection, installation.zone, 2021) == {}
    name_leader(desk(installation), 2022, POST, "")
    with reader(installation.database_url).connect() as connection:
        assert leaders(connection, installation.zone, 2022) == {}
    assert "张三" not in str(all_rows(installation)["audit"])
    assert "leader named" in str(all_rows(installation)["audit"])


def test_acts_that_had_to_wait_are_done_in_their_turn_and_not_on_another_version(installation: Settings) -> None:
    """While a workbook is being loaded an act is queued; of two on one version the second is refused when its turn comes."""
    number = add_event(desk(installation), MEETING).number
    archive = Archive(installation.archive_dir)
    with archive.loading():
        with pytest.raises(Busy), archive.loading(0):
            pass
        first = change_event(desk(installation), number, number, replace(MEETING, place="二楼"))
        second = hold_event(desk(installation, 21), number, number, date(2022, 7, 20))
        assert (first.queued, second.queued) == (True, True)
        with reader(installation.database_url).connect() as connection:
            assert event(connection, installation.zone, number).content == MEETING
        catch_up(installation.database_url, archive, installation.zone)
    (now,) = at_present(installation)
    assert (now.content.place, now.held_on, now.version) == ("二楼", None, first.number)
    assert examine(installation) == ([], [])


def test_a_database_made_anew_has_them_all(installation: Settings, tmp_path: Path) -> None:
    """Rebuilt from the journal every version and every name stands as it stood, on each engine."""
    number = add_event(desk(installation), MEETING).number
    add_event(desk(installation), SPEECH, date(2022, 7, 5))
    cancel_event(desk(installation, 8), number, number, "改期")
    name_leader(desk(installation), 2022, POST, "张三")
    target = f"sqlite:///{tmp_path / 'anew.db'}"
    rebuild(installation, target)
    anew = installation.model_copy(update={"database_url": target})
    for table in (calendar_event.name, leader_name.name):
        assert all_rows(anew)[table] == all_rows(installation)[table] != []
    assert examine(anew) == ([], [])
