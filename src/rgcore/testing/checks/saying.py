"""How a setting speaks to people: ST-22 to ST-24."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rgcore.domain.ids import Kind
from rgcore.method import (
    BASE,
    OwnChange,
    Per,
    Replacement,
    Rule,
    Speaks,
    Step,
    Texts,
    Wording,
)
from rgcore.render.naming import SAID_AS
from rgcore.testing.checks.ruling import spoken
from rgcore.testing.subject import Subject
from rgcore.testing.wordings import Worded, is_said, languages, places, worded

_LONG: Final = 4
"""From so many words on, the same text in both languages was not translated."""

_ITEM: Final = "item"

UNKIND: Final = {
    "nl": (
        r"te laat|achterstallig\w*|openstaande?",
        r"mislukt\w*|gefaald\w*|faalt|falen|gemist\w*|verzuimd\w*",
        r"verborgen|verzwegen|zorgmijd\w*|therapieontrouw\w*|geweigerd\w*|weigert",
    ),
    "en": (
        r"late|overdue|owed",
        r"fail(?:s|ed|ure|ures)?|missed|neglect\w*",
        r"hidden|conceal\w*|non-?complian\w*|refus(?:es|ed|al)",
    ),
}
"""Words that no sentence for people contains, by language."""

_UNKIND: Final = {
    language: re.compile(rf"\b(?:{'|'.join(rows)})\b", re.IGNORECASE)
    for language, rows in UNKIND.items()
}


def untranslated(subject: Subject) -> Iterator[str]:
    """Name what is not said in a language, or with other places in it.

    Args:
        subject: The setting.
    """
    for one in _every(subject):
        said = dict(languages(one.wording))
        for language, text in said.items():
            if not is_said(text):
                yield f"{one} says nothing in `{language}`."
        if len({places(text) for text in said.values()}) > 1:
            yield f"{one} has other places in another language."
        same = one.wording.nl == one.wording.en
        if same and len(one.wording.nl.split()) >= _LONG:
            yield f"{one} is the same in Dutch and in English."


def unfilled(subject: Subject) -> Iterator[str]:
    """Name places in sentences that nothing fills.

    Args:
        subject: The setting.
    """
    for part in subject.parts:
        # The sentence of an own change is looked at with its fields.
        field = "sentence" if isinstance(part, OwnChange) else ""
        inner = part.by if isinstance(part, Replacement) else part
        filled = _filled_by(inner)
        for one in worded(part):
            is_sentence = one.field.endswith("sentence")
            if field != one.field and not (isinstance(inner, Rule) and is_sentence):
                yield from _gaps(one, filled)
    for rule in subject.rules:
        yield from _unspoken(subject, rule)


def unkind(subject: Subject) -> Iterator[str]:
    """Name wordings with a word that reproaches somebody.

    Args:
        subject: The setting.
    """
    for one in _every(subject):
        for language, text in languages(one.wording):
            pattern = _UNKIND.get(language)
            found = pattern.search(text) if pattern else None
            if found:
                yield f"{one} says “{found[0].lower()}” (`{language}`)."


def _every(subject: Subject) -> Iterator[Worded]:
    title = subject.found.manifest.title
    wording = Wording(title.nl, title.en)
    yield Worded(part="the manifest", field="title", wording=wording)
    for part in subject.parts:
        yield from worded(part)


def _filled_by(part: object) -> frozenset[str]:
    """Return the names that are filled in the words of a part."""
    if isinstance(part, Step) and part.per is Per.NOMINEE:
        return frozenset({Kind.PERSON.value, _ITEM})
    if isinstance(part, Texts):
        # Whoever says a sentence of the base fills what it had.
        old = (one for one in BASE if one.code == part.code)
        return frozenset[str]().union(*(places(one.wording.en) for one in old))
    return frozenset()


def _gaps(one: Worded, filled: frozenset[str]) -> Iterator[str]:
    for name in sorted(places(one.wording.nl) | places(one.wording.en)):
        if name not in filled:
            yield f"{one}: nothing fills `{{{name}}}`."


def _unspoken(subject: Subject, rule: Rule) -> Iterator[str]:
    """Name places of a rule's sentence that it leaves empty when it speaks."""
    one = Worded(part=rule.code, field="sentence", wording=rule.sentence)
    if not any(_gaps(one, frozenset())):
        return
    found = (
        gap for _, said in spoken(subject, rule) for gap in _gaps(one, _given(said))
    )
    yield from dict.fromkeys(found)


def _given(said: Speaks) -> frozenset[str]:
    kinds = {ref.kind for ref in said.about}
    beside = {SAID_AS.get(kind, _ITEM) for kind in kinds} | (
        {_ITEM} if kinds else set()
    )
    return frozenset({*kinds, *beside, *(name for name, _ in said.params)})
