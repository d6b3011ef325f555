"""See whether a whole journal fits itself: each entry the group as it then stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rgcore.domain.changes import Change, ImportGroup, StartGroup
from rgcore.domain.changes.base import misfit, texts
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ItemId, TextId
from rgcore.domain.journal import Entry, fold
from rgcore.institution.recording import AMSTERDAM

Unfit = tuple[Entry, Finding]
"""An entry and how its change does not fit; the path begins at the change."""


def unfit(entries: Sequence[Entry]) -> tuple[Unfit, ...]:
    """Return how entries do not fit the group as it stands when they come.

    A change that does not fit is not applied, and later ones that need what it
    would have made are passed over: they would only repeat it.

    Args:
        entries: A whole journal, its first entry first.
    """
    course = _Course()
    for entry in entries:
        course.take(entry)
    return tuple(course.found)


class _Course:
    """Goes along a journal, with what is known so far."""

    def __init__(self) -> None:
        self.found: list[Unfit] = []
        self._group: ResourceGroup | None = None
        self._texts: set[TextId] = set()
        self._missing: frozenset[ItemId] = frozenset()
        self._never_began = False

    def take(self, entry: Entry) -> None:
        """Look at one entry, and apply its change if it fits."""
        touched = entry.change.touches()
        if self._never_began or self._missing & touched:
            return
        before = self._before(entry)
        found = tuple(self._against(entry, before))
        self.found += [(entry, finding) for finding in found]
        if not found:
            self._group = fold(self._group, entry)
        elif before is None or not before.people:
            self._never_began = True
        else:
            self._missing |= {item for item in touched if not before.knows(item)}

    def _before(self, entry: Entry) -> ResourceGroup | None:
        if self._group is None and isinstance(entry.change, StartGroup | ImportGroup):
            return entry.change.found(entry.composition)
        return self._group

    def _against(self, entry: Entry, before: ResourceGroup | None) -> Iterator[Finding]:
        change = entry.change
        begins = isinstance(change, StartGroup | ImportGroup)
        if before is None or not (before.people or begins):
            yield misfit("not_started", ".type")
            return
        if isinstance(change, StartGroup | ImportGroup) and change.group != before.id:
            yield misfit("other_group", ".group")
        if isinstance(change, StartGroup) and not _starts(change, before):
            yield misfit("other_group", ".client.id")
        yield from _on_its_day(entry, before)
        yield from change.problems(before)
        yield from self._known_texts(change)

    def _known_texts(self, change: Change) -> Iterator[Finding]:
        for path, text in texts(change):
            if text.id in self._texts:
                yield misfit("text_known", path)
            self._texts.add(text.id)


def _starts(change: StartGroup, before: ResourceGroup) -> bool:
    """Tell whether a start begins the group that an import before it announced."""
    begun = (before.client, before.started_on)
    return (change.client.id, change.happened_on) == begun


def _on_its_day(entry: Entry, before: ResourceGroup) -> Iterator[Finding]:
    day = entry.change.happened_on
    if day > entry.recorded_at.astimezone(AMSTERDAM).date():
        yield misfit("in_the_future", ".happened_on")
    if day < before.started_on:
        yield misfit("before_the_group", ".happened_on")
