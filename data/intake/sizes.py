"""How large a file may be (CONTRACT, Refused): who takes it in, who keeps it and who reads it go by one number."""

from __future__ import annotations

LARGEST_FILE = 20 * 2**20
"""Bytes, of a workbook or of what is attached to one."""
