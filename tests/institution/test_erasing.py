"""Erasing takes two people, thirty days and nothing in its way; then keys are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

import rgcore
from rgcore.domain.actor import CARE, OPERATION, OWN_GROUP
from rgcore.domain.changes import (
    AcceptNomination,
    ApproachNominee,
    KeepOwnItem,
    PersonDies,
)
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import (
    EraserNeeded,
    ErasureNotNow,
    ErasureUnknown,
    GroupErased,
    GroupExists,
    InputError,
    NotAvailable,
    SamePersonTwice,
)
from rgcore.institution.erasing_answers import Ran
from rgcore.institution.erasing_reasons import ErasureRefused, Reason
from rgcore.store.erasing_register import Erasure
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    Demo,
    found,
    nominate,
    set_goal,
    start_klaas,
    told,
)

MOTHER = PersonId("mother")
BO = PersonId("bo")
FOR_BO = evolve(AT_THE_TABLE, on_behalf_of=BO)
ASKER = rgcore.Actor(PersonId("op-1"), OPERATION, because=Code("asked_by_letter"))
OTHER = rgcore.Actor(PersonId("op-2"), OPERATION, because=Code("looked_at_it"))
GRACE = timedelta(days=30)

Given = Any
"""What a request takes by name."""


@pytest.fixture
def family(klaas: Demo) -> Demo:
    """Give Klaas' group with his mother, who is called `MARKER`."""
    nominate(klaas.institution, MOTHER)
    set_goal(klaas.institution, "bike", "weer fietsen")
    return klaas


def asked(demo: Demo, person: str | None = MOTHER, **more: Given) -> Erasure:
    erasing = demo.institution.erasing
    more.setdefault("whose", "client" if person in {None, KLAAS} else "relative")
    return erasing.request(GROUP, ASKER, person=person, **more).erasure


def agreed(demo: Demo, person: str | None = MOTHER, **more: Given) -> Erasure:
    return demo.institution.erasing.confirm(asked(demo, person, **more).id, OTHER)


def later(demo: Demo, days: int = 30) -> Ran:
    """Let days go by, and run."""
    demo.clock.set(demo.clock.day + timedelta(days=days))
    return demo.institution.erasing.run(OTHER)


def erased(demo: Demo, person: str | None = MOTHER, **more: Given) -> Erasure:
    agreed(demo, person, **more)
    (done,) = later(demo).done
    return done


def events(demo: Demo) -> list[tuple[str, str, str]]:
    """Return the lines of the access log, in the order in which they got their ids."""
    lines = demo.institution.log_lines(GROUP)
    ordered = sorted(lines, key=lambda one: int(one.id.partition("-")[2]))
    return [(one.event, one.reader, one.outcome) for one in ordered]


def codes(reasons: Iterable[Reason]) -> list[str]:
    return [reason.code for reason in reasons]


def name_of_mother(demo: Demo) -> object:
    view = demo.institution.view(GROUP, AT_THE_TABLE)
    return view.said(view.group.person(MOTHER).name)


def test_who_was_erased_reads_as_erased_and_the_group_keeps_its_shape(
    family: Demo,
) -> None:
    before = family.institution.view(GROUP, AT_THE_TABLE)
    done = erased(family)
    assert done.state == "done"
    assert name_of_mother(family) is ERASED
    after = family.institution.view(GROUP, AT_THE_TABLE)
    assert after.group == before.group
    assert after.said(after.group.goals[0].words) == "weer fietsen"
    assert family.institution.verify() == ()


def test_the_report_says_from_when_it_is_final(family: Demo) -> None:
    done = erased(family)
    on = FIRST_DAY + GRACE
    assert done.final_on == on + timedelta(days=35)
    assert done.final_on.isoformat() in (done.report or "")
    (kept,) = family.institution.erasing.requests()
    assert kept == done


def test_nothing_goes_before_its_grace_is_over(family: Demo) -> None:
    agreed(family)
    assert later(family, 29) == Ran()
    assert name_of_mother(family) is not ERASED
    assert later(family, 1).done != ()
    assert name_of_mother(family) is ERASED


