"""One unit, everything: for an interview with its head, on two sheets of A4."""
