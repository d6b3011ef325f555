"""Erase somebody, or a whole group: asked for by one, confirmed by another.

Asking is a fact and is kept, whatever stands in the way; confirming and carrying out
are refused with every reason. Nothing goes before its days of grace are over.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve

from rgcore.domain.actor import OPERATION, Actor
from rgcore.domain.dates import Period, later
from rgcore.domain.ids import ChangeId, GroupId, PersonId
from rgcore.errors import (
    ErasureNotNow,
    ErasureUnknown,
    InputError,
    Problem,
    SamePersonTwice,
)
from rgcore.institution.erasing_answers import Plan, Ran, Requested
from rgcore.institution.erasing_holding import Holding
from rgcore.institution.erasing_looking import Asked
from rgcore.institution.erasing_reasons import (
    ErasureRefused,
    Reason,
)
from rgcore.institution.erasing_running import Runner
from rgcore.institution.retention_terms import ANSWER, MORE_TIME
from rgcore.store.erasing_register import Erasure


class Erasing(Holding):
    """What whoever runs the institution asks of it about erasing."""

    def plan(
        self,
        group: GroupId | str,
        actor: Actor,
        *,
        person: PersonId | str | None = None,
        whose: str | None = None,
        ground: str | None = None,
        own_items: str | None = None,
    ) -> Plan:
        """Return what an erasure would do, and change nothing.

        Args:
            group: Which group.
            actor: An operator who says why.
            person: Whose words; everybody's and the group itself if nobody is named.
            whose: Who wants it: `client`, `relative` or `institution`.
            ground: The legal ground, after the client's death.
            own_items: What became of what others keep for themselves in it:
                `handed_over` or `declined`.

        Raises:
            EraserNeeded: The actor is no operator with a reason.
            NotAvailable: There is no such group.
            GroupErased: It was erased.
            InputError: The input has the wrong form, or the group has nobody of this
                id.
        """
        self._check(actor, "erase_plan", group)
        return self._planned(
            self._asked(
                group, person=person, whose=whose, ground=ground, own_items=own_items
            )
        )

    def plan_redaction(
        self,
        group: GroupId | str,
        entries: Iterable[ChangeId | str],
        actor: Actor,
        *,
        whose: str | None = None,
        own_items: str | None = None,
    ) -> Plan:
        """Return what redacting the texts of changes would do, and change nothing.

        Args:
            group: Which group.
            entries: The changes, by their ids.
            actor: An operator who says why.
            whose: Who wants it; a relative if nobody said.
            own_items: What became of what others keep for themselves among them.

        Raises:
            InputError: A change is not there, or has nothing that can be redacted.
            EraserNeeded, NotAvailable, GroupErased: As for `plan`.
        """
        self._check(actor, "erase_plan", group)
        named = _some(entries)
        return self._planned(
            self._asked(group, entries=named, whose=whose, own_items=own_items)
        )

    def _planned(self, asked: Asked) -> Plan:
        looked = self._looker.look(asked)
        redacts = looked.redacted is not None
        today = self._looker.today()
        earliest = later(today, Period(days=self._means.keeping.grace_days))
        final_on = self._looker.final_on(earliest, redacts=redacts)
        return Plan(
            group=asked.group,
            person=asked.person,
            entries=asked.entries,
            whose=looked.wish.whose,
            places=self._looker.places(looked.target, final_on, looked.redacted),
            reasons=self._looker.reasons(looked, today),
            earliest=earliest,
            final_on=final_on,
        )

    def request(
        self,
        group: GroupId | str,
        actor: Actor,
        *,
        whose: str,
        person: PersonId | str | None = None,
        received_on: date | None = None,
        ground: str | None = None,
        own_items: str | None = None,
    ) -> Requested:
        """Keep a request to erase somebody's words, or a whole group.

        Args:
            group: Which group.
            actor: An operator who says why.
            whose: Who wants it: `client`, `relative` or `institution`. It decides
                which terms stand in the way, so nobody guesses it.
            person: Whose words; everybody's and the group itself if nobody is named.
            received_on: The day on which the request came in; today if it is not
                given. The time to answer begins with it.
            ground: The legal ground, after the client's death.
            own_items: What became of what others keep for themselves in it.

        Raises:
            ErasureRefused: The client died and no ground is named.
            EraserNeeded, NotAvailable, GroupErased, InputError: As for `plan`.
        """
        self._check(actor, "erase_request", group)
        asked = self._asked(
            group, person=person, whose=whose, ground=ground, own_items=own_items
        )
        return self._kept_request(asked, actor, received_on)

    def redact(
        self,
        group: GroupId | str,
        entries: Iterable[ChangeId | str],
        actor: Actor,
        *,
        whose: str,
        received_on: date | None = None,
        own_items: str | None = None,
    ) -> Requested:
        """Keep a request to empty the texts of changes that speak of somebody.

        The changes still count. It is confirmed and carried out like any other.

        Args:
            group: Which group.
            entries: The changes, by their ids.
            actor: An operator who says why.
            whose: Who wants it.
            received_on: The day on which the request came in.
            own_items: What became of what others keep for themselves among them.

        Raises:
            InputError, EraserNeeded, NotAvailable, GroupErased: As for
                `plan_redaction`.
        """
        self._check(actor, "erase_request", group)
        named = _some(entries)
        asked = self._asked(group, entries=named, whose=whose, own_items=own_items)
        return self._kept_request(asked, actor, received_on)

    def _kept_request(
        self, asked: Asked, actor: Actor, received_on: date | None
    ) -> Requested:
        looked = self._looker.look(asked)
        today = self._looker.today()
        received = received_on or today
        if type(received) is not date or received > today:
            raise InputError([Problem("input.out_of_range", "received_on")])
        found = self._looker.reasons(looked, today)
        if any(reason.code == "custody" for reason in found):
            raise ErasureRefused(found)
        erasure = Erasure(
            id=self._means.ids(),
            group=asked.group,
            person=asked.person,
            entries=asked.entries,
            whose=looked.wish.whose,
            ground=asked.ground,
            own_items=asked.own_items,
            received_on=received,
            answer_by=later(received, ANSWER),
            grace_until=later(today, Period(days=self._means.keeping.grace_days)),
            requested=self._act(actor),
        )
        self._register.add(erasure)
        return Requested(erasure=erasure, reasons=found)

    def confirm(self, id_: str, actor: Actor) -> Erasure:
        """Agree to a request: somebody else than who asked for it.

        Args:
            id_: The request's id.
            actor: An operator who says why.

        Raises:
            SamePersonTwice: They asked for it.
            ErasureRefused: Something stands in the way; carries every reason.
            ErasureNotNow: It is not waiting for that.
            ErasureUnknown: There is none of this id.
            EraserNeeded, GroupErased: As for `plan`.
        """
        before = self._request(id_, actor, "erase_confirm", "requested")
        if actor.who == before.requested.by:
            raise SamePersonTwice(id=before.id)
        looked = self._looker.look(Asked.again(before))
        found = self._looker.reasons(looked, self._looker.today())
        if found:
            raise ErasureRefused(found)
        return self._kept(before, evolve(before, confirmed=self._act(actor)))

    def extend(self, id_: str, actor: Actor) -> Erasure:
        """Take more time to answer: two months, once, and before the first is over.

        Args:
            id_: The request's id.
            actor: An operator who says why; whoever asked is told why, in time.

        Raises:
            ErasureNotNow: It was extended before, is over, or it is too late.
            ErasureUnknown, EraserNeeded: As for `confirm`.
        """
        before = self._request(id_, actor, "erase_extend", "requested", "confirmed")
        if before.extended is not None:
            raise ErasureNotNow(state="extended")
        if self._looker.today() > before.answer_by:
            raise ErasureNotNow(state="late")
        longer = Period(months=ANSWER.months + MORE_TIME.months)
        answer_by = later(before.received_on, longer)
        after = evolve(before, extended=self._act(actor), answer_by=answer_by)
        return self._kept(before, after)

    def withdraw(self, id_: str, actor: Actor) -> Erasure:
        """Take a request back, as long as it is not being carried out.

        Args:
            id_: The request's id.
            actor: An operator who says why.

        Raises:
            ErasureNotNow: It is being carried out, or is over.
            ErasureUnknown, EraserNeeded: As for `confirm`.
        """
        before = self._request(id_, actor, "erase_withdraw", "requested", "confirmed")
        return self._kept(before, evolve(before, withdrawn=self._act(actor)))

    def run(self, actor: Actor) -> Ran:
        """Carry out what is confirmed and past its grace, unless something holds it.

        Do it each day. What a crash broke off is finished; what came back with an
        older copy of a database or of the key store is erased again.

        Args:
            actor: An operator; each request says why.

        Raises:
            EraserNeeded: The actor is none.
        """
        if actor.purpose != OPERATION:
            self._check(actor, "erase_run", None)
        return Runner(looker=self._looker, told=self._told).run(actor)

    def requests(self) -> tuple[Erasure, ...]:
        """Return all requests, the oldest first: ids, codes and dates."""
        groups = self._register.groups()
        found = [one for group in groups for one in self._register.erasures(group)]
        return tuple(sorted(found, key=lambda one: (one.requested.at, one.id)))

    def reasons(self, erasure: Erasure) -> tuple[Reason, ...]:
        """Return what stands in the way of a request today.

        Args:
            erasure: The request.

        Raises:
            GroupErased: Its group was erased.
        """
        looked = self._looker.look(Asked.again(erasure))
        return self._looker.reasons(looked, self._looker.today())

    def _request(self, id_: str, actor: Actor, event: str, *states: str) -> Erasure:
        group = self._register.group_of(Erasure, id_)
        self._check(actor, event, group)
        if group is None:
            raise ErasureUnknown
        found = next(one for one in self._register.erasures(group) if one.id == id_)
        if found.state not in states:
            raise ErasureNotNow(state=found.state)
        return found

    def _kept(self, before: Erasure, after: Erasure) -> Erasure:
        if not self._register.change(before, after):
            raise ErasureNotNow(state="changed")
        return after


def _some(entries: Iterable[str]) -> tuple[str, ...]:
    """Return ids of changes, at least one: without any it would be the whole group."""
    named = () if isinstance(entries, str) else tuple(entries)
    if not named:
        raise InputError([Problem("input.nothing_named", "entries")])
    return named
