"""All kinds by code, in the order in which they can be loaded: what is referred to comes first."""

from etl.kinds import enforcement, targets
from etl.kinds.declaration import Kind

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in sorted((targets.KIND, enforcement.KIND), key=lambda kind: kind.order)
}
