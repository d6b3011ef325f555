"""What was entered in error is out of the group, and two people become one."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from attrs import evolve

import rgcore
from rgcore import Conflict, Refused
from rgcore.domain.actor import CARE, OWN_GROUP
from rgcore.domain.changes import (
    AcceptNomination,
    AddSuccess,
    AgreeGoals,
    Change,
    EmptyInError,
    ExplainMethod,
    HoldMeeting,
    KeepOwnItem,
    LeaveGroup,
    MarkInError,
    MergePeople,
    Nominate,
    RewordGoal,
    UndoInError,
)
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.domain.people import Person
from rgcore.domain.text import ERASED
from rgcore.errors import ChangeIdReused, InputError, NotAvailable, StoreDamaged
from rgcore.render.pages import timeline_text
from support import (
    AT_THE_TABLE,
    ESMEE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    Demo,
    Goals,
    Row,
    all_bytes,
    forget,
    set_goal,
    tampered,
)

MOTHER = PersonId("mother")
MAM = PersonId("mam")
AS_MOTHER = rgcore.Actor(MOTHER, OWN_GROUP)
FOR_MOTHER = evolve(AT_THE_TABLE, on_behalf_of=MOTHER)
ALONE = rgcore.Actor(ESMEE, CARE)


def mark(*entries: str, because: str = "wrong_client", name: str = "mark") -> Change:
    return MarkInError(
        id=ChangeId(name),
        happened_on=FIRST_DAY,
        entries=tuple(map(ChangeId, entries)),
        because=Code(because),
    )


def undo(*entries: str, name: str = "undo") -> Change:
    return UndoInError(
        id=ChangeId(name),
        happened_on=FIRST_DAY,
        entries=tuple(map(ChangeId, entries)),
    )


def empty(*entries: str, name: str = "empty") -> Change:
    return EmptyInError(
        id=ChangeId(name),
        happened_on=FIRST_DAY,
        entries=tuple(map(ChangeId, entries)),
    )


def record(
    demo: Demo,
    *changes: Change,
    words: rgcore.Words | None = None,
    actor: rgcore.Actor = AT_THE_TABLE,
    seen: int | None = None,
) -> rgcore.Recorded:
    return demo.institution.record(GROUP, changes, actor, words=words, seen=seen)


def nominate(demo: Demo, who: PersonId, said: str = "Ans") -> None:
    words = rgcore.Words()
    name = rgcore.PersonName.of(said)
    person = Person(id=who, name=words.add(f"t-{who}", subject=who, said=name))
    change = Nominate(
        id=ChangeId(f"c-{who}"),
        happened_on=FIRST_DAY,
        nomination=ItemId(f"nom-{who}"),
        person=person,
        asks=words.add(f"t-asks-{who}", subject=KLAAS, said=f"{said} vragen"),
    )
    record(demo, change, words=words)


def join(demo: Demo, who: PersonId, on: date = FIRST_DAY) -> None:
    change = AcceptNomination(
        id=ChangeId(f"c-yes-{who}"), happened_on=on, nomination=ItemId(f"nom-{who}")
    )
    record(demo, change)


def succeed(demo: Demo, name: str, actor: rgcore.Actor, by: PersonId = MOTHER) -> None:
    words = rgcore.Words()
    change = AddSuccess(
        id=ChangeId(f"c-{name}"),
        happened_on=FIRST_DAY,
        success=ItemId(f"success-{name}"),
        by=by,
        words=words.add(f"t-{name}", subject=by, said=f"{name} {MARKER}"),
    )
    record(demo, change, words=words, actor=actor)


def keep(demo: Demo, actor: rgcore.Actor, owner: PersonId = MOTHER) -> None:
    words = rgcore.Words()
    change = KeepOwnItem(
        id=ChangeId("c-letter"),
        happened_on=FIRST_DAY,
        item=ItemId("letter"),
        owner=owner,
        kind=Code("letter"),
        words=words.add("t-letter", subject=owner, said="Lieve Klaas"),
    )
    record(demo, change, words=words, actor=actor)


def view(demo: Demo, reader: rgcore.Actor = AT_THE_TABLE) -> rgcore.View:
    return demo.institution.view(GROUP, reader)


def bare(seen: rgcore.View) -> tuple[object, ...]:
    """Return what a view says, but for what was recorded and when it was read."""
    group = evolve(seen.group, happenings=(), seq=0)
    return group, dict(seen.words), seen.prompts(), seen.phase()


def index(demo: Demo) -> object:
    return demo.institution._store.index_row(GROUP)


def opened(demo: Demo) -> str:
    """Return every word that the keys still open, in journal and document."""
    store = demo.institution._store
    loaded = store.load(GROUP)
    assert loaded is not None
    kept = store.history(loaded)
    return str([store.words(loaded), *(one.words for one in kept)])


def reasons(
    demo: Demo, *changes: Change, actor: rgcore.Actor = AT_THE_TABLE
) -> list[tuple[str, str, str]]:
    decision = demo.institution.check(GROUP, changes, actor)
    return [
        (f.code.partition(".")[2], f.path, str(dict(f.params).get("change", "")))
        for f in decision.blocking
    ]


@pytest.fixture
def wrong(klaas: Demo) -> Demo:
    """Give Klaas' group with a goal and a nominee of somebody else typed into it."""
    set_goal(klaas.institution, "bike", "weer fietsen")
    set_goal(klaas.institution, "wrong", f"naar {MARKER}")
    nominate(klaas, PersonId("stranger"), MARKER)
    return klaas


