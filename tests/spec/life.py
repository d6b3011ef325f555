"""What a life of a store is made of: both stores, their model, and what was reached.

Import it as `from spec.life import Side`; the folder `tests` is on the path.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Final

from attrs import define, evolve, field, frozen

import rgcore
from databases import SQLITE, Made, copied, execute
from rgcore.domain.changes import (
    ALL,
    Change,
    KeepOwnItem,
    RenamePerson,
    SayNotSafe,
)
from rgcore.domain.changes.base import texts
from rgcore.domain.findings import Refused
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId, HoldsName, ItemId, PersonId, TextId
from rgcore.domain.inspection import inspect
from rgcore.domain.journal import Entry, fold_all, in_error
from rgcore.domain.text import PersonName, Said
from rgcore.method import compose
from rgcore.store.backup import Wanted, back_up, put_back
from rgcore.store.migrate import Branch
from rgcore.store.places import SqliteFile
from support import Clock, Demo, Entropy, Ids

METHOD: Final = compose()


@frozen
class Failed:
    """An error as an answer: two of them are the same if callers hear the same."""

    kind: str
    details: object


def answer(act: Callable[[], object]) -> object:
    """Return what somebody is answered, errors too."""
    try:
        return act()
    except rgcore.RgcoreError as error:
        return Failed(type(error).__name__, _details(error))


def _details(error: rgcore.RgcoreError) -> object:
    if isinstance(error, Refused):
        return error.decision
    if isinstance(error, rgcore.Conflict):
        return error.base, error.theirs, error.ours
    if isinstance(error, rgcore.InputError):
        return error.problems
    return sorted(error.fields.items(), key=str)


@define
class Interrupted:
    """A clock during whose next reading somebody else is quicker.

    It is read after a group was loaded and before anything is written: whoever
    records then lets the other one lose the race, on every run in the same way.
    """

    clock: Clock
    first: Callable[[], object] | None = None

    def __call__(self) -> datetime:
        """Return now, after the other one."""
        first, self.first = self.first, None
        if first is not None:
            first()
        return self.clock()


@define
class Side:
    """An institution on one kind of database, which can be closed and opened anew."""

    name: str
    folder: Path
    clock: Interrupted
    ids: Ids = field(factory=Ids)
    entropy: Entropy = field(factory=Entropy)
    _open: Demo | None = None
    _copies: int = 0

    @property
    def demo(self) -> Demo:
        """The open institution with what is beside it."""
        if self._open is None:
            # Ids and bytes go on where they were: a restart repeats none.
            opened = rgcore.open(
                self.folder / "rgcore.toml",
                clock=self.clock,
                ids=self.ids,
                entropy=self.entropy,
            )
            self._open = Demo(opened, self.clock.clock, self.folder)
        return self._open

    @property
    def institution(self) -> rgcore.Institution:
        """The open institution."""
        return self.demo.institution

    def close(self) -> None:
        """Close it; the next use opens it anew."""
        if self._open is not None:
            self._open.institution.close()
        self._open = None

    def put_back_a_copy(self) -> None:
        """Lose all databases and put copies of them back, if they are files."""
        if self.name != SQLITE:
            return
        self._copies += 1
        folder = self.folder / f"copy-{self._copies}"
        files = (self.demo.store, self.demo.keys, self.demo.log)
        wanted = [
            Wanted(SqliteFile(file), branch, folder)
            for file, branch in zip(files, Branch, strict=True)
        ]
        back_up(wanted)
        self.close()
        for file in files:
            for old in self.folder.glob(f"{file.name}*"):
                old.unlink()
        put_back(wanted)
        shutil.rmtree(folder)

    def spoil(self, statement: str, **values: object) -> None:
        """Alter the database of groups behind rgcore's back."""
        execute(_where(self.demo), statement, **values)


def _where(demo: Demo) -> Path | str:
    return demo.store if demo.store.exists() else demo.store_url


@define
class Lent:
    """Both sides for one example, and how they are given back."""

    clock: Clock
    sides: tuple[Side, ...]
    _stack: ExitStack

    @classmethod
    def of(cls, made: Mapping[str, Made], folder: Path, day: date) -> Lent:
        """Copy institutions that were made, one for each kind of database."""
        stack, clock = ExitStack(), Clock(day)
        sides = []
        for name, one in made.items():
            place = stack.enter_context(copied(one.folder, folder / name, one.server))
            sides.append(Side(name, place, Interrupted(clock)))
            stack.callback(sides[-1].close)
        return cls(clock, tuple(sides), stack)

    def give_back(self) -> None:
        """Close both."""
        self._stack.close()


