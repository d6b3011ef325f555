"""Two people who turn out to be one are one everywhere but in their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st

from method.generated import Course, courses
from method.groups import (
    KLAAS,
    METHOD,
    MOTHER,
    Row,
    begun,
    change_from,
    entry_of,
    text,
)
from rgcore.access import who_can_see
from rgcore.access.privacy import kept_by_others
from rgcore.domain.changes import MergePeople
from rgcore.domain.group import Happening, ResourceGroup
from rgcore.domain.ids import ChangeId, ItemId, Kind, PersonId
from rgcore.domain.journal import fold
from rgcore.domain.meetings import Presence
from rgcore.domain.people import Membership, Person, RoleHeld
from rgcore.domain.renaming import renamed
from rgcore.domain.text import Text

MAM: Final = PersonId("mam")
DAY: Final = date(2025, 6, 1)

PEOPLE: Final[list[Row]] = [
    {"type": "member.nominate", "happened_on": "2025-01-06", "nomination": "n-mother",
     "person": {"id": MOTHER}},
    {"type": "member.nominate", "happened_on": "2025-01-07", "nomination": "n-mam",
     "person": {"id": MAM, "name": {"id": "t-mam", "subject": MAM}}},
]  # fmt: skip


def _merge(kept: str = MOTHER, gone: str = MAM) -> Row:
    return {"type": "person.merge", "happened_on": DAY, "kept": kept, "gone": gone}


def _all_ids(value: Any) -> Iterator[str]:  # noqa: ANN401 - any part of a group
    """Go through every string of a value, but for texts and happenings.

    Of two roles that one person had at one meeting, one is left.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _all_ids(one)
    elif attrs.has(type(value)) and not isinstance(value, Text | Happening):
        for field in attrs.fields(type(value)):
            if field.name not in {"also", "as_role"}:
                yield from _all_ids(getattr(value, field.name))


@settings(max_examples=30)
@given(courses(), st.data())
def test_nothing_names_whom_is_gone_but_words_and_history(
    course: Course, data: st.DataObject
) -> None:
    two = (Person(id=PersonId("somebody")), Person(id=PersonId("somebody-else")))
    before = evolve(course.group, people=(*course.group.people, *two))
    people = [p.id for p in before.people if not p.staff and p.id != KLAAS]
    kept, gone = data.draw(st.permutations(people))[:2]
    change = MergePeople(id=ChangeId("merge"), happened_on=DAY, kept=kept, gone=gone)
    merged = fold(before, entry_of(change, before.seq + 1))
    assert gone not in set(_all_ids(merged))
    assert gone in merged.person(kept).also
    assert merged.happenings[:-1] == before.happenings
    for kind in Kind:
        ids = [*merged.ids(kind)]
        assert len(ids) == len(set(ids))
        left = {*before.ids(kind)} - {gone}
        assert set(ids) == left
    named = set(_all_ids(before))
    assert set(_all_ids(merged)) == (named - {gone}) | {kept}


def test_a_list_of_people_names_nobody_twice() -> None:
    agreed = {"type": "agreement.make", "happened_on": DAY, "agreement": "a1",
              "words": text(), "owners": [MOTHER, KLAAS, MAM],
              "until": DAY}  # fmt: skip
    group = begun(*PEOPLE, agreed, _merge())
    assert group.agreements[0].now.owners == (MOTHER, KLAAS)


def test_a_class_that_is_to_be_left_is_left_as_it_is() -> None:
    words = Text(id=begun().id, subject=MAM)  # type: ignore[arg-type]
    assert renamed(words, {MAM: MOTHER}, frozenset({Text})) is words


def _days(*spans: tuple[int, int | None]) -> list[tuple[date, date | None]]:
    return [
        (date(2025, 1, since), date(2025, 1, until) if until else None)
        for since, until in spans
    ]


SPANS: Final = [
    ([(1, 5), (10, 20)], [(1, 5), (10, 20)]),
    ([(1, 5), (5, 20)], [(1, 20)]),
    ([(1, 5), (3, 4)], [(1, 5)]),
    ([(1, 5), (3, None)], [(1, None)]),
    ([(1, None), (3, 4)], [(1, None)]),
    ([(1, None), (3, None)], [(1, None)]),
    ([(1, 5), (10, 20), (4, 10)], [(1, 20)]),
    ([(10, 20), (1, 5)], [(1, 5), (10, 20)]),
]
"""Spans of two people in turn, and of the one person."""


