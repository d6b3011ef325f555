"""The plan shows each part only if there is something, calmly."""

from __future__ import annotations

from typing import Any

from attrs import evolve, fields

from cli.terminal import FORBIDDEN
from render.group import GROUP, view
from rgcore.domain.items import one, replaced
from rgcore.render.pages import plan_markdown


def shown(**other: Any) -> str:  # noqa: ANN401 - any part of a group
    seen = view()
    return plan_markdown(evolve(seen, group=evolve(seen.group, **other)), "nl")


def headings(page: str) -> list[str]:
    return [line.removeprefix("## ") for line in page.splitlines() if "## " in line[:3]]


def test_a_part_of_which_there_is_nothing_is_not_in_the_plan() -> None:
    parts: dict[str, Any] = {
        f.name: ()
        for f in fields(type(GROUP))
        if isinstance(getattr(GROUP, f.name), tuple) and f.name != "people"
    }
    page = shown(**parts, name=None)
    assert headings(page) == ["Wie er in de groep zitten"]
    assert page.startswith("# Het plan van ")


def test_what_went_well_stands_first_and_thanks_last() -> None:
    found = headings(shown())
    assert found[0] == "Wat goed ging"
    assert found[-1] == "Bedankt"
    assert len(found) == len(set(found))


def test_a_closed_agreement_is_not_among_the_open_ones() -> None:
    assert "De oven ophalen" not in shown()
    closed = one(GROUP.agreements, "ag-5")
    again = replaced(GROUP.agreements, evolve(closed, closed_on=None, closing=None))
    assert "- Tom: De oven ophalen" in shown(agreements=again)


def test_an_owner_who_would_rather_not_is_shown_with_their_words() -> None:
    asked = one(GROUP.agreements, "ag-3")
    first = evolve(asked, versions=asked.versions[:1])
    page = shown(agreements=replaced(GROUP.agreements, first))
    assert "  - Liever niet: Ria — “Zaterdag werk ik”" in page


def test_a_voice_is_shown_once_for_each_the_latest() -> None:
    lines = [line for line in shown().splitlines() if "dan gehoopt" in line]
    assert len(lines) == 2
    assert "veel meer dan gehoopt" in lines[1]


def test_a_rest_of_which_nobody_knows_the_end_is_shown_without_a_day() -> None:
    pause = evolve(GROUP.pauses[-1], until=None)
    rest = evolve(GROUP.rests[0], until=None)
    page = shown(pauses=(pause,), rests=(rest,))
    assert "De groep rust een tijdje.\n" in page
    assert "neemt even rust): " in page


def test_what_was_decided_and_not_written_down_is_not_in_the_plan() -> None:
    kept = tuple(d for d in GROUP.decisions if not d.minuted)
    assert kept
    assert "Wat we besloten" not in headings(shown(decisions=kept))


def test_an_offer_that_answers_a_request_stands_in_its_place() -> None:
    page = shown()
    assert "Tom wil graag: omgaan met stress" in page
    assert "Anders leren luisteren" not in page
    asked = shown(offers=())
    assert "wil graag: communicatietraining — “Anders leren luisteren”" in asked


def test_a_moment_that_was_held_is_no_longer_ahead() -> None:
    assert "18 september 2025" not in shown()
    assert "- 18 februari 2026: Tom en Ria" in shown()


def test_a_plan_of_everything_blames_nobody() -> None:
    assert FORBIDDEN.findall(shown()) == []