def test_nothing_goes_that_nobody_else_confirmed(family: Demo) -> None:
    erasure = asked(family)
    with pytest.raises(SamePersonTwice) as caught:
        family.institution.erasing.confirm(erasure.id, ASKER)
    assert erasure.id in told(caught.value)
    assert later(family, 400) == Ran()
    assert name_of_mother(family) is not ERASED


def test_what_was_withdrawn_stays(family: Demo) -> None:
    erasure = agreed(family)
    withdrawn = family.institution.erasing.withdraw(erasure.id, OTHER)
    assert withdrawn.state == "withdrawn"
    assert later(family, 40) == Ran()
    assert name_of_mother(family) is not ERASED
    with pytest.raises(ErasureNotNow):
        family.institution.erasing.confirm(erasure.id, OTHER)


def test_what_was_carried_out_cannot_be_withdrawn(family: Demo) -> None:
    done = erased(family)
    with pytest.raises(ErasureNotNow):
        family.institution.erasing.withdraw(done.id, ASKER)


@pytest.mark.parametrize("person", [MOTHER, None], ids=["person", "group"])
@pytest.mark.parametrize("kind", ["legal_hold", "complaint", "others_interest"])
def test_a_hold_stands_in_the_way_until_it_is_over(
    family: Demo, person: str | None, kind: str
) -> None:
    erasing = family.institution.erasing
    erasure = agreed(family, person)
    hold = erasing.hold(GROUP, OTHER, kind=kind, until=FIRST_DAY + 2 * GRACE)
    # It was made after two people agreed, and is looked at again.
    ran = later(family)
    assert ran.done == ()
    assert codes(ran.held[0].reasons) == [kind]
    assert hold.id in ran.held[0].reasons[0].sentence("nl")
    assert later(family).done[0].id == erasure.id


def test_a_hold_on_one_person_leaves_others_alone_and_holds_up_the_group(
    family: Demo,
) -> None:
    erasing = family.institution.erasing
    hold = erasing.hold(GROUP, ASKER, kind="complaint", person=KLAAS)
    assert erasing.plan(GROUP, ASKER, person=MOTHER).reasons == ()
    assert codes(erasing.plan(GROUP, ASKER).reasons) == ["complaint"]
    erasing.lift(hold.id, OTHER)
    assert erasing.plan(GROUP, ASKER).reasons == ()
    with pytest.raises(ErasureNotNow):
        erasing.lift(hold.id, OTHER)


def test_a_refusal_lists_all_reasons(family: Demo) -> None:
    erasing = family.institution.erasing
    erasing.hold(GROUP, ASKER, kind="legal_hold")
    erasing.hold(GROUP, ASKER, kind="complaint")
    erasure = asked(family, None, whose="institution")
    with pytest.raises(ErasureRefused) as caught:
        erasing.confirm(erasure.id, OTHER)
    expected = ["retention", "legal_hold", "complaint"]
    assert codes(caught.value.reasons) == expected
    assert "2045-01-06" in caught.value.sentence("nl")
    assert erasing.requests()[0].state == "requested"


@pytest.mark.parametrize(
    ("whose", "person", "refused"),
    [
        ("client", None, []),
        ("client", KLAAS, []),
        ("institution", None, ["retention"]),
        ("institution", MOTHER, ["retention"]),
        ("relative", MOTHER, []),
        # The term of what relatives wrote binds nobody: it is theirs.
        ("relative", None, ["not_theirs"]),
        ("relative", KLAAS, ["not_theirs"]),
    ],
)
def test_a_running_term_binds_all_but_whom_it_is_about(
    family: Demo, whose: str, person: str | None, refused: list[str]
) -> None:
    plan = family.institution.erasing.plan(GROUP, ASKER, person=person, whose=whose)
    assert codes(plan.reasons) == refused


def test_a_term_that_is_over_binds_nobody(family: Demo) -> None:
    family.clock.set(date(2045, 1, 5))
    erasing = family.institution.erasing
    assert codes(erasing.plan(GROUP, ASKER, whose="institution").reasons)
    family.clock.set(date(2045, 1, 6))
    assert erasing.plan(GROUP, ASKER, whose="institution").reasons == ()


