"""Each mutant still fits the source, and names a test that is there.

Whether that test finds it takes minutes: `tox -e mutants`.
"""

from __future__ import annotations

import ast
import difflib
from pathlib import Path

import pytest
from attrs import evolve

from mutants.patches import TOP, DoesNotApply, Hunk, Mutant, all_mutants
from mutants.run import _judged

MUTANTS = all_mutants()


def test_there_are_mutants_and_no_two_break_the_same() -> None:
    assert len(MUTANTS) >= 20
    assert len({one.invariant for one in MUTANTS}) == len(MUTANTS)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_fits_and_alters_the_source(mutant: Mutant) -> None:
    for file, text in mutant.applied(TOP).items():
        assert file.startswith("src/rgcore/")
        before = (TOP / file).read_text("utf-8")
        assert ast.dump(ast.parse(text)) != ast.dump(ast.parse(before))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_a_mutant_names_a_test_that_is_there(mutant: Mutant) -> None:
    file, _, name = mutant.test.partition("::")
    tree = ast.parse((TOP / file).read_text("utf-8"))
    functions = [one.name for one in tree.body if isinstance(one, ast.FunctionDef)]
    assert name in functions
    assert all((TOP / one).is_file() for one in mutant.beside)


BEFORE = "one\ntwo\nthree\nfour\nfive\nsix\nseven\ntwo\nnine\n"


def mutant_of(before: str, after: str, path: Path) -> Mutant:
    """Return the mutant of a patch that turns one text into another."""
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    diff = "".join(difflib.unified_diff(*lines, "a/x.py", "b/x.py", n=1))
    path.write_text(f"invariant: One.\ntest: t.py::test_one\n\n{diff}", "utf-8")
    return Mutant.read(path)


@pytest.mark.parametrize(
    "after",
    [
        BEFORE.replace("three", "3"),
        BEFORE.replace("three\n", ""),
        BEFORE.replace("one\n", "zero\none\n"),
        BEFORE.replace("one", "1").replace("nine", "9"),
        BEFORE.replace("seven\ntwo\n", "seven\ntwo\ntwo\n"),
    ],
)
def test_a_patch_does_what_it_says(after: str, tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text("new line above\n" + BEFORE, "utf-8")
    mutant = mutant_of(BEFORE, after, tmp_path / "one.patch")
    assert mutant.applied(tmp_path) == {"x.py": "new line above\n" + after}


def test_a_patch_that_does_not_fit_any_more_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_text(BEFORE.replace("three", "drie"), "utf-8")
    after = BEFORE.replace("three", "3")
    mutant = mutant_of(BEFORE, after, tmp_path / "one.patch")
    with pytest.raises(DoesNotApply, match="one does not apply"):
        mutant.applied(tmp_path)


def test_a_mutant_is_looked_for_beside_its_own_test_on_files(tmp_path: Path) -> None:
    mutant = mutant_of("a\n", "b\n", tmp_path / "one.patch")
    assert (mutant.beside, mutant.stores) == (("t.py",), "sqlite")
    assert mutant.hunks == {"x.py": (Hunk(1, ("a",), ("b",)),)}


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("FAILED t.py::test_one[a-b] - x\nFAILED t.py::test_one\n3 passed", ""),
        ("3 passed", "did not fail"),
        ("FAILED t.py::test_one\nFAILED t.py::test_two\n3 passed", "failed too"),
        ("FAILED t.py::test_one\nERROR t.py::test_two - x\n3 passed", "failed too"),
        ("FAILED t.py::test_one\n1 failed", "nothing else ran"),
    ],
)
def test_a_mutant_is_found_by_its_test_alone(
    output: str, said: str, tmp_path: Path
) -> None:
    mutant = mutant_of("a\n", "b\n", tmp_path / "one.patch")
    found = _judged(evolve(mutant, test="t.py::test_one"), output)
    assert said in found
    assert bool(found) is bool(said)
