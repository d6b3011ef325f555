"""Whole groups in: looked over like anything that a stranger wrote, then replayed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from attrs import evolve, frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import ImportGroup, StartGroup
from rgcore.domain.findings import Finding, Refused, decide
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, InstitutionId, PersonId, TeamId
from rgcore.domain.journal import Entry, fold_all
from rgcore.domain.renaming import renamed
from rgcore.errors import Busy, GroupExists, InputError, Problem
from rgcore.institution.answers import Imported
from rgcore.institution.directory import Directory
from rgcore.institution.exporting import actors_of, people_of
from rgcore.institution.fitting import misfits
from rgcore.institution.intake import of_entry
from rgcore.institution.recording import AMSTERDAM, Means
from rgcore.method import Method, snapshot
from rgcore.serial.export import Exported, read_export
from rgcore.store import IndexRow, Kept, LostRace, Store

_ID_LENGTH: Final = 32
_ATTEMPTS: Final = 3
_SKEW: Final = timedelta(days=1)
"""How far the clock of another institution may be ahead of ours."""

_BEGINNINGS: Final = (ImportGroup.TYPE, StartGroup.TYPE)

Names = Mapping[PersonId, PersonId]


@frozen(kw_only=True, repr=False)
class Incoming:
    """A group as it will be kept here; its `repr` shows no words.

    Attributes:
        first: What says where it came from, the first entry here.
        kept: All entries with their words, that one included.
        found: What the file says.
    """

    first: ImportGroup
    kept: tuple[Kept, ...]
    found: Exported


def looked_over(content: object, digest: object, now: datetime) -> Exported:
    """Return what a file says.

    Args:
        content: The file, as plain data.
        digest: The digest that whoever sent it told by another way, if they did.
        now: In UTC.

    Raises:
        InputError: Something does not fit; lists every problem by path.
    """
    found = read_export(content)
    if digest is not None and str(digest).strip().lower() != found.digest:
        raise InputError([Problem("input.other_digest", "digest")])
    problems = [*_of_entries(found, now + _SKEW), *_of_beginning(found)]
    if problems:
        raise InputError(problems)
    return found


class Importer:
    """Makes groups of other institutions groups of this one."""

    def __init__(
        self,
        store: Store,
        method: Method,
        means: Means,
        index: Callable[[ResourceGroup], IndexRow],
    ) -> None:
        self._store = store
        self._method = method
        self._means = means
        self._index = index

    def take(self, found: Exported, actor: Actor, team: TeamId | None) -> Imported:
        """Keep a group, all of it or nothing; once, however often it is sent.

        Args:
            found: What the file says.
            actor: Who imports it.
            team: The team that keeps it; that of the file if it is not given.

        Raises:
            Refused: Its changes do not fit each other; carries every reason.
            GroupExists: Another group has its id here.
        """
        incoming = self._incoming(found, actor, team)
        for _ in range(_ATTEMPTS):
            known = self._known(incoming)
            if known is not None:
                return known
            try:
                return self._keep(incoming)
            except LostRace:
                continue
        raise Busy

    def _incoming(self, found: Exported, actor: Actor, team: TeamId | None) -> Incoming:
        names = self._names(found)
        moved = [
            evolve(
                entry,
                seq=entry.seq + 1,
                change=renamed(entry.change, names),
                actor=renamed(entry.actor, names),
            )
            for entry, _ in found.entries
        ]
        first = self._first(found, _begun(moved), team)
        entries = [self._entry(first, actor), *moved]
        against = misfits(entries, first.found(self._method.digest))
        if against:
            raise Refused(decide(_in_the_file(*one) for one in against))
        words = [{}, *(said for _, said in found.entries)]
        journal = zip(entries, words, strict=True)
        kept = tuple(Kept(entry=entry, words=said) for entry, said in journal)
        return Incoming(first=first, kept=kept, found=found)

    def _names(self, found: Exported) -> Names:
        source = found.source.institution
        if source == self._store.institution:
            return {}
        strangers = _strangers([entry for entry, _ in found.entries])
        here = _known_here(found, self._means.directory)
        return {person: _opaque(source, person) for person in strangers | here}

    def _first(
        self, found: Exported, begun: ResourceGroup, team: TeamId | None
    ) -> ImportGroup:
        return ImportGroup(
            id=ChangeId(f"import-{found.digest[:_ID_LENGTH]}"),
            happened_on=self._means.clock().astimezone(AMSTERDAM).date(),
            source_institution=found.source.institution,
            source_group=found.source.group,
            head=found.source.head,
            count=len(found.entries),
            digest=found.digest,
            group=found.source.group,
            client=begun.client,
            team=team or begun.team,
            started_on=begun.started_on,
        )

    def _entry(self, first: ImportGroup, actor: Actor) -> Entry:
        return Entry(
            seq=1,
            change=first,
            actor=actor,
            recorded_at=self._means.clock(),
            composition=self._method.digest,
        )

    def _known(self, incoming: Incoming) -> Imported | None:
        """Return the group if this very file was imported before."""
        first = incoming.first
        loaded = self._store.load(first.group)
        if loaded is None:
            return None
        kept = self._store.entry(loaded, loaded.group.happenings[0].change)
        change = kept.entry.change if kept else None
        if not isinstance(change, ImportGroup) or change.digest != first.digest:
            raise GroupExists
        return _answer(loaded.group, imported=False)

    def _keep(self, incoming: Incoming) -> Imported:
        blank = incoming.first.found(self._method.digest)
        group = fold_all(one.entry for one in incoming.kept) or blank
        now = self._means.clock()
        for digest, data in incoming.found.compositions.items():
            self._store.keep_composition(digest, data, now)
        method = self._method
        self._store.keep_composition(method.digest, snapshot(method), now)
        self._store.append(None, group, incoming.kept, self._index(group))
        return _answer(group, imported=True)


def _answer(group: ResourceGroup, *, imported: bool) -> Imported:
    return Imported(
        group=group.id, client=group.client, seq=group.seq, imported=imported
    )


def _of_entries(found: Exported, latest: datetime) -> Iterator[Problem]:
    for number, (entry, words) in enumerate(found.entries):
        path = f"entries[{number}]"
        if entry.recorded_at > latest:
            yield Problem("input.out_of_range", f"{path}.recorded_at")
        yield from of_entry(entry, words, path)


def _of_beginning(found: Exported) -> Iterator[Problem]:
    """Go through what keeps a journal from being that of one group."""
    types = [entry.change.TYPE for entry, _ in found.entries]
    imports = [type_ == ImportGroup.TYPE for type_ in types]
    start = imports.index(False) if False in imports else None
    if start is None:
        yield Problem("input.nothing", "entries")
    elif types[start] != StartGroup.TYPE:
        path = f"entries[{start}].change.type"
        yield Problem("input.wrong_type", path, _BEGINNINGS)


def _begun(entries: Sequence[Entry]) -> ResourceGroup:
    """Return the group with which a journal begins."""
    return next(
        entry.change.found(entry.composition)
        for entry in entries
        if isinstance(entry.change, StartGroup | ImportGroup)
    )


def _strangers(entries: Sequence[Entry]) -> set[PersonId]:
    """Return everybody who is an id of the other institution's directory."""
    people = [person for entry in entries for person in people_of(entry.change)]
    staff = {person.id for person in people if person.staff}
    return staff | ({*actors_of(entries)} - {person.id for person in people})


def _known_here(found: Exported, directory: Directory) -> set[PersonId]:
    """Return people of the group whose ids are somebody else's in our directory."""
    people = {p.id for entry, _ in found.entries for p in people_of(entry.change)}
    return {person for person in people if directory.find(person) is not None}


def _opaque(institution: InstitutionId, person: PersonId) -> PersonId:
    """Return an id that meets nobody's here, the same each time."""
    whole = f"{institution}\x1f{person}"
    return PersonId(hashlib.sha256(whole.encode()).hexdigest()[:_ID_LENGTH])


def _in_the_file(entry: Entry, finding: Finding) -> Finding:
    """Return a finding with the place of its change in the file."""
    # The entry that says where the group came from stands in no file.
    path = f"entries[{entry.seq - 2}].change"
    inner = f"{path}.{finding.path}" if finding.path else path
    return evolve(finding, params=(("path", inner),))