def test_a_whole_group_goes_and_leaves_its_chain(family: Demo) -> None:
    institution = family.institution
    institution.link(GROUP, "client_number", "4711", AT_THE_TABLE)
    erased(family, None)
    assert institution.verify() == ()
    assert institution.groups() == (GROUP,)
    assert institution.status().groups == 0
    for act in (
        lambda: institution.view(GROUP, AT_THE_TABLE),
        lambda: institution.find("client_number", "4711", AT_THE_TABLE),
    ):
        with pytest.raises(NotAvailable):
            act()
    with pytest.raises(GroupErased):
        institution.export(GROUP, ASKER)
    with pytest.raises(GroupErased):
        institution.erasing.plan(GROUP, ASKER)
    esmee = evolve(AT_THE_TABLE, on_behalf_of=None, because=None)
    assert institution.attention("fact-noord", esmee).groups == ()


def test_nobody_begins_a_group_again_that_was_erased(family: Demo) -> None:
    erased(family, None)
    with pytest.raises(GroupExists):
        start_klaas(family.institution)
    assert family.institution.verify() == ()


def test_an_export_after_an_erasure_says_erased(family: Demo) -> None:
    erased(family)
    content = family.institution.export(GROUP, ASKER)
    assert MARKER not in str(content)
    assert "erased" in str(content)


def keep_letter(demo: Demo) -> None:
    """Let Bo, who joins the group, keep a letter that nobody else reads."""
    nominate(demo.institution, BO)
    approach = ApproachNominee(
        id=ChangeId("c-approach"),
        happened_on=FIRST_DAY,
        nomination=ItemId("nom-bo"),
        by=(KLAAS,),
        channel=Code("phone"),
    )
    accept = AcceptNomination(
        id=ChangeId("c-accept"), happened_on=FIRST_DAY, nomination=ItemId("nom-bo")
    )
    words = rgcore.Words()
    letter = KeepOwnItem(
        id=ChangeId("c-letter"),
        happened_on=FIRST_DAY,
        item=ItemId("letter"),
        owner=BO,
        kind=Code("letter"),
        words=words.add("t-letter", subject=BO, said="een brief van Bo"),
    )
    demo.institution.record(GROUP, [approach, accept], AT_THE_TABLE)
    demo.institution.record(GROUP, [letter], FOR_BO, words=words)


def letter_of_bo(demo: Demo) -> object:
    view = demo.institution.view(GROUP, rgcore.Actor(BO, OWN_GROUP))
    return view.said(view.group.own_items[0].words)


@pytest.mark.parametrize("said", ["handed_over", "declined"])
def test_what_others_keep_of_their_own_is_given_to_them_first(
    family: Demo, said: str
) -> None:
    keep_letter(family)
    erasing = family.institution.erasing
    assert codes(erasing.plan(GROUP, ASKER).reasons) == ["own_items"]
    assert codes(erasing.plan(GROUP, ASKER, person=BO, whose="client").reasons) == [
        "own_items"
    ]
    for person, whose in ((MOTHER, "relative"), (KLAAS, "client"), (BO, "relative")):
        assert erasing.plan(GROUP, ASKER, person=person, whose=whose).reasons == ()
    with pytest.raises(ErasureRefused):
        agreed(family, None)
    assert erased(family, None, own_items=said).own_items == said


def test_whoever_was_erased_keeps_nothing_of_their_own(family: Demo) -> None:
    keep_letter(family)
    erased(family, BO)
    assert family.institution.erasing.plan(GROUP, ASKER).reasons == ()


def test_after_the_client_s_death_others_keep_what_is_their_own(family: Demo) -> None:
    keep_letter(family)
    die(family)
    assert later(family, 10_000) == Ran()
    assert letter_of_bo(family) == "een brief van Bo"
    refused = family.institution.erasing.plan(GROUP, ASKER).reasons
    assert codes(refused) == ["custody", "own_items"]


def die(demo: Demo) -> None:
    death = PersonDies(id=ChangeId("c-death"), happened_on=FIRST_DAY, person=KLAAS)
    demo.institution.record(GROUP, [death], evolve(AT_THE_TABLE, on_behalf_of=None))


