from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, Final, TypeVar

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from method.groups import METHOD
from rgcore.domain.changes import BY_TYPE
from rgcore.domain.dates import Period
from rgcore.domain.ids import Code
from rgcore.method import (
    BASE,
    Agenda,
    CompositionConflicts,
    Part,
    Phase,
    Role,
    Rule,
    Step,
    Term,
    Timing,
    Wording,
    compose,
    snapshot,
)

PartT = TypeVar("PartT", bound=Part)

UNKIND: Final = (
    "openstaand", "achterstallig", "te laat", "mislukt", "gefaald", "verborgen",
    "owed", "overdue", "failed", "hidden", "late",
)  # fmt: skip
"""Words that no sentence for people contains."""


def _digest_under(seed: str) -> str:
    program = "from rgcore.method import compose; print(compose().digest)"
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_digest_is_the_same_in_every_process(seed: str) -> None:
    assert _digest_under(seed) == METHOD.digest


@settings(max_examples=15)
@given(st.permutations(BASE))
def test_the_digest_does_not_depend_on_the_order(parts: list[Part]) -> None:
    assert compose(parts) == METHOD
    assert compose(parts).digest == METHOD.digest


@settings(max_examples=10)
@given(st.permutations(BASE), st.integers(0, len(BASE)))
def test_it_does_not_matter_whether_a_part_is_of_the_base_or_of_a_setting(
    parts: list[Part], cut: int
) -> None:
    assert compose(parts[:cut], parts[cut:]).digest == METHOD.digest


def _altered(value: object) -> object:
    """Return something else of the same kind, or `None` if there is nothing."""
    match value:
        case Wording():
            return attrs.evolve(value, nl=f"{value.nl}!")
        case Period():
            return attrs.evolve(value, days=value.days + 1)
        case bool():
            return not value
        case str() if type(value) is str:
            return f"{value}."
        case _:
            return None


def _variants() -> Iterator[tuple[Part, Part]]:
    names = {"wording", "sentence", "period", "ours", "source", "standard"}
    for part in BASE:
        for field in attrs.fields(type(part)):
            value = getattr(part, field.name)
            if field.name not in names or value is None:
                continue
            altered: Any = {field.name: _altered(value)}
            yield part, attrs.evolve(part, **altered)
            if isinstance(value, Wording):
                english: Any = {field.name: attrs.evolve(value, en=f"{value.en}!")}
                yield part, attrs.evolve(part, **english)


def test_the_digest_changes_with_every_sentence_source_and_period() -> None:
    digests = {METHOD.digest}
    variants = list(_variants())
    for old, new in variants:
        digests.add(compose([new if part is old else part for part in BASE]).digest)
    assert len(variants) > 2 * len(BASE)
    assert len(digests) == len(variants) + 1


def _with(altered: dict[str, Any]) -> str:
    code = altered["code"]
    parts = [attrs.evolve(p, **altered) if p.code == code else p for p in BASE]
    return compose(parts).digest


@pytest.mark.parametrize(
    "altered",
    [
        {"code": "preparation", "number": 0},
        {"code": "follow_up", "opened_by": ()},
        {"code": "draw_sociogram", "done_by": ()},
        {"code": "draw_sociogram", "after": None},
        {"code": "make_agreements", "watched_by": None},
        {"code": "approach_nominee", "per": "group"},
        {"code": "kick_off_agenda", "topics": (Code("goals"),)},
        {"code": "next_meeting", "settles": ()},
        {"code": "next_meeting", "rank": "law"},
        {"code": "next_meeting", "by": "other"},
        {"code": "next_meeting", "speaks": lambda _group, _method: ()},
        {"code": "scale_up_before_scale_down", "needs_override": False},
        {"code": "scale_up_before_scale_down", "guard": lambda _proposal: ()},
    ],
    ids=" ".join,
)
def test_the_digest_changes_with_what_a_part_does(altered: dict[str, Any]) -> None:
    assert _with(altered) != METHOD.digest


def test_a_setting_adds_to_the_digest() -> None:
    term = Term(code=Code("pub"), wording=Wording("café", "pub"), source="test")
    assert compose(settings=[term]).digest != METHOD.digest
    assert compose(settings=[term]).named("pub", "nl") == "café"


