"""What a workbook is, and everything that is wrong with it."""
