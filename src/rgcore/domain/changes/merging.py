"""Two people of the group who turn out to be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Final, TypeVar

from attrs import evolve, frozen

from rgcore.domain.changes.base import Change, ChangeKind, misfit
from rgcore.domain.changes.ending import without_the_dead
from rgcore.domain.findings import Finding
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, PersonId, PersonRef
from rgcore.domain.meetings import Attendance, Meeting, Presence
from rgcore.domain.people import (
    Birthdays,
    Death,
    Involvement,
    Membership,
    OwnPart,
    Person,
    RoleHeld,
)
from rgcore.domain.renaming import renamed
from rgcore.domain.text import Text

_LEFT: Final[frozenset[type[Any]]] = frozenset({Text, Happening})
"""What stays as it is: words lie sealed for whom they were, and history is history."""

SpanT = TypeVar("SpanT", bound=Membership | RoleHeld | Involvement)
LineT = TypeVar("LineT", bound=Birthdays | Death | OwnPart)

_OfOne = Membership | RoleHeld | Involvement | Attendance | Birthdays | Death | OwnPart


@frozen(kw_only=True)
class MergePeople(Change):
    """Two people of the group turn out to be one.

    Their words stay sealed as they are, so an erasure later forgets both keys.
    Marking this as entered in error parts them again.

    Attributes:
        kept: The person under whose id all goes on.
        gone: The person whose id is no longer used.
    """

    TYPE = Code("person.merge")
    KIND = ChangeKind.ACT

    kept: PersonRef
    gone: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Let every item that names one name the other."""
        gone = group.person(self.gone)
        left = tuple(p for p in group.people if p.id != self.gone)
        names = {self.gone: self.kept}
        one = renamed(evolve(group, people=left), names, _LEFT)
        merged = evolve(
            one,
            people=tuple(_both(p, gone) if p.id == self.kept else p for p in left),
            memberships=_joined(one.memberships, self._is_kept, _one_membership),
            roles=self._roles(one.roles),
            meetings=tuple(self._attended_once(m) for m in one.meetings),
            involvements=_joined(one.involvements, self._is_kept, _one_involvement),
            birthdays=self._latest(one.birthdays),
            parts=self._latest(one.parts),
            deaths=self._latest(one.deaths),
        )
        died = merged.died_on(self.kept)
        return without_the_dead(merged, self.kept, died) if died else merged

    def _is_kept(self, line: _OfOne) -> bool:
        return line.person == self.kept

    def _latest(self, lines: tuple[LineT, ...]) -> tuple[LineT, ...]:
        """Keep what was said last of somebody of whom there is one line."""
        *_, last = (None, *(line for line in lines if self._is_kept(line)))
        return tuple(x for x in lines if x is last or not self._is_kept(x))

    def _roles(self, roles: tuple[RoleHeld, ...]) -> tuple[RoleHeld, ...]:
        for role in dict.fromkeys(r.role for r in roles if self._is_kept(r)):
            roles = _joined(roles, _holds(self.kept, role), _one_role)
        return roles

    def _attended_once(self, meeting: Meeting) -> Meeting:
        """Keep the line that says most of somebody who has two, and a role of both."""
        lines = [line for line in meeting.attendance if self._is_kept(line)]
        if len(lines) <= 1:
            return meeting
        said_most = min(lines, key=lambda line: list(Presence).index(line.presence))
        roles = (said_most.as_role, *(line.as_role for line in lines))
        said_most = evolve(said_most, as_role=next(filter(None, roles), None))
        return evolve(
            meeting,
            attendance=tuple(
                said_most if line is lines[0] else line
                for line in meeting.attendance
                if line is lines[0] or not self._is_kept(line)
            ),
        )

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.kept == self.gone:
            yield misfit("same_person", ".gone")
            return
        staff = {p.id for p in group.people if p.staff}
        for path, person in ((".kept", self.kept), (".gone", self.gone)):
            if person == group.client:
                yield misfit("is_the_client", path)
            elif person in staff:
                yield misfit("is_staff", path)


def _both(kept: Person, gone: Person) -> Person:
    return evolve(
        kept,
        name=kept.name or gone.name,
        relation=kept.relation or gone.relation,
        also=(*kept.also, gone.id, *gone.also),
    )


def _holds(person: PersonId, role: Code) -> Callable[[RoleHeld], bool]:
    return lambda held: (held.person, held.role) == (person, role)


def _joined(
    spans: tuple[SpanT, ...],
    is_theirs: Callable[[SpanT], bool],
    one: Callable[[SpanT, SpanT], SpanT],
) -> tuple[SpanT, ...]:
    """Return intervals in which those of one person neither overlap nor touch.

    Args:
        spans: Intervals of everybody, in their order.
        is_theirs: Tells which are that person's.
        one: Makes one interval of two of which the first begins first.
    """
    done: list[SpanT] = []
    for span in sorted(filter(is_theirs, spans), key=lambda s: s.since):
        if done and span.since <= (done[-1].until or date.max):
            done[-1] = one(done[-1], span)
        else:
            done.append(span)
    first = next((n for n, s in enumerate(spans) if is_theirs(s)), 0)
    others = (s for s in spans[first:] if not is_theirs(s))
    return (*spans[:first], *done, *others)


def _one_membership(first: Membership, second: Membership) -> Membership:
    last = second if _end(second) > _end(first) else first
    return evolve(
        first,
        until=last.until,
        farewell=last.farewell,
        nomination=first.nomination or second.nomination,
    )


def _one_role(first: RoleHeld, second: RoleHeld) -> RoleHeld:
    by_right = first if first.stands_in_for is None else second
    return evolve(by_right, since=first.since, until=max(first, second, key=_end).until)


def _one_involvement(first: Involvement, second: Involvement) -> Involvement:
    return evolve(
        first,
        until=max(first, second, key=_end).until,
        organisation=first.organisation or second.organisation,
    )


def _end(span: Membership | RoleHeld | Involvement) -> date:
    return span.until or date.max
