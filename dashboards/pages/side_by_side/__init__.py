"""Two months of one unit, or two units of one month, on one page of differences."""
