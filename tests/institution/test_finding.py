"""A number of another system leads to its group, and lies nowhere in clear."""

from __future__ import annotations

from pathlib import Path

import pytest

import rgcore
from databases import all_rows, dumps, execute
from rgcore import Actor, NotAvailable
from rgcore.domain.ids import Code
from rgcore.errors import HandleTaken, InputError, KeyStoreBehind
from support import (
    ARTS,
    AT_THE_TABLE,
    GROUP,
    KLAAS,
    MARKER,
    Demo,
    found,
    open_demo,
    start_klaas,
    told,
)

STRANGER = Actor(ARTS, Code("care"))
KIND = "client_number"


def test_a_number_leads_to_its_group(klaas: Demo) -> None:
    klaas.institution.link(GROUP, KIND, "0012-345", AT_THE_TABLE)
    assert klaas.institution.find(KIND, "0012-345", AT_THE_TABLE) == GROUP


@pytest.mark.parametrize("typed", [" ab-1 ", "AB-1", "\uff21\uff22-1"])
def test_what_people_type_differently_is_the_same(klaas: Demo, typed: str) -> None:
    klaas.institution.link(GROUP, KIND, "ab-1", AT_THE_TABLE)
    assert klaas.institution.find(KIND, typed, AT_THE_TABLE) == GROUP


@pytest.mark.parametrize("typed", ["ab1", "ab-2", "0ab-1"])
def test_another_number_leads_nowhere(klaas: Demo, typed: str) -> None:
    klaas.institution.link(GROUP, KIND, "ab-1", AT_THE_TABLE)
    with pytest.raises(NotAvailable):
        klaas.institution.find(KIND, typed, AT_THE_TABLE)


def test_a_number_of_another_kind_leads_nowhere(klaas: Demo) -> None:
    klaas.institution.link(GROUP, KIND, "1", AT_THE_TABLE)
    with pytest.raises(NotAvailable):
        klaas.institution.find("handle", "1", AT_THE_TABLE)


def test_twice_is_once_and_two_numbers_may_lead_to_one_group(klaas: Demo) -> None:
    for number in ("1", "1", "2"):
        klaas.institution.link(GROUP, KIND, number, AT_THE_TABLE)
    assert len(all_rows(klaas.store_url, "group_handle")) == 2
    assert klaas.institution.find(KIND, "2", AT_THE_TABLE) == GROUP


def test_a_number_leads_to_one_group_only(klaas: Demo) -> None:
    start_klaas(klaas.institution, "g-other")
    klaas.institution.link(GROUP, KIND, MARKER, AT_THE_TABLE)
    with pytest.raises(HandleTaken) as caught:
        klaas.institution.link("g-other", KIND, MARKER, AT_THE_TABLE)
    assert MARKER not in told(caught.value)
    assert klaas.institution.find(KIND, MARKER, AT_THE_TABLE) == GROUP


def test_a_link_can_be_taken_away(klaas: Demo) -> None:
    start_klaas(klaas.institution, "g-other")
    klaas.institution.link(GROUP, KIND, "1", AT_THE_TABLE)
    klaas.institution.unlink("g-other", KIND, "1", AT_THE_TABLE)
    assert klaas.institution.find(KIND, "1", AT_THE_TABLE) == GROUP
    klaas.institution.unlink(GROUP, KIND, "1", AT_THE_TABLE)
    with pytest.raises(NotAvailable):
        klaas.institution.find(KIND, "1", AT_THE_TABLE)
    klaas.institution.link("g-other", KIND, "1", AT_THE_TABLE)


def test_a_stranger_cannot_tell_a_known_number_from_another(klaas: Demo) -> None:
    klaas.institution.link(GROUP, KIND, "1", AT_THE_TABLE)
    known, unknown = (refused(klaas, number) for number in ("1", "2"))
    assert str(known) == str(unknown)
    with pytest.raises(NotAvailable):
        klaas.institution.link(GROUP, KIND, "3", STRANGER)
    with pytest.raises(NotAvailable):
        klaas.institution.unlink(GROUP, KIND, "1", STRANGER)
    assert klaas.institution.find(KIND, "1", AT_THE_TABLE) == GROUP


