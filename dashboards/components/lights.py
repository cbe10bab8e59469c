"""The lights of the casualty targets, each as symbol, word and tone: no colour tells anything alone."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards.components import numbers, parts
from data.language import gettext as _


def light(name: str | None) -> Component:
    """The light of a scope; without a cap there is none."""
    if name is None:
        return parts.tag(_("no light"), symbol=numbers.NONE, title=_("Without a cap there is no light."))
    symbol, word, tone = _named(name)
    return parts.tag(word, f"{tone} light light-{name}", symbol=symbol)


def word(name: str) -> str:
    """红灯, 橙灯, 黄灯 or 绿灯."""
    return _named(name)[1]


def _named(name: str) -> tuple[str, str, str]:
    names = {
        "green": ("●", _("green light"), "good"),
        "yellow": ("◆", _("yellow light"), "warn"),
        "orange": ("▲", _("orange light"), "warn"),
        "red": ("■", _("red light"), "bad"),
    }
    return names[name]


def kept(state: bool | None) -> Component:
    """Whether a goal of the plan holds; None where it cannot be told."""
    if state is None:
        return parts.tag(_("cannot be judged"), symbol=numbers.NONE)
    if state:
        return parts.tag(_("green light: kept"), "good light light-green", symbol="●")
    return parts.tag(_("red light: not kept"), "bad light light-red", symbol="■")
