"""How large a chart is as a picture: 16:9, as a slide is."""

from __future__ import annotations

WIDTH, HEIGHT = 1280, 720
"""Pixels of an SVG, in which sizes and places are told."""
SCALE = 2
"""A PNG has so many pixels for each of them: on a projector and on paper it stays sharp."""
