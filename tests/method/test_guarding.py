"""What no rule may do, of whatever rank: refuse a fact, or keep a client in care."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import pytest
from attrs import evolve

from method.groups import (
    AT_THE_TABLE,
    ESMEE,
    KLAAS,
    Row,
    begun,
    change_from,
    judged,
    text,
)
from method.stamps import BECAUSE, by
from rgcore.domain.changes import ALL
from rgcore.domain.changes.base import ChangeKind
from rgcore.domain.findings import Effect, Rank
from rgcore.domain.ids import Code
from rgcore.method import Law, Proposal, Rule, Speaks, compose, guards
from rgcore.method.guarding import ENDINGS
from rgcore.method.owed import standing_against

DAY: Final = date(2026, 3, 2)


def _against_all(proposal: Proposal) -> Iterable[Speaks]:
    del proposal
    return (Speaks(since=DAY),)


def _silent(*_: object) -> Iterable[Speaks]:
    return ()


def _fails(proposal: Proposal) -> Iterable[Speaks]:
    raise ValueError(proposal.type)


LAW: Final = Rule(
    code=Code("a.law"),
    rank=Rank.LAW,
    wording=BECAUSE,
    sentence=BECAUSE,
    source="test",
    settles=(),
    speaks=_silent,
    guard=_against_all,
    law=Law(article="Art. 1", checked_on=DAY, checked_by="a lawyer"),
)
RULES: Final = (
    LAW,
    evolve(LAW, code=Code("a.direction"), rank=Rank.DIRECTION, law=None),
    evolve(LAW, code=Code("a.method"), rank=Rank.METHOD, law=None, needs_override=True),
    evolve(LAW, code=Code("a.fault"), guard=_fails),
)
METHOD: Final = compose(settings=by("a", *RULES))
STRICT: Final = [
    Effect.REFUSES,
    Effect.REFUSES,
    Effect.REFUSES,
    Effect.NEEDS_OVERRIDE,
]
EPISODE: Final[Row] = {
    "type": "care.begin_episode", "happened_on": DAY, "episode": "e", "form": "fact",
}  # fmt: skip


def _effects(row: Row) -> list[Effect]:
    change = change_from({"happened_on": DAY, **row})
    proposal = Proposal(
        group=begun(EPISODE), method=METHOD, type=change.TYPE, change=change
    )
    given = (f.effect for f in guards(proposal) if f.by == "a")
    return sorted(given, key=list(Effect).index)


ENDINGS_OF_KLAAS: Final[list[Row]] = [
    {"type": "group.pause", "pause": "p"},
    {"type": "group.depart", "departure": "d", "way": "home"},
    {"type": "group.depart", "departure": "d", "way": "other_institution"},
    {"type": "group.depart", "departure": "d", "way": "frozen"},
    {"type": "care.scale_down", "scale_down": "s", "to": "none", "decided_by": KLAAS},
    {"type": "care.end_episode", "episode": "e"},
]
each_ending = pytest.mark.parametrize(
    "row", ENDINGS_OF_KLAAS, ids=lambda row: row["type"]
)


@each_ending
def test_no_rule_stands_between_a_client_and_ending_care_or_the_group(
    row: Row,
) -> None:
    assert _effects(row) == [Effect.WARNS] * len(RULES)


@each_ending
def test_an_ending_of_the_client_is_recorded_whatever_rules_say(row: Row) -> None:
    change = change_from({"happened_on": DAY, **row})
    outcome = judged(begun(EPISODE), change, actor=AT_THE_TABLE, method=METHOD)
    assert outcome.decision.allowed
    assert {f.code for f in outcome.decision.warnings} >= {"a.law", "fault.rule"}


def test_every_ending_is_among_these() -> None:
    assert {row["type"] for row in ENDINGS_OF_KLAAS} == {one.TYPE for one in ENDINGS}


def test_less_care_that_the_team_decides_on_can_be_refused() -> None:
    row = {"type": "care.scale_down", "scale_down": "s", "to": "none",
           "decided_by": ESMEE}  # fmt: skip
    assert _effects(row) == STRICT
    change = change_from({"happened_on": DAY, **row})
    assert not judged(begun(EPISODE), change, method=METHOD).decision.allowed


def test_another_act_can_be_refused_though_it_is_the_client_s() -> None:
    goal = {"type": "goal.set", "goal": "g", "term": "long", "dimension": "personal",
            "words": text()}  # fmt: skip
    assert _effects(goal) == STRICT


def test_a_fact_happened_anyway_and_is_never_refused() -> None:
    facts: list[Row] = [
        {"type": "meeting.hold", "unplanned": "m", "kind": "kick_off"},
        {"type": "care.scale_up", "return_of_care": "r", "to": "iht"},
        {"type": "person.die", "person": ESMEE},
        {"type": "setting.note", "note": "n", "kind": "a.course"},
    ]
    kinds = {cls.TYPE: cls.KIND for cls in ALL}
    for fact in facts:
        assert kinds[fact["type"]] is ChangeKind.FACT
        assert _effects(fact) == [Effect.WARNS] * len(RULES)


def test_whoever_only_asks_is_told_what_would_stand_in_the_way() -> None:
    found = standing_against(begun(), METHOD, METHOD.steps[0])
    given = [f.effect for f in found if f.by == "a"]
    assert sorted(set(given), key=list(Effect).index) == [
        Effect.REFUSES,
        Effect.NEEDS_OVERRIDE,
    ]
