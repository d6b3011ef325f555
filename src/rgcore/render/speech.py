"""Say names, dates, codes and findings in one language to one reader."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from attrs import frozen
from babel import Locale
from babel.dates import format_date

from rgcore.access import View
from rgcore.domain.findings import Finding
from rgcore.domain.ids import PersonId
from rgcore.domain.text import ERASED, PersonName, Text
from rgcore.method import Method
from rgcore.render.naming import SAID_AS, WITHHELD, item_named
from rgcore.render.translation import Translate, translator

_RIGHT_TO_LEFT: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_ISOLATE: Final = "\u2068"
_PLACEHOLDER: Final = re.compile(r"\{(\w+)\}")
_TWO_ENDS: Final = re.compile(r"([.!?…]\u2069?)\.$")


@frozen
class Voice:
    """Says what a method means, in one language, to nobody in particular.

    Attributes:
        method: Knows what codes are called.
        language: `nl` or `en`.
    """

    method: Method
    language: str

    @property
    def fixed(self) -> Translate:
        """Return what translates fixed texts."""
        return translator(self.language)

    def code(self, code: str, vocabulary: str = "") -> str:
        """Return what a code is called.

        Args:
            code: The code. One that nobody has words for is said as it is, in words.
            vocabulary: The list that it stands in, where lists share words.
        """
        for known in (f"{vocabulary}.{code}", code):
            said = self.method.named(known, self.language)
            if said != known:
                return said
        return code.rpartition(".")[2].replace("_", " ")

    def day(self, day: date) -> str:
        """Return a day as people write it: 24 februari 2025."""
        return format_date(day, "d MMMM y", locale=self.language)

    def weekday(self, day: date) -> str:
        """Return a day with its name: maandag 24 februari 2025."""
        return format_date(day, "EEEE d MMMM y", locale=self.language)

    def tongue(self, tag: str) -> str:
        """Return what a language is called: Arabisch; its tag if nobody knows."""
        known = Locale(self.language).languages.get(tag.partition("_")[0])
        return known or tag

    def finding(self, finding: Finding) -> str:
        """Return a finding as a sentence; what cannot be named stays out."""
        return filled(self._template(finding), self._params(finding))

    def _template(self, finding: Finding) -> str:
        rule, step = self.method.rule(finding.code), self.method.step(finding.code)
        if rule is not None:
            return rule.sentence.said_in(self.language)
        if step is not None:
            return (step.sentence or step.wording).said_in(self.language)
        return self.code(finding.code)

    def _params(self, finding: Finding) -> dict[str, str]:
        return {
            name: self.day(value)
            if isinstance(value, date)
            # Not every string is a code: a path in the input stays as it is.
            else self.method.named(value, self.language)
            if isinstance(value, str)
            else str(value)
            for name, value in finding.params
        }


@frozen
class Speech(Voice):
    """Says what stands in a view, in one language, to its reader.

    Attributes:
        view: What the reader may see.
    """

    view: View

    @classmethod
    def of(cls, view: View, language: str) -> Speech:
        """Return the speech of a view.

        Args:
            view: What the reader may see.
            language: `nl` or `en`.
        """
        return cls(view.method, language, view)

    def name(self, person: PersonId) -> str:
        """Return what people at the table call somebody."""
        found = self.view.name(person)
        if isinstance(found, PersonName):
            return isolated(found.short)
        return self.fixed("somebody")

    def names(self, people: tuple[PersonId, ...]) -> str:
        """Return several names as a list: Klaas, Esmee en Vader."""
        return self.listed([self.name(person) for person in people])

    def listed(self, said: list[str]) -> str:
        """Return names or words as a list of which the last comes after "and"."""
        if len(said) < 2:  # noqa: PLR2004 - one name needs no "and"
            return "".join(said)
        several = self.fixed("{first} and {last}")
        return several.format(first=", ".join(said[:-1]), last=said[-1])

    def words(self, text: Text | None) -> str:
        """Return what was said; an empty string if nothing was."""
        said = self.view.said(text)
        if said is None:
            return ""
        if said is ERASED:
            return self.fixed("[erased]")
        if isinstance(said, PersonName):
            return isolated(said.written)
        return self.day(said) if isinstance(said, date) else isolated(said)

    def finding(self, finding: Finding) -> str:
        """Return a finding as a sentence, with the names this reader may see."""
        about: dict[str, str] = {}
        beside: dict[str, str] = {}
        for ref in finding.about:
            said = item_named(self, ref.kind, ref.id)
            about.setdefault(ref.kind.value, said)
            beside.setdefault(SAID_AS.get(ref.kind, "item"), said)
            # People's words may end with a full stop; so does the sentence.
            beside.setdefault("item", said.rstrip("."))
        values = {**beside, **self._params(finding), **about}
        return filled(self._template(finding), values)


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a sentence with its places filled; what cannot be named stays out.

    Args:
        template: The sentence, with names in braces.
        values: What stands in its places, by name.
    """
    said = _PLACEHOLDER.sub(lambda m: values.get(m[1], WITHHELD), template)
    return capitalised(one_line(said))


def ended_once(said: str) -> str:
    """Return a sentence with one end: people's own words bring theirs along."""
    return _TWO_ENDS.sub(r"\1", said)


def one_line(said: str) -> str:
    """Keep line breaks in people's words from making lines of their own."""
    return " ".join(said.split())


def capitalised(said: str) -> str:
    """Return a sentence with a capital at its start, inside an isolate too."""
    start = said.startswith(_ISOLATE)
    return said[:start] + said[start : start + 1].upper() + said[start + 1 :]


def isolated(said: str) -> str:
    """Keep what is written from right to left from turning the words around it."""
    if _RIGHT_TO_LEFT.search(said):
        return f"{_ISOLATE}{said}\u2069"
    return said
