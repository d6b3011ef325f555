"""See whether a whole journal from elsewhere is that of one group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rgcore.domain.changes import ImportGroup, StartGroup
from rgcore.domain.changes.base import misfit
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.journal import Entry, unfit
from rgcore.institution.recording import AMSTERDAM


def misfits(
    entries: Sequence[Entry], begun: ResourceGroup
) -> tuple[tuple[Entry, Finding], ...]:
    """Return how entries do not fit, in their order; paths begin at the change.

    Args:
        entries: A whole journal, its first entry first.
        begun: The group before anything happened in it.
    """
    found = [(one.entry, why) for one in unfit(entries) for why in one.findings]
    found += [(entry, why) for entry in entries for why in _of(entry, begun)]
    return tuple(sorted(found, key=lambda one: one[0].seq))


def _of(entry: Entry, begun: ResourceGroup) -> Iterator[Finding]:
    """Go through what `record` looks at beside the structure of a change."""
    change = entry.change
    if isinstance(change, StartGroup | ImportGroup) and change.group != begun.id:
        yield misfit("other_group", ".group")
    if isinstance(change, StartGroup) and not _starts(change, begun):
        yield misfit("other_group", ".client.id")
    if change.happened_on > entry.recorded_at.astimezone(AMSTERDAM).date():
        yield misfit("in_the_future", ".happened_on")
    if not change.MAY_PRECEDE and change.happened_on < begun.started_on:
        yield misfit("before_the_group", ".happened_on")


def _starts(change: StartGroup, begun: ResourceGroup) -> bool:
    """Tell whether a start begins the group that an import before it announced."""
    return (change.client.id, change.happened_on) == (begun.client, begun.started_on)
