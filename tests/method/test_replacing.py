"""What settings may do to the base, what they may not, and who is named for it."""

from __future__ import annotations

from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from method.groups import METHOD, begun
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
from rgcore.domain.ids import Code
from rgcore.method import (
    BASE,
    AccessRule,
    Contributed,
    EnabledSetting,
    Part,
    Phase,
    Texts,
    Wording,
    compose,
    prompts,
    snapshot,
)


@pytest.mark.parametrize(
    "code",
    ["whatsapp", "direction_supporter", "preparation", "communication",
     "meeting_interval", "kick_off_agenda", "deepening_interview",
     "meeting_kind.kick_off", "structure.empty"],
)  # fmt: skip
def test_a_word_for_a_code_of_the_base_rewords_that_part(code: str) -> None:
    reworded = compose(settings=by("youth", word(code, "anders")))
    assert reworded.named(code, "nl") == "anders"
    assert reworded.named(code, "en") == "anders (en)"
    assert [t.code for t in reworded.terms] == [t.code for t in METHOD.terms]


def test_a_text_for_a_code_of_the_base_rewords_it_too() -> None:
    text = Texts(code=Code("access.not_yours"), wording=Wording("nee", "no"))
    reworded = compose(settings=by("youth", text))
    assert reworded.named("access.not_yours", "nl") == "nee"
    assert len(reworded.texts) == len(METHOD.texts)


def test_a_word_for_another_code_is_added() -> None:
    added = compose(settings=by("youth", word("youth.school", "school")))
    assert {t.code for t in added.terms} - {t.code for t in METHOD.terms} == {
        "youth.school"
    }


def test_a_rule_of_law_or_direction_can_be_called_otherwise_and_stays_as_it_is() -> (
    None
):
    reworded = compose(settings=by("youth", word(DIRECTION.code, "samen")))
    rule = reworded.rule(DIRECTION.code)
    assert rule is not None
    assert rule.wording.nl == "samen"
    assert (rule.rank, rule.sentence, rule.guard, rule.by) == (
        DIRECTION.rank,
        DIRECTION.sentence,
        DIRECTION.guard,
        "rgcore",
    )


@pytest.mark.parametrize(
    ("old", "altered"),
    [
        (NEXT, {"needs_override": True}),
        (INTERVAL, {"period": MONTH}),
        (TALK, {"watched_by": None}),
        (THEME, {"standard": False}),
        (TRAINING, {"covered_by": None}),
        (KICK_OFF, {"topics": (Code("goals"),)}),
    ],
    ids=lambda part: getattr(part, "code", ""),
)
def test_a_part_is_replaced_by_another_of_its_kind(
    old: Part, altered: dict[str, Any]
) -> None:
    one = replacing(old, **altered)
    method = compose(settings=by("youth", one))
    (name,) = altered
    shelves = (getattr(method, f.name) for f in attrs.fields(type(method)))
    parts = [p for shelf in shelves if isinstance(shelf, tuple) for p in shelf]
    (found,) = [p for p in parts if type(p) is type(old) and p.code == old.code]
    assert getattr(found, name) == altered[name]
    assert method.replaced == (one,)


def test_a_rule_in_the_place_of_another_bears_the_stamp_of_its_plugin() -> None:
    method = compose(settings=by("youth", replacing(NEXT, needs_override=True)))
    rule = method.rule(NEXT.code)
    assert rule is not None
    assert (rule.by, str(rule.origin)) == ("youth", stamp("youth"))


def test_a_part_that_was_replaced_can_be_reworded_by_another_setting() -> None:
    given = [
        *by("a", replacing(THEME, standard=False)),
        *by("b", word(THEME.code, "x")),
    ]
    method = compose(settings=given)
    theme = next(t for t in method.themes if t.code == THEME.code)
    assert (theme.standard, theme.wording.nl) == (False, "x")


def test_a_rule_that_is_switched_off_says_nothing_and_its_step_stays() -> None:
    assert TALK.watched_by is not None
    method = compose(settings=by("youth", off(TALK.watched_by)))
    assert method.rule(TALK.watched_by) is None
    assert method.step(TALK.code) == TALK
    said = {p.finding.code for p in prompts(begun(), method)}
    assert said == {p.finding.code for p in prompts(begun(), METHOD)} - {
        TALK.watched_by
    }


def test_a_theme_that_is_switched_off_leaves_the_training_that_became_it() -> None:
    method = compose(settings=by("youth", off(THEME.code)))
    assert THEME not in method.themes
    assert TRAINING in method.trainings


def test_a_word_for_a_part_that_is_switched_off_is_not_needed_any_more() -> None:
    given = [*by("a", off(THEME.code)), *by("b", word(THEME.code, "x"))]
    assert compose(settings=given).named(THEME.code, "nl") == THEME.code


