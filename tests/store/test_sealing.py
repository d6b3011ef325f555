"""What was said is sealed for one person, in one place, and shows nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import rgcore
from databases import only_files, takes_anything
from rgcore import ERASED, Words
from rgcore.domain.ids import PersonId, TextId
from rgcore.errors import KeysForgotten, KeyStoreBehind, StoreDamaged
from rgcore.serial.packed import Leaf
from rgcore.store import KeyRing, KeyStore
from rgcore.store.keystore import GroupKeys
from rgcore.store.leaves import SealedLeaf, Sealer, pack_leaves, unpack_leaves
from support import (
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    MARKER,
    Demo,
    Entropy,
    Row,
    all_bytes,
    forget,
    set_goal,
    start_klaas,
    tampered,
    told,
)

OTHER = "g-other"
MOTHER = PersonId("mother")
SECRET = bytes(range(32))
KEYS = GroupKeys(SECRET, SECRET, {KLAAS: SECRET, MOTHER: SECRET})
"""One key for all, so that only the place can make a difference."""

SEALER = Sealer(
    institution="demo",
    group=GROUP,
    part="document",
    keys=KEYS,
    entropy=Entropy(),
)


def one_leaf() -> dict[PersonId, SealedLeaf]:
    return SEALER.seal_words({KLAAS: {TextId("t-1"): MARKER}}, seq=3)


def test_leaf_opens_where_it_was_sealed() -> None:
    assert SEALER.open_words(one_leaf()) == {"t-1": MARKER}


@pytest.mark.parametrize(
    "elsewhere",
    [{"institution": "another"}, {"group": OTHER}, {"part": "journal"}],
    ids=str,
)
def test_nothing_opens_in_another_place(elsewhere: dict[str, Any]) -> None:
    other = evolve(SEALER, **elsewhere)
    sealed = SEALER.seal_skeleton(MARKER.encode(), 3)
    for opening in (
        lambda: other.open_words(one_leaf()),
        lambda: other.open_skeleton(sealed, 3),
    ):
        with pytest.raises(StoreDamaged) as caught:
            opening()
        assert MARKER not in told(caught.value)


def test_no_two_seals_share_a_nonce() -> None:
    # Two under one key would give away what both say.
    words = {KLAAS: {TextId("t-1"): MARKER}}
    sealed = [SEALER.seal_words(words, seq=3)[KLAAS].sealed for _ in range(9)]
    assert len({one[:12] for one in sealed}) == len(sealed)


def test_leaf_of_one_person_does_not_open_as_another_s() -> None:
    with pytest.raises(StoreDamaged):
        SEALER.open_words({MOTHER: one_leaf()[KLAAS]})


def test_leaf_does_not_open_as_one_of_another_day() -> None:
    with pytest.raises(StoreDamaged):
        SEALER.open_words({KLAAS: evolve(one_leaf()[KLAAS], seq=4)})


def test_skeleton_does_not_open_as_one_of_another_day_nor_as_a_leaf() -> None:
    sealed = SEALER.seal_skeleton(b"x", 3)
    with pytest.raises(StoreDamaged):
        SEALER.open_skeleton(sealed, 4)
    with pytest.raises(StoreDamaged):
        SEALER.open_words({KLAAS: SealedLeaf(3, sealed)})


@given(offset=st.integers(0, 200), mask=st.integers(1, 255))
def test_no_byte_of_a_leaf_can_be_altered(offset: int, mask: int) -> None:
    leaf = one_leaf()[KLAAS]
    raw = bytearray(leaf.sealed)
    raw[offset % len(raw)] ^= mask
    with pytest.raises(StoreDamaged):
        SEALER.open_words({KLAAS: SealedLeaf(leaf.seq, bytes(raw))})


@pytest.mark.parametrize("sealed", [b"", b"x", b"x" * 12, b"x" * 28])
def test_what_was_never_sealed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(StoreDamaged):
        SEALER.open_words({KLAAS: SealedLeaf(3, sealed)})


def leaves_of(row: Row) -> dict[PersonId, SealedLeaf]:
    return unpack_leaves(row["leaves"])


def refused_view(demo: Demo, alter: Any) -> None:  # noqa: ANN401
    """Make sure that a view of an altered document raises and tells nothing."""
    with tampered(demo.store_url, "document", alter):
        for group in (GROUP, OTHER):
            with pytest.raises(StoreDamaged) as caught:
                demo.institution.view(group, AT_THE_TABLE)
            assert "zilverreiger" not in told(caught.value).casefold()
    assert demo.institution.view(GROUP, AT_THE_TABLE).name(MOTHER) is not None


def test_leaves_swapped_between_people_show_nothing(standing: Demo) -> None:
    def alter(rows: list[Row]) -> list[Row]:
        for row in rows:
            leaves = leaves_of(row)
            leaves[KLAAS], leaves[MOTHER] = leaves[MOTHER], leaves[KLAAS]
            row["leaves"] = pack_leaves(leaves)
        return rows

    refused_view(standing, alter)


def test_leaves_swapped_between_groups_show_nothing(standing: Demo) -> None:
    def alter(rows: list[Row]) -> list[Row]:
        one, two = rows
        one["leaves"], two["leaves"] = two["leaves"], one["leaves"]
        return rows

    refused_view(standing, alter)


def test_leaf_with_another_number_shows_nothing(standing: Demo) -> None:
    def alter(rows: list[Row]) -> list[Row]:
        for row in rows:
            leaves = leaves_of(row)
            leaves[MOTHER] = evolve(leaves[MOTHER], seq=leaves[MOTHER].seq + 1)
            row["leaves"] = pack_leaves(leaves)
        return rows

    refused_view(standing, alter)


@takes_anything
@pytest.mark.parametrize("column", ["skeleton", "leaves"])
@pytest.mark.parametrize("value", [b"", b"\xff", "x", 7, b"\x81\xa1\xff\x01"])
def test_document_of_another_kind_shows_nothing(
    standing: Demo, column: str, value: object
) -> None:
    refused_view(standing, lambda rows: [row | {column: value} for row in rows])


def test_altered_keys_show_nothing(standing: Demo) -> None:
    with tampered(
        standing.keys_url,
        "key_record",
        lambda rows: [r | {"revision": 9} for r in rows],
    ):
        with pytest.raises(StoreDamaged):
            standing.institution.view(GROUP, AT_THE_TABLE)
        with pytest.raises(StoreDamaged):
            set_goal(standing.institution, "never", "niets")


def test_missing_keys_are_said_to_be_missing(standing: Demo) -> None:
    gone = tampered(standing.keys_url, "key_record", lambda _: [])
    with gone, pytest.raises(KeyStoreBehind):
        standing.institution.view(GROUP, AT_THE_TABLE)


@only_files
def test_no_word_lies_in_any_file(demo: Demo) -> None:
    klaas = rgcore.PersonName.of(MARKER.title(), "van", MARKER)
    start_klaas(demo.institution, name=klaas)
    set_goal(demo.institution, "bike", f"{MARKER} fietsen")
    demo.institution.view(GROUP, AT_THE_TABLE)
    open_files = dict(all_bytes(demo.folder))
    assert {"demo.db-wal", "demo.keys.db", "demo.log.db"} <= open_files.keys()
    demo.institution.close()
    for name, content in [*open_files.items(), *all_bytes(demo.folder)]:
        assert MARKER.encode() not in content.lower(), name
        assert MARKER.encode("utf-16-le") not in content.lower(), name


def test_no_repr_shows_words_or_keys(two_groups: Demo) -> None:
    set_goal(two_groups.institution, "bike2", MARKER)
    store = two_groups.institution._store
    loaded = store.load(GROUP)
    assert loaded is not None
    keys = loaded.keys
    ring = KeyRing.read(two_groups.ring)
    words = Words()
    words.add("t", subject=KLAAS, said=MARKER)
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    kept = [store.opened(row, keys) for row in store.journal(GROUP)]
    leaf = Leaf(texts={TextId("t"): MARKER}, names={}, dates={})
    name = rgcore.PersonName.of(MARKER)
    shown = [view, loaded, words, name, keys, ring, kept, leaf, store]
    said = " ".join(f"{one!r} {one!s}" for one in shown).casefold()
    assert MARKER not in said
    for key in (keys.group, keys.chain, *keys.subjects.values(), *ring.keys.values()):
        assert repr(key).casefold() not in said
        assert key.hex() not in said


def test_forgotten_person_reads_as_erased_and_the_rest_stays(two_groups: Demo) -> None:
    before = two_groups.institution.view(GROUP, AT_THE_TABLE)
    forget(two_groups, MOTHER)
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    mother = view.group.person(MOTHER)
    assert view.said(mother.name) is ERASED
    assert view.said(mother.relation) is ERASED
    assert view.name(MOTHER) is None
    assert view.group == before.group
    assert view.timeline() == before.timeline()
    assert view.name(KLAAS) == rgcore.PersonName.of("Klaas")
    assert view.said(view.group.nominations[0].asks) == "bij mij blijven"


def test_verify_stays_clean_through_every_erasure(two_groups: Demo) -> None:
    for person in (MOTHER, KLAAS):
        forget(two_groups, person)
        assert two_groups.institution.verify() == ()
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert dict(view.words) == {}
    other = two_groups.institution.view(OTHER, AT_THE_TABLE)
    assert other.name(MOTHER) == rgcore.PersonName.of("Zilverreiger")


def test_group_goes_on_after_an_erasure(two_groups: Demo) -> None:
    forget(two_groups, MOTHER)
    set_goal(two_groups.institution, "after", "verder")
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.said(view.group.goals[-1].words) == "verder"
    assert view.name(MOTHER) is None
    assert two_groups.institution.verify() == ()


def test_words_about_a_forgotten_person_are_refused_and_break_nothing(
    two_groups: Demo,
) -> None:
    forget(two_groups, KLAAS)
    with pytest.raises(KeysForgotten) as caught:
        set_goal(two_groups.institution, "after", MARKER)
    assert MARKER not in told(caught.value)
    view = two_groups.institution.view(GROUP, AT_THE_TABLE)
    assert view.name(MOTHER) == rgcore.PersonName.of("Zilverreiger")
    assert two_groups.institution.verify() == ()


def test_what_was_recorded_before_an_erasure_is_still_recorded(
    two_groups: Demo,
) -> None:
    forget(two_groups, KLAAS)
    again = start_klaas(two_groups.institution)
    assert again.entries == ()


def test_tampering_is_seen_after_an_erasure_too(two_groups: Demo) -> None:
    forget(two_groups, MOTHER)

    def alter(rows: list[Row]) -> list[Row]:
        for row in rows:
            leaves = leaves_of(row)
            if MOTHER in leaves:
                leaves[MOTHER] = evolve(leaves[MOTHER], sealed=b"x" * 40)
                row["leaves"] = pack_leaves(leaves)
        return rows

    with tampered(two_groups.store_url, "journal", alter):
        found = [(f.group, f.seq) for f in two_groups.institution.verify()]
    assert found == [(GROUP, 3), (OTHER, 3)]


def test_crash_between_keys_and_journal_does_no_harm(two_groups: Demo) -> None:
    key_store: KeyStore = two_groups.institution._store._keys
    key_store.with_subjects(GROUP, key_store.read(GROUP), [PersonId("nobody")])
    assert two_groups.institution.verify() == ()
    set_goal(two_groups.institution, "after", "verder")
    assert two_groups.institution.verify() == ()
