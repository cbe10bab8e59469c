"""Who has sent what; sending it; what was found in it."""
