from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from installing import Fake, activated, installed
from rgcore.errors import ConfigurationError, Problem
from rgcore.method import compose
from rgcore.plugins import API_VERSION, HOOKS, Activated, Catalogue, Wanted, activate

MARKER = "zilverreiger"

WORDED = """
    def rg_terms(self, ctx):
        wording = Wording("deelnemer", "participant")
        return [Term(code=Code("client"), wording=wording, source="x")]
"""


def _fake(body: str, *hooks: str, **more: Any) -> Fake:  # noqa: ANN401
    manifest = {"hooks": list(hooks), **more.pop("manifest", {})}
    return Fake(body=body, manifest=manifest, **more)


def _term(code: str, nl: str = "x") -> str:
    wording = f'Wording("{nl}", "x")'
    return f'Term(code=Code("{code}"), wording={wording}, source="x")'


def _terms(*codes: str, nl: str = "x") -> str:
    return f"def rg_terms(self, ctx): return [{', '.join(_term(c, nl) for c in codes)}]"


def _refused(folder: Path, *fakes: Fake, **more: Any) -> tuple[Problem, ...]:  # noqa: ANN401
    with pytest.raises(ConfigurationError) as caught:
        activated(folder, *fakes, **more)
    return caught.value.problems


def _codes(problems: Sequence[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_nothing_enabled_is_the_base_and_looks_for_nothing() -> None:
    class Untouchable:
        def __getattr__(self, name: str) -> object:
            raise AssertionError(name)

    found = activate(Wanted(institution="i"), Untouchable())  # type: ignore[arg-type]
    assert found.method == compose()
    assert (found.made, found.asked) == ((), ())


def test_what_is_not_enabled_is_not_imported(tmp_path: Path) -> None:
    bomb = Fake(id="bomb", before="raise SystemExit")
    with installed(tmp_path, _fake(WORDED, "rg_terms"), bomb) as catalogue:
        found = activate(Wanted(institution="i", enabled=("example",)), catalogue)
        assert bomb.package not in sys.modules
    assert found.method.named("client", "nl") == "deelnemer"


def test_each_contribution_has_the_stamp_of_plugin_distribution_version_and_hook(
    tmp_path: Path,
) -> None:
    found = activated(tmp_path, _fake(WORDED, "rg_terms"))
    stamp = "example (rgcore-setting-example 1.2.3), rg_terms"
    assert [str(one.origin) for one in found.contributed] == [stamp]


def test_an_installed_setting_changes_the_digest_even_if_it_contributes_nothing(
    tmp_path: Path,
) -> None:
    found = activated(tmp_path, Fake())
    assert found.method.digest != compose().digest
    assert [one.id for one in found.method.settings] == ["example"]


CONFIG = """
    import attrs

    @attrs.frozen
    class Config:
        days: int = 14
        place: str = "here"
"""
CONFIGURED = """
    def rg_timings(self, ctx):
        return [Timing(code=Code("example.after"), wording=Wording("x", "x"),
                       period=Period(days=self.config.days), ours=True, source="x")]
"""


def _configured(**more: Any) -> Fake:  # noqa: ANN401
    config = {"config": "fake_setting_example.plugin:Config"}
    return _fake(CONFIGURED, "rg_timings", before=CONFIG, manifest=config, **more)


def _days(found: Activated) -> int:
    return next(t.period.days for t in found.method.timings if "example" in t.code)


def test_a_setting_is_made_with_its_own_configuration(tmp_path: Path) -> None:
    usual = activated(tmp_path / "a", _configured())
    other = activated(tmp_path / "b", _configured(), tables={"example": {"days": 3}})
    assert (_days(usual), _days(other)) == (14, 3)
    assert usual.method.digest != other.method.digest


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({MARKER: 1}, ("input.unknown_key", "settings.example")),
        ({"days": MARKER}, ("input.wrong_type", "settings.example.days")),
        ({"days": True}, ("input.wrong_type", "settings.example.days")),
        ({"place": 7}, ("input.wrong_type", "settings.example.place")),
    ],
    ids=str,
)
def test_a_configuration_that_does_not_fit_is_refused_by_path(
    tmp_path: Path, table: dict[str, Any], problem: tuple[str, str]
) -> None:
    found = _refused(tmp_path, _configured(), tables={"example": table})
    assert [(p.code, p.path) for p in found] == [problem]
    assert MARKER not in " ".join(p.sentence("nl") for p in found)


def test_a_setting_without_configuration_takes_none(tmp_path: Path) -> None:
    found = _refused(tmp_path, Fake(), tables={"example": {"days": 3}})
    assert _codes(found) == ["input.unknown_key"]


