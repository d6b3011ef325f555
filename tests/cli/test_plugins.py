"""`plugins list`, `info` and `doctor`: what is installed; none of it is imported."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from cli.terminal import Answer, Json, Played, process, rgcore
from installing import Fake, installed
from rgcore.plugins import API_VERSION, Catalogue

BOMB: Final = "raise SystemExit(7)"
"""Stands in a module that may not be imported."""

YOUTH: Final = Fake(
    id="youth",
    before=BOMB,
    manifest={
        "title": {"nl": "Jeugdhulp", "en": "Youth care"},
        "hooks": ["rg_rules"],
        "namespaces": ["youth", "young"],
        "replaces": ["clinician_at_kick_off"],
        "requires": ["family"],
        "conflicts": ["elderly"],
        "maturity": "silver",
        "support": "https://example.org/youth",
        "config": "fake_setting_youth.plugin:Config",
        "exempt": {"ST-12": "its list of schools is long"},
    },
)
LATER: Final = Fake(id="later", before=BOMB, manifest={"requires_api": ">=9,<10"})
BROKEN: Final = Fake(id="broken", before=BOMB, without=["hooks", "support"])
TWIN: Final = Fake(id="youth", before=BOMB, distribution="other-youth", version="2")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Path]:
    """Install several plugins; none of them may be imported."""
    with installed(tmp_path / "site", YOUTH, LATER, BROKEN):
        yield tmp_path
    packages = {fake.package for fake in (YOUTH, LATER, BROKEN)}
    assert not packages & {name.partition(".")[0] for name in sys.modules}


def enable(played: Played, toml: str) -> None:
    """Let the institution of a case enable settings."""
    file = Path(played.config)
    text = file.read_text("utf-8").partition("[settings]")[0]
    file.write_text(f"{text}[settings]\n{toml}\n", "utf-8")


def listed(answer: Answer, where: str = "settings") -> dict[str, Json]:
    """Return what was listed, by id."""
    return {one["id"]: one for one in answer.data[where]}


def test_each_plugin_is_listed_with_where_it_came_from(site: Path) -> None:
    del site
    youth = listed(rgcore("plugins", "list", "--json"))["youth"]
    assert youth == {
        "id": "youth",
        "title": {"nl": "Jeugdhulp", "en": "Youth care"},
        "distribution": "rgcore-setting-youth",
        "version": "1.2.3",
        "requires_api": ">=1.0,<2",
        "fits": True,
        "maturity": "silver",
        "enabled": None,
    }


@pytest.mark.parametrize(("language", "title"), [("nl", "Jeugdhulp"), ("en", "Youth")])
def test_the_list_is_read_in_each_language(
    site: Path, language: str, title: str
) -> None:
    del site
    told = rgcore("plugins", "list", "--lang", language)
    assert (told.code, told.err) == (0, "")
    assert f"youth  {title}" in told.out
    assert f">=9,<10: does not fit, this is {API_VERSION}" in told.out or (
        f">=9,<10: past niet, dit is {API_VERSION}" in told.out
    )


def test_one_that_is_for_another_api_is_listed_as_such(site: Path) -> None:
    del site
    assert listed(rgcore("plugins", "list", "--json"))["later"]["fits"] is False


@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_that_is_broken_is_listed_with_every_reason(
    site: Path, language: str
) -> None:
    del site
    asked = ("plugins", "list", "--lang", language)
    broken = listed(rgcore(*asked, "--json"), "broken")["broken"]
    paths = {problem["path"] for problem in broken["problems"]}
    assert {"hooks", "support"} <= paths
    out = rgcore(*asked).out
    assert all(problem["sentence"] in out for problem in broken["problems"])


def test_a_list_says_what_is_enabled_here(own: Played, site: Path) -> None:
    del site
    enable(own, 'enabled = ["youth", "broken"]')
    answer = own.run("plugins", "list", "--json")
    assert answer.data["configuration"] == own.config
    enabled = {id_: one["enabled"] for id_, one in listed(answer).items()}
    assert (enabled["youth"], enabled["later"]) == (True, False)
    assert listed(answer, "broken")["broken"]["enabled"] is True
    assert own.run("plugins", "list", "--lang", "en").out.count("Enabled here.") == 2


def test_nothing_that_is_installed_is_said_too(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Catalogue(found=(), broken=())
    monkeypatch.setattr(Catalogue, "discover", lambda: nothing)
    assert rgcore("plugins", "list", "--lang", "nl").out.startswith("Er zijn geen var")
    assert rgcore("plugins", "list", "--json").data["settings"] == []


def test_a_title_cannot_command_the_terminal(tmp_path: Path) -> None:
    fake = Fake(manifest={"title": {"nl": "x", "en": "a\u001b[2Jb\u202ec\nd"}})
    with installed(tmp_path / "site", fake):
        out = rgcore("plugins", "list", "--lang", "en").out
    assert "example  a [2Jb c d (bronze)" in out


def test_info_tells_everything_that_the_manifest_says(site: Path) -> None:
    del site
    data = rgcore("plugins", "info", "youth", "--json").data
    assert data["version"] == "1.2.3"
    assert data["hooks"] == ["rg_rules"]
    assert data["namespaces"] == ["youth", "young"]
    assert data["config"] == "fake_setting_youth.plugin:Config"
    assert data["exempt"] == {"ST-12": "its list of schools is long"}
    assert data["conformance"] is None
    out = rgcore("plugins", "info", "youth", "--lang", "en").out
    for said in (
        "Youth care (silver)",
        "rgcore-setting-youth 1.2.3",
        "https://example.org/youth",
        "rg_rules",
        "youth, young",
        "clinician_at_kick_off",
        "family",
        "elderly",
        "ST-12: its list of schools is long",
        "[settings.youth]",
        "fake_setting_youth.plugin:Config",
    ):
        assert said in out, said


def test_info_names_what_is_replaced_in_the_reader_s_language(site: Path) -> None:
    del site
    told = {
        language: rgcore("plugins", "info", "youth", "--lang", language).out
        for language in ("nl", "en")
    }
    lines = {
        line
        for out in told.values()
        for line in out.splitlines()
        if "clinician_at_kick_off: " in line
    }
    assert len(lines) == 2


def test_info_of_one_that_is_broken_says_why(site: Path) -> None:
    del site
    answer = rgcore("plugins", "info", "broken", "--json")
    assert answer.code == 1
    assert "hooks" in {problem["path"] for problem in answer.data["problems"]}
    assert rgcore("plugins", "info", "broken").code == 1


def test_info_of_an_unknown_id_names_the_nearest(site: Path) -> None:
    del site
    answer = rgcore("plugins", "info", "yuoth", "--json")
    assert (answer.code, answer.out) == (2, "")
    (problem,) = answer.error["problems"]
    assert problem["allowed"][0] == "youth"
    assert problem["path"] == "ID"
    assert "yuoth" not in answer.err


def test_list_and_info_run_as_programs_in_a_poor_terminal(site: Path) -> None:
    env = {"PYTHONPATH": str(site / "site" / "site-0"), "PYTHONIOENCODING": "ascii"}
    for command in ("list", "info youth", "doctor"):
        done = process("plugins", *command.split(), "--lang", "nl", env=env)
        assert (done.returncode, done.stderr) == (0, b""), command
        assert b"Jeugdhulp" in done.stdout or command == "doctor"


def todo(answer: Answer) -> dict[str, str]:
    """Return what is to be done, by the code of the first problem."""
    wrong = answer.data["wrong"]
    return {one["problems"][0]["code"]: one["todo"]["sentence"] for one in wrong}


def test_doctor_finds_nothing_wrong_with_a_plugin_that_fits(
    tmp_path: Path, own: Played
) -> None:
    with installed(tmp_path / "site", Fake()):
        enable(own, 'enabled = ["example"]')
        answer = own.run("plugins", "doctor", "--json")
        assert (answer.code, answer.data["wrong"]) == (0, [])
        assert own.run("plugins", "doctor", "--lang", "en").out.endswith(
            "\nNothing is wrong.\n"
        )
    facts = answer.data
    assert facts["python"] == sys.version.partition(" ")[0]
    assert {"rgcore", "api", "pluggy", "platform"} <= facts.keys()
    assert {"id": "example", "fits": True}.items() <= listed(answer)["example"].items()


NEEDING: Final[dict[str, tuple[str, str]]] = {
    "another version": ("attrs<1", "plugin.requirement_unmet"),
    "what is not there": ("no-such-package-xyz", "plugin.requirement_missing"),
    "nobody can read": ("== what ??", "plugin.unreadable"),
}


@pytest.mark.parametrize("name", NEEDING)
def test_doctor_tells_what_a_distribution_needs_and_does_not_have(
    tmp_path: Path, name: str
) -> None:
    needed, code = NEEDING[name]
    with installed(tmp_path / "site", Fake(requires=["rgcore", needed])):
        answer = rgcore("plugins", "doctor", "--json")
        told = rgcore("plugins", "doctor", "--lang", "nl").out
    assert answer.code == 1
    assert list(todo(answer)) == [code]
    assert "→ " in told


def test_doctor_takes_a_version_that_nobody_can_compare_for_another(
    tmp_path: Path,
) -> None:
    odd = Fake(id="odd", version="first-one")
    needing = Fake(requires=["rgcore-setting-odd>=1"])
    with installed(tmp_path / "site", odd, needing):
        answer = rgcore("plugins", "doctor", "--json")
    assert list(todo(answer)) == ["plugin.requirement_unmet"]


def test_doctor_asks_for_no_more_than_is_needed_here(tmp_path: Path) -> None:
    needed = [
        "no-such-a; python_version < '3'",
        "no-such-b; extra == 'testing'",
        "attrs>=1",
        "packaging",
    ]
    with installed(tmp_path / "site", Fake(requires=needed)):
        assert rgcore("plugins", "doctor").code == 0


def test_doctor_shows_no_password_of_a_requirement(tmp_path: Path) -> None:
    needed = "no-such-a @ https://me:geheim@example.org/x.whl"
    with installed(tmp_path / "site", Fake(requires=[needed])):
        answer = rgcore("plugins", "doctor", "--json")
    assert "plugin.requirement_missing" in todo(answer)
    assert "geheim" not in answer.all


def test_doctor_tells_of_plugins_that_cannot_be_used(tmp_path: Path) -> None:
    with installed(tmp_path / "site", YOUTH, TWIN, LATER, BROKEN):
        answer = rgcore("plugins", "doctor", "--json", "--lang", "en")
        told = rgcore("plugins", "doctor", "--lang", "en").out
    found = todo(answer)
    assert (answer.code, set(found)) == (
        1,
        {"plugin.duplicate", "plugin.manifest", "plugin.other_api"},
    )
    assert found["plugin.duplicate"].endswith("pip uninstall other-youth")
    assert "rgcore-setting-broken" in found["plugin.manifest"]
    assert told.count("→ ") == 3
    assert "· .:" not in told
    assert all(advice in told for advice in found.values())


def test_doctor_tells_what_is_wrong_with_what_is_enabled(
    own: Played, tmp_path: Path
) -> None:
    enabled = '["youth", "broken", "later", "nowhere", "youth"]'
    enable(own, f"enabled = {enabled}\n[settings.other]\nx = 1")
    with installed(tmp_path / "site", YOUTH, LATER, BROKEN):
        answer = own.run("plugins", "doctor", "--json")
    found = [one["problems"][0] for one in answer.data["wrong"]]
    where = {problem["code"]: problem["path"] for problem in found}
    assert where == {
        "plugin.manifest": "rgcore.toml",
        "plugin.other_api": "",
        "plugin.requires": "settings.enabled[0]",
        "config.unknown_setting": "settings.enabled[3]",
        "config.setting_twice": "settings.enabled[4]",
        "config.setting_not_enabled": "settings",
    }
    assert len(found) == len(where)
    assert own.config in todo(answer)["plugin.manifest"]
    assert all("{" not in advice for advice in todo(answer).values())


@pytest.mark.parametrize("content", [None, "[[", "[institution]\nid = 1\n", "\0"])
def test_doctor_looks_at_plugins_where_the_configuration_cannot_be_read(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "rgcore.toml"
    if content is not None:
        file.write_text(content, "utf-8")
    with installed(tmp_path / "site", LATER):
        answer = rgcore("plugins", "doctor", "--json", "--config", str(file))
        assert rgcore("plugins", "doctor", "--config", str(file)).code == 1
    assert answer.code == 1
    assert "plugin.other_api" in todo(answer)
    assert len(answer.data["wrong"]) == 2


def test_doctor_answers_where_the_file_system_does_not(tmp_path: Path) -> None:
    with installed(tmp_path / "site", LATER):
        answer = rgcore("plugins", "doctor", "--json", "--config", "x" * 5000)
    assert set(todo(answer)) == {"plugin.unreadable", "plugin.other_api"}


def test_doctor_needs_no_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = rgcore("plugins", "doctor", "--json")
    assert (answer.code, answer.data["configuration"]) == (0, None)


def test_doctor_answers_even_where_a_look_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(name: str) -> None:
        raise RuntimeError(name)

    monkeypatch.setattr("rgcore.cli.diagnosis.metadata.requires", fails)
    with installed(tmp_path / "site", LATER):
        answer = rgcore("plugins", "doctor", "--json")
    assert set(todo(answer)) == {"plugin.other_api", "plugin.unreadable"}
    assert "RuntimeError" in json.dumps(answer.data)


def reported(**more: Json) -> Json:
    """Return a report as the kit writes it, of two rules."""
    rules = [
        {"number": "ST-01", "level": "bronze", "outcome": "passed", "reason": ""},
        {
            "number": "ST-12",
            "level": "gold",
            "outcome": "exempt",
            "reason": "It is\nbig",
        },
    ]
    one = {"id": "example", "version": "1.2.3", "reached": "silver", "rules": rules}
    return {"schema": 1, "settings": [{"id": "other"}, {**one, **more}]}


@contextmanager
def shipping(folder: Path, report: bytes) -> Iterator[None]:
    """Install a plugin that ships a report."""
    with installed(folder, Fake(before=BOMB)):
        (folder / "site-0" / Fake().package / "conformance.json").write_bytes(report)
        yield


def test_info_shows_the_report_of_the_kit_that_a_plugin_ships(tmp_path: Path) -> None:
    report = reported()
    with shipping(tmp_path, json.dumps(report).encode()):
        data = rgcore("plugins", "info", "example", "--json").data
        out = rgcore("plugins", "info", "example", "--lang", "en").out
    assert data["conformance"] == report
    assert "Report of the kit on version 1.2.3: reaches silver.\n" in out
    assert "  exempt: 1, passed: 1\n" in out
    assert "  · ST-12 exempt: It is big\n" in out
    assert "not the version" not in out


def test_info_says_that_a_report_is_of_another_version(tmp_path: Path) -> None:
    report = json.dumps(reported(version="1.2.2", reached=None)).encode()
    with shipping(tmp_path, report):
        out = rgcore("plugins", "info", "example", "--lang", "en").out
    assert "version 1.2.2: reaches no level yet." in out
    assert "not the version that is installed" in out


REPORTS: Final[dict[str, Json]] = {
    "another's": {"settings": [{"id": "other"}]},
    "a list": [1],
    "no settings": {"settings": 3},
    "no rules": reported(rules={"x": 1}),
    "odd rules": reported(rules=[3, {}, {"outcome": ["x"], "number": {}}]),
    "odd level": reported(reached={"x": []}, version=[""]),
}


@pytest.mark.parametrize("name", REPORTS)
def test_info_takes_any_json_for_a_report(tmp_path: Path, name: str) -> None:
    with shipping(tmp_path, json.dumps(REPORTS[name]).encode()):
        answer = rgcore("plugins", "info", "example", "--json")
        assert rgcore("plugins", "info", "example").code == 0
    assert (answer.code, answer.data["conformance"]) == (0, REPORTS[name])


@pytest.mark.parametrize("report", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_info_does_without_a_report_that_cannot_be_read(
    tmp_path: Path, report: bytes
) -> None:
    with shipping(tmp_path, report):
        answer = rgcore("plugins", "info", "example", "--json")
        told = rgcore("plugins", "info", "example", "--lang", "en")
    assert (answer.code, answer.data["conformance"]) == (0, None)
    assert told.out.endswith("It ships no report of the kit.\n")
