"""The document that every page begins with: what it loads, in which order, and nothing that no page uses.

The table comes before the charts: plotly.js is asked for at once, but begins to run only when the first chart is to be drawn.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from typing import Any

from dashboards.web import plotly_js
from dashboards.web.addresses import asset
from dashboards.web.guard import PLOTLY
from dashboards.web.sent import filled_by

UNUSED = ("/dash_table/", "/dash/deps/polyfill@")
"""Of what Dash loads for itself: a table that no page has; and what browsers before Chromium 86 lack, which replaces functions of all
browsers by slower ones. The one name in it that Dash calls and no browser has, dash-bootstrap-components brings as well.
"""

AHEAD = "ahead.js"
"""Runs before Dash's scripts, and before style sheets, for which scripts behind them wait."""
ROUTED = "_pages_content.children"
"""What Dash puts the page of an address in."""
_SCRIPT = re.compile(r'<script src="([^"]+)"></script>\n?')
_CORE = re.compile(r"/dcc/dash_core_components\.v[^/]*\.js$")
_OWN_PLOTLY = '"serve_locally":true'


def lean(made: Mapping[str, str], callbacks: Mapping[str, Any], build: plotly_js.Built | None) -> dict[str, str]:
    """The document's parts as Dash made them, without what no page uses, and with what is needed later asked for early."""
    scripts = _SCRIPT.sub(lambda found: found[0] if is_used(found[1]) else "", made["scripts"])
    config = made["config"] if build is None else with_plotly_from(made["config"], address_of(build))
    return {
        **made,
        "scripts": scripts,
        "config": f"{config}\n{ahead(callbacks, build)}",
        "css": early(_SCRIPT.findall(scripts), build) + made["css"],
    }


def is_used(script: str) -> bool:
    """Whether any page has components of the script at this address."""
    return not any(part in script for part in UNUSED)


def address_of(build: plotly_js.Built) -> str:
    """Where a build is served."""
    return PLOTLY.replace("<name>", build.name)


def with_plotly_from(config: str, address: str) -> str:
    """Dash's settings for the browser, with the address from which it takes plotly.js when it draws its first chart."""
    if config.count(_OWN_PLOTLY) != 1:
        raise RuntimeError("Dash tells the browser in another way where plotly.js is")
    return config.replace(_OWN_PLOTLY, f'"serve_locally":false,"plotlyjs_url":"{address}"')


def early(scripts: list[str], build: plotly_js.Built | None) -> str:
    """What charts need and Dash asks for only when it comes to them: fetched meanwhile, after what the page itself needs."""
    wanted = [_CORE.sub("/dcc/async-graph.js", one) for one in scripts if _CORE.search(one)]
    wanted += [] if build is None else [address_of(build)]
    return "".join(f'<link rel="preload" as="script" fetchpriority="low" href="{one}">\n' for one in wanted)


def ahead(callbacks: Mapping[str, Any], build: plotly_js.Built | None) -> str:
    """The script that asks for the page before Dash does, and what it asks: the callback that makes a page of its address."""
    key, router = next((key, one) for key, one in callbacks.items() if ROUTED in key)
    asked = {
        "output": key,
        "outputs": [{"id": identity, "property": name} for identity, name in filled_by(key)],
        "inputs": [{"id": one["id"], "property": one["property"]} for one in router["inputs"]],
    }
    plotly = "" if build is None else f' data-plotly="{address_of(build)}"'
    return f'<script src="{asset(AHEAD)}" data-page="{escape(json.dumps(asked))}"{plotly}></script>'
