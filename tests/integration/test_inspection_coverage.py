"""Who was not inspected and who repeatedly, of the demo year: what is kept says to every account what the rows say."""

from __future__ import annotations

from typing import Any

import pytest

from dashboards.results import inspection_coverage, register_today
from data.people.scope import Role, Scope, office
from data.settings import Settings
from data.store import reader
from data.zone.schemes import RepeatedInspections
from tests.fetching import fetched

RULE = RepeatedInspections(units=2, units_days=30, times=2, times_days=90)
PARTS = [inspection_coverage.wanted_of(one) for one in inspection_coverage.LISTS]


@pytest.mark.parametrize("unit", [None, "longtanzi", "construction", "youting"])
def test_every_account_sees_of_what_is_kept_what_the_rows_say(
    year_loaded: Settings, unit: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The office what all units told, a unit what it told itself: as counted, as listed first, and one by one."""
    scope = office(year_loaded.zone) if unit is None else Scope(year_loaded.zone, Role.UNIT, "clerk", unit)

    def see(what: Any, *asked: Any) -> Any:
        return fetched(reader(year_loaded.database_url), scope, what, RULE, *asked, fixed_today=year_loaded.today)

    def look() -> list[Any]:
        one_by_one = set(see(register_today.fetch))
        return [one_by_one, see(register_today.counts), *(see(register_today.first, part, 1000) for part in PARTS)]

    kept = look()
    assert {len({one.repeated for one in kept[0]}), len({one.last_on is None for one in kept[0]})} == {2}
    monkeypatch.setattr(register_today, "_is_kept", lambda _reading, _rule: False)
    assert look() == kept
