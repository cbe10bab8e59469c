"""``python -m dashboards.web.plotly_js.build``: plotly.js with the traces of the list, by npm and esbuild, into the environment.

``make setup`` runs it. Nothing depends on it: without npm, or where npm cannot fetch, one sentence says so and all goes on.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from dashboards.components.traces import TRACES
from dashboards.web.plotly_js import LABEL, PLACE, SCRIPT, built, label
from data.language import gettext as _

HERE = Path(__file__).parent
PINNED = ("package.json", "package-lock.json")
OLDEST_BROWSER = "chrome86"
FETCH = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    "--fetch-retries=1",
    "--fetch-timeout=30000",
)
"""What is fetched runs nothing of its own, and is what package-lock.json says, byte for byte; without a network it ends soon."""
ESBUILD = (
    "--bundle", "--minify", "--format=iife", "--global-name=Plotly", "--define:global=window", f"--target={OLDEST_BROWSER}",
    "--legal-comments=none", "--log-level=error",
)  # fmt: skip


def main() -> int:
    """Build what is not there yet; always 0, for the product runs without."""
    if built() is not None:
        return 0
    npm = shutil.which("npm")
    if npm is None:
        return _without(_("npm is not installed"))
    try:
        with TemporaryDirectory(prefix="plotly-js-") as place:
            build(Path(place), npm)
    except (OSError, subprocess.CalledProcessError) as error:
        return _without(str(getattr(error, "stderr", None) or error).strip())
    return 0


def build(work: Path, npm: str, place: Path = PLACE) -> None:
    """Fetch what is pinned into a working folder, build there, and lay script and label down."""
    for name in PINNED:
        shutil.copy(HERE / name, work / name)
    (work / "entry.js").write_text(entry(), encoding="utf-8")
    _run(npm, *FETCH, work=work)
    _run("node_modules/.bin/esbuild", "entry.js", f"--outfile={SCRIPT}", *ESBUILD, work=work)
    place.mkdir(exist_ok=True)
    (place / LABEL).unlink(missing_ok=True)
    shutil.copy(work / SCRIPT, place / SCRIPT)
    (place / LABEL).write_text(json.dumps(label()), encoding="utf-8")


def entry() -> str:
    """The module that is built: the core, which knows scatter, and the other kinds of traces."""
    named = ", ".join(f'require("plotly.js/lib/{trace}")' for trace in TRACES if trace != "scatter")
    return f'var Plotly = require("plotly.js/lib/core");\nPlotly.register([{named}]);\nmodule.exports = Plotly;\n'


def _run(*command: str, work: Path) -> None:
    subprocess.run(command, cwd=work, check=True, capture_output=True, text=True)  # noqa: S603  # pinned, see package-lock.json


def _without(why: str) -> int:
    said = _(
        "plotly.js was not built (%(why)s): the one that comes with Dash is used, which is four times as large.",
        why=why,
    )
    sys.stderr.write(f"{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
