"""Build the argument parser from the table of commands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final, NoReturn

from rgcore.cli.commands import (
    COMMANDS,
    COMMON,
    FAMILIES,
    Argument,
    Command,
    Translate,
)

_REPEATING: Final = ("unrecognized arguments: ", "ignored explicit argument ")


class _Parser(argparse.ArgumentParser):
    """A parser that does not repeat values: a name may be among them."""

    def error(self, message: str) -> NoReturn:
        """Print how the command is used and what is wrong, and leave with 2."""
        super().error(_without_values(message))


def _without_values(message: str) -> str:
    for start in _REPEATING:
        before, found, values = message.partition(start)
        if found:
            names = [w.partition("=")[0] for w in values.split() if w.startswith("--")]
            return before + start + " ".join(names or ["…"])
    before, found, _ = message.partition(" value: ")
    return f"{before} value" if found else message


def spelled_out(given: Sequence[str]) -> list[str]:
    """Return what was given, with `erase GROUP --dry-run` spelled out as `erase plan`.

    Args:
        given: What stands behind `rgcore`.
    """
    words = list(given)
    known = {command.words[1] for command in COMMANDS if command.words[0] == "erase"}
    if "erase" in words and "--dry-run" in words:
        behind = words.index("erase") + 1
        if words[behind] not in known:
            words.insert(behind, "plan")
    return words


def build(translate: Translate, version: str) -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    Args:
        translate: Gives help in the reader's language.
        version: What `--version` prints.
    """
    parser = _Parser(
        prog="rgcore",
        allow_abbrev=False,
        description=translate(
            "Keep resource groups: people whom a client of care chose themselves."
        ),
        epilog=translate(
            "rgcore is not for emergencies and is no medical device: it records, "
            "shows and reminds."
        ),
    )
    parser.add_argument("--version", action="version", version=f"rgcore {version}")
    _arguments(parser, COMMON, translate)
    branches = parser.add_subparsers(
        metavar=translate("COMMAND"), dest="command", required=True
    )
    families: dict[str, argparse._SubParsersAction[_Parser]] = {}
    for command in COMMANDS:
        place = branches
        if len(command.words) > 1:
            place = _family(command, branches, families, translate)
        _add(place, command, translate)
    return parser


def _family(
    command: Command,
    branches: argparse._SubParsersAction[_Parser],
    families: dict[str, argparse._SubParsersAction[_Parser]],
    translate: Translate,
) -> argparse._SubParsersAction[_Parser]:
    name = command.words[0]
    if name not in families:
        text = translate(FAMILIES[name])
        parent = branches.add_parser(
            name, help=text, description=text, allow_abbrev=False
        )
        families[name] = parent.add_subparsers(
            metavar=translate("COMMAND"), dest=f"{name}_command", required=True
        )
    return families[name]


def _add(
    place: argparse._SubParsersAction[_Parser],
    command: Command,
    translate: Translate,
) -> None:
    text = translate(command.help)
    parser = place.add_parser(
        command.words[-1], help=text, description=text, allow_abbrev=False
    )
    _arguments(parser, command.arguments, translate)
    # Given before the command or behind it: what stands behind wins.
    _arguments(parser, COMMON, translate, default=argparse.SUPPRESS)
    parser.set_defaults(module=command.module)


def _arguments(
    parser: argparse.ArgumentParser,
    arguments: Sequence[Argument],
    translate: Translate,
    **more: str,
) -> None:
    for argument in arguments:
        options = {**argument.options, **more}
        parser.add_argument(*argument.names, help=translate(argument.help), **options)