def test_a_snapshot_is_plain_data() -> None:
    plain = snapshot(METHOD)
    assert json.loads(json.dumps(plain)) == plain
    assert "digest" not in plain
    kinds = [name for name in attrs.fields_dict(type(METHOD)) if name[0] != "_"]
    assert set(plain) == {*kinds} - {"digest"}


def _some(kind: type[PartT]) -> PartT:
    return next(part for part in BASE if isinstance(part, kind))


def test_everything_that_does_not_fit_together_is_named_at_once() -> None:
    step, timing, rule = _some(Step), _some(Timing), _some(Rule)
    twice = Role(code=rule.code, wording=Wording("x", "x"), source="test")
    lost = attrs.evolve(
        step,
        code=Code("lost"),
        phase=Code("no_phase"),
        after=Code("no_timing"),
        watched_by=Code("no_rule"),
    )
    agenda = attrs.evolve(
        _some(Agenda), code=Code("other_agenda"), topics=(Code("no_topic"),)
    )
    with pytest.raises(CompositionConflicts) as caught:
        compose(settings=[timing, twice, lost, agenda])
    assert sorted(caught.value.codes) == sorted(
        [
            timing.code,
            rule.code,
            "lost: no_phase",
            "lost: no_timing",
            "lost: no_rule",
            "other_agenda: no_topic",
        ]
    )


def test_a_code_that_stands_for_something_of_another_kind_is_dangling() -> None:
    step = attrs.evolve(_some(Step), code=Code("lost"), after=_some(Phase).code)
    with pytest.raises(CompositionConflicts) as caught:
        compose(settings=[step])
    assert caught.value.codes == (f"lost: {_some(Phase).code}",)


def _wordings() -> Iterator[tuple[str, Wording]]:
    for part in BASE:
        for name in ("wording", "sentence"):
            value = getattr(part, name, None)
            if value is not None:
                yield f"{part.code}.{name}", value


WORDINGS: Final = dict(_wordings())
each_wording = pytest.mark.parametrize("code", sorted(WORDINGS))


FILLED: Final = frozenset(
    [
        "person",
        "goal",
        "meeting",
        "agreement",
        "item",
        "date",
        "lacks",
        "theme",
        "what",
        "path",
        "change",
        "rule",
    ]
)
"""Everything in braces that whoever says a sentence can fill."""


@each_wording
def test_words_are_there_in_dutch_and_english(code: str) -> None:
    assert WORDINGS[code].nl.strip()
    assert WORDINGS[code].en.strip()


@each_wording
def test_words_are_kind(code: str) -> None:
    said = f"{WORDINGS[code].nl} {WORDINGS[code].en}".casefold()
    # "Later" is a day to come and "laten" a Dutch verb: neither calls anything late.
    said = re.sub(r"\blate(re?|n)\b", "", said)
    assert [w for w in UNKIND if re.search(rf"\b{re.escape(w)}", said)] == []


@each_wording
def test_a_sentence_asks_for_the_same_in_both_languages(code: str) -> None:
    wording = WORDINGS[code]
    asked = [set(re.findall(r"\{(\w*)\}", said)) for said in (wording.nl, wording.en)]
    assert asked[0] == asked[1]
    assert asked[0] <= FILLED


def test_every_part_says_where_it_comes_from() -> None:
    assert [part.code for part in BASE if not part.source.strip()] == []


def _facts() -> Iterator[str]:
    for part in BASE:
        if isinstance(part, Phase):
            yield from (opening.fact for opening in part.opened_by)
        elif isinstance(part, Step):
            yield from part.done_by
        elif isinstance(part, Rule):
            yield from part.settles


@pytest.mark.parametrize("fact", sorted(set(_facts())))
def test_a_fact_that_the_base_names_is_a_change(fact: str) -> None:
    assert fact.partition(":")[0] in BY_TYPE


def test_a_code_that_nobody_words_is_shown_as_it_is() -> None:
    assert METHOD.named("no_such_code", "nl") == "no_such_code"


def test_words_of_an_unknown_language_are_english() -> None:
    wording = Wording("doel", "goal", more=(("fy", "doel op syn Frysk"),))
    assert wording.said_in("fy") == "doel op syn Frysk"
    assert wording.said_in("nl") == "doel"
    assert wording.said_in("de") == "goal"