def test_two_settings_may_give_the_same_answer_for_reasons_of_their_own() -> None:
    other = attrs.evolve(off(THEME.code), source="elsewhere")
    method = compose(settings=[*by("b", other), *by("a", off(THEME.code))])
    assert method.replaced == (off(THEME.code),)
    first, second = (word("whatsapp", "app", source=s) for s in ("test", "elsewhere"))
    reworded = compose(settings=[*by("b", second), *by("a", first)])
    (found,) = [t for t in reworded.terms if t.code == "whatsapp"]
    assert found.source == "test"


def test_the_digest_changes_with_what_settings_do_and_how_they_are_configured() -> None:
    given: list[tuple[Contributed, ...]] = [
        by("a", replacing(INTERVAL, period=MONTH)),
        by("a", off(THEME.code)),
        by("a", attrs.evolve(off(THEME.code), source="elsewhere")),
        by("a", word("whatsapp", "app")),
        by("a", word("a.pub", "café")),
        by("a", attrs.evolve(NEXT, code=Code("a.next"))),
        by("b", attrs.evolve(NEXT, code=Code("a.next"))),
    ]
    enabled = [
        EnabledSetting(id=Code("a")),
        EnabledSetting(id=Code("b")),
        EnabledSetting(id=Code("a"), config=(("days", "21"),)),
        EnabledSetting(id=Code("a"), config=(("days", "22"),)),
    ]
    digests = {compose(settings=one).digest for one in given}
    digests |= {compose(enabled=[one]).digest for one in enabled}
    assert len(digests | {METHOD.digest}) == len(given) + len(enabled) + 1


RULE: Final = attrs.evolve(NEXT, code=Code("a.next"))
ACCESS_RULE: Final = AccessRule(
    code=Code("a.not_them"),
    wording=BECAUSE,
    sentence=BECAUSE,
    source="test",
    denials=lambda _group, _method: (),
)
CHANGED: Final = (
    RULE,
    ACCESS_RULE,
    replacing(NEXT, needs_override=True),
    off(THEME.code),
    word("whatsapp", "app"),
)


def test_the_digest_does_not_change_with_the_version_of_a_plugin() -> None:
    old, new = (compose(settings=by("a", *CHANGED, version=v)) for v in ("1.0", "1.1"))
    assert old.digest == new.digest
    assert snapshot(old) == snapshot(new)
    origins = [*(r.origin for r in new.rules), *(r.origin for r in new.access_rules)]
    assert [one.version for one in origins if one] == ["1.1"] * 3


def test_a_part_of_nobody_in_particular_counts_as_of_the_base() -> None:
    rule = compose(settings=[RULE]).rule(RULE.code)
    assert rule is not None
    assert (rule.by, rule.origin) == ("rgcore", None)


SAME: Final = off("offer_theme")
PUT: Final = replacing(NEXT, needs_override=True)
SEVERAL: Final[tuple[Contributed, ...]] = (
    *by("a", *CHANGED, SAME, attrs.evolve(SAME, source="c"), PUT),
    *by("b", replacing(INTERVAL, period=MONTH), word("phone", "bellen")),
    # The very same object and the same answer, from others and twice from one.
    *by("b", SAME, off(THEME.code), word("whatsapp", "app", source="b")),
    *by("c", SAME, attrs.evolve(SAME, source="b"), PUT),
    *by("c", word("phone", "bel"), attrs.evolve(KICK_OFF, code=Code("c.agenda"))),
    *by("c", attrs.evolve(TALK, code=Code("c.talk"), watched_by=RULE.code)),
)
ENABLED: Final = tuple(
    EnabledSetting(id=Code(one), config=(("on", "true"),)) for one in "abc"
)


@settings(max_examples=40)
@given(st.permutations(BASE), st.permutations(SEVERAL), st.permutations(ENABLED))
def test_a_method_does_not_depend_on_the_order_of_what_settings_contribute(
    base: list[Part], several: list[Contributed], enabled: list[EnabledSetting]
) -> None:
    wanted = compose(settings=SEVERAL, enabled=ENABLED, prefer={"phone": "b"})
    found = compose(base, several, enabled=enabled, prefer={"phone": "b"})
    assert found == wanted
    assert found.digest == wanted.digest
    assert [(r.by, r.origin) for r in found.rules] == [
        (r.by, r.origin) for r in wanted.rules
    ]


def test_phases_of_a_setting_stand_in_their_order() -> None:
    phase = Phase(
        code=Code("a.between"), number=0, wording=BECAUSE, opened_by=(), source="test"
    )
    step = attrs.evolve(TALK, code=Code("a.first"), phase=phase.code)
    method = compose(settings=by("a", phase, step))
    assert method.phases[0] == phase
    assert method.steps[0] == step
