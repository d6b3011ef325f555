"""What settings bring: notes of their own, and a newer composition of the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from attrs import evolve, fields, frozen

from rgcore.domain.changes.base import Change, ChangeKind, misfit
from rgcore.domain.findings import Finding
from rgcore.domain.foreign import OwnNote, OwnValue, namespace_of
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import Code, Digest, ItemId, NewOwnNote, PersonId, PersonRef


@frozen(kw_only=True)
class NoteForSetting(Change):
    """A setting notes something of its own, which the base has no place for.

    It alters nothing else: the group keeps it beside, for the setting that declares
    its kind. What it may hold stands in that declaration.

    Attributes:
        note: Its id.
        kind: What it is, in the namespace of the setting: `recovery_college.course`.
        schema: Which version of its fields this is.
        whose: Whose decision or words it is, if anybody's.
        values: What it holds: each under a name, exactly one thing.
    """

    TYPE = Code("setting.note")
    KIND = ChangeKind.FACT

    note: NewOwnNote
    kind: Code
    schema: int = 1
    whose: PersonRef | None = None
    values: tuple[OwnValue, ...] = ()

    def fact_in(self, group: ResourceGroup) -> str:
        """Return `setting.note` with the kind."""
        del group
        return f"{self.TYPE}:{self.kind}"

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it beside the rest."""
        note = OwnNote(
            id=self.note,
            kind=self.kind,
            on=self.happened_on,
            schema=self.schema,
            whose=self.whose,
            values=self.values,
        )
        return evolve(group, notes=(*group.notes, note))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose it is."""
        del group
        return self.whose

    @classmethod
    def was_decided_for(
        cls, happened: Happening, group: ResourceGroup
    ) -> PersonId | None:
        """Return whose it was; `None` if it was nobody's in particular."""
        # Whoever it was is among those it is about, whatever became of the note.
        decider = happened.on_behalf_of or happened.by
        is_theirs = ItemId(decider) in happened.touched
        return group.known_as(decider) if is_theirs else None

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if not namespace_of(self.kind):
            yield misfit("no_namespace", ".kind")
        if self.schema < 1:
            yield misfit("below_one", ".schema")
        said = set()
        for number, value in enumerate(self.values):
            path = f".values[{number}]"
            if value.name in said:
                yield misfit("said_twice", f"{path}.name")
            said.add(value.name)
            yield from _not_one(value, path)


_THINGS: Final = tuple(f.name for f in fields(OwnValue) if f.name != "name")


def _not_one(value: OwnValue, path: str) -> Iterator[Finding]:
    if sum(getattr(value, name) is not None for name in _THINGS) != 1:
        yield misfit("one_thing", path)


class Differs(StrEnum):
    """How a part of a composition differs from that of another."""

    ADDED = "added"
    REMOVED = "removed"
    ALTERED = "altered"


@frozen(kw_only=True)
class Difference:
    """A part of the method that a newer composition brings, takes or alters.

    Attributes:
        part: What kind of part: `rule`, `step`, `term`.
        code: Its code.
        how: Whether it is new, gone, or another than before.
    """

    part: Code
    code: Code
    how: Differs


@frozen(kw_only=True)
class AdoptMethod(Change):
    """The group goes by a newer composition of the method from now on.

    What it was pinned to stays known, and so does how the two differ.

    Attributes:
        to: The composition, by its digest.
        differences: How it differs from the one before, part by part.
    """

    TYPE = Code("method.adopt")
    KIND = ChangeKind.ACT

    to: Digest
    differences: tuple[Difference, ...] = ()

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Pin the group to it, unless that was where it came from."""
        if self._is_elsewhere(group):
            return group
        return evolve(group, composition=self.to)

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.to == group.composition and not self._is_elsewhere(group):
            yield misfit("adopted_already", ".to")

    def _is_elsewhere(self, group: ResourceGroup) -> bool:
        """Tell whether this came along with a group: there it is pinned anew."""
        return group.seq <= group.came_with
