"""Which rows below a header are data, and what the others are."""
