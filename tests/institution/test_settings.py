"""What settings do to groups: pinned, moved by a change, and faults by their rank."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

import rgcore
from installing import Fake, installed
from institution.moving import as_sent, third
from rgcore.domain.actor import CARE, OPERATION, OWN_GROUP
from rgcore.domain.changes import (
    Change,
    DepartGroup,
    ExplainMethod,
    NameGroup,
    NoteForSetting,
    PauseGroup,
)
from rgcore.domain.changes.settings import Differs
from rgcore.domain.findings import Effect, Finding, Override, Rank
from rgcore.domain.foreign import OwnValue
from rgcore.domain.ids import ChangeId, Code, Digest, GroupId, ItemId, PersonId
from rgcore.domain.life import Way
from rgcore.errors import ConfigurationError, NotAvailable
from rgcore.method import compose
from support import (
    AT_THE_TABLE,
    ESMEE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    Clock,
    Demo,
    Ids,
    make_demo,
    set_goal,
    start_klaas,
)

OTHER: Final = GroupId("g-other")
READER: Final = rgcore.Actor(ESMEE, CARE)
CLIENT: Final = rgcore.Actor(KLAAS, OWN_GROUP)
OPERATOR: Final = rgcore.Actor(PersonId("op"), OPERATION, because=Code("upgrade"))

RULE: Final = """
    def rg_rules(self, ctx):
        said = Wording("Denk aan {place}.", "Think of {place}.")
        return [Rule(code=Code("example.rule"), rank=Rank.{rank},
                     wording=Wording("een regel", "a rule"), sentence=said, source="x",
                     settles=(), speaks={speaks}, guard={guard}, law={law})]
"""
FUNCTIONS: Final = """
    from datetime import date

    def silent(group, method):
        return ()

    def speaks(group, method):
        return [Speaks(since=group.started_on)]

    def fails(*anything):
        raise ValueError("zilverreiger")

    def nothing(proposal):
        return ()

    def against(proposal):
        meant = {"group.name", "group.pause", "group.depart"}
        return [Speaks(since=date.min)] if proposal.type in meant else ()

    def fails_later(proposal):
        if proposal.type != "group.start":
            raise ValueError("zilverreiger")
        return ()

    CHECKED = Law(article="art. 1 Testwet", checked_on=date(2026, 1, 1),
                  checked_by="a lawyer of the test")
    UNCHECKED = Law(article="art. 1 Testwet")
    NOT_YET = Law(article="art. 1 Testwet", checked_on=date(2026, 1, 1),
                  checked_by="a lawyer of the test", since=date(2040, 1, 1))
