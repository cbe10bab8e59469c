"""Whom to inspect next: each unit's list, its issue, the draw of it that anybody can repeat, and what past lists were worth."""