WRONG = ("c-wrong", "c-stranger")


def test_what_was_said_about_somebody_else_leaves_at_once(wrong: Demo) -> None:
    before = view(wrong)
    assert MARKER in opened(wrong)
    done = record(wrong, mark(*WRONG), empty(*WRONG))
    assert [entry.seq for entry in done.entries] == [5, 6]
    assert wrong.institution.verify() == ()
    assert MARKER not in opened(wrong)
    seen = view(wrong)
    assert [goal.id for goal in seen.group.goals] == ["goal-bike"]
    assert [p.id for p in seen.group.people] == [KLAAS, ESMEE]
    assert seen.group.nominations == ()
    assert MARKER not in str(dict(seen.words))
    assert seen.said(before.group.goals[0].words) == "weer fietsen"
    for _, raw in all_bytes(wrong.folder):
        assert MARKER.encode() not in raw


def test_the_timeline_says_who_when_and_that_it_was_a_mistake(wrong: Demo) -> None:
    record(wrong, mark(*WRONG), empty(*WRONG))
    lines = {line.change: line for line in view(wrong).timeline()}
    assert {c for c, line in lines.items() if line.in_error} == set(WRONG)
    for change in WRONG:
        line = lines[ChangeId(change)]
        assert (line.in_error, line.emptied) == ("mark", True)
        assert (line.by, line.on_behalf_of) == (ESMEE, KLAAS)
        assert line.recorded_at == wrong.clock()
    assert lines[ChangeId("mark")].fact == "entry.mark_in_error:wrong_client"
    told = timeline_text(view(wrong), "nl")
    assert "Een vergissing, dus het telt niet mee: iets over een" in told
    assert MARKER not in told


def test_what_was_emptied_cannot_be_undone(wrong: Demo) -> None:
    record(wrong, mark(*WRONG), empty(*WRONG))
    assert reasons(wrong, undo(*WRONG)) == [
        ("emptied_already", "changes[0].entries[0]", ""),
        ("emptied_already", "changes[0].entries[1]", ""),
    ]
    with pytest.raises(Refused):
        record(wrong, undo(*WRONG))


def test_texts_are_emptied_only_of_what_is_in_error(wrong: Demo) -> None:
    assert reasons(wrong, empty("c-wrong"), mark("c-wrong")) == [
        ("not_marked", "changes[0].entries[0]", "")
    ]


def test_an_undo_brings_all_back_word_for_word(wrong: Demo) -> None:
    before, row = bare(view(wrong)), index(wrong)
    record(wrong, mark(*WRONG))
    assert MARKER not in str(dict(view(wrong).words))
    assert bare(view(wrong)) != before
    assert wrong.institution.verify() == ()
    record(wrong, undo(*WRONG))
    assert bare(view(wrong)) == before
    assert index(wrong) == row
    assert wrong.institution.verify() == ()


