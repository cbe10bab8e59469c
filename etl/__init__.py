"""Data coming in: workbook → cells → table → problems, or rows in one transaction."""