"""


def _rule(
    rank: str, speaks: str = "silent", guard: str = "nothing", law: str = "None"
) -> Fake:
    # Braces of the sentence are not places of this template.
    body = RULE
    for name, value in (
        ("rank", rank),
        ("speaks", speaks),
        ("guard", guard),
        ("law", law),
    ):
        body = body.replace(f"{{{name}}}", value)
    return Fake(body=body, before=FUNCTIONS, manifest={"hooks": ["rg_rules"]})


WORDED: Final = Fake(
    body="""
    def rg_terms(self, ctx):
        wording = Wording("deelnemer", "participant")
        return [Term(code=Code("client"), wording=wording, source="x")]
    """,
    manifest={"hooks": ["rg_terms"]},
)


@contextmanager
def _opened(folder: Path, *fakes: Fake, more: str = "") -> Iterator[Demo]:
    """Open an institution that enables these settings; make it the first time."""
    toml = folder / "demo" / "rgcore.toml"
    if not toml.exists():
        make_demo(folder / "demo")
    text = toml.read_text("utf-8").partition("[settings]")[0]
    enabled = [fake.id for fake in fakes]
    toml.write_text(f"{text}[settings]\nenabled = {enabled}\n{more}", "utf-8")
    clock = Clock(date(2025, 2, 3))
    number = len(list(folder.iterdir()))
    site = folder / f"sites-{number}"
    site.mkdir()
    with installed(site, *fakes) as catalogue:
        opened = rgcore.open(
            toml, clock=clock, ids=Ids(f"log{number}"), catalogue=catalogue
        )
        with Demo(opened, clock, folder / "demo") as demo:
            yield demo


def _pause(number: int = 1) -> PauseGroup:
    return PauseGroup(
        id=ChangeId(f"p{number}"), happened_on=FIRST_DAY, pause=ItemId(f"p{number}")
    )


def _codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def _open_codes(demo: Demo, actor: rgcore.Actor = READER) -> list[str]:
    return [p.finding.code for p in demo.institution.view(GROUP, actor).owed()]


def test_one_line_of_the_file_enables_a_setting(tmp_path: Path) -> None:
    with _opened(tmp_path, WORDED) as demo:
        start_klaas(demo.institution)
        view = demo.institution.view(GROUP, READER)
        assert view.method.named("client", "nl") == "deelnemer"
        assert [m.found.manifest.id for m in demo.institution.settings.made] == [
            "example"
        ]


def test_a_setting_that_cannot_be_used_keeps_only_its_own_institution_closed(
    tmp_path: Path,
) -> None:
    broken = Fake(
        body="def rg_terms(self, ctx): raise ValueError", manifest=WORDED.manifest
    )
    with _opened(tmp_path / "one") as well:
        start_klaas(well.institution)
        before = well.institution.view(GROUP, READER).group
        with (
            pytest.raises(ConfigurationError) as caught,
            _opened(tmp_path / "other", broken),
        ):
            pass
        assert broken.stamp in str(caught.value)
        assert well.institution.view(GROUP, READER).group == before
        set_goal(well.institution, "after", "…")


# A group is pinned to the composition with which it began.


def test_a_group_keeps_its_composition_and_a_new_one_gets_that_of_today(
    tmp_path: Path,
) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, WORDED) as demo:
        start_klaas(demo.institution, OTHER)
        old, new = (demo.institution.view(g, READER) for g in (GROUP, OTHER))
        assert old.method.named("client", "nl") == compose().named("client", "nl")
        assert new.method.named("client", "nl") == "deelnemer"
        assert old.group.composition != new.group.composition
        recorded = set_goal(demo.institution, "goal", "…")
        assert recorded.entries[0].composition == compose().digest


def test_what_is_open_is_the_same_under_a_pinned_composition(tmp_path: Path) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
        before = demo.institution.view(GROUP, READER).prompts()
    with _opened(tmp_path, WORDED) as demo:
        assert demo.institution.view(GROUP, READER).prompts() == before


def test_groups_that_are_behind_are_listed_with_the_differences(
    tmp_path: Path,
) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
        assert demo.institution.behind() == ()
    with _opened(tmp_path, WORDED) as demo:
        start_klaas(demo.institution, OTHER)
        (behind,) = demo.institution.behind()
        assert (behind.group, behind.composition) == (GROUP, compose().digest)
        found = {(d.part, d.code): d.how for d in behind.differences}
        assert found == {
            ("role", "client"): Differs.ALTERED,
            ("setting", "example"): Differs.ADDED,
        }


@pytest.mark.parametrize("actor", [READER, OPERATOR], ids=["supporter", "operator"])
def test_a_group_moves_by_a_change_that_lists_the_differences(
    tmp_path: Path, actor: rgcore.Actor
) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, WORDED) as demo:
        (behind,) = demo.institution.behind()
        recorded = demo.institution.adopt(GROUP, actor)
        (entry,) = recorded.entries
        assert entry.change.differences == behind.differences  # type: ignore[attr-defined]
        view = demo.institution.view(GROUP, READER)
        assert view.method.named("client", "nl") == "deelnemer"
        assert view.group.composition == demo.institution.method.digest
        assert demo.institution.behind() == ()
        assert demo.institution.verify() == ()
        assert demo.institution.adopt(GROUP, actor).entries == ()


@pytest.mark.parametrize(
    "actor",
    [
        rgcore.Actor(PersonId("s-arts"), CARE),
        rgcore.Actor(PersonId("op"), OPERATION),
        rgcore.Actor(PersonId("nobody"), OWN_GROUP),
    ],
    ids=["somebody else of the team", "operator without a reason", "a stranger"],
)
def test_nobody_else_moves_a_group(tmp_path: Path, actor: rgcore.Actor) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, WORDED) as demo:
        with pytest.raises(NotAvailable):
            demo.institution.adopt(GROUP, actor)
        with pytest.raises(NotAvailable):
            demo.institution.adopt("g-nowhere", OPERATOR)


def test_a_move_that_lists_other_differences_is_refused(tmp_path: Path) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, WORDED) as demo:
        loaded = demo.institution._store.load(GROUP)
        assert loaded is not None
        right = demo.institution._methods.adopting(loaded.group, "a", FIRST_DAY)
        for change, code in (
            (evolve(right, differences=()), "structure.other_differences"),
            (evolve(right, to=Digest(compose().digest)), "structure.adopted_already"),
            (evolve(right, to=Digest("0" * 32)), "structure.other_composition"),
        ):
            found = demo.institution.check(GROUP, [change], READER)
            assert code in _codes(found.blocking)


def test_an_index_row_of_before_counts_as_due_until_it_is_computed_anew(
    tmp_path: Path,
) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, WORDED) as demo:
        assert demo.institution.status().stale == 1
        assert demo.institution.reindex() == 1
        assert demo.institution.status().stale == 0


def test_a_group_whose_setting_is_gone_goes_on_and_says_which_rules_are_lost(
    tmp_path: Path,
) -> None:
    with _opened(tmp_path, _rule("METHOD", speaks="speaks")) as demo:
        start_klaas(demo.institution)
        assert "example.rule" in _open_codes(demo)
        base = [code for code in _open_codes(demo) if code != "example.rule"]
    with _opened(tmp_path) as demo:
        assert _open_codes(demo) == base
        (behind,) = demo.institution.behind()
        assert behind.lost == ("example.rule",)
        set_goal(demo.institution, "goal", "…")


def test_a_law_holds_for_every_group_from_its_day_on(tmp_path: Path) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, _rule("LAW", speaks="speaks", law="CHECKED")) as demo:
        assert "example.rule" in _open_codes(demo)
    with _opened(tmp_path, _rule("METHOD", speaks="speaks")) as demo:
        assert "example.rule" not in _open_codes(demo)
    with _opened(tmp_path, _rule("LAW", speaks="speaks", law="NOT_YET")) as demo:
        assert "example.rule" not in _open_codes(demo)


# What a rule may do follows its rank.


def _name_group(demo: Demo) -> rgcore.Decision:
    words = rgcore.Words()
    change = NameGroup(
        id=ChangeId("n1"),
        happened_on=FIRST_DAY,
        name=words.add("t-n1", subject=KLAAS, said="De groep van Klaas"),
    )
    return demo.institution.check(GROUP, [change], AT_THE_TABLE, words=words)


@pytest.mark.parametrize(
    ("rank", "law", "effect"),
    [
        ("LAW", "CHECKED", Effect.REFUSES),
        ("LAW", "UNCHECKED", Effect.WARNS),
        ("LAW", "None", Effect.WARNS),
        ("DIRECTION", "None", Effect.REFUSES),
        ("METHOD", "None", Effect.WARNS),
        ("WORKFLOW", "None", Effect.WARNS),
    ],
)
def test_effect_follows_rank(
    tmp_path: Path, rank: str, law: str, effect: Effect
) -> None:
    with _opened(tmp_path, _rule(rank, guard="against", law=law)) as demo:
        start_klaas(demo.institution)
        found = [f for f in _name_group(demo).findings if f.code == "example.rule"]
        assert [f.effect for f in found] == [effect]
        assert _name_group(demo).allowed is (effect is Effect.WARNS)


def test_a_law_that_is_not_in_force_yet_says_nothing(tmp_path: Path) -> None:
    with _opened(tmp_path, _rule("LAW", guard="against", law="NOT_YET")) as demo:
        start_klaas(demo.institution)
        assert _name_group(demo).findings == ()


def test_a_reason_for_passing_a_law_that_nobody_checked_is_kept(tmp_path: Path) -> None:
    with _opened(tmp_path, _rule("LAW", guard="against", law="UNCHECKED")) as demo:
        start_klaas(demo.institution)
        reason = Override(Code("example.rule"), Code("client_asked"))
        recorded = demo.institution.record(
            GROUP, [_pause()], AT_THE_TABLE, overrides=[reason]
        )
        assert recorded.entries[0].overrides == (reason,)


ENDINGS: Final[list[Change]] = [
    _pause(),
    DepartGroup(
        id=ChangeId("d1"), happened_on=FIRST_DAY, departure=ItemId("d1"), way=Way.HOME
    ),
]


@pytest.mark.parametrize("guard", ["against", "fails_later"])
@pytest.mark.parametrize("rank", ["LAW", "DIRECTION"])
@pytest.mark.parametrize("ending", ENDINGS, ids=lambda change: change.TYPE)
def test_no_rule_of_a_setting_stands_between_a_client_and_an_ending(
    tmp_path: Path, ending: Change, rank: str, guard: str
) -> None:
    with _opened(tmp_path, _rule(rank, guard=guard, law="CHECKED")) as demo:
        start_klaas(demo.institution)
        decision = demo.institution.check(GROUP, [ending], CLIENT)
        assert decision.allowed
        assert decision.warnings


# A rule that fails follows its rank too, and is named.


@pytest.mark.parametrize("rank", list(Rank)[2:], ids=str)
def test_a_rule_that_fails_is_on_the_list_and_named(tmp_path: Path, rank: Rank) -> None:
    failing = _rule(rank.name, speaks="fails", law="CHECKED")
    with _opened(tmp_path, failing) as demo:
        start_klaas(demo.institution)
        (found,) = [
            p.finding
            for p in demo.institution.view(GROUP, READER).owed()
            if p.finding.code == "fault.rule"
        ]
        assert (found.rank, found.by) == (rank, "example")
        assert dict(found.params) == {
            "rule": "example.rule",
            "stamp": f"{failing.stamp}, rg_rules",
        }
        assert set_goal(demo.institution, "goal", "…").entries


@pytest.mark.parametrize("rank", list(Rank)[2:], ids=str)
def test_a_guard_that_fails_blocks_only_for_law_and_direction(
    tmp_path: Path, rank: Rank
) -> None:
    with _opened(tmp_path, _rule(rank.name, guard="fails", law="CHECKED")) as demo:
        if rank in {Rank.METHOD, Rank.WORKFLOW}:
            start_klaas(demo.institution)
            assert _codes(_name_group(demo).warnings) == ["fault.rule"]
            return
        with pytest.raises(rgcore.Refused) as caught:
            start_klaas(demo.institution)
        (finding,) = caught.value.decision.blocking
        assert (finding.code, finding.effect) == ("fault.rule", Effect.REFUSES)
        assert "zilverreiger" not in str(caught.value)


def test_a_fact_is_recorded_whatever_a_rule_says(tmp_path: Path) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    failing = _rule("LAW", guard="fails", law="CHECKED")
    with _opened(tmp_path, failing) as demo:
        fact = ExplainMethod(id=ChangeId("e1"), happened_on=FIRST_DAY, by=ESMEE)
        assert demo.institution.record(GROUP, [fact], READER).entries


ACCESS: Final = """
    def rg_access_rules(self, ctx):
        return [AccessRule(code=Code("example.away"), wording=Wording("weg", "away"),
                           sentence=Wording("x", "x"), source="x", denials={denials})]