def test_a_meeting_that_was_not_held_opens_no_phase_and_settles_nothing(
    klaas: Demo,
) -> None:
    before = bare(view(klaas))
    met = HoldMeeting(
        id=ChangeId("c-met"),
        happened_on=FIRST_DAY,
        unplanned=ItemId("m1"),
        kind=Code("kick_off"),
    )
    record(klaas, met)
    assert view(klaas).phase() != before[-1]
    record(klaas, mark("c-met"))
    assert bare(view(klaas)) == before
    assert klaas.institution.verify() == ()


def test_the_day_on_which_a_group_needs_attention_follows(klaas: Demo) -> None:
    row = index(klaas)
    told = ExplainMethod(id=ChangeId("c-told"), happened_on=FIRST_DAY, by=ESMEE)
    record(klaas, told)
    assert index(klaas) != row
    record(klaas, mark("c-told"))
    assert index(klaas) == row
    record(klaas, undo("c-told"))
    assert index(klaas) != row
    assert klaas.institution.verify() == ()


def test_what_a_correction_opens_is_warned_of(klaas: Demo) -> None:
    nominate(klaas, MOTHER)
    join(klaas, MOTHER)
    set_goal(klaas.institution, "bike", "weer fietsen")
    done = record(klaas, mark("c-yes-mother"), undo("c-yes-mother"))
    warned = [entry.warned for entry in done.entries]
    assert warned == [(), ()]
    done = record(klaas, mark("c-yes-mother", name="again"))
    assert done.entries[0].warned == ()
    more = [undo("c-yes-mother", name="back"), mark("c-bike", name="bike")]
    back = record(klaas, *more)
    warned = [entry.warned for entry in back.entries]
    assert warned == [(), ("interview_before_first_meeting",)]


def agree(name: str, goal: str) -> AgreeGoals:
    return AgreeGoals(id=ChangeId(name), happened_on=FIRST_DAY, goals=(ItemId(goal),))


def test_everything_that_builds_on_a_mistake_is_named_at_once(wrong: Demo) -> None:
    record(wrong, agree("c-agree", "goal-wrong"), agree("c-twice", "goal-wrong"))
    before = view(wrong).group
    assert reasons(wrong, mark("c-wrong")) == [
        ("others_build_on_it", "changes[0].entries", "c-agree"),
        ("others_build_on_it", "changes[0].entries", "c-twice"),
    ]
    with pytest.raises(Refused):
        record(wrong, mark("c-wrong"))
    assert view(wrong).group == before


@pytest.mark.parametrize(
    "corrections",
    [
        [mark("c-wrong", "c-agree")],
        [mark("c-wrong"), mark("c-agree", name="second")],
        [mark("c-agree", name="second"), mark("c-wrong")],
    ],
    ids=["in one", "first", "last"],
)
def test_what_builds_on_a_mistake_may_be_marked_with_it(
    wrong: Demo, corrections: list[Change]
) -> None:
    record(wrong, agree("c-agree", "goal-wrong"))
    record(wrong, *corrections)
    assert [g.id for g in view(wrong).group.goals] == ["goal-bike"]
    assert wrong.institution.verify() == ()


def test_a_dependent_is_named_at_the_correction_that_leaves_it_without_ground(
    wrong: Demo,
) -> None:
    record(wrong, agree("c-agree", "goal-wrong"))
    assert reasons(wrong, mark("c-bike"), mark("c-wrong", name="second")) == [
        ("others_build_on_it", "changes[1].entries", "c-agree")
    ]


def test_what_stands_on_a_mistake_cannot_come_back_alone(wrong: Demo) -> None:
    record(wrong, agree("c-agree", "goal-wrong"))
    record(wrong, mark("c-wrong", "c-agree"))
    assert reasons(wrong, undo("c-agree")) == [
        ("no_longer_fits", "changes[0].entries", "c-agree")
    ]
    record(wrong, undo("c-agree"), undo("c-wrong", name="second"))
    assert wrong.institution.verify() == ()


