"""Accepted or refused: from the receipt to the rows, their differences, and the database made anew."""
