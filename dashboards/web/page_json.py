"""What is sent of a page, written as JSON in one go.

Plotly's own writer, which Dash asks for what is not written yet, first makes of every component, list and text a copy that holds
plain values only: that took a fifth of the time of a whole request. orjson walks through the same page itself and asks only
what a component or a figure is made of. The bytes are the same (``tests/unit/test_page_json.py``); whatever else may stand
in a page is left to Plotly.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import orjson
from dash.development.base_component import Component
from plotly.basedatatypes import BaseFigure, BasePlotlyType
from plotly.io.json import to_json_plotly

_HARMLESS_IN_A_SCRIPT = tuple((sign, f"\\u{ord(sign):04x}") for sign in "<>/\u2028\u2029")


def page_json(page: Any) -> str:
    """Components, figures and values as JSON; nothing in it ends the script in which Dash may put it."""
    try:
        written = orjson.dumps(page, default=_made_of, option=orjson.OPT_NON_STR_KEYS).decode()
    except TypeError:
        return str(to_json_plotly(page))
    for sign, harmless in _HARMLESS_IN_A_SCRIPT:
        written = written.replace(sign, harmless)
    return written


def _made_of(value: Any) -> Any:
    """What a component or figure is made of; TypeError for what orjson and we do not know."""
    if isinstance(value, Component | BaseFigure | BasePlotlyType):
        return value.to_plotly_json()
    if isinstance(value, Decimal | float):  # numpy's floats are floats
        return float(value)
    raise TypeError
