"""Themes and offers: asked for, offered, taken up, attended, each per person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    in_the_past,
    misfit,
    sealed_for,
)
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    GoalRef,
    NewOffer,
    NewThemeRequest,
    OfferRef,
    PersonId,
    PersonRef,
    ThemeCode,
    ThemeRequestRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.meetings import Yes
from rgcore.domain.offers import Offer, ThemeRequest
from rgcore.domain.text import Text


@frozen(kw_only=True)
class AskForTheme(Change):
    """Somebody asks for a theme or for one of the brochure's trainings.

    Attributes:
        request: Its id.
        person: Who asks.
        theme: Which theme.
        words: What they hope to get out of it.
    """

    TYPE = Code("theme.ask")
    KIND = ChangeKind.ACT

    request: NewThemeRequest
    person: PersonRef
    theme: ThemeCode
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the request."""
        request = ThemeRequest(
            id=self.request,
            person=self.person,
            theme=self.theme,
            on=self.happened_on,
            words=self.words,
        )
        return evolve(group, theme_requests=(*group.theme_requests, request))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return who asks."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        yield from sealed_for(self.words, self.person, ".words")


@frozen(kw_only=True)
class MakeOffer(Change):
    """Something is offered to people of the group.

    Attributes:
        offer: Its id.
        topic: A theme of the method, or the code of an outside offer such as
            `relatives_group`.
        outside: Whether it is held elsewhere; then it is no theme meeting.
        people: For whom.
        words: What it is.
        answers: The requests that it answers.
        material: The institution's own material that goes with it, in words.
        given_by: Who gives it, if the group knows them.
        coordinated_by: Who sees to it that it comes about.
        wished_for: The day around which the people would like it.
        goals: The goals it serves.
    """

    TYPE = Code("offer.make")
    KIND = ChangeKind.FACT

    offer: NewOffer
    topic: Code
    outside: bool
    people: tuple[PersonRef, ...]
    words: Text | None = None
    answers: tuple[ThemeRequestRef, ...] = ()
    material: Text | None = None
    given_by: PersonRef | None = None
    coordinated_by: PersonRef | None = None
    wished_for: date | None = None
    goals: tuple[GoalRef, ...] = ()

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `offer.make:outside` or `offer.make:theme`."""
        del group
        return f"{self.TYPE}:{'outside' if self.outside else 'theme'}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the offer."""
        offer = Offer(
            id=self.offer,
            topic=self.topic,
            outside=self.outside,
            people=self.people,
            on=self.happened_on,
            words=self.words,
            answers=self.answers,
            material=self.material,
            given_by=self.given_by,
            coordinated_by=self.coordinated_by,
            wished_for=self.wished_for,
            goals=self.goals,
        )
        return evolve(group, offers=(*group.offers, offer))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.people:
            yield misfit("empty", ".people")
        yield from in_the_past(self.wished_for, self, ".wished_for")


@frozen(kw_only=True)
class TakeOffer(Change):
    """People say that they take part in what was offered.

    Attributes:
        offer: Which offer.
        people: Who takes part.
    """

    TYPE = Code("offer.take")
    KIND = ChangeKind.FACT

    offer: OfferRef
    people: tuple[PersonRef, ...]

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep who takes part."""
        old = one(group.offers, self.offer)
        taken = tuple(Yes(person=p, on=self.happened_on) for p in self.people)
        new = evolve(old, taken=(*old.taken, *taken))
        return evolve(group, offers=replaced(group.offers, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.people:
            yield misfit("empty", ".people")


@frozen(kw_only=True)
class AttendOffer(Change):
    """People were there.

    Attributes:
        offer: Which offer.
        people: Who was there on this day.
    """

    TYPE = Code("offer.attend")
    KIND = ChangeKind.FACT

    offer: OfferRef
    people: tuple[PersonRef, ...]

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep who was there."""
        old = one(group.offers, self.offer)
        there = tuple(Yes(person=p, on=self.happened_on) for p in self.people)
        new = evolve(old, attended=(*old.attended, *there))
        return evolve(group, offers=replaced(group.offers, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not self.people:
            yield misfit("empty", ".people")