def test_the_client_s_death_asks_for_a_ground(family: Demo) -> None:
    die(family)
    for person in (None, KLAAS):
        with pytest.raises(ErasureRefused) as caught:
            asked(family, person)
        assert "custody" in codes(caught.value.reasons)
    # Nothing goes by itself, however long ago.
    assert later(family, 10_000) == Ran()
    assert family.institution.erasing.plan(GROUP, ASKER, person=MOTHER).reasons == ()
    done = erased(family, None, ground="court_order")
    assert done.ground == "court_order"


@pytest.mark.parametrize(
    "actor",
    [
        AT_THE_TABLE,
        evolve(ASKER, because=None),
        evolve(ASKER, purpose=CARE),
        evolve(ASKER, on_behalf_of=KLAAS),
    ],
    ids=["care", "no reason", "purpose", "behalf"],
)
def test_only_an_operator_who_says_why_erases(
    family: Demo, actor: rgcore.Actor
) -> None:
    erasing = family.institution.erasing
    id_ = asked(family).id
    hold = erasing.hold(GROUP, ASKER, kind="complaint").id
    acts: list[Callable[[], object]] = [
        lambda: erasing.plan(GROUP, actor),
        lambda: erasing.request(GROUP, actor, whose="client"),
        lambda: erasing.confirm(id_, actor),
        lambda: erasing.extend(id_, actor),
        lambda: erasing.withdraw(id_, actor),
        lambda: erasing.hold(GROUP, actor, kind="complaint"),
        lambda: erasing.lift(hold, actor),
    ]
    before = len(events(family))
    for act in acts:
        with pytest.raises(EraserNeeded):
            act()
    lines = events(family)[before:]
    assert [outcome for _, _, outcome in lines] == ["refused"] * len(acts)
    assert [one.state for one in erasing.requests()] == ["requested"]


def test_every_step_writes_its_line_first(family: Demo) -> None:
    before = len(events(family))
    erased(family)
    assert events(family)[before:] == [
        ("erase_request", "op-1", "allowed"),
        ("erase_confirm", "op-2", "allowed"),
        ("erase", "op-2", "allowed"),
    ]


def test_an_answer_has_its_term(family: Demo) -> None:
    erasing = family.institution.erasing
    family.clock.set(date(2025, 1, 31))
    erasure = asked(family, received_on=date(2025, 1, 30))
    assert erasure.answer_by == date(2025, 2, 28)
    extended = erasing.extend(erasure.id, ASKER)
    assert extended.answer_by == date(2025, 4, 30)
    assert extended.extended is not None
    with pytest.raises(ErasureNotNow):
        erasing.extend(erasure.id, ASKER)
    other = asked(family)
    family.clock.set(other.answer_by + timedelta(days=1))
    with pytest.raises(ErasureNotNow):
        erasing.extend(other.id, ASKER)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"person": "zilver reiger"}, "person"),
        ({"person": MARKER}, "person"),
        ({"whose": MARKER}, "whose"),
        ({"ground": f"Omdat {MARKER}"}, "ground"),
        ({"own_items": MARKER}, "own_items"),
        ({"received_on": date(2999, 1, 1)}, "received_on"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_wrong_input_is_named_by_its_path(
    family: Demo, given: dict[str, Given], path: str
) -> None:
    with pytest.raises(InputError) as caught:
        asked(family, **{"person": MOTHER, **given})
    assert [where for _, where in found(caught.value)] == [path]
    assert MARKER not in told(caught.value)


def test_a_request_that_is_not_there(family: Demo) -> None:
    erasing = family.institution.erasing
    for act in (erasing.confirm, erasing.withdraw, erasing.extend, erasing.lift):
        with pytest.raises(ErasureUnknown):
            act("nothing", OTHER)
    with pytest.raises(NotAvailable):
        erasing.plan("nothing", ASKER)


def test_requests_survive_a_restart(family: Demo) -> None:
    erasure = agreed(family)
    family.institution.close()
    with rgcore.open(family.toml, clock=family.clock) as again:
        assert again.erasing.requests() == (erasure,)
        family.clock.set(FIRST_DAY + GRACE)
        assert [one.id for one in again.erasing.run(OTHER).done] == [erasure.id]
