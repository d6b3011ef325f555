from __future__ import annotations

import sys
from pathlib import Path

import pytest

from installing import Fake, installed
from rgcore.plugins import Catalogue

GOOD = Fake()


def _codes(catalogue: Catalogue) -> dict[str, list[str]]:
    return {b.source.name: [p.code for p in b.problems] for b in catalogue.broken}


def test_what_is_installed_is_found_with_its_distribution_and_version(
    tmp_path: Path,
) -> None:
    with installed(tmp_path, GOOD, Fake(id="other")) as catalogue:
        assert [str(found.source) for found in catalogue.found] == [
            "example (rgcore-setting-example 1.2.3)",
            "other (rgcore-setting-other 1.2.3)",
        ]
        assert catalogue.broken == ()
        assert catalogue.names() == ("example", "other")


def test_looking_imports_no_plugin(tmp_path: Path) -> None:
    bomb = Fake(before="raise SystemExit")
    with installed(tmp_path, bomb) as catalogue:
        assert catalogue.names() == ("example",)
        assert bomb.package not in sys.modules


def test_nothing_installed_is_an_empty_catalogue(tmp_path: Path) -> None:
    found = Catalogue.discover([str(tmp_path), str(tmp_path / "nowhere")])
    assert (found.found, found.broken) == ((), ())


@pytest.mark.parametrize(
    ("fake", "codes"),
    [
        (Fake(entry="no_such_package:rgcore.toml"), ["plugin.no_manifest"]),
        (Fake(entry="fake_setting_example.plugin:Setting"), ["plugin.no_manifest"]),
        (Fake(entry="fake_setting_example:other.toml"), ["plugin.no_manifest"]),
        (Fake(entry="os:rgcore.toml"), ["plugin.no_manifest"]),
        (Fake(entry="!!"), ["plugin.no_manifest"]),
        (Fake(manifest={"id": "elsewhere"}), ["plugin.other_id"]),
        (Fake(manifest={"schema": 9}), ["plugin.manifest", "input.out_of_range"]),
        (Fake(manifest={"namespaces": ["goal"]}), ["plugin.bad_namespace"]),
        (Fake(manifest={"namespaces": ["a.b"]}), ["plugin.bad_namespace"]),
    ],
    ids=str,
)
def test_what_cannot_be_used_is_listed_with_the_reasons(
    tmp_path: Path, fake: Fake, codes: list[str]
) -> None:
    with installed(tmp_path, fake, Fake(id="other")) as catalogue:
        assert _codes(catalogue) == {"example": codes}
        assert catalogue.names() == ("other",)
        assert [p.code for p in catalogue.why_broken("example")] == codes


def test_two_of_one_name_are_both_named_and_neither_is_used(tmp_path: Path) -> None:
    twin = Fake(distribution="another-example")
    with installed(tmp_path, GOOD, twin) as catalogue:
        assert catalogue.found == ()
        (broken,) = catalogue.broken
        (problem,) = broken.problems
        assert problem.code == "plugin.duplicate"
        for fake in (GOOD, twin):
            assert fake.stamp in problem.sentence("en")


def test_a_distribution_that_lies_in_two_places_is_the_first_of_them(
    tmp_path: Path,
) -> None:
    for number, version in enumerate(("2.0", "1.0")):
        Fake(version=version).install(tmp_path / str(number))
    found = Catalogue.discover([str(tmp_path / "0"), str(tmp_path / "1")])
    assert [row.source.version for row in found.found] == ["2.0"]


def test_a_newer_copy_without_settings_hides_an_older_one_with_them(
    tmp_path: Path,
) -> None:
    for number, version in enumerate(("2.0", "1.0")):
        Fake(version=version).install(tmp_path / str(number))
    (info,) = (tmp_path / "0").glob("*.dist-info")
    (info / "entry_points.txt").unlink()
    catalogue = Catalogue.discover([str(tmp_path / "0"), str(tmp_path / "1")])
    assert (catalogue.found, catalogue.broken) == ((), ())


@pytest.mark.parametrize("file", ["METADATA", "entry_points.txt"])
@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[[[[", b""])
def test_a_damaged_package_never_raises_and_hides_no_other(
    tmp_path: Path, file: str, content: bytes
) -> None:
    folder = GOOD.install(tmp_path / "bad")
    Fake(id="other").install(tmp_path / "good")
    (info,) = folder.glob("*.dist-info")
    (info / file).write_bytes(content)
    catalogue = Catalogue.discover([str(folder), str(tmp_path / "good")])
    assert "other" in catalogue.names()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[[[["])
def test_a_damaged_manifest_is_told_with_its_distribution(
    tmp_path: Path, content: bytes
) -> None:
    folder = GOOD.install(tmp_path)
    (folder / GOOD.package / "rgcore.toml").write_bytes(content)
    (broken,) = Catalogue.discover([str(folder)]).broken
    assert GOOD.stamp in broken.problems[0].sentence("en")


def test_the_order_does_not_depend_on_where_things_lie(tmp_path: Path) -> None:
    places = []
    for name in ("b", "a", "c"):
        Fake(id=name).install(tmp_path / name)
        places.append(str(tmp_path / name))
    one, other = Catalogue.discover(places), Catalogue.discover(places[::-1])
    assert one == other
    assert one.names() == ("a", "b", "c")
