"""A scan or a piece of evidence that a request brings: looked at, counted and kept in the archive before anything refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from flask import request

from dashboards.web.context import current
from dashboards.web.file_types import attachable
from dashboards.web.intake_routes import quota, safe_name, size_of
from data.intake.archive import Archive
from data.intake.sizes import LARGEST_FILE
from data.language import gettext as _


@contextmanager
def kept_file() -> Iterator[dict[str, Any]]:
    """The request's file as a decision tells of it (``sha256``, ``file_name``, ``media_type``, ``size`` in bytes).

    It stays in the archive if the block ends well. ValueError for what cannot be attached; OverQuota, DiskFull.
    """
    file = request.files.get("file")
    if file is None:
        raise ValueError(_("No file arrived. Choose a PDF, JPEG or PNG file."))
    name, stream = safe_name(file.filename or ""), cast("BinaryIO", file.stream)
    size = size_of(stream)
    if not 0 < size <= LARGEST_FILE:
        raise ValueError(_("An attachment has up to 20 MiB and is not empty. Scan it with less detail, or in parts."))
    media_type = attachable(stream.read())
    stream.seek(0)
    if media_type is None:
        raise ValueError(
            _("Only whole PDF, JPEG and PNG files can be attached; what this one holds is none of them, whatever its name. "
              "Scan or save it as one of these.")
        )  # fmt: skip
    archive = Archive(current().settings.archive_dir)
    with quota(current(), current().clock()).claimed(size, waits=False), archive.keeping(stream) as sha256:
        yield {"sha256": sha256, "file_name": name, "media_type": media_type, "size": size}