def test_a_configuration_class_has_to_be_frozen(tmp_path: Path) -> None:
    loose = CONFIG.replace("frozen", "define")
    config = {"config": "fake_setting_example.plugin:Config"}
    found = _refused(tmp_path, Fake(before=loose, manifest=config))
    assert _codes(found) == ["plugin.config_not_frozen"]


MAKING: dict[str, tuple[Fake, str]] = {
    "raises when imported": (
        Fake(before=f'raise ValueError("{MARKER}")'),
        "plugin.not_imported",
    ),
    "leaves when imported": (Fake(before="raise SystemExit(3)"), "plugin.not_imported"),
    "does not parse": (Fake(before=f"{MARKER} ("), "plugin.not_imported"),
    "has no factory": (
        Fake(manifest={"factory": "fake_setting_example.plugin:Nothing"}),
        "plugin.no_factory",
    ),
    "has no module": (
        Fake(manifest={"factory": "fake_setting_example.nothing:Setting"}),
        "plugin.not_imported",
    ),
    "raises when made": (
        Fake(body=f'def __init__(self, config): raise KeyError("{MARKER}")'),
        "plugin.not_made",
    ),
    "makes something else": (
        Fake(
            before="def make(config): return 3",
            manifest={"factory": "fake_setting_example.plugin:make"},
        ),
        "plugin.not_a_setting",
    ),
    "is for another API": (Fake(manifest={"requires_api": ">=7"}), "plugin.other_api"),
    "needs another": (Fake(manifest={"requires": ["youth"]}), "plugin.requires"),
    "bears itself not": (Fake(manifest={"conflicts": ["example"]}), "plugin.conflicts"),
}


@pytest.mark.parametrize("name", MAKING)
def test_a_plugin_that_cannot_be_made_is_named_without_its_words(
    tmp_path: Path, name: str
) -> None:
    fake, code = MAKING[name]
    (problem,) = _refused(tmp_path, fake)
    assert problem.code == code
    said = problem.sentence("en") + problem.sentence("nl") + repr(problem)
    assert fake.stamp in said
    assert MARKER not in said


def test_one_for_another_api_is_not_even_imported(tmp_path: Path) -> None:
    bomb = Fake(before="raise SystemExit", manifest={"requires_api": ">=7"})
    (problem,) = _refused(tmp_path, bomb)
    assert problem.fields["found"] == API_VERSION


HOOKED: dict[str, tuple[Fake, str]] = {
    "misspelt": (
        _fake("def rg_term(self, ctx): return []", "rg_term"),
        "plugin.hook_unknown",
    ),
    "misspelt at its start": (
        _fake("def gr_terms(self, ctx): return []"),
        "plugin.hook_unknown",
    ),
    "only in the manifest": (_fake("pass", "rg_terms"), "plugin.hook_not_there"),
    "only in the class": (_fake(_terms("client")), "plugin.hook_undeclared"),
    "async": (
        _fake("async def rg_terms(self, ctx): return []", "rg_terms"),
        "plugin.hook_async",
    ),
    "async generator": (
        _fake("async def rg_terms(self, ctx): yield 3", "rg_terms"),
        "plugin.hook_async",
    ),
    "other arguments": (
        _fake("def rg_terms(self, ctx, more): return []", "rg_terms"),
        "plugin.hook_signature",
    ),
    "no arguments": (
        _fake("def rg_terms(self): return []", "rg_terms"),
        "plugin.hook_signature",
    ),
}
MARKED = """
    import pluggy

    hookimpl = pluggy.HookimplMarker("rgcore")
"""
OPTIONS = {
    "wrapper": "plugin.hook_wrapper",
    "hookwrapper": "plugin.hook_wrapper",
    "tryfirst": "plugin.hook_order",
    "trylast": "plugin.hook_order",
}
for _option, _code in OPTIONS.items():
    _body = f"@hookimpl({_option}=True)\ndef rg_terms(self, ctx): yield"
    HOOKED[_option] = (_fake(_body, "rg_terms", before=MARKED), _code)


@pytest.mark.parametrize("name", HOOKED)
def test_a_hook_that_is_out_of_order_is_refused_by_name(
    tmp_path: Path, name: str
) -> None:
    fake, code = HOOKED[name]
    (problem,) = _refused(tmp_path, fake)
    assert problem.code == code
    assert fake.stamp in problem.sentence("en")


def test_the_nearest_hook_is_named(tmp_path: Path) -> None:
    (problem,) = _refused(tmp_path, HOOKED["misspelt"][0])
    assert problem.allowed == ("rg_terms",)


