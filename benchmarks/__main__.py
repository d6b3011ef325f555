"""Command line of the benchmarks. It reports; it never fails on a figure."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks import report
from benchmarks.cases import CASES, Case

ROUNDS = 25
_PACKAGES = (
    "attrs",
    "cattrs",
    "cryptography",
    "eventsourcing",
    "msgspec",
    "orjson",
    "pydantic",
    "rgcore",
    "sqlalchemy",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the cases asked for and print each when it is done."""
    options = _parser().parse_args(arguments)
    cases: list[Case] = options.cases or list(CASES.values())
    print(_heading(options.rounds))
    results: dict[str, Any] = {}
    for case in cases:
        result = report.run(case, options.rounds)
        results[case.code] = report.plain(result)
        print(f"\n{report.markdown(result)}", flush=True)
    if options.json:
        _write(options.json, {"setup": _setup(options.rounds), "cases": results})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "cases",
        nargs="*",
        type=_case,
        metavar="CASE",
        help=f"any of {', '.join(CASES)}; all by default",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures too")
    parser.add_argument("--rounds", type=_rounds, default=ROUNDS, help="default: 25")
    return parser


def _case(text: str) -> Case:
    try:
        return CASES[text.upper()]
    except KeyError:
        message = f"unknown case {text!r}; there are {', '.join(CASES)}"
        raise argparse.ArgumentTypeError(message) from None


def _rounds(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        message = "rounds are counted from 1"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _heading(rounds: int) -> str:
    setup = _setup(rounds)
    packages = ", ".join(f"{name} {found}" for name, found in setup["packages"].items())
    return (
        f"Python {setup['python']}, {setup['processors']} processors, "
        f"load {setup['load']:.1f}, {rounds} rounds; {packages}."
    )


def _setup(rounds: int) -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        # Other work on the machine is the first thing to ask about an odd figure.
        "load": os.getloadavg()[0],
        "rounds": rounds,
        "packages": dict(_versions()),
    }


def _versions() -> Iterator[tuple[str, str]]:
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "not installed"


def _write(file: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, indent=2, ensure_ascii=False)
    file.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
