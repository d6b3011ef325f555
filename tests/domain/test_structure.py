from __future__ import annotations

import ast
import copy
import inspect as source_of
import re
import textwrap
import tomllib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from types import FunctionType
from typing import Any, Final

import pytest
from attrs import evolve

from method.groups import METHOD, Row, after, change_from, changes_from
from rgcore.domain import changes
from rgcore.domain.changes import ALL, Change, ImportGroup, StartGroup
from rgcore.domain.changes.correcting import Correction
from rgcore.domain.findings import Effect, Finding, Rank
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Creates, Kind, PersonId, Refers
from rgcore.domain.inspection import Marked, inspect
from rgcore.domain.people import Death
from rgcore.domain.text import Text
from rgcore.method import Texts
from rgcore.method.rule import FAULT

_FILE: Final = tomllib.loads(
    (Path(__file__).parent / "changes.toml").read_text(encoding="utf-8")
)
VALID: Final[list[Row]] = _FILE["valid"]
MISFITS: Final[list[Row]] = _FILE["misfit"]
SRC: Final = Path(__file__).parents[2] / "src" / "rgcore"


def _world() -> ResourceGroup:
    group = after(None, changes_from(_FILE["world"], "w"))
    assert group is not None
    return group


WORLD: Final = _world()


def _before(
    change: Change, given: Sequence[Row] = (), *, in_world: bool = False
) -> ResourceGroup:
    if isinstance(change, StartGroup | ImportGroup) and not in_world:
        return change.found(METHOD.digest)
    group = after(WORLD, changes_from(given, "given"))
    assert group is not None
    return group


def _given(row: Row) -> Sequence[Row]:
    """Return what has to have happened before, beside what the world is made of."""
    given: Sequence[Row] = row.get("given", ())
    return given


def _change(row: Row) -> Change:
    return change_from({key: value for key, value in row.items() if key != "given"})


def _reasons(
    change: Change, given: Sequence[Row] = (), *, in_world: bool = False
) -> list[tuple[str, str]]:
    return _reasons_of(change, _before(change, given, in_world=in_world))


def _reasons_of(change: Change, before: ResourceGroup) -> list[tuple[str, str]]:
    found = tuple(change.problems(before))
    assert all(_is_structural(finding) for finding in found)
    return [(f.code.removeprefix("structure."), f.path) for f in found]


def _is_structural(finding: Finding) -> bool:
    return (finding.rank, finding.effect) == (Rank.STRUCTURE, Effect.REFUSES)


def _valid(row: Row) -> Row:
    return next(v for v in VALID if v["type"] == row["type"])


def _spoilt(row: Row) -> Change:
    valid = _valid(row)
    kept = {k: v for k, v in valid.items() if k not in row.get("out", [])}
    changed: Row = {**kept, **row.get("changed", {})}
    for path in row.get("null", []):
        changed = _with(changed, path, None)
    return _change(changed)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_world_of_these_tests_has_an_item_of_each_kind(kind: Kind) -> None:
    assert list(WORLD.ids(kind))


@pytest.mark.parametrize("row", VALID, ids=[row["type"] for row in VALID])
def test_a_change_that_fits_is_not_refused_and_can_be_applied(row: Row) -> None:
    change = _change(row)
    before = _before(change, _given(row))
    assert _reasons(change, _given(row)) == []
    assert isinstance(change.apply(before), ResourceGroup)


def _rule_of(row: Row) -> str:
    return f"{row['type']}: {row['code']} at {row['path']}"


@pytest.mark.parametrize("row", MISFITS, ids=[_rule_of(row) for row in MISFITS])
def test_a_change_that_does_not_fit_is_refused_for_that_alone(row: Row) -> None:
    given = row.get("given", _given(_valid(row)))
    found = _reasons(_spoilt(row), given, in_world=row.get("in_world", False))
    assert found == [(row["code"], row["path"])]


@pytest.mark.parametrize("row", VALID, ids=[row["type"] for row in VALID])
def test_nobody_decides_anything_after_they_died(row: Row) -> None:
    change = _change(row)
    before = _before(change, _given(row))
    decider = change.decided_for(before)
    day = change.happened_on - timedelta(days=1)
    dead = evolve(before, deaths=(Death(person=decider or PersonId("x"), on=day),))
    refused = ("has_died", "happened_on") in _reasons_of(change, dead)
    assert refused is (decider is not None and not isinstance(change, Correction))
    alive = evolve(dead, deaths=(evolve(dead.deaths[0], on=change.happened_on),))
    assert ("has_died", "happened_on") not in _reasons_of(change, alive)


def _marked() -> Iterator[tuple[Row, Marked]]:
    for row in VALID:
        for marked in inspect(_change(row)).marked:
            if isinstance(marked.mark, Creates | Refers) or marked.mark is Text:
                yield row, marked


def _steps(path: str) -> list[str | int]:
    found = re.findall(r"\.(\w+)|\[(\d+)\]", path)
    return [name or int(number) for name, number in found]


def _with(row: Row, path: str, value: str | None) -> Row:
    """Return a row with something else at a path."""
    changed: dict[str, Any] = copy.deepcopy(dict(row))
    *way, last = _steps(path)
    place: Any = changed
    for step in way:
        place = place[step]
    place[last] = value
    return changed


MARKED: Final = list(_marked())
NAMED: Final = [f"{row['type']}{marked.path}" for row, marked in MARKED]


