"""``python vizro_page.py REPORT PORT``: the ranked bars of a month's report, by Vizro."""

import json
import sys
from pathlib import Path

import pandas as pd
import vizro.models as vm
import vizro.plotly.express as px
from vizro import Vizro

report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
rows = pd.DataFrame(report["groups"][0]["rows"])
bars = px.bar(rows, x="score", y="name", orientation="h", text="score")
page = vm.Page(title="月度执法排名", components=[vm.Graph(figure=bars)])
Vizro().build(vm.Dashboard(pages=[page])).run(host="127.0.0.1", port=int(sys.argv[2]), debug=False)