def _held(group: ResourceGroup, spans: list[tuple[int, int | None]]) -> ResourceGroup:
    people = [MOTHER, MAM] * len(spans)
    some = [
        (who, since, until)
        for who, (since, until) in zip(people, _days(*spans), strict=False)
    ]
    return evolve(
        group,
        memberships=(
            group.memberships[0],
            *(Membership(person=w, since=s, until=u) for w, s, u in some),
        ),
        roles=(
            group.roles[0],
            *(RoleHeld(person=w, role="chair", since=s, until=u) for w, s, u in some),  # type: ignore[arg-type]
            RoleHeld(person=MAM, role="relative", since=DAY),  # type: ignore[arg-type]
        ),
    )


@pytest.mark.parametrize(("spans", "joined"), SPANS, ids=str)
def test_what_overlaps_or_touches_becomes_one(
    spans: list[tuple[int, int | None]], joined: list[tuple[int, int | None]]
) -> None:
    group = change_from(_merge()).apply(_held(begun(*PEOPLE), spans))
    members = [(m.since, m.until) for m in group.memberships if m.person == MOTHER]
    assert members == _days(*joined)
    chairs = [(r.since, r.until) for r in group.roles if r.role == "chair"]
    assert chairs == _days(*joined)
    others = [(r.person, r.since) for r in group.roles if r.role == "relative"]
    assert others == [(MOTHER, DAY)]
    assert group.memberships[0] == begun().memberships[0]


def test_the_first_nomination_led_to_a_membership_that_was_two() -> None:
    rows: list[Row] = [
        {"type": "member.accept", "happened_on": "2025-01-10", "nomination": "n-mam"},
        {"type": "member.accept", "happened_on": "2025-01-08",
         "nomination": "n-mother"},
        {"type": "member.leave", "happened_on": "2025-02-01", "person": MOTHER,
         "farewell": text()},
    ]  # fmt: skip
    group = begun(*PEOPLE, *rows, _merge())
    (member,) = [m for m in group.memberships if m.person == MOTHER]
    assert (member.since, member.until) == (date(2025, 1, 8), None)
    assert (member.nomination, member.farewell) == ("n-mother", None)
    assert [(n.id, n.person) for n in group.nominations] == [
        ("n-mother", MOTHER),
        ("n-mam", MOTHER),
    ]


@pytest.mark.parametrize("gone", ["present", "excused", "not_recorded"])
def test_somebody_is_at_a_meeting_once(gone: str) -> None:
    met = {"type": "meeting.hold", "happened_on": DAY, "unplanned": "m1",
           "kind": "extra", "attendance": [
               {"person": KLAAS, "presence": "present"},
               {"person": MAM, "presence": gone},
               {"person": MOTHER, "presence": "absent"},
           ]}  # fmt: skip
    (meeting,) = begun(*PEOPLE, met, _merge()).meetings
    lines = [(line.person, line.presence) for line in meeting.attendance]
    most = "absent" if gone == "not_recorded" else gone
    assert [line for line in lines if line[0] == MOTHER] == [(MOTHER, Presence(most))]
    assert sorted(p for p, _ in lines) == ["esmee", KLAAS, MOTHER]


@pytest.mark.parametrize("first", [MOTHER, MAM])
def test_the_role_in_which_somebody_was_there_is_kept(first: str) -> None:
    lines = [{"person": who, "presence": "absent"} for who in (MOTHER, MAM)]
    lines = [
        line | ({"as_role": "relative"} if line["person"] == first else {})
        for line in lines
    ]
    met = {"type": "meeting.hold", "happened_on": DAY, "unplanned": "m1",
           "kind": "extra", "attendance": lines}  # fmt: skip
    (meeting,) = begun(*PEOPLE, met, _merge()).meetings
    assert [x.as_role for x in meeting.attendance if x.person == MOTHER] == ["relative"]


def test_who_is_kept_takes_on_the_name_that_only_the_other_had() -> None:
    group = begun(*PEOPLE, _merge())
    kept = group.person(MOTHER)
    assert kept.name == Text(id=ItemId("t-mam"), subject=MAM)  # type: ignore[arg-type]
    assert kept.also == (MAM,)
    assert group.known_as(MAM) == MOTHER
    assert group.known_as(KLAAS) == KLAAS


def test_whoever_was_merged_before_is_remembered_too() -> None:
    third = {"type": "person.involve", "happened_on": DAY, "person": {"id": "ma"}}
    group = begun(*PEOPLE, third, _merge(MAM, "ma"), _merge())
    assert group.person(MOTHER).also == (MAM, "ma")
    assert group.known_as(PersonId("ma")) == MOTHER


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"type": "member.leave", "happened_on": DAY, "person": MAM}, "unknown_item"),
        ({"type": "person.involve", "happened_on": DAY, "person": {"id": MAM}},
         "id_in_use"),
    ],
    ids=["named", "made anew"],
)  # fmt: skip
def test_the_id_that_is_gone_is_not_used_again(row: Row, code: str) -> None:
    found = [f.code for f in change_from(row).problems(begun(*PEOPLE, _merge()))]
    assert f"structure.{code}" in found


