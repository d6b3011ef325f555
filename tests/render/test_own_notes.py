"""What a setting noted is told in its sentence, and stands in its part of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from render.group import METHOD, SAMIRA, TOM, view
from rgcore import View
from rgcore.domain.foreign import OwnNote, OwnValue
from rgcore.domain.ids import Code, ItemId, PersonId, TextId
from rgcore.domain.text import Text
from rgcore.method import (
    Holds,
    Method,
    OwnChange,
    OwnField,
    PlanSection,
    Term,
    Whose,
    Wording,
    compose,
)
from rgcore.render.pages import plan_markdown, timeline_text
from rgcore.render.speech import Speech
from rgcore.render.telling import tell

KIND = Code("allotment.plot")
"""The kind of the note in the golden group."""

HOLDS = {
    "plot": Holds.NUMBER,
    "with": Holds.PERSON,
    "grows": Holds.TEXT,
    "crop": Holds.CODE,
    "begins": Holds.DAY,
    "goal": Holds.GOAL,
    "meeting": Holds.MEETING,
    "agreement": Holds.AGREEMENT,
}


def declared(sentence: str) -> OwnChange:
    return OwnChange(
        code=KIND,
        wording=Wording("een moestuin", "an allotment"),
        sentence=Wording(sentence, f"In English: {sentence}"),
        fields=tuple(
            OwnField(name=Code(name), holds=holds, wording=Wording(name, name))
            for name, holds in HOLDS.items()
        ),
        whose=Whose.CLIENT,
        source="test",
    )


SECTION = PlanSection(
    code=Code("allotment.part"),
    wording=Wording("Mijn *moestuin*", "My *allotment*"),
    intro=Wording("Wat er groeit.", "What grows."),
    changes=(KIND,),
    source="test",
)
CROP = Term(
    code=Code("allotment.beans"), wording=Wording("bonen", "beans"), source="test"
)


def method(sentence: str) -> Method:
    return compose(settings=[declared(sentence), SECTION, CROP])


def noted(*values: OwnValue, whose: PersonId | None = SAMIRA) -> OwnNote:
    return OwnNote(
        id=ItemId("on-1"),
        kind=KIND,
        on=date(2025, 9, 1),
        whose=whose,
        values=values,
    )


def seen(sentence: str, *notes: OwnNote) -> View:
    shown = view()
    group = evolve(shown.group, notes=notes) if notes else shown.group
    return evolve(shown, group=group, method=method(sentence))


def told(shown: View, language: str = "nl") -> str:
    lines = [x for x in shown.timeline() if x.fact == "setting.note:allotment.plot"]
    return tell(Speech.of(shown, language), lines[-1])


def value(name: str, **holds: Any) -> OwnValue:  # noqa: ANN401
    return OwnValue(name=Code(name), **holds)


def test_a_note_is_told_in_the_sentence_of_its_setting() -> None:
    shown = seen("{whose} krijgt tuin {plot}, samen met {with}: “{grows}”")
    samira, layla = (
        Speech.of(shown, "nl").name(PersonId(p)) for p in (SAMIRA, "layla")
    )
    assert told(shown) == f"{samira} krijgt tuin 12, samen met {layla}: “* tomaten”"
    assert told(shown, "en").startswith("In English: ")


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        (value("crop", code=CROP.code), "bonen"),
        (value("crop", code=Code("allotment.sweet_corn")), "sweet corn"),
        (value("begins", day=date(2025, 5, 1)), "1 mei 2025"),
        (value("plot", number=0), "0"),
        (value("with", person=TOM), "Tom"),
        (value("goal", goal=ItemId("sleep")), "Nachten van 8 uur"),
        (value("meeting", meeting=ItemId("m-3")), "18 augustus 2025"),
        (value("agreement", agreement=ItemId("ag-4")), "Brood brengen"),
    ],
    ids=lambda part: part.name if isinstance(part, OwnValue) else "",
)
def test_each_thing_that_a_note_holds_is_said_for_the_reader(
    filled: OwnValue, said: str
) -> None:
    shown = seen(f"Genoteerd: {{{filled.name}}}.", noted(filled))
    assert told(shown) == f"Genoteerd: {said}."


def test_what_a_note_does_not_hold_stays_out_of_its_sentence() -> None:
    shown = seen("Tuin {plot} van {whose}.", noted(whose=None))
    assert told(shown) == "Tuin … van …"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((), "Tuin van Samira."),
        ((value("plot", number=3),), "Tuin 3 van Samira."),
        (
            (value("plot", number=3), value("begins", day=date(2025, 5, 1))),
            "Tuin 3 van Samira, vanaf 1 mei 2025.",
        ),
    ],
    ids=["neither", "one", "both"],
)
def test_a_part_in_brackets_is_told_if_it_was_given(
    values: tuple[OwnValue, ...], said: str
) -> None:
    shown = seen("Tuin[ {plot}] van Samira[, vanaf {begins}].", noted(*values))
    assert told(shown) == said


def test_brackets_in_people_s_words_stay() -> None:
    text = next(iter(view().words))
    note = noted(value("grows", text=Text(text, SAMIRA)))
    shown = evolve(seen("Er groeit[: {grows}].", note), words={text: "[van alles]"})
    assert told(shown) == "Er groeit: [van alles]."


def test_words_that_nobody_can_read_any_more_are_said_to_be_gone() -> None:
    text = Text(TextId("t-gone"), SAMIRA)
    shown = seen("Er groeit: “{grows}”", noted(value("grows", text=text)))
    assert told(shown) == "Er groeit: “[gewist]”"


def test_words_that_bring_their_end_along_get_no_second_one() -> None:
    shown = seen("Het plan: {grows}.", *view().group.notes)
    words = dict.fromkeys(shown.words, "Eerst spitten!")
    assert told(evolve(shown, words=words)) == "Het plan: Eerst spitten!"


def test_a_sentence_with_signs_that_are_no_places_is_told_as_it_is() -> None:
    assert told(seen("{} {0} {plot.real} {plot!r}")) == "{} … {plot.real} {plot!r}"


def test_a_note_of_a_setting_that_is_not_in_use_is_told_in_general_words() -> None:
    assert view().method == METHOD
    assert told(view()) == (
        "Er is iets genoteerd voor een variant die hier niet in gebruik is."
    )
    assert KIND not in timeline_text(view(), "en")


def test_a_note_that_the_reader_may_not_see_is_told_by_its_kind() -> None:
    shown = seen("Tuin {plot}.")
    without = evolve(shown, group=evolve(shown.group, notes=()))
    assert told(without) == "Genoteerd: een moestuin."


def plan_after(heading: str, page: str) -> list[str]:
    _, _, rest = page.partition(f"\n## {heading}\n\n")
    return rest.partition("\n## ")[0].strip().splitlines()


def notes(plots: Iterable[int]) -> list[OwnNote]:
    return [evolve(noted(value("plot", number=n)), id=ItemId(f"n-{n}")) for n in plots]


def test_a_part_of_a_setting_tells_each_note_in_the_same_sentence() -> None:
    page = plan_markdown(seen("tuin *{plot}*", *notes([3, 1])), "nl")
    assert plan_after("Mijn \\*moestuin\\*", page) == [
        "Wat er groeit.",
        "",
        "- Tuin \\*3\\*",
        "- Tuin \\*1\\*",
    ]


def test_people_s_words_do_not_break_the_part_of_a_setting() -> None:
    page = plan_markdown(seen("{grows}"), "en")
    assert plan_after("My \\*allotment\\*", page)[-1] == "- In English: \\* tomaten"


def test_a_part_of_which_nothing_was_noted_is_not_in_the_plan() -> None:
    other = evolve(noted(), kind=Code("allotment.harvest"))
    assert "moestuin" not in plan_markdown(seen("Tuin", other), "nl")
    without = evolve(view(), method=method("Tuin"))
    none = evolve(without, group=evolve(without.group, notes=()))
    assert "Wat er groeit" not in plan_markdown(none, "nl")
