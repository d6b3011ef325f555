"""Whatever people say, the plan keeps its shape when Markdown is read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st

from render.group import saying
from rgcore.render.pages import plan_markdown
from rgcore.render.speech import isolated, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
else:
    # It comes with Sphinx's MyST parser, which the core tests do without.
    MarkdownIt = pytest.importorskip("markdown_it").MarkdownIt

NASTY = (
    "- x",
    "+ x",
    "* x",
    "1. x",
    "1) x",
    "> x",
    "# x",
    "x\n# y",
    "x\n\n# y",
    "x\r\n\r\n- y",
    "x\n===",
    "===",
    "---",
    "***",
    "~~~",
    "```",
    "``` x\n```",
    "    code",
    "\tcode",
    "`x`",
    "*x*",
    "__x__",
    "~~x~~",
    "<b>x</b>",
    "<script>x</script>",
    "<!--",
    "<?x",
    "<http://x.nl>",
    "[x](http://x.nl)",
    "![x](http://x.nl)",
    "[x]: http://x.nl",
    "[ ] x",
    "| a | b |\n|---|---|",
    "&lt;b&gt;",
    "&#35; x",
    "x  \ny",
    "x\\",
    "\\",
    "#",
    "x #",
    "”",
    "…",
    "سميرة - x",
    "- سميرة",
    "x\u2028# y",
    "\u00a0- x",
)

_KEPT = st.characters(
    exclude_categories=["Cc", "Cs"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_SIGNS = st.sampled_from("-+*_#>`~=|<>[]()!&;:\\.1 2\n\t\r\"'ab\u0627\u05d0")
SAID = st.text(st.one_of(_SIGNS, _KEPT), min_size=1, max_size=40).filter(
    lambda said: bool(said.strip())
)


def _read(text: str) -> list[Token]:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return reader.parse(text)


def _shape(tokens: list[Token]) -> list[tuple[str, str, int]]:
    return [(token.type, token.tag, token.level) for token in tokens]


def _inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


def _markup(tokens: list[Token]) -> list[str]:
    found = [token.type for token in _inline(tokens)]
    return [type_ for type_ in found if type_ not in {"text", "text_special"}]


def _headings(tokens: list[Token]) -> list[str]:
    """Return the words of each heading as a reader sees them."""
    found = []
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            found.append("".join(child.content for child in token.children or ()))
    return found


PLAIN = {
    language: _read(plan_markdown(saying(lambda _: "x"), language))
    for language in ("nl", "en")
}


def _assert_in_shape(said: str, language: str) -> None:
    tokens = _read(plan_markdown(saying(lambda _: said), language))
    assert _shape(tokens) == _shape(PLAIN[language])
    assert _markup(tokens) == _markup(PLAIN[language])
    # What was said is read as it was said, but for line breaks.
    goals = [token for token in _headings(tokens) if token == isolated(one_line(said))]
    assert len(goals) == 3


@pytest.mark.parametrize("said", NASTY)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_signs_in_words_are_no_markup(said: str, language: str) -> None:
    _assert_in_shape(said, language)


@given(SAID)
def test_no_words_change_the_shape_of_the_plan(said: str) -> None:
    _assert_in_shape(said, "nl")
