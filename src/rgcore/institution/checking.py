"""Check what is kept, and anchor what was found to be whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from attrs import field, frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import GroupId
from rgcore.errors import ConfigurationError, NotAvailable, Problem
from rgcore.institution.answers import Anchored, Examined
from rgcore.store import Anchor, AnchorFile, Anchors, Fault, IndexRow, Store, verify

Progress = Callable[[int, int], None]
"""Told after each group how many are done, and of how many."""

_Links = Mapping[int, Mapping[str, Any]]
"""Number, position and link of each row of a journal, by number."""

_LOOKS: Final = 10


@frozen(kw_only=True)
class Checker:
    """Looks whether what is kept is what was recorded and what was anchored.

    Attributes:
        store: The store.
        index: Computes what the index should say of a group.
        clock: Gives now, in UTC.
        file: The file with anchors; `None` if none is configured.
    """

    store: Store
    index: Callable[[ResourceGroup], IndexRow] = field(eq=False)
    clock: Callable[[], datetime] = field(eq=False)
    file: AnchorFile | None

    def examine(self, group: str | None, done: Progress | None) -> Examined:
        """Look at one group or all.

        Args:
            group: The group; `None` for all.
            done: Told after each group.

        Raises:
            NotAvailable: There is no such group.
        """
        anchors, wanted = self._wanted(group)
        faults: list[Fault] = []
        rows = 0
        for one in _told(wanted, done):
            links = self._links(one)
            faults += self._faults(one, anchors, links)
            end = anchors.end(one)
            rows += sum(seq > end for seq in links)
        return Examined(
            groups=len(wanted),
            faults=tuple(faults),
            has_anchors=self.file is not None,
            last_anchor=anchors.last_of(wanted),
            rows_after=rows,
        )

    def anchor(self, done: Progress | None) -> Anchored:
        """Anchor every journal that went on, if it is whole.

        Args:
            done: Told after each group.

        Raises:
            ConfigurationError: No file for anchors is configured.
        """
        if self.file is None:
            raise ConfigurationError([Problem("input.missing_key", "anchors.file")])
        anchors, wanted = self._wanted(None)
        new: list[Anchor] = []
        faults: list[Fault] = []
        for one in _told(wanted, done):
            # Read before it is verified: what is found to be whole reaches this far.
            links = self._links(one)
            found = self._in_the_way(one, anchors, links)
            faults += found
            if not found and _last(links) > anchors.end(one):
                new.append(self._anchor(self.file, one, links[_last(links)]))
        added = self.file.add(new)
        return Anchored(groups=tuple(a.group for a in added), faults=tuple(faults))

    def lost(self, group: str) -> list[Fault]:
        """Return what the anchors know of a group and the store does not.

        Args:
            group: The group.

        Raises:
            NotAvailable: There is no such group.
        """
        anchors, (one,) = self._wanted(group)
        return self._lost(one, anchors, self._links(one))

    def _anchors(self) -> Anchors:
        return self.file.read() if self.file else Anchors()

    def _wanted(self, group: str | None) -> tuple[Anchors, tuple[GroupId, ...]]:
        # Anchors first: a group that begins meanwhile is in the store before them.
        anchors = self._anchors()
        known = tuple(sorted({*self.store.groups(), *anchors.by_group}))
        if group is None:
            return anchors, known
        if group not in known:
            raise NotAvailable
        return anchors, (GroupId(group),)

    def _links(self, group: GroupId) -> _Links:
        rows = self.store.links(group)
        # What is no number is no row of a journal; `verify` names it.
        return {row["seq"]: row for row in rows if isinstance(row["seq"], int)}

    def _faults(self, group: GroupId, anchors: Anchors, links: _Links) -> list[Fault]:
        lost = self._lost(group, anchors, links)
        if lost and self._is_gone(group, links):
            return lost
        found = self._found(group)
        named = {fault.seq for fault in found}
        found += (fault for fault in lost if fault.seq not in named)
        return sorted(found, key=lambda fault: (fault.seq is None, fault.seq or 0))

    def _in_the_way(
        self, group: GroupId, anchors: Anchors, links: _Links
    ) -> list[Fault]:
        """Return why a journal cannot be anchored.

        A row of the index that differs says nothing about the journal. A document
        that differs does: it is what says how far the journal goes.
        """
        lost = self._lost(group, anchors, links)
        if lost or _last(links) == anchors.end(group):
            return lost
        return [one for one in self._found(group) if one.code != "index_differs"]

    def _found(self, group: GroupId) -> list[Fault]:
        """Return the faults of a group that stands still meanwhile.

        Keys, journal and document are read one after another: what somebody records
        in between looks like a fault.
        """
        found: tuple[Fault, ...] = ()
        for _ in range(_LOOKS):
            before = self.store.links(group)
            found = verify(self.store, group, self.index)
            if not found or self.store.links(group) == before:
                break
        return list(found)

    def _lost(self, group: GroupId, anchors: Anchors, links: _Links) -> list[Fault]:
        if anchors.of(group) and self._is_gone(group, links):
            return [Fault(group=group, code="anchored_group_missing")]
        by_seq = {seq: row["link"] for seq, row in links.items()}
        return list(anchors.faults(group, by_seq))

    def _is_gone(self, group: GroupId, links: _Links) -> bool:
        return not links and group not in self.store.groups()

    def _anchor(
        self, file: AnchorFile, group: GroupId, last: Mapping[str, Any]
    ) -> Anchor:
        return Anchor(
            institution=file.institution,
            group=group,
            seq=last["seq"],
            position=last["position"],
            link=last["link"].hex(),
            at=self.clock(),
        )


def _last(links: _Links) -> int:
    return max(links, default=0)


def _told(groups: Sequence[GroupId], done: Progress | None) -> Iterator[GroupId]:
    for number, group in enumerate(groups, 1):
        yield group
        if done is not None:
            done(number, len(groups))
