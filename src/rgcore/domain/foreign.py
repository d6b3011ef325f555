"""What settings note of their own: kept by the core, understood by them alone."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from rgcore.domain.ids import (
    AgreementRef,
    Code,
    GoalRef,
    ItemId,
    MeetingRef,
    PersonId,
    PersonRef,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class OwnValue:
    """One value of a note: under its name, exactly one of these.

    Attributes:
        name: The field, as the setting declares it.
        code: A word of a list.
        day: A day.
        number: A number.
        person: Somebody of the group.
        goal: A goal of the group.
        meeting: A meeting of the group.
        agreement: An agreement of the group.
        text: Words, sealed for whom they are by or about.
    """

    name: Code
    code: Code | None = None
    day: date | None = None
    number: int | None = None
    person: PersonRef | None = None
    goal: GoalRef | None = None
    meeting: MeetingRef | None = None
    agreement: AgreementRef | None = None
    text: Text | None = None


@frozen(kw_only=True)
class OwnNote:
    """Something that a setting noted about a group.

    Attributes:
        id: Unique in the group.
        kind: What it is, in the namespace of the setting.
        on: The day.
        schema: Which version of its fields it has.
        whose: Whose decision or words it is, if anybody's.
        values: What it holds.
    """

    id: ItemId
    kind: Code
    on: date
    schema: int = 1
    whose: PersonId | None = None
    values: tuple[OwnValue, ...] = ()

    @property
    def namespace(self) -> Code:
        """Return the namespace of the setting that it belongs to."""
        return namespace_of(self.kind)

    def value(self, name: str) -> OwnValue | None:
        """Return the value under a name; `None` if there is none."""
        return next((value for value in self.values if value.name == name), None)


def namespace_of(code: Code) -> Code:
    """Return what stands before the first dot of a code; empty if it has none."""
    head, dot, _ = code.partition(".")
    return Code(head if dot else "")
