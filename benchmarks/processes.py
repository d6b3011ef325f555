"""Whole processes, for P5: from the start of Python to its end."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from benchmarks.harness import Call, Side, process


def bare_python() -> Side:
    """Measure an interpreter that does nothing."""
    return Side("python -c pass", process(sys.executable, "-c", "pass"))


def import_of_rgcore(_folder: Path) -> Call:
    """Return an interpreter that imports rgcore."""
    return _tried("rgcore", sys.executable, "-c", "import rgcore")


def help_of_module(_folder: Path) -> Call:
    """Return ``python -m rgcore --help``."""
    return _tried("rgcore.__main__", sys.executable, "-m", "rgcore", "--help")


def help_of_script(_folder: Path) -> Call:
    """Return ``rgcore --help``, by the script installed beside this interpreter."""
    script = Path(sys.executable).with_name("rgcore")
    if not script.exists():
        message = "there is no script rgcore beside this interpreter"
        raise NotImplementedError(message)
    return _tried("rgcore", str(script), "--help")


def _tried(module: str, *command: str) -> Call:
    """Return the call once it has run; the first run also writes the byte code."""
    if not _is_installed(module):
        message = f"{module} is not there yet"
        raise NotImplementedError(message)
    call = process(*command)
    call()
    return call


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
