"""Hazards: what is found, crossed off, open and overdue, how old it is, and each major hazard with its history."""
