"""Readers of one group, through the institution: what each of them gets, and when."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

import rgcore
from rgcore.domain.actor import CARE, OWN_GROUP
from rgcore.domain.ids import Code, Kind, PersonId
from rgcore.errors import NotAvailable
from rgcore.institution import FileDirectory
from rgcore.serial.wire import read_changes
from support import ARTS, AT_THE_TABLE, ESMEE, GROUP, KLAAS, Demo, Ids, open_demo

MOTHER: Final = PersonId("mother")
DAY: Final = "2025-01-06"

CLIENT: Final = rgcore.Actor(KLAAS, OWN_GROUP)
SUPPORTER: Final = rgcore.Actor(ESMEE, CARE)
MEMBER: Final = rgcore.Actor(MOTHER, OWN_GROUP)
CLERK: Final = rgcore.Actor(
    PersonId("clerk"), Code("support"), organisation=Code("municipality")
)
DOCTOR: Final = rgcore.Actor(ARTS, CARE)


def _record(demo: Demo, actor: rgcore.Actor, *rows: dict[str, Any]) -> rgcore.Recorded:
    number = demo.institution.status().entries
    named = [
        {"id": f"r{number}-{n}", "happened_on": DAY, **row}
        for n, row in enumerate(rows)
    ]
    changes, words = read_changes(named)
    return demo.institution.record(GROUP, changes, actor, words=words)


def _said(subject: str, said: str) -> dict[str, str]:
    return {"subject": subject, "said": said}


@pytest.fixture
def group(klaas: Demo) -> Demo:
    """Give Klaas' group with his mother in it, two goals and an agreement."""
    name = {"subject": "mother", "name": {"written": "Mama"}}
    _record(
        klaas,
        AT_THE_TABLE,
        {
            "type": "member.nominate",
            "nomination": "n1",
            "person": {"id": "mother", "name": name},
        },
        {
            "type": "goal.set",
            "goal": "work",
            "term": "long",
            "dimension": "societal",
            "words": _said("klaas", "zilverreiger werk"),
        },
        {
            "type": "goal.set",
            "goal": "home",
            "term": "short",
            "dimension": "personal",
            "words": _said("klaas", "zilverreiger thuis"),
        },
        {
            "type": "agreement.make",
            "agreement": "walk",
            "goals": ["home"],
            "words": _said("klaas", "samen wandelen"),
            "owners": ["mother"],
            "until": "2025-06-01",
        },
    )
    mothers_yes = rgcore.Actor(ESMEE, CARE, MOTHER, Code("at_the_table"))
    _record(klaas, mothers_yes, {"type": "member.accept", "nomination": "n1"})
    return klaas


def _seen(demo: Demo, actor: rgcore.Actor) -> set[str]:
    group = demo.institution.view(GROUP, actor).group
    shelves = (Kind.GOAL, Kind.AGREEMENT, Kind.NOMINATION)
    return {item for kind in shelves for item in group.ids(kind)}


def test_a_member_gets_a_copy_of_what_is_theirs(group: Demo) -> None:
    view = group.institution.view(GROUP, MEMBER)
    assert _seen(group, MEMBER) == {"walk", "n1"}
    assert view.group.agreements[0].goals == ()
    assert "zilverreiger" not in repr(dict(view.words))
    told = [(line.seq, line.fact) for line in view.timeline()]
    assert told == [
        (1, "group.start"),
        (2, "member.nominate"),
        (3, "agreement.make"),
        (4, "member.accept"),
    ]
    assert all("home" not in line.touched for line in view.timeline())
    assert view.withheld == ()


def test_the_client_lets_a_member_read_one_goal_and_takes_it_back(group: Demo) -> None:
    choice = {
        "type": "reading.choose",
        "choice": "c1",
        "to": ["mother"],
        "items": [{"kind": "goal", "id": "home"}],
    }
    _record(group, AT_THE_TABLE, choice)
    assert _seen(group, MEMBER) == {"n1", "walk", "home"}
    assert group.institution.view(GROUP, MEMBER).group.agreements[0].goals == ("home",)
    _record(group, AT_THE_TABLE, {"type": "reading.end_choice", "choice": "c1"})
    assert _seen(group, MEMBER) == {"n1", "walk"}


