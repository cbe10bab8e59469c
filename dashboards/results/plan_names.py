"""What articles and items of the work plan are called, on pages and in documents alike."""

from __future__ import annotations

from data.language import gettext as _


def article(number: str) -> str:
    """第1条, 工作目标, 保障措施1."""
    if number == "goals":
        return _("Goals")
    if number.startswith("safeguards."):
        return _("Safeguard %(n)s", n=number.removeprefix("safeguards."))
    return _("Article %(n)s", n=number)


def item_number(number: str) -> str:
    """12.3, 目标1, 保障2.1: as workbooks may call it."""
    if number.startswith("goals."):
        return _("goal %(n)s", n=number.removeprefix("goals."))
    if number.startswith("safeguards."):
        return _("safeguard %(n)s", n=number.removeprefix("safeguards."))
    return number
