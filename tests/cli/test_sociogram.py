"""`rgcore sociogram`: who may see it, where it goes, what it is called."""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from pathlib import Path

import pytest

from cli.terminal import ESMEE, GROUP, KLAAS, TEAM, Answer, Played
from rgcore.institution import open_institution

SECOND = {
    "type": "sociogram.draw",
    "sociogram": "second",
    "figures": [
        {"id": "fig-2", "label": {"subject": KLAAS, "said": "Boris"}, "ring": 1}
    ],
}


def _drawn(played: Played, *more: str, who: str = KLAAS) -> Answer:
    return played.run("sociogram", GROUP, "--for", who, *more)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_printed_in_the_language_asked_for(dutch: Played, language: str) -> None:
    answer = _drawn(dutch, "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.startswith("<?xml")
    assert ("wens: dichterbij" if language == "nl" else "wish: closer") in answer.out


def test_the_demo_leaves_the_clients_picture(played: Played) -> None:
    answer = _drawn(played, "--lang", played.language)
    assert answer.out == played.page("sociogram.svg")
    assert "nieuwe mensen" in answer.out


def test_for_and_as_are_the_same_person(dutch: Played) -> None:
    assert dutch.shown("sociogram").out == _drawn(dutch).out


# Esmee said goodbye before the last day of the case.
@pytest.mark.parametrize("who", ["stranger", ESMEE])
def test_it_is_for_whoever_may_see_the_group(dutch: Played, who: str) -> None:
    answer = _drawn(dutch, who=who)
    assert (answer.code, answer.out) == (1, "")
    assert "[access.not_available]" in answer.err


def test_each_look_is_logged_as_a_look_at_the_group(own: Played) -> None:
    def lines() -> Counter[tuple[str, ...]]:
        # The clock stands still here, so lines come in no order.
        with open_institution(own.config) as opened:
            found = opened.log_lines(GROUP)
        return Counter((n.event, n.outcome, n.reader, n.purpose) for n in found)

    before = lines()
    assert own.shown("show").code == 0
    shown = lines() - before
    assert shown.total() == 1
    assert _drawn(own).code == 0
    assert lines() - before - shown == shown


def test_it_is_written_to_a_new_file_for_its_owner_alone(
    dutch: Played, tmp_path: Path
) -> None:
    file = tmp_path / "klaas.svg"
    answer = _drawn(dutch, "-o", str(file), "--lang", "nl")
    assert (answer.code, answer.out, answer.err) == (0, f"Geschreven: {file}\n", "")
    assert file.read_text(encoding="utf-8") == _drawn(dutch, "--lang", "nl").out
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_overwritten(dutch: Played, tmp_path: Path) -> None:
    file = tmp_path / "klaas.svg"
    file.write_text("of somebody else", encoding="utf-8")
    answer = _drawn(dutch, "--out", str(file))
    assert (answer.code, answer.out) == (1, "")
    assert "[store.exists]" in answer.err
    assert file.read_text(encoding="utf-8") == "of somebody else"


def test_an_earlier_drawing_is_asked_for_by_its_number(
    own: Played, tmp_path: Path
) -> None:
    change = tmp_path / "second.json"
    change.write_text(json.dumps(SECOND), encoding="utf-8")
    recorded = own.shown("record", "--json", str(change))
    assert recorded.code == 0, recorded.err
    assert "Boris" in _drawn(own).out
    assert "Boris" not in _drawn(own, "--version", "1").out
    assert _drawn(own, "--version", "2").out == _drawn(own).out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_drawing_that_is_not_there_is_an_error(dutch: Played, language: str) -> None:
    answer = _drawn(dutch, "--version", "7", "--lang", language)
    assert (answer.code, answer.out) == (1, "")
    assert "[sociogram.none]" in answer.err
    assert ("tekening" if language == "nl" else "drawing") in answer.err


def test_a_group_without_a_drawing_leaves_no_file(own: Played, tmp_path: Path) -> None:
    asked = ("--as", ESMEE, "--supporter", ESMEE, "--team", TEAM, "--json")
    begun = own.run("start", *asked, "--client-name", "Noor")
    assert begun.code == 0, begun.err
    file = tmp_path / "none.svg"
    given = (begun.data["group"], "--for", ESMEE, "-o", str(file))
    answer = own.run("sociogram", *given)
    assert (answer.code, answer.out) == (1, "")
    assert "[sociogram.none]" in answer.err
    assert not file.exists()