def test_a_marker_without_options_is_as_good_as_none(tmp_path: Path) -> None:
    body = "@hookimpl\n" + _terms("example.x")
    found = activated(tmp_path, _fake(body, "rg_terms", before=MARKED))
    assert [one.part.code for one in found.contributed] == ["example.x"]


SAID = 'wording=Wording("x", "x"), source="x"'


def _gives(part: str, hook: str = "rg_terms") -> Fake:
    return _fake(f"def {hook}(self, ctx): return [{part}]", hook)


CALLED: dict[str, tuple[Fake, str]] = {
    "raises": (
        _fake(f'def rg_terms(self, ctx): raise ValueError("{MARKER}")', "rg_terms"),
        "plugin.hook_raised",
    ),
    "raises on the way": (
        _fake(
            f"def rg_terms(self, ctx):\n    yield {_term('example.x')}\n    {MARKER}",
            "rg_terms",
        ),
        "plugin.hook_raised",
    ),
    "leaves": (
        _fake("def rg_terms(self, ctx): raise SystemExit", "rg_terms"),
        "plugin.hook_raised",
    ),
    "returns nothing": (
        _fake("def rg_terms(self, ctx): pass", "rg_terms"),
        "plugin.hook_raised",
    ),
    "returns a number": (
        _fake("def rg_terms(self, ctx): return [3]", "rg_terms"),
        "plugin.hook_junk",
    ),
    "returns words": (
        _fake(f'def rg_terms(self, ctx): return "{MARKER}"', "rg_terms"),
        "plugin.hook_junk",
    ),
    "contributes to another hook": (
        _fake(_terms("example.x").replace("rg_terms", "rg_roles"), "rg_roles"),
        "plugin.hook_junk",
    ),
    "claims another's namespace": (
        _fake(_terms("youth.x"), "rg_terms"),
        "plugin.foreign_namespace",
    ),
    "claims a bare code": (
        _fake(_terms("bare"), "rg_terms"),
        "plugin.foreign_namespace",
    ),
    "gives a wrong value": (
        _gives(f'Term(code=Code("example.x"), wording="{MARKER}", source="x")'),
        "plugin.part_does_not_fit",
    ),
    "gives no code": (
        _gives(f'Term(code="{MARKER} !", {SAID})'),
        "plugin.part_does_not_fit",
    ),
    "replaces what it does not declare": (
        _gives(
            'Replacement(replaces=Code("next_meeting"), because=Wording("x", "x"),'
            ' source="x")',
            "rg_rules",
        ),
        "plugin.undeclared_replacement",
    ),
    "has a nameless function": (
        _gives(
            f'Rule(code=Code("example.r"), rank=Rank.METHOD, {SAID}, settles=(),'
            ' sentence=Wording("x", "x"), speaks=lambda g, m: ())',
            "rg_rules",
        ),
        "plugin.function_unnamed",
    ),
}


@pytest.mark.parametrize("name", CALLED)
def test_a_fault_of_a_hook_is_named_with_plugin_distribution_version_and_hook(
    tmp_path: Path, name: str
) -> None:
    fake, code = CALLED[name]
    (problem,) = _refused(tmp_path, fake)
    assert problem.code == code
    said = problem.sentence("en") + problem.sentence("nl") + repr(problem)
    assert f"{fake.stamp}, {fake.manifest['hooks'][0]}" in said
    assert MARKER not in said


def test_every_problem_of_every_plugin_is_told_at_once(tmp_path: Path) -> None:
    fakes = [
        Fake(id="one", before="raise SystemExit"),
        Fake(id="two", body="def rg_term(self, ctx): return []"),
        Fake(id="three", body=_terms("bare"), manifest={"hooks": ["rg_terms"]}),
    ]
    found = _refused(
        tmp_path,
        *fakes,
        enabled=("one", "two", "three", "three", "four"),
        tables={"five": {}},
        prefer={"client": "six"},
    )
    assert sorted(_codes(found)) == [
        "config.prefers_nothing",
        "config.setting_not_enabled",
        "config.setting_twice",
        "config.unknown_setting",
        "plugin.foreign_namespace",
        "plugin.hook_unknown",
        "plugin.not_imported",
    ]


def test_an_unknown_setting_is_refused_with_those_that_there_are(
    tmp_path: Path,
) -> None:
    (problem,) = _refused(tmp_path, Fake(), enabled=("example", "exampel"))
    assert (problem.code, problem.path) == (
        "config.unknown_setting",
        "settings.enabled[1]",
    )
    assert problem.allowed == ("example",)