def refused(demo: Demo, number: str) -> NotAvailable:
    """Return what a stranger is told of a number."""
    with pytest.raises(NotAvailable) as caught:
        demo.institution.find(KIND, number, STRANGER)
    return caught.value


def test_every_look_leaves_a_line_without_the_number(klaas: Demo) -> None:
    klaas.institution.link(GROUP, KIND, MARKER, AT_THE_TABLE)
    klaas.institution.find(KIND, MARKER, AT_THE_TABLE)
    with pytest.raises(NotAvailable):
        klaas.institution.find(KIND, f"{MARKER}2", AT_THE_TABLE)
    with pytest.raises(NotAvailable):
        klaas.institution.find(KIND, MARKER, STRANGER)
    query = "SELECT event, outcome, group_id FROM access_line ORDER BY line_id"
    assert [tuple(row) for row in execute(klaas.log_url, query)] == [
        ("link", "shown", GROUP),
        ("find", "shown", GROUP),
        ("find", "refused", None),
        ("find", "refused", GROUP),
    ]
    assert MARKER not in str(dumps(klaas.folder)).casefold()


def test_the_same_number_of_another_kind_lies_differently(klaas: Demo) -> None:
    klaas.institution.link(GROUP, KIND, "1", AT_THE_TABLE)
    klaas.institution.link(GROUP, "handle", "1", AT_THE_TABLE)
    blinded = {bytes(r["blinded"]) for r in all_rows(klaas.store_url, "group_handle")}
    assert len(blinded) == 2


def test_the_same_number_lies_differently_under_another_key(
    klaas: Demo, tmp_path: Path
) -> None:
    # Institution, kind and number are the same; only the keys are others.
    with open_demo(tmp_path / "again") as again:
        start_klaas(again.institution)
        blinded = set()
        for demo in (klaas, again):
            demo.institution.link(GROUP, KIND, "1", AT_THE_TABLE)
            (row,) = all_rows(demo.store_url, "group_handle")
            blinded.add(bytes(row["blinded"]))
    assert len(blinded) == 2


def test_without_its_key_nothing_is_found_and_that_is_said(klaas: Demo) -> None:
    klaas.institution.link(GROUP, KIND, "1", AT_THE_TABLE)
    execute(klaas.keys_url, "DELETE FROM named_key")
    with pytest.raises(KeyStoreBehind):
        klaas.institution.find(KIND, "1", AT_THE_TABLE)
    with pytest.raises(KeyStoreBehind):
        klaas.institution.link(GROUP, KIND, "2", AT_THE_TABLE)


@pytest.mark.parametrize(
    ("kind", "number", "problem"),
    [
        ("Client Number", "1", ("input.not_a_code", "kind")),
        (1, "1", ("input.not_a_code", "kind")),
        ("bsn", "1", ("input.no_citizen_number", "kind")),
        (KIND, "", ("input.out_of_range", "number")),
        (KIND, " ", ("input.out_of_range", "number")),
        (KIND, "x" * 201, ("input.out_of_range", "number")),
        (KIND, "a\nb", ("input.out_of_range", "number")),
        (KIND, 17, ("input.wrong_type", "number")),
    ],
)
def test_number_of_the_wrong_form(
    klaas: Demo, kind: str, number: str, problem: tuple[str, str]
) -> None:
    acts = (
        lambda: klaas.institution.link(GROUP, kind, number, AT_THE_TABLE),
        lambda: klaas.institution.unlink(GROUP, kind, number, AT_THE_TABLE),
        lambda: klaas.institution.find(kind, number, AT_THE_TABLE),
    )
    for act in acts:
        with pytest.raises(InputError) as caught:
            act()
        assert found(caught.value) == [problem]


def test_the_client_finds_their_own_group(klaas: Demo) -> None:
    own = rgcore.Actor(KLAAS, Code("own_group"))
    klaas.institution.link(GROUP, "handle", "abc", own)
    assert klaas.institution.find("handle", "abc", own) == GROUP
