"""What lies in a package of an office document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator


def parts(document: bytes) -> Iterator[tuple[str, bytes]]:
    """Every part of the package, those of packages within it too."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in package.namelist():
            content = package.read(name)
            yield name, content
            if name.endswith(".xlsx"):
                yield from ((f"{name}/{inner}", told) for inner, told in parts(content))
