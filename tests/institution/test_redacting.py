"""Single texts about somebody go, and what happened stays and counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import rgcore
from databases import all_rows
from rgcore.domain.actor import OPERATION
from rgcore.domain.changes import MarkInError, RedactEntries, UndoInError
from rgcore.domain.ids import ChangeId, Code, PersonId
from rgcore.domain.text import ERASED
from rgcore.errors import EraserNeeded, InputError
from rgcore.institution.erasing_answers import Ran
from rgcore.store.erasing_register import Erasure
from rgcore.store.leaves import unpack_leaves
from support import (
    AT_THE_TABLE,
    FIRST_DAY,
    GROUP,
    MARKER,
    Demo,
    Ids,
    all_bytes,
    found,
    make_demo,
    nominate,
    set_goal,
    tampered,
    told,
)

ASKER = rgcore.Actor(PersonId("op-1"), OPERATION, because=Code("asked_by_letter"))
AGREES = rgcore.Actor(PersonId("op-2"), OPERATION, because=Code("looked_at_it"))
DONE = FIRST_DAY + timedelta(days=30)


@pytest.fixture
def told_of(klaas: Demo) -> Demo:
    """Give a group in which Klaas speaks of somebody in one of two goals."""
    nominate(klaas.institution, "mother")
    set_goal(klaas.institution, "quarrel", f"geen ruzie meer met {MARKER}")
    set_goal(klaas.institution, "bike", "weer fietsen")
    return klaas


def redacted(demo: Demo, *entries: str, **more: Any) -> Erasure:  # noqa: ANN401
    """Let two people agree, and carry it out thirty days later."""
    erasing = demo.institution.erasing
    asked = erasing.redact(GROUP, entries, ASKER, whose="relative", **more).erasure
    erasing.confirm(asked.id, AGREES)
    demo.clock.set(DONE)
    (done,) = erasing.run(AGREES).done
    return done


def leaves(demo: Demo, change: str) -> list[bytes]:
    rows = all_rows(demo.store_url, "journal")
    (row,) = (one for one in rows if one["change_id"] == change)
    return [one.sealed for one in unpack_leaves(row["leaves"]).values()]


def test_the_text_is_gone_and_the_change_counts(told_of: Demo) -> None:
    before = told_of.institution.view(GROUP, AT_THE_TABLE)
    sealed = leaves(told_of, "c-quarrel")
    done = redacted(told_of, "c-quarrel")
    after = told_of.institution.view(GROUP, AT_THE_TABLE)
    assert after.group.goals == before.group.goals
    said = {goal.id: after.said(goal.words) for goal in after.group.goals}
    assert said == {"goal-quarrel": ERASED, "goal-bike": "weer fietsen"}
    assert leaves(told_of, "c-quarrel") == [b""]
    assert told_of.institution.verify() == ()
    assert MARKER not in str(after.words)
    assert MARKER not in str(told_of.institution.export(GROUP, ASKER)).replace(
        # That is what the mother is called, and nobody asked about that.
        f"'written': '{MARKER}'",
        "",
    ).replace(f"'given': '{MARKER}'", "")
    assert done.entries == ("c-quarrel",)
    if "sqlite" in told_of.store_url:
        files = b"".join(content for _, content in all_bytes(told_of.folder))
        assert not any(one in files for one in sealed)


def test_it_stands_on_the_timeline_and_others_build_on_it(told_of: Demo) -> None:
    redacted(told_of, "c-quarrel")
    set_goal(told_of.institution, "after", "verder")
    view = told_of.institution.view(GROUP, AT_THE_TABLE)
    assert view.timeline()[-1].fact == "entry.redact"
    assert [goal.id for goal in view.group.goals][-1] == "goal-after"
    assert told_of.institution.verify() == ()


def test_nobody_records_one_without_an_erasure(told_of: Demo) -> None:
    change = RedactEntries(
        id=ChangeId("c-r"), happened_on=FIRST_DAY, entries=(ChangeId("c-quarrel"),)
    )
    with pytest.raises(rgcore.Refused) as caught:
        told_of.institution.record(GROUP, [change], AT_THE_TABLE)
    codes = [one.code for one in caught.value.decision.blocking]
    assert "structure.only_by_erasing" in codes
    assert leaves(told_of, "c-quarrel") != [b""]


def test_it_takes_two_people_and_its_grace(told_of: Demo) -> None:
    erasing = told_of.institution.erasing
    asked = erasing.redact(GROUP, ["c-quarrel"], ASKER, whose="relative").erasure
    told_of.clock.set(DONE)
    assert erasing.run(AGREES) == Ran()
    with pytest.raises(rgcore.RgcoreError):
        erasing.confirm(asked.id, ASKER)
    erasing.confirm(asked.id, AGREES)
    assert [one.id for one in erasing.run(AGREES).done] == [asked.id]
    assert erasing.run(AGREES) == Ran()


def test_a_hold_holds_it_up(told_of: Demo) -> None:
    erasing = told_of.institution.erasing
    asked = erasing.redact(GROUP, ["c-quarrel"], ASKER, whose="relative").erasure
    erasing.confirm(asked.id, AGREES)
    hold = erasing.hold(GROUP, ASKER, kind="complaint")
    told_of.clock.set(DONE)
    (held,) = erasing.run(AGREES).held
    assert [one.code for one in held.reasons] == ["complaint"]
    erasing.lift(hold.id, ASKER)
    assert len(erasing.run(AGREES).done) == 1


@pytest.mark.parametrize("whose", ["client", "relative", "institution"])
def test_no_term_binds_it_since_the_record_stays(told_of: Demo, whose: str) -> None:
    plan = told_of.institution.erasing.plan_redaction(
        GROUP, ["c-quarrel"], ASKER, whose=whose
    )
    assert plan.reasons == ()


def test_what_a_plan_says_of_it(told_of: Demo) -> None:
    plan = told_of.institution.erasing.plan_redaction(
        GROUP, ["c-quarrel", "c-mother"], ASKER
    )
    places = {place.store: place for place in plan.places}
    (texts,) = places[Code("database")].goes
    assert (texts.what, texts.count) == ("redacted_texts", 3)
    (copies,) = places[Code("database_backups")].stays
    assert copies.why == "opens_with_todays_keys"
    assert plan.final_on is None


def test_the_institution_says_how_long_backups_of_the_database_last(
    told_of: Demo,
) -> None:
    with told_of.toml.open("a", encoding="utf-8") as toml:
        toml.write("\n[erasing]\nstore_backup_days = 90\n")
    told_of.institution.close()
    opened = rgcore.open(told_of.toml, clock=told_of.clock, ids=Ids("again"))
    with Demo(opened, told_of.clock, told_of.folder) as again:
        done = redacted(again, "c-quarrel")
        assert done.final_on == DONE + timedelta(days=90)


@pytest.mark.parametrize(
    ("entries", "paths"),
    [
        ([], ["entries"]),
        (["nothing"], ["entries[0]"]),
        (["c-start"], ["entries[0]"]),
        (["c-bike", "c-bike"], ["entries[1]"]),
        (["c-bike", MARKER], ["entries[1]"]),
        (["geen id"], ["entries[0]"]),
    ],
)
def test_what_cannot_be_redacted_is_named_by_its_place(
    told_of: Demo, entries: list[str], paths: list[str]
) -> None:
    with pytest.raises(InputError) as caught:
        told_of.institution.erasing.redact(GROUP, entries, ASKER, whose="client")
    assert [path for _, path in found(caught.value)] == paths
    assert MARKER not in told(caught.value)


def test_what_was_redacted_cannot_be_redacted_again(told_of: Demo) -> None:
    redacted(told_of, "c-quarrel")
    with pytest.raises(InputError):
        told_of.institution.erasing.redact(GROUP, ["c-quarrel"], ASKER, whose="client")


def test_two_requests_may_name_the_same_change(told_of: Demo) -> None:
    erasing = told_of.institution.erasing
    for named in (["c-quarrel"], ["c-quarrel", "c-bike"]):
        asked = erasing.redact(GROUP, named, ASKER, whose="client").erasure
        erasing.confirm(asked.id, AGREES)
    told_of.clock.set(DONE)
    assert len(erasing.run(AGREES).done) == 2
    assert leaves(told_of, "c-quarrel") == leaves(told_of, "c-bike") == [b""]
    assert told_of.institution.verify() == ()


def test_only_an_operator_redacts(told_of: Demo) -> None:
    for actor in (AT_THE_TABLE, evolve(ASKER, because=None)):
        with pytest.raises(EraserNeeded):
            told_of.institution.erasing.redact(
                GROUP, ["c-quarrel"], actor, whose="client"
            )
        with pytest.raises(EraserNeeded):
            told_of.institution.erasing.plan_redaction(GROUP, ["c-quarrel"], actor)


def test_a_text_that_is_back_is_named(told_of: Demo) -> None:
    before = all_rows(told_of.store_url, "journal")
    redacted(told_of, "c-quarrel")
    old = {row["change_id"]: row["leaves"] for row in before}

    def back(rows: list[dict[str, Any]]) -> Iterable[dict[str, Any]]:
        for row in rows:
            known = old.get(row["change_id"])
            yield row | {"leaves": known} if known else row

    with tampered(told_of.store_url, "journal", back):
        faults = [(one.code, one.seq) for one in told_of.institution.verify()]
    assert faults == [("leaf_not_emptied", 3)]


def test_a_mistake_that_was_redacted_stays_a_mistake(told_of: Demo) -> None:
    redacted(told_of, "c-quarrel")
    mark = MarkInError(
        id=ChangeId("mark"),
        happened_on=FIRST_DAY,
        entries=(ChangeId("c-quarrel"),),
        because=Code("typed_wrong"),
    )
    told_of.institution.record(GROUP, [mark], AT_THE_TABLE)
    view = told_of.institution.view(GROUP, AT_THE_TABLE)
    assert [goal.id for goal in view.group.goals] == ["goal-bike"]
    undo = UndoInError(
        id=ChangeId("undo"), happened_on=FIRST_DAY, entries=(ChangeId("c-quarrel"),)
    )
    with pytest.raises(rgcore.Refused):
        told_of.institution.record(GROUP, [undo], AT_THE_TABLE)
    assert told_of.institution.verify() == ()


def test_a_redacted_group_moves_to_another_institution(
    told_of: Demo, tmp_path: Path
) -> None:
    redacted(told_of, "c-quarrel")
    content = told_of.institution.export(GROUP, ASKER)
    toml = make_demo(tmp_path / "other", "other")
    with rgcore.open(toml, clock=told_of.clock, ids=Ids("there")) as other:
        other.import_group(content, ASKER)
        assert other.verify() == ()


def test_a_group_whose_words_were_redacted_is_erased_like_any_other(
    told_of: Demo,
) -> None:
    redacted(told_of, "c-quarrel")
    erasing = told_of.institution.erasing
    asked = erasing.request(GROUP, ASKER, whose="client").erasure
    erasing.confirm(asked.id, AGREES)
    told_of.clock.set(DONE + timedelta(days=30))
    assert [one.id for one in erasing.run(AGREES).done] == [asked.id]
    assert told_of.institution.verify() == ()
    # Nothing of the redaction is looked for in a group that is gone.
    assert erasing.run(AGREES) == Ran()


@pytest.mark.parametrize("first", ["redaction", "group"])
def test_a_request_in_a_group_that_was_erased_meanwhile_is_done(
    told_of: Demo, first: str
) -> None:
    erasing = told_of.institution.erasing
    asks: list[Callable[[], Erasure]] = [
        lambda: erasing.redact(GROUP, ["c-quarrel"], ASKER, whose="client").erasure,
        lambda: erasing.request(GROUP, ASKER, whose="client").erasure,
    ]
    for number, ask in enumerate(asks if first == "redaction" else asks[::-1]):
        # So that they are carried out in this order.
        told_of.clock.set(FIRST_DAY, time(12, number))
        erasing.confirm(ask().id, AGREES)
    told_of.clock.set(DONE)
    ran = erasing.run(AGREES)
    assert (len(ran.done), ran.failed, ran.held) == (2, (), ())
    assert told_of.institution.verify() == ()
    assert erasing.run(AGREES) == Ran()


def test_a_request_of_which_nothing_is_left_is_done(told_of: Demo) -> None:
    erasing = told_of.institution.erasing
    first = erasing.redact(GROUP, ["c-quarrel"], ASKER, whose="relative").erasure
    second = erasing.redact(GROUP, ["c-quarrel"], ASKER, whose="relative").erasure
    erasing.confirm(first.id, AGREES)
    told_of.clock.set(DONE)
    assert len(erasing.run(AGREES).done) == 1
    erasing.confirm(second.id, AGREES)
    before = len(told_of.institution.entries().headers)
    assert [one.id for one in erasing.run(AGREES).done] == [second.id]
    assert len(told_of.institution.entries().headers) == before
