"""The kit as an author runs it: pytest in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any, Final

import pytest
from attrs import evolve, frozen

from installing import Fake
from rgcore.testing import RULES
from testing.exemplary import EXEMPLARY
from testing.making import fake, role

ZERO_FILES: Final = ("--pyargs", "rgcore.testing.suite", "--rg-setting", "example")

UNKIND: Final = fake("rg_roles", role(en="a failure"))
EXCUSED: Final = evolve(
    UNKIND, manifest={**UNKIND.manifest, "exempt": {"ST-24": "a word of the law"}}
)
NEEDLESS: Final = Fake(manifest={"exempt": {"ST-24": "a word of the law"}})


@frozen
class Bench:
    """A folder with tests in it, and settings installed beside.

    Attributes:
        folder: The folder.
    """

    folder: Path

    def install(self, *fakes: Fake) -> None:
        """Install settings."""
        for one in fakes:
            one.install(self.folder / "site")

    def write(self, text: str) -> None:
        """Write a module of tests."""
        head = "import pytest\nfrom rgcore.testing import SettingConformance\n\n"
        (self.folder / "test_ours.py").write_text(head + dedent(text), "utf-8")

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pytest in the folder."""
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q"]
        return subprocess.run(
            [*command, "-W", "error", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder / "site")},
            capture_output=True,
            check=False,
            encoding="utf-8",
            timeout=120,
        )

    def report(self, *arguments: str) -> list[dict[str, Any]]:
        """Run pytest and return what the report says of each class."""
        self.run(*arguments, "--rg-report", "report.json")
        text = (self.folder / "report.json").read_text("utf-8")
        found: list[dict[str, Any]] = json.loads(text)["settings"]
        return found


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give a folder."""
    return Bench(tmp_path)


def _outcomes(one: dict[str, Any]) -> dict[str, str]:
    return {row["number"]: row["outcome"] for row in one["rules"]}


def test_a_setting_is_proved_without_writing_a_file(bench: Bench) -> None:
    bench.install(EXEMPLARY)
    (bench.folder / "rgcore.toml").write_text("[settings.example]\ndays = 20\n")
    done = bench.run(*ZERO_FILES, "--rg-config", "rgcore.toml", "--rg-report", "r.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"reaches gold, claims gold: {len(RULES)} passed" in done.stdout
    (one,) = json.loads((bench.folder / "r.json").read_text("utf-8"))["settings"]
    assert set(_outcomes(one).values()) == {"passed"}
    assert len(one["warnings"]) == 2


def test_without_a_setting_the_suite_says_what_to_give(bench: Bench) -> None:
    done = bench.run("--pyargs", "rgcore.testing.suite")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "say which one with --rg-setting ID" in done.stderr


@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--rg-config", "nowhere.toml", "cannot be read as TOML"),
        ("--rg-report", "nowhere/report.json", "the folder of"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_before_anything_runs(
    bench: Bench, option: str, value: str, told: str
) -> None:
    done = bench.run(*ZERO_FILES, option, value)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert told in done.stderr


def test_a_failure_says_what_is_wrong_and_how_to_mend_it(bench: Bench) -> None:
    bench.install(UNKIND)
    done = bench.run(*ZERO_FILES)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "ST-24 Its words are kind." in done.stdout
    assert "  - example.cook, wording says “failure” (`en`)." in done.stdout
    assert "docs/reference/conformance.md#st-24" in done.stdout
    assert "Traceback" not in done.stdout


def test_what_is_taken_out_is_named_before_anything_runs(bench: Bench) -> None:
    bench.install(UNKIND)
    bench.write(
        """
        class TestDropping(SettingConformance):
            setting = "example"
            test_its_words_are_kind = None


        @pytest.mark.skip
        class TestSkipping(SettingConformance):
            setting = "example"


        class TestHiding(SettingConformance):
            setting = "example"
            __test__ = False


        class TestNothing(SettingConformance):
            pass
        """
    )
    done = bench.run()
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    for told in ("TestDropping drops ST-24", "TestSkipping", "TestHiding"):
        assert told in done.stderr
    assert "TestNothing names no setting" in done.stderr


def test_reasons_are_kept_apart(bench: Bench) -> None:
    bench.install(EXCUSED)
    bench.write(
        """
        def test_of_our_own():
            pass


        class TestExempt(SettingConformance):
            setting = "example"


        class TestExpected(SettingConformance):
            setting = "example"

            @pytest.mark.xfail(reason="we are at it", strict=True)
            def test_each_hook_answers_in_time(self, subject):
                assert not subject.setting
        """
    )
    exempt, expected = bench.report()
    assert _outcomes(exempt)["ST-24"] == "exempt"
    assert exempt["rules"][23]["reason"] == "a word of the law"
    assert exempt["reached"] == "gold"
    assert expected["rules"][11]["outcome"] == "failed"
    assert expected["rules"][11]["reason"] == "we are at it"
    assert expected["reached"] == "silver"


def test_an_exemption_of_a_rule_that_holds_is_a_failure(bench: Bench) -> None:
    bench.install(NEEDLESS)
    (one,) = bench.report(*ZERO_FILES)
    (failed,) = [row for row in one["rules"] if row["outcome"] == "failed"]
    assert failed["number"] == "ST-24"
    assert failed["reason"] == "It holds, and was expected not to."


def test_other_projects_pay_nothing(bench: Bench) -> None:
    (bench.folder / "test_other.py").write_text(
        "import sys\n\n\nclass TestOther:\n    def test(self):\n"
        "        ours = sorted(m for m in sys.modules if m.startswith('rgcore.'))\n"
        "        kit = 'rgcore.testing'\n"
        "        assert ours == [kit, f'{kit}.pytest_plugin']\n"
    )
    done = bench.run()
    assert done.returncode == 0, done.stdout
