"""Find a group by a number of another system, or by a handle of the host."""

from __future__ import annotations

import re
from typing import Final, Protocol

from rgcore.access import may_see
from rgcore.domain.actor import Actor
from rgcore.domain.ids import CODE_PATTERN, Code, GroupId
from rgcore.errors import InputError, NotAvailable, Problem
from rgcore.institution.recording import AMSTERDAM, Means
from rgcore.method import Method
from rgcore.store import Store
from rgcore.store.handles import Handles

_LONGEST: Final = 200
"""How many signs a number may have. Our own default."""

_NEVER: Final = frozenset({"bsn"})
"""A citizen service number has few enough values to be tried one by one."""


class LineWriter(Protocol):
    """Writes a line in the access log and commits it."""

    def __call__(
        self, actor: Actor, event: str, group: GroupId | None, *, shown: bool
    ) -> None:
        """Write it.

        Args:
            actor: Who asked.
            event: What for.
            group: Which group, if it is known.
            shown: Whether they get an answer.
        """


class Finder:
    """Links numbers to groups, and follows them.

    Args:
        store: Keeps the groups.
        handles: Keeps the numbers, blinded.
        method: Says with the group's facts who may see it.
        means: Gives the time.
        log: Writes a line before anything is answered.
    """

    def __init__(
        self,
        *,
        store: Store,
        handles: Handles,
        method: Method,
        means: Means,
        log: LineWriter,
    ) -> None:
        self._store = store
        self._handles = handles
        self._method = method
        self._means = means
        self._log = log

    def link(self, group: GroupId, kind: str, number: str, actor: Actor) -> None:
        """Let a number lead to a group."""
        self._check(group, kind, number, actor, "link")
        self._handles.keep(Code(kind), number, group)

    def unlink(self, group: GroupId, kind: str, number: str, actor: Actor) -> None:
        """Let a number no longer lead to a group."""
        self._check(group, kind, number, actor, "unlink")
        self._handles.drop(Code(kind), number, group)

    def find(self, kind: str, number: str, actor: Actor) -> GroupId:
        """Return the group to which a number leads, if it is theirs to see."""
        _look_over(kind, number)
        group = self._handles.find(Code(kind), number)
        allowed = group is not None and self._may_see(group, actor)
        self._log(actor, "find", group, shown=allowed)
        if group is None or not allowed:
            raise NotAvailable
        return group

    def _check(
        self, group: GroupId, kind: str, number: str, actor: Actor, event: str
    ) -> None:
        _look_over(kind, number)
        allowed = self._may_see(group, actor)
        self._log(actor, event, group, shown=allowed)
        if not allowed:
            raise NotAvailable

    def _may_see(self, group: GroupId, actor: Actor) -> bool:
        loaded = self._store.load(group)
        if loaded is None:
            return False
        today = self._means.clock().astimezone(AMSTERDAM).date()
        return may_see(loaded.group, self._method, actor, None, today).allowed


def _look_over(kind: object, number: object) -> None:
    known = isinstance(kind, str) and re.fullmatch(CODE_PATTERN, kind) is not None
    problems = []
    if not known:
        problems.append(Problem("input.not_a_code", "kind"))
    elif kind in _NEVER:
        problems.append(Problem("input.no_citizen_number", "kind"))
    if not isinstance(number, str):
        problems.append(Problem("input.wrong_type", "number"))
    elif not number.strip() or len(number) > _LONGEST or not number.isprintable():
        problems.append(Problem("input.out_of_range", "number"))
    if problems:
        raise InputError(problems)
