"""Carry out what is confirmed: step by step, and again if a step was broken off."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final, Protocol

from attrs import define, evolve, field, frozen

from rgcore.domain.actor import Actor
from rgcore.domain.ids import GroupId
from rgcore.errors import (
    GroupErased,
    JournalDamaged,
    KeysForgotten,
    KeyStoreBehind,
    NotAvailable,
    StoreDamaged,
)
from rgcore.institution.erasing_answers import Failed, Ran, Requested
from rgcore.institution.erasing_looking import Asked, Looked, Looker
from rgcore.institution.erasing_reasons import Reason
from rgcore.store import LostRace
from rgcore.store.erasing import Target
from rgcore.store.erasing_register import Erasure

_OF_ONE_GROUP: Final = (
    StoreDamaged,
    KeyStoreBehind,
    KeysForgotten,
    JournalDamaged,
    NotAvailable,
)
"""Errors about one group: the others are gone through all the same."""

_WAITING: Final = frozenset({"confirmed", "started"})


class Told(Protocol):
    """Commits a line in the access log."""

    def __call__(
        self, actor: Actor, event: str, group: GroupId | None, *, allowed: bool
    ) -> None:
        """Write it.

        Args:
            actor: Who.
            event: What.
            group: Which group.
            allowed: Whether it is done.
        """


@define
class _Going:
    """What was done so far."""

    done: list[Erasure] = field(factory=list)
    again: list[Erasure] = field(factory=list)
    swept: list[GroupId] = field(factory=list)
    held: list[Requested] = field(factory=list)
    failed: list[Failed] = field(factory=list)

    def ran(self) -> Ran:
        return Ran(
            done=tuple(self.done),
            again=tuple(self.again),
            swept=tuple(self.swept),
            held=tuple(self.held),
            failed=tuple(self.failed),
        )


@frozen(kw_only=True)
class Runner:
    """Carries out what is confirmed and past its grace.

    Attributes:
        looker: Looks what a request is about, and what stands in its way.
        told: Commits a line in the access log before anything goes.
    """

    looker: Looker = field(eq=False)
    told: Told = field(eq=False)

    def run(self, actor: Actor) -> Ran:
        """Go through all requests; one that fails stops no other.

        Args:
            actor: Who runs it.
        """
        going = _Going()
        for group in self.looker.register.groups():
            try:
                self._of_group(group, actor, going)
            except _OF_ONE_GROUP as error:
                going.failed.append(Failed(group=group, code=error.code))
        self._sweep(actor, going)
        return going.ran()

    def _of_group(self, group: GroupId, actor: Actor, going: _Going) -> None:
        today = self.looker.today()
        for erasure in self.looker.register.erasures(group):
            if erasure.state == "done":
                self._look_after(erasure, actor, going)
            elif erasure.state in _WAITING and today >= erasure.grace_until:
                self._go(erasure, actor, today, going)

    def _go(self, erasure: Erasure, actor: Actor, on: date, going: _Going) -> None:
        """Carry out one request, or say what stands in its way."""
        looked = self._looked(erasure)
        target = looked.target if looked else _of(erasure)
        if looked and self._can_stop(erasure, target):
            found = self.looker.reasons(looked, on)
            if found:
                going.held.append(self._held(erasure, found))
                return
        started = self._started(erasure, target, looked, on)
        if started is None:
            # Somebody else carries it out, or took it back just now.
            return
        self.looker.eraser.reached("started")
        self.told(actor, "erase", erasure.group, allowed=True)
        if erasure.entries:
            done = self._redacted(started, actor, on)
        else:
            done = self._carried_out(started, target, on)
        if done is not None:
            going.done.append(done)

    def _looked(self, erasure: Erasure) -> Looked | None:
        """Return what a request is about; `None` if it can only be finished.

        So it is if its group was erased by now, or its texts were emptied.
        """
        redactor = self.looker.redactor
        if erasure.entries and redactor.is_done(erasure.group, erasure.id):
            return None
        try:
            return self.looker.look(Asked.again(erasure))
        except GroupErased:
            return None
        except KeyStoreBehind:
            if erasure.started_at is None:
                raise
            return None

    def _can_stop(self, erasure: Erasure, target: Target) -> bool:
        """Tell whether nothing is gone yet: behind that there is no way back."""
        begun = erasure.started_at is not None and not erasure.entries
        return not begun or self.looker.eraser.has_keys(target)

    def _held(self, erasure: Erasure, found: tuple[Reason, ...]) -> Requested:
        stopped = evolve(erasure, started_at=None)
        if stopped != erasure and self.looker.register.change(erasure, stopped):
            erasure = stopped
        return Requested(erasure=erasure, reasons=found)

    def _started(
        self, erasure: Erasure, target: Target, looked: Looked | None, on: date
    ) -> Erasure | None:
        """Keep that it is begun, with all ids of whoever it is and what will go."""
        report = erasure.report
        redacted = looked.redacted if looked else None
        if report is None or redacted or self.looker.eraser.has_keys(target):
            final_on = self.looker.final_on(on, redacts=bool(erasure.entries))
            places = self.looker.places(target, final_on, redacted)
            data = [place.as_data() for place in places]
            report = json.dumps(data, sort_keys=True)
        after = evolve(
            erasure,
            started_at=self.looker.means.clock(),
            people=tuple(sorted(target.people or ())),
            report=report,
        )
        return after if self.looker.register.change(erasure, after) else None

    def _carried_out(
        self, erasure: Erasure, target: Target, on: date
    ) -> Erasure | None:
        """Forget, empty, and keep that it is done; `None` if somebody else did."""
        eraser, register = self.looker.eraser, self.looker.register
        eraser.forget(target)
        final_on = self.looker.final_on(on)
        at = self.looker.means.clock()
        done = evolve(erasure, done_at=at, final_on=final_on)
        try:
            eraser.empty(target, register.finishing(erasure, done))
        except LostRace:
            return None
        return done

    def _redacted(self, erasure: Erasure, actor: Actor, on: date) -> Erasure | None:
        """Take the texts of single changes away; `None` if somebody else did."""
        looker, id_ = self.looker, erasure.id
        looker.redactor.redact(erasure.group, id_, erasure.entries, actor)
        looker.eraser.reached("redacted")
        final_on = looker.final_on(on, redacts=True)
        done = evolve(erasure, done_at=looker.means.clock(), final_on=final_on)
        return done if looker.register.change(erasure, done) else None

    def _look_after(self, erasure: Erasure, actor: Actor, going: _Going) -> None:
        """Erase again what came back with an older copy."""
        target = _of(erasure)
        if self.looker.eraser.came_back(target):
            self.told(actor, "erase", erasure.group, allowed=True)
            done = self._carried_out(erasure, target, self.looker.today())
            if done is not None:
                going.again.append(done)

    def _sweep(self, actor: Actor, going: _Going) -> None:
        """Empty groups whose keys were forgotten, with whatever leads to them."""
        store, eraser = self.looker.store, self.looker.eraser
        for group in store.groups():
            target = Target(group=group, people=None)
            try:
                keys = store.keys(group)
                if keys is None or not keys.is_erased or not eraser.is_left(target):
                    continue
            except _OF_ONE_GROUP as error:
                going.failed.append(Failed(group=group, code=error.code))
                continue
            self.told(actor, "erase", group, allowed=True)
            eraser.empty(target)
            going.swept.append(group)


def _of(erasure: Erasure) -> Target:
    """Return whose words a request that was begun is about."""
    people = None if erasure.is_of_the_group else frozenset(erasure.people)
    return Target(group=erasure.group, people=people)


def report_of(erasure: Erasure) -> list[dict[str, Any]]:
    """Return what went and what stayed, as plain data; nothing before it was begun.

    Args:
        erasure: The request.
    """
    return json.loads(erasure.report) if erasure.report else []
