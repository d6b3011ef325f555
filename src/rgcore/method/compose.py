"""Put a method together from the base and an institution's settings."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Final, TypeVar

import attrs

from rgcore.errors import Fault, Language, RgcoreError
from rgcore.method.base import BASE
from rgcore.method.contributions import (
    Agenda,
    Choice,
    Contribution,
    GoalDomain,
    MeetingKind,
    Mistake,
    Phase,
    Role,
    Rule,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
    Wording,
)
from rgcore.method.method import Method

ContributionT = TypeVar("ContributionT", bound=Contribution)

DIGEST_LENGTH: Final = 32
"""Hexadecimal digits of a composition's name: 128 bits of SHA-256."""


class CompositionConflicts(RgcoreError):
    """Raised when contributions do not fit together; names all of them.

    Attributes:
        codes: Each code that is contributed twice or refers to nothing.
    """

    code: ClassVar[str] = "method.conflicts"
    fault: ClassVar[Fault] = Fault.PLUGIN
    text: ClassVar[dict[Language, str]] = {
        "en": "These parts of the method do not fit together: {codes}.",
        "nl": "Deze delen van de methode passen niet bij elkaar: {codes}.",
    }

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        super().__init__(codes=", ".join(self.codes))


def compose(
    base: Iterable[Contribution] = BASE,
    settings: Iterable[Contribution] = (),
) -> Method:
    """Return the method that these contributions add up to.

    Args:
        base: What holds where no setting says otherwise.
        settings: What the institution's settings add.

    Raises:
        CompositionConflicts: Two contributions have one code, or one refers to a
            code that nobody contributes.
    """
    parts = sorted((*base, *settings), key=lambda c: (type(c).__name__, c.code))
    conflicts = (*_twice(parts), *_dangling(parts))
    if conflicts:
        raise CompositionConflicts(conflicts)
    return _method(parts)


def snapshot(method: Method) -> dict[str, Any]:
    """Return a composition as plain data, without its functions.

    Args:
        method: The composition.

    Returns:
        What is stored once for each composition a group is pinned to.
    """
    kinds = [f.name for f in attrs.fields(Method) if not f.name.startswith("_")]
    return {name: _plain(getattr(method, name)) for name in kinds if name != "digest"}


def _method(parts: list[Contribution]) -> Method:
    phases = sorted(_of(parts, Phase), key=lambda p: p.number)
    order = [p.code for p in phases]
    steps = sorted(_of(parts, Step), key=lambda s: (order.index(s.phase), s.code))
    draft = Method(
        digest="",
        phases=tuple(phases),
        steps=tuple(steps),
        roles=_of(parts, Role),
        themes=_of(parts, Theme),
        agendas=_of(parts, Agenda),
        timings=_of(parts, Timing),
        domains=_of(parts, GoalDomain),
        mistakes=_of(parts, Mistake),
        meeting_kinds=_of(parts, MeetingKind),
        trainings=_of(parts, Training),
        choices=_of(parts, Choice),
        rules=_of(parts, Rule),
        terms=_of(parts, Term),
        texts=_of(parts, Texts),
        words=MappingProxyType(_words(parts)),
        timing=MappingProxyType({t.code: t for t in _of(parts, Timing)}),
    )
    return attrs.evolve(draft, digest=digest_of(snapshot(draft)))


def _of(
    parts: list[Contribution], kind: type[ContributionT]
) -> tuple[ContributionT, ...]:
    return tuple(part for part in parts if isinstance(part, kind))


def _words(parts: list[Contribution]) -> dict[str, Wording]:
    return {part.code: part.wording for part in parts}


def digest_of(data: Mapping[str, Any]) -> str:
    """Return the name of a composition.

    Args:
        data: Its snapshot.
    """
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if attrs.has(type(value)):
        fields = attrs.fields(type(value))
        return {f.name: _plain(getattr(value, f.name)) for f in fields}
    if callable(value):
        return f"{value.__module__}:{value.__qualname__}"
    return value.isoformat() if isinstance(value, date) else value


def _twice(parts: list[Contribution]) -> Iterable[str]:
    counted = Counter(part.code for part in parts)
    return (code for code, times in sorted(counted.items()) if times > 1)


def _dangling(parts: list[Contribution]) -> Iterable[str]:
    known = {(type(part), part.code) for part in parts}
    for step in _of(parts, Step):
        if (Phase, step.phase) not in known:
            yield f"{step.code}: {step.phase}"
        if step.counts_from and (Phase, step.counts_from) not in known:
            yield f"{step.code}: {step.counts_from}"
        if step.after and (Timing, step.after) not in known:
            yield f"{step.code}: {step.after}"
        if step.watched_by and (Rule, step.watched_by) not in known:
            yield f"{step.code}: {step.watched_by}"
    for training in _of(parts, Training):
        if training.covered_by and (Theme, training.covered_by) not in known:
            yield f"{training.code}: {training.covered_by}"
    codes = {part.code for part in parts}
    for agenda in _of(parts, Agenda):
        yield from (f"{agenda.code}: {t}" for t in agenda.topics if t not in codes)
