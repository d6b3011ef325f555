"""What settings of tests contribute: parts with the stamp of an invented plugin.

Import it as `from method.stamps import by`; the folder `tests` is on the path.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import attrs

from rgcore.domain.dates import Period
from rgcore.domain.ids import Code
from rgcore.method import (
    BASE,
    Agenda,
    Contributed,
    Contribution,
    Origin,
    Part,
    Replacement,
    Rule,
    Step,
    Term,
    Theme,
    Timing,
    Training,
    Wording,
)

PartT = TypeVar("PartT", bound=Part)

BECAUSE: Final = Wording("Zo werken wij hier.", "That is how we work here.")


def origin(plugin: str, version: str = "1.0", hook: str = "") -> Origin:
    """Return the stamp of a plugin."""
    return Origin(
        plugin=plugin,
        distribution=f"rgcore-setting-{plugin}",
        version=version,
        hook=hook,
    )


def stamp(plugin: str, version: str = "1.0") -> str:
    """Return the stamp of a plugin on one line."""
    return str(origin(plugin, version))


def by(
    plugin: str, *parts: Contribution, version: str = "1.0"
) -> tuple[Contributed, ...]:
    """Return parts as a plugin contributes them."""
    return tuple(Contributed(part, origin(plugin, version)) for part in parts)


def replacing(part: Any, **altered: Any) -> Replacement:  # noqa: ANN401
    """Return what puts an altered part in the place of a part of the base."""
    other = attrs.evolve(part, **altered)
    return Replacement(replaces=part.code, because=BECAUSE, source="test", by=other)


def off(code: str) -> Replacement:
    """Return what switches a part of the base off."""
    return Replacement(replaces=Code(code), because=BECAUSE, source="test")


def word(code: str, nl: str, source: str = "test") -> Term:
    """Return a word for a code."""
    return Term(code=Code(code), wording=Wording(nl, f"{nl} (en)"), source=source)


def _base(kind: type[PartT], code: str) -> PartT:
    return next(p for p in BASE if isinstance(p, kind) and p.code == code)


NEXT: Final = _base(Rule, "next_meeting")
DIRECTION: Final = _base(Rule, "meeting_without_client")
INTERVAL: Final = _base(Timing, "meeting_interval")
TALK: Final = _base(Step, "deepening_interview")
THEME: Final = _base(Theme, "communication")
TRAINING: Final = _base(Training, "training.communication")
KICK_OFF: Final = _base(Agenda, "kick_off_agenda")

MONTH: Final = Period(days=30)
