"""Every public method, for somebody without any right, over a group full of markers.

The list of methods is read from the class: a new one fails here until it is said how a
stranger would call it, or why it answers whoever runs the store.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Callable
from typing import Any, Final

import pytest

import rgcore
from rgcore.domain.actor import OPERATION, OWN_GROUP
from rgcore.domain.ids import ChangeId, PersonId
from rgcore.domain.text import PersonName
from rgcore.institution import Institution
from support import (
    GROUP,
    MARKER,
    Demo,
    Goals,
    nominate,
    set_goal,
    start_klaas,
    told,
)

STRANGER: Final = rgcore.Actor(PersonId("stranger"), OWN_GROUP)
NO_OPERATOR: Final = rgcore.Actor(PersonId("stranger"), OPERATION)
"""An operator says why; whoever does not is none."""

ITEM: Final = "egret-item"
"""Stands in the ids of items: those may not come out either."""

NOWHERE: Final = "g-nowhere"

Call = Callable[[Institution, str], object]


def _recorded(opened: Institution, group: str) -> object:
    goals = Goals()
    change = goals.set("stranger", "…")
    return opened.record(group, [change], STRANGER, words=goals.words, seen=0)


def _checked(opened: Institution, group: str) -> object:
    goals = Goals()
    change = goals.set("stranger", "…")
    return opened.check(group, [change], STRANGER, words=goals.words)


STRANGERS: Final[dict[str, Call]] = {
    "record": _recorded,
    "check": _checked,
    "adopt": lambda opened, group: opened.adopt(group, STRANGER),
    "view": lambda opened, group: opened.view(group, STRANGER),
    "export_view": lambda opened, group: opened.export_view(group, STRANGER),
    "export": lambda opened, group: opened.export(group, NO_OPERATOR),
    "erasing": lambda opened, group: opened.erasing.plan(group, NO_OPERATOR),
    "link": lambda opened, group: opened.link(group, "handle", "n1", STRANGER),
    "unlink": lambda opened, group: opened.unlink(group, "handle", "n1", STRANGER),
}
"""How a stranger calls each method that is about one group."""

OTHERS: Final[dict[str, Call]] = {
    "attention": lambda opened, _: opened.attention("fact-noord", STRANGER),
    "find": lambda opened, _: opened.find("handle", "n1", STRANGER),
    "import_group": lambda opened, _: opened.import_group({}, NO_OPERATOR),
}
"""How a stranger calls each method that names no group."""

UPKEEP: Final[dict[str, Call]] = {
    "anchor": lambda opened, _: opened.anchor(),
    "behind": lambda opened, _: opened.behind(),
    "entries": lambda opened, _: opened.entries(),
    "examine": lambda opened, _: opened.examine(),
    "groups": lambda opened, _: opened.groups(),
    "log_lines": lambda opened, group: opened.log_lines(group),
    "reindex": lambda opened, _: opened.reindex(),
    "repair": lambda opened, group: opened.repair(group),
    "retention": lambda opened, _: opened.retention(),
    "status": lambda opened, _: opened.status(),
    "verify": lambda opened, group: opened.verify(group),
}
"""What answers whoever runs the store: ids, codes and dates, and never words."""

KEYS: Final = frozenset(
    {
        "add_ring_key",
        "copy_key_ring",
        "key_status",
        "retire_ring_key",
        "rewrap_keys",
        "rotate_keys",
    }
)
"""What looks after the key ring; it knows groups by their records alone."""

NOT_OF_A_GROUP: Final = KEYS | {
    "close",
    "directory",
    "keeping",
    "method",
    "method_of",
    "new_id",
    "settings",
    "today",
}


@pytest.fixture
def full(demo: Demo) -> Demo:
    """Give a group in which everything that anybody said is a marker."""
    start_klaas(demo.institution, name=PersonName.of(MARKER))
    set_goal(demo.institution, ITEM, f"{MARKER} en {MARKER}")
    nominate(demo.institution, "mother")
    return demo


def _public() -> set[str]:
    return {name for name in dir(Institution) if not name.startswith("_")}


def test_every_public_method_is_on_one_of_the_lists() -> None:
    listed = {*STRANGERS, *OTHERS, *UPKEEP, *NOT_OF_A_GROUP}
    assert _public() - listed == set(), "say how a stranger would call it"
    assert listed - _public() == set(), "it is not there any more"


def _answer(call: Call, demo: Demo, group: str) -> tuple[str, str]:
    """Return what somebody gets: everything that an answer or an error tells."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            answer: Any = call(demo.institution, group)
        except rgcore.RgcoreError as error:
            kind, said = type(error).__name__, told(error)
        else:
            kind, said = "answer", repr(answer)
    return kind, said + out.getvalue() + err.getvalue()


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_gets_the_same_answer_whether_there_is_such_a_group(
    full: Demo, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        there = _answer(STRANGERS[name], full, GROUP)
        nowhere = _answer(STRANGERS[name], full, NOWHERE)
    assert there[0] == nowhere[0] != "answer"
    for said in (there[1], nowhere[1], caplog.text):
        assert MARKER not in said
        assert ITEM not in said


@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_learns_no_more_from_the_words_of_an_error(
    full: Demo, name: str
) -> None:
    errors = []
    for group in (GROUP, NOWHERE):
        with pytest.raises(rgcore.RgcoreError) as caught:
            STRANGERS[name](full.institution, group)
        errors.append((caught.value.sentence("nl"), caught.value.fields))
    assert errors[0] == errors[1]


@pytest.mark.parametrize("name", [*OTHERS, *UPKEEP])
def test_what_names_no_group_or_runs_the_store_tells_no_words(
    full: Demo, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    call = {**OTHERS, **UPKEEP}[name]
    with caplog.at_level(logging.DEBUG):
        _, said = _answer(call, full, GROUP)
    assert MARKER not in said + caplog.text


@pytest.mark.parametrize("name", OTHERS)
def test_a_list_that_is_not_yours_is_refused(full: Demo, name: str) -> None:
    kind, said = _answer(OTHERS[name], full, GROUP)
    assert kind != "answer"
    assert GROUP not in said
    assert ITEM not in said


def test_a_change_id_that_is_in_use_is_not_told_to_a_stranger(full: Demo) -> None:
    goals = Goals()
    known = goals.set(ITEM, "…")
    assert known.id == ChangeId(f"c-{ITEM}")
    with pytest.raises(rgcore.NotAvailable):
        full.institution.record(GROUP, [known], STRANGER, words=goals.words)
