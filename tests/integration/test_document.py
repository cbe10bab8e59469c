"""The document and its files: what is loaded, how long browsers may keep it, and that all goes on without a plotly.js of our own."""

from __future__ import annotations

import gzip
import re
from html import unescape

import brotli
import pytest
from flask.testing import FlaskClient

from app import create_app
from dashboards.web import guard, plotly_js
from dashboards.web.static_files import FOREVER
from data.settings import Settings

HERE = "http://127.0.0.1/"
LOADED = re.compile(r'(?:src|href)="(/[^"]+)"')


@pytest.fixture
def client(sqlite_installation: Settings) -> FlaskClient:
    """A browser at the application with a build of plotly.js."""
    return _client(sqlite_installation)


def _client(settings: Settings) -> FlaskClient:
    return create_app(settings.model_copy(update={"demo": True})).server.test_client()


def _document(client: FlaskClient) -> str:
    return client.get("/ranking", base_url=HERE, environ_overrides=guard.warm_up_environ()).get_data(as_text=True)


def _file(client: FlaskClient, address: str, encodings: str) -> tuple[bytes, str, str]:
    """Content, encoding and how long it may be kept."""
    answer = client.get(unescape(address), base_url=HERE, headers={"Accept-Encoding": encodings}, buffered=True)
    assert answer.status_code == 200, address
    kept = answer.headers.get("Cache-Control", "")
    return answer.get_data(), answer.headers.get("Content-Encoding", ""), kept


@pytest.fixture
def some_build(monkeypatch: pytest.MonkeyPatch) -> plotly_js.Built:
    """A build, whatever the machine has."""
    build = plotly_js.Built(b"var Plotly = 1;" * 100)
    monkeypatch.setattr(plotly_js, "built", lambda: build)
    return build


def test_every_file_of_the_document_is_kept_for_good(some_build: plotly_js.Built, client: FlaskClient) -> None:
    """Each is there, under an address of its content, and the same bytes however it is packed; but for the one that Dash names itself."""
    document = _document(client)
    addresses = set(LOADED.findall(document))
    assert len(addresses) > 20
    assert f"/plotly-js/{some_build.name}" in addresses
    for address in addresses:
        plain, packed, small = (_file(client, address, encodings) for encodings in ("identity", "br, gzip", "gzip"))
        if address.endswith("/dcc/async-graph.js"):
            continue
        assert plain[2] == packed[2] == small[2] == FOREVER, address
        assert packed[1] != "br" or brotli.decompress(packed[0]) == plain[0], address
        assert small[1] != "gzip" or gzip.decompress(small[0]) == plain[0], address
    assert "dash_table" not in "".join(addresses)


def test_address_without_a_version_is_asked_for_again(client: FlaskClient) -> None:
    """What an address does not tell apart, a browser must not keep."""
    assert _file(client, "/assets/20_page.css", "identity")[2] == "no-cache"


def test_without_a_build_dash_brings_its_own(
    sqlite_installation: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A machine without npm serves the same pages, says so once, and leaves plotly.js to Dash."""
    monkeypatch.setattr(plotly_js, "built", lambda: None)
    document = _document(_client(sqlite_installation))
    assert "plotly-js" not in document
    assert "data-plotly" not in document
    assert '"serve_locally":true' in document
    assert [record.levelname for record in caplog.records if "plotly.js" in record.message] == ["WARNING"]
