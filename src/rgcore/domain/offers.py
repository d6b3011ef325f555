"""Themes and offers: asked for, offered, attended, each per person."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.meetings import Yes
from rgcore.domain.text import Text


@frozen(kw_only=True)
class ThemeRequest:
    """Somebody asks for a theme.

    Attributes:
        id: Unique in the group.
        person: Who asks.
        theme: A theme of the method, or one of the brochure's trainings.
        on: The day.
        words: What they hope to get out of it.
    """

    id: ItemId
    person: PersonId
    theme: Code
    on: date
    words: Text | None = None


@frozen(kw_only=True)
class Offer:
    """A theme meeting of the group's own, or something outside it.

    Attributes:
        id: Unique in the group.
        topic: A theme of the method, or the code of an outside offer such as
            `relatives_group`.
        outside: Whether it is held elsewhere; then it is no theme meeting.
        people: For whom.
        on: The day on which it was offered.
        taken: Who said that they take part, since when.
        words: What it is, in words.
        answers: The requests that it answers.
        attended: Who was there, on which day.
        material: The institution's own material that goes with it, in words.
        given_by: Who gives it, if the group knows them.
        coordinated_by: Who sees to it that it comes about.
        wished_for: The day around which the people would like it.
        goals: The goals it serves.
    """

    id: ItemId
    topic: Code
    outside: bool
    people: tuple[PersonId, ...]
    on: date
    taken: tuple[Yes, ...] = ()
    words: Text | None = None
    answers: tuple[ItemId, ...] = ()
    attended: tuple[Yes, ...] = ()
    material: Text | None = None
    given_by: PersonId | None = None
    coordinated_by: PersonId | None = None
    wished_for: date | None = None
    goals: tuple[ItemId, ...] = ()

    def state_of(self, person: PersonId) -> str:
        """Return `attended`, `taken`, `offered`, or an empty string if not for them."""
        if any(yes.person == person for yes in self.attended):
            return "attended"
        if any(yes.person == person for yes in self.taken):
            return "taken"
        return "offered" if person in self.people else ""
