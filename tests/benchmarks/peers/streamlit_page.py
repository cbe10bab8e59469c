"""``streamlit run streamlit_page.py -- REPORT``: the ranked bars of a month's report, by Streamlit."""

import json
import sys
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

report = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
rows = pd.DataFrame(report["groups"][0]["rows"])
st.title("月度执法排名")
st.plotly_chart(px.bar(rows, x="score", y="name", orientation="h", text="score"))
