"""What stands in the way of erasing, as people say so, and who may say it at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from attrs import evolve

from rgcore.domain.actor import OPERATION, Actor
from rgcore.domain.ids import CODE_PATTERN, ChangeId, Code, GroupId, PersonId
from rgcore.domain.inspection import look_over_id
from rgcore.errors import (
    EraserNeeded,
    ErasureNotNow,
    ErasureUnknown,
    InputError,
    Problem,
)
from rgcore.institution.erasing_looking import Asked, Looker
from rgcore.institution.erasing_reasons import HOLDS, OWN_ITEMS
from rgcore.institution.erasing_redacting import Index, Redactor
from rgcore.institution.intake import look_over_reader
from rgcore.institution.recording import Means
from rgcore.institution.retention_terms import WHOSE
from rgcore.store import AccessLog, AnchorFile, Line, Store
from rgcore.store.erasing import Eraser
from rgcore.store.erasing_register import Act, Hold, Register


class Holding:
    """Holds on erasing, each with who, why and until when.

    Args:
        store: The groups.
        log: The access log: a line is committed before anything else.
        means: The clock, and how long what is kept.
        index: Computes what the index should say of a group.
        anchors: Where heads of journals are noted, if anywhere.
    """

    def __init__(
        self,
        *,
        store: Store,
        log: AccessLog,
        means: Means,
        index: Index,
        anchors: AnchorFile | None = None,
    ) -> None:
        self._register = Register(store.database, store.key_store, store.institution)
        self._log = log
        self._means = means
        self._looker = Looker(
            store=store,
            log=log,
            means=means,
            anchors=anchors,
            register=self._register,
            eraser=Eraser(store),
            redactor=Redactor(store=store, means=means, index=index),
        )

    @property
    def register(self) -> Register:
        """Return what keeps requests and holds."""
        return self._register

    def hold(
        self,
        group: GroupId | str,
        actor: Actor,
        *,
        kind: str,
        person: PersonId | str | None = None,
        until: date | None = None,
    ) -> Hold:
        """Let something stand in the way of erasing for a while.

        Args:
            group: Which group.
            actor: An operator who says why.
            kind: `legal_hold`, `complaint` or `others_interest`.
            person: Whose words; everybody's if nobody is named.
            until: The first day on which it is over; until it is lifted if not given.

        Raises:
            EraserNeeded, NotAvailable, GroupErased, InputError: As for `plan`.
        """
        self._check(actor, "erase_hold", group)
        named = None if person is None else PersonId(person)
        self._looker.look(Asked(group=GroupId(group), person=named))
        problems = [*_of_codes(kind=(kind, HOLDS))]
        if until is not None and (type(until) is not date):
            problems.append(Problem("input.wrong_type", "until"))
        elif until is not None and until <= self._looker.today():
            problems.append(Problem("input.out_of_range", "until"))
        if problems:
            raise InputError(problems)
        hold = Hold(
            id=self._means.ids(),
            group=GroupId(group),
            person=None if person is None else PersonId(person),
            kind=Code(kind),
            made=self._act(actor),
            until=until,
        )
        self._register.add(hold)
        return hold

    def lift(self, id_: str, actor: Actor) -> Hold:
        """Let a hold be over.

        Args:
            id_: The hold's id.
            actor: An operator who says why.

        Raises:
            ErasureNotNow: It was lifted before.
            ErasureUnknown, EraserNeeded: As for `confirm`.
        """
        group = self._register.group_of(Hold, id_)
        self._check(actor, "erase_lift", group)
        if group is None:
            raise ErasureUnknown
        before = next(one for one in self._register.holds(group) if one.id == id_)
        if before.lifted is not None:
            raise ErasureNotNow(state="lifted")
        after = evolve(before, lifted=self._act(actor))
        if not self._register.change(before, after):
            raise ErasureNotNow(state="changed")
        return after

    def holds(self) -> tuple[Hold, ...]:
        """Return all holds, those that are over too: ids, codes and dates."""
        groups = self._register.groups()
        found = [one for group in groups for one in self._register.holds(group)]
        return tuple(sorted(found, key=lambda one: (one.made.at, one.id)))

    def _asked(
        self,
        group: str,
        *,
        person: str | None = None,
        entries: Iterable[str] = (),
        whose: str | None,
        ground: str | None = None,
        own_items: str | None,
    ) -> Asked:
        """Look over what somebody asks, and put it together."""
        named = tuple(entries)
        problems = [
            *_of_codes(whose=(whose, WHOSE), own_items=(own_items, OWN_ITEMS)),
            *(look_over_id(person, "person") if person is not None else ()),
            *(_of_ground(ground) if ground is not None else ()),
            *(
                problem
                for number, one in enumerate(named)
                for problem in look_over_id(one, f"entries[{number}]")
            ),
        ]
        if problems:
            raise InputError(problems)
        return Asked(
            group=GroupId(group),
            person=None if person is None else PersonId(person),
            entries=tuple(map(ChangeId, named)),
            whose=None if whose is None else Code(whose),
            ground=None if ground is None else Code(ground),
            own_items=None if own_items is None else Code(own_items),
        )

    def _check(self, actor: Actor, event: str, group: str | None) -> None:
        """Write a line and make sure that this is an operator who says why."""
        look_over_reader(actor, **({} if group is None else {"group": group}))
        allowed = (
            actor.purpose == OPERATION
            and actor.because is not None
            and actor.on_behalf_of is None
        )
        named = None if group is None else GroupId(group)
        self._told(actor, event, named, allowed=allowed)
        if not allowed:
            raise EraserNeeded

    def _act(self, actor: Actor) -> Act:
        because = actor.because or OPERATION
        return Act(by=actor.who, because=because, at=self._means.clock())

    def _told(
        self, actor: Actor, event: str, group: GroupId | None, *, allowed: bool
    ) -> None:
        """Commit a line in the access log: everything about erasing writes here."""
        line = Line.of(
            actor,
            id_=self._means.ids(),
            event=event,
            outcome="allowed" if allowed else "refused",
            at=self._means.clock(),
            group=group,
        )
        self._log.write(line)


def _of_codes(**given: tuple[str | None, tuple[Code, ...]]) -> list[Problem]:
    return [
        Problem("input.wrong_type", name, allowed)
        for name, (value, allowed) in given.items()
        if value is not None and value not in allowed
    ]


def _of_ground(ground: str) -> list[Problem]:
    """Look a ground over: it stands in clear, so it has to be a code."""
    known = re.fullmatch(CODE_PATTERN, str(ground)) is not None
    return [] if known else [Problem("input.not_a_code", "ground")]
