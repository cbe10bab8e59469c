"""The monthly enforcement ranking: who stands where, and why."""
