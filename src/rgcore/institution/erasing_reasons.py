"""What stands in the way of an erasure, all of it at once, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Final

from attrs import frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, PersonId
from rgcore.errors import Fault, Language, RgcoreError
from rgcore.institution.recording import AMSTERDAM
from rgcore.institution.retention_terms import (
    CLIENT,
    OWN_WORDS,
    RELATIVE,
    Keeping,
    RetentionClass,
)
from rgcore.store.erasing_register import Hold

HOLDS: Final = tuple(map(Code, ("legal_hold", "complaint", "others_interest")))
"""The kinds of holds that people make."""

OWN_ITEMS: Final = tuple(map(Code, ("handed_over", "declined")))
"""What can have become of what others keep for themselves."""

REASONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "custody": {
            "en": (
                "the client died: what is kept is in custody, and goes only on a "
                "ground that is named (--ground)"
            ),
            "nl": (
                "de cliënt is overleden: wat er is blijft in bewaring en gaat alleen "
                "weg op een grond die genoemd is (--ground)"
            ),
        },
        "retention": {
            "en": (
                "the term of {code} runs until {until} [{source}]; {owner} answers for "
                "it"
            ),
            "nl": (
                "de bewaartermijn van {code} loopt tot {until} [{source}]; {owner} "
                "gaat daarover"
            ),
        },
        "own_items": {
            "en": (
                "others keep things of their own in it ({count}), and those would go "
                "too: let each of them export them first, then say --own-items "
                "handed_over, or declined"
            ),
            "nl": (
                "anderen bewaren er iets van zichzelf in ({count}), en dat zou ook "
                "weggaan: laat hen het eerst exporteren, en zeg dan --own-items "
                "handed_over, of declined"
            ),
        },
        "not_theirs": {
            "en": (
                "a relative can ask for what is said by or about themselves, and for "
                "nothing else"
            ),
            "nl": (
                "een naaste kan vragen om wat door of over haar of hem gezegd is, en "
                "om niets anders"
            ),
        },
        "legal_hold": {
            "en": "it has to be kept for a legal matter ({because}), {end} [hold {id}]",
            "nl": (
                "het moet bewaard blijven voor een rechtszaak ({because}), {end} "
                "[hold {id}]"
            ),
        },
        "complaint": {
            "en": "a complaint is being looked into ({because}), {end} [hold {id}]",
            "nl": "er loopt een klacht ({because}), {end} [hold {id}]",
        },
        "others_interest": {
            "en": (
                "somebody else has a substantial interest in it ({because}), {end} "
                "[hold {id}]"
            ),
            "nl": (
                "iemand anders heeft er een aanmerkelijk belang bij ({because}), {end} "
                "[hold {id}]"
            ),
        },
    }
)
"""How each is said, by its code. What stands in braces is a code, a count or a date."""

_ENDS: Final = {
    "en": ("until {until}", "until it is lifted"),
    "nl": ("tot {until}", "tot het opgeheven wordt"),
}


@frozen(kw_only=True)
class Reason:
    """Something that stands in the way.

    Attributes:
        code: Which of `REASONS`.
        until: The first day on which it does not any more, if that is known.
        params: What fills its sentence: codes, counts and ids.
    """

    code: Code
    until: date | None = None
    params: tuple[tuple[str, str], ...] = ()

    def sentence(self, language: Language = "en") -> str:
        """Return it as a sentence in `nl` or `en`."""
        texts = REASONS[self.code]
        until = self.until.isoformat() if self.until else ""
        known, unknown = _ENDS.get(language, _ENDS["en"])
        end = known.format(until=until) if until else unknown
        filled = {**dict(self.params), "until": until, "end": end}
        return texts.get(language, texts["en"]).format_map(filled)


class ErasureRefused(RgcoreError):
    """Raised when something stands in the way of an erasure; carries every reason.

    Attributes:
        reasons: All of them.
    """

    code = "erase.refused"
    fault = Fault.CALLER
    text: ClassVar[dict[Language, str]] = {
        "en": "Nothing was erased. {lines}",
        "nl": "Er is niets gewist. {lines}",
    }

    def __init__(self, reasons: Iterable[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(lines="")

    def sentence(self, language: Language = "en") -> str:
        """Return the sentence with one clause per reason."""
        lines = "; ".join(one.sentence(language) for one in self.reasons)
        return self.text.get(language, self.text["en"]).format(lines=lines)


@frozen(kw_only=True)
class Wish:
    """What somebody wants to be erased.

    Attributes:
        person: Whose words, by all ids that they were known by; `None` for the group.
            If texts are redacted, by or about whom they are.
        redacts: Who keeps something for themselves among texts that are redacted;
            `None` if it is about a person or a group.
        whose: Who wants it.
        ground: The legal ground that was named, if one was.
        own_items: What became of what others keep for themselves, if anybody said.
        read: Whose words can still be read.
    """

    person: frozenset[PersonId] | None
    redacts: frozenset[PersonId] | None = None
    whose: Code
    ground: Code | None
    own_items: Code | None
    read: frozenset[PersonId]


def reasons(
    group: ResourceGroup,
    wish: Wish,
    holds: Iterable[Hold],
    keeping: Keeping,
    on: date,
) -> tuple[Reason, ...]:
    """Return everything that stands in the way on a day.

    Args:
        group: The group.
        wish: What somebody wants.
        holds: The holds on this group.
        keeping: How long what is kept.
        on: The day.
    """
    if wish.redacts is not None:
        # The record stays: its term and its custody are not touched.
        return (*_of_own_items(group, wish), *_of_holds(wish, holds, on))
    return (
        *_of_death(group, wish),
        *_of_asker(group, wish),
        *_of_own_items(group, wish),
        *_of_term(group, wish, keeping, on),
        *_of_holds(wish, holds, on),
    )


def class_of(group: ResourceGroup, keeping: Keeping) -> RetentionClass:
    """Return the class of a group's record; of several hosts the longest term holds.

    Args:
        group: The group.
        keeping: How long what is kept.
    """
    found = [keeping.of_ground(hosting.ground) for hosting in group.hostings]
    usual = keeping.classes[keeping.default]
    last = group.started_on
    return max(found or [usual], key=lambda one: (one.ends(last), one.code))


def last_change(group: ResourceGroup) -> date:
    """Return the day on which anything was last recorded in a group.

    Args:
        group: The group.
    """
    times = [happening.recorded_at for happening in group.happenings]
    return max(times).astimezone(AMSTERDAM).date() if times else group.started_on


def _is_the_client(group: ResourceGroup, wish: Wish) -> bool:
    return wish.person is None or group.client in wish.person


def _of_death(group: ResourceGroup, wish: Wish) -> Iterator[Reason]:
    died = group.died_on(group.client) is not None
    if died and _is_the_client(group, wish) and wish.ground is None:
        yield Reason(code=Code("custody"))


def _of_asker(group: ResourceGroup, wish: Wish) -> Iterator[Reason]:
    if wish.whose == RELATIVE and _is_the_client(group, wish):
        yield Reason(code=Code("not_theirs"))


def _of_own_items(group: ResourceGroup, wish: Wish) -> Iterator[Reason]:
    """Look for what others than the asker keep for themselves, and would lose."""
    if wish.own_items is not None or wish.whose == RELATIVE:
        return
    owners = {item.owner for item in group.own_items} & wish.read
    if wish.redacts is not None:
        owners &= wish.redacts
    others = {group.known_as(one) for one in owners} - {group.client}
    theirs = others if wish.person is None else others & wish.person
    if theirs:
        count = str(len(theirs))
        yield Reason(code=Code("own_items"), params=(("count", count),))


def _of_term(
    group: ResourceGroup, wish: Wish, keeping: Keeping, on: date
) -> Iterator[Reason]:
    own = wish.whose == RELATIVE
    found = keeping.classes[OWN_WORDS] if own else class_of(group, keeping)
    until = found.ends(last_change(group))
    if wish.whose in found.binds and on < until:
        params = (
            ("code", found.code),
            ("source", found.source),
            ("owner", found.owner),
        )
        yield Reason(code=Code("retention"), until=until, params=params)


def _of_holds(wish: Wish, holds: Iterable[Hold], on: date) -> Iterator[Reason]:
    for hold in holds:
        concerns = (
            hold.person is None or wish.person is None or hold.person in wish.person
        )
        if concerns and hold.runs_on(on):
            params = (
                ("id", hold.id),
                ("because", hold.made.because),
                ("by", hold.made.by),
            )
            yield Reason(code=hold.kind, until=hold.until, params=params)


def usual_asker(group: ResourceGroup, person: PersonId | None) -> Code:
    """Return who mostly asks for this, where nobody said who does.

    Args:
        group: The group.
        person: Whose words; `None` for the group.
    """
    return CLIENT if person in {None, group.client} else RELATIVE
