"""What fills the page of the conformance kit."""

from __future__ import annotations

from collections.abc import Iterator

from parts.markdown import Lines, code_span, flat, table
from rgcore.method import Method
from rgcore.testing.rules import RULES, KitRule


def _overview(method: Method) -> Lines:
    del method
    rows = ((_link(rule), rule.level.value, rule.title) for rule in RULES)
    return table(("rule", "level", "what is asked"), rows)


def _link(rule: KitRule) -> str:
    return f"[{code_span(rule.number)}](#{rule.number.lower()})"


def _rules(method: Method) -> Lines:
    del method
    return flat(_rule(rule) for rule in RULES)


def _rule(rule: KitRule) -> Iterator[str]:
    # Its slug is its number in small letters, on GitHub and in Sphinx.
    yield from (f"### {rule.number}", "", f"**{rule.title}**", "")
    yield from (f"- level: {rule.level}", f"- why: {rule.why}", f"- mend: {rule.mend}")
    yield ""


PARTS = {"overview": _overview, "rules": _rules}
