"""A group that rests, goes elsewhere, comes back, or begins a phase again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import takewhile

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    Owner,
    misfit,
    sealed_for,
)
from rgcore.domain.changes.importing import ImportGroup
from rgcore.domain.dates import covers
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, NewDeparture, NewPause, PhaseCode, TeamId
from rgcore.domain.life import Departure, Pause, PhaseEntered, Way
from rgcore.domain.text import Text


@frozen(kw_only=True)
class PauseGroup(Change):
    """The client lets the group rest, until a day if one is known.

    What is to come waits until then, and nothing is late.

    Attributes:
        pause: Its id.
        until: First day on which the group goes on.
        words: Why, in the client's words.
    """

    TYPE = Code("group.pause")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    pause: NewPause
    until: date | None = None
    words: Text | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the pause."""
        pause = Pause(
            id=self.pause,
            since=self.happened_on,
            until=self.until,
            words=self.words,
            until_then=self.until,
        )
        return evolve(group, pauses=(*group.pauses, pause))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if _pauses(group, self.happened_on):
            yield misfit("paused_already", ".pause")
        if self.until is not None and self.until <= self.happened_on:
            yield misfit("ends_before_it_begins", ".until")
        yield from sealed_for(self.words, group.client, ".words")


@frozen(kw_only=True)
class ResumeGroup(Change):
    """The client lets the group go on, earlier than planned or at last."""

    TYPE = Code("group.resume")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End the pause on this day."""
        day = self.happened_on
        return evolve(
            group,
            pauses=tuple(
                evolve(p, until=day) if p.runs_on(day) else p for p in group.pauses
            ),
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if not _pauses(group, self.happened_on):
            yield misfit("not_paused", ".happened_on")


@frozen(kw_only=True)
class ChangeTeam(Change):
    """Another team of the institution keeps the group from now on.

    Who supports the client is apart from it: see `role.assign`.

    Attributes:
        team: The team, as the directory names it.
    """

    TYPE = Code("group.change_team")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    team: TeamId

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the group with the other team."""
        return evolve(group, team=self.team)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.team == group.team:
            yield misfit("same_team", ".team")


@frozen(kw_only=True)
class EnterPhase(Change):
    """The group says in which phase it is again. It completes and undoes nothing.

    Attributes:
        phase: The phase.
        words: Why.
    """

    TYPE = Code("phase.enter")
    KIND = ChangeKind.FACT

    phase: PhaseCode
    words: Text | None = None

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `phase.enter` with the phase."""
        del group
        return f"{self.TYPE}:{self.phase}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that the group is in this phase from this day."""
        entered = PhaseEntered(
            on=self.happened_on, phase=self.phase, change=self.id, words=self.words
        )
        return evolve(group, phases_entered=(*group.phases_entered, entered))


@frozen(kw_only=True)
class DepartGroup(Change):
    """The client takes the group home, to another institution, or lets it be kept.

    From this day nobody here is reminded of anything. No rule stands in the way.
    Another institution gets the whole history with `rgcore export`; no permission
    that was given here travels along.

    Attributes:
        departure: Its id.
        way: `home`, `other_institution` or `frozen`.
        to: To whom, in the client's words.
    """

    TYPE = Code("group.depart")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    departure: NewDeparture
    way: Way
    to: Text | None = None

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `group.depart` with the way."""
        del group
        return f"{self.TYPE}:{self.way}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep that the group left on this day. Everything in it stays.

        Where a group came in after it left elsewhere, it is back since.
        """
        departure = Departure(
            id=self.departure,
            on=self.happened_on,
            way=self.way,
            to=self.to,
            back_on=self._arrived(group),
        )
        return evolve(group, departures=(*group.departures, departure))

    def _arrived(self, group: ResourceGroup) -> date | None:
        day, moved = self.happened_on, self.way is Way.OTHER_INSTITUTION
        later = (on for on in _arrivals(group) if on > day or (moved and on == day))
        return min(later, default=None)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        day = self.happened_on
        if any(
            d.back_on is None or covers(d.on, d.back_on, day) for d in group.departures
        ):
            yield misfit("gone_already", ".departure")
        yield from sealed_for(self.to, group.client, ".to")


@frozen(kw_only=True)
class ComeBack(Change):
    """The client brings the group back here."""

    TYPE = Code("group.come_back")
    KIND = ChangeKind.ACT
    OWNER = Owner.CLIENT

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the day on which it came back."""
        away = self._away(group)
        return evolve(
            group,
            departures=tuple(
                evolve(d, back_on=self.happened_on) if d in away else d
                for d in group.departures
            ),
        )

    def _away(self, group: ResourceGroup) -> tuple[Departure, ...]:
        """Return the departures that this can end.

        In a group that came in, each is over when it came in at the latest; that it
        came back before, where it was, stands in the journal behind it.
        """
        day, arrivals = self.happened_on, _arrivals(group)
        return tuple(
            d
            for d in group.departures
            if d.back_on is None or (d.back_on in arrivals and d.on <= day <= d.back_on)
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        away = self._away(group)
        if not away:
            yield misfit("not_gone", ".happened_on")
        if any(self.happened_on < d.on for d in away):
            yield misfit("ends_before_it_begins", ".happened_on")


def _arrivals(group: ResourceGroup) -> tuple[date, ...]:
    """Return the days on which a group came in, which stand before all else in it."""
    came = takewhile(lambda h: h.type == ImportGroup.TYPE, group.happenings)
    return tuple(happened.on for happened in came)


def _pauses(group: ResourceGroup, day: date) -> bool:
    return any(p.runs_on(day) for p in group.pauses)
