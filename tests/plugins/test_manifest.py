from __future__ import annotations

from typing import Any

import pytest

from installing import Fake
from rgcore.errors import InputError
from rgcore.plugins import Manifest, read_manifest
from rgcore.plugins.manifest import reserved_namespaces


def _problems(**manifest: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    with pytest.raises(InputError) as caught:
        read_manifest(Fake(manifest=manifest).toml())
    return [(problem.code, problem.path) for problem in caught.value.problems]


def test_a_manifest_says_what_a_plugin_is() -> None:
    found = read_manifest(Fake(manifest={"exempt": {"ST-01": "because"}}).toml())
    assert isinstance(found, Manifest)
    assert (found.id, found.namespaces) == ("example", ("example",))
    assert found.title.said_in("nl") == "Voorbeeld"
    assert found.exempt == {"ST-01": "because"}


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ({"schema": 2}, ("input.out_of_range", "schema")),
        ({"schema": "1"}, ("input.wrong_type", "schema")),
        ({"id": "Example"}, ("input.not_a_code", "id")),
        ({"id": "two.parts"}, ("input.not_a_code", "id")),
        ({"kind": "hack"}, ("input.wrong_type", "kind")),
        ({"title": {"nl": "x"}}, ("input.missing_key", "title.en")),
        ({"requires_api": "one"}, ("input.wrong_type", "requires_api")),
        ({"factory": "no colon"}, ("input.wrong_type", "factory")),
        ({"config": "a-b:C"}, ("input.wrong_type", "config")),
        ({"hooks": "rg_terms"}, ("input.wrong_type", "hooks")),
        ({"namespaces": []}, ("input.empty", "namespaces")),
        ({"namespaces": ["a", "Ä"]}, ("input.not_a_code", "namespaces[1]")),
        ({"replaces": ["-"]}, ("input.not_a_code", "replaces[0]")),
        ({"requires": ["-"]}, ("input.not_a_code", "requires[0]")),
        ({"conflicts": ["-"]}, ("input.not_a_code", "conflicts[0]")),
        ({"support": "call me"}, ("input.wrong_type", "support")),
        ({"maturity": "platinum"}, ("input.wrong_type", "maturity")),
        ({"exempt": {"all": "why"}}, ("input.wrong_type", "exempt")),
        ({"exempt": {"ST-01": " "}}, ("input.wrong_type", "exempt")),
        ({"hacked": True}, ("input.unknown_key", "")),
    ],
    ids=str,
)
def test_what_does_not_fit_is_named_by_its_path(
    manifest: dict[str, Any], problem: tuple[str, str]
) -> None:
    assert _problems(**manifest) == [problem]


def test_everything_wrong_is_named_at_once() -> None:
    found = _problems(schema=2, support="x", namespaces=[])
    assert {path for _, path in found} == {"schema", "support", "namespaces"}


@pytest.mark.parametrize("key", ["id", "factory", "hooks", "requires_api", "support"])
def test_a_key_that_is_missing_is_named(key: str) -> None:
    with pytest.raises(InputError) as caught:
        read_manifest(Fake(without=[key]).toml())
    assert [p.code for p in caught.value.problems] == ["input.missing_key"]


def test_what_is_no_toml_is_told_without_its_content() -> None:
    with pytest.raises(InputError) as caught:
        read_manifest("zilverreiger = ")
    assert "zilverreiger" not in str(caught.value)
    assert [p.code for p in caught.value.problems] == ["input.not_toml"]


@pytest.mark.parametrize("name", ["rgcore", "goal", "talk_kind", "fault", "structure"])
def test_what_rgcore_uses_itself_is_reserved(name: str) -> None:
    assert name in reserved_namespaces()
