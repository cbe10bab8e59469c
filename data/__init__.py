"""Data at rest: settings, clock, tables, archive and journal. Knows neither how data comes in nor how it is shown."""
