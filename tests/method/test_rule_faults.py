"""A setting's rule that fails is its own fault, and follows its rank; law has dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

import pytest
from attrs import evolve, frozen

from method.groups import ESMEE, KLAAS, METHOD, MOTHER, begun, change_from, judged, text
from method.stamps import BECAUSE, by, origin, stamp
from rgcore.domain.findings import Effect, Finding, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, Kind, PersonId, Ref
from rgcore.method import (
    AccessRule,
    Denial,
    Law,
    Method,
    Proposal,
    Rule,
    Speaks,
    compose,
    guards,
    prompts,
)
from rgcore.method.rule import FAULT, SpeaksOf, SpeaksTo
from rgcore.render.speech import Voice

DAY: Final = timedelta(days=1)
SINCE: Final = date(2026, 1, 1)
UNTIL: Final = date(2027, 1, 1)
GROUP: Final = begun()

CHECKED: Final = Law(
    article="Art. 1 Example Act",
    checked_on=date(2025, 6, 1),
    checked_by="a lawyer of the institution",
)


def _silent(group: ResourceGroup, method: Method) -> Iterator[Speaks]:
    del group, method
    yield from ()


def _open_way(proposal: Proposal) -> Iterator[Speaks]:
    del proposal
    yield from ()


def _fails(*_: object) -> Iterator[Speaks]:
    yield Speaks(since=SINCE)
    raise KeyError(MOTHER)


def _leaves(*_: object) -> Iterator[Speaks]:
    raise SystemExit


def _rule(
    rank: Rank = Rank.METHOD,
    *,
    speaks: SpeaksOf = _silent,
    guard: SpeaksTo = _open_way,
    **more: Any,  # noqa: ANN401
) -> Rule:
    return Rule(
        code=Code("a.rule"),
        rank=rank,
        wording=BECAUSE,
        sentence=BECAUSE,
        source="test",
        settles=(Code("goal.set"), Code("step.exempt")),
        speaks=speaks,
        guard=guard,
        by="a",
        origin=origin("a", hook="rg_rules"),
        **more,
    )


def _saying(*said: object) -> Callable[..., Any]:
    """Return a function of a rule that says these things, whatever it is asked."""
    return lambda *_: said


def _set_on(day: date) -> Proposal:
    row = {"type": "goal.set", "happened_on": day, "goal": "work", "term": "long",
           "dimension": "personal", "words": text()}  # fmt: skip
    return Proposal(
        group=GROUP, method=METHOD, type=Code("goal.set"), change=change_from(row)
    )


PROPOSAL: Final = _set_on(SINCE)
RANKS: Final = [
    (Rank.LAW, Effect.REFUSES),
    (Rank.DIRECTION, Effect.REFUSES),
    (Rank.METHOD, Effect.WARNS),
    (Rank.WORKFLOW, Effect.WARNS),
]
each_rank = pytest.mark.parametrize(("rank", "effect"), RANKS)


def _of_fault(finding: Finding) -> tuple[str, dict[str, object], str]:
    return finding.code, dict(finding.params), finding.by


SAID_OF_FAULT: Final = (
    FAULT,
    {"rule": "a.rule", "stamp": f"{stamp('a')}, rg_rules"},
    "a",
)


@each_rank
@pytest.mark.parametrize("fails", [_fails, _leaves])
def test_a_guard_that_fails_blocks_if_its_rank_does(
    rank: Rank, effect: Effect, fails: SpeaksTo
) -> None:
    (found,) = _rule(rank, guard=fails).guards(PROPOSAL)
    assert _of_fault(found) == SAID_OF_FAULT
    assert (found.rank, found.effect, found.settles) == (rank, effect, ())


@each_rank
def test_a_guard_that_has_to_be_passed_with_a_reason_does_not_block_when_it_fails(
    rank: Rank, effect: Effect
) -> None:
    (found,) = _rule(rank, guard=_fails, needs_override=True).guards(PROPOSAL)
    assert found.effect is effect


@pytest.mark.parametrize("rank", [rank for rank, _ in RANKS])
def test_a_rule_that_fails_to_speak_is_named_from_the_start_of_the_group(
    rank: Rank,
) -> None:
    (found,) = _rule(rank, speaks=_fails).prompts(GROUP, METHOD)
    assert _of_fault(found.finding) == SAID_OF_FAULT
    assert (found.finding.rank, found.finding.effect) == (rank, Effect.WARNS)
    assert (found.since, found.until) == (GROUP.started_on, None)


@frozen(kw_only=True)
class _Like(Speaks):
    """Says more than a rule may."""


JUNK: Final = {
    "nothing": None,
    "a day": SINCE,
    "a denial": Denial(to=MOTHER, since=SINCE),
    "of another class": _Like(since=SINCE),
    "no day": Speaks(since=cast("Any", "2026-01-01")),
    "without a day": Speaks(since=cast("Any", None)),
    "a moment": Speaks(since=datetime(2026, 1, 1, 12)),  # noqa: DTZ001 - junk
    "no end": Speaks(since=SINCE, until=cast("Any", 0)),
    "a moment as its end": Speaks(since=SINCE, until=datetime(2027, 1, 1)),  # noqa: DTZ001 - junk
    "about one": Speaks(since=SINCE, about=cast("Any", Ref(Kind.GOAL, ItemId("x")))),
    "about an id": Speaks(since=SINCE, about=cast("Any", ("work",))),
    "about no kind": Speaks(
        since=SINCE, about=(Ref(cast("Any", "goal"), ItemId("x")),)
    ),
    "about a number": Speaks(since=SINCE, about=(Ref(Kind.GOAL, cast("Any", 1)),)),
    "params as a list": Speaks(since=SINCE, params=cast("Any", [("a", 1)])),
    "params without a value": Speaks(since=SINCE, params=cast("Any", (("a",),))),
    "params that are numbers": Speaks(since=SINCE, params=cast("Any", (5,))),
    "params without a name": Speaks(since=SINCE, params=cast("Any", ((1, "a"),))),
    "a param that is a list": Speaks(since=SINCE, params=cast("Any", (("a", []),))),
    "a param that is a moment": Speaks(
        since=SINCE,
        params=(("a", datetime(2026, 1, 1)),),  # noqa: DTZ001 - junk
    ),
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK)
def test_what_a_rule_says_that_is_none_of_its_words_is_a_fault(junk: object) -> None:
    says = _saying(Speaks(since=SINCE), junk)
    (prompt,) = _rule(speaks=says).prompts(GROUP, METHOD)
    (against,) = _rule(guard=says).guards(PROPOSAL)
    assert [_of_fault(f) for f in (prompt.finding, against)] == [SAID_OF_FAULT] * 2


@pytest.mark.parametrize("answer", [None, 5, Speaks(since=SINCE)])
def test_a_rule_that_answers_with_no_list_is_a_fault(answer: object) -> None:
    rule = _rule(speaks=cast("Any", lambda *_: answer))
    (prompt,) = rule.prompts(GROUP, METHOD)
    assert prompt.finding.code == FAULT


def test_what_a_rule_says_soundly_is_said() -> None:
    goal = Ref(Kind.GOAL, ItemId("work"))
    params = (("what", "goals"), ("count", 2), ("date", UNTIL))
    says = _saying(Speaks(since=SINCE, until=UNTIL, about=(goal,), params=params))
    (prompt,) = _rule(speaks=says).prompts(GROUP, METHOD)
    (against,) = _rule(guard=says).guards(PROPOSAL)
    assert (prompt.since, prompt.until) == (SINCE, UNTIL)
    for found in (prompt.finding, against):
        assert (found.code, found.about, found.params) == ("a.rule", (goal,), params)
        assert found.by == "a"
    assert prompt.finding.settles == ("goal.set", "step.exempt")
    assert against.settles == ("goal.set",)


def test_a_rule_of_the_base_that_fails_is_seen_by_everybody() -> None:
    rule = evolve(_rule(speaks=_fails, guard=_fails), origin=None, by="rgcore")
    with pytest.raises(KeyError):
        tuple(rule.prompts(GROUP, METHOD))
    with pytest.raises(KeyError):
        tuple(rule.guards(PROPOSAL))


def test_a_rule_that_fails_stops_no_other_rule() -> None:
    method = compose(settings=by("a", _rule(speaks=_fails, guard=_fails)))
    found = prompts(GROUP, method)
    assert [p for p in found if p.finding.code != FAULT] == list(prompts(GROUP, METHOD))
    assert len(found) == len(prompts(GROUP, METHOD)) + 1
    assert [f.code for f in guards(evolve(PROPOSAL, method=method))] == [FAULT]


def test_a_change_is_recorded_although_a_rule_of_the_method_fails() -> None:
    method = compose(settings=by("a", _rule(speaks=_fails, guard=_fails)))
    assert PROPOSAL.change is not None
    outcome = judged(GROUP, PROPOSAL.change, method=method)
    assert outcome.decision.allowed
    assert FAULT in {f.code for f in outcome.decision.warnings}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "De regel “Zo werken wij hier.” kon niet worden nagekeken."),
        ("en", "The rule “That is how we work here.” could not be looked at."),
    ],
)
def test_a_fault_is_said_with_the_name_of_the_rule_and_without_what_was_raised(
    language: str, said: str
) -> None:
    method = compose(settings=by("a", _rule(guard=_fails)))
    (found,) = guards(evolve(PROPOSAL, method=method))
    sentence = Voice(method, language).finding(found)
    assert sentence.startswith(said)
    assert MOTHER not in sentence
    assert MOTHER not in repr(found)


SPEAKS: Final = _saying(Speaks(since=SINCE))


@pytest.mark.parametrize(
    "law",
    [
        None,
        Law(article="Art. 1 Example Act"),
        evolve(CHECKED, checked_on=None),
        evolve(CHECKED, checked_by=""),
        evolve(CHECKED, article=""),
    ],
    ids=["no law", "unchecked", "no day", "nobody", "no article"],
)
def test_a_law_that_nobody_checked_only_warns(law: Law | None) -> None:
    (found,) = _rule(Rank.LAW, guard=SPEAKS, law=law).guards(PROPOSAL)
    assert (found.code, found.effect) == ("a.rule", Effect.WARNS)


def test_a_law_that_was_checked_refuses() -> None:
    (found,) = _rule(Rank.LAW, guard=SPEAKS, law=CHECKED).guards(PROPOSAL)
    assert (found.code, found.effect) == ("a.rule", Effect.REFUSES)


@pytest.mark.parametrize(
    ("rank", "needs_override", "effect"),
    [
        (Rank.DIRECTION, False, Effect.REFUSES),
        (Rank.DIRECTION, True, Effect.REFUSES),
        (Rank.METHOD, False, Effect.WARNS),
        (Rank.METHOD, True, Effect.NEEDS_OVERRIDE),
        (Rank.WORKFLOW, False, Effect.WARNS),
        (Rank.WORKFLOW, True, Effect.NEEDS_OVERRIDE),
    ],
)
def test_what_a_guard_does_follows_its_rank(
    rank: Rank,
    needs_override: bool,  # noqa: FBT001 - a case
    effect: Effect,
) -> None:
    rule = _rule(rank, guard=SPEAKS, needs_override=needs_override)
    (found,) = rule.guards(PROPOSAL)
    assert found.effect is effect


IN_FORCE: Final = evolve(CHECKED, since=SINCE, until=UNTIL)


@pytest.mark.parametrize(
    ("day", "speaks"),
    [(SINCE - DAY, False), (SINCE, True), (UNTIL - DAY, True), (UNTIL, False)],
)
@pytest.mark.parametrize("guard", [SPEAKS, _fails])
def test_a_law_stands_in_the_way_only_on_days_on_which_it_is_in_force(
    day: date,
    speaks: bool,  # noqa: FBT001 - a case
    guard: SpeaksTo,
) -> None:
    rule = _rule(Rank.LAW, guard=guard, law=IN_FORCE)
    assert bool(tuple(rule.guards(_set_on(day)))) is speaks


def _spoken(law: Law | None, *said: Speaks) -> list[tuple[date, date | None]]:
    rule = _rule(Rank.LAW, speaks=_saying(*said), law=law)
    return [(p.since, p.until) for p in rule.prompts(GROUP, METHOD)]


def test_a_law_speaks_only_on_days_on_which_it_is_in_force() -> None:
    early, late = SINCE - 9 * DAY, UNTIL + 9 * DAY
    assert _spoken(IN_FORCE, Speaks(since=early)) == [(SINCE, UNTIL)]
    assert _spoken(IN_FORCE, Speaks(since=early, until=late)) == [(SINCE, UNTIL)]
    assert _spoken(IN_FORCE, Speaks(since=early, until=SINCE)) == []
    assert _spoken(IN_FORCE, Speaks(since=UNTIL)) == []
    inside = Speaks(since=SINCE + DAY, until=UNTIL - DAY)
    assert _spoken(IN_FORCE, inside) == [(inside.since, inside.until)]


def test_a_law_without_dates_is_always_in_force() -> None:
    for law in (None, CHECKED):
        assert _spoken(law, Speaks(since=date.min)) == [(date.min, None)]


def _access(
    denials: Callable[..., Any], law: Law | None = None
) -> tuple[Denial, ...] | None:
    rule = AccessRule(
        code=Code("a.hides"),
        wording=BECAUSE,
        sentence=BECAUSE,
        source="test",
        denials=denials,
        law=law,
        by="a",
        origin=origin("a"),
    )
    assert _of_fault(rule.fault())[1] == {"rule": "a.hides", "stamp": stamp("a")}
    assert (rule.fault().rank, rule.fault().effect) == (Rank.ACCESS, Effect.REFUSES)
    return rule.denied(GROUP, METHOD)


def test_an_access_rule_denies_others_and_never_the_client() -> None:
    said = [Denial(to=who, since=SINCE) for who in (KLAAS, ESMEE, MOTHER)]
    assert _access(_saying(*said)) == tuple(said[1:])


def test_an_access_rule_of_law_denies_only_while_it_is_in_force() -> None:
    said = Denial(to=ESMEE, since=SINCE - DAY), Denial(to=ESMEE, since=UNTIL)
    assert _access(_saying(*said), IN_FORCE) == (
        Denial(to=ESMEE, since=SINCE, until=UNTIL),
    )


@pytest.mark.parametrize(
    "junk",
    [
        None,
        Speaks(since=SINCE),
        Denial(to=ESMEE, since=cast("Any", "2026")),
        Denial(to=ESMEE, since=SINCE, until=cast("Any", "")),
        Denial(to=cast("Any", [ESMEE]), since=SINCE),
    ],
    ids=["nothing", "speaks", "no day", "no end", "no person"],
)
def test_an_access_rule_that_says_junk_cannot_be_asked(junk: object) -> None:
    assert _access(_saying(Denial(to=PersonId("x"), since=SINCE), junk)) is None


@pytest.mark.parametrize("fails", [_fails, _leaves])
def test_an_access_rule_that_fails_cannot_be_asked(fails: Callable[..., Any]) -> None:
    assert _access(fails) is None
