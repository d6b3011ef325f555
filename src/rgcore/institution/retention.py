"""Which groups have passed their term: for whoever decides, and nothing goes by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.ids import GroupId
from rgcore.errors import InputError, Problem
from rgcore.institution.erasing_reasons import class_of, last_change
from rgcore.institution.recording import AMSTERDAM, Means
from rgcore.institution.retention_terms import LOGISTICS, OWN_WORDS, RetentionClass
from rgcore.store import Store
from rgcore.store.erasing_register import Register


@frozen(kw_only=True)
class Passed:
    """A group in which something has passed its term.

    Attributes:
        group: The group.
        term: The class whose term it is.
        last_change: The day on which anything was last recorded.
        since: The first day behind the term.
        on_hold: Whether something was said to stand in the way.
    """

    group: GroupId
    term: RetentionClass
    last_change: date
    since: date
    on_hold: bool = False


def passed(
    store: Store, register: Register, means: Means, on: date | None
) -> tuple[Passed, ...]:
    """Return the groups whose term has passed, the longest first.

    Args:
        store: The groups.
        register: The holds.
        means: The clock, and how long what is kept.
        on: The day; today if it is not given.

    Raises:
        InputError: It is no day.
    """
    if on is not None and type(on) is not date:
        raise InputError([Problem("input.wrong_type", "on")])
    day = on or means.clock().astimezone(AMSTERDAM).date()
    found = [one for name in store.groups() for one in _of_group(store, name, means)]
    held = {name for name in register.groups() if _is_held(register, name, day)}
    return tuple(
        evolve(one, on_hold=one.group in held)
        for one in sorted(found, key=lambda one: (one.since, one.group, one.term.code))
        if one.since <= day
    )


def _of_group(store: Store, name: GroupId, means: Means) -> Iterator[Passed]:
    loaded = store.load(name)
    if loaded is None:
        return
    last, keeping = last_change(loaded.group), means.keeping
    terms = [class_of(loaded.group, keeping), keeping.classes[LOGISTICS]]
    if loaded.keys.subjects.keys() - {loaded.group.client}:
        terms.append(keeping.classes[OWN_WORDS])
    for term in terms:
        yield Passed(group=name, term=term, last_change=last, since=term.ends(last))


def _is_held(register: Register, group: GroupId, day: date) -> bool:
    return any(hold.runs_on(day) for hold in register.holds(group))
