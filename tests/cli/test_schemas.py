"""What rgcore prints for programs fits the schemas that it gives out, and no less."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings, strategies as st
from jsonschema import Draft202012Validator

from cli.terminal import GROUP, KLAAS, Json, Played, rgcore
from rgcore.cli.report import error_text
from rgcore.cli.schema import every_error
from rgcore.domain.findings import Effect, Finding, Rank, Refused, decide
from rgcore.domain.ids import Code, Kind, PersonId, Ref
from rgcore.errors import (
    Conflict,
    ErasureNotNow,
    InputError,
    Problem,
    RgcoreError,
)
from rgcore.institution import open_institution
from rgcore.institution.erasing_reasons import ErasureRefused
from rgcore.method import CompositionConflicts, Conflict as Clash
from rgcore.serial.documents import printed
from rgcore.serial.schema import DOCUMENTS, changes_schema
from support import Clock, Demo, forget

KINDS = [*DOCUMENTS, "errors", "changes"]
FREE = {"compositions", "staff"}
"""Mappings whose keys are not ours."""


def schema(kind: str) -> Json:
    return rgcore("schema", "--of", kind).data


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(kind))


def faults(kind: str, document: Json) -> list[str]:
    found = validator(kind).iter_errors(document)
    return [f"{error.json_path}: {error.validator}" for error in found]


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema(kind))


def test_changes_are_what_is_given_out_if_nothing_is_named() -> None:
    assert rgcore("schema").data == schema("changes") == changes_schema()


def test_only_changes_have_types() -> None:
    answer = rgcore("schema", "goal.set", "--of", "view")
    assert (answer.code, answer.out) == (2, "")
    assert "TYPE" in answer.err


@pytest.fixture(scope="module")
def documents(dutch: Played) -> dict[str, Json]:
    """Give one real document of each kind."""
    whole = ("--as", "op", "--whole", "--because", "moves_away")
    with open_institution(dutch.config, clock=Clock()) as institution:
        store = institution._store
        loaded = store.load(GROUP)
    assert loaded is not None
    return {
        "view": dutch.shown("show", "--json").data,
        "partial": dutch.shown("export").data,
        "export": dutch.run("export", GROUP, *whole).data,
        "group": json.loads(json.dumps(printed(loaded.group))),
    }


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_real_documents_fit(documents: dict[str, Json], kind: str) -> None:
    assert faults(kind, documents[kind]) == []


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_of_another_kind_does_not_fit(
    documents: dict[str, Json], kind: str
) -> None:
    others = [other for other in DOCUMENTS if other != kind]
    assert not any(validator(kind).is_valid(documents[other]) for other in others)


def objects(value: Json) -> Iterator[Json]:
    """Go through the objects in JSON whose keys are ours."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item)
    elif isinstance(value, dict):
        yield value
        for key, item in value.items():
            if key not in FREE:
                yield from objects(item)


@pytest.mark.parametrize("kind", DOCUMENTS)
@settings(max_examples=15)
@given(data=st.data())
def test_a_document_with_a_key_too_many_or_too_few_does_not_fit(
    documents: dict[str, Json], kind: str, data: st.DataObject
) -> None:
    document = copy.deepcopy(documents[kind])
    places = list(objects(document))
    place = places[data.draw(st.integers(0, len(places) - 1))]
    key = data.draw(st.sampled_from([*sorted(place), "nobody_knows_this"]))
    if key in place:
        del place[key]
    else:
        place[key] = None
    assert not validator(kind).is_valid(document)


def test_erased_words_fit(klaas: Demo) -> None:
    forget(klaas, PersonId("klaas"))
    asked = ("--config", str(klaas.toml))
    shown = rgcore("show", "g-klaas", "--as", "klaas", "--json", *asked)
    whole = ("--as", "op", "--whole", "--because", "moves_away")
    sent = rgcore("export", "g-klaas", *whole, *asked)
    for kind, answer in (("view", shown), ("export", sent)):
        assert '"erased": true' in answer.out
        assert faults(kind, answer.data) == []


REASON = Finding(
    code=Code("next_meeting"),
    rank=Rank.METHOD,
    effect=Effect.NEEDS_OVERRIDE,
    about=(Ref(Kind.GOAL, "goal-1"),),
    params=(("path", "changes[0]"), ("weeks", 3), ("since", Clock().day)),
    settles=(Code("meeting.plan"),),
)


MADE: dict[type[RgcoreError], Callable[[], RgcoreError]] = {
    Refused: lambda: Refused(decide([REASON])),
    Conflict: lambda: Conflict(1, [object()], ["c-1"]),
    CompositionConflicts: lambda: CompositionConflicts(
        [Clash(kind="plugin.code_twice", code="a")]
    ),
    ErasureRefused: lambda: ErasureRefused([]),
    ErasureNotNow: lambda: ErasureNotNow(state="done"),
    RgcoreError: lambda: RgcoreError(kind="ValueError", where="rgcore.cli.show:1"),
}
"""Errors that take more than what fills their sentence."""


def made(error: type[RgcoreError]) -> RgcoreError:
    """Return an error of a class, with whatever fills its sentence."""
    if issubclass(error, InputError):
        return error([Problem("input.wrong_type", "changes[0].goal", ["a", "b"])])
    if error in MADE:
        return MADE[error]()
    names = re.findall(r"\{(\w+)\}", error.text["en"])
    return error(**dict.fromkeys(names, "x"))


EVERY_ERROR = sorted(every_error(), key=lambda error: error.code)


@pytest.mark.parametrize("error", EVERY_ERROR, ids=[e.code for e in EVERY_ERROR])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_error_fits_as_it_is_printed(
    error: type[RgcoreError], language: str
) -> None:
    document = json.loads(error_text(made(error), language, as_json=True))
    assert faults("errors", document) == []
    for place in objects(document):
        for key in list(place):
            value = place.pop(key)
            assert not validator("errors").is_valid(document), key
            place[key] = value
        place["nobody_knows_this"] = None
        assert not validator("errors").is_valid(document)
        del place["nobody_knows_this"]


@pytest.mark.parametrize(
    "asked",
    [
        ("show", GROUP, "--as", "nobody"),
        ("show", GROUP, "--as", KLAAS + " x"),
        ("record", GROUP, "--as", KLAAS, "--json", "-"),
        ("export", GROUP, "--as", KLAAS, "--whole"),
        ("verify", "no-group"),
    ],
)
def test_errors_that_commands_print_fit(dutch: Played, asked: tuple[str, ...]) -> None:
    as_data = () if "--json" in asked else ("--json",)
    answer = dutch.run(*asked, *as_data, stdin=b'{"type": "goal.set"}')
    assert answer.code
    assert faults("errors", json.loads(answer.err)) == []
