"""Pages for Chromium 86 and later, as 360 and 奇安信 have it: nothing that is served needs a newer one; an older one is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app import create_app
from data.settings import Settings
from tests.integration.old_browsers import in_script, in_style

DASHBOARDS = Path(__file__).parents[2] / "dashboards"
GRID = "the grid is given only to browsers that know color-mix() and .at (assets/36_record_list.js); all others keep the list"
DECLARED: Mapping[str, Mapping[str, str]] = {
    "/assets/20_page.css": {"text-underline-offset:": "looks: the line lies where it lies by default"},
    "/assets/28_records.css": {"text-underline-offset:": "looks: the line lies where it lies by default"},
    "/assets/36_record_list.js": {".at": "asked whether it is there, before a grid is given"},
    "/bootstrap/bootstrap.min.css": {
        "::file-selector-button": "its own rule, beside the older ::-webkit-file-upload-button",
        "inset:": "of a textarea with a floating label, which no page has",
        "text-underline-offset:": "looks: the line lies where it lies by default",
    },
    "dash/dash-renderer/build/dash_renderer.min.js": {
        ".randomUUID": "asked whether it is there, else made of time and chance",
    },
    "dash/dcc/dash_core_components-shared.js": {".checkVisibility": "asked whether it is there, else not used"},
    "dash_ag_grid/dash_ag_grid.min.js": dict.fromkeys(
        ("&", ".at", ".checkVisibility", ".showPicker", ":not(", ":where(", "color-mix(", "container-type:", "inset:",
         "padding-inline:", "rule within a rule", "scrollbar-width:"), GRID,
    ),
    "dash_ag_grid/async-community.js": dict.fromkeys((".at", ".hasOwn", "structuredClone"), GRID),
    "/plotly-js/plotly.js": {".toWellFormed": "asked whether it is there, else done by hand"},
    "plotly/package_data/plotly.min.js": {
        **dict.fromkeys((".at", "inset:"), "of maps, which no page draws; .at also a search tree's own"),
        **dict.fromkeys((".hasOwn", ".Segmenter", ".toWellFormed"), "of maps; elsewhere asked whether it is there"),
    },
}  # fmt: skip
"""File → what in it is newer, and why pages do without it. What is declared of a file that is served must be in it."""
NOT_FETCHED: Mapping[str, str] = {
    r"dcc/async-(?:markdown|highlight|mathjax)\.": r"dcc\.Markdown",
    r"dcc/async-(?:datepicker|dropdown|slider|upload)\.": r"dcc\.(?:DatePicker\w+|Dropdown|Slider|RangeSlider|Upload)",
    r"dash_table/": r"dash_table\.|DataTable",
    r"dash_ag_grid/async-enterprise\.": r"enableEnterpriseModules=True",
}
"""Parts of libraries, and the components for which alone they are fetched: no page has one."""
ADDRESS = re.compile(r'(?:src|href)="(/[^"]+\.(?:js|css)(?:\?[^"]*)?)"')
FINGERPRINT = re.compile(r"\.v[\w.]+m\d+(?=\.)|-[0-9a-f]{16}(?=\.js)")


@pytest.fixture
def app(sqlite_installation: Settings) -> Dash:
    """The application in demo mode."""
    return create_app(sqlite_installation.model_copy(update={"demo": True}))


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """The office."""
    client: FlaskClient = app.server.test_client()
    token = re.findall(r'name="csrf_token" value="([^"]+)"', client.get("/signin").get_data(as_text=True))[0]
    client.post("/signin/demo/office", data={"csrf_token": token})
    return client


def _served(app: Dash, client: FlaskClient) -> dict[str, bytes]:
    """All scripts and style sheets: those that a document names, and those that libraries fetch by themselves."""
    documents = [client.get(one, buffered=True).get_data(as_text=True) for one in ("/overview", "/password")]
    named = {one for document in documents for one in ADDRESS.findall(document)}
    later = {
        f"/_dash-component-suites/{package}/{path}"
        for package, paths in app.registered_paths.items()
        for path in paths
        if path.endswith((".js", ".css"))
    }
    found: dict[str, bytes] = {}
    for address in sorted({*named, *later}):
        name = FINGERPRINT.sub("", address.partition("?")[0]).removeprefix("/_dash-component-suites/")
        if name not in found and not any(re.search(pattern, name) for pattern in NOT_FETCHED):
            answer = client.get(address, buffered=True)
            assert answer.status_code == 200, address
            found[name] = answer.get_data()
    return found


@pytest.mark.slow
def test_nothing_that_is_served_needs_a_newer_browser(app: Dash, client: FlaskClient) -> None:
    """Scripts by their syntax, properties and names, style sheets by properties, values, selectors and rules; what is newer is
    declared with the reason why pages do without it.
    """
    found = {
        name: in_style(content.decode()) if name.endswith(".css") else in_script(content)
        for name, content in _served(app, client).items()
    }
    assert any("plotly" in name for name in found)
    declared = {name: set(DECLARED.get(name, ())) for name in found}
    assert {name: newer for name, newer in found.items() if newer} == {
        name: one for name, one in declared.items() if one
    }


def test_what_dash_calls_and_no_browser_has_is_brought_by_a_script_of_every_document(
    app: Dash, client: FlaskClient
) -> None:
    """Dash's polyfills, which are not served, would bring it too: without it no chart is fetched."""
    served = {name: content for name, content in _served(app, client).items() if b"regeneratorRuntime" in content}
    brings = [name for name, content in served.items() if b"globalThis.regeneratorRuntime=" in content]
    assert brings == ["dash_bootstrap_components/_components/dash_bootstrap_components.min.js"]
    assert len(served) > 1
    document = client.get("/overview", buffered=True).get_data(as_text=True)
    assert "dash_bootstrap_components." in document
    assert "polyfill" not in document


