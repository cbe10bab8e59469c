"""The casualty targets of a year: deaths against the cap, where they happened, and what follows each accident."""
