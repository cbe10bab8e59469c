"""The overview: how the zone stands, and what needs a decision now."""
