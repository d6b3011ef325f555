"""Bring changes on reading, permission and law nearer to what fits a group."""

# Changes of any type come by here; `object` would only add casts.
# ruff: noqa: ANN401

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve

from method.mending_common import not_before, one_of
from rgcore.domain import changes as c
from rgcore.domain.changes import Change
from rgcore.domain.consent import KEPT_BY_PEOPLE, Pointer
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ItemId, Kind, PersonId


def _pointing(pointers: Iterable[Pointer], group: ResourceGroup) -> tuple[Pointer, ...]:
    """Let pointers be to items of the group, of the kind that was drawn if it can."""
    kinds = [k for k in Kind if k is not Kind.PERSON and k not in KEPT_BY_PEOPLE]
    there = [Pointer(kind=k, id=ItemId(i)) for k in kinds for i in group.ids(k)]
    found = ([one for one in there if one.kind is drawn.kind] for drawn in pointers)
    return tuple((some or there)[-1] for some in found if there)


def _choose(change: Any, group: ResourceGroup) -> Change:
    moved: Change = evolve(
        change,
        to=tuple(person for person in change.to if person != group.client),
        items=_pointing(change.items, group),
    )
    return moved


def _permit(change: Any, group: ResourceGroup) -> Change:
    person = None if change.person is None else _another(change.person, group)
    moved: Change = evolve(change, person=person, items=_pointing(change.items, group))
    return moved


def _another(person: PersonId, group: ResourceGroup) -> PersonId:
    """Return this person, or somebody else if it is the client."""
    others = [p.id for p in group.people if p.id != group.client]
    return person if person in others else others[-1]


def _not_by_client(name: str) -> Callable[[Any, ResourceGroup], Change]:
    def mend(change: Any, group: ResourceGroup) -> Change:
        moved: Change = evolve(change, **{name: _another(getattr(change, name), group)})
        return moved

    return mend


def _running(shelf: str, name: str) -> Callable[[Any, ResourceGroup], Change]:
    """Let a change be about something that runs on its day, or on the first of it."""

    def mend(change: Any, group: ResourceGroup) -> Change:
        spans = getattr(group, shelf)
        found = one_of(
            (s for s in spans if s.until is None or s.until > s.since),
            getattr(change, name),
        )
        if found is None:
            return not_before(change, None)
        over = found.until is not None and found.until <= change.happened_on
        on = found.since if over else max(found.since, change.happened_on)
        moved: Change = evolve(change, **{name: found.id, "happened_on": on})
        return moved

    return mend


def _name_ground(change: Any, group: ResourceGroup) -> Change:
    named = _not_by_client("by")(change, group)
    return _running("permissions", "permission")(named, group)


def _tell_end(change: Any, group: ResourceGroup) -> Change:
    untold = (p for p in group.permissions if p.stopped_on is None)
    found = one_of(untold, change.permission)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.until, permission=found.id)


def _add_statement(change: Any, group: ResourceGroup) -> Change:
    about = next(iter(_pointing([change.about], group)), change.about)
    moved: Change = evolve(change, about=about)
    return moved


def _judge(change: Any, group: ResourceGroup) -> Change:
    on, review_on = sorted([change.happened_on, change.review_on])
    before = (j.id for j in group.judgements if j.on <= on)
    moved: Change = evolve(
        change,
        happened_on=on,
        review_on=review_on,
        judge=_another(change.judge, group),
        again=change.again if change.again in before else None,
    )
    return moved


def _end_frame(change: Any, group: ResourceGroup) -> Change:
    found = one_of((f for f in group.frames if not f.ended_on), change.frame)
    if found is None:
        return not_before(change, None)
    return not_before(change, found.since, frame=found.id)


def _emergency(change: Any, group: ResourceGroup) -> Change:
    """Let it be somebody of staff whom the group knows, and sort what is to come."""
    staff = [p.id for p in group.people if p.staff]
    known = change.known if change.known in staff else staff[-1]
    on, review_on, until = sorted(
        [change.happened_on, change.review_on or change.until, change.until]
    )
    shown_from = None if change.shown_from is None else review_on + timedelta(days=1)
    moved: Change = evolve(
        change,
        person=None,
        known=known,
        happened_on=on,
        review_on=review_on,
        until=until,
        shown_from=shown_from,
    )
    return moved


RIGHTS: Final[Mapping[Any, Callable[[Any, ResourceGroup], Change]]] = MappingProxyType(
    {
        c.AddStatement: _add_statement,
        c.BeginMandate: _not_by_client("person"),
        c.ChooseReaders: _choose,
        c.EndChoice: _running("choices", "choice"),
        c.EndFrame: _end_frame,
        c.EndMandate: _running("mandates", "mandate"),
        c.GivePermission: _permit,
        c.JudgeCapacity: _judge,
        c.NameGround: _name_ground,
        c.OpenInEmergency: _emergency,
        c.TellReceiver: _tell_end,
        c.WithdrawPermission: _running("permissions", "permission"),
    }
)
