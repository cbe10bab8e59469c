"""Sheets → tables: where headings and rows are, what a cell says, and what was left out."""
