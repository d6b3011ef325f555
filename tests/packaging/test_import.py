"""What importing rgcore costs, and which names it promises."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import rgcore
from rgcore import errors
from rgcore.institution import create, open_institution

HEAVY = {
    "alembic",
    "attr",
    "attrs",
    "babel",
    "cattrs",
    "cryptography",
    "msgspec",
    "requests",
    "sqlalchemy",
    "tqdm",
}


def _python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
        encoding="utf-8",
    )


def test_importing_rgcore_imports_no_library() -> None:
    told = _python("-X", "importtime", "-c", "import rgcore").stderr
    names = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert "rgcore" in names
    assert {name.partition(".")[0] for name in names} & HEAVY == set()
    assert {name for name in names if name.startswith("rgcore.")} == set()


def _loaded_by(*arguments: str) -> set[str]:
    program = (
        "import contextlib, io, sys\n"
        "from rgcore.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()):\n"
        "    with contextlib.suppress(SystemExit):\n"
        f"        main({list(arguments)!r})\n"
        "print(' '.join(name.partition('.')[0] for name in sys.modules))\n"
    )
    return set(_python("-c", program).stdout.split())


@pytest.mark.parametrize(
    "arguments", [("--help",), ("--version",), ("show", "--help", "--lang", "nl")]
)
def test_help_imports_no_library(arguments: tuple[str, ...]) -> None:
    loaded = _loaded_by(*arguments)
    assert "rgcore" in loaded
    assert loaded & HEAVY == set()


def test_a_command_does_import_what_it_needs() -> None:
    # So that the tests above can fail.
    assert {"attrs", "babel"} <= _loaded_by("method", "show")


@pytest.mark.parametrize("name", rgcore.__all__)
def test_a_public_name_resolves_and_is_documented(name: str) -> None:
    value = getattr(rgcore, name)
    documented = type(value) if name == "ERASED" else value
    assert (inspect.getdoc(documented) or "").strip()
    # And it is found at once the second time.
    assert vars(rgcore)[name] is value


def test_public_names_are_what_they_say() -> None:
    assert rgcore.open is open_institution
    assert rgcore.create is create
    assert rgcore.InputError is errors.InputError
    assert issubclass(rgcore.Refused, rgcore.RgcoreError)


def test_dir_shows_the_public_names_in_order() -> None:
    assert dir(rgcore) == sorted(rgcore.__all__)
    assert rgcore.__all__ == sorted(rgcore.__all__, key=_capitals_first)


def _capitals_first(name: str) -> tuple[bool, bool, str]:
    return (not name.isupper(), not name[0].isupper(), name)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'rgcore' has no attribute 'nope'"):
        _ = rgcore.nope


def test_every_error_has_its_own_code_and_both_languages() -> None:
    tree = list(_tree(errors.RgcoreError))
    codes = [error.code for error in tree]
    assert len(set(codes)) == len(codes)
    for error in tree:
        assert set(error.text) == {"nl", "en"}
        assert inspect.getdoc(error)
    for code, texts in errors.PROBLEMS.items():
        assert set(texts) == {"nl", "en"}, code


def _tree(error: type[errors.RgcoreError]) -> list[type[errors.RgcoreError]]:
    below = [e for e in error.__subclasses__() if e.__module__.startswith("rgcore.")]
    return [error, *(found for one in below for found in _tree(one))]
