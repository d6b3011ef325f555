"""Changes that a setting brings itself: declared as data, kept by the core.

They never alter anything of the core: a group keeps them beside, by the namespace of
their setting, and is the same with the setting and without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from attrs import fields, frozen

from rgcore.domain.changes import NoteForSetting
from rgcore.domain.changes.base import misfit
from rgcore.domain.findings import Finding
from rgcore.domain.foreign import OwnValue
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code
from rgcore.method.wording import Wording


class Holds(StrEnum):
    """What a field of an own change holds; the field of the value that is filled."""

    CODE = "code"
    DAY = "day"
    NUMBER = "number"
    PERSON = "person"
    GOAL = "goal"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    TEXT = "text"


class Whose(StrEnum):
    """Whose decision or words an own change is."""

    CLIENT = "client"
    SOMEBODY = "somebody"
    NOBODY = "nobody"


@frozen(kw_only=True)
class OwnField:
    """A field of an own change.

    Attributes:
        name: Its name, as a code without a dot.
        holds: What it holds.
        wording: What it is called where people read it.
        required: Whether it has to be given.
        choices: The codes that it is taken from, if it holds one; any if it is empty.
    """

    name: Code
    holds: Holds
    wording: Wording
    required: bool = True
    choices: tuple[Code, ...] = ()


@frozen(kw_only=True)
class OwnChange:
    """A change of a setting's own: `setting.note` with this code as its kind.

    Attributes:
        code: Its name, in the namespace of the setting.
        wording: What it is called.
        sentence: How the timeline tells it; `{name}` stands for a field and `{whose}`
            for the person whose it is. What stands in square brackets is told only
            if all that it names was given: `from {began}[ up to {finished}]`.
        fields: What it holds.
        whose: Whether it is the client's, somebody's or nobody's in particular.
        schema: Which version of its fields this is.
        source: Where it comes from.
    """

    code: Code
    wording: Wording
    sentence: Wording
    fields: tuple[OwnField, ...]
    source: str
    whose: Whose = Whose.NOBODY
    schema: int = 1

    def misfits(self, note: NoteForSetting, group: ResourceGroup) -> Iterator[Finding]:
        """Go through what does not fit this declaration.

        Args:
            note: What somebody wants to record.
            group: The group.
        """
        if note.schema != self.schema:
            yield misfit("other_schema", ".schema")
        yield from self._against_whose(note, group)
        known = {field.name: field for field in self.fields}
        given = {value.name for value in note.values}
        for number, value in enumerate(note.values):
            yield from _against(known.get(value.name), value, f".values[{number}]")
        if any(f.required and f.name not in given for f in self.fields):
            yield misfit("field_missing", ".values")

    def _against_whose(
        self, note: NoteForSetting, group: ResourceGroup
    ) -> Iterable[Finding]:
        wanted = {
            Whose.CLIENT: note.whose == group.client,
            Whose.SOMEBODY: note.whose is not None,
            Whose.NOBODY: note.whose is None,
        }
        return () if wanted[self.whose] else (misfit("other_whose", ".whose"),)


def _against(field: OwnField | None, value: OwnValue, path: str) -> Iterator[Finding]:
    if field is None:
        yield misfit("unknown_field", f"{path}.name")
    elif held(value) is not field.holds:
        yield misfit("other_field", f"{path}.{field.holds}")
    elif field.choices and value.code not in field.choices:
        yield misfit("unknown_code", f"{path}.code")


def held(value: OwnValue) -> Holds | None:
    """Return what a value holds; `None` if it holds nothing or several things.

    Args:
        value: A value of an own change.
    """
    names = [f.name for f in fields(OwnValue) if f.name != "name"]
    found = [name for name in names if getattr(value, name) is not None]
    return Holds(found[0]) if len(found) == 1 else None
