"""`plugins check`, `method adopt` and `show`, and how a setting's rule refuses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from cli.terminal import (
    ESMEE,
    GROUP,
    KLAAS,
    RAW_CODE,
    TEAM,
    Answer,
    Json,
    Played,
    rgcore,
)
from cli.test_plugins import enable
from installing import Fake, installed
from rgcore.domain.findings import Decision, Refused
from rgcore.errors import Busy
from rgcore.institution import Institution
from rgcore.method import compose
from rgcore.plugins.calling import ask

RULES: Final = """
    def rg_rules(self, ctx):
        said = Wording("Vraag eerst aan de tuinman.", "Ask the gardener first.")
        because = Wording("Hier is geen arts.", "There is no doctor here.")
        return [
            Rule(code=Code("garden.first"), rank=Rank.DIRECTION, source="[garden]",
                 wording=Wording("de tuinman", "the gardener"), sentence=said,
                 settles=(), speaks=silent, guard=no_name),
            Replacement(replaces=Code("clinician_at_kick_off"), because=because,
                        source="[garden] 1"),
            Replacement(replaces=Code("sociogram_after"), source="[garden] 2",
                        because=Wording("Eerst zaaien.", "Sowing first."),
                        by=Timing(code=Code("sociogram_after"), ours=True, source="x",
                                  wording=Wording("Sociogram na", "Sociogram after"),
                                  period=Period(days=40))),
        ]

    def rg_terms(self, ctx):
        return [Term(code=Code(f"garden.{n}"), wording=Wording(n, n), source="x")
                for n in ("bean", "pea")]

    def rg_changes(self, ctx):
        words = OwnField(name=Code("words"), holds=Holds.TEXT,
                         wording=Wording("woorden", "words"))
        since = OwnField(name=Code("since"), holds=Holds.DAY, required=False,
                         wording=Wording("sinds", "since"))
        return [OwnChange(code=Code("garden.plot"), fields=(words, since),
                          source="[plot]",
                          wording=Wording("een tuin", "a plot"),
                          sentence=Wording("Tuin: {words}", "Plot: {words}"))]

    def rg_plan_parts(self, ctx):
        return [PlanSection(code=Code("garden.part"), source="[part]",
                            wording=Wording("Mijn moestuin", "My allotment"),
                            intro=Wording("Wat er groeit.", "What grows."),
                            changes=(Code("garden.plot"),))]

    def rg_access_rules(self, ctx):
        return [AccessRule(code=Code("garden.fence"), source="[fence]",
                           wording=Wording("het hek", "the fence"),
                           sentence=Wording("Het hek is dicht.", "The fence is shut."),
                           denials=silent)]

    def rg_instruments(self, ctx):
        return [Instrument(code=Code("garden.list"), source="[list]", version="3",
                           wording=Wording("tuinlijst", "garden list"),
                           answered_by=(Code("direction_supporter"),),
                           publisher="the garden society")]
"""
BEFORE: Final = """
    from datetime import date

    def silent(group, method):
        return ()

    def no_name(proposal):
        return [Speaks(since=date.min)] if proposal.type == "group.name" else ()
