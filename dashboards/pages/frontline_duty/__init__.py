"""Front-line duty: which enterprises have their two lists and two cards, batch by batch against the days on which they are due."""
