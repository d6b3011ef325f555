"""A group is the same with the setting and without it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import pytest
from attrs import evolve, frozen

import rgcore
from colleges import (
    AT_THE_TABLE,
    GROUP,
    ID,
    OPERATOR,
    READER,
    College,
    course,
    kick_off,
    start,
)
from rgcore.domain.changes import NameGroup
from rgcore.domain.findings import Prompt
from rgcore.domain.foreign import OwnNote
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, TextId
from rgcore.render.pages import timeline_text

RULE: Final = "recovery_college.course_to_visit"
CLINICIAN: Final = "clinician_at_kick_off"
BEGAN: Final = date(2025, 3, 12)
LATER: Final = date(2025, 6, 2)


@frozen
class Seen:
    """A group that was folded from its journal, in three parts.

    Attributes:
        core: All but what settings noted.
        notes: What settings noted.
        said: What the setting's own rule says of it.
    """

    core: ResourceGroup
    notes: tuple[OwnNote, ...]
    said: tuple[Prompt, ...]


def _folded(college: College) -> Seen:
    """Compute the group from its journal, under what is enabled now."""
    college.clock.day = LATER
    with college.opened() as institution:
        # This folds the whole journal and compares it with what is stored.
        assert institution.verify() == ()
        view = institution.view(GROUP, READER)
    group = view.group
    said = tuple(p for p in view.prompts() if p.finding.code == RULE)
    return Seen(core=evolve(group, notes=()), notes=group.notes, said=said)


def _with_a_course(college: College) -> None:
    words = rgcore.Words()
    note = course(words, "Anders luisteren", began=BEGAN)
    college.record(*kick_off(BEGAN), note, words=words)


def test_one_journal_folds_to_the_same_group_with_without_and_with_it_again(
    college: College,
) -> None:
    _with_a_course(college)
    first = _folded(college)
    college.enable()
    without = _folded(college)
    college.enable(ID)
    again = _folded(college)
    assert first.core == without.core == again.core
    assert (first.notes, first.said) == (again.notes, again.said)
    assert len(first.said) == 1
    # The core keeps what it does not understand.
    assert without.notes == first.notes
    assert without.said == ()


def test_a_group_goes_on_without_it_and_its_notes_stay(college: College) -> None:
    _with_a_course(college)
    before = _folded(college)
    college.enable()
    words = rgcore.Words()
    name = words.add(TextId("t-group"), subject="jade", said="De wandelclub")
    change = NameGroup(id=ChangeId("c-name"), happened_on=LATER, name=name)
    college.record(change, words=words)
    after = _folded(college)
    assert after.core.name == name
    assert after.notes == before.notes
    college.enable(ID)
    assert _folded(college).said == before.said


def test_without_it_no_course_can_be_noted(plain: College) -> None:
    start(plain)
    words = rgcore.Words()
    with pytest.raises(rgcore.Refused) as refused:
        plain.record(course(words, "Anders luisteren", began=BEGAN), words=words)
    codes = {finding.code for finding in refused.value.decision.blocking}
    assert codes == {"structure.unknown_kind"}


def test_a_group_that_began_before_moves_when_somebody_says_so(plain: College) -> None:
    start(plain)
    plain.enable(ID)
    plain.record(*kick_off(BEGAN))
    pinned = plain.view(LATER)
    assert CLINICIAN in {p.finding.code for p in pinned.prompts()}
    with plain.opened() as institution:
        (behind,) = institution.behind()
        assert (behind.group, behind.lost) == (GROUP, ())
        institution.adopt(GROUP, OPERATOR)
        assert institution.behind() == ()
    moved = plain.view(LATER)
    assert CLINICIAN not in {p.finding.code for p in moved.prompts()}
    words = rgcore.Words()
    plain.record(course(words, "Anders luisteren", began=LATER), words=words)
    assert "Jade doet de cursus" in timeline_text(plain.view(), "nl")


def test_two_institutions_in_one_process_do_not_influence_one_another(
    tmp_path: Path,
) -> None:
    here, there = College.make(tmp_path / "here"), College.make(tmp_path / "there")
    here.enable(ID)
    words = rgcore.Words()
    note = course(words, "Anders luisteren", began=BEGAN)
    changes = (*kick_off(BEGAN), note)
    for college in (here, there):
        start(college)
        college.clock.day = BEGAN
    # Both are open at once, one with the setting and one without it.
    with here.opened() as with_it, there.opened() as without_it:
        with_it.record(GROUP, changes, AT_THE_TABLE, words=words)
        with pytest.raises(rgcore.Refused):
            without_it.record(GROUP, changes, AT_THE_TABLE, words=words)
        without_it.record(GROUP, kick_off(BEGAN), AT_THE_TABLE)
        codes = [
            {p.finding.code for p in one.view(GROUP, READER).prompts()}
            for one in (with_it, without_it)
        ]
        names = [one.method.named("client", "nl") for one in (with_it, without_it)]
    assert [RULE in found for found in codes] == [True, False]
    assert [CLINICIAN in found for found in codes] == [False, True]
    assert names == ["deelnemer", "cliënt"]