def test_a_refused_correction_keeps_quiet_about_what_came_after_it(
    wrong: Demo,
) -> None:
    record(wrong, agree("c-agree", "goal-wrong"))
    goals = Goals()
    again = evolve(goals.set("anew", "beter"), goal=ItemId("goal-wrong"))

    def found(*entries: str) -> list[str]:
        wanted = [mark(*entries), again]
        decision = wrong.institution.check(
            GROUP, wanted, AT_THE_TABLE, words=goals.words
        )
        return [f.code for f in decision.blocking]

    assert found("c-wrong") == ["structure.others_build_on_it"]
    assert found("c-wrong", "c-wrong") == ["structure.entry_twice"]


def test_a_change_can_be_marked_and_made_anew_in_one_call(wrong: Demo) -> None:
    goals = Goals()
    anew = evolve(goals.set("anew", "goed getypt"), goal=ItemId("goal-wrong"))
    record(wrong, mark("c-wrong"), anew, words=goals.words)
    found = view(wrong)
    assert [g.id for g in found.group.goals] == ["goal-bike", "goal-wrong"]
    assert found.said(found.group.goals[1].words) == "goed getypt"
    assert wrong.institution.verify() == ()
    assert reasons(wrong, undo("c-wrong")) == [
        ("others_build_on_it", "changes[0].entries", "c-anew")
    ]


def test_a_text_that_was_used_again_keeps_a_mistake_out(wrong: Demo) -> None:
    record(wrong, mark("c-wrong"))
    words = rgcore.Words()
    reword = RewordGoal(
        id=ChangeId("c-reword"),
        happened_on=FIRST_DAY,
        goal=ItemId("goal-bike"),
        words=words.add("t-wrong", subject=KLAAS, said="anders"),
    )
    record(wrong, reword, words=words)
    assert reasons(wrong, undo("c-wrong")) == [
        ("others_build_on_it", "changes[0].entries", "c-reword")
    ]


def test_a_change_of_the_same_call_can_be_corrected(klaas: Demo) -> None:
    goals = Goals()
    typed = goals.set("typed", MARKER)
    record(klaas, typed, mark("c-typed"), empty("c-typed"), words=goals.words)
    assert klaas.institution.verify() == ()
    assert MARKER not in opened(klaas)
    assert view(klaas).group.goals == ()


def test_a_correction_belongs_to_a_group_that_is_there(demo: Demo) -> None:
    with pytest.raises(NotAvailable):
        record(demo, mark("c-start"))


@pytest.mark.parametrize("then", [(), ("empty",)], ids=["marked", "emptied"])
def test_sending_it_all_again_changes_nothing(
    wrong: Demo, then: tuple[str, ...]
) -> None:
    goals = Goals()
    wanted = [goals.set("wrong", f"naar {MARKER}"), mark("c-wrong")]
    wanted += [empty("c-wrong") for _ in then]
    record(wrong, *wanted, words=goals.words)
    before = view(wrong).group
    done = record(wrong, *wanted, words=goals.words)
    assert done.entries == ()
    assert view(wrong).group == before
    others = Goals()
    moved = evolve(others.set("wrong", MARKER), goal=ItemId("elsewhere"))
    with pytest.raises(ChangeIdReused):
        record(wrong, moved, words=others.words)


def test_an_ordinary_change_goes_on_after_a_correction(wrong: Demo) -> None:
    record(wrong, mark(*WRONG))
    set_goal(wrong.institution, "next", "verder")
    seen = view(wrong)
    assert seen.said(seen.group.goals[-1].words) == "verder"
    assert wrong.institution.verify() == ()


def touched_by(conflict: Conflict) -> list[str]:
    return [getattr(happened, "change", "") for happened in conflict.theirs]


def test_somebody_who_saw_it_before_the_correction_hears_of_it(wrong: Demo) -> None:
    record(wrong, mark("c-wrong"))
    with pytest.raises(Conflict) as caught:
        record(wrong, agree("c-agree", "goal-wrong"), seen=4)
    assert touched_by(caught.value) == ["mark"]
    with pytest.raises(Conflict):
        record(wrong, undo("c-wrong"), seen=4)


