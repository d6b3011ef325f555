"""The outbox notes what is new, for every connection and with what is recorded."""

from __future__ import annotations

import pytest

import rgcore
from databases import all_rows, refusing
from rgcore.errors import StoreUnavailable
from support import GROUP, Clock, Demo, found, set_goal, start_klaas


def noted(demo: Demo) -> list[tuple[str, str, int, int]]:
    rows = all_rows(demo.store_url, "outbox")
    names = ("connection_id", "group_id", "since_seq", "last_seq")
    return sorted(tuple(row[name] for name in names) for row in rows)


def test_a_row_says_from_where_a_group_was_not_brought(demo: Demo) -> None:
    with rgcore.open(
        demo.toml, clock=Clock(), connections=("ehr", "portal")
    ) as institution:
        start_klaas(institution)
        start_klaas(institution, "g-other")
        set_goal(institution, "bike", "weer fietsen")
        set_goal(institution, "dog", "een hond")
    assert noted(demo) == [
        ("ehr", GROUP, 1, 3),
        ("ehr", "g-other", 1, 1),
        ("portal", GROUP, 1, 3),
        ("portal", "g-other", 1, 1),
    ]


def test_without_connections_nothing_is_noted(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", "weer fietsen")
    assert noted(klaas) == []


def test_what_cannot_be_noted_is_not_recorded(klaas: Demo) -> None:
    with rgcore.open(klaas.toml, clock=Clock(), connections=("ehr",)) as institution:
        with (
            refusing(klaas.store_url, "outbox", "full"),
            pytest.raises(StoreUnavailable),
        ):
            set_goal(institution, "bike", "weer fietsen")
        assert [header.seq for header in institution.entries().headers] == [1]
        assert institution.verify() == ()


def test_connections_are_named_by_ids(klaas: Demo) -> None:
    names = ("ehr", "niet zo", "x" * 65)
    with pytest.raises(rgcore.InputError) as caught:
        rgcore.open(klaas.toml, clock=Clock(), connections=names)
    assert found(caught.value) == [
        ("input.not_an_id", "connections[1]"),
        ("input.not_an_id", "connections[2]"),
    ]