@define
class Model:
    """What was acknowledged: the entries of each group, with their words."""

    entries: dict[GroupId, list[Entry]] = field(factory=dict)
    said: dict[TextId, Said] = field(factory=dict)
    forgotten: set[tuple[GroupId, PersonId]] = field(factory=set)
    order: list[tuple[GroupId, int]] = field(factory=list)

    def keep(self, recorded: rgcore.Recorded, words: Mapping[TextId, Said]) -> None:
        """Note what was acknowledged."""
        known = self.entries.setdefault(recorded.group, [])
        known += recorded.entries
        assert [entry.seq for entry in known] == list(range(1, recorded.seq + 1))
        self.order += [(recorded.group, entry.seq) for entry in recorded.entries]
        self.said |= words

    def group(self, group: GroupId) -> ResourceGroup:
        """Return the group that its entries add up to."""
        folded = fold_all(self.entries[group])
        assert folded is not None
        return folded

    def words(self, group: GroupId) -> dict[TextId, Said]:
        """Return the words of a group that can still be read."""
        out = in_error(self.entries[group])
        return {
            text.id: self.said[text.id]
            for entry in self.entries[group]
            if entry.change.id not in out
            for _, text in texts(entry.change)
            if (group, text.subject) not in self.forgotten
        }

    def private_to_others(self, group: GroupId, reader: PersonId) -> set[ItemId]:
        """Return what others keep for themselves, also what was entered in error."""
        changes = [entry.change for entry in self.entries[group]]
        shared = {i.id for i in self.group(group).own_items if i.shared_on}
        kept = [c for c in changes if isinstance(c, KeepOwnItem)]
        hidden = {c.item for c in kept if c.owner != reader} - shared
        out = in_error(self.entries[group])
        for change in changes:
            if isinstance(change, RenamePerson):
                for_all = not change.readers and change.id not in out
                told = (change.person, *change.readers)
                item = change.name
            elif isinstance(change, SayNotSafe):
                for_all, told = False, (change.person, *change.told)
                item = change.not_safe
            else:
                continue
            told = told[:1] if change.id in out else told
            if not for_all and reader not in told:
                hidden.add(item)
        return hidden

    def speakers(self, group: GroupId) -> list[PersonId]:
        """Return by or about whom something was said that can still be read."""
        found = {
            text.subject for e in self.entries[group] for _, text in texts(e.change)
        }
        return sorted(p for p in found if (group, p) not in self.forgotten)

    def is_silent(self, group: GroupId, changes: Iterable[Change]) -> bool:
        """Tell whether changes say something of somebody whose key was forgotten."""
        about = {text.subject for change in changes for _, text in texts(change)}
        return any((group, person) in self.forgotten for person in about)


def words_of(changes: Iterable[Change]) -> dict[TextId, Said]:
    """Return words for all texts of changes: names where names belong."""
    return {
        found.id: PersonName.of("Bo", None, found.id)
        if path in _names(change)
        else f"woorden van {found.id}"
        for change in changes
        for path, found in texts(change)
    }


def _names(change: Change) -> set[str]:
    marked = inspect(change).marked
    return {m.path for m in marked if isinstance(m.mark, HoldsName)}


@define
class Reached:
    """What all lives together came to: a search that reaches nothing proves nothing."""

    types: Counter[str] = field(factory=Counter)
    phases: Counter[str] = field(factory=Counter)
    answers: Counter[str] = field(factory=Counter)
    events: Counter[str] = field(factory=Counter)
    sides: Counter[str] = field(factory=Counter)

    def count(self, found: object) -> None:
        """Count an answer, and the types of changes if they were recorded."""
        if isinstance(found, Failed):
            self.answers[found.kind] += 1
        elif isinstance(found, rgcore.Recorded):
            self.answers["Recorded" if found.entries else "known already"] += 1
            self.types.update(entry.change.TYPE for entry in found.entries)
        else:
            self.answers[type(found).__name__] += 1

    def missing(self, answers: Sequence[str], *, never: Sequence[str]) -> list[str]:
        """Return what was not reached, of the types of changes and all phases too.

        Of ninety types, a few lives may miss some: none counts as missing as long as
        most were reached. That each is reached, generated groups see to.

        Args:
            answers: The answers that should be there.
            never: Types of changes that cannot be recorded.
        """
        types = [cls.TYPE for cls in ALL if cls.TYPE not in never]
        if sum(map(bool, map(self.types.get, types))) >= len(types) * 4 // 5:
            types = []
        phases = [phase.code for phase in METHOD.phases]
        wanted = (
            (self.types, types),
            (self.phases, phases),
            (self.answers, answers),
        )
        return [one for found, all_ in wanted for one in all_ if not found[one]]

    def report(self) -> str:
        """Return what was reached, a paragraph each."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        parts = ("sides", "events", "answers", "phases", "types")
        for name in parts:
            found: Counter[str] = getattr(self, name)
            told = ", ".join(f"{what} {times}" for what, times in sorted(found.items()))
            yield f"{name} ({found.total()}): {told}"


def altered(change: Change, day: date) -> Change:
    """Return a change with other content under the same id."""
    other = date(2025, 2, 3) if change.happened_on != date(2025, 2, 3) else day
    return evolve(change, happened_on=other)
