"""Two doors, one schema: whatever a change holds, both give it back unchanged."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings, strategies as st

from rgcore.domain.changes import ALL, BY_TYPE, Change, NameGroup
from rgcore.domain.ids import TextId
from rgcore.domain.journal import Entry
from rgcore.domain.text import PersonName, Said
from rgcore.serial.packed import (
    pack_change,
    pack_entry,
    pack_words,
    unpack_entry,
    unpack_words,
)
from rgcore.serial.upgrades import SchemaUnknown
from rgcore.serial.wire import (
    read_changes,
    read_json,
    structure,
    unstructure,
    write_change,
)
from strategies import IDS, NAMES, TEXTS, changes, entries, instances


@pytest.mark.parametrize("cls", ALL, ids=lambda cls: str(cls.TYPE))
@settings(max_examples=15)
@given(data=st.data())
def test_both_doors_give_back_the_same_change(
    cls: type[Change], data: st.DataObject
) -> None:
    change = data.draw(instances(cls))
    written = json.dumps(write_change(change))
    (read,), words = read_changes([read_json(written)])
    assert read == change
    assert len(words) == 0
    # What was looked over keeps the result; it is no part of the change.
    change.touches()
    assert pack_change(change) == pack_change(read)


@given(entries())
def test_packed_entry_comes_back_unchanged(entry: Entry) -> None:
    assert unpack_entry(pack_entry(entry)) == entry


@given(entries())
def test_entry_that_went_through_the_wire_packs_to_the_same_bytes(
    entry: Entry,
) -> None:
    (read,), _ = read_changes([write_change(entry.change)])
    assert unpack_entry(pack_entry(entry)).change == read


@given(changes())
def test_change_without_its_type_can_be_structured(change: Change) -> None:
    plain = write_change(change)
    assert plain.pop("type") == change.TYPE
    assert structure(plain, type(change)) == change
    assert unstructure(change) == plain


@given(st.dictionaries(IDS.map(TextId), TEXTS | NAMES | st.dates()))
def test_packed_words_come_back_unchanged(words: dict[TextId, Said]) -> None:
    assert unpack_words(pack_words(words)) == words


@given(change=IDS, subject=IDS, said=TEXTS)
def test_said_text_is_lifted_out_of_a_change(
    change: str, subject: str, said: str
) -> None:
    text = {"subject": subject, "said": said}
    sent = {"type": "group.name", "id": change, "happened_on": "2025-01-06"}
    (read,), words = read_changes([sent | {"name": text}])
    assert isinstance(read, NameGroup)
    assert read.name.subject == subject
    assert dict(words) == {read.name.id: said}
    again, same = read_changes([sent | {"name": text}])
    assert (again, dict(same)) == ((read,), dict(words))


@given(name=NAMES)
def test_name_on_the_wire_comes_back_unchanged(name: PersonName) -> None:
    said = {"subject": "mother", "name": unstructure(name)}
    sent = {
        "type": "person.involve",
        "id": "c-1",
        "happened_on": "2025-01-06",
        "person": {"id": "mother", "name": said},
    }
    _, words = read_changes([read_json(json.dumps([sent]))[0]])
    assert list(words.values()) == [name]


def test_every_type_has_one_class_and_one_name() -> None:
    assert len(BY_TYPE) == len(ALL) == len({cls.__name__ for cls in ALL})


@given(entries())
def test_another_schema_is_not_read_as_today_s(entry: Entry) -> None:
    packed = pack_entry(entry)
    renamed = packed.replace(b"\xa6schema\x01", b"\xa6schema\x02", 1)
    assert renamed != packed
    with pytest.raises(SchemaUnknown):
        unpack_entry(renamed)
