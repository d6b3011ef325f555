"""Each command on its own: exit codes, JSON and languages."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

import rgcore as library
from cli.terminal import (
    ESMEE,
    FORBIDDEN,
    GROUP,
    KLAAS,
    RAW_CODE,
    TEAM,
    Json,
    Played,
    rgcore,
)
from rgcore.cli.commands import COMMANDS, Command
from rgcore.cli.report import error_text
from rgcore.domain.findings import Effect, Finding, Rank, Refused, decide
from rgcore.domain.ids import Code

SUCCESS = {
    "type": "success.add",
    "success": "success-new",
    "by": KLAAS,
    "words": {"subject": KLAAS, "said": "Vandaag zelf gekookt."},
}

JSON_COMMANDS: dict[str, tuple[str, ...]] = {
    "show": ("show", GROUP, "--as", KLAAS, "--json"),
    "owed": ("owed", GROUP, "--as", KLAAS, "--coming", "--json"),
    "timeline": ("timeline", GROUP, "--as", KLAAS, "--json"),
    "attention": ("attention", "--as", ESMEE, "--team", TEAM, "--json"),
    "verify": ("verify", "--json"),
    "verify one": ("verify", GROUP, "--json"),
    "method show": ("method", "show", "--json"),
    "plugins list": ("plugins", "list", "--json"),
    "plugins check": ("plugins", "check", "--json"),
    "plugins doctor": ("plugins", "doctor", "--json"),
}


def _without_prose(value: Json) -> Json:
    """Return JSON without sentences, and without the line of the access log."""
    if isinstance(value, dict):
        prose = {"sentence", "log_id"}
        return {k: _without_prose(v) for k, v in value.items() if k not in prose}
    if isinstance(value, list):
        return [_without_prose(item) for item in value]
    return value


@pytest.mark.parametrize("name", JSON_COMMANDS)
def test_json_is_the_same_in_each_language_but_for_sentences(
    dutch: Played, name: str
) -> None:
    command = JSON_COMMANDS[name]
    first, again, other = (
        dutch.run(*command, "--lang", language) for language in ("nl", "nl", "en")
    )
    assert (first.code, first.err) == (0, "")
    assert _without_prose(first.data) == _without_prose(again.data)
    assert _without_prose(first.data) == _without_prose(other.data)
    if name in {"owed", "timeline"}:
        assert first.out != other.out


@pytest.mark.parametrize("name", JSON_COMMANDS)
def test_the_language_changes_what_people_read(dutch: Played, name: str) -> None:
    command = [word for word in JSON_COMMANDS[name] if word != "--json"]
    in_dutch, in_english = (
        dutch.run(*command, "--lang", language) for language in ("nl", "en")
    )
    assert (in_dutch.code, in_english.code) == (0, 0)
    assert in_dutch.err == in_english.err == ""
    # Ids and dates alone are read the same everywhere.
    assert (in_dutch.out == in_english.out) is (name == "attention")


@pytest.mark.parametrize("command", ["show", "owed", "timeline"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_pages_neither_blame_nor_show_codes(
    dutch: Played, command: str, language: str
) -> None:
    page = dutch.shown(command, "--lang", language).out
    assert page.strip()
    assert FORBIDDEN.findall(page) == []
    assert RAW_CODE.findall(page) == []


def test_the_language_of_the_institution_holds_unless_another_is_asked_for(
    own: Played,
) -> None:
    assert own.shown("owed").out.startswith("Volgende stappen\n")
    assert own.shown("owed", "--lang", "en").out.startswith("Next steps\n")
    toml = Path(own.config)
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('= "nl"', '= "en"'), encoding="utf-8")
    assert own.shown("owed").out.startswith("Next steps\n")


def test_language_and_configuration_may_stand_before_the_command(
    dutch: Played,
) -> None:
    common = ("--lang", "en", "--config", dutch.config)
    answer = rgcore(*common, "owed", GROUP, "--as", KLAAS)
    assert answer.out.startswith("Next steps\n")
    behind = rgcore(*common, "owed", GROUP, "--as", KLAAS, "--lang", "nl")
    assert behind.out.startswith("Volgende stappen\n")


def test_the_configuration_is_found_by_the_environment(
    dutch: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RGCORE_CONFIG", dutch.config)
    assert rgcore("verify").code == 0


def test_owed_tells_of_today_and_if_asked_of_later(dutch: Played) -> None:
    today = dutch.shown("owed", "--json").data
    assert [one["code"] for one in today["owed"]] == [
        "standard_themes_offered",
        "next_meeting",
        "supporter_vacancy",
    ]
    assert set(today) == {"owed"}
    later = dutch.shown("owed", "--coming", "--json").data
    assert [one["code"] for one in later["coming"]] == [
        "rhythm_with_tolerance",
        "come_back_to_it",
        "goal_looked_back_on",
        "yearly_evaluation",
    ]


def test_attention_lists_ids_and_dates_only(dutch: Played) -> None:
    answer = dutch.run("attention", "--as", ESMEE, "--team", TEAM)
    assert answer.out == f"2026-02-24  {GROUP}\n"


def test_attention_on_a_day_on_which_nothing_is_open(dutch: Played) -> None:
    asked = ("attention", "--as", ESMEE, "--team", TEAM, "--on", "2026-02-23")
    assert dutch.run(*asked).out == "Nu even niets.\n"
    assert dutch.run(*asked, "--json").data["groups"] == []


def test_attention_is_for_the_team(dutch: Played) -> None:
    for who, team in ((KLAAS, TEAM), (ESMEE, "other-team")):
        answer = dutch.run("attention", "--as", who, "--team", team)
        assert (answer.code, answer.out) == (1, "")
        assert "[access.not_for_you]" in answer.err


@pytest.mark.parametrize("command", ["show", "owed", "timeline"])
def test_an_unknown_group_and_a_stranger_get_the_same_answer(
    dutch: Played, command: str
) -> None:
    stranger = dutch.run(command, GROUP, "--as", "nobody")
    nowhere = dutch.run(command, "nowhere", "--as", KLAAS)
    assert stranger == nowhere
    assert (stranger.code, stranger.out) == (1, "")
    assert "[access.not_available]" in stranger.err


def test_the_supporter_who_left_sees_nothing_any_more(dutch: Played) -> None:
    assert dutch.shown("show", who=ESMEE).code == 1


def test_verify_counts_groups_and_faults(dutch: Played) -> None:
    told = dutch.run("verify", "--lang", "en").out
    assert told.startswith("Groups checked: 1. Faults found: 0.\n")
    data = dutch.run("verify", "--json").data
    assert (data["groups"], data["faults"]) == (1, [])
    assert dutch.run("verify", "nowhere").code == 1


def _tamper(played: Played) -> None:
    connection = sqlite3.connect(played.folder / "klaas.db")
    tables = [n for (n,) in connection.execute("SELECT name FROM sqlite_master")]
    journal = next(name for name in tables if "journal" in name or "entr" in name)
    with connection:
        connection.execute(f"DELETE FROM {journal} WHERE seq = 7")  # noqa: S608
    connection.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_verify_names_the_row_that_is_gone_and_exits_with_1(
    own: Played, language: str
) -> None:
    _tamper(own)
    told = own.run("verify", "--lang", language)
    assert told.code == 1
    assert told.out.count("\n") >= 2
    data = own.run("verify", "--lang", language, "--json")
    assert data.code == 1
    assert data.data["faults"]
    assert {"group", "row", "code", "sentence"} == set(data.data["faults"][0])
    assert any(fault["row"] in {7, 8} for fault in data.data["faults"])
    assert "{" not in told.out


def test_init_start_record_and_show_go_on_from_one_another(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = rgcore("init", str(folder), "--institution", "ggz-1", "--lang", "en")
    assert (made.code, made.err) == (0, "")
    config = ("--config", str(folder / "rgcore.toml"))
    begun = rgcore(
        *("start", "--as", "s-1", "--supporter", "s-1", "--team", "team-1", "--json"),
        *config,
        stdin="\ufeffJosé\r\n".encode(),
    )
    assert begun.code == 0
    group, client = begun.data["group"], begun.data["client"]
    assert begun.data["seq"] == 1
    goal = {
        "type": "goal.set",
        "goal": "goal-1",
        "term": "long",
        "dimension": "personal",
        "words": {"subject": client, "said": "Weer zingen"},
    }
    recorded = rgcore(
        *("record", group, "--as", "s-1", "--on-behalf-of", client),
        *("--because", "at_the_table", "--json", "-"),
        *config,
        stdin=json.dumps(goal).encode(),
    )
    assert (recorded.code, recorded.data["seq"]) == (0, 2)
    plan = rgcore("show", group, "--as", client, *config)
    assert plan.out.startswith("# The plan of José\n")
    assert "### Weer zingen" in plan.out


def test_start_says_which_ids_it_gave(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    rgcore("init", str(folder))
    answer = rgcore(
        *("start", "--as", "s-1", "--supporter", "s-1", "--team", "team-1"),
        *("--client-name", "Jan", "--config", str(folder / "rgcore.toml")),
    )
    assert answer.out.startswith("Groep: ")
    assert "\nCliënt: " in answer.out


def test_init_leaves_what_is_there(dutch: Played) -> None:
    answer = rgcore("init", str(dutch.folder))
    assert (answer.code, answer.out) == (1, "")
    assert "[store.exists]" in answer.err


def test_record_takes_a_file_a_list_and_input(own: Played, tmp_path: Path) -> None:
    file = tmp_path / "change.json"
    # As Notepad and PowerShell save it.
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps({**SUCCESS, "id": "c-a"}).encode())
    assert own.shown("record", "--json", str(file)).data["recorded"] == ["c-a"]
    several = [
        {**SUCCESS, "id": "c-b", "success": "success-b"},
        {**SUCCESS, "success": "success-c"},
    ]
    answer = own.run(
        *("record", GROUP, "--as", KLAAS, "--json", "-"),
        stdin=json.dumps(several).encode(),
    )
    assert answer.data["recorded"][0] == "c-b"
    assert len(answer.data["recorded"]) == 2


def test_the_same_record_again_adds_nothing(own: Played) -> None:
    asked = ("record", GROUP, "--as", KLAAS, "--json", "-")
    change = json.dumps({**SUCCESS, "id": "c-a"}).encode()
    first, again = (own.run(*asked, stdin=change) for _ in range(2))
    assert (first.code, again.code) == (0, 0)
    assert again.data["recorded"] == []
    assert again.data["seq"] == first.data["seq"]


def test_check_says_what_would_be_decided_and_records_nothing(own: Played) -> None:
    change = json.dumps(SUCCESS).encode()
    asked = ("record", GROUP, "--as", KLAAS, "--json", "-", "--check")
    answer = own.run(*asked, stdin=change)
    assert (answer.code, answer.data["allowed"]) == (0, True)
    gone = json.dumps({**SUCCESS, "by": "nobody"}).encode()
    refused = own.run(*asked, stdin=gone)
    assert (refused.code, refused.data["allowed"]) == (1, False)
    assert refused.data["blocking"][0]["sentence"]
    assert "Vandaag zelf gekookt" not in own.shown("show").out


def test_others_who_touched_the_same_since_are_told(own: Played) -> None:
    change = json.dumps(
        {
            "type": "goal.set_status",
            "goal": _goal(own),
            "status": "resting",
        }
    ).encode()
    answer = own.run(
        *("record", GROUP, "--as", KLAAS, "--json", "-", "--seen", "1"), stdin=change
    )
    assert answer.code == 1
    assert answer.error["code"] == "record.conflict"


def _goal(played: Played) -> str:
    goals = played.shown("show", "--json").data["group"]["goals"]
    return str(goals[0]["id"])


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_refusal_says_every_reason_and_how_to_go_on(language: str) -> None:
    against = [
        Finding(
            code=Code("scale_up_before_scale_down"),
            rank=Rank.METHOD,
            effect=Effect.NEEDS_OVERRIDE,
            params=(("lacks", lacks),),
        )
        for lacks in ("receiver", "scale_up_agreement")
    ]
    text = error_text(Refused(decide(against)), language, as_json=False)
    lines = text.splitlines()
    assert len(lines) == 4
    assert lines[0].endswith("[record.refused]")
    assert all(line.endswith("[scale_up_before_scale_down]") for line in lines[1:3])
    assert "--override scale_up_before_scale_down=" in lines[3]
    assert RAW_CODE.search(lines[1].partition(" [")[0]) is None


def test_method_show_needs_no_institution() -> None:
    assert rgcore("method", "show", "--config", "/nowhere/rgcore.toml").code == 0


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: " ".join(c.words))
def test_help_is_there_in_each_language(command: Command, language: str) -> None:
    answer = rgcore(*command.words, "--help", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    assert "--config" in answer.out
    assert ("taal van wat" in answer.out) is (language == "nl")


@pytest.mark.parametrize("words", [(), ("method",), ("--lang", "nl")])
def test_a_missing_command_is_told_with_the_usage(words: tuple[str, ...]) -> None:
    answer = rgcore(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("usage: rgcore ")


def test_the_version_is_told() -> None:
    assert rgcore("--version").out == f"rgcore {library.__version__}\n"


def test_options_cannot_be_abbreviated(dutch: Played) -> None:
    answer = dutch.shown("owed", "--com")
    assert answer.code == 2
    assert "unrecognized arguments: --com" in answer.err
