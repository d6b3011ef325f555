"""Run a command and turn errors into sentences and exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from rgcore import __version__
from rgcore.cli.parser import build
from rgcore.errors import Fault, InputError, RgcoreError
from rgcore.render.translation import ENGLISH, LANGUAGES, translator

DONE: Final = 0
REFUSED: Final = 1
WRONG_INPUT: Final = 2
NOT_USABLE: Final = 3

_CODES: Final = {
    Fault.CALLER: REFUSED,
    Fault.INSTITUTION: NOT_USABLE,
    Fault.STORE: NOT_USABLE,
    Fault.PLUGIN: NOT_USABLE,
    Fault.RGCORE: NOT_USABLE,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `rgcore` and return its exit code.

    0: done. 1: refused, or `verify` found something. 2: the input or the command
    is wrong. 3: the configuration, the keys or the store cannot be used.

    Args:
        arguments: What stands behind `rgcore`; that of the process by default.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    _use_utf8()
    language = _language(given)
    options = build(translator(language), __version__).parse_args(given)
    try:
        code: int = import_module(options.module).run(options)
        sys.stdout.flush()
    except RgcoreError as error:
        return _told(error, options, language)
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return REFUSED
    return code


def _told(error: RgcoreError, options: argparse.Namespace, language: str) -> int:
    report = import_module("rgcore.cli.report")
    language = options.lang or _of_institution(options) or language
    as_json = getattr(options, "as_json", False) or hasattr(options, "source")
    print(report.error_text(error, language, as_json=as_json), file=sys.stderr)
    is_input = isinstance(error, InputError) and error.fault is Fault.CALLER
    return WRONG_INPUT if is_input else _CODES[error.fault]


def _of_institution(options: argparse.Namespace) -> str | None:
    """Return the language of the institution, if its file can be read at all."""
    try:
        return str(import_module("rgcore.cli.session").language(options))
    except (RgcoreError, OSError):
        return None


def _language(given: list[str]) -> str:
    """Return the language asked for, before anything else is read."""
    for word, following in zip(given, [*given[1:], ""], strict=True):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    return ENGLISH


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
