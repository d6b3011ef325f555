"""Put a method together from the base and an institution's settings."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeVar

import attrs

from rgcore.domain.ids import Code
from rgcore.method.base import BASE
from rgcore.method.conflicts import CompositionConflicts, Conflict
from rgcore.method.contributions import (
    Agenda,
    Choice,
    Contribution,
    GoalDomain,
    Instrument,
    MeetingKind,
    Mistake,
    Part,
    Phase,
    PlanSection,
    Replacement,
    Role,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
)
from rgcore.method.method import EnabledSetting, Method
from rgcore.method.origin import Contributed
from rgcore.method.own import OwnChange
from rgcore.method.plain import plain
from rgcore.method.replacing import Given, Replaced, replaced
from rgcore.method.rule import AccessRule, Rule

PartT = TypeVar("PartT", bound=Part)

DIGEST_LENGTH: Final = 32
"""Hexadecimal digits of a composition's name: 128 bits of SHA-256."""

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def compose(
    base: Iterable[Part] = BASE,
    settings: Iterable[Contribution | Contributed] = (),
    *,
    enabled: Iterable[EnabledSetting] = (),
    prefer: Mapping[str, str] = _NOTHING,
) -> Method:
    """Return the method that these contributions add up to.

    It does not depend on the order of anything. A term or text whose code the base
    has rewords that part of the base; a replacement puts something in its place or
    switches it off; everything else is added.

    Args:
        base: What holds where no setting says otherwise.
        settings: What the institution's settings contribute.
        enabled: Which settings these are, and how they are configured.
        prefer: For a code of the base that several settings answer differently, the
            id of the setting whose answer is taken.

    Raises:
        CompositionConflicts: Two contributions have one code, one refers to a code
            that nobody contributes, two answer one question differently, or one
            replaces what may not be replaced. It names all of them.
    """
    parts = tuple(base)
    known = {part.code for part in parts}
    given = [_given(one) for one in settings]
    changing = [one for one in given if _changes(one.part, known)]
    after = replaced(parts, changing, prefer)
    added = [one for one in given if not _changes(one.part, known)]
    conflicts = (*after.conflicts, *_twice(parts, added), *_dangling(after, added))
    if conflicts:
        raise CompositionConflicts(conflicts)
    return _method(after, added, enabled)


def snapshot(method: Method) -> dict[str, Any]:
    """Return a composition as plain data, without its functions.

    Args:
        method: The composition.

    Returns:
        What is stored once for each composition a group is pinned to.
    """
    kinds = [f.name for f in attrs.fields(Method) if not f.name.startswith("_")]
    return {name: plain(getattr(method, name)) for name in kinds if name != "digest"}


def digest_of(data: Mapping[str, Any]) -> str:
    """Return the name of a composition.

    Args:
        data: Its snapshot.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _given(one: Contribution | Contributed) -> Given:
    if isinstance(one, Contributed):
        return Given(one.part, one.origin)
    return Given(one)


def _changes(part: Contribution, known: set[Any]) -> bool:
    """Tell whether a contribution changes a part of the base instead of adding one."""
    rewords = isinstance(part, Term | Texts) and part.code in known
    return rewords or isinstance(part, Replacement)


def _method(
    after: Replaced, added: Sequence[Given], enabled: Iterable[EnabledSetting]
) -> Method:
    parts = _ordered(_stamped((*after.parts, *added)))
    order = [p.code for p in _phases(parts)]
    steps = sorted(_of(parts, Step), key=lambda s: (order.index(s.phase), s.code))
    draft = Method(
        digest="",
        phases=_phases(parts),
        steps=tuple(steps),
        roles=_of(parts, Role),
        themes=_of(parts, Theme),
        agendas=_of(parts, Agenda),
        timings=_of(parts, Timing),
        domains=_of(parts, GoalDomain),
        plan_sections=_of(parts, PlanSection),
        mistakes=_of(parts, Mistake),
        meeting_kinds=_of(parts, MeetingKind),
        trainings=_of(parts, Training),
        choices=_of(parts, Choice),
        rules=_of(parts, Rule),
        access_rules=_of(parts, AccessRule),
        instruments=_of(parts, Instrument),
        own_changes=_of(parts, OwnChange),
        terms=_of(parts, Term),
        texts=_of(parts, Texts),
        replaced=tuple(sorted(after.done, key=lambda one: one.replaces)),
        settings=tuple(sorted(enabled, key=lambda one: one.id)),
    )
    return attrs.evolve(draft, digest=digest_of(snapshot(draft)))


def _ordered(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda c: (type(c).__name__, c.code))


def _phases(parts: list[Part]) -> tuple[Phase, ...]:
    return tuple(sorted(_of(parts, Phase), key=lambda p: p.number))


def _stamped(given: Iterable[Given]) -> Iterator[Part]:
    """Go through parts, rules with their stamps; replacements were taken out before."""
    for one in given:
        part, origin = one.part, one.origin
        if origin is not None and isinstance(part, Rule | AccessRule):
            yield attrs.evolve(part, by=origin.plugin, origin=origin)
        elif not isinstance(part, Replacement):
            yield part


def _of(parts: Iterable[object], kind: type[PartT]) -> tuple[PartT, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def _twice(base: Iterable[Part], added: Iterable[Given]) -> Iterator[Conflict]:
    found: dict[str, list[str]] = defaultdict(list)
    for one in (*(Given(part) for part in base), *added):
        found[one.part.code].append(one.stamp)
    for code, stamps in found.items():
        if len(stamps) > 1:
            by = tuple(sorted(stamps))
            yield Conflict(kind="plugin.code_twice", code=code, by=by)


def _dangling(after: Replaced, added: Sequence[Given]) -> Iterator[Conflict]:
    every = (*after.parts, *added)
    known = {(type(one.part), one.part.code) for one in every}
    codes = {code for _, code in known}
    off = {one.replaces for one in after.done if one.by is None}
    for one in every:
        for kind, code in _references(one.part):
            there = code in codes if kind is None else (kind, code) in known
            # What watched over a step may be switched off without the step.
            if not there and not (kind in _MAY_BE_OFF and code in off):
                yield Conflict(
                    kind="plugin.refers_to_nothing",
                    code=one.part.code,
                    refers_to=code,
                    by=(one.stamp,),
                )


_MAY_BE_OFF: Final = frozenset({Rule, Theme})

_Reference = tuple[type[Any] | None, Code]
"""A kind of part and its code; no kind where any part will do."""


def _references(part: object) -> Iterator[_Reference]:
    """Go through what a part refers to."""
    if isinstance(part, Step):
        yield Phase, part.phase
        named = ((Phase, part.counts_from), (Timing, part.after))
        for kind, code in (*named, (Rule, part.watched_by)):
            if code is not None:
                yield kind, code
    elif isinstance(part, Training) and part.covered_by is not None:
        yield Theme, part.covered_by
    elif isinstance(part, Agenda):
        yield from ((None, topic) for topic in part.topics)
    elif isinstance(part, PlanSection):
        yield from ((OwnChange, change) for change in part.changes)
    elif isinstance(part, Instrument):
        yield from ((Role, role) for role in part.answered_by)
