"""What a setting contributes: ST-13 to ST-16."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rgcore.domain.changes import BY_TYPE
from rgcore.domain.ids import Code
from rgcore.errors import Problem
from rgcore.method import (
    Conflict,
    Contributed,
    Contribution,
    Instrument,
    Origin,
    Replacement,
    Role,
    Rule,
    Step,
    Wording,
)
from rgcore.testing.subject import OF_REPLACING, Subject, Unseen, fitting
from rgcore.testing.wordings import is_said

_NEIGHBOURS: Final = ("aa_before", "zz_after")
"""Settings that nobody has; they stand for whatever else is enabled."""


def elsewhere(subject: Subject) -> Iterator[str]:
    """Name codes that lie in no namespace of the setting.

    Args:
        subject: The setting.
    """
    yield from _asked_with(subject, "plugin.foreign_namespace")


def replacing_wrongly(subject: Subject) -> Iterator[str]:
    """Say what is replaced that may not be, or without saying so.

    Args:
        subject: The setting.
    """
    yield from _asked_with(subject, "plugin.undeclared_replacement")
    for part in subject.parts:
        if isinstance(part, Replacement):
            because = (part.because.nl, part.because.en, part.source)
            if not all(map(is_said, because)):
                yield f"{part.code} is replaced without a reason."
    for conflict in subject.conflicts:
        if conflict.kind in OF_REPLACING:
            yield _told(conflict)


def not_adding_up(subject: Subject) -> Iterator[str]:
    """Say what keeps a setting from adding up with the base and with others.

    Args:
        subject: The setting.
    """
    for other in subject.missing:
        yield f"It requires {other}, which is not installed or cannot be asked."
    if subject.missing:
        return
    for conflict in subject.conflicts:
        if conflict.kind not in OF_REPLACING:
            yield _told(conflict)
    for part in subject.parts:
        yield from _pointing_nowhere(part)
    yield from _beside_others(subject)


def without_source(subject: Subject) -> Iterator[str]:
    """Name what does not say where it comes from.

    Args:
        subject: The setting.
    """
    for part in subject.parts:
        if not is_said(part.source):
            yield f"{part.code} has no source."
        if isinstance(part, Instrument):
            for name in ("publisher", "version"):
                if not is_said(getattr(part, name)):
                    yield f"{part.code} has no {name}."


def _asked_with(subject: Subject, code: str) -> Iterator[str]:
    fitting(subject.asked)
    for asked in subject.asked:
        yield from (p.sentence() for p in asked.problems if p.code == code)


def _told(conflict: Conflict) -> str:
    return Problem(
        conflict.kind,
        conflict.code,
        by=", ".join(conflict.by),
        refers_to=conflict.refers_to,
    ).sentence()


def _pointing_nowhere(part: Contribution) -> Iterator[str]:
    if isinstance(part, Replacement) and part.by is not None:
        yield from _pointing_nowhere(part.by)
    if isinstance(part, Rule):
        named = part.settles
    elif isinstance(part, Step):
        named = tuple(Code(fact.partition(":")[0]) for fact in part.done_by)
    else:
        return
    for type_ in named:
        if type_ not in BY_TYPE:
            yield f"{part.code} names `{type_}`, and there is no such change."


def _beside_others(subject: Subject) -> Iterator[str]:
    if subject.conflicts:
        return
    before, after = (_neighbour(name) for name in _NEIGHBOURS)
    for others in (_NEIGHBOURS[:1], _NEIGHBOURS[1:], _NEIGHBOURS):
        try:
            own = fitting(subject.ask(subject.made, subject.context(*others)))
        except Unseen:
            yield "Beside other settings, it answers something else that does not fit."
            return
        beside = (before, *subject.required, *own, after)
        for conflict in subject.composed(beside)[1]:
            yield f"Beside other settings: {_told(conflict)}"


def _neighbour(name: str) -> Contributed:
    part = Role(code=Code(f"{name}.role"), wording=Wording("rol", "role"), source="kit")
    origin = Origin(plugin=name, distribution=name, version="1", hook="rg_roles")
    return Contributed(part, origin)
