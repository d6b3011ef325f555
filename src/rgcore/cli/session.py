"""What commands share: opening the institution, and who is asking."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rgcore.access import View
from rgcore.domain.actor import CARE, OPERATION, OWN_GROUP, Actor
from rgcore.domain.findings import Refused
from rgcore.domain.ids import Code, PersonId
from rgcore.errors import InputError, Problem
from rgcore.institution import Config, Institution, open_institution, read_config
from rgcore.institution.config import with_databases
from rgcore.institution.opening import CONFIG_FILE
from rgcore.method import Method
from rgcore.render.translation import DUTCH


def config_file(options: argparse.Namespace) -> str:
    """Return the TOML file to use: the one given, that of the environment, ours."""
    given: str | None = options.config
    # The command line is where the environment comes in; the library never asks.
    return given or os.environ.get("RGCORE_CONFIG") or CONFIG_FILE  # noqa: TID251


def file_there(options: argparse.Namespace) -> Path | None:
    """Return the TOML file to use if it is there: some commands do without."""
    file = Path(config_file(options))
    return file if file.exists() else None


@contextmanager
def institution(options: argparse.Namespace) -> Iterator[Institution]:
    """Open the institution that a command is about.

    A refusal is said after it was closed, in the words of the method that refused:
    those are noted beside the options.
    """
    with open_institution(config_file(options), store=options.store) as opened:
        try:
            yield opened
        except Refused:
            options.method = spoken(options, opened)
            raise


def spoken(options: argparse.Namespace, opened: Institution) -> Method:
    """Return the method in whose words findings are said.

    Args:
        options: What was given: a group, if the command is about one.
        opened: The institution.
    """
    group: str | None = getattr(options, "group", None)
    return opened.method if group is None else opened.method_of(group)


def configured(options: argparse.Namespace) -> Config:
    """Return the configuration that a command goes by."""
    config = read_config(Path(config_file(options)))
    return with_databases(config, options.store, None)


def language(options: argparse.Namespace) -> str:
    """Return the language to print in."""
    if options.lang:
        return str(options.lang)
    return read_config(Path(config_file(options))).institution.language


def language_here(options: argparse.Namespace) -> str:
    """Return the language to print in where there need not be a configuration."""
    return language(options) if options.lang or file_there(options) else DUTCH


def operator(options: argparse.Namespace) -> Actor:
    """Return the operator who is asking, with their reason if one was given.

    Args:
        options: What was given.
    """
    because = getattr(options, "because", None)
    return Actor(
        who=PersonId(options.who),
        purpose=OPERATION,
        because=Code(because) if because else None,
    )


def actor(options: argparse.Namespace, opened: Institution) -> Actor:
    """Return who is asking, and why.

    Args:
        options: What was given.
        opened: Knows who is staff: they come for care, others for their own group.
    """
    who = PersonId(options.who)
    usual = CARE if opened.directory.find(who) else OWN_GROUP
    for_whom = getattr(options, "on_behalf_of", None)
    because = getattr(options, "because", None)
    return Actor(
        who=who,
        purpose=Code(options.purpose) if options.purpose else usual,
        on_behalf_of=PersonId(for_whom) if for_whom else None,
        because=Code(because) if because else None,
    )


def view(options: argparse.Namespace, opened: Institution) -> View:
    """Return what the asker may see of the group they named."""
    return opened.view(options.group, actor(options, opened))


def number(options: argparse.Namespace) -> str:
    """Return a number that was given, or read it: a command stays in its history."""
    if options.number == "-":
        return sys.stdin.readline().strip()
    return str(options.number)


def day(given: str | None, usual: date, path: str) -> date:
    """Return the day that was given as text.

    Args:
        given: Such as `2025-02-24`.
        usual: What holds if nothing was given.
        path: What the argument is called.

    Raises:
        InputError: It is no date.
    """
    if given is None:
        return usual
    try:
        return date.fromisoformat(given)
    except ValueError:
        pass
    raise InputError([Problem("input.wrong_type", path, ["YYYY-MM-DD"])])
