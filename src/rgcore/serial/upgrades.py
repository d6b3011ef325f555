"""Changes of an older schema, read as what they would be today.

A journal is never rewritten. When the fields of a change get another shape, its
`SCHEMA` goes up by one, and a function here turns the fields of the schema before into
those of the next. What `apply` makes of them stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from rgcore.domain.ids import Code

Fields = dict[str, Any]
"""The fields of a change as plain data, by name.

From a journal or from an exported file: dates are text in both, and a text is an
object with `id` and `subject`, in a file with its words beside them.
"""

Upgrades = Mapping[tuple[Code, int], Callable[[Fields], Fields]]
"""By type and schema: what makes the fields of the next schema."""


def _members_alone(fields: Fields) -> Fields:
    return {**fields, "with_supporter": False}


def _once(fields: Fields) -> Fields:
    return {**fields, "once": True}


UPGRADES: Final[Upgrades] = MappingProxyType(
    {
        (Code("meeting.hold"), 1): _members_alone,
        (Code("person.involve"), 1): _once,
    }
)
"""What is new in these changes would otherwise alter what earlier journals made."""


class SchemaUnknown(LookupError):
    """Raised when nothing leads from the schema of a change to that of today."""


def upgraded(
    type_: Code, schema: int, today: int, fields: Fields, upgrades: Upgrades = UPGRADES
) -> Fields:
    """Return the fields of a change as today's schema has them.

    Args:
        type_: The type of the change.
        schema: The schema that the fields have.
        today: The schema that its class has.
        fields: The fields.
        upgrades: What leads from one schema to the next.

    Raises:
        SchemaUnknown: A step is missing, or the schema is newer than today's.
    """
    if not 1 <= schema <= today and (type_, schema) not in upgrades:
        raise SchemaUnknown(type_, schema)
    for number in range(schema, today):
        step = upgrades.get((type_, number))
        if step is None:
            raise SchemaUnknown(type_, number)
        fields = step(fields)
    return fields
