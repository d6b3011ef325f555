"""What permissions, mandates, frames and hosts are after what happened to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from method.groups import MOTHER, Row, begun, text
from rgcore.domain.consent import NEVER_CHOSEN, READABLE
from rgcore.domain.ids import Kind

HER: Row = {
    "type": "member.nominate",
    "happened_on": "2025-01-06",
    "nomination": "n1",
    "person": {"id": MOTHER},
}
PERMISSION: Row = {
    "type": "permission.give",
    "happened_on": "2025-03-01",
    "permission": "pm1",
    "organisation": "elsewhere",
    "kinds": ["goal"],
    "purpose": "treatment",
    "until": "2025-06-01",
}
FRAME: Row = {
    "type": "frame.begin",
    "happened_on": "2025-03-01",
    "frame": "fr1",
    "kind": "wzd",
    "until": "2025-06-01",
}


def _ground(day: str, ground: str) -> Row:
    return {
        "type": "permission.name_ground",
        "happened_on": day,
        "permission": "pm1",
        "ground": ground,
        "by": "esmee",
    }


def _hosted(day: str, hosting: str, until: str | None = None) -> Row:
    return {
        "type": "host.name",
        "happened_on": day,
        "hosting": hosting,
        "host": text(),
        "controller": text(),
        "ground": "wmo",
        "until": until,
    }


@pytest.mark.parametrize(
    ("first", "second"), [("2025-03-02", "2025-04-01"), ("2025-04-01", "2025-03-02")]
)
def test_a_permission_is_complete_from_the_first_day_of_any_ground(
    first: str, second: str
) -> None:
    rows = [_ground(first, "care_agreement"), _ground(second, "legal_task")]
    (permission,) = begun(PERMISSION, *rows).permissions
    assert permission.ground is not None
    assert permission.ground.since == date(2025, 3, 2)
    assert permission.ground.ground == "legal_task"


def test_a_withdrawn_permission_ends_on_that_day_and_remembers_its_first_end() -> None:
    withdrawn = {
        "type": "permission.withdraw",
        "happened_on": "2025-04-01",
        "permission": "pm1",
    }
    (permission,) = begun(PERMISSION, withdrawn).permissions
    assert permission.until == permission.withdrawn_on == date(2025, 4, 1)
    assert permission.ended_then == date(2025, 6, 1)


@pytest.mark.parametrize(
    ("said_on", "until"), [("2025-05-01", "2025-05-01"), ("2025-07-01", "2025-06-01")]
)
def test_a_frame_ends_at_its_date_at_the_latest(said_on: str, until: str) -> None:
    ended = {"type": "frame.end", "happened_on": said_on, "frame": "fr1"}
    (frame,) = begun(FRAME, ended).frames
    assert frame.ended_on == date.fromisoformat(said_on)
    assert frame.until == date.fromisoformat(until)
    assert frame.until_then == date(2025, 6, 1)


def _stretches(*rows: Row) -> dict[str, tuple[date, date | None]]:
    return {h.id: (h.since, h.until) for h in begun(*rows).hostings}


def test_whoever_is_named_as_host_takes_the_place_of_the_one_before() -> None:
    assert _stretches(_hosted("2025-02-01", "a"), _hosted("2025-03-01", "b")) == {
        "a": (date(2025, 2, 1), date(2025, 3, 1)),
        "b": (date(2025, 3, 1), None),
    }


def test_a_host_who_is_named_for_a_day_before_stays_until_the_next() -> None:
    rows = [_hosted("2025-03-01", "b"), _hosted("2025-02-01", "a", "2025-09-01")]
    assert _stretches(*rows) == {
        "a": (date(2025, 2, 1), date(2025, 3, 1)),
        "b": (date(2025, 3, 1), None),
    }


@pytest.mark.parametrize(
    ("begins", "ends"), [("2025-02-01", "2025-04-01"), ("2025-05-01", "2025-05-01")]
)
def test_nobody_acts_for_the_client_after_their_own_death(
    begins: str, ends: str
) -> None:
    mandate: dict[str, Any] = {
        "type": "mandate.begin",
        "happened_on": begins,
        "mandate": "md1",
        "person": MOTHER,
        "kind": "mentor",
        "remit": ["care"],
    }
    died = {"type": "person.die", "happened_on": "2025-04-01", "person": MOTHER}
    # A mandate that would only begin later has no day any more.
    (held,) = begun(HER, mandate, died).mandates
    assert held.until == date.fromisoformat(ends)


def test_a_statement_stays_with_whom_somebody_turns_out_to_be() -> None:
    other = {**HER, "nomination": "n2", "person": {"id": "mam"}}
    said = {
        "type": "statement.add",
        "happened_on": "2025-02-01",
        "statement": "st1",
        "by": "mam",
        "about": {"kind": "nomination", "id": "n2"},
        "words": text("mam"),
    }
    merged = {
        "type": "person.merge",
        "happened_on": "2025-02-02",
        "kept": MOTHER,
        "gone": "mam",
    }
    before, after = begun(HER, other, said), begun(HER, other, said, merged)
    assert after.statements == (evolve(before.statements[0], by=MOTHER),)


def test_every_kind_of_item_can_be_chosen_or_has_readers_of_its_own() -> None:
    assert {kind.value for kind in Kind} - READABLE == {k.value for k in NEVER_CHOSEN}
