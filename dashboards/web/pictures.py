"""Pages of documents as pictures over HTTP: the asking browser alone may show them, and keeps none."""

from __future__ import annotations

from flask import Response


def as_picture(picture: bytes) -> Response:
    """A PNG."""
    response = Response(picture, mimetype="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response
