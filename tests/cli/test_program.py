"""`rgcore` as a program of its own: encodings, pipes, signals' exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import BinaryIO

import pytest

from cli.terminal import ESMEE, GROUP, KLAAS, TEAM, Played, process

ASCII = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}


def test_the_program_is_installed_under_its_name() -> None:
    program = Path(sysconfig.get_path("scripts")) / "rgcore"
    answer = subprocess.run([program, "--version"], capture_output=True, check=True)
    assert answer.stdout.startswith(b"rgcore ")


def test_every_command_runs_as_a_program_in_a_poor_terminal(own: Played) -> None:
    group = (GROUP, "--as", KLAAS, "--config", own.config)
    change = {
        "type": "success.add",
        "success": "s-new",
        "by": KLAAS,
        "words": {"subject": KLAAS, "said": "Café, thuis — “fijn”"},
    }
    commands = [
        ("show", *group),
        ("owed", *group, "--coming"),
        ("timeline", *group),
        ("record", *group, "--json", "-"),
        ("attention", "--as", ESMEE, "--team", TEAM, "--config", own.config),
        ("verify", "--config", own.config),
        ("method", "show"),
        ("method", "adopt", *group),
        ("plugins", "check", "--config", own.config),
    ]
    for command in commands:
        answer = process(*command, stdin=json.dumps(change).encode(), env=ASCII)
        assert (answer.returncode, answer.stderr) == (0, b""), command
        assert answer.stdout.decode("utf-8"), command


def test_init_and_start_run_as_a_program_in_a_poor_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "café"
    assert process("init", str(folder), env=ASCII).returncode == 0
    asked = ("start", "--as", "s-1", "--supporter", "s-1", "--team", "team-1")
    config = ("--config", str(folder / "rgcore.toml"))
    begun = process(*asked, *config, stdin="Zoë\n".encode(), env=ASCII)
    assert begun.returncode == 0
    assert "Cliënt: " in begun.stdout.decode()
    # As an old Windows terminal would send it.
    refused = process(*asked, *config, stdin="Zoë\n".encode("cp1252"), env=ASCII)
    assert refused.returncode == 2
    assert b"[input.forbidden_characters]" in refused.stderr
    assert b"Zo" not in refused.stderr


def test_demo_runs_as_a_program(tmp_path: Path) -> None:
    answer = process("demo", "klaas", "--out", str(tmp_path / "x"), env=ASCII)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert "→ De regieondersteuner is er nu niet." in answer.stdout.decode()


@pytest.mark.parametrize("config", ["nowhere.toml", "."])
def test_an_error_is_a_sentence_and_an_exit_code(tmp_path: Path, config: str) -> None:
    asked = ("verify", "--config", str(tmp_path / config), "--lang", "nl")
    answer = process(*asked, env=ASCII)
    assert (answer.returncode, answer.stdout) == (3, b"")
    assert answer.stderr.startswith(b"rgcore: De configuratie kan niet gebruikt")


def _written_to(
    stream: BinaryIO, program: list[str]
) -> subprocess.CompletedProcess[bytes]:
    """Run a program that buffers its output, as it does where nobody says otherwise."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONUNBUFFERED"}
    return subprocess.run(
        program, stdout=stream, stderr=subprocess.PIPE, check=False, timeout=60, env=env
    )


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX pipe")
@pytest.mark.parametrize("command", ["--help", "method show --json"])
def test_a_reader_who_has_seen_enough_is_no_error(command: str) -> None:
    read, write = os.pipe()
    os.close(read)
    program = [sys.executable, "-m", "rgcore", *command.split()]
    with os.fdopen(write, "wb") as closed:
        answer = _written_to(closed, program)
    assert (answer.returncode, answer.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device")
def test_a_full_disk_behind_the_output_is_told_without_a_traceback() -> None:
    program = [sys.executable, "-m", "rgcore", "method", "show"]
    with Path("/dev/full").open("wb") as full:
        answer = _written_to(full, program)
    assert answer.returncode == 3
    assert b"Traceback" not in answer.stderr
    assert b"OSError" in answer.stderr
