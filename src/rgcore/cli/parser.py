"""Build the argument parser from the table of commands."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from rgcore.cli.commands import COMMANDS, COMMON, Argument, Command, Translate


def build(translate: Translate, version: str) -> argparse.ArgumentParser:
    """Return the parser of the whole command line.

    Args:
        translate: Gives help in the reader's language.
        version: What `--version` prints.
    """
    parser = argparse.ArgumentParser(
        prog="rgcore",
        description=translate(
            "Keep resource groups: people whom a client of care chose themselves."
        ),
        epilog=translate(
            "rgcore is not for emergencies and is no medical device: it records, "
            "shows and reminds."
        ),
    )
    parser.add_argument("--version", action="version", version=f"rgcore {version}")
    branches = parser.add_subparsers(
        metavar=translate("COMMAND"), dest="command", required=True
    )
    families: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for command in COMMANDS:
        place = branches
        if len(command.words) > 1:
            place = _family(command, branches, families, translate)
        _add(place, command, translate)
    return parser


def _family(
    command: Command,
    branches: argparse._SubParsersAction[argparse.ArgumentParser],
    families: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]],
    translate: Translate,
) -> argparse._SubParsersAction[argparse.ArgumentParser]:
    name = command.words[0]
    if name not in families:
        parent = branches.add_parser(name, help=translate(command.help))
        families[name] = parent.add_subparsers(
            metavar=translate("COMMAND"), dest=f"{name}_command", required=True
        )
    return families[name]


def _add(
    place: argparse._SubParsersAction[argparse.ArgumentParser],
    command: Command,
    translate: Translate,
) -> None:
    text = translate(command.help)
    parser = place.add_parser(command.words[-1], help=text, description=text)
    _arguments(parser, (*command.arguments, *COMMON), translate)
    parser.set_defaults(module=command.module)


def _arguments(
    parser: argparse.ArgumentParser,
    arguments: Sequence[Argument],
    translate: Translate,
) -> None:
    for argument in arguments:
        parser.add_argument(
            *argument.names, help=translate(argument.help), **argument.options
        )
