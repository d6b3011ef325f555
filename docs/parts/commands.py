"""What fills the page of commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from parts.markdown import Lines, code_span, flat, table
from rgcore.cli.commands import COMMANDS, COMMON, Argument, Command
from rgcore.method import Method


def _common_arguments(method: Method) -> Lines:
    del method
    return _arguments(COMMON)


def _commands(method: Method) -> Lines:
    del method
    return flat(map(_command, COMMANDS))


def _command(command: Command) -> Iterator[str]:
    words = " ".join(command.words)
    yield from (f"## rgcore {words}", "", f"{_sentence(command.help)}", "")
    usage = " ".join(["rgcore", words, *map(_usage, command.arguments)])
    yield from ("```text", usage, "```", "")
    if command.arguments:
        yield from _arguments(command.arguments)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _usage(argument: Argument) -> str:
    shown = _shown(argument)
    optional = argument.names[0].startswith("-") or "nargs" in argument.options
    required = argument.options.get("required", not optional)
    return shown if required else f"[{shown}]"


def _shown(argument: Argument) -> str:
    name, options = argument.names[0], argument.options
    if options.get("action") == "store_true":
        return name
    choices = options.get("choices")
    value: str = "|".join(choices) if choices else options.get("metavar", "")
    return f"{name} {value}" if name.startswith("-") else value


def _arguments(arguments: Iterable[Argument]) -> Iterator[str]:
    return table(
        ("argument", "meaning"), ((code_span(_shown(a)), a.help) for a in arguments)
    )


PARTS = {"common": _common_arguments, "commands": _commands}
