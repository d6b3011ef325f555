"""Words for people, in the languages they read."""

from __future__ import annotations

from attrs import frozen


@frozen
class Wording:
    """The same words in Dutch and in English, and in languages added later.

    A rule's sentence holds names in braces that are filled for one reader:
    `{person}`, `{goal}`, `{meeting}`, `{date}`.

    Attributes:
        nl: Dutch, level B1.
        en: English.
        more: Other languages, as pairs of language and words.
    """

    nl: str
    en: str
    more: tuple[tuple[str, str], ...] = ()

    def said_in(self, language: str) -> str:
        """Return the words in a language; in English if there are none in it."""
        return {"nl": self.nl, "en": self.en, **dict(self.more)}.get(language, self.en)
