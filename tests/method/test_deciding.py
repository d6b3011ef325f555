from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest

from method.groups import (
    AT_THE_TABLE,
    ESMEE,
    KLAAS,
    METHOD,
    START,
    Row,
    begun,
    change_from,
    changes_from,
    codes_of,
    judged,
    text,
)
from rgcore.domain.actor import OWN_GROUP, Actor
from rgcore.domain.findings import Effect, Override, Prompt, Rank
from rgcore.domain.ids import Code
from rgcore.institution.deciding import Outcome
from rgcore.method import open_on, prompts

DAY: Final = date(2026, 3, 1)
RULE: Final = Code("scale_up_before_scale_down")
PASSED: Final = Override(RULE, Code("urgent"))
AS_KLAAS: Final = Actor(KLAAS, OWN_GROUP)

NAMED: Final[Row] = {"type": "group.name", "happened_on": DAY, "name": text()}


def _down(decided_by: str = ESMEE, *, received: bool = False) -> dict[str, Any]:
    row = {
        "type": "care.scale_down",
        "happened_on": DAY,
        "scale_down": "sd1",
        "to": "gp",
        "decided_by": decided_by,
    }
    return {**row, "receiver": text()} if received else row


def _up(until: date | None = None) -> Row:
    row = {
        "type": "scale_up.agree",
        "happened_on": date(2025, 9, 1),
        "scale_up": "su1",
        "words": text(),
    }
    return {**row, "until": until} if until else row


def _lacks(outcome: Outcome) -> list[str]:
    return sorted(
        str(dict(finding.params)["lacks"])
        for finding in outcome.decision.blocking
        if finding.code == RULE
    )


def test_the_team_cannot_scale_down_while_something_is_lacking() -> None:
    outcome = judged(begun(), change_from(_down()))
    assert not outcome.decision.allowed
    assert _lacks(outcome) == ["receiver", "scale_up_agreement"]
    assert outcome.decision.overridable == outcome.decision.blocking
    assert {f.effect for f in outcome.decision.blocking} == {Effect.NEEDS_OVERRIDE}


@pytest.mark.parametrize(
    ("before", "received", "lacks"),
    [
        ([], True, ["scale_up_agreement"]),
        ([_up()], False, ["receiver"]),
        ([_up(DAY - timedelta(days=1))], True, ["scale_up_agreement"]),
        ([_up(DAY)], True, []),
        ([_up()], True, []),
    ],
    ids=["no agreement", "no receiver", "ran out", "last day", "nothing"],
)
def test_what_is_lacking_is_named(
    before: list[Row],
    received: bool,  # noqa: FBT001
    lacks: list[str],
) -> None:
    outcome = judged(begun(*before), change_from(_down(received=received)))
    assert _lacks(outcome) == lacks
    assert outcome.decision.allowed is (not lacks)


@pytest.mark.parametrize("actor", [AT_THE_TABLE, AS_KLAAS], ids=["typed", "himself"])
def test_no_rule_stands_between_the_client_and_ending_care(actor: Actor) -> None:
    outcome = judged(begun(), change_from(_down(KLAAS)), actor=actor)
    assert outcome.decision.allowed
    assert RULE in {finding.code for finding in outcome.decision.warnings}


def test_nobody_else_decides_in_the_client_s_name_without_saying_so() -> None:
    alone = Actor(ESMEE, Code("care"))
    outcome = judged(begun(), change_from(_down(KLAAS)), actor=alone)
    assert codes_of(outcome) == ["access.not_the_client"]


def test_with_an_override_it_passes_and_the_entry_says_so() -> None:
    outcome = judged(begun(), change_from(_down()), overrides=[PASSED])
    assert outcome.decision.allowed
    (entry,) = outcome.entries
    assert entry.overrides == (PASSED,)
    assert entry.warned == ("aftercare_agreed", RULE)


def test_only_the_change_that_needed_it_lists_the_override() -> None:
    rows = changes_from([NAMED, _down()])
    outcome = judged(begun(), *rows, overrides=[PASSED])
    assert [entry.overrides for entry in outcome.entries] == [(), (PASSED,)]


def test_an_override_that_was_not_needed_is_not_listed() -> None:
    change = change_from(_down(received=True))
    outcome = judged(begun(_up()), change, overrides=[PASSED])
    assert [entry.overrides for entry in outcome.entries] == [()]


def test_an_override_of_another_rule_passes_nothing() -> None:
    other = Override(Code("next_meeting"), Code("urgent"))
    assert _lacks(judged(begun(), change_from(_down()), overrides=[other]))


def test_after_an_override_the_rule_speaks_until_it_is_settled() -> None:
    passed = judged(begun(), change_from(_down()), overrides=[PASSED]).group
    assert passed is not None
    settled = judged(
        passed,
        *changes_from([_up(), {**_down(received=True), "scale_down": "sd2"}]),
    )
    assert settled.group is not None
    assert settled.decision.allowed

    def said(found: tuple[Prompt, ...]) -> set[str]:
        return {prompt.finding.code for prompt in open_on(found, DAY)}

    assert RULE in said(prompts(passed, METHOD))
    assert RULE not in said(prompts(settled.group, METHOD))


def test_an_agreement_of_the_same_sitting_is_enough() -> None:
    outcome = judged(begun(), *changes_from([_up(), _down(received=True)]))
    assert outcome.decision.allowed


