"""The way to an enterprise's profile: where a name of an enterprise stands, it leads there."""

from __future__ import annotations

from dashboards.components import address
from dashboards.components.page_list import ENTERPRISE
from data.language import gettext as _


def profile_of(identity: str) -> str:
    """The profile of the enterprise with a credit code, or of a name that was told without one."""
    return ENTERPRISE.path + address.query(code=identity)


def found_by(name: str) -> str:
    """What a search for a name finds: of who is told of by name alone, and may be one of several."""
    return ENTERPRISE.path + address.query(q=name)


def in_a_grid(name: str) -> list[dict[str, str]]:
    """The same as a cell of a grid takes it (``RecordLinks``)."""
    return [{"text": name, "href": found_by(name), "title": _("open its profile")}]
