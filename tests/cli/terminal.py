"""Run `rgcore` in this process or as a program, and the ids of the case of Klaas."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from attrs import frozen

from rgcore.cli import main
from rgcore.cli.replay import Case
from rgcore.domain.ids import GroupId, PersonId
from rgcore.render.translation import DUTCH

Json = Any
"""Whatever JSON or TOML holds."""

CASE = Case.named("klaas")
GROUP: GroupId = CASE.group
KLAAS: PersonId = CASE.client
ESMEE = PersonId(CASE.alias("@esmee"))
TEAM = "fact-noord"

FORBIDDEN = re.compile(
    r"\b(openstaan\w*|achterstallig\w*|te laat|mislukt\w*|gefaald|verborgen"
    r"|owed|overdue|failed|hidden)\b",
    re.IGNORECASE,
)
"""What no text for a client or a relative says."""

RAW_CODE = re.compile(r"\b[a-z0-9]+(?:[_.][a-z0-9_]+)+\b")
"""A code that nobody translated, such as `goal.set` or `kick_off`."""


@frozen
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Json:
        """What it printed, as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> Json:
        """Its error, as JSON."""
        return json.loads(self.err)["error"]

    @property
    def all(self) -> str:
        """All that it printed."""
        return self.out + self.err


class _Stream(io.TextIOWrapper):
    """Text of a process: bytes behind it, as `sys.stdin` and `sys.stdout` have."""

    def __init__(self, content: bytes = b"") -> None:
        self.kept = io.BytesIO(content)
        super().__init__(self.kept, encoding="ascii", write_through=True)

    def said(self) -> str:
        return self.kept.getvalue().decode()


def rgcore(*arguments: str, stdin: bytes = b"") -> Answer:
    """Run a command in this process; what it raises but an exit goes on."""
    out, err = _Stream(), _Stream()
    before, sys.stdin = sys.stdin, _Stream(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = main(arguments)
            except SystemExit as left:
                code = int(left.code or 0)
    finally:
        sys.stdin = before
    return Answer(code, out.said(), err.said())


def process(
    *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a program."""
    return subprocess.run(
        [sys.executable, "-m", "rgcore", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **(env or {})},
        timeout=60,
    )


def words_of_the_case() -> set[str]:
    """Return all that somebody says in the case, and each name."""
    text = files("rgcore.cli.cases").joinpath("klaas.toml").read_text("utf-8")
    return set(_said(tomllib.loads(text)))


def _said(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _said(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in {"said", "written", "given"} and isinstance(item, str):
                yield item
            yield from _said(item)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder, by name."""
    return {p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file()}


@frozen
class Played:
    """A folder into which the case was played.

    Attributes:
        folder: Where.
        language: In which language it was told.
        told: What was told.
    """

    folder: Path
    language: str
    told: str

    @property
    def config(self) -> str:
        """The configuration."""
        return str(self.folder / "rgcore.toml")

    @property
    def story(self) -> str:
        """What was told, up to the list of files for whoever ran it."""
        end = "Alles wat" if self.language == DUTCH else "Everything that"
        return self.told.partition(end)[0]

    def page(self, name: str) -> str:
        """Return a page that was left."""
        return (self.folder / name).read_text(encoding="utf-8")

    def run(self, command: str, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run a command on this institution."""
        return rgcore(command, *arguments, "--config", self.config, stdin=stdin)

    def shown(self, command: str, *arguments: str, who: str = KLAAS) -> Answer:
        """Run a command about the group, as somebody."""
        return self.run(command, GROUP, "--as", who, *arguments)
