"""Which enterprises nobody inspected, and which were inspected again and again (page 检查覆盖)."""
