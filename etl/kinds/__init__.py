"""One file a kind of workbook. A new kind is a new file here and its tables in ``data/schema``."""
