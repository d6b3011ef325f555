"""A whole group comes in as it went out, once, and goes on."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import rgcore
from institution.moving import (
    OPERATOR,
    Json,
    all_kept,
    altered,
    as_sent,
    journal,
    log_lines,
    resealed,
    taken,
    third,
)
from rgcore import Actor, NotAvailable, Refused, View
from rgcore.cli.replay import Replay
from rgcore.domain.actor import CARE, OWN_GROUP
from rgcore.domain.changes import ImportGroup, InvolvePerson, SetGoal
from rgcore.domain.ids import (
    ChangeId,
    Code,
    Digest,
    GroupId,
    InstitutionId,
    ItemId,
    PersonId,
)
from rgcore.domain.people import DIRECTION_SUPPORTER, Person
from rgcore.domain.plan import Term
from rgcore.domain.text import ERASED, PersonName
from rgcore.errors import Busy, GroupExists, LogUnavailable, NotAnOperator
from rgcore.render.data import view_data
from support import (
    AT_THE_TABLE,
    DIRECTORY,
    ESMEE,
    FIRST_DAY,
    GROUP,
    KLAAS,
    MARKER,
    TEAM,
    Demo,
    Goals,
    Ids,
    forget,
    open_demo,
    set_goal,
    start_klaas,
)

CLIENT = Actor(KLAAS, OWN_GROUP)


def own_view(institution: rgcore.Institution, replay: Replay) -> View:
    return institution.view(replay.case.group, Actor(replay.case.client, OWN_GROUP))


def told_of(view: View, names: dict[str, str]) -> Json:
    """Return what a view says, with other names of staff and without its own ids."""
    text = json.dumps(view_data(view))
    for old, new in names.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    data = json.loads(text)
    del data["log_id"], data["staff"], data["group"]["seq"]
    return data


def test_client_sees_the_group_as_it_was(case: Replay, sent: Json, came: Demo) -> None:
    before = own_view(case.institution, case)
    after = own_view(came.institution, case)
    strangers = set(sent["staff"])
    here = {p.id for p in after.group.people} - {p.id for p in before.group.people}
    assert len(here) == len({p.id for p in before.group.people} & strangers)
    names = {str(p.id): f"staff-{n}" for n, p in enumerate(before.group.people)}
    names_here = {str(p.id): f"staff-{n}" for n, p in enumerate(after.group.people)}
    one, two = told_of(before, names), told_of(after, names_here)
    arrival, *rest = two["group"].pop("happenings")
    assert arrival["fact"] == "group.import"
    happened = one["group"].pop("happenings")
    came_with = [each["group"].pop("came_with") for each in (one, two)]
    assert came_with == [0, len(happened)]
    assert [
        h | {"seq": h["seq"] - 1, "touched": sorted(h["touched"])} for h in rest
    ] == [h | {"touched": sorted(h["touched"])} for h in happened]
    assert one == two
    assert dict(before.words) == dict(after.words)


def test_what_is_owed_goes_on(case: Replay, came: Demo) -> None:
    before = own_view(case.institution, case)
    after = own_view(came.institution, case)

    def dates(view: View) -> list[tuple[str, date]]:
        return sorted((p.finding.code, p.since) for p in view.prompts())

    assert dates(before) == dates(after)
    (due,) = came.institution.attention(TEAM, Actor(ESMEE, CARE)).groups
    assert due.group == case.case.group


def test_first_entry_says_where_the_group_came_from(
    case: Replay, sent: Json, came: Demo
) -> None:
    first, *rest = journal(came, case.case.group)
    change = first.entry.change
    assert isinstance(change, ImportGroup)
    assert (first.entry.seq, first.entry.actor) == (1, OPERATOR)
    assert change.happened_on == came.institution.today()
    assert (change.source_institution, change.source_group) == ("demo", change.group)
    assert change.head == sent["source"]["head"]
    assert change.digest == sent["digest"]
    assert change.count == len(rest) == len(sent["entries"])
    assert change.client == case.case.client


def test_entries_keep_their_time_and_what_was_said_of_them(
    sent: Json, came: Demo, case: Replay
) -> None:
    _, *rest = journal(came, case.case.group)
    for one, line in zip(rest, sent["entries"], strict=True):
        assert one.entry.seq == line["seq"] + 1
        assert one.entry.recorded_at.isoformat() == line["recorded_at"]
        assert one.entry.composition == line["composition"]
        assert [o.code for o in one.entry.overrides] == [
            o["code"] for o in line["overrides"]
        ]
        assert list(one.entry.warned) == line["warned"]
    assert any(one.entry.warned for one in rest)


def test_chain_and_keys_are_new(case: Replay, came: Demo) -> None:
    group = case.case.group
    there, here = case.institution._store, came.institution._store
    old = {row["link"] for row in there.journal(group)}
    assert old.isdisjoint({row["link"] for row in here.journal(group)})
    keys, own = there.keys(group), here.keys(group)
    assert keys is not None
    assert own is not None
    assert {keys.group, keys.chain, *keys.subjects.values()}.isdisjoint(
        {own.group, own.chain, *own.subjects.values()}
    )


def test_composition_comes_along(sent: Json, came: Demo) -> None:
    for digest, data in sent["compositions"].items():
        assert came.institution._store.composition(digest) == data


def test_import_leaves_a_committed_line(case: Replay, came: Demo) -> None:
    assert log_lines(came) == [
        ("import", "allowed", "operator", "operation", case.case.group)
    ]


def test_nothing_comes_in_when_the_log_fails(elsewhere: Demo, sent: Json) -> None:
    before = all_kept(elsewhere)
    with closing(sqlite3.connect(elsewhere.log)) as connection:
        connection.execute("DROP TABLE access_line")
    with pytest.raises(LogUnavailable):
        elsewhere.institution.import_group(sent, OPERATOR)
    assert all_kept(elsewhere) == before


@pytest.mark.parametrize("actor", [CLIENT, AT_THE_TABLE, Actor(ESMEE, CARE)])
def test_import_is_for_operators(elsewhere: Demo, sent: Json, actor: Actor) -> None:
    before = all_kept(elsewhere)
    with pytest.raises(NotAnOperator):
        elsewhere.institution.import_group(sent, actor)
    assert all_kept(elsewhere) == before
    assert log_lines(elsewhere) == [
        ("import", "refused", actor.who, actor.purpose, None)
    ]


def test_same_file_comes_in_once(case: Replay, sent: Json, came: Demo) -> None:
    before = all_kept(came)
    again = taken(came, sent, team="another-team")
    assert (again.imported, again.seq) == (False, len(sent["entries"]) + 1)
    assert all_kept(came) == before
    record_name(came, case)
    later = taken(came, sent)
    assert (later.imported, later.seq) == (False, again.seq + 1)


def record_name(demo: Demo, case: Replay) -> None:
    client = case.case.client
    actor = Actor(client, OWN_GROUP)
    words = rgcore.Words()
    change = SetGoal(
        id=ChangeId("c-new"),
        happened_on=demo.institution.today(),
        goal=ItemId("goal-new"),
        term=Term.LONG,
        dimension=Code("personal"),
        words=words.add("t-new", subject=client, said="Naar zee."),
    )
    demo.institution.record(case.case.group, [change], actor, words=words)
    assert demo.institution.verify() == ()


def test_group_goes_on_where_it_came(case: Replay, came: Demo) -> None:
    record_name(came, case)
    view = own_view(came.institution, case)
    assert view.said(view.group.goals[-1].words) == "Naar zee."


def test_id_that_another_group_has_is_taken(
    case: Replay, sent: Json, elsewhere: Demo
) -> None:
    elsewhere.clock.set(FIRST_DAY)
    start_klaas(elsewhere.institution, case.case.group)
    elsewhere.clock.set(case.case.events[-1].on)
    before = all_kept(elsewhere)
    with pytest.raises(GroupExists):
        elsewhere.institution.import_group(sent, OPERATOR)
    assert all_kept(elsewhere) == before


def test_another_file_of_the_same_group_is_not_taken_for_the_first(
    sent: Json, came: Demo
) -> None:
    later = altered(
        sent, ("source", "exported_at"), lambda _: "2026-06-11T00:00:00+00:00"
    )
    with pytest.raises(GroupExists):
        came.institution.import_group(resealed(later), OPERATOR)


def test_two_who_import_at_once_import_once(elsewhere: Demo, sent: Json) -> None:
    calls: list[None] = []

    def racing() -> Any:  # noqa: ANN401
        calls.append(None)
        # Just before it is kept, and after it was seen that there is none.
        if len(calls) == 4:
            assert elsewhere.institution.import_group(sent, OPERATOR).imported
        return elsewhere.clock()

    with rgcore.open(elsewhere.toml, clock=racing, ids=Ids("slow")) as slow:
        assert not slow.import_group(sent, OPERATOR).imported
    assert elsewhere.institution.status().groups == 1
    assert elsewhere.institution.verify() == ()


def test_who_keeps_losing_is_told_so(
    elsewhere: Demo, sent: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert taken(elsewhere, sent).imported
    store = elsewhere.institution._store
    monkeypatch.setattr(store, "load", lambda _: None)
    with pytest.raises(Busy):
        elsewhere.institution.import_group(sent, OPERATOR)


@pytest.mark.parametrize("team", [None, "team-west"])
def test_team_is_that_of_the_file_unless_another_is_named(
    elsewhere: Demo, sent: Json, case: Replay, team: str | None
) -> None:
    taken(elsewhere, sent, team=team)
    assert own_view(elsewhere.institution, case).group.team == (team or TEAM)
    row = elsewhere.institution._store.index_row(case.case.group)
    assert row is not None
    assert row.team == (team or TEAM)


def directory_with(*ids: str) -> str:
    """Return a directory in which these ids are people of our own."""
    return DIRECTORY + "".join(
        f'[[staff]]\nid = "{one}"\nname = "Iemand van hier"\n'
        'teams = [{ team = "fact-noord", since = 2024-01-01 }]\n'
        for one in ids
    )


@pytest.fixture
def namesakes(elsewhere: Demo, sent: Json, case: Replay) -> Iterator[Demo]:
    """Give an institution whose staff have the ids of people in the file."""
    elsewhere.institution.close()
    ids = [*sent["staff"], case.case.client]
    directory = elsewhere.folder / "directory.toml"
    directory.write_text(directory_with(*ids), encoding="utf-8")
    with open_demo(elsewhere.folder, elsewhere.clock) as demo:
        yield demo


def test_staff_of_the_source_are_nobody_here(
    namesakes: Demo, sent: Json, case: Replay
) -> None:
    answer = taken(namesakes, sent)
    assert answer.client != case.case.client
    ids = {*sent["staff"], case.case.client}
    for one in ids:
        for purpose in (CARE, OWN_GROUP):
            with pytest.raises(NotAvailable):
                namesakes.institution.view(
                    case.case.group, Actor(PersonId(one), purpose)
                )
    store = namesakes.institution._store
    keys = store.keys(case.case.group)
    assert keys is not None
    for row in store.journal(case.case.group):
        entry = store.opened(row, keys).entry
        assert ids.isdisjoint(all_ids(attrs.asdict(entry)))
    assert ids.isdisjoint(keys.subjects)
    view = namesakes.institution.view(case.case.group, Actor(answer.client, OWN_GROUP))
    assert view.staff == {}
    assert str(view.name(answer.client)) is not None
    assert view.name(answer.client) == PersonName.of("Klaas")


def all_ids(value: object) -> set[str]:
    if isinstance(value, dict):
        return {i for item in value.values() for i in all_ids(item)}
    if isinstance(value, list | tuple):
        return {i for item in value for i in all_ids(item)}
    return {value} if isinstance(value, str) else set()


def test_operator_of_the_source_is_nobody_here(
    came: Demo, case: Replay, tmp_path: Path
) -> None:
    second = came.institution.export(case.case.group, OPERATOR)
    with third(tmp_path) as demo:
        taken(demo, as_sent(second))
        arrivals = journal(demo, case.case.group)[:2]
    here, there = (one.entry.actor.who for one in arrivals)
    assert here == OPERATOR.who
    assert there not in {OPERATOR.who, here}


def test_group_that_came_can_go_on_to_a_third(
    came: Demo, case: Replay, tmp_path: Path
) -> None:
    record_name(came, case)
    second = as_sent(came.institution.export(case.case.group, OPERATOR))
    with third(tmp_path) as demo:
        assert taken(demo, second).seq == len(second["entries"]) + 1
        view = own_view(demo.institution, case)
        assert dict(view.words) == dict(own_view(came.institution, case).words)
        facts = [h.fact for h in view.group.happenings[:3]]
        assert facts == ["group.import", "group.import", "group.start"]
        assert taken(demo, second).imported is False


def test_institution_that_takes_its_own_group_back_knows_its_staff(
    sent: Json, case: Replay, tmp_path: Path
) -> None:
    with third(tmp_path, "demo") as demo:
        taken(demo, sent)
        _, *rest = journal(demo, case.case.group)
    assert [one.entry.actor.who for one in rest] == [
        line["actor"]["who"] for line in sent["entries"]
    ]


def test_client_lets_somebody_in_here(came: Demo, case: Replay) -> None:
    group, client = case.case.group, Actor(case.case.client, OWN_GROUP)
    with pytest.raises(NotAvailable):
        came.institution.view(group, Actor(ESMEE, CARE))
    change = InvolvePerson(
        id=ChangeId("c-supporter"),
        happened_on=came.institution.today(),
        person=Person(id=ESMEE, staff=True),
        role=DIRECTION_SUPPORTER,
    )
    came.institution.record(group, [change], client)
    view = came.institution.view(group, Actor(ESMEE, CARE))
    assert view.staff == {ESMEE: "Esmee"}


def test_erased_words_come_in_as_erased(elsewhere: Demo, klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", MARKER)
    forget(klaas, KLAAS)
    content = as_sent(klaas.institution.export(GROUP, OPERATOR))
    taken(elsewhere, content)
    view = elsewhere.institution.view(GROUP, CLIENT)
    assert view.said(view.group.goals[0].words) is ERASED
    assert view.name(KLAAS) is None
    keys = elsewhere.institution._store.keys(GROUP)
    assert keys is not None
    assert KLAAS not in keys.subjects
    second = elsewhere.institution.export(GROUP, OPERATOR)
    assert second["entries"][2]["change"]["words"]["erased"] is True
    assert elsewhere.institution.repair(GROUP) == ()


def test_what_is_said_later_by_somebody_who_was_erased_reads(
    elsewhere: Demo, klaas: Demo
) -> None:
    set_goal(klaas.institution, "bike", MARKER)
    forget(klaas, KLAAS)
    taken(elsewhere, as_sent(klaas.institution.export(GROUP, OPERATOR)))
    goals = Goals()
    change = goals.set("home", "een eigen huis", elsewhere.institution.today())
    elsewhere.institution.record(GROUP, [change], CLIENT, words=goals.words)
    view = elsewhere.institution.view(GROUP, CLIENT)
    assert [view.said(g.words) for g in view.group.goals] == [ERASED, "een eigen huis"]
    assert elsewhere.institution.verify() == ()


@pytest.mark.parametrize("group", [GROUP, "g-nobody-knows"])
@pytest.mark.parametrize("actor", [AT_THE_TABLE, Actor(PersonId("x"), CARE), OPERATOR])
def test_import_cannot_be_recorded(klaas: Demo, group: str, actor: Actor) -> None:
    change = ImportGroup(
        id=ChangeId("c-import"),
        happened_on=FIRST_DAY,
        source_institution=InstitutionId("there"),
        source_group=GroupId(group),
        head=Digest("0" * 64),
        count=1,
        digest=Digest("0" * 64),
        group=GroupId(group),
        client=KLAAS,
        team=TEAM,
        started_on=FIRST_DAY,
    )
    with pytest.raises(Refused) as caught:
        klaas.institution.record(group, [change], actor)
    assert [(f.code, f.path) for f in caught.value.decision.blocking] == [
        ("structure.only_by_import", "changes[0].type")
    ]
    assert not klaas.institution.check(group, [change], actor).allowed
