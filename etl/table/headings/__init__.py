"""Headings as offices write them, and what stands above a table."""
