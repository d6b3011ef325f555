"""Names and words of every script are taken and come back as they were given."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, strategies as st

from rgcore import PersonName, Text
from strategies import NAMES, TEXTS
from support import AT_THE_TABLE, GROUP, KLAAS, Demo, set_goal, start_klaas

GROUPS = count()
"""A new group for each example: the store stands for all of them."""


def name_read(demo: Demo, name: PersonName) -> PersonName | None:
    """Return a name as a view gives it back, after the store was read anew."""
    group = f"g-name-{next(GROUPS)}"
    start_klaas(demo.institution, group, name)
    return demo.institution.view(group, AT_THE_TABLE).name(KLAAS)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (PersonName.of("Anna", "van de", "Linde"), "Anna van de Linde"),
        (PersonName.of("Piet", "'t", "Hart"), "Piet 't Hart"),
        (PersonName.of("Jan", "in 't", "Veld"), "Jan in 't Veld"),
        (PersonName.of("Yves", "d'", "Hondt"), "Yves d'Hondt"),
        (PersonName.of("Fatima", None, "El Idrissi-Özdemir"), None),
        (PersonName.of("Sukarno"), "Sukarno"),
        (PersonName.of(None, None, "De Boer"), "De Boer"),
        (PersonName.of("נועה", "בן", "דוד"), None),
        (PersonName.of("محمد", "بن", "عبد الله"), None),
        (PersonName(written="\u200fמשה\u200f (Moos)"), None),
        (PersonName(written="\u061cليلى"), None),
        (PersonName.of("伟", None, "王"), None),
        (PersonName.of("José María", None, "Núñez"), None),
        (PersonName(written="José"), None),
        (PersonName(written="Jose\u0301"), None),
        (PersonName(written="Zoë 🦋"), None),
        (PersonName(written="👩‍👩‍👧 thuis"), None),
        (PersonName(written="क्षितिज"), None),
        (PersonName(written="X Æ A-12"), None),
        (PersonName(written="O’Neill"), None),  # noqa: RUF001 - as people write it
    ],
    ids=lambda value: ascii(value.written) if isinstance(value, PersonName) else "",
)
def test_name_comes_back_unchanged(
    standing: Demo, name: PersonName, written: str | None
) -> None:
    assert name_read(standing, name) == name
    assert written in {None, name.written}


@given(name=NAMES)
def test_any_name_comes_back_unchanged(standing: Demo, name: PersonName) -> None:
    assert name_read(standing, name) == name


@given(said=TEXTS | st.lists(TEXTS, min_size=1).map("\n\t".join))
def test_any_text_comes_back_unchanged(standing: Demo, said: str) -> None:
    number = next(GROUPS)
    set_goal(standing.institution, f"n-{number}", said)
    view = standing.institution.view(GROUP, AT_THE_TABLE)
    assert view.said(view.group.goals[-1].words) == said
    assert standing.institution.verify(GROUP) == ()


def test_texts_of_one_spelling_stay_two(standing: Demo) -> None:
    one, two = "caf\u00e9", "cafe\u0301"
    set_goal(standing.institution, "nfc", one)
    set_goal(standing.institution, "nfd", two)
    view = standing.institution.view(GROUP, AT_THE_TABLE)
    found: list[Text] = [goal.words for goal in view.group.goals[-2:]]
    assert [view.said(text) for text in found] == [one, two]
