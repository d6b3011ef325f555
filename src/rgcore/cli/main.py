"""Run a command and turn errors into sentences and exit codes."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from rgcore import __version__
from rgcore.cli.parser import build, spelled_out
from rgcore.errors import Fault, InputError, RgcoreError, StoreUnavailable
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
    try:
        return _answer(given)
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _say_no_more()
        return DONE
    except KeyboardInterrupt:
        return REFUSED


def _answer(given: list[str]) -> int:
    language = _language(given)
    try:
        parser = build(translator(language), __version__)
        options = parser.parse_args(spelled_out(given))
    finally:
        # `--help` leaves by itself.
        sys.stdout.flush()
    try:
        return _run(options)
    except RgcoreError as error:
        return _told(error, options, language)


def _run(options: argparse.Namespace) -> int:
    """Run a command; what nobody foresaw becomes an error of ours.

    A traceback could show what somebody said.
    """
    try:
        code: int = import_module(options.module).run(options)
        sys.stdout.flush()
    except (RgcoreError, BrokenPipeError):
        raise
    except OSError as error:
        kind = type(error).__name__
        if error.filename is None:
            _say_no_more()
            raise _unexpected(error) from None
        raise StoreUnavailable(file=error.filename, kind=kind) from None
    except Exception as error:  # noqa: BLE001 - the last door before the terminal
        raise _unexpected(error) from None
    return code


def _unexpected(error: Exception) -> RgcoreError:
    """Return kind and place of an error that nobody foresaw, without its values."""
    trace, where = error.__traceback__, ""
    while trace is not None:
        file = trace.tb_frame.f_globals.get("__name__", "")
        if file.startswith("rgcore."):
            where = f"{file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return RgcoreError(kind=type(error).__name__, where=where)


def _say_no_more() -> None:
    """Send what is still to be written nowhere; Python would complain at exit."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: RgcoreError, options: argparse.Namespace, language: str) -> int:
    report = import_module("rgcore.cli.report")
    language = options.lang or _of_institution(options) or language
    as_json = getattr(options, "as_json", False) or hasattr(options, "source")
    method = getattr(options, "method", None)
    told = report.error_text(error, language, as_json=as_json, method=method)
    print(told, file=sys.stderr)
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
    for word, following in zip(given, [*given, ""][1:], strict=True):
        asked = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and asked in LANGUAGES:
            return asked
    return ENGLISH


def _use_utf8() -> None:
    """Speak UTF-8 whatever the terminal is set to, and read it with or without BOM.

    What is read and is no UTF-8 comes in as half surrogates, which the door refuses.
    """
    streams = (
        (sys.stdin, "utf-8-sig", "surrogateescape"),
        (sys.stdout, "utf-8", "replace"),
        (sys.stderr, "utf-8", "replace"),
    )
    for stream, encoding, errors in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=encoding, errors=errors)
