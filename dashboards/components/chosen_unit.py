"""Which unit and which group an address asks for, as far as its reader may ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboards.components import address
from dashboards.results.reading import Reading
from data.zone.zone import GROUPS


def unit_and_group(query: Mapping[str, Any], reading: Reading) -> tuple[str | None, str]:
    """The unit (its code as written) and the group: where none is asked for that of the unit, else the first.

    Who sees one unit alone asks for nothing else.
    """
    own = reading.scope.unit
    unit = own or address.text(query.get("unit"))
    found = reading.zone.unit_by_code.get(unit or "")
    asked = None if own else address.text(query.get("group"))
    group = asked or (found.group if found else "")
    return unit, group if group in GROUPS else GROUPS[0]
