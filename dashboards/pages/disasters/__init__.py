"""Warnings and disasters: each warning from its call to what was fed back, how soon it was answered, and what disasters cost."""
