"""How rollups are computed from rows: the same statement for loading, for checking, and for a day in the past."""