def test_a_broken_plugin_is_refused_with_the_reason(tmp_path: Path) -> None:
    found = _refused(tmp_path, Fake(manifest={"schema": 9}))
    assert _codes(found) == ["plugin.broken", "plugin.manifest", "input.out_of_range"]


def test_two_settings_of_one_namespace_are_refused_by_name(tmp_path: Path) -> None:
    fakes = [Fake(id=name, manifest={"namespaces": ["same"]}) for name in ("a", "b")]
    (problem,) = _refused(tmp_path, *fakes)
    assert problem.code == "plugin.namespace_taken"
    assert all(fake.stamp in problem.sentence("en") for fake in fakes)


def test_settings_that_call_one_thing_differently_conflict_until_one_is_preferred(
    tmp_path: Path,
) -> None:
    fakes = [
        _fake(_terms("client", nl=name), "rg_terms", id=name) for name in ("aa", "bb")
    ]
    (problem,) = _refused(tmp_path / "1", *fakes)
    assert (problem.code, problem.path) == (
        "plugin.reworded_twice",
        "settings: client",
    )
    assert all(fake.stamp in problem.sentence("nl") for fake in fakes)
    found = activated(tmp_path / "2", *fakes, prefer={"client": "bb"})
    assert found.method.named("client", "nl") == "bb"


def test_a_slow_hook_is_named_and_keeps_nothing_from_opening(tmp_path: Path) -> None:
    ticks = iter([0.0, 0.051, 1.0, 1.049])
    slow = _fake(
        f"{_terms('client')}\ndef rg_roles(self, ctx): return []",
        "rg_terms",
        "rg_roles",
    )
    with installed(tmp_path, slow) as catalogue:
        wanted = Wanted(institution="i", enabled=("example",))
        found = activate(wanted, catalogue, lambda: next(ticks))
    assert [str(asked.origin) for asked in found.slow] == [f"{slow.stamp}, rg_terms"]


def test_a_hook_is_told_where_it_is(tmp_path: Path) -> None:
    body = """
    def rg_terms(self, ctx):
        said = "|".join([ctx.institution, ctx.language, *ctx.enabled, ctx.api,
                         str(ctx.knows("client")), str(ctx.knows("nobody"))])
        return [Term(code=Code("example.x"), wording=Wording(said, said), source="x")]
    """
    found = activated(tmp_path, _fake(body, "rg_terms"), Fake(id="also"), language="en")
    said = found.method.named("example.x", "nl")
    assert said == f"i|en|also|example|{API_VERSION}|True|False"


def test_a_context_cannot_be_altered(tmp_path: Path) -> None:
    body = "def rg_terms(self, ctx): ctx.language = 'xx'"
    (problem,) = _refused(tmp_path, _fake(body, "rg_terms"))
    assert problem.fields["kind"] == "FrozenInstanceError"


def test_every_hook_is_called_once_in_the_order_of_their_names(tmp_path: Path) -> None:
    body = "\n".join(f"def {hook}(self, ctx): return []" for hook in HOOKS)
    fakes = [_fake(body, *HOOKS, id=name) for name in ("b", "a")]
    found = activated(tmp_path, *fakes)
    asked = [(one.origin.hook, one.origin.plugin) for one in found.asked]
    assert asked == [(hook, plugin) for hook in HOOKS for plugin in ("a", "b")]


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    fakes = [
        _fake(_terms("client", f"{name}.x"), "rg_terms", id=name)
        for name in ("aa", "bb", "cc")
    ]
    with installed(tmp_path_factory.mktemp("three"), *fakes) as catalogue:
        yield catalogue


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(st.permutations(["aa", "bb", "cc"]))
def test_the_order_of_enabling_changes_nothing(
    three: Catalogue, enabled: list[str]
) -> None:
    def of(names: Sequence[str]) -> Activated:
        return activate(Wanted(institution="i", enabled=tuple(names)), three)

    assert of(enabled).method == of(["aa", "bb", "cc"]).method
    assert of(enabled).contributed == of(["aa", "bb", "cc"]).contributed


def test_two_institutions_have_instances_and_configurations_of_their_own(
    tmp_path: Path,
) -> None:
    with installed(tmp_path, _configured()) as catalogue:
        one, other = (
            activate(
                Wanted(
                    institution="i",
                    enabled=("example",),
                    tables={"example": {"days": days}},
                ),
                catalogue,
            )
            for days in (1, 2)
        )
    assert one.made[0].plugin is not other.made[0].plugin
    assert (_days(one), _days(other)) == (1, 2)
