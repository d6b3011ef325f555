"""Break each invariant once, and see that its test fails and no other beside it.

Run it as `tox -e mutants`, or with names of mutants as arguments.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from mutants.patches import TOP, DoesNotApply, Mutant, all_mutants

_COPIED: Final = ("src", "tests", "conftest.py", "pyproject.toml")
_FAILED: Final = re.compile(r"^(?:FAILED|ERROR) ([^\s\[]+)", re.MULTILINE)
_RAN: Final = re.compile(r"\b\d+ passed\b")
_PATIENCE: Final = 600
"""Seconds after which a run counts as one that found nothing. Our own default."""

_WHERE: Final = """\
import rgcore, sys
sys.exit(not rgcore.__file__.startswith(sys.argv[1]))
"""


def main(wanted: Sequence[str]) -> int:
    """Try mutants side by side; return how many were not found by their test alone.

    Args:
        wanted: Their names; all of them if there are none.
    """
    chosen = [one for one in all_mutants() if not wanted or one.name in wanted]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = list(pool.map(_told, chosen))
    bad = [said for said in found if said]
    print(f"{len(chosen) - len(bad)} of {len(chosen)} found by their test alone")
    return min(len(bad), 1) if chosen else 2


def _told(mutant: Mutant) -> str:
    try:
        said = tried(mutant)
    except DoesNotApply as error:
        said = str(error)
    print(f"{'BAD ' if said else 'ok  '} {mutant.name:32} {said or mutant.invariant}")
    sys.stdout.flush()
    return said


def tried(mutant: Mutant) -> str:
    """Return why a mutant was not found as it should be; empty if it was.

    Args:
        mutant: The mutant.

    Raises:
        DoesNotApply: Its patch does not fit the source any more.
    """
    altered = mutant.applied(TOP)
    with tempfile.TemporaryDirectory(prefix="rgmutant-") as folder:
        copy = Path(folder).resolve()
        _copy(copy)
        for file, text in altered.items():
            (copy / file).write_text(text, encoding="utf-8")
        return _verdict(mutant, copy)


def _copy(copy: Path) -> None:
    for name in _COPIED:
        source = TOP / name
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__", ".hypothesis")
            shutil.copytree(source, copy / name, ignore=leave)
        else:
            shutil.copy(source, copy / name)


def _verdict(mutant: Mutant, copy: Path) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(copy / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "RGCORE_TEST_STORES": mutant.stores,
    }
    # An editable install would be found first if the path were not set.
    where = [sys.executable, "-c", _WHERE, str(copy)]
    if subprocess.run(where, cwd=copy, env=environment, check=False).returncode:
        return "the copy is not what is imported"
    own = [] if mutant.test.partition("::")[0] in mutant.beside else [mutant.test]
    looked = [*own, *mutant.beside]
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-rfE", *looked]
    try:
        done = subprocess.run(
            [*command, "-p", "no:cacheprovider"],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return f"not done after {_PATIENCE} seconds"
    return _judged(mutant, done.stdout)


def _judged(mutant: Mutant, output: str) -> str:
    failed = set(_FAILED.findall(output))
    if mutant.test not in failed:
        return f"{mutant.test} did not fail"
    others = sorted(failed - {mutant.test})
    if others:
        return f"these failed too: {', '.join(others)}"
    return "" if _RAN.search(output) else "nothing else ran beside it"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
