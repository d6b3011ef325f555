"""A change that was written with an older schema is read as today's."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest

from rgcore.domain.changes import BY_TYPE, NameGroup
from rgcore.domain.ids import ChangeId, Code, PersonId, TextId
from rgcore.domain.journal import Entry
from rgcore.domain.text import Text
from rgcore.serial.packed import pack_entry, unpack_entry
from rgcore.serial.upgrades import UPGRADES, Fields, SchemaUnknown, upgraded
from support import AT_THE_TABLE

NAME = Code("group.name")


def entry() -> Entry:
    change = NameGroup(
        id=ChangeId("c-1"),
        happened_on=date(2025, 1, 6),
        name=Text(id=TextId("t-1"), subject=PersonId("klaas")),
    )
    return Entry(
        seq=1,
        change=change,
        actor=AT_THE_TABLE,
        recorded_at=datetime(2025, 1, 6, 12, tzinfo=UTC),
        composition="digest",
    )


def written_as(schema: int, **fields: object) -> bytes:
    """Return an entry as another schema wrote it, with other names of fields."""
    record = msgspec.msgpack.decode(pack_entry(entry()))
    change = record["change"]
    change["called"] = change.pop("name")
    return msgspec.msgpack.encode(
        record | {"schema": schema, "change": change | fields}
    )


def renamed(fields: Fields) -> Fields:
    return {("name" if key == "called" else key): fields[key] for key in fields}


def without_joke(fields: Fields) -> Fields:
    return {key: fields[key] for key in fields if key != "joke"}


def test_an_older_schema_is_read_through_every_step() -> None:
    steps = {(NAME, 0): renamed, (NAME, -1): without_joke}
    assert unpack_entry(written_as(0), steps) == entry()
    assert unpack_entry(written_as(-1, joke="ha"), steps) == entry()


def test_a_schema_that_nothing_leads_from_is_refused() -> None:
    with pytest.raises(SchemaUnknown):
        unpack_entry(written_as(-1), {(NAME, 0): renamed})


def test_a_newer_schema_is_refused() -> None:
    with pytest.raises(SchemaUnknown):
        unpack_entry(written_as(2))


def test_todays_schema_is_left_as_it_is() -> None:
    assert upgraded(NAME, 1, 1, {"a": 1}) == {"a": 1}


def test_every_older_schema_of_every_change_leads_to_todays() -> None:
    for type_, change in BY_TYPE.items():
        for schema in range(1, change.SCHEMA):
            assert (type_, schema) in UPGRADES
    for type_, schema in UPGRADES:
        assert 1 <= schema < BY_TYPE[type_].SCHEMA


@pytest.mark.parametrize(
    ("type_", "field", "then"),
    [("meeting.hold", "with_supporter", False), ("person.involve", "once", True)],
)
def test_what_a_change_did_in_schema_1_it_does_today(
    type_: str,
    field: str,
    then: bool,  # noqa: FBT001
) -> None:
    today = BY_TYPE[Code(type_)].SCHEMA
    assert upgraded(Code(type_), 1, today, {}) == {field: then}
    assert upgraded(Code(type_), today, today, {}) == {}
