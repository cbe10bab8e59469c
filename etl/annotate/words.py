"""What the sheet 问题清单 and the marks say: the form's own words, in Chinese whatever the language of the remedies."""

from __future__ import annotations

LIST = "问题清单"
ERROR, WARNING, LEFT_OUT = "错误", "提示", "未读"
"""The beginnings of comments, by which they are known again."""
AUTHOR = "数据报送系统"
HEADER = ("类别", "工作表", "单元格", "列", "填写内容", "怎样改")
MANY_ALIKE = "同类问题很多的，只标出和列出最前面的单元格，其余写明处数。"


def found(errors: int, warnings: int, unread: int) -> str:
    """How much there is of each, and what to do with the sheet."""
    left_out = f"，未读 {unread} 处（灰色，未作为数据，请看有没有漏掉的）" if unread else ""
    return (
        f"错误 {errors} 处（红色，须更正），提示 {warnings} 处（黄色，请核对）{left_out}。"
        "点单元格名称可跳到该处；改好后直接报送本文件，本表不必删除。"
    )


def witness(journal: str, former: str) -> str:
    """What the copy says of the journal, so that it can be laid beside it later."""
    return f"存档凭据：日志 {journal}；此前的发布 {former or '无'}。请连同本表留存，日后可据此核对日志未被截去或改写。"


def first_listed(number: int) -> str:
    """That not all are listed."""
    return f"下面只列出前 {number} 处。"


def and_more(message: str, more: int) -> str:
    """A sentence of a problem that stands in more places than are marked."""
    return f"{message}（同类问题另有 {more:,} 处未逐一标出。）"