"""
GARDEN: Final = Fake(
    id="garden",
    body=RULES,
    before=BEFORE,
    manifest={
        "hooks": [
            "rg_rules",
            "rg_terms",
            "rg_changes",
            "rg_plan_parts",
            "rg_access_rules",
            "rg_instruments",
        ],
        "replaces": ["clinician_at_kick_off", "sociogram_after"],
    },
)
ADOPT: Final = ("method", "adopt")
OPERATOR: Final = ("--as", "op-1", "--because", "upgrade")


@pytest.fixture
def garden(own: Played, tmp_path: Path) -> Iterator[Played]:
    """Let the institution of a case enable a setting, after its group began."""
    enable(own, 'enabled = ["garden"]')
    with installed(tmp_path / "site", GARDEN):
        yield own


def run(played: Played, *words: str, stdin: bytes = b"") -> Answer:
    """Run a command of two words on an institution."""
    return rgcore(*words, "--config", played.config, stdin=stdin)


def behind(played: Played) -> list[Json]:
    """Return the groups that are behind."""
    groups: list[Json] = run(played, "plugins", "check", "--json").data["behind"]
    return groups


def test_check_of_an_institution_without_settings_finds_nothing(own: Played) -> None:
    answer = run(own, "plugins", "check", "--json")
    assert answer.code == 0
    assert answer.data == {
        "method": compose().digest,
        "settings": [],
        "slow": [],
        "behind": [],
    }
    told = run(own, "plugins", "check", "--lang", "en")
    assert (told.code, told.err) == (0, "")
    assert "Every group goes by today's composition" in told.out


def test_check_counts_what_each_setting_contributes(garden: Played) -> None:
    (setting,) = run(garden, "plugins", "check", "--json").data["settings"]
    assert (setting["id"], setting["version"]) == ("garden", "1.2.3")
    assert setting["contributed"] == {
        "term": 2,
        "plan_section": 1,
        "rule": 1,
        "replacement": 2,
        "access_rule": 1,
        "instrument": 1,
        "own_change": 1,
    }
    assert "woorden: 2" in run(garden, "plugins", "check", "--lang", "nl").out


def test_check_says_what_is_replaced_or_switched_off_and_why(garden: Played) -> None:
    (setting,) = run(garden, "plugins", "check", "--json").data["settings"]
    done = {one["code"]: one for one in setting["replaced"]}
    assert done["clinician_at_kick_off"] == {
        "code": "clinician_at_kick_off",
        "switched_off": True,
        "because": {"nl": "Hier is geen arts.", "en": "There is no doctor here."},
        "source": "[garden] 1",
        "holds": True,
    }
    assert done["sociogram_after"]["switched_off"] is False
    for language, because in (("nl", "Hier is geen arts."), ("en", "Sowing first.")):
        out = run(garden, "plugins", "check", "--lang", language).out
        assert because in out
        assert "[garden] 1" in out


def test_check_says_where_the_institution_prefers_another(
    own: Played, tmp_path: Path
) -> None:
    other = """
    def rg_rules(self, ctx):
        return [Replacement(replaces=Code("clinician_at_kick_off"), source="x",
                            because=Wording("Anders.", "Otherwise."),
                            by=self.same(ctx))]

    def same(self, ctx):
        import attrs
        old = next(p for p in ctx.base if p.code == "clinician_at_kick_off")
        return attrs.evolve(old, source="other")
    """
    fake = Fake(
        id="other",
        body=other,
        manifest={"hooks": ["rg_rules"], "replaces": ["clinician_at_kick_off"]},
    )
    prefer = '[settings.prefer]\nclinician_at_kick_off = "other"'
    enable(own, f'enabled = ["garden", "other"]\n{prefer}')
    with installed(tmp_path / "site", GARDEN, fake):
        data = run(own, "plugins", "check", "--json").data
        out = run(own, "plugins", "check", "--lang", "en").out
    holds = {
        (setting["id"], one["code"]): one["holds"]
        for setting in data["settings"]
        for one in setting["replaced"]
    }
    assert holds == {
        ("garden", "clinician_at_kick_off"): False,
        ("garden", "sociogram_after"): True,
        ("other", "clinician_at_kick_off"): True,
    }
    assert out.count("prefers another answer") == 1


@contextmanager
def slowly(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every hook take 73 milliseconds."""
    ticks = iter(range(100))

    def slow(
        found: Json, hook: str, function: Json, context: Json, timer: Json
    ) -> Json:
        del timer
        return ask(found, hook, function, context, lambda: next(ticks) * 0.073)

    with monkeypatch.context() as patched:
        patched.setattr("rgcore.plugins.activation.ask", slow)
        yield


