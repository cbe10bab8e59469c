"""The pages, a folder each: page.py (layout, thin callbacks), figures.py (drawings), and parts in between."""
