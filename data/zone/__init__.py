"""The zone itself: units, calendar, deadlines, schemes, and how its names are compared."""
