"""All kinds by code, in the order in which they can be loaded: what is referred to comes first."""

from etl.kinds import (
    accidents,
    baseline,
    disasters,
    enforcement,
    enterprises,
    frontline,
    hazards,
    review,
    self_assessment,
    supervision,
    targets,
    tasks,
    tipoffs,
)
from etl.kinds.kind import Kind

_KINDS = (
    targets.KIND,
    enterprises.KIND,
    baseline.KIND,
    enforcement.KIND,
    frontline.KIND,
    hazards.KIND,
    disasters.KIND,
    self_assessment.KIND,
    review.KIND,
    accidents.KIND,
    supervision.KIND,
    tipoffs.KIND,
    tasks.KIND,
)
KINDS: dict[str, Kind] = {kind.code: kind for kind in sorted(_KINDS, key=lambda kind: kind.order)}
