"""Who loses a race is decided afresh on what the quicker one made of the group."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import rgcore
from rgcore import Refused
from rgcore.domain.changes import ApproachNominee, Nominate, WithdrawNomination
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.domain.people import Person
from spec.life import Interrupted
from support import AT_THE_TABLE, ESMEE, FIRST_DAY, GROUP, Clock, Demo, Ids, set_goal

NOMINATION = ItemId("nom-mother")


@pytest.fixture
def slow(klaas: Demo) -> Iterator[tuple[rgcore.Institution, Interrupted]]:
    """Give a second program on the same store, and the clock that holds it up."""
    nominate = Nominate(
        id=ChangeId("c-nominate"),
        happened_on=FIRST_DAY,
        nomination=NOMINATION,
        person=Person(id=PersonId("mother")),
    )
    klaas.institution.record(GROUP, [nominate], AT_THE_TABLE)
    clock = Interrupted(Clock())
    with rgcore.open(klaas.toml, clock=clock, ids=Ids("slow")) as institution:
        yield institution, clock


def test_who_comes_second_is_recorded_behind_the_first(
    klaas: Demo, slow: tuple[rgcore.Institution, Interrupted]
) -> None:
    institution, clock = slow
    clock.first = lambda: set_goal(klaas.institution, "quick", "eerst")
    assert set_goal(institution, "slow", "daarna").seq == 4
    goals = klaas.institution.view(GROUP, AT_THE_TABLE).group.goals
    assert [goal.id for goal in goals] == ["goal-quick", "goal-slow"]
    assert klaas.institution.verify() == ()


def test_what_no_longer_fits_is_refused(
    klaas: Demo, slow: tuple[rgcore.Institution, Interrupted]
) -> None:
    institution, clock = slow
    withdraw = WithdrawNomination(
        id=ChangeId("c-withdraw"), happened_on=FIRST_DAY, nomination=NOMINATION
    )
    approach = ApproachNominee(
        id=ChangeId("c-approach"),
        happened_on=FIRST_DAY,
        nomination=NOMINATION,
        by=(ESMEE,),
        channel=Code("phone"),
    )
    clock.first = lambda: klaas.institution.record(GROUP, [withdraw], AT_THE_TABLE)
    with pytest.raises(Refused):
        institution.record(GROUP, [approach], AT_THE_TABLE)
    assert klaas.institution.view(GROUP, AT_THE_TABLE).group.seq == 3
    assert klaas.institution.verify() == ()
