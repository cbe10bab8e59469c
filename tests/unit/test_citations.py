"""Whoever cites the method, the contract or the plan cites something that stands there.

Forms: METHOD section 2 · METHOD 5.7 · METHOD sections 1 to 4 · METHOD 第2节, and within brackets a title or a word of that
section behind a comma: (CONTRACT section 1, Nothing is passed over without a word), (METHOD section 2, timeliness),
(CONTRACT, Refused). An article is the plan's, unless its law stands beside it: Work Safety Law, article 113.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = ("app.py", "*.md", "Makefile", "pyproject.toml", *(
    f"{room}/**/*.{ending}"
    for room in ("assets", "dashboards", "data", "deploy", "docs", "etl", "tests")
    for ending in ("css", "html", "js", "md", "po", "py", "yaml")
))  # fmt: skip
LEFT_BEHIND = ROOT / "data" / "var"
FILES = sorted(
    path for place in PLACES for path in ROOT.glob(place) if path != Path(__file__) and LEFT_BEHIND not in path.parents
)

DOCUMENT = r"\b(?P<document>METHOD|CONTRACT)"
NUMBER = r"\d+(?:\.\d+)?"
NUMBERED = re.compile(
    rf"(?P<bracket>\()?{DOCUMENT}(?: sections? | 第| )(?P<first>{NUMBER})(?:(?P<to> to | and )(?P<last>{NUMBER}))?"
    r"(?(bracket)(?:, (?P<within>[^();:]+)(?=[);:]))?)"
)
TITLED = re.compile(rf"\({DOCUMENT}, (?P<title>[^();:]+)(?=[);:])")
LOOKS_NUMBERED = re.compile(rf"{DOCUMENT}[ ,.:(]*(?:§|第|[Ss]ect\w*\.?|[Cc]hapter|[Pp]art|[Pp]oint|[Nn]o\.?)?\s*(?=\d)")
IN_BRACKETS = re.compile(r"\((?:METHOD|CONTRACT)(?=[,:])")
ARTICLE = re.compile(r"\b[Aa]rticles? (\d+)(?:(–|, | and )(\d+))?")
LAW_BEFORE = re.compile(r"(?:Law(?: \d{4})?|Decree \d+|Penalties(?: \(\d{4}\))?)\)?, $")
LAW_BEHIND = re.compile(r" of the [A-Z]")


@dataclass(frozen=True)
class Document:
    """A document's sections, each with its text, and its titles: headings without numbers, and what is set in bold."""

    sections: dict[str, str]
    titles: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Document:
        """Of a Markdown text."""
        heads = list(re.finditer(r"^(#{2,3}) (?:(\d+(?:\.\d+)?)\.? )?(.*)$", text, re.M))
        sections = {}
        for one in heads:
            if one[2] is not None:
                above = next(
                    (other.start() for other in heads if other.start() > one.start() and len(other[1]) <= len(one[1])),
                    len(text),
                )
                sections[one[2]] = text[one.start() : above]
        titles = (
            [one[3] for one in heads] + re.findall(r"^\*\*(.+?)\*\*", text, re.M) + re.findall(r" \*\*(.+?)\*\*:", text)
        )
        return cls(sections, frozenset(title.rstrip(".").casefold() for title in titles))


DOCUMENTS = {
    name: Document.of((ROOT / "docs" / file).read_text(encoding="utf-8"))
    for name, file in (("METHOD", "method.md"), ("CONTRACT", "contract.md"))
}
PLAN = (ROOT / "docs" / "work-plan-2022.txt").read_text(encoding="utf-8")
ARTICLES = {int(number) for number in re.findall(r"^\s*(\d+)\.", PLAN, re.M)}


