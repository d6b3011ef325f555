"""Write anew for corrections and repairs: a document from its journal, empty leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rgcore.domain.changes import EmptyInError, RedactEntries
from rgcore.domain.changes.base import texts
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, PersonId, TextId
from rgcore.domain.text import Said, Text
from rgcore.serial.packed import pack_group
from rgcore.store.leaves import SealedLeaf, SealedLeaves, Sealer, pack_leaves
from rgcore.store.rows import Kept, Row

_EMPTY = b""


def document_anew(
    kept: Sequence[Kept], group: ResourceGroup, sealer: Sealer, forgotten: SealedLeaves
) -> Row:
    """Return a document's columns, but for its head, from a whole journal.

    Whoever ever had words keeps a leaf, be it without any: it says that there was
    somebody, so that nobody makes a new key once theirs was forgotten.

    Args:
        kept: The whole journal.
        group: The group that it adds up to.
        sealer: Seals parts of this group's document.
        forgotten: A leaf of each person whose key was forgotten.
    """
    words: dict[PersonId, dict[TextId, Said]] = {
        text.subject: {}
        for one in kept
        for _, text in texts(one.entry.change)
        if text.subject in sealer.keys.subjects
    }
    for text, said in _counting(kept, group):
        words[text.subject][text.id] = said
    leaves = forgotten | sealer.seal_words(words, group.seq)
    return {
        "seq": group.seq,
        "skeleton": sealer.seal_skeleton(pack_group(group), group.seq),
        "leaves": pack_leaves(leaves),
    }


def words_that_count(
    kept: Iterable[Kept], group: ResourceGroup
) -> Mapping[TextId, Said]:
    """Return the words of all entries that are not in error nor emptied, by text.

    Args:
        kept: The whole journal.
        group: The group that it adds up to.
    """
    return {text.id: said for text, said in _counting(kept, group)}


def emptied_by(kept: Iterable[Kept]) -> frozenset[ChangeId]:
    """Return the changes whose texts are emptied by any of these entries.

    Args:
        kept: Entries of a journal.
    """
    changes = (one.entry.change for one in kept)
    named = (c.entries for c in changes if isinstance(c, EmptyInError | RedactEntries))
    return frozenset[ChangeId]().union(*named)


def emptied_leaves(leaves: SealedLeaves) -> SealedLeaves:
    """Return leaves without what was in them.

    Args:
        leaves: The leaves of a row of the journal.
    """
    return {p: SealedLeaf(leaf.seq, _EMPTY) for p, leaf in leaves.items()}


def is_emptied(leaves: SealedLeaves) -> bool:
    """Tell whether there are leaves and nothing is in any of them.

    Args:
        leaves: The leaves of a row of the journal.
    """
    return bool(leaves) and all(leaf.sealed == _EMPTY for leaf in leaves.values())


def holds_words(leaves: SealedLeaves) -> bool:
    """Tell whether there is something in any leaf.

    Args:
        leaves: The leaves of a row of the journal.
    """
    return any(leaf.sealed != _EMPTY for leaf in leaves.values())


def _counting(
    kept: Iterable[Kept], group: ResourceGroup
) -> Iterator[tuple[Text, Said]]:
    out = {h.change for h in group.happenings if h.in_error or h.emptied}
    for one in kept:
        if one.entry.change.id not in out:
            for _, text in texts(one.entry.change):
                if text.id in one.words:
                    yield text, one.words[text.id]
