"""Whether the rest of a journal still fits after corrections.

Pure: entries go in, and what no longer fits comes out by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from rgcore.domain.changes.base import misfit
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Finding
from rgcore.domain.ids import ChangeId
from rgcore.domain.journal import Entry, unfit


@frozen
class Noted:
    """A correction that is to take effect.

    Attributes:
        entry: Its entry.
        path: Where it stands among what somebody wants to record.
    """

    entry: Entry
    path: str


def broken(entries: Sequence[Entry], run: Sequence[Noted]) -> Iterator[Finding]:
    """Go through the changes that corrections would leave without their ground.

    Args:
        entries: The journal before the corrections.
        run: The corrections, in their order.

    Returns:
        A finding for each such change, at the first correction that does this to it.
    """
    added = [one.entry for one in run]
    # A journal may hold what would not be taken today; no correction is to blame.
    before = _unfit([*entries])
    left = _unfit([*entries, *added]) - before
    for number, one in enumerate(run, 1):
        now = _unfit([*entries, *added[:number]]) & left if left else frozenset()
        yield from (_finding(one, change) for change in sorted(now))
        left -= now


def _unfit(entries: Sequence[Entry]) -> frozenset[ChangeId]:
    return frozenset(found.entry.change.id for found in unfit(entries))


def _finding(one: Noted, change: ChangeId) -> Finding:
    correction = one.entry.change
    own = isinstance(correction, Correction) and change in correction.entries
    path = f"{one.path}.entries"
    found = misfit("no_longer_fits" if own else "others_build_on_it", path)
    return evolve(found, params=(*found.params, ("change", change)))
