"""Documents as they were given out once (``tests/samples/published``), and the publications that they are of."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from data.intake.publications import Publication

FOLDER = Path(__file__).parents[1] / "samples" / "published"
REPORTS = ("ranking", "scores", "casualties")


def given_out(name: str) -> bytes:
    """A document by its name (``ranking.csv``)."""
    return (FOLDER / name).read_bytes()


def sample(report: str) -> Publication:
    """The publication of a report, as its JSON was given out."""
    content = json.loads(given_out(f"{report}.json"))
    sha256 = content.pop("sha256")
    held = content["publication"]
    return Publication(
        entry=REPORTS.index(report) + 1,
        report=report,
        period=content["period"],
        day=content["as_of"] if report == "casualties" else "",
        revision=content["published"],
        sha256=sha256,
        content=content,
        mistake=False,
        reason=held["reason"],
        actor="office",
        at=datetime.fromisoformat(held["published_at"]),
    )