@pytest.mark.parametrize(
    ("rows", "reasons"),
    [
        ([{**NAMED, "happened_on": date(2030, 1, 2)}],
         [("in_the_future", "changes[0].happened_on")]),
        ([NAMED, START],
         [("group_started", "changes[1].group"),
          ("id_in_use", "changes[1].client.id"),
          ("id_in_use", "changes[1].supporter.id")]),
        ([{"type": "person.involve", "happened_on": DAY,
           "person": {"id": "arts", "staff": True}}],
         [("not_in_the_directory", "changes[0].person.id")]),
        ([{"type": "role.assign", "happened_on": DAY, "person": ESMEE,
           "role": "no_such_role"}],
         [("unknown_code", "changes[0].role")]),
        ([{"type": "goal.set", "happened_on": DAY, "goal": "work", "term": "long",
           "dimension": "no_such_dimension", "words": text()}],
         [("unknown_code", "changes[0].dimension")]),
        ([{"type": "step.exempt", "happened_on": DAY, "exemption": "x1",
           "of": "no_such_step", "because": text()}],
         [("unknown_code", "changes[0].of")]),
    ],
    ids=["future", "second start", "stranger", "role", "dimension", "step"],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_place(
    rows: list[Row], reasons: list[tuple[str, str]]
) -> None:
    outcome = judged(begun(), *changes_from(rows, "w"))
    found = [(f.code.removeprefix("structure."), f.path)
             for f in outcome.decision.blocking]  # fmt: skip
    assert found == reasons
    assert {f.rank for f in outcome.decision.blocking} == {Rank.STRUCTURE}


def test_a_group_begins_with_its_start() -> None:
    outcome = judged(None, change_from(NAMED))
    assert codes_of(outcome) == ["structure.not_started"]
    assert outcome.group is None


def test_a_start_names_the_group_that_it_starts() -> None:
    outcome = judged(None, change_from({**START, "group": "g2"}))
    assert codes_of(outcome) == ["structure.other_group"]


def test_nothing_happened_before_the_group_began() -> None:
    early = change_from({**NAMED, "happened_on": date(2025, 1, 5)})
    first = change_from({**NAMED, "happened_on": date(2025, 1, 6)})
    (finding,) = judged(begun(), early).decision.blocking
    assert finding.code == "structure.before_the_group"
    assert finding.path == "changes[0].happened_on"
    assert judged(begun(), first).decision.allowed


def test_a_supporter_of_another_team_starts_nothing() -> None:
    outcome = judged(None, change_from(START), teams=frozenset())
    (finding,) = outcome.decision.blocking
    assert finding.code == "structure.not_in_the_team"
    assert finding.path == "changes[0].team"


def test_a_supporter_whom_the_directory_does_not_know_starts_nothing() -> None:
    outcome = judged(None, change_from(START), staff=frozenset())
    (finding,) = outcome.decision.blocking
    assert finding.code == "structure.not_in_the_directory"
    assert finding.path == "changes[0].supporter.id"


def test_all_reasons_come_at_once() -> None:
    future = date(2031, 1, 1)
    success = {"type": "success.add", "by": KLAAS, "words": text(),
               "happened_on": future}  # fmt: skip
    rows = [{**success, "success": "s1"}, {**success, "success": "s2"}, _down()]
    outcome = judged(begun(), *changes_from(rows))
    assert [(f.code, f.path) for f in outcome.decision.blocking] == [
        ("structure.in_the_future", "changes[0].happened_on"),
        ("structure.in_the_future", "changes[1].happened_on"),
        (RULE, "changes[2]"),
        (RULE, "changes[2]"),
    ]


def test_what_builds_on_a_change_that_does_not_fit_is_not_blamed_for_it() -> None:
    rows = [
        {"type": "goal.set", "happened_on": date(2031, 1, 1), "goal": "work",
         "term": "long", "dimension": "personal", "words": text()},
        {"type": "goal.agree", "happened_on": DAY, "goals": ["work"]},
    ]  # fmt: skip
    outcome = judged(begun(), *changes_from(rows))
    assert codes_of(outcome) == ["structure.in_the_future"]


def test_a_fact_is_not_refused_by_the_method_but_warned_of() -> None:
    met = {"type": "meeting.hold", "happened_on": DAY, "unplanned": "m1",
           "kind": "kick_off"}  # fmt: skip
    outcome = judged(begun(), change_from(met))
    assert outcome.decision.allowed
    warned = ("channel_on_kick_off_agenda", "clinician_at_kick_off")
    assert outcome.entries[0].warned == warned
    assert {f.code for f in outcome.decision.warnings} == set(warned)


def test_what_the_same_sitting_settles_is_not_warned_of() -> None:
    nominated = {"type": "member.nominate", "happened_on": DAY, "nomination": "n1",
                 "person": {"id": "mother"}}  # fmt: skip
    drawn = {"type": "sociogram.draw", "happened_on": DAY, "sociogram": "so1",
             "figures": []}  # fmt: skip
    alone = judged(begun(), change_from(nominated))
    both = judged(begun(), *changes_from([nominated, drawn]))
    assert alone.entries[0].warned == ("sociogram_before_nomination",)
    assert [entry.warned for entry in both.entries] == [(), ()]
    assert both.decision.findings == ()
