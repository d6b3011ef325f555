"""Notes as an institution might record them, made from what a setting declares."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeVar

from rgcore.domain.changes import NoteForSetting
from rgcore.domain.dates import Period, later
from rgcore.domain.findings import Finding
from rgcore.domain.foreign import OwnValue
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId, TextId
from rgcore.domain.items import HasId
from rgcore.domain.text import Text
from rgcore.method import Holds, OwnChange, OwnField, Whose

AnyT = TypeVar("AnyT")

_FEWEST: Final = 2
_MOST: Final = 12
"""So many notes of one kind are enough at one time."""

_FORTNIGHT: Final = Period(days=14)


def notes_of(
    declared: OwnChange, group: ResourceGroup, day: date
) -> Iterator[NoteForSetting]:
    """Return notes that fit a declaration and a group: each choice, with and without.

    Args:
        declared: What the setting declares.
        group: The group.
        day: The day on which they are noted.
    """
    for turn in range(_turns(declared)):
        note = note_of(declared, group, day, turn)
        if note is not None and not misfits(declared, note, group):
            yield note


def note_of(
    declared: OwnChange, group: ResourceGroup, day: date, turn: int = 0
) -> NoteForSetting | None:
    """Return a note; `None` if the group has nothing that a required field asks for.

    Args:
        declared: What the setting declares.
        group: The group.
        day: The day on which it is noted.
        turn: Which choice, whose it is, and whether what may be left out is there.
    """
    # The place in the journal keeps ids apart, and they are the same in each run.
    name = f"kit-{declared.code.replace('.', '-')[:40]}-{group.seq}-{turn}"
    whose = _whose(declared, group, turn)
    values = []
    for number, field in enumerate(declared.fields):
        value = _value(field, group, day, turn)
        if value is None and field.required:
            return None
        if value is not None and (field.required or turn % 2 == 0):
            text = Text(TextId(f"{name}-t{number}"), whose or group.client)
            held: Any = {field.holds: text if field.holds is Holds.TEXT else value}
            values.append(OwnValue(name=field.name, **held))
    return NoteForSetting(
        id=ChangeId(name),
        happened_on=day,
        note=ItemId(f"{name}-n"),
        kind=declared.code,
        schema=declared.schema,
        whose=whose,
        values=tuple(values),
    )


def misfits(
    declared: OwnChange, note: NoteForSetting, group: ResourceGroup
) -> tuple[Finding, ...]:
    """Return how a note does not fit its declaration, or the group.

    Args:
        declared: What the setting declares.
        note: The note.
        group: The group.
    """
    return (*note.problems(group), *declared.misfits(note, group))


def _turns(declared: OwnChange) -> int:
    lists = (len(field.choices) for field in declared.fields)
    return min(_MOST, max(_FEWEST, *lists, 0))


def _whose(declared: OwnChange, group: ResourceGroup, turn: int) -> PersonId | None:
    if declared.whose is Whose.NOBODY:
        return None
    if declared.whose is Whose.CLIENT:
        return group.client
    return PersonId(_nth([person.id for person in group.people], turn))


_Value = Callable[[OwnField, ResourceGroup, date, int], Any]


def _value(field: OwnField, group: ResourceGroup, day: date, turn: int) -> Any:  # noqa: ANN401 - one of eight types
    return _VALUES[field.holds](field, group, day, turn)


def _code(field: OwnField, group: ResourceGroup, day: date, turn: int) -> Code:
    del group, day
    return _nth(field.choices, turn) if field.choices else Code("other")


def _day(field: OwnField, group: ResourceGroup, day: date, turn: int) -> date:
    del field, group
    return later(day, _FORTNIGHT) if turn % 2 else day


def _number(field: OwnField, group: ResourceGroup, day: date, turn: int) -> int:
    del field, group, day
    return turn + 1


def _text(field: OwnField, group: ResourceGroup, day: date, turn: int) -> bool:
    """Say that there is one; whom it is for is known only later."""
    del field, group, day, turn
    return True


def _item(items: Callable[[ResourceGroup], Sequence[HasId]]) -> _Value:
    def value(_: OwnField, group: ResourceGroup, day: date, turn: int) -> str | None:
        del day
        found = items(group)
        return _nth(found, turn).id if found else None

    return value


_VALUES: Final[MappingProxyType[Holds, _Value]] = MappingProxyType(
    {
        Holds.CODE: _code,
        Holds.DAY: _day,
        Holds.NUMBER: _number,
        Holds.TEXT: _text,
        Holds.PERSON: _item(lambda group: group.people),
        Holds.GOAL: _item(lambda group: group.goals),
        Holds.MEETING: _item(lambda group: group.meetings),
        Holds.AGREEMENT: _item(lambda group: group.agreements),
    }
)


def _nth(items: Sequence[AnyT], number: int) -> AnyT:
    return items[number % len(items)]
