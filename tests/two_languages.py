"""Which words of the other script a page may hold, each with its reason; and how such words are found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

LATIN: Mapping[str, str] = {
    # programs and formats, which are called so in Chinese as well
    "Excel": "program", "Word": "program", "Office": "program", "WPS": "program", "Chromium": "program", "JavaScript": "language of scripts",
    "xlsx": "format", "docx": "format", "pptx": "format", "DOCX": "format", "CSV": "format", "JSON": "format", "ODS": "format", "PDF": "format", "JPEG": "format", "PNG": "format", "SVG": "format", "YAML": "format",
    "UTF": "encoding", "MiB": "unit of size", "KiB": "unit of size", "SHA": "digest", "GB": "a national standard's letters",
    "plotly": "library", "js": "library", "npm": "program", "LibreOffice": "program", "make": "command", "setup": "command", "Dash": "library",
    "EN": "the switch names the other language as its readers do",
    # keys on a keyboard
    "Ctrl": "key",
    # what an administrator types: commands, their options, variables of the environment
    "python": "command", "m": "command", "data": "command", "etl": "command", "init": "command", "doctor": "command", "deep": "command",
    "users": "command", "add": "command", "import": "command", "worker": "command", "match": "command", "retry": "command",
    "against": "command", "format": "command", "output": "command", "discard": "command", "rebuild": "command", "reason": "command", "chmod": "command", "go": "command", "all": "command",
    "password": "command", "stdin": "command", "no": "command", "c": "command", "secrets": "command", "print": "command",
    "token": "command", "urlsafe": "command", "SUPERVISION": "variable", "SECRET": "variable", "KEY": "variable", "HOST": "variable",
    "ALLOWED": "variable", "HOSTS": "variable", "PORT": "variable", "TODAY": "variable", "OIDC": "variable", "ISSUER": "variable",
    "CLIENT": "variable", "ID": "variable", "http": "address", "https": "address", "demo": "command",
    "office": "the account that commands on the server act for",
    # keys of schemes and of the contract, which are written as they stand there
    "completion": "key of a scheme", "zero": "key of a scheme", "penalty": "key of a scheme", "inspections": "key of a scheme",
    "meta": "name of the hidden sheet", "case": "word of a line of which lots are drawn",
    # letters that are meant as letters
    "n": "key", "j": "key", "p": "key", "k": "key",
}  # fmt: skip
CHINESE: Mapping[str, str] = {
    # headings and choices of the workbooks, which are Chinese whoever reads of them
    "整改期限": "heading", "是否处罚": "heading", "是": "choice", "填报单位": "label", "复查日期": "heading", "复查结论": "heading",
    "批准延期至": "heading", "处罚决定书号": "heading", "检查文书号": "heading", "备注": "heading", "整改复查": "sheet", "汇总": "sheet",
    "合计": "word of a row of sums", "元": "unit of money, as it is read", "万元": "unit of money, as it is read",
    "常规": "Excel's name of a format",
    "年": "how a date may be written", "月": "how a date may be written", "日": "how a date may be written",
    "〔": "how a number is written", "〕": "how a number is written", "号": "how a number is written",
    "国办发": "the number of a document of the state",
    "禁": "choice", "停": "choice", "撤": "choice", "疏": "choice",
    "中文": "the switch names the other language as its readers do",
}  # fmt: skip

_PARAMETER = re.compile(r"%\(\w+\)[-0-9.]*[a-z]|\{\w+\}")
_NO_WORDS = re.compile(
    r"<[^>]+>|\b(?=[a-f]*\d)[0-9a-f]{8,}\b|(?<![A-Za-z])[A-Z]{1,3}\d+(?![A-Za-z])|(?<![A-Za-z])[A-Z](?![A-Za-z])"
)
"""Marks of a chart's text, digests, cells, and letters that stand alone: columns of sheets, keys, letters that are meant as such."""
_LATIN = re.compile(r"[A-Za-z]+")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")


def latin_in(text: str) -> list[str]:
    """Latin words that a Chinese text should not hold."""
    return [word for word in _LATIN.findall(_NO_WORDS.sub(" ", _PARAMETER.sub(" ", text))) if word not in LATIN]


def chinese_in(text: str, names: Iterable[str] = CHINESE) -> list[str]:
    """Chinese characters and marks that an English text should not hold; ``names`` are taken away before."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, " ")
    return _CHINESE.findall(text)


def without(text: str, data: frozenset[str], longest: int) -> str:
    """A text without what is data in it; a single character is data only where it is the whole text."""
    if text in data or text.strip() in data:
        return ""
    return "".join(_kept(text, data, longest))


def _kept(text: str, data: frozenset[str], longest: int) -> Iterator[str]:
    at = 0
    while at < len(text):
        last = min(len(text), at + longest)
        end = next((end for end in range(last, at + 1, -1) if text[at:end] in data), None)
        if end is None:
            yield text[at]
        at = at + 1 if end is None else end
