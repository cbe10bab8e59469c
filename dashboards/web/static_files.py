"""Files that are nobody's data, each under an address that changes with what is in it: browsers keep them for ever.

They are compressed once for each process, not at every request: brotli where the browser takes it, else gzip.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from hashlib import sha256

import brotli
from flask import Flask, Response, abort, request

from dashboards.web import plotly_js
from dashboards.web.guard import ASSETS, BOOTSTRAP, COMPONENTS, FAVICON, PLOTLY, rule_of

FOREVER = "public, max-age=31536000, immutable"
LASTING = frozenset({ASSETS, BOOTSTRAP, COMPONENTS, FAVICON, PLOTLY})
ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=6),
    "gzip": lambda content: gzip.compress(content, 6),
}
"""Name in HTTP → how; the first that the browser takes is used."""
SMALLEST = 500
"""Bytes; what is smaller goes as it is."""


def attach(server: Flask, build: plotly_js.Built | None) -> None:
    """Serve the build of plotly.js, and keep what lasts; before Dash compresses what is left."""
    kept: dict[tuple[str, bytes], bytes] = {}

    @server.get(PLOTLY)
    def own_plotly(name: str) -> Response:
        if build is None or name != build.name:
            abort(404)
        return Response(build.content, mimetype="text/javascript")

    @server.after_request
    def keep(response: Response) -> Response:
        if response.status_code == 200 and request.method == "GET" and _lasts(response):
            _compress(response, kept)
        return response


def _lasts(response: Response) -> bool:
    """Whether the address names the content: by Dash's fingerprint, by a version or time of change, or by its hash."""
    rule = rule_of(request)
    if rule not in LASTING:
        return False
    return rule == PLOTLY or bool(response.cache_control.max_age if rule == COMPONENTS else request.args)


def _compress(response: Response, kept: dict[tuple[str, bytes], bytes]) -> None:
    """Give the answer its lasting form; ``kept`` grows by one entry a file and encoding."""
    response.direct_passthrough = False
    content = response.get_data()
    response.headers["Cache-Control"] = FOREVER
    for name in ("ETag", "Last-Modified"):  # never asked for again
        response.headers.pop(name, None)
    encoding = next((name for name in ENCODINGS if request.accept_encodings[name]), None)
    if encoding is None or len(content) < SMALLEST or (response.mimetype or "").startswith("image/"):
        return
    key = (encoding, sha256(content).digest())
    if key not in kept:
        kept[key] = ENCODINGS[encoding](content)
    response.set_data(kept[key])
    response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
