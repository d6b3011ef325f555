"""What people say, kept apart from the skeleton.

A value of the domain never holds words. It holds a `Text`: an id and the person
whom the words are by or about. The words lie in that person's leaf, sealed with
their key, so that erasing someone is forgetting a key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from typing import Final

from attrs import frozen

from rgcore.domain.ids import PersonId, TextId

LONGEST_TEXT: Final = 100_000
"""Characters in one text. Our own default: some fifty pages."""


@frozen
class Text:
    """A place for words.

    Attributes:
        id: Unique in the group.
        subject: Whom the words are by or about; they are sealed for this person.
    """

    id: TextId
    subject: PersonId


@frozen(kw_only=True, repr=False)
class PersonName:
    """A name as its owner wants it written.

    No part but `written` is required: many people have no surname, or more than
    one. `prefix` is the Dutch *tussenvoegsel* ("van de", "'t").

    Attributes:
        written: The whole name as it should appear.
        given: Given name or names.
        prefix: Particle before the surname, as written within a full name.
        family: Surname without its particle; lists are sorted by it.
    """

    written: str
    given: str | None = None
    prefix: str | None = None
    family: str | None = None

    @classmethod
    def of(
        cls, given: str | None, prefix: str | None = None, family: str | None = None
    ) -> PersonName:
        """Put a name together from its parts, in the Dutch order."""
        parts = [part for part in (given, prefix, family) if part]
        written = "".join(p if p.endswith("'") else f"{p} " for p in parts).strip()
        return cls(written=written, given=given, prefix=prefix, family=family)

    @property
    def short(self) -> str:
        """Return what people at the table call this person."""
        return self.given or self.written

    @property
    def sort_key(self) -> tuple[str, str]:
        """Return the key of Dutch name lists: surname first, its particle not."""
        return ((self.family or self.written).casefold(), self.written.casefold())

    def __repr__(self) -> str:
        """Say only that it is a name: a repr may end up in a log."""
        return "PersonName(…)"


class Erased(Enum):
    """What is read in place of words whose key was forgotten."""

    ERASED = "erased"


ERASED: Final = Erased.ERASED

Said = str | PersonName | date
"""What a text can hold: words, a name, or a date such as a date of birth."""

Read = Said | Erased
"""What is read back."""


class Words(Mapping[TextId, Said]):
    """Words on their way into a group, by text id.

    It is a mapping, so it can be passed to `record` as it is. Its `repr` and its
    errors show no words.

    >>> words = Words()
    >>> letter = words.add("t1", subject="klaas", said="Beste pa en ma")
    >>> letter
    Text(id='t1', subject='klaas')
    >>> words
    Words(1)
    """

    def __init__(self, said: Mapping[TextId, Said] | None = None) -> None:
        self._said: dict[TextId, Said] = dict(said or {})

    def add(self, id: str, *, subject: str, said: Said) -> Text:  # noqa: A002
        """Keep words under an id and return the text that stands for them."""
        text = Text(TextId(id), PersonId(subject))
        self._said[text.id] = said
        return text

    def __getitem__(self, key: TextId) -> Said:
        """Return what was said under this id."""
        return self._said[key]

    def __iter__(self) -> Iterator[TextId]:
        """Go through the ids in the order in which they were added."""
        return iter(self._said)

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self._said)

    def __repr__(self) -> str:
        """Show how many, never what."""
        return f"Words({len(self)})"