@pytest.mark.parametrize("actor", [SUPPORTER, MEMBER], ids=["supporter", "member"])
def test_nobody_chooses_that_for_the_client(group: Demo, actor: rgcore.Actor) -> None:
    choice = {"type": "reading.choose", "choice": "c1", "kinds": ["goal"]}
    with pytest.raises((rgcore.Refused, NotAvailable)):
        _record(group, actor, choice)


PERMISSION: Final[dict[str, Any]] = {
    "type": "permission.give",
    "permission": "p1",
    "organisation": "municipality",
    "items": [{"kind": "agreement", "id": "walk"}],
    "purpose": "support",
    "until": "2025-07-01",
}
GROUND: Final[dict[str, Any]] = {
    "type": "permission.name_ground",
    "permission": "p1",
    "ground": "legal_task",
    "by": ESMEE,
}


def test_an_organisation_reads_what_it_may_while_it_may(group: Demo) -> None:
    with pytest.raises(NotAvailable):
        group.institution.view(GROUP, CLERK)
    _record(group, AT_THE_TABLE, PERMISSION)
    with pytest.raises(NotAvailable):
        group.institution.view(GROUP, CLERK)
    _record(group, SUPPORTER, GROUND)
    assert _seen(group, CLERK) == {"walk"}
    view = group.institution.view(GROUP, CLERK)
    assert view.phase() is None
    assert view.prompts() == ()
    assert view.group.memberships == ()
    group.clock.set(date(2025, 7, 1))
    with pytest.raises(NotAvailable):
        group.institution.view(GROUP, CLERK)
    outcomes = [line.outcome for line in group.institution.log_lines(GROUP)]
    assert outcomes.count(Code("refused")) >= 2


def test_a_withdrawal_holds_at_the_next_read_in_another_process_too(
    group: Demo,
) -> None:
    _record(group, AT_THE_TABLE, PERMISSION)
    _record(group, SUPPORTER, GROUND)
    with open_demo(group.folder, group.clock) as other:
        other.institution._means.ids.prefix = "other"  # type: ignore[attr-defined]
        assert _seen(other, CLERK) == {"walk"}
        withdrawal = {"type": "permission.withdraw", "permission": "p1"}
        _record(group, AT_THE_TABLE, withdrawal)
        with pytest.raises(NotAvailable):
            other.institution.view(GROUP, CLERK)


EMERGENCY: Final[dict[str, Any]] = {
    "type": "emergency.open",
    "emergency": "e1",
    "person": {"id": ARTS, "staff": True},
    "because": _said("klaas", "Klaas wordt vermist"),
    "until": "2025-01-08",
}


def test_staff_open_a_group_in_an_emergency_for_a_while(group: Demo) -> None:
    with pytest.raises(NotAvailable):
        group.institution.view(GROUP, DOCTOR)
    _record(group, DOCTOR, EMERGENCY)
    assert _seen(group, DOCTOR) == {"walk", "work", "home", "n1"}
    told = [line.fact for line in group.institution.view(GROUP, CLIENT).timeline()]
    assert "emergency.open" in told
    group.clock.set(date(2025, 1, 8))
    with pytest.raises(NotAvailable):
        group.institution.view(GROUP, DOCTOR)


def test_the_client_reads_of_it_later_where_that_is_safer(group: Demo) -> None:
    later = {"shown_from": "2025-01-20", "review_on": "2025-01-10"}
    _record(group, DOCTOR, {**EMERGENCY, **later})
    for day, shown in ((date(2025, 1, 19), False), (date(2025, 1, 20), True)):
        group.clock.set(day)
        view = group.institution.view(GROUP, CLIENT)
        facts = {line.fact for line in view.timeline()}
        assert ("emergency.open" in facts) is shown
        assert bool(view.group.emergencies) is shown


