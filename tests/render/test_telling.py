"""Every type of change is told in a sentence of its own, in words for the table."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given, strategies as st

from cli.terminal import FORBIDDEN, RAW_CODE
from render.group import GROUP, METHOD, SAMIRA, TOM, saying, view
from rgcore import View
from rgcore.access import TimelineLine
from rgcore.domain import life, meetings, people, plan, sociogram
from rgcore.domain.changes import ALL
from rgcore.domain.consent import READABLE
from rgcore.domain.findings import Finding, Rank
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.render.fillings import FILLINGS
from rgcore.render.fillings.meetings import rhythm
from rgcore.render.sentences import ASIDES, IN_ERROR, IN_GENERAL, KINDS, SENTENCES
from rgcore.render.speech import Speech
from rgcore.render.telling import tell
from rgcore.render.translation import translator

LANGUAGES = ["nl", "en"]
TYPES = sorted(change.TYPE for change in ALL)

UNKIND = re.compile(
    r"\b(fail\w*|late|overdue|hidden|missed|missing|refus\w+|non-?complian\w+|must"
    r"|should|obey\w*|no-?show|score\w*|insufficient|owed?|problem\w*|absent"
    r"|mislukt\w*|gefaald|te laat|achterstallig\w*|openstaan\w*|verborgen|gemist"
    r"|ontbreekt|ontbreken\w*|geweigerd|weigert|nagekomen|verzuim\w*|moet\w*"
    r"|verplicht\w*|schuld|onvoldoende|afwezig|probleem\w*|patiënt\w*)\b",
    re.IGNORECASE,
)
"""What no line tells people of themselves or of one another."""


def every_sentence() -> list[str]:
    told = [s for sentences in SENTENCES.values() for s in sentences]
    asides = [s for asides in ASIDES.values() for aside in asides for s in aside]
    return sorted({*told, *asides, IN_ERROR, IN_GENERAL, *KINDS.values()})


def lines(seen: View) -> Iterator[TimelineLine]:
    return (line for line in seen.timeline() if line.in_error is None)


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_has_a_sentence(type_: str) -> None:
    assert SENTENCES[type_]
    assert type_.partition(".")[0] in KINDS


@pytest.mark.parametrize("sentence", every_sentence())
def test_no_sentence_blames_counts_or_commands(sentence: str) -> None:
    for language in LANGUAGES:
        said = translator(language)(sentence)
        assert UNKIND.findall(said) == []
        assert FORBIDDEN.findall(said) == []


@pytest.mark.parametrize("sentence", every_sentence())
def test_a_sentence_has_only_places_with_names(sentence: str) -> None:
    places = [name for _, name, _, _ in string.Formatter().parse(sentence) if name]
    assert all(place.isidentifier() for place in places)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_is_told_by_its_own_sentence(language: str) -> None:
    speech = Speech.of(view(), language)
    general = speech.fixed(IN_GENERAL).partition("{")[0]
    told = {line.fact.partition(":")[0] for line in lines(speech.view)}
    assert told == set(TYPES)
    found = [line.fact for line in lines(speech.view) if general in tell(speech, line)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_shows_a_code_or_a_place_that_nobody_filled(language: str) -> None:
    speech = Speech.of(view(), language)
    for line in speech.view.timeline():
        said = tell(speech, line)
        assert RAW_CODE.findall(said) == [], said
        assert "_" not in said.replace("_zondag_", "")
        assert not {"{", "}"} & set(said)
        assert "““”" not in said
        assert "()" not in said


def emptied(seen: View) -> View:
    """Return a view in which the reader may see that things happened, and no more."""
    kept = {"happenings", "people"}
    shelves: dict[str, Any] = {
        f.name: ()
        for f in fields(type(seen.group))
        if f.name not in kept and isinstance(getattr(seen.group, f.name), tuple)
    }
    return evolve(seen, group=evolve(seen.group, **shelves), words={}, staff={})


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_reader_may_not_see_is_told_without_it(language: str) -> None:
    speech = Speech.of(emptied(view()), language)
    for line in speech.view.timeline():
        said = tell(speech, line)
        assert len(said) > len("…")
        assert not {"{", "}", "_"} & set(said)
        assert RAW_CODE.findall(said) == []
        assert "“”" not in said


@given(st.sampled_from([h.seq for h in GROUP.happenings]), st.sampled_from(TYPES))
def test_any_line_about_any_items_can_be_told(seq: int, type_: str) -> None:
    speech = Speech.of(view(), "nl")
    line = next(one for one in speech.view.timeline() if one.seq == seq)
    said = tell(speech, evolve(line, fact=type_, in_error=None))
    assert said
    assert said == said.strip()
    assert "{" not in said


def told(language: str, fact: str) -> list[str]:
    speech = Speech.of(view(), language)
    return [
        tell(speech, line)
        for line in lines(speech.view)
        if fact in {line.fact, line.fact.partition(":")[0]}
    ]


def test_a_score_is_told_as_a_voice_in_words() -> None:
    said = told("nl", "goal.score")
    assert said[1].endswith("zegt over “Brood *ruilen* met de buren”: zoals gehoopt.")
    assert not any(sign in "".join(said) for sign in ("-2", "+1", "+2", "0"))


def test_what_somebody_does_not_know_or_would_rather_not_say_are_told_apart() -> None:
    said = told("nl", "goal.score")
    assert said[2].endswith(": dat weet ik nu niet.")
    assert said[3].endswith(": dat zeg ik liever niet.")
    asked = told("nl", "child_check.hold")
    assert "dat is nog niet bekend" in asked[0]
    assert "liever geen antwoord" in asked[1]


def test_an_agreement_that_moved_is_told_with_who_did_it_before() -> None:
    _, to_client, shared = told("nl", "agreement.revise")
    assert "zelf, eerst: Ria)" in to_client
    assert "eerst" in shared


def test_of_a_decision_that_is_not_written_down_only_that_it_was_taken() -> None:
    assert told("nl", "decision.take")[1] == "Er is iets besloten."
    assert told("en", "decision.take")[1] == "Something was decided."


def test_the_mood_of_a_meeting_names_nobody() -> None:
    names = [Speech.of(view(), "nl").name(p.id) for p in GROUP.people]
    for said in told("nl", "climate.note"):
        assert not [name for name in names if name in said]


@pytest.mark.parametrize("end", [".", "!", "?", "…"])
def test_words_that_bring_their_end_along_get_no_second_one(end: str) -> None:
    speech = Speech.of(saying(lambda _: f"Over geld praten we niet{end}"), "nl")
    named = [line for line in lines(speech.view) if line.fact == "group.name"]
    said = f"De groep krijgt een naam: Over geld praten we niet{end}"
    assert tell(speech, named[0]) == said


def test_that_somebody_keeps_something_never_says_what_or_from_whom() -> None:
    assert told("nl", "reading.choose")[2].endswith(" houdt iets voor zichzelf.")
    assert told("en", "reading.choose")[2].endswith(" keeps something to themselves.")


def test_a_choice_names_no_item_that_its_reader_may_not_see() -> None:
    seen = view()
    speech = Speech.of(
        evolve(seen, group=evolve(seen.group, sociograms=(), goals=())), "nl"
    )
    line = next(line for line in lines(speech.view) if line.fact == "reading.choose")
    said = tell(speech, line)
    assert said.endswith(" meelezen: de verslagen en het signaleringsplan.")


@pytest.mark.parametrize("kind", sorted({*READABLE, *(kind.value for kind in Kind)}))
def test_every_kind_that_can_be_let_read_has_words(kind: str) -> None:
    if kind in {Kind.PERSON, Kind.NOT_SAFE}:
        return
    for language in LANGUAGES:
        assert METHOD.named(f"kind.{kind}", language) != f"kind.{kind}"


def test_a_death_is_told_soberly() -> None:
    assert told("nl", "person.die") == ["De dokter is overleden."]
    assert told("en", "person.die") == ["De dokter has died."]


def test_why_a_meeting_does_not_take_place_is_told_in_its_own_words() -> None:
    unwell, holiday, wish = told("nl", "meeting.cancel")
    assert unwell.endswith("gaat nu niet door. Eerst rust.")
    assert holiday.endswith("(vakantie).")
    assert "wil liever geen extra bijeenkomst" in wish


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (1, "elke dag"),
        (7, "elke week"),
        (14, "eens in de 2 weken"),
        (91, "eens in de 13 weken"),
        (30, "eens in de 30 dagen"),
    ],
)
def test_how_often_a_group_meets_is_told_in_weeks_where_it_can(
    days: int, said: str
) -> None:
    assert rhythm(Speech.of(view(), "nl"), days) == said


def test_a_filling_belongs_to_a_type_of_change() -> None:
    assert set(FILLINGS) <= set(TYPES)


ENUMS = {
    "answered": plan.Answered,
    "progress": plan.Progress,
    "closing": plan.Closing,
    "looks_after": life.LooksAfter,
    "way": life.Way,
    "climate": meetings.ClimateFactor,
    "noticed": meetings.Noticed,
    "chairing": meetings.Chairing,
    "yes_no": meetings.YesNo,
    "quiet": meetings.YesNo,
    "private": meetings.YesNo,
    "safe": meetings.YesNo,
    "name_use": people.NameUse,
    "figure_kind": sociogram.FigureKind,
    "wish": sociogram.Wish,
    "": plan.Achievement,
}


@pytest.mark.parametrize("vocabulary", list(ENUMS))
def test_every_answer_has_words_in_both_languages(vocabulary: str) -> None:
    for one in ENUMS[vocabulary]:
        code = f"{vocabulary}.{one}" if vocabulary else str(one)
        for language in LANGUAGES:
            said = METHOD.named(code, language)
            assert said != code or "." not in code
            assert UNKIND.findall(said) == []


def test_a_code_that_nobody_has_words_for_is_said_in_words() -> None:
    speech = Speech.of(view(), "nl")
    assert speech.code("own_money") == "own money"
    assert speech.code("smoke_signals", "channel") == "smoke signals"
    assert speech.code("gp", "care_form") == "huisarts"


@pytest.mark.parametrize(
    ("tag", "said"), [("ar", "Arabisch"), ("pt_br", "Portugees"), ("qqq", "qqq")]
)
def test_a_language_is_called_by_its_name(tag: str, said: str) -> None:
    assert Speech.of(view(), "nl").tongue(tag) == said


def about(kind: Kind, item: str, language: str = "nl") -> str:
    finding = Finding(code=Code("any"), rank=Rank.METHOD, about=(Ref(kind, item),))
    return _Saying.of(view(), language).finding(finding)


class _Saying(Speech):
    """Says only what a finding is about."""

    def _template(self, finding: Finding) -> str:
        return f"{{{finding.about[0].kind.value}}}|{{item}}"


ITEMS = [(kind, next(GROUP.ids(kind), None)) for kind in Kind]


@pytest.mark.parametrize(("kind", "item"), ITEMS)
def test_every_item_is_called_by_a_name_words_or_a_day(
    kind: Kind, item: str | None
) -> None:
    assert item is not None
    own, item_too = about(kind, item).split("|")
    assert own.casefold() == item_too.casefold()
    assert own not in {"", "…", kind.value}
    assert RAW_CODE.findall(own) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_an_item_that_the_reader_may_not_see_is_withheld(kind: Kind) -> None:
    said = about(kind, "nothing")
    assert said in {"…|…", "Iemand|iemand"}


def test_an_item_fills_the_place_of_whom_it_is_about_too() -> None:
    ref = Ref(Kind.INTERVIEW, "i-1")
    finding = Finding(
        code=Code("interview_before_first_meeting"), rank=Rank.METHOD, about=(ref,)
    )
    said = Speech.of(view(), "nl").finding(finding)
    assert said == "Jan heeft nog geen verdiepingsgesprek gehad."


def test_names_of_staff_and_of_the_client_are_told() -> None:
    speech = Speech.of(view(), "nl")
    assert speech.name(TOM) == "Tom"
    assert speech.name(SAMIRA)