def test_no_page_has_what_would_fetch_more() -> None:
    """The components whose scripts are not looked at stand on no page."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in DASHBOARDS.rglob("*.py"))
    assert [names for names in NOT_FETCHED.values() if re.search(rf"\b(?:{names})\b", text)] == []


@pytest.mark.parametrize(
    ("script", "newer"),
    [
        (
            "a?.b ?? c; d ||= 1_000; [1].flat(); 'a'.replaceAll('b', 'c'); class A { #b = 1; static c = 2; #d() {} }",
            set(),
        ),
        ("class A { static { this.b = 1; } }", {"static block of a class"}),
        ("class A { #b; static has(c) { return #b in c; } }", {"private name with `in`"}),
        ("/a(?<name>b)(?<!c)\\p{L}/su.test(d); /(?:i)/", set()),
        ("/a/d", {"flags d or v of a regular expression"}),
        ("/(?i:a)b/", {"flags within a regular expression"}),
        ("[1].at(-1); Object.hasOwn(a, 'b'); structuredClone(c)", {".at", ".hasOwn", "structuredClone"}),
        ("let = = 3", {"what the parser does not understand"}),
        ("add('.a{color:red;inset:0}.b:has(c){d:e}')", {"inset:", ":has("}),
        (
            "add(`.a { color: red } .b { .c { top: 0 } }`); gl(`void main() { vec2 a = b; }`); say(`a${b ? 'c:d' : `${e}`}`)",
            {"rule within a rule"},
        ),
    ],
)
def test_what_is_seen_in_a_script(script: str, newer: set[str]) -> None:
    """Each kind of what is newer is found, and what is as old is not."""
    assert in_script(script.encode()) == newer


@pytest.mark.parametrize(
    ("style", "newer"),
    [
        (
            "@media (min-width: 1px) { a:focus-visible { gap: 1px; width: min(1px, 2%); color: rgb(0 0 0 / 5%) } }",
            set(),
        ),
        ("@keyframes a { from { top: 0 } to { top: 1px } } @supports (display: grid) { a { top: 0 } }", set()),
        ("a { aspect-ratio: 1 } b { inset: 0 }", {"aspect-ratio:", "inset:"}),
        ("a { color: red; color: color-mix(in srgb, red, blue) }", set()),
        ("a { color: color-mix(in srgb, red, blue) }", {"color-mix("}),
        ("a { -webkit-mask-image: none; mask-image: none }", set()),
        ("a { height: 100dvh; overflow: clip } b { clip: auto; flex: stretch }", {"dvh", "clip"}),
        ("a { height: 100vh; height: 100dvh }", set()),
        ("a:where(b), c:not(d, e), f:is(g) { top: 0 }", {":where(", ":not(", ":is("}),
        ("@layer a { b { top: 0 } } @container (width > 1px) { b { top: 0 } }", {"@layer", "@container"}),
        ("@media (width >= 1px) { a { top: 0 } }", {"@media with < or >"}),
        ("a { b { top: 0 } }", {"rule within a rule"}),
    ],
)
def test_what_is_seen_in_a_style_sheet(style: str, newer: set[str]) -> None:
    """A newer value behind an older one of the same property, or a newer property beside its older name, is no fault."""
    assert in_style(style) == newer


def test_a_page_that_would_stay_white_says_why(client: FlaskClient) -> None:
    """In every document: a sentence that a script in words of any browser shows to those that are too old, and one for who
    has no scripts; the policy allows both.
    """
    for address in ("/overview", "/password"):
        answer = client.get(address)
        document = answer.get_data(as_text=True)
        assert re.search(r'<p class="browser-note too-old-note" role="alert" hidden>[^<]*Chromium 86', document)
        assert re.search(r'<noscript><p class="browser-note">[^<]*JavaScript', document)
        assert document.index("/assets/first.js") < document.index("too-old-note")
        assert "unsafe" not in answer.headers["Content-Security-Policy"].partition("script-src")[2].partition(";")[0]
    first = client.get("/assets/first.js", buffered=True).get_data(as_text=True)
    code = re.sub(r"/\*.*?\*/", "", first, flags=re.S)
    assert re.findall(r"=>|\b(?:let|const|class|async|await)\b|`|\?\.|\?\?|\.\.\.", code) == []
