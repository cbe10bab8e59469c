"""The process in which charts are drawn: ``python -m dashboards.meeting.drawing_child BROWSER FOLDER png|svg``.

It draws the figures of ``FOLDER/figures.json`` into ``FOLDER/0.png`` and so on, all in one browser. That browser stays in the
process's own group, so that whoever ends the group ends it too, and it reaches no network: plotly.js is the one that plotly
brings along, and there is no MathJax.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from choreographer.browsers import Chromium
from kaleido import Kaleido, PageGenerator

from dashboards.meeting.chart_size import HEIGHT, SCALE, WIDTH

_TOO_MUCH = frozenset({"--disable-web-security", "--allow-file-access-from-files"})
"""What the library asks of a browser, and ours can do without: a page of its own reads nothing but its scripts."""
_BESIDES = ("--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--disable-quic")
_NO_CHANCE = """
let last = 1;
Math.random = () => (last = (last * 48271) % 2147483647) / 2147483647;
const toImage = Plotly.toImage;
Plotly.toImage = (...asked) => { last = 1; return toImage(...asked); };
"""
"""Plotly names the parts of a picture by chance; so it is the same chance for every picture, whatever was drawn before it."""


class GroupedChromium(Chromium):
    """A browser that goes when the group of its process does."""

    def get_popen_args(self) -> Mapping[str, Any]:
        """How it is started: in no session of its own."""
        return {name: value for name, value in super().get_popen_args().items() if name != "start_new_session"}

    def get_cli(self) -> Sequence[str]:
        """Its command, with less and without network."""
        return [*(one for one in super().get_cli() if one not in _TOO_MUCH), *_BESIDES]


class OnePageKaleido(Kaleido):  # type: ignore[misc]  # it has no types
    """Draws all figures on one page: the library loads the page anew after each, which takes longer than to draw."""

    async def _return_kaleido_tab(self, tab: Any) -> None:
        await self.tabs_ready.put(tab)


async def draw(browser: str, folder: Path, form: str) -> None:
    """Draw all figures of the folder, one after the other."""
    chance = folder / "chance.js"
    chance.write_text(_NO_CHANCE, encoding="utf-8")
    scripts = PageGenerator(mathjax=False, others=[chance])
    size = {"format": form, "width": WIDTH, "height": HEIGHT, "scale": SCALE if form == "png" else 1}
    async with OnePageKaleido(path=browser, browser_cls=GroupedChromium, page_generator=scripts) as drawing:
        for number, figure in enumerate(json.loads((folder / "figures.json").read_text(encoding="utf-8"))):
            (folder / f"{number}.{form}").write_bytes(await drawing.calc_fig(figure, size))


if __name__ == "__main__":
    asyncio.run(draw(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
