"""The setting under test, and the groups that its rules are asked about."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic
from typing import Final

import pytest
from attrs import evolve

import rgcore.testing
from installing import Fake, installed
from rgcore.cli.replay import Case
from rgcore.domain.care import Episode
from rgcore.domain.changes import NoteForSetting
from rgcore.domain.ids import Code, ItemId
from rgcore.domain.journal import fold_all
from rgcore.method import Holds, OwnChange, OwnField, Wording, compose
from rgcore.method.guarding import ENDINGS
from rgcore.testing import Subject, outside
from rgcore.testing.checks import held_against, noting
from rgcore.testing.conformance import Unmet
from rgcore.testing.notes import note_of
from rgcore.testing.outside import looked_at
from rgcore.testing.results import Result
from rgcore.testing.samples import core_of, few, stories
from testing.making import (
    configured,
    fake,
    held,
    noting as a_noting,
    role,
    ruling,
    said,
)

SAID: Final = Wording("iets", "something")
METHOD: Final = compose()
DIGEST: Final = METHOD.digest


def _declared(holds: Holds) -> OwnChange:
    field = OwnField(name=Code("it"), holds=holds, wording=SAID)
    return OwnChange(
        code=Code("example.note"),
        wording=SAID,
        sentence=SAID,
        fields=(field,),
        source="ours",
    )


def _holds(number: str, folder: Path, *fakes: Fake, **more: object) -> bool:
    with installed(folder, *fakes) as catalogue:
        subject = Subject(setting="example", catalogue=catalogue, **more)  # type: ignore[arg-type]
        return held_against(subject, number).holds


def test_the_kit_is_imported_without_pytest() -> None:
    program = (
        "import sys, rgcore.testing as kit\n"
        "kit.RULES, kit.Subject\n"
        "assert 'pytest' not in sys.modules\n"
        "kit.SettingConformance\n"
        "assert 'pytest' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_public_names_are_in_order_and_there() -> None:
    names = rgcore.testing.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    assert dir(rgcore.testing) == sorted(names)
    assert all(getattr(rgcore.testing, name) for name in names)
    with pytest.raises(AttributeError, match="has no attribute 'nope'"):
        _ = rgcore.testing.nope


def test_every_case_is_a_story_without_what_was_refused() -> None:
    told = {story.name: story for story in stories(DIGEST)}
    assert sorted(told) == list(Case.names())
    for story in told.values():
        stages = story.stages()
        assert [stage.entry for stage in stages] == list(story.entries)
        assert stages[-1].group == fold_all(story.entries)


def test_notes_stand_in_a_story_and_change_nothing_else() -> None:
    declared = [_declared(Holds.GOAL), _declared(Holds.TEXT)]
    for story in stories(DIGEST):
        noted = story.with_notes(declared)
        notes = [e for e in noted.entries if isinstance(e.change, NoteForSetting)]
        assert [e.seq for e in noted.entries] == list(range(1, len(noted.entries) + 1))
        assert len(notes) == len(noted.entries) - len(story.entries) > 6
        plain, with_notes = story.stages()[-1].group, noted.stages()[-1].group
        assert core_of(plain) == core_of(with_notes)
        assert with_notes.notes


def test_a_note_needs_what_its_field_asks_for() -> None:
    first = stories(DIGEST)[0].stages()[0].group
    assert note_of(_declared(Holds.GOAL), first, first.started_on) is None
    assert note_of(_declared(Holds.PERSON), first, first.started_on) is not None


def test_few_stages_are_a_dozen_or_so_and_the_last_of_them() -> None:
    stages = stories(DIGEST)[0].stages()
    assert 12 <= len(few(stages)) <= 24
    assert few(stages)[0] == stages[-1]
    assert few(stages[:2]) == stages[:2][::-1]


def test_what_settings_it_requires_bring_is_there(tmp_path: Path) -> None:
    days = "@frozen\nclass Config:\n    days: int"
    other = Fake(
        id="other",
        before=f"from attrs import frozen\n{days}",
        body="def rg_roles(self, ctx):\n"
        f"    return [{role('other.cook')}] * self.config.days",
        manifest={
            "hooks": ["rg_roles"],
            "config": "fake_setting_other.plugin:Config",
        },
    )
    ours = Fake(manifest={"requires": ["other"]}, requires=("rgcore", other.name))
    assert _holds("ST-03", tmp_path / "1", ours, other)
    tables = {"other": {"days": 1}}
    assert _holds("ST-15", tmp_path / "2", ours, other, tables=tables)
    assert not _holds("ST-15", tmp_path / "3", ours, other)


def test_a_configuration_that_the_test_gives_has_to_fit(tmp_path: Path) -> None:
    ours = configured("@frozen\nclass Config:\n    days: int")
    assert _holds("ST-06", tmp_path / "1", ours, config={"days": 1})
    assert not _holds("ST-06", tmp_path / "2", ours, config={"days": "one"})


def test_bronze_is_the_least_that_can_be_claimed(tmp_path: Path) -> None:
    assert _holds("ST-26", tmp_path, Fake(body="def rg_rolls(self, ctx):\n    pass"))


def test_an_exempt_rule_counts_towards_a_level(tmp_path: Path) -> None:
    ours = fake(
        "rg_roles", role(source="…"), maturity="silver", exempt={"ST-16": "a joke"}
    )
    assert _holds("ST-26", tmp_path, ours)


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("core_of", lambda group: group),
        ("read_changes", lambda rows: ((rows,), None)),
    ],
)
def test_a_note_that_would_not_come_back_is_seen(
    name: str, instead: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(noting, name, instead)
    assert not _holds("ST-25", tmp_path, a_noting(held()))


def test_a_method_that_says_otherwise_about_endings_would_be_seen(
    tmp_path: Path,
) -> None:
    says = "[Speaks(since=proposal.group.started_on)] * (proposal.type == 'goal.set')"
    head = f"def guard(proposal):\n    return {says}\n"
    act = ruling(head=head, guard="guard", rank="Rank.DIRECTION")
    assert _holds("ST-19", tmp_path, act)


def test_a_title_alone_says_nothing_unkind(tmp_path: Path) -> None:
    assert _holds("ST-24", tmp_path, said(title={"nl": "Later", "en": "Later"}))


def test_what_is_called_outside_is_named_and_the_profiler_put_back() -> None:
    before = sys.getprofile()
    assert looked_at(lambda: open(__file__, encoding="utf-8").close())  # noqa: PTH123 - the example
    assert looked_at(lambda: next(count())) == ()
    assert looked_at(lambda: 1 / 0) == ()
    assert sys.getprofile() is before


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (date.today, "datetime.date.today"),
        (datetime.now, "datetime.datetime.now"),
        (print, "print"),
        (monotonic, "time.monotonic"),
        (Random().getrandbits, "random.getrandbits"),  # noqa: S311 - the example
        (date.fromisoformat, ""),
        (len, ""),
        ([].append, ""),
    ],
)
def test_clock_chance_and_speech_lie_outside(function: object, name: str) -> None:
    frame = sys._getframe()
    assert outside._called(frame, "c_call", function) == ((name,) if name else ())
    assert outside._called(frame, "c_return", function) == ()


def test_an_ending_of_care_is_among_the_endings() -> None:
    stage = stories(DIGEST)[0].stages()[-1]
    since = stage.group.started_on
    episode = Episode(id=ItemId("e-1"), form=Code("fact"), since=since)
    cared = evolve(stage, group=evolve(stage.group, episodes=(episode,)))
    types = {one.type for one in cared.endings(METHOD)}
    assert types == {change.TYPE for change in ENDINGS}


def test_what_cannot_be_seen_yet_is_not_to_be_mended_yet() -> None:
    unseen = Result(number="ST-05", problems=("Not yet.",), after="ST-01")
    assert str(Unmet(unseen)).splitlines()[1:] == ["  - Not yet."]
