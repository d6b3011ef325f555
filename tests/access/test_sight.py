"""Who sees what: a table of readers, items and days, and what holds for every group."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, strategies as st

from method.generated import Course, courses, few
from method.groups import METHOD, after, changes_from
from rgcore.access import make_view, may_see, sight, who_can_see
from rgcore.access.items import SAID_THEMSELVES, items_of
from rgcore.access.view import _texts
from rgcore.domain.actor import CARE, OWN_GROUP, Actor
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, PersonId
from rgcore.domain.text import Text

TABLE: Final = tomllib.loads(
    (Path(__file__).parent / "rights.toml").read_text(encoding="utf-8")
)
DAY: Final = timedelta(days=1)


def _group(given_: list[dict[str, Any]]) -> ResourceGroup:
    group = after(None, changes_from([*TABLE["world"], *given_]))
    assert group is not None
    return group


def _rows() -> Iterator[Any]:
    for number, row in enumerate(TABLE["row"]):
        for item in row["items"]:
            title = f"{number} {row['who']} {row['on']} {item} {row['says']}"
            yield pytest.param(row, item, id=title)


def _actor(row: dict[str, Any]) -> Actor:
    organisation = row.get("organisation")
    return Actor(
        PersonId(row["who"]),
        CARE if row.get("staff") else OWN_GROUP,
        organisation=Code(organisation) if organisation else None,
    )


@pytest.mark.parametrize(("row", "item"), list(_rows()))
def test_who_sees_what_and_why(row: dict[str, Any], item: str) -> None:
    group = _group(row.get("given", []))
    actor, on = _actor(row), row["on"]
    assert group.knows(item), "the row is about something that is not there"
    found = who_can_see(group, METHOD, ItemId(item), on)
    because = sorted({g.because for g in found if g.is_for(actor)})
    assert because == sorted(row.get("because", []))
    assert may_see(group, METHOD, actor, ItemId(item), on).allowed is bool(because)
    assert (item in sight(group, METHOD, actor, on).items) is bool(because)


def test_the_table_has_a_row_for_every_reason_and_every_kind_of_reader() -> None:
    reasons = {reason for row in TABLE["row"] for reason in row.get("because", [])}
    assert reasons >= {
        "own_group",
        "direction_supporter",
        "responsible_clinician",
        "member",
        "own",
        "said_themselves",
        "client_chose",
        "permission",
        "mandate",
        "parental_authority",
        "emergency",
        "owner",
    }


def test_that_there_is_nothing_gives_the_same_answer_as_that_it_is_not_yours() -> None:
    group, on = _group([]), date(2025, 6, 1)
    stranger = Actor(PersonId("stranger"), OWN_GROUP)
    answers = [
        may_see(group, METHOD, stranger, ItemId(item), on)
        for item in ("work", "no-such-item")
    ]
    assert answers[0] == answers[1]


# What holds for every group.


def _readers(group: ResourceGroup) -> Iterator[Actor]:
    yield from (Actor(person.id, OWN_GROUP) for person in group.people)
    yield Actor(PersonId("stranger"), OWN_GROUP)
    yield Actor(PersonId("stranger"), OWN_GROUP, organisation=Code("elsewhere"))


def _days(course: Course) -> st.SearchStrategy[date]:
    days = sorted({h.on for h in course.group.happenings})
    return st.sampled_from([d + n * DAY for d in days for n in (0, 1)])


@few
@given(st.data())
def test_who_never_was_in_a_group_sees_nothing_without_a_right_of_its_own(
    data: st.DataObject,
) -> None:
    course = data.draw(courses())
    group, on = course.group, data.draw(_days(course))
    was_in = {m.person for m in group.memberships} | {r.person for r in group.roles}
    given_ = {p.person for p in group.permissions} | {m.person for m in group.mandates}
    given_ |= {e.person for e in group.emergencies} | {group.client}
    named = {n.person for n in group.names} | {
        r for n in group.names for r in n.readers
    }
    told = {p for n in group.not_safe for p in (n.person, *n.told)}
    kept = {i.owner for i in group.own_items}
    for actor in _readers(group):
        if actor.who not in was_in | given_ | named | told | kept:
            assert sight(group, METHOD, actor, on).is_nothing
            assert not may_see(group, METHOD, actor, None, on).allowed


@few
@given(st.data())
def test_who_left_sees_only_what_they_said_themselves(data: st.DataObject) -> None:
    course = data.draw(courses())
    group = course.group
    left = {m.person for m in group.memberships if m.until}
    still = {r.person for r in group.roles} | {p.person for p in group.permissions}
    still |= {m.person for m in group.mandates} | {e.person for e in group.emergencies}
    still |= {m.person for m in group.memberships if not m.until} | {group.client}
    kinds = {i.id: i for i in items_of(group)}
    for person in left - still:
        until = max(
            m.until for m in group.memberships if m.person == person and m.until
        )
        found = sight(group, METHOD, Actor(person, OWN_GROUP), until)
        for item in found.items:
            readers = {*kinds[item].owners}
            said = kinds[item].kind in SAID_THEMSELVES and person in readers
            named = any(person in (n.person, *n.readers) for n in group.names)
            told = any(person in (n.person, *n.told) for n in group.not_safe)
            assert said or named or told


@few
@given(st.data())
def test_a_view_holds_no_item_and_no_words_that_its_reader_may_not_see(
    data: st.DataObject,
) -> None:
    course = data.draw(courses())
    group, on = course.group, data.draw(_days(course))
    words = dict.fromkeys(set(_texts(group)), "zilverreiger")
    for actor in _readers(group):
        found = sight(group, METHOD, actor, on)
        if found.is_nothing:
            continue
        view = make_view(
            group,
            words,
            method=METHOD,
            reader=actor.who,
            on=on,
            log_id="l",
            staff={},
            sees=found,
        )
        there = {item.id for item in items_of(view.group)}
        assert there <= found.items
        assert set(view.words) <= set(_texts(view.group)) or found.whole
        gone = {item.id for item in items_of(group)} - found.items
        assert gone.isdisjoint(_ids(view.group))
        assert gone.isdisjoint(_touched(view.group))
        for prompt in view.prompts():
            assert gone.isdisjoint({ref.id for ref in prompt.finding.about})


def _touched(group: ResourceGroup) -> set[str]:
    return {str(item) for h in group.happenings for item in h.touched}


def _ids(value: Any) -> Iterator[str]:  # noqa: ANN401 - any value of the domain
    """Go through every string of a value but texts: an id may hide in any."""
    if isinstance(value, tuple):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, str):
        yield value
    elif attrs.has(type(value)) and not isinstance(value, Text):
        for one in attrs.fields(type(value)):
            if one.name not in {"happenings", "digest"}:
                yield from _ids(getattr(value, one.name))


@few
@given(st.data())
def test_a_copy_says_nothing_of_how_much_is_left_out(data: st.DataObject) -> None:
    course = data.draw(courses())
    group, on = course.group, data.draw(_days(course))
    for actor in _readers(group):
        found = sight(group, METHOD, actor, on)
        if found.is_nothing or found.whole:
            continue
        view = make_view(
            group, {}, method=METHOD, reader=actor.who, on=on, log_id="l", staff={}
        )
        numbers = [h.seq for h in view.group.happenings]
        assert numbers == list(range(1, len(numbers) + 1))
        assert view.group.seq == len(numbers)
        assert view.withheld == ()
