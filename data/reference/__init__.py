"""Units, sectors, deadlines and the rest that the zone ships with, as YAML that an official can read."""