@pytest.mark.parametrize("language", ["nl", "en"])
def test_check_names_hooks_that_are_slow(
    own: Played, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    body = "def rg_terms(self, ctx): return []"
    fake = Fake(body=body, manifest={"hooks": ["rg_terms"]})
    enable(own, 'enabled = ["example"]')
    with installed(tmp_path / "site", fake):
        rgcore(*ADOPT, "--all", *OPERATOR, "--config", own.config)
        assert run(own, "plugins", "check").code == 0
        with slowly(monkeypatch):
            data = run(own, "plugins", "check", "--json")
            told = run(own, "plugins", "check", "--lang", language)
    assert (data.code, told.code) == (1, 1)
    assert data.data["slow"] == [
        {
            "plugin": "example",
            "distribution": "rgcore-setting-example",
            "version": "1.2.3",
            "hook": "rg_terms",
            "milliseconds": 73,
        }
    ]
    assert f"{fake.stamp}, rg_terms: 73 ms" in told.out


@pytest.mark.parametrize("language", ["nl", "en"])
def test_check_names_the_groups_that_go_by_another_composition(
    garden: Played, language: str
) -> None:
    answer = run(garden, "plugins", "check", "--json")
    assert answer.code == 1
    assert answer.data["behind"] == [
        {
            "group": GROUP,
            "composition": compose().digest,
            # Two terms, a rule, a section, an access rule, an instrument, a change,
            # two replacements and the setting; a timing; a rule that is gone.
            "differences": {"added": 10, "removed": 1, "altered": 1},
            "lost": [],
        }
    ]
    told = run(garden, "plugins", "check", "--lang", language)
    assert told.code == 1
    assert GROUP in told.out
    assert "rgcore method adopt" in told.out


def test_check_names_rules_that_nobody_brings_any_more(
    garden: Played, own: Played
) -> None:
    run(garden, *ADOPT, GROUP, "--purpose", "operation", *OPERATOR)
    assert behind(garden) == []
    enable(own, "enabled = []")
    (one,) = behind(own)
    assert one["lost"] == ["garden.first"]
    assert "garden.first" in run(own, "plugins", "check").out


def test_check_fails_as_every_command_does_where_a_setting_cannot_be_used(
    own: Played,
) -> None:
    enable(own, 'enabled = ["nowhere"]')
    answer = run(own, "plugins", "check", "--json")
    assert (answer.code, answer.out) == (3, "")
    assert answer.error["problems"][0]["code"] == "config.unknown_setting"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_group_adopts_and_says_how_many_parts_differ(
    garden: Played, language: str
) -> None:
    asked = (*ADOPT, GROUP, "--as", KLAAS)
    told = run(garden, *asked, "--lang", language)
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith(f"{GROUP} ")
    assert "10" in told.out
    assert behind(garden) == []
    again = run(garden, *asked, "--json")
    assert again.data["groups"] == [{"group": GROUP, "adopted": False}]
    already = run(garden, *asked, "--lang", language)
    assert (already.code, already.out == told.out) == (0, False)
    assert already.out.startswith(f"{GROUP} ")


def test_one_group_that_cannot_adopt_is_told_as_an_error(
    garden: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*given: Json) -> Json:
        del given
        raise Busy

    monkeypatch.setattr(Institution, "adopt", busy)
    answer = run(garden, *ADOPT, GROUP, "--as", KLAAS, "--json")
    assert (answer.code, answer.out) == (3, "")
    assert answer.error["code"] == "record.busy"


def test_an_operator_lets_all_groups_adopt(garden: Played) -> None:
    answer = run(garden, *ADOPT, "--all", *OPERATOR, "--json")
    assert (answer.code, answer.err) == (0, "")
    counts = {"added": 10, "removed": 1, "altered": 1}
    assert answer.data["groups"] == [
        {"group": GROUP, "adopted": True, "differences": counts}
    ]
    assert behind(garden) == []
    again = run(garden, *ADOPT, "--all", *OPERATOR)
    assert (again.code, again.out.count("\n")) == (0, 1)


def test_who_has_no_part_in_a_group_moves_it_as_an_operator_only(
    garden: Played,
) -> None:
    for who in ("--as", "op-1"), OPERATOR:
        answer = run(garden, *ADOPT, GROUP, *who)
        assert (answer.code, answer.out) == (1, "")
        assert "[access.not_available]" in answer.err
    assert len(behind(garden)) == 1
    assert run(garden, *ADOPT, GROUP, "--purpose", "operation", *OPERATOR).code == 0
    assert behind(garden) == []


WRONG: Final[dict[str, tuple[tuple[str, ...], set[tuple[str, str]]]]] = {
    "neither": (("--as", "op-1"), {("input.nothing_named", "GROUP")}),
    "both": ((GROUP, "--all", *OPERATOR), {("input.not_both", "GROUP")}),
    "no reason": (("--all", "--as", "op-1"), {("input.missing_key", "--because")}),
    "no reason for one": (
        (GROUP, "--as", "op-1", "--purpose", "operation"),
        {("input.missing_key", "--because")},
    ),
    "other purpose": (
        ("--all", *OPERATOR, "--purpose", "care"),
        {("input.wrong_type", "--purpose")},
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_how_it_is_asked_is_told(garden: Played, name: str) -> None:
    words, problems = WRONG[name]
    answer = run(garden, *ADOPT, *words, "--json")
    assert (answer.code, answer.out) == (2, "")
    found = {(one["code"], one["path"]) for one in answer.error["problems"]}
    assert found == problems
    assert len(behind(garden)) == 1


@pytest.mark.parametrize("error", [Busy(), Refused(Decision())])
def test_a_group_that_cannot_adopt_stops_no_other(
    garden: Played, monkeypatch: pytest.MonkeyPatch, error: Busy | Refused
) -> None:
    enable(garden, "enabled = []")
    begun = run(
        garden,
        *("start", "--as", ESMEE, "--supporter", ESMEE, "--team", TEAM),
        *("--client-name", "Sam", "--json"),
    )
    enable(garden, 'enabled = ["garden"]')
    adopt = Institution.adopt

    def adopted(opened: Institution, group: Json, actor: Json) -> Json:
        if group == GROUP:
            raise error
        return adopt(opened, group, actor)

    monkeypatch.setattr(Institution, "adopt", adopted)
    told = run(garden, *ADOPT, "--all", *OPERATOR)
    assert told.code == 1
    assert told.out.startswith(begun.data["group"])
    assert told.err.startswith(f"{GROUP}\n")
    assert f"[{error.code}]" in told.err
    answer = run(garden, *ADOPT, "--all", *OPERATOR, "--json")
    assert answer.code == 1
    (group,) = answer.data["groups"]
    assert (group["group"], group["adopted"]) == (GROUP, False)
    assert group["error"]["code"] == error.code


NAME: Final = json.dumps(
    {"type": "group.name", "name": {"subject": KLAAS, "said": "De tuin"}}
).encode()


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Vraag eerst aan de tuinman."), ("en", "Ask the gardener first.")],
)
def test_a_rule_of_a_setting_refuses_in_its_own_sentence(
    garden: Played, language: str, said: str
) -> None:
    asked = ("record", GROUP, "--as", KLAAS, "--json", "-", "--lang", language)
    assert run(garden, *asked, "--check", stdin=NAME).code == 0
    run(garden, *ADOPT, GROUP, "--as", KLAAS)
    checked = run(garden, *asked, "--check", stdin=NAME)
    assert checked.data["blocking"][0]["sentence"] == said
    refused = run(garden, *asked, stdin=NAME)
    assert refused.code == 1
    assert refused.error["decision"]["blocking"][0]["sentence"] == said


def test_a_rule_that_today_s_method_lacks_is_said_to_who_goes_by_it(
    own: Played, tmp_path: Path
) -> None:
    less = {
        "type": "care.scale_down",
        "scale_down": "less",
        "to": "gp",
        "decided_by": KLAAS,
    }
    change = json.dumps({**less, "id": "c-less"}).encode()
    asked = ("record", GROUP, "--as", KLAAS, "--json", "-", "--check")
    before = run(own, *asked, stdin=change).data
    (warning,) = before["warnings"]
    assert warning["code"] == "scale_up_before_scale_down"
    body = """
    def rg_rules(self, ctx):
        because = Wording("Anders.", "Otherwise.")
        return [Replacement(replaces=Code("scale_up_before_scale_down"),
                            because=because, source="x")]
    """
    manifest = {"hooks": ["rg_rules"], "replaces": ["scale_up_before_scale_down"]}
    enable(own, 'enabled = ["example"]')
    with installed(tmp_path / "site", Fake(body=body, manifest=manifest)):
        assert run(own, *asked, stdin=change).data == before
        run(own, *ADOPT, GROUP, "--as", KLAAS)
        assert run(own, *asked, stdin=change).data["warnings"] == []


def test_method_show_is_that_of_the_institution(garden: Played) -> None:
    shown = run(garden, "method", "show", "--json").data
    assert shown["digest"] == run(garden, "plugins", "check", "--json").data["method"]
    assert shown["digest"] != compose().digest
    assert [one["id"] for one in shown["settings"]] == ["garden"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_method_show_says_what_settings_bring_and_take(
    garden: Played, language: str
) -> None:
    out = run(garden, "method", "show", "--lang", language).out
    for said in (
        "[garden.first, direction]",
        "[garden.fence]",
        "[garden.part]",
        "[garden.list]",
        "the garden society",
        "[garden.plot]",
        "words: text (wo",
        "since: day, ",
        "[garden] 1",
        "[garden] 2",
    ):
        assert said in out, said
    because = {"nl": "Hier is geen arts.", "en": "There is no doctor here."}
    assert because[language] in out
    assert "clinician_at_kick_off, " not in out


def test_method_show_opens_no_database(garden: Played) -> None:
    (garden.folder / "klaas.db").unlink()
    assert run(garden, "method", "show").code == 0


def test_method_show_without_a_configuration_is_the_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert rgcore("method", "show", "--json").data["digest"] == compose().digest
    headings = rgcore("method", "show", "--lang", "en").out
    assert "The base, without settings" in headings
    assert "Questionnaires" not in headings


def test_nobody_s_words_stand_in_what_these_commands_print(garden: Played) -> None:
    printed = [
        run(garden, "plugins", "check").out,
        run(garden, *ADOPT, GROUP, *OPERATOR, "--purpose", "operation").out,
    ]
    assert not any("Klaas" in text or "Esmee" in text for text in printed)
    assert RAW_CODE.findall(printed[1]) == []
