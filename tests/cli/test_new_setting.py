"""`new setting` writes a project that passes at once, and overwrites nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from cli.terminal import Answer, contents, process, rgcore
from rgcore.method import OwnChange, Replacement, Rule, Term, Theme, Wording
from rgcore.plugins import Activated, Catalogue, Wanted, activate
from rgcore.testing import RULES

NAMES: Final = ("youth_care", "x", "none", "term", "a1_b2_c3", "a" * 32)


def written(folder: Path, name: str, *more: str) -> Answer:
    """Write a project into a folder."""
    return rgcore("new", "setting", name, "--out", str(folder), *more)


def site(project: Path) -> list[str]:
    """Install a project as pip would in editable mode, and return where it lies."""
    about = tomllib.loads((project / "pyproject.toml").read_text("utf-8"))["project"]
    place = project.parent / f"{project.name}-site"
    name = about["name"].replace("-", "_")
    info = place / f"{name}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    needs = "".join(f"Requires-Dist: {one}\n" for one in about["dependencies"])
    lines = f"Name: {about['name']}\nVersion: {about['version']}\n{needs}"
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\n{lines}", "utf-8")
    ((group, points),) = about["entry-points"].items()
    entries = "".join(f"{key} = {value}\n" for key, value in points.items())
    (info / "entry_points.txt").write_text(f"[{group}]\n{entries}", "utf-8")
    return [str(project / "src"), str(place)]


@contextmanager
def importable(places: list[str], name: str) -> Iterator[Catalogue]:
    """Let a project be found and imported for a while."""
    sys.path[:0] = places
    try:
        yield Catalogue.discover(places)
    finally:
        del sys.path[: len(places)]
        package = f"rgcore_setting_{name}"
        for module in [m for m in sys.modules if m.partition(".")[0] == package]:
            del sys.modules[module]


def activated(project: Path, name: str) -> Activated:
    """Enable what a project brings."""
    with importable(site(project), name) as catalogue:
        assert catalogue.broken == ()
        return activate(Wanted(institution="i", enabled=(name,)), catalogue)


def tried(project: Path) -> subprocess.CompletedProcess[str]:
    """Run the tests of a project, installed, as its author would."""
    folders = ("-c", str(project / "pyproject.toml"), "--rootdir", str(project))
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *folders]
    return subprocess.run(
        # The folder that one is in stays: coverage goes by it.
        [*command, str(project / "tests")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(site(project))},
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_can_be_enabled_at_once(tmp_path: Path, name: str) -> None:
    assert written(tmp_path / "new", name).code == 0
    found = activated(tmp_path / "new", name)
    assert [made.found.manifest.id for made in found.made] == [name]
    assert found.method.named("client", "nl") == "deelnemer"
    assert f"{name}.visit_asked" in {rule.code for rule in found.method.rules}
    assert [one.replaces for one in found.method.replaced] == ["sociogram_after"]


def test_there_is_an_example_of_each_in_two_languages_with_a_source(
    tmp_path: Path,
) -> None:
    written(tmp_path / "new", "youth_care")
    parts = [one.part for one in activated(tmp_path / "new", "youth_care").contributed]
    kinds = {type(part) for part in parts}
    assert {Term, Theme, Rule, Replacement, OwnChange} <= kinds
    for part in parts:
        said = part.because if isinstance(part, Replacement) else part.wording
        assert isinstance(said, Wording)
        assert said.nl
        assert said.en != said.nl
        assert part.source


@pytest.mark.parametrize("name", ["youth_care", "a" * 32])
def test_its_own_tests_and_those_of_the_kit_pass(tmp_path: Path, name: str) -> None:
    written(tmp_path / "new", name)
    told = tried(tmp_path / "new")
    assert told.returncode == 0, told.stdout + told.stderr
    assert f": {len(RULES)} passed\n" in told.stdout


def test_the_test_that_is_written_fails_without_the_rule(tmp_path: Path) -> None:
    project = tmp_path / "new"
    written(project, "youth_care")
    plugin = project / "src" / "rgcore_setting_youth_care" / "plugin.py"
    text = plugin.read_text("utf-8")
    later = text.replace("visits = [", "visits = [group.started_on] or [")
    assert later != text
    plugin.write_text(later, "utf-8")
    assert "1 failed" in tried(project).stdout


def test_the_configuration_that_the_readme_shows_is_taken(tmp_path: Path) -> None:
    written(tmp_path / "new", "youth_care")
    readme = (tmp_path / "new" / "README.md").read_text("utf-8")
    shown = tomllib.loads(readme.partition("```toml\n")[2].partition("```")[0])
    tables = {k: v for k, v in shown["settings"].items() if k != "enabled"}
    with importable(site(tmp_path / "new"), "youth_care") as catalogue:
        wanted = Wanted(
            institution="i", enabled=tuple(shown["settings"]["enabled"]), tables=tables
        )
        assert activate(wanted, catalogue).made


def test_nothing_is_left_to_fill_in(tmp_path: Path) -> None:
    written(tmp_path / "new", "youth_care")
    for file in (tmp_path / "new").rglob("*"):
        if file.is_file():
            assert "$" not in file.read_text("utf-8"), file
            assert "NAME" not in file.name
            assert file.suffix != ".template"


def test_each_line_fits_the_longest_name_of_a_few_words(tmp_path: Path) -> None:
    written(tmp_path / "new", "young_people_at_school")
    for file in (tmp_path / "new").rglob("*.py"):
        assert max(map(len, file.read_text("utf-8").splitlines()), default=0) <= 88


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_was_written_and_what_to_do_next_is_told(
    tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "my settings"
    told = written(folder, "youth_care", "--lang", language)
    assert (told.code, told.err) == (0, "")
    assert f'  cd "{folder}"\n' in told.out
    assert "  rgcore plugins info youth_care\n" in told.out
    other = tmp_path / "other"
    data = written(other, "youth_care", "--json").data
    assert data["folder"] == str(other)
    assert data["files"] == sorted(
        path.relative_to(other).as_posix()
        for path in other.rglob("*")
        if path.is_file()
    )
    assert all(f"  {file}\n" in told.out for file in data["files"])
    assert data["next"][-1] == "rgcore plugins info youth_care"


def test_the_folder_is_named_after_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert rgcore("new", "setting", "youth_care").code == 0
    assert (tmp_path / "rgcore-setting-youth-care" / "pyproject.toml").is_file()


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert written(tmp_path / "new", "youth_care").code == 0


def test_a_folder_that_holds_anything_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    answer = written(tmp_path, "youth_care")
    assert (answer.code, answer.out) == (1, "")
    assert "[store.exists]" in answer.err
    assert contents(tmp_path) == {"mine.txt": b"mine"}
    answer = written(tmp_path / "mine.txt", "youth_care")
    assert (answer.code, answer.out) == (1, "")
    assert contents(tmp_path) == {"mine.txt": b"mine"}


NO_NAMES: Final = (
    "Youth",
    "youth-care",
    "1youth",
    "_youth",
    "youth_",
    "a__b",
    "",
    "é",
    "a.b",
    "../x",
    "a\n",
    "a" * 33,
)


@pytest.mark.parametrize("name", NO_NAMES)
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    answer = written(tmp_path / "new", name, "--json")
    assert (answer.code, answer.out) == (2, "")
    (problem,) = answer.error["problems"]
    assert (problem["code"], problem["path"]) == ("input.not_a_name", "NAME")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["goal", "rgcore", "fault", "setting", "training"])
def test_a_name_that_rgcore_uses_itself_is_refused(tmp_path: Path, name: str) -> None:
    answer = written(tmp_path / "new", name, "--json")
    assert answer.code == 2
    assert answer.error["problems"][0]["code"] == "input.name_taken"
    assert not (tmp_path / "new").exists()


def test_it_runs_as_a_program_in_a_poor_terminal(tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    out = ("--out", str(tmp_path / "café"))
    done = process("new", "setting", "youth_care", *out, env=env)
    assert (done.returncode, done.stderr) == (0, b"")
    plugin = tmp_path / "café" / "src" / "rgcore_setting_youth_care" / "plugin.py"
    assert "“{words}”" in plugin.read_text("utf-8")