def test_what_one_kept_for_themselves_is_now_the_one_person_s_own() -> None:
    kept = {"type": "own_item.keep", "happened_on": DAY, "item": "letter",
            "owner": MAM, "kind": "letter"}  # fmt: skip
    group = begun(*PEOPLE, kept, _merge())
    (letter,) = group.own_items
    assert letter.owner == MOTHER
    assert kept_by_others(group, MOTHER) == ()
    assert kept_by_others(group, KLAAS) == (letter,)
    readers = {g.to for g in who_can_see(group, METHOD, letter.id, DAY)}
    assert readers == {MOTHER}


def test_what_is_said_last_of_somebody_counts_where_there_is_one() -> None:
    birthdays: Row = {"type": "person.note_birthdays", "happened_on": DAY,
                      "sixteen_on": date(2026, 5, 1),
                      "eighteen_on": date(2028, 5, 1)}  # fmt: skip
    later: Row = {**birthdays, "sixteen_on": date(2027, 5, 1),
                  "eighteen_on": date(2029, 5, 1)}  # fmt: skip
    joined: list[Row] = [
        {"type": "member.accept", "happened_on": DAY, "nomination": f"n-{who}"}
        for who in (MOTHER, MAM)
    ]
    parts: list[Row] = [
        {"type": "member.describe_part", "happened_on": DAY, "person": who,
         "words": {"id": f"part-{who}", "subject": who}}
        for who in (MOTHER, MAM)
    ]  # fmt: skip
    klaas = {**birthdays, "person": KLAAS}
    rows = [{**birthdays, "person": MOTHER}, klaas, {**later, "person": MAM}]
    group = begun(*PEOPLE, *joined, *parts, *rows, _merge())
    assert [(b.person, b.sixteen_on.year) for b in group.birthdays] == [
        (KLAAS, 2026),
        (MOTHER, 2027),
    ]
    assert [(p.person, p.words.id) for p in group.parts] == [(MOTHER, "part-mam")]


def test_somebody_who_was_involved_twice_is_involved_once() -> None:
    rows: list[Row] = [
        {"type": "person.involve", "happened_on": "2025-02-01", "known": MOTHER},
        {"type": "person.involve", "happened_on": "2025-01-10", "known": MAM,
         "organisation": {"id": "t-org", "subject": MAM}},
    ]  # fmt: skip
    (involved,) = begun(*PEOPLE, *rows, _merge()).involvements
    assert (involved.since, involved.until) == (date(2025, 1, 10), None)
    assert involved.organisation is not None


def test_all_that_ran_for_the_other_ends_with_a_death() -> None:
    rows: list[Row] = [
        {"type": "member.accept", "happened_on": "2025-01-10", "nomination": "n-mam"},
        {"type": "person.die", "happened_on": "2025-02-01", "person": MOTHER},
    ]
    group = begun(*PEOPLE, *rows, _merge())
    assert group.died_on(MOTHER) == date(2025, 2, 1)
    (member,) = [m for m in group.memberships if m.person == MOTHER]
    assert member.until == date(2025, 2, 1)


def test_two_deaths_of_one_person_are_one() -> None:
    rows: list[Row] = [
        {"type": "person.die", "happened_on": day, "person": who}
        for who, day in ((MOTHER, "2025-02-01"), (MAM, "2025-02-02"))
    ]
    group = begun(*PEOPLE, *rows, _merge())
    assert [(d.person, d.on) for d in group.deaths] == [(MOTHER, date(2025, 2, 2))]


@pytest.mark.parametrize("first", [MOTHER, MAM])
def test_whoever_stood_in_for_themselves_held_the_role(first: PersonId) -> None:
    second = MAM if first == MOTHER else MOTHER
    rows: list[Row] = [
        {"type": "role.assign", "happened_on": "2025-02-01", "person": first,
         "role": "chair"},
        {"type": "role.stand_in", "happened_on": "2025-02-01", "person": second,
         "role": "chair", "stands_in_for": first},
    ]  # fmt: skip
    group = begun(*PEOPLE, *rows, _merge())
    (held,) = [r for r in group.roles if r.role == "chair"]
    assert (held.person, held.stands_in_for) == (MOTHER, None)
