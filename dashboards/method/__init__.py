"""METHOD as pure functions: numbers in, numbers out; no SQL, no Dash, no Plotly."""
