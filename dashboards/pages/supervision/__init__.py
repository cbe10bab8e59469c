"""Supervision: what the committee's office found on its rounds and ordered to be put right, and who answered in time."""