def unresolved(text: str) -> Iterator[str]:
    """The citations in a text that lead nowhere, or are written in none of the forms."""
    text = re.sub(r"\s*\n\s*(?:#+ )?", " ", text)
    strict = {one.start("document") for one in NUMBERED.finditer(text)}
    yield from (_around(text, one) for one in LOOKS_NUMBERED.finditer(text) if one.start() not in strict)
    yield from (one[0] for one in NUMBERED.finditer(text) if not _is_numbered(one))
    yield from (one[0] for one in TITLED.finditer(text) if not _names(DOCUMENTS[one["document"]], one["title"]))
    yield from (_around(text, one) for one in IN_BRACKETS.finditer(text) if TITLED.match(text, one.start()) is None)
    yield from (one[0] for one in ARTICLE.finditer(text) if not _is_article(text, one))


def _around(text: str, one: re.Match[str]) -> str:
    return text[one.start() : one.end() + 30]


def _is_numbered(one: re.Match[str]) -> bool:
    sections, first, last = DOCUMENTS[one["document"]].sections, one["first"], one["last"] or one["first"]
    cited = map(str, range(int(first), int(last) + 1)) if one["to"] == " to " else (first, last)
    if not sections.keys() >= set(cited):
        return False
    return one["within"] is None or _plain(one["within"]) in _plain(sections[first])


def _names(document: Document, title: str) -> bool:
    return title.strip().casefold() in document.titles


def _plain(text: str) -> str:
    return re.sub(r"[`*]", "", text).casefold().strip()


def _is_article(text: str, one: re.Match[str]) -> bool:
    if LAW_BEFORE.search(text[: one.start()][-30:]) or LAW_BEHIND.match(text, one.end()):
        return True
    first, last = int(one[1]), int(one[3] or one[1])
    return {first, last} <= ARTICLES


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_citation_resolves(file: Path) -> None:
    """Each section, title and article that a file cites is there."""
    assert list(unresolved(file.read_text(encoding="utf-8"))) == []


def test_plan_has_its_nineteen_articles() -> None:
    """The plan's numbered tasks are found, and none of its other numbers is taken for one."""
    assert set(range(1, 20)) == ARTICLES


def test_measures_come_from_articles_of_the_plan() -> None:
    """The ten measures' scheme names the articles that each measure comes from."""
    scheme = (ROOT / "data" / "reference" / "schemes" / "quarterly_scores.yaml").read_text(encoding="utf-8")
    named = [int(number) for listed in re.findall(r"articles: \[([\d, ]+)\]", scheme) for number in listed.split(", ")]
    assert named
    assert set(named) <= ARTICLES


@pytest.mark.parametrize(
    "good",
    [
        "as METHOD section 2 has it", "(METHOD 5.7)", "METHOD 第4节", "METHOD sections 1 to 4", "(METHOD, conventions)",
        "(CONTRACT section 1, Nothing is passed over\n    without a word)", "(CONTRACT, Taken as it comes: by alias)",
        "(METHOD section 2, timeliness)", "(CONTRACT section 2, ``load --json``)", "CONTRACT section 2: 3 where it fails",
        "(article 5 of the plan)", "Decree 493, article 29", "the Law on Administrative Penalties (2021), article 74", "article 74 of the Administrative Penalty Law", "articles 10, 11",
    ],
)  # fmt: skip
def test_forms_resolve(good: str) -> None:
    """Each form leads to its place, also where a line ends within it."""
    assert list(unresolved(good)) == []


@pytest.mark.parametrize(
    "made_up",
    [
        "METHOD section 9", "(METHOD 5.9)", "CONTRACT section 3", "METHOD 第7节", "METHOD sections 4 to 7", "METHOD section\n2.5",
        "METHOD § 2", "METHOD, section 2", "METHOD chapter 2", "(CONTRACT: Refused)", "(CONTRACT, Refused politely)",
        "(METHOD section 2, punctuality)", "(CONTRACT section 2, Taken as it comes)",
        "article 20", "(articles 10, 21)", "Article 113", "the reason is article 74.",
    ],
)  # fmt: skip
def test_made_up_citations_are_found(made_up: str) -> None:
    """What leads nowhere is found, and so is what is written in none of the forms."""
    assert list(unresolved(made_up)) != []
