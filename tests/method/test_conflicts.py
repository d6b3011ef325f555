"""What settings may not do to the base and to one another, and who is named for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from method.stamps import (
    BECAUSE,
    DIRECTION,
    INTERVAL,
    KICK_OFF,
    MONTH,
    NEXT,
    TALK,
    THEME,
    TRAINING,
    by,
    off,
    replacing,
    stamp,
    word,
)
from rgcore.domain.dates import Period
from rgcore.domain.findings import Rank
from rgcore.domain.ids import Code
from rgcore.method import (
    BASE,
    CompositionConflicts,
    Conflict,
    Contributed,
    Contribution,
    Instrument,
    Law,
    Part,
    PlanSection,
    Replacement,
    Role,
    compose,
)


def _conflicts(
    given: Iterable[Contribution | Contributed],
    base: Iterable[Part] = BASE,
    prefer: Mapping[str, str] | None = None,
) -> tuple[Conflict, ...]:
    with pytest.raises(CompositionConflicts) as caught:
        compose(base, given, prefer=prefer or {})
    return caught.value.conflicts


RULE_OF_LAW: Final = attrs.evolve(
    NEXT, code=Code("of_law"), rank=Rank.LAW, law=Law(article="Art. 1 Example Act")
)


@pytest.mark.parametrize("code", [DIRECTION.code, RULE_OF_LAW.code])
@pytest.mark.parametrize("is_off", [True, False])
def test_a_rule_of_law_or_direction_is_never_replaced(code: str, is_off: bool) -> None:  # noqa: FBT001 - a case
    base = (*BASE, RULE_OF_LAW)
    old = next(p for p in base if p.code == code)
    one = off(code) if is_off else replacing(old, rank=Rank.METHOD)
    assert _conflicts(by("youth", one), base) == (
        Conflict(kind="plugin.not_replaceable", code=code, by=(stamp("youth"),)),
    )


@pytest.mark.parametrize(
    "code",
    ["whatsapp", "direction_supporter", "preparation", "meeting_kind.kick_off",
     "personal", "structure.empty", "wrong_client"],
)  # fmt: skip
def test_only_some_kinds_of_parts_can_be_replaced(code: str) -> None:
    assert [c.kind for c in _conflicts([off(code)])] == ["plugin.not_replaceable"]


@pytest.mark.parametrize(
    "one",
    [
        off(INTERVAL.code),
        attrs.evolve(off(NEXT.code), by=INTERVAL),
        attrs.evolve(off(NEXT.code), by=attrs.evolve(NEXT, code=Code("other"))),
        attrs.evolve(off(THEME.code), by=TALK),
    ],
    ids=["timing off", "rule by timing", "other code", "theme by step"],
)
def test_what_stands_in_a_place_is_of_the_same_kind_and_code(one: Replacement) -> None:
    assert _conflicts(by("youth", one)) == (
        Conflict(
            kind="plugin.replaced_by_another_kind",
            code=one.replaces,
            by=(stamp("youth"),),
        ),
    )


def test_a_length_of_time_is_never_switched_off_because_rules_count_with_it() -> None:
    (found,) = _conflicts([off(INTERVAL.code)])
    assert (found.kind, found.by) == ("plugin.replaced_by_another_kind", ("rgcore",))


ROLE: Final = Role(code=NEXT.code, wording=BECAUSE, source="test")
LOST: Final = attrs.evolve(TALK, code=Code("b.lost"), phase=Code("b.no_phase"))

EVERYTHING: Final[tuple[Contributed, ...]] = (
    *by("a", ROLE),
    *by("b", LOST),
    *by("c", off("c.nothing")),
    *by("d", off(DIRECTION.code)),
    *by("e", off(INTERVAL.code)),
    *by("f", off(THEME.code)),
    *by("g", replacing(THEME, standard=False)),
    *by("h", word("whatsapp", "app")),
    *by("i", word("whatsapp", "appje")),
    *by("j", off("training.none")),
    *by("k", off("training.none")),
)
ALL_CONFLICTS: Final = {
    Conflict(kind="plugin.code_twice", code=NEXT.code, by=(stamp("a"), "rgcore")),
    Conflict(
        kind="plugin.refers_to_nothing",
        code=LOST.code,
        refers_to="b.no_phase",
        by=(stamp("b"),),
    ),
    Conflict(kind="plugin.replaces_nothing", code="c.nothing", by=(stamp("c"),)),
    Conflict(kind="plugin.not_replaceable", code=DIRECTION.code, by=(stamp("d"),)),
    Conflict(
        kind="plugin.replaced_by_another_kind", code=INTERVAL.code, by=(stamp("e"),)
    ),
    Conflict(
        kind="plugin.replaced_twice", code=THEME.code, by=(stamp("f"), stamp("g"))
    ),
    Conflict(
        kind="plugin.reworded_twice", code="whatsapp", by=(stamp("h"), stamp("i"))
    ),
    Conflict(kind="plugin.replaces_nothing", code="training.none", by=(stamp("j"),)),
    Conflict(kind="plugin.replaces_nothing", code="training.none", by=(stamp("k"),)),
}


@settings(max_examples=20)
@given(st.permutations(EVERYTHING))
def test_every_conflict_is_named_at_once_with_the_stamps_of_all_who_caused_it(
    given_: list[Contributed],
) -> None:
    found = _conflicts(given_)
    assert set(found) == ALL_CONFLICTS
    assert found == _conflicts(EVERYTHING)


def test_what_is_said_of_conflicts_names_each_part_once() -> None:
    with pytest.raises(CompositionConflicts) as caught:
        compose(settings=EVERYTHING)
    assert caught.value.codes.count("training.none") == 1
    assert str(caught.value).count("training.none") == 1


def test_two_settings_that_add_the_same_code_are_both_named() -> None:
    given = [*by("a", word("x.one", "een")), *by("b", word("x.one", "een"))]
    assert _conflicts(given) == (
        Conflict(kind="plugin.code_twice", code="x.one", by=(stamp("a"), stamp("b"))),
    )


def test_whoever_puts_something_dangling_in_a_place_is_named_for_it() -> None:
    one = replacing(TALK, after=Code("youth.no_timing"))
    assert _conflicts(by("youth", one)) == (
        Conflict(
            kind="plugin.refers_to_nothing",
            code=TALK.code,
            refers_to="youth.no_timing",
            by=(stamp("youth"),),
        ),
    )


@pytest.mark.parametrize(
    ("part", "refers_to"),
    [
        (
            PlanSection(
                code=Code("x.part"),
                wording=BECAUSE,
                changes=(Code("x.no_change"),),
                source="test",
            ),
            "x.no_change",
        ),
        (
            Instrument(
                code=Code("x.list"),
                wording=BECAUSE,
                answered_by=(Code("x.no_role"),),
                publisher="nobody",
                version="1",
                source="test",
            ),
            "x.no_role",
        ),
        (attrs.evolve(TRAINING, code=Code("x.t"), covered_by=Code("x.no")), "x.no"),
    ],
    ids=["plan section", "instrument", "training"],
)
def test_what_a_part_of_a_setting_refers_to_has_to_be_there(
    part: Part, refers_to: str
) -> None:
    (found,) = _conflicts(by("x", part))
    assert (found.kind, found.refers_to) == ("plugin.refers_to_nothing", refers_to)


def test_an_agenda_without_the_step_that_was_switched_off_for_it_is_named() -> None:
    agenda = attrs.evolve(KICK_OFF, code=Code("x.agenda"), topics=(TALK.code,))
    assert agenda in compose(settings=by("x", agenda)).agendas
    given = [*by("x", agenda), *by("y", off(TALK.code))]
    (found,) = _conflicts(given)
    assert (found.code, found.refers_to) == ("x.agenda", TALK.code)


DIFFERENT: Final = (
    *by("a", replacing(INTERVAL, period=MONTH), word("whatsapp", "app")),
    *by("b", replacing(INTERVAL, period=Period(days=7)), word("whatsapp", "appje")),
)


@pytest.mark.parametrize(
    ("preferred", "period", "said"),
    [("a", MONTH, "app"), ("b", Period(days=7), "appje")],
)
def test_of_two_answers_that_of_the_preferred_setting_is_taken(
    preferred: str, period: Period, said: str
) -> None:
    prefer = {INTERVAL.code: preferred, "whatsapp": preferred}
    method = compose(settings=DIFFERENT, prefer=prefer)
    assert next(t for t in method.timings if t.code == INTERVAL.code).period == period
    assert method.named("whatsapp", "nl") == said


def test_a_preference_for_a_setting_without_an_answer_settles_nothing() -> None:
    found = _conflicts(DIFFERENT, prefer={INTERVAL.code: "c", "whatsapp": "a"})
    assert [c.kind for c in found] == ["plugin.replaced_twice"]


def test_a_preference_makes_nothing_replaceable() -> None:
    given = by("a", off(DIRECTION.code))
    assert _conflicts(given, prefer={DIRECTION.code: "a"})
