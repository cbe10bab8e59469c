"""plotly.js with the kinds of traces that the product draws: a quarter of the bytes of the whole.

It is made once by ``make setup`` (``dashboards.web.plotly_js.build``) where npm is there, and lies in the environment beside the
installed packages. Where it is not, or is of another version or list, Dash's own plotly.js is served: charts are the same, and come later.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from plotly.offline import get_plotlyjs_version

from dashboards.components.traces import TRACES

PLACE = Path(sys.prefix) / "plotly_js"
SCRIPT, LABEL = "plotly.js", "built.json"


@dataclass(frozen=True, slots=True)
class Built:
    """A build that may be served: its bytes, and the name that changes with them."""

    content: bytes

    @property
    def name(self) -> str:
        """The file's name in addresses; browsers may keep what it names for ever."""
        return f"plotly-{sha256(self.content).hexdigest()[:16]}.js"


def label() -> dict[str, object]:
    """What a build must say of itself to be taken: made of the version that Dash would load, with the traces that are drawn."""
    return {"plotly.js": get_plotlyjs_version(), "traces": list(TRACES)}


def built(place: Path = PLACE) -> Built | None:
    """The build of the environment; None if there is none, or one of something else."""
    try:
        said = json.loads((place / LABEL).read_text(encoding="utf-8"))
        content = (place / SCRIPT).read_bytes()
    except (OSError, ValueError):
        return None
    return Built(content) if said == label() else None