@pytest.mark.parametrize(
    "actor",
    [
        rgcore.Actor(ARTS, OWN_GROUP),
        rgcore.Actor(PersonId("somebody"), CARE),
        MEMBER,
    ],
    ids=["not for care", "for another", "a member"],
)
def test_nobody_opens_a_group_in_another_s_name(
    group: Demo, actor: rgcore.Actor
) -> None:
    with pytest.raises((rgcore.Refused, NotAvailable)):
        _record(group, actor, EMERGENCY)


MANDATE: Final[dict[str, Any]] = {
    "type": "mandate.begin",
    "mandate": "ma1",
    "person": "mentor",
    "kind": "mentor",
    "remit": ["care"],
    "until": "2025-02-01",
}


def test_a_representative_decides_inside_their_mandate(group: Demo) -> None:
    known = {"type": "person.involve", "person": {"id": "mentor"}, "once": True}
    _record(group, SUPPORTER, known, MANDATE)
    mentor = rgcore.Actor(PersonId("mentor"), OWN_GROUP, KLAAS, Code("mandate"))
    choice = {"type": "reading.choose", "choice": "c1", "kinds": ["goal"]}
    _record(group, mentor, choice)
    assert _seen(group, MEMBER) == {"n1", "walk", "work", "home"}
    group.clock.set(date(2025, 2, 1))
    with pytest.raises(NotAvailable):
        _record(group, mentor, {"type": "reading.end_choice", "choice": "c1"})
    with pytest.raises(NotAvailable):
        group.institution.view(GROUP, mentor)


def test_a_member_adds_a_statement_and_keeps_it_after_leaving(group: Demo) -> None:
    statement = {
        "type": "statement.add",
        "statement": "s1",
        "by": "mother",
        "about": {"kind": "agreement", "id": "walk"},
        "words": _said("mother", "Ik zie het anders."),
    }
    _record(group, MEMBER, statement)
    group.clock.set(date(2025, 2, 1))
    left = {"type": "member.leave", "person": "mother", "happened_on": "2025-02-01"}
    goodbye = rgcore.Actor(ESMEE, CARE, MOTHER, Code("at_the_table"))
    _record(group, goodbye, left)
    view = group.institution.view(GROUP, MEMBER)
    assert [(one.id, one.about) for one in view.group.statements] == [("s1", None)]
    assert "Ik zie het anders." in view.words.values()
    assert view.group.agreements == ()


def test_who_is_only_nominated_gets_nothing(klaas: Demo) -> None:
    nominated = {
        "type": "member.nominate",
        "nomination": "n1",
        "person": {"id": "mother"},
    }
    _record(klaas, AT_THE_TABLE, nominated)
    with pytest.raises(NotAvailable):
        klaas.institution.view(GROUP, MEMBER)
    with pytest.raises(NotAvailable):
        klaas.institution.view("g-nowhere", MEMBER)


def test_who_was_taken_out_of_the_directory_sees_and_records_nothing(
    group: Demo,
) -> None:
    left = rgcore.open(
        group.toml, clock=group.clock, ids=Ids("left"), directory=FileDirectory([])
    )
    with left, pytest.raises(NotAvailable):
        left.view(GROUP, SUPPORTER)
    left = rgcore.open(
        group.toml, clock=group.clock, ids=Ids("left2"), directory=FileDirectory([])
    )
    rows = [{"type": "group.pause", "pause": "p", "id": "p1", "happened_on": DAY}]
    with left, pytest.raises(NotAvailable):
        left.record(GROUP, read_changes(rows)[0], AT_THE_TABLE)
    assert group.institution.view(GROUP, SUPPORTER).group.goals


def test_a_team_s_list_is_for_who_works_there_today(group: Demo) -> None:
    with pytest.raises(rgcore.RgcoreError):
        group.institution.attention("fact-noord", MEMBER, on=date(2024, 6, 1))
    nobody = rgcore.open(
        group.toml, clock=group.clock, ids=Ids("list"), directory=FileDirectory([])
    )
    with nobody, pytest.raises(rgcore.RgcoreError):
        nobody.attention("fact-noord", SUPPORTER, on=date(2024, 6, 1))