@pytest.mark.parametrize(("row", "marked"), MARKED, ids=NAMED)
def test_ids_are_new_where_something_begins_and_known_everywhere_else(
    row: Row, marked: Marked
) -> None:
    path = marked.path.removeprefix(".")
    if isinstance(marked.mark, Creates):
        bad, expected = "letter", ("id_in_use", path)
        assert expected in _reasons(
            change_from(_with(row, path_of(marked), bad)), in_world=True
        )
    elif isinstance(marked.mark, Refers):
        change = change_from(_with(row, path_of(marked), "nobody"))
        assert ("unknown_item", path) in _reasons(change)
    else:
        change = change_from(_with(row, path_of(marked), "nobody"))
        assert ("unknown_person", f"{path}.subject") in _reasons(change)


def path_of(marked: Marked) -> str:
    """Return where the id stands that a mark is about."""
    return f"{marked.path}.subject" if marked.mark is Text else marked.path


@pytest.mark.parametrize(
    ("row", "marked"),
    [(row, marked) for row, marked in MARKED if not isinstance(marked.mark, Creates)],
    ids=[
        name
        for name, (_, m) in zip(NAMED, MARKED, strict=True)
        if not isinstance(m.mark, Creates)
    ],
)
def test_an_id_of_another_kind_is_not_known(row: Row, marked: Marked) -> None:
    other = "m1" if not _is_of(marked, Kind.MEETING) else "work"
    change = change_from(_with(row, path_of(marked), other))
    codes = {code for code, _ in _reasons(change)}
    assert codes & {"unknown_item", "unknown_person"}


def _is_of(marked: Marked, kind: Kind) -> bool:
    return isinstance(marked.mark, Refers) and marked.mark.kind is kind


def test_an_id_that_a_change_itself_gives_to_something_else_is_not_known() -> None:
    plan = next(row for row in VALID if row["type"] == "meeting.plan")
    place = {"id": "u1", "subject": "m9"}
    change = change_from({**plan, "chair": "m9", "place": place})
    assert _reasons(change) == [
        ("unknown_person", "place.subject"),
        ("unknown_item", "chair"),
    ]


def test_an_id_stands_only_once_in_one_change() -> None:
    drawing = next(row for row in VALID if row["type"] == "sociogram.draw")
    twice = change_from({**drawing, "sociogram": "f8"})
    assert _reasons(twice) == [("id_twice", "sociogram"), ("id_twice", "figures[0].id")]


def _fields(cls: type[Change]) -> set[str]:
    names = {f.name for f in cls.__attrs_attrs__}
    return names - {"id", "happened_on"}


@pytest.mark.parametrize("cls", ALL, ids=[cls.TYPE for cls in ALL])
def test_the_valid_rows_fill_every_field(cls: type[Change]) -> None:
    filled = {key for row in VALID if row["type"] == cls.TYPE for key in row}
    assert filled >= _fields(cls)


def _misfits_of(function: FunctionType, cls: type[Change]) -> set[str]:
    """Return the codes that a function raises, itself or by what it calls."""
    tree = ast.parse(textwrap.dedent(source_of.getsource(function)))
    found: set[str] = set()
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        name = _called(call)
        if name == "misfit":
            found.add(str(ast.literal_eval(call.args[0])))
            continue
        for place in (vars(cls), function.__globals__):
            inner = place.get(name)
            if isinstance(inner, FunctionType) and _is_of_changes(inner):
                found |= _misfits_of(inner, cls)
    return found


def _is_of_changes(function: FunctionType) -> bool:
    return function.__module__.startswith(changes.__name__)


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Name):
        return call.func.id
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


@pytest.mark.parametrize("cls", ALL, ids=[cls.TYPE for cls in ALL])
def test_each_way_in_which_a_change_cannot_fit_has_a_row(cls: type[Change]) -> None:
    own = vars(cls).get("_own_problems")
    raised = _misfits_of(own, cls) if own is not None else set()
    assert {row["code"] for row in MISFITS if row["type"] == cls.TYPE} == raised


def _constants(call: ast.Call) -> list[str]:
    """Return what a call's first argument can be, where that stands in the code."""
    found = ast.walk(call.args[0])
    return [n.value for n in found if isinstance(n, ast.Constant)]  # type: ignore[misc]


def _raised(function: str, place: str, prefix: str) -> set[str]:
    codes: set[str] = set()
    for file in sorted(SRC.glob(place)):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) == function:
                codes |= {f"{prefix}.{code}" for code in _constants(node)}
    return codes


def _refused_by_access() -> set[str]:
    tree = ast.parse((SRC / "access" / "rights.py").read_text(encoding="utf-8"))
    texts = {t.code for t in METHOD.texts}
    words = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)}
    return _raised("_refusal", "access/*.py", "access") | {
        code for code in texts if code.removeprefix("access.") in words
    }


def test_every_reason_that_is_no_rule_has_a_sentence_and_every_sentence_a_reason() -> (
    None
):
    places = ("domain/**/*.py", "method/*.py", "institution/*.py")
    structure = {c for place in places for c in _raised("misfit", place, "structure")}
    found = {t.code for t in METHOD.texts}
    assert found == structure | _refused_by_access() | {FAULT}


@pytest.mark.parametrize("found", METHOD.texts, ids=[t.code for t in METHOD.texts])
def test_a_sentence_of_structure_names_the_place_in_both_languages(
    found: Texts,
) -> None:
    named = found.code.startswith("structure.")
    assert ("{path}" in found.wording.nl) is named
    assert ("{path}" in found.wording.en) is named


def test_a_sentence_shows_no_brace_that_nobody_fills() -> None:
    for found in METHOD.texts:
        for said in (found.wording.nl, found.wording.en):
            assert set(re.findall(r"\{(\w*)\}", said)) <= {"path", "change", "rule"}
