"""How far apart two colours are to somebody who sees all of them, no red, or no green."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Matrix = Sequence[Sequence[float]]
EYES: Mapping[str, Matrix] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
}
"""On linear RGB; G. M. Machado and others, A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009, severity 1."""
TO_XYZ: Matrix = (
    (0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047),
    (0.2126, 0.7152, 0.0722),
    (0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883),
)
"""sRGB to XYZ, each over that of the white D65."""


def apart(one: str, other: str) -> float:
    """The distance in CIELAB (ΔE*ab, 1976) between two colours ``#rrggbb``, to the eye that tells them worst."""
    return min(
        sum((first - second) ** 2 for first, second in zip(_lab(one, eye), _lab(other, eye), strict=True)) ** 0.5
        for eye in EYES.values()
    )


def _lab(colour: str, eye: Matrix) -> tuple[float, float, float]:
    seen = [min(1.0, max(0.0, part)) for part in _times(eye, _linear(colour))]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in _times(TO_XYZ, seen))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _linear(colour: str) -> list[float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _times(matrix: Matrix, parts: Sequence[float]) -> list[float]:
    return [sum(factor * part for factor, part in zip(row, parts, strict=True)) for row in matrix]
