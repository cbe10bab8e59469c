"""The way to an enterprise's profile: where a name of an enterprise stands, it leads there."""

from __future__ import annotations

from dashboards.components import address
from dashboards.components.page_list import ENTERPRISE


def profile_of(identity: str) -> str:
    """The profile of the enterprise with a credit code, or of a name that was told without one."""
    return ENTERPRISE.path + address.query(code=identity)


def found_by(name: str) -> str:
    """What a search for a name finds: of who is told of by name alone, and may be one of several."""
    return ENTERPRISE.path + address.query(q=name)