def test_what_is_in_error_is_in_nobody_s_way(wrong: Demo) -> None:
    record(wrong, agree("c-agree", "goal-bike"))
    record(wrong, mark("c-agree"))
    with pytest.raises(Conflict) as caught:
        record(wrong, agree("c-again", "goal-bike"), seen=4)
    assert touched_by(caught.value) == ["mark"]


def test_corrections_and_changes_at_the_same_time_lose_nothing(wrong: Demo) -> None:
    barrier = Barrier(2)

    def correct() -> None:
        barrier.wait()
        for number in range(4):
            record(wrong, mark("c-wrong", name=f"mark-{number}"))
            record(wrong, undo("c-wrong", name=f"undo-{number}"))

    def go_on() -> None:
        barrier.wait()
        for number in range(8):
            set_goal(wrong.institution, f"more-{number}", f"meer {number}")

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(correct), pool.submit(go_on)]:
            done.result()
    assert wrong.institution.verify() == ()
    assert len(view(wrong).group.goals) == 10


def test_nothing_is_corrected_on_a_journal_that_does_not_add_up(wrong: Demo) -> None:
    def without_one(rows: list[Row]) -> Iterable[Row]:
        return [row for row in rows if row["seq"] != 3]

    with (
        tampered(wrong.store_url, "journal", without_one),
        pytest.raises(StoreDamaged),
    ):
        record(wrong, mark("c-stranger"))


def test_a_reason_is_one_of_the_method_s(wrong: Demo) -> None:
    assert reasons(wrong, mark("c-wrong", because="silly")) == [
        ("unknown_code", "changes[0].because", "")
    ]


def test_an_entry_is_named_by_an_id(wrong: Demo) -> None:
    with pytest.raises(InputError):
        record(wrong, mark("not an id"))


@pytest.fixture
def joined(wrong: Demo) -> Demo:
    """Give the same group with a mother who recorded and kept something herself."""
    nominate(wrong, MOTHER)
    join(wrong, MOTHER)
    succeed(wrong, "herself", AS_MOTHER)
    succeed(wrong, "typed", FOR_MOTHER)
    keep(wrong, AS_MOTHER)
    return wrong


@pytest.mark.parametrize(
    ("entry", "actor", "codes"),
    [
        ("c-wrong", AT_THE_TABLE, []),
        ("c-wrong", rgcore.Actor(KLAAS, OWN_GROUP), []),
        ("c-wrong", ALONE, ["not_the_client"]),
        ("c-wrong", evolve(AT_THE_TABLE, because=None), ["reason_missing"]),
        ("c-yes-mother", ALONE, []),
        ("c-herself", AS_MOTHER, []),
        ("c-herself", FOR_MOTHER, []),
        ("c-herself", ALONE, ["not_that_person"]),
        ("c-herself", rgcore.Actor(KLAAS, OWN_GROUP), ["not_that_person"]),
        ("c-letter", AS_MOTHER, []),
        ("c-letter", AT_THE_TABLE, ["not_that_person"]),
        ("c-typed", FOR_MOTHER, []),
    ],
)
def test_who_may_correct_what(
    joined: Demo, entry: str, actor: rgcore.Actor, codes: list[str]
) -> None:
    found = [code for code, _, _ in reasons(joined, mark(entry), actor=actor)]
    assert sorted(set(found)) == codes


@pytest.mark.parametrize("entry", ["c-wrong", "c-typed", "c-yes-mother", "c-nothing"])
@pytest.mark.parametrize("own", [(), ("c-herself",)], ids=["alone", "with her own"])
def test_a_member_corrects_nothing_but_what_they_recorded_of_their_own(
    joined: Demo, entry: str, own: tuple[str, ...]
) -> None:
    with pytest.raises(NotAvailable):
        joined.institution.check(GROUP, [mark(*own, entry)], AS_MOTHER)


def test_a_stranger_learns_nothing_by_correcting(joined: Demo) -> None:
    stranger = rgcore.Actor(PersonId("nobody"), OWN_GROUP)
    with pytest.raises(NotAvailable):
        joined.institution.check(GROUP, [mark("c-herself")], stranger)