"""
DENIALS: Final = """
    from datetime import date

    def supporter(group, method):
        return [Denial(to="s-esmee", since=date(2025, 2, 1), until=date(2025, 3, 1))]

    def client(group, method):
        return [Denial(to=group.client, since=date.min)]

    def fails(group, method):
        raise ValueError("zilverreiger")

    def junk(group, method):
        return ["zilverreiger"]
"""


def _access(denials: str) -> Fake:
    body = ACCESS.replace("{denials}", denials)
    manifest = {"hooks": ["rg_access_rules"]}
    return Fake(body=body, before=DENIALS, manifest=manifest)


def test_an_access_rule_takes_away_for_its_days_only(tmp_path: Path) -> None:
    with _opened(tmp_path, _access("supporter")) as demo:
        demo.clock.set(date(2025, 1, 31))
        start_klaas(demo.institution)
        assert demo.institution.view(GROUP, READER).reader == READER.who
        demo.clock.set(date(2025, 2, 1))
        with pytest.raises(NotAvailable):
            demo.institution.view(GROUP, READER)
        with pytest.raises(NotAvailable):
            set_goal(demo.institution, "goal", "…")
        demo.clock.set(date(2025, 3, 1))
        assert demo.institution.view(GROUP, READER).reader == READER.who


def test_nothing_is_taken_from_the_client(tmp_path: Path) -> None:
    with _opened(tmp_path, _access("client")) as demo:
        start_klaas(demo.institution)
        assert demo.institution.view(GROUP, CLIENT).reader == CLIENT.who


@pytest.mark.parametrize("denials", ["fails", "junk"])
def test_an_access_rule_that_fails_hides_the_group_from_all_but_the_client(
    tmp_path: Path, denials: str, caplog: pytest.LogCaptureFixture
) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    failing = _access(denials)
    with (
        _opened(tmp_path, failing) as demo,
        caplog.at_level(logging.ERROR, "rgcore.plugins"),
    ):
        assert demo.institution.view(GROUP, CLIENT).reader == CLIENT.who
        with pytest.raises(NotAvailable) as caught:
            demo.institution.view(GROUP, READER)
        assert "example" not in str(caught.value)
    assert f"example.away of {failing.stamp}, rg_access_rules failed" in caplog.text
    assert "zilverreiger" not in caplog.text


# Changes of a setting's own.

OWN: Final = Fake(
    body="""
    def rg_changes(self, ctx):
        word = Wording("woord", "word")
        fields = (
            OwnField(name=Code("what"), holds=Holds.TEXT, wording=word),
            OwnField(name=Code("kind"), holds=Holds.CODE, wording=word, required=False,
                     choices=(Code("a"), Code("b"))),
        )
        return [OwnChange(code=Code("example.visit"), wording=word, fields=fields,
                          sentence=Wording("Op bezoek: {what}.", "A visit: {what}."),
                          source="x", whose=Whose.CLIENT)]
    """,
    manifest={"hooks": ["rg_changes"]},
)


OWN_ELSEWHERE: Final = evolve(OWN, id="own", body=OWN.body.replace("example.", "own."))


def _visit(words: rgcore.Words, *values: OwnValue, **more: Any) -> NoteForSetting:  # noqa: ANN401
    text = words.add("t-v", subject=KLAAS, said="de markt")
    usual: dict[str, Any] = {
        "id": "v1",
        "happened_on": FIRST_DAY,
        "note": "v1",
        "kind": "example.visit",
        "whose": KLAAS,
        "values": (OwnValue(name=Code("what"), text=text), *values),
    }
    return NoteForSetting(**{**usual, **more})


def test_a_change_of_a_setting_s_own_is_kept_beside_the_rest(tmp_path: Path) -> None:
    words = rgcore.Words()
    with _opened(tmp_path, OWN) as demo:
        start_klaas(demo.institution)
        visit = _visit(words)
        demo.institution.record(GROUP, [visit], AT_THE_TABLE, words=words)
        view = demo.institution.view(GROUP, READER)
        (note,) = view.group.foreign[Code("example")]
        assert view.said(note.values[0].text) == "de markt"
    with _opened(tmp_path) as demo:
        # Without the setting it is kept all the same, and understood by nobody.
        assert demo.institution.view(GROUP, READER).group.notes == (note,)
        assert demo.institution.verify() == ()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"kind": "example.other"}, "structure.unknown_kind"),
        ({"schema": 2}, "structure.other_schema"),
        ({"whose": None}, "structure.other_whose"),
        ({"whose": ESMEE}, "structure.other_whose"),
        ({"values": ()}, "structure.field_missing"),
    ],
    ids=str,
)
def test_what_its_declaration_does_not_say_is_refused(
    tmp_path: Path, more: dict[str, Any], code: str
) -> None:
    with _opened(tmp_path, OWN) as demo:
        start_klaas(demo.institution)
        words = rgcore.Words()
        visit = _visit(words, **more)
        used = words if visit.values else rgcore.Words()
        found = demo.institution.check(GROUP, [visit], AT_THE_TABLE, words=used)
        assert code in _codes(found.blocking)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (OwnValue(name=Code("kind"), code=Code("c")), "structure.unknown_code"),
        (OwnValue(name=Code("kind"), number=3), "structure.other_field"),
        (OwnValue(name=Code("more"), number=3), "structure.unknown_field"),
        (OwnValue(name=Code("what"), number=3), "structure.said_twice"),
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_its_field_is_refused(
    tmp_path: Path, value: OwnValue, code: str
) -> None:
    with _opened(tmp_path, OWN) as demo:
        start_klaas(demo.institution)
        words = rgcore.Words()
        found = demo.institution.check(
            GROUP, [_visit(words, value)], AT_THE_TABLE, words=words
        )
        assert code in _codes(found.blocking)


def test_what_is_the_client_s_nobody_records_in_their_own_name(tmp_path: Path) -> None:
    with _opened(tmp_path, OWN) as demo:
        start_klaas(demo.institution)
        words = rgcore.Words()
        found = demo.institution.check(GROUP, [_visit(words)], READER, words=words)
        assert _codes(found.blocking) == ["access.not_the_client"]


def test_a_group_that_came_from_elsewhere_goes_by_the_composition_here(
    tmp_path: Path,
) -> None:
    with _opened(tmp_path) as demo:
        start_klaas(demo.institution)
    with _opened(tmp_path, WORDED, OWN_ELSEWHERE) as demo:
        demo.institution.adopt(GROUP, READER)
        words = rgcore.Words()
        visit = _visit(words, kind="own.visit")
        demo.institution.record(GROUP, [visit], AT_THE_TABLE, words=words)
        sent = as_sent(demo.institution.export(GROUP, OPERATOR))
    with third(tmp_path) as here:
        here.institution.import_group(sent, OPERATOR)
        loaded = here.institution._store.load(GROUP)
        assert loaded is not None
        assert loaded.group.composition == here.institution.method.digest
        assert [note.kind for note in loaded.group.notes] == ["own.visit"]
        assert here.institution.behind() == ()
        assert here.institution.verify() == ()
