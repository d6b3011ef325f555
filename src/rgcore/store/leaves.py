"""Leaves: what was said by or about each person, each sealed with that one's key.

In a document the leaves of all people lie side by side in one column, each with
the sequence number at which it was last sealed, so that one read brings them all
and a change reseals only those it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
from attrs import frozen

from rgcore.domain.ids import PersonId, TextId
from rgcore.domain.text import Read, Said, Text
from rgcore.errors import StoreDamaged
from rgcore.serial.packed import pack_words, unpack_words
from rgcore.store.keystore import GroupKeys
from rgcore.store.sealing import Entropy, place, seal, unseal


@frozen
class SealedLeaf:
    """One person's sealed leaf and the sequence number it is bound to."""

    seq: int
    sealed: bytes


SealedLeaves = dict[PersonId, SealedLeaf]

_encode = msgspec.msgpack.Encoder(order="sorted").encode
_decode = msgspec.msgpack.Decoder(dict[PersonId, SealedLeaf]).decode


def pack_leaves(leaves: SealedLeaves) -> bytes:
    """Return sealed leaves as the bytes of one column."""
    return _encode(leaves)


def unpack_leaves(packed: bytes) -> SealedLeaves:
    """Return the sealed leaves of one column.

    Raises:
        StoreDamaged: The column holds something else.
    """
    try:
        return _decode(packed)
    except (msgspec.MsgspecError, ValueError, TypeError):
        pass
    raise StoreDamaged(what="leaf")


@frozen(kw_only=True)
class Sealer:
    """Seals and opens the leaves of one group.

    Attributes:
        institution: Whose group.
        group: Which group.
        part: `document` or `journal`.
        keys: The group's keys.
        entropy: Gives nonces.
    """

    institution: str
    group: str
    part: str
    keys: GroupKeys
    entropy: Entropy

    def seal_words(
        self, words: Mapping[PersonId, Mapping[TextId, Said]], seq: int
    ) -> SealedLeaves:
        """Seal each person's words with that person's key.

        Args:
            words: By person.
            seq: The sequence number they are bound to.
        """
        return {
            person: SealedLeaf(
                seq,
                seal(
                    self.keys.subjects[person],
                    pack_words(said),
                    self._where(person, seq),
                    self.entropy,
                ),
            )
            for person, said in words.items()
        }

    def open_words(self, leaves: SealedLeaves) -> dict[TextId, Read]:
        """Return all words that can be read; whose key is forgotten says nothing."""
        words: dict[TextId, Read] = {}
        for person in leaves:
            words.update(self.open_leaf(leaves, person))
        return words

    def open_leaf(self, leaves: SealedLeaves, person: PersonId) -> dict[TextId, Said]:
        """Return one person's words; none if there is no leaf or no key.

        A leaf of the journal may have been emptied, one of a document never is.
        """
        leaf, key = leaves.get(person), self.keys.subjects.get(person)
        if leaf is None or key is None:
            return {}
        if not leaf.sealed and self.part == "journal":
            return {}
        where = self._where(person, leaf.seq)
        return unpack_words(unseal(key, leaf.sealed, where, "leaf"))

    def seal_skeleton(self, packed: bytes, seq: int) -> bytes:
        """Seal a skeleton with the group's key."""
        return seal(self.keys.group, packed, self._where("", seq), self.entropy)

    def open_skeleton(self, sealed: bytes, seq: int) -> bytes:
        """Return a skeleton.

        Raises:
            StoreDamaged: It was altered or belongs elsewhere.
        """
        return unseal(self.keys.group, sealed, self._where("", seq), self.part)

    def _where(self, subject: str, seq: int) -> bytes:
        return place(self.part, self.institution, self.group, subject, seq)


def by_subject(
    texts: Iterable[Text], words: Mapping[TextId, Said]
) -> dict[PersonId, dict[TextId, Said]]:
    """Return words by the person they are by or about.

    Args:
        texts: The texts that stand for them.
        words: The words; those that were erased elsewhere are not among them.
    """
    found: dict[PersonId, dict[TextId, Said]] = {}
    for text in texts:
        if text.id in words:
            found.setdefault(text.subject, {})[text.id] = words[text.id]
    return found