def test_one_correction_is_one_person_s(joined: Demo) -> None:
    assert reasons(joined, mark("c-wrong", "c-typed")) == [
        ("several_deciders", "changes[0].entries", "")
    ]


def happened(seen: rgcore.View) -> list[str]:
    return [h.change for h in seen.group.happenings]


def test_nobody_learns_of_somebody_else_s_own_item_by_its_correction(
    joined: Demo,
) -> None:
    before = happened(view(joined))
    record(joined, mark("c-letter"), actor=AS_MOTHER)
    assert happened(view(joined)) == before
    assert "t-letter" not in view(joined).words
    record(joined, undo("c-letter"), actor=AS_MOTHER)
    assert happened(view(joined)) == before
    assert joined.institution.verify() == ()


def test_a_client_sees_their_own_item_that_was_a_mistake(klaas: Demo) -> None:
    keep(klaas, AT_THE_TABLE, owner=KLAAS)
    record(klaas, mark("c-letter"))
    assert {"c-letter", "mark"} <= {*happened(view(klaas, rgcore.Actor(KLAAS, CARE)))}
    assert {"c-letter", "mark"}.isdisjoint(happened(view(klaas, ALONE)))


@pytest.fixture
def two(joined: Demo) -> Demo:
    """Give the same group with a mam who is the mother."""
    nominate(joined, MAM, "Mam")
    join(joined, MAM)
    succeed(joined, "hers", evolve(AT_THE_TABLE, on_behalf_of=MAM), MAM)
    return joined


MERGE = MergePeople(id=ChangeId("merge"), happened_on=FIRST_DAY, kept=MOTHER, gone=MAM)


def test_two_people_who_are_one_are_merged(two: Demo) -> None:
    record(two, MERGE, actor=ALONE)
    assert two.institution.verify() == ()
    seen = view(two)
    assert {p.id for p in seen.group.people} == {KLAAS, ESMEE, "stranger", MOTHER}
    assert seen.group.members_on(FIRST_DAY) == (ESMEE, MOTHER)
    assert {s.by for s in seen.group.successes} == {MOTHER}
    assert seen.said(seen.group.successes[-1].words) == f"hers {MARKER}"
    assert seen.name(MAM) == seen.name(MOTHER) == rgcore.PersonName.of("Ans")
    assert "Twee mensen bleken één" in timeline_text(seen, "nl")
    assert seen.said(seen.group.nominations[-1].asks) == "Mam vragen"


def test_what_was_merged_is_parted_by_marking_it(two: Demo) -> None:
    before = bare(view(two))
    record(two, MERGE)
    record(two, mark("merge", because="wrong_person"))
    assert bare(view(two)) == before
    assert two.institution.verify() == ()


def test_whoever_was_merged_decides_on_what_either_said(two: Demo) -> None:
    record(two, MERGE)
    assert reasons(two, mark("c-hers"), actor=FOR_MOTHER) == []
    assert reasons(two, mark("c-hers", "c-herself"), actor=FOR_MOTHER) == []
    assert [code for code, _, _ in reasons(two, mark("c-hers"))] == ["not_that_person"]


def test_a_merge_on_which_others_build_stays(two: Demo) -> None:
    record(two, mark("c-yes-mother"))
    record(two, MERGE)
    leaves = LeaveGroup(id=ChangeId("c-leave"), happened_on=FIRST_DAY, person=MOTHER)
    record(two, leaves)
    assert reasons(two, mark("merge", because="wrong_person", name="second")) == [
        ("others_build_on_it", "changes[0].entries", "c-leave")
    ]


def test_words_of_whom_was_merged_are_erased_with_their_own_key(two: Demo) -> None:
    record(two, MERGE)
    forget(two, MAM)
    seen = view(two)
    assert seen.said(seen.group.successes[-1].words) is ERASED
    assert seen.name(MOTHER) == rgcore.PersonName.of("Ans")
    record(two, mark("c-wrong"))
    assert two.institution.verify() == ()
