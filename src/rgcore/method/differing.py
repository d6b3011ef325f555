"""How two compositions of the method differ, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from rgcore.domain.changes.settings import Difference, Differs
from rgcore.domain.ids import Code

_PARTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "phases": ("phase", "code"),
        "steps": ("step", "code"),
        "roles": ("role", "code"),
        "themes": ("theme", "code"),
        "agendas": ("agenda", "code"),
        "timings": ("timing", "code"),
        "domains": ("goal_domain", "code"),
        "plan_sections": ("plan_section", "code"),
        "mistakes": ("mistake", "code"),
        "meeting_kinds": ("meeting_kind", "code"),
        "trainings": ("training", "code"),
        "choices": ("choice", "code"),
        "rules": ("rule", "code"),
        "access_rules": ("access_rule", "code"),
        "instruments": ("instrument", "code"),
        "own_changes": ("own_change", "code"),
        "terms": ("term", "code"),
        "texts": ("text", "code"),
        "replaced": ("replacement", "replaces"),
        "settings": ("setting", "id"),
    }
)
"""Each shelf of a composition: what a part on it is called, and what names it."""


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """Return how a composition differs from an earlier one, by kind and code.

    Args:
        before: The snapshot of the earlier one; an older version of rgcore may have
            written it.
        after: The snapshot of the later one.
    """
    found = (
        Difference(part=Code(part), code=Code(code), how=how)
        for shelf, (part, name) in _PARTS.items()
        for code, how in _of(before.get(shelf, ()), after.get(shelf, ()), name)
    )
    return tuple(sorted(found, key=lambda d: (d.part, d.code)))


def _of(before: Any, after: Any, name: str) -> Iterator[tuple[str, Differs]]:  # noqa: ANN401 - plain data
    old = {part[name]: part for part in before}
    new = {part[name]: part for part in after}
    yield from ((code, Differs.REMOVED) for code in old.keys() - new.keys())
    yield from ((code, Differs.ADDED) for code in new.keys() - old.keys())
    for code in old.keys() & new.keys():
        # A field that only the newer version of rgcore knows is no difference yet.
        if any(new[code].get(field) != said for field, said in old[code].items()):
            yield code, Differs.ALTERED
