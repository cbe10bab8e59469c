"""What the address of the page asks for: a part of a name or a code, and the enterprise whose profile is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.components import address
from dashboards.components.page_list import ENTERPRISE
from dashboards.results import enterprise_profile, enterprise_search
from dashboards.results.enterprise_profile import EnterpriseProfile
from dashboards.results.enterprise_search import EnterprisesFound
from dashboards.results.reading import Reading

LONGEST_ASKED = 200
"""Characters: no enterprise is called so, and what is longer is no name."""


@dataclass(frozen=True, slots=True)
class EnterpriseQuery:
    """``q`` is a part of a name or a code, ``code`` an enterprise's credit code, or its name as compared where nobody told one."""

    q: str | None
    code: str | None

    def link(self, **changes: object) -> str:
        """The address of this page with some parts changed."""
        return ENTERPRISE.path + address.query(**{"q": self.q, "code": self.code, **changes})


@dataclass(frozen=True, slots=True)
class EnterpriseSeen:
    """What an address shows: what was found, nothing where nothing is sought, and a profile: of the code, or of the only one found."""

    asked: EnterpriseQuery
    found: EnterprisesFound
    profile: EnterpriseProfile | None


def read(query: Mapping[str, Any]) -> EnterpriseQuery:
    """What a query asks for."""
    q, code = address.text(query.get("q")), address.text(query.get("code"))
    return EnterpriseQuery(
        None if q is None else q.strip()[:LONGEST_ASKED] or None, None if code is None else code[:LONGEST_ASKED]
    )


def look(query: Mapping[str, Any], reading: Reading) -> EnterpriseSeen:
    """Fetch what an address asks for."""
    asked = read(query)
    found = enterprise_search.fetch(reading, asked.q or "")
    only = found.found[0].identity if len(found.found) == 1 else None
    code = asked.code or only
    return EnterpriseSeen(asked, found, None if code is None else enterprise_profile.fetch(reading, code))
