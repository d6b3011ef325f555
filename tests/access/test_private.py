"""What is for a few people only, what lapses, and how somebody is called."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

import pytest
from attrs import evolve

from method.groups import (
    ESMEE,
    KLAAS,
    METHOD,
    MOTHER,
    Row,
    begun,
    change_from,
    codes_of,
    judged,
)
from rgcore.access import View, make_view, may_do, may_see, who_can_see
from rgcore.access.rights import ONE_S_OWN
from rgcore.domain.actor import OWN_GROUP, Actor
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ItemId, PersonId, TextId
from rgcore.domain.text import ERASED, PersonName, Read
from rgcore.method import Proposal

DAY: Final = timedelta(days=1)
TODAY: Final = date(2030, 1, 1)
MARCH: Final = date(2025, 3, 3)
FATHER: Final = PersonId("father")

NOMINATED: Final[list[Row]] = [
    {
        "type": "member.nominate",
        "happened_on": date(2025, 1, 6),
        "nomination": f"n-{who}",
        "person": {"id": who, "name": {"id": f"t-{who}", "subject": who}},
    }
    for who in (MOTHER, FATHER)
]
PEOPLE: Final[list[Row]] = [
    *NOMINATED,
    {
        "type": "member.accept",
        "happened_on": date(2025, 1, 6),
        "nomination": "n-mother",
    },
    {
        "type": "meeting.hold",
        "happened_on": date(2025, 2, 3),
        "unplanned": "m1",
        "kind": "kick_off",
    },
]
NAMES: Final[dict[TextId, Read]] = {
    TextId("t-mother"): PersonName.of("Ria"),
    TextId("t-father"): PersonName.of("Jan"),
    TextId("t-new"): PersonName.of("Maria"),
    TextId("t-later"): PersonName.of("Mia"),
    TextId("t-unsafe"): "Er komt daar iemand die ik niet wil zien",
}


def _called(
    text: str = "t-new", use: str = "chosen", since: date = MARCH, **more: object
) -> Row:
    return {
        "type": "person.rename",
        "happened_on": MARCH,
        "name": f"name-{text}",
        "person": MOTHER,
        "called": {"id": text, "subject": MOTHER},
        "use": use,
        "since": since,
        **more,
    }


UNSAFE: Final[Row] = {
    "type": "place.not_safe",
    "happened_on": MARCH,
    "not_safe": "unsafe",
    "meeting": "m1",
    "person": MOTHER,
    "told": [ESMEE],
    "words": {"id": "t-unsafe", "subject": MOTHER},
}


def _view(
    group: ResourceGroup,
    reader: PersonId = KLAAS,
    on: date = TODAY,
    words: Mapping[TextId, Read] = NAMES,
) -> View:
    return make_view(
        group, words, method=METHOD, reader=reader, on=on, log_id="l1", staff={}
    )


def _name(group: ResourceGroup, reader: PersonId = KLAAS, on: date = TODAY) -> str:
    found = _view(group, reader, on).name(MOTHER)
    assert found is not None
    return found.written


def test_a_name_is_used_from_its_day() -> None:
    group = begun(*PEOPLE, _called(since=date(2025, 4, 1)))
    assert _name(group, on=date(2025, 3, 31)) == "Ria"
    assert _name(group, on=date(2025, 4, 1)) == "Maria"


def test_a_chosen_name_goes_before_a_later_one_in_law() -> None:
    later = _called("t-later", "legal", MARCH + DAY)
    assert _name(begun(*PEOPLE, later)) == "Mia"
    assert _name(begun(*PEOPLE, _called(), later)) == "Maria"


def test_the_name_that_was_chosen_last_counts() -> None:
    later = _called("t-later", since=MARCH + DAY)
    assert _name(begun(*PEOPLE, later, _called())) == "Mia"


@pytest.mark.parametrize(("reader", "name"), [(ESMEE, "Maria"), (KLAAS, "Ria")])
def test_a_name_for_named_readers_is_read_by_them_alone(
    reader: PersonId, name: str
) -> None:
    group = begun(*PEOPLE, _called(readers=[ESMEE]))
    assert _name(group, reader) == name


def test_nobody_else_learns_that_there_is_another_name() -> None:
    group = begun(*PEOPLE, _called(readers=[ESMEE]))
    plain = begun(*PEOPLE)
    seen = _view(group, KLAAS)
    assert seen.group.names == ()
    assert TextId("t-new") not in seen.words
    assert seen.withheld == ()
    assert [line.fact for line in seen.timeline()] == [
        line.fact for line in _view(plain, KLAAS).timeline()
    ]
    assert "person.rename" in {line.fact for line in _view(group, ESMEE).timeline()}


def test_what_is_not_safe_for_somebody_is_read_by_those_they_told() -> None:
    group = begun(*PEOPLE, UNSAFE)
    assert _view(group, ESMEE).group.not_safe == group.not_safe
    seen = _view(group, KLAAS)
    assert seen.group.not_safe == ()
    assert TextId("t-unsafe") not in seen.words
    assert "place.not_safe" not in {line.fact for line in seen.timeline()}
    assert [g.to for g in who_can_see(group, METHOD, ItemId("unsafe"), TODAY)] == [
        MOTHER,
        ESMEE,
    ]


def test_a_supporter_who_was_not_told_does_not_learn_it_either() -> None:
    group = begun(*PEOPLE, {**UNSAFE, "told": [KLAAS]})
    assert _view(group, ESMEE).group.not_safe == ()
    esmee = Actor(ESMEE, OWN_GROUP)
    found = may_see(group, METHOD, esmee, ItemId("unsafe"), TODAY)
    assert [f.code for f in found.blocking] == ["access.not_yours"]


@pytest.mark.parametrize("private", [UNSAFE, _called(readers=[ESMEE])])
def test_a_private_thing_that_was_a_mistake_stays_private(private: Row) -> None:
    marked = {
        "type": "entry.mark_in_error",
        "happened_on": TODAY,
        "entries": ["private"],
        "because": "typed_wrong",
    }
    group = begun(*PEOPLE, {**private, "id": "private"}, marked)
    # Esmee typed it for Klaas' mother.
    by_mother = tuple(evolve(h, on_behalf_of=MOTHER) for h in group.happenings)
    group = evolve(group, happenings=by_mother)
    told = {reader: _view(group, reader).timeline() for reader in (KLAAS, MOTHER)}
    assert private["type"] not in {line.fact for line in told[KLAAS]}
    assert private["type"] in {line.fact for line in told[MOTHER]}


DRAWN: Final[Row] = {
    "type": "sociogram.draw",
    "happened_on": MARCH,
    "sociogram": "so1",
    "figures": [
        {"id": "f-friend", "label": {"id": "t-1", "subject": KLAAS}, "ring": 1},
        {"id": "f-mother", "label": {"id": "t-2", "subject": KLAAS}, "ring": 1},
        {
            "id": "f-father",
            "label": {"id": "t-3", "subject": KLAAS},
            "ring": 2,
            "person": FATHER,
        },
        {
            "id": "f-park",
            "label": {"id": "t-4", "subject": KLAAS},
            "ring": 3,
            "kind": "place",
        },
    ],
}
DRAWN_FROM: Final[Row] = {
    "type": "member.nominate",
    "happened_on": MARCH,
    "nomination": "n-again",
    "known": MOTHER,
    "figure": "f-mother",
}
LABELS: Final[dict[TextId, Read]] = {TextId(f"t-{n}"): f"label {n}" for n in "1234"}


def _labels(reader: PersonId, on: date) -> list[Read | None]:
    seen = _view(begun(*PEOPLE, DRAWN, DRAWN_FROM), reader, on, {**NAMES, **LABELS})
    (drawing,) = seen.group.sociograms
    assert all(seen.said(f.label) is not ERASED for f in drawing.figures)
    return [seen.said(figure.label) for figure in drawing.figures]


def test_a_label_that_nothing_was_done_with_lapses_after_a_year() -> None:
    every = ["label 1", "label 2", "label 3", "label 4"]
    assert _labels(ESMEE, date(2026, 3, 2)) == every
    assert _labels(ESMEE, date(2026, 3, 3)) == [None, *every[1:]]


def test_the_client_goes_on_reading_their_own_drawing() -> None:
    assert _labels(KLAAS, TODAY) == ["label 1", "label 2", "label 3", "label 4"]


def test_the_clients_right_ends_after_the_day_of_their_death() -> None:
    group = begun(
        *PEOPLE, {"type": "person.die", "happened_on": MARCH, "person": KLAAS}
    )
    klaas = Actor(KLAAS, OWN_GROUP)
    assert may_see(group, METHOD, klaas, None, MARCH).allowed
    assert not may_see(group, METHOD, klaas, None, MARCH + DAY).allowed
    assert may_see(group, METHOD, Actor(ESMEE, OWN_GROUP), None, TODAY).allowed


def test_nobody_decides_in_the_name_of_a_client_who_died() -> None:
    group = begun(
        *PEOPLE, {"type": "person.die", "happened_on": MARCH, "person": KLAAS}
    )
    named = {
        "type": "group.name",
        "happened_on": MARCH + DAY,
        "name": {"id": "t-x", "subject": KLAAS},
    }
    assert "structure.has_died" in codes_of(judged(group, change_from(named)))


MOTHERS_OWN: Final[list[Row]] = [
    _called(),
    UNSAFE,
    {"type": "member.step_back", "happened_on": MARCH, "rest": "r1", "person": MOTHER},
    {
        "type": "member.describe_part",
        "happened_on": MARCH,
        "person": MOTHER,
        "words": {"id": "t-part", "subject": MOTHER},
    },
    {
        "type": "theme.ask",
        "happened_on": MARCH,
        "request": "tr1",
        "person": MOTHER,
        "theme": "communication",
    },
    {
        "type": "sign.offer",
        "happened_on": MARCH,
        "sign": "s1",
        "by": MOTHER,
        "words": {"id": "t-sign", "subject": MOTHER},
    },
    {
        "type": "minutes.sign_off",
        "happened_on": MARCH,
        "meeting": "m1",
        "person": MOTHER,
    },
]


@pytest.mark.parametrize("row", MOTHERS_OWN, ids=lambda row: row["type"])
def test_a_member_records_what_is_their_own_and_nobody_elses(row: Row) -> None:
    group = begun(*PEOPLE)
    change = change_from(row)
    assert isinstance(change, ONE_S_OWN)

    def may(who: PersonId) -> bool:
        actor = Actor(who, OWN_GROUP)
        proposal = Proposal(
            group=group, method=METHOD, type=change.TYPE, change=change, actor=actor
        )
        return may_do(proposal, MARCH).allowed

    assert may(MOTHER)
    assert not may(FATHER)
    assert not may(KLAAS)
