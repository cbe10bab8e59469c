"""What a template may do: tell its fields, under conditions and in lists. Nothing in it may take long or grow without bounds.

Jinja's sandbox keeps a template from reaching what it should not; it does not keep it from multiplying texts. What is allowed here is
listed; all else is refused by its line.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import nodes

from data.language import gettext as _

FILTERS = frozenset(
    {"并列", "名单", "前几", "合并", "length", "list", "map", "selectattr", "rejectattr", "first", "last", "default", "sort", "int", "round"}
)  # fmt: skip
CALLS = frozenset({"节", "目", "joiner"})
"""What may be called, besides what ``joiner`` makes."""
MOST_SETS = 12
MOST_LISTS = 2
LONGEST_CONSTANT = 200
"""Names that a template may set; lists that may lie in one another; letters of a text between quotes, which a list may go through."""
_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.If,
    nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.Sub, nodes.Neg, nodes.Keyword,
)  # fmt: skip
_WITH_LIMITS = (nodes.For, nodes.Assign, nodes.Call, nodes.Filter, nodes.Add, nodes.List, nodes.Const)


class BeyondWording(ValueError):
    """What a template does and may not: the sentence names it and its line."""


def check_allowed(tree: nodes.Template) -> None:
    """BeyondWording for the first thing in a template that is not listed."""
    made = names_set(tree)
    grown = made | _names_of_lists(tree)
    for one in _every(tree):
        if not isinstance(one, _PLAIN + _WITH_LIMITS) or not _within_limits(one, made, grown):
            raise BeyondWording(
                _("line %(line)s: this cannot stand in a wording (%(what)s); fields, conditions and lists can", line=one.lineno, what=_named(one))
            )  # fmt: skip
    if len(list(tree.find_all(nodes.Assign))) > MOST_SETS or _deepest(tree) > MOST_LISTS:
        raise BeyondWording(
            _("a wording sets up to %(sets)s names and has up to %(lists)s lists in one another", sets=MOST_SETS, lists=MOST_LISTS)
        )  # fmt: skip


def names_set(tree: nodes.Template) -> set[str]:
    """The names that a template sets itself."""
    return {one.target.name for one in tree.find_all(nodes.Assign) if isinstance(one.target, nodes.Name)}


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for one in node.iter_child_nodes():
        yield from _every(one)


def _names_of_lists(tree: nodes.Template) -> set[str]:
    """The names of lists that the template makes itself, and under which these are gone through: each may stand for such a list again."""
    found: set[str] = set()
    for one in _every(tree):  # an outer one comes before those in it
        if not isinstance(one, nodes.Assign | nodes.For):
            continue
        of = list(_every(one.node if isinstance(one, nodes.Assign) else one.iter))
        if any(isinstance(each, nodes.Add | nodes.List) or getattr(each, "name", None) in found for each in of):
            found |= {each.name for each in _every(one.target) if isinstance(each, nodes.Name)}
    return found


def _within_limits(one: nodes.Node, made: set[str], grown: set[str]) -> bool:
    match one:
        case nodes.For():
            return not one.recursive
        case nodes.Const():
            return not isinstance(one.value, str) or len(one.value) <= LONGEST_CONSTANT
        case nodes.Assign():
            return isinstance(one.target, nodes.Name)
        case nodes.Call():
            return isinstance(one.node, nodes.Name) and one.node.name in {*CALLS, *made}
        case nodes.Filter(name="map"):
            return not one.args or (isinstance(one.args[0], nodes.Const) and one.args[0].value in FILTERS)
        case nodes.Filter():
            return one.name in FILTERS
        case nodes.Add() | nodes.List():
            return all(name.name not in grown for name in one.find_all(nodes.Name))
    return True


def _named(one: nodes.Node) -> str:
    name = getattr(one, "name", None) or getattr(getattr(one, "node", None), "name", None)
    return f"{type(one).__name__} {name}" if isinstance(name, str) else type(one).__name__


def _deepest(node: nodes.Node) -> int:
    """How many lists lie in one another."""
    inner = max((_deepest(one) for one in node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)
