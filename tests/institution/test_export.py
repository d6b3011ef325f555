"""A whole group goes out for an operator; what one reader may see, for that reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from attrs import evolve

import rgcore
from institution.moving import OPERATOR, Json, as_sent, at, leaves, log_lines
from rgcore import Actor, NotAvailable
from rgcore.cli.replay import Replay
from rgcore.domain.actor import CARE, OPERATION, OWN_GROUP
from rgcore.domain.changes import KeepOwnItem
from rgcore.domain.ids import ChangeId, Code, ItemId, PersonId
from rgcore.errors import (
    InputError,
    JournalDamaged,
    LogUnavailable,
    NotAnOperator,
    NotForYou,
    StoreDamaged,
)
from rgcore.serial.export import export_digest
from rgcore.serial.wire import unstructure
from support import (
    ARTS,
    AT_THE_TABLE,
    ESMEE,
    GROUP,
    KLAAS,
    MARKER,
    Demo,
    forget,
    set_goal,
    told,
)


def test_whole_export_holds_every_word_that_the_client_can_read(
    case: Replay, sent: Json
) -> None:
    view = case.institution.view(case.case.group, Actor(case.case.client, OWN_GROUP))
    texts = {
        place["id"]: place
        for way in leaves(sent["entries"])
        if way[-1] in {"said", "written", "date"}
        for place in [at(sent["entries"], way[: -2 if way[-1] == "written" else -1])]
    }
    assert view.words
    for text, said in view.words.items():
        name = isinstance(said, rgcore.PersonName)
        assert texts[text]["name" if name else "said"] == unstructure(said)


def test_whole_export_names_its_source_and_the_end_of_its_chain(
    case: Replay, sent: Json
) -> None:
    group = case.case.group
    journal = case.institution._store.journal(group)
    assert sent["source"] | {"exported_at": ""} == {
        "institution": "demo",
        "group": group,
        "exported_at": "",
        "seq": len(journal),
        "head": journal[-1]["link"].hex(),
    }
    assert [one["seq"] for one in sent["entries"]] == [*range(1, len(journal) + 1)]
    assert sent["compositions"].keys() == {e["composition"] for e in sent["entries"]}
    assert sent["digest"] == export_digest(sent)


def test_exports_are_what_json_gives_back(klaas: Demo) -> None:
    for content in (
        klaas.institution.export(GROUP, OPERATOR),
        klaas.institution.export_view(GROUP, AT_THE_TABLE),
    ):
        assert as_sent(content) == content


def test_whole_export_names_staff_for_readers(case: Replay, sent: Json) -> None:
    known = {staff.id: staff.name for staff in case.case.staff}
    assert sent["staff"]
    assert sent["staff"].items() <= known.items()


def test_whole_export_leaves_a_committed_line(klaas: Demo) -> None:
    klaas.institution.export(GROUP, OPERATOR)
    assert log_lines(klaas) == [
        ("export_whole", "shown", "operator", "operation", GROUP)
    ]


NO_OPERATORS = [
    Actor(KLAAS, OWN_GROUP),
    AT_THE_TABLE,
    Actor(ESMEE, CARE, because=Code("moves_away")),
    Actor(ESMEE, OPERATION),
]


@pytest.mark.parametrize("actor", NO_OPERATORS)
@pytest.mark.parametrize("group", [GROUP, "g-nobody-knows"])
def test_whole_export_is_for_operators_who_say_why(
    klaas: Demo, actor: Actor, group: str
) -> None:
    with pytest.raises(NotAnOperator) as caught:
        klaas.institution.export(group, actor)
    assert isinstance(caught.value, NotForYou)
    assert log_lines(klaas) == [
        ("export_whole", "refused", actor.who, actor.purpose, group)
    ]


def test_operator_asks_for_a_group_that_is_not_there(klaas: Demo) -> None:
    with pytest.raises(NotAvailable):
        klaas.institution.export("g-nobody-knows", OPERATOR)
    assert [line[:2] for line in log_lines(klaas)] == [("export_whole", "refused")]


def test_operator_sees_nothing_through_a_view(klaas: Demo) -> None:
    for ask in (klaas.institution.view, klaas.institution.export_view):
        with pytest.raises(NotAvailable):
            ask(GROUP, OPERATOR)


@pytest.mark.parametrize("group", ["", MARKER + " x", 7])
def test_what_is_no_group_id_stands_in_no_log(klaas: Demo, group: str) -> None:
    for ask in (klaas.institution.export, klaas.institution.export_view):
        with pytest.raises(InputError) as caught:
            ask(group, OPERATOR)
        assert MARKER not in told(caught.value)
    assert log_lines(klaas) == []


def test_nothing_goes_out_when_the_log_fails(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", MARKER)
    sql(klaas.log, "DROP TABLE access_line")
    for actor, ask in (
        (OPERATOR, klaas.institution.export),
        (AT_THE_TABLE, klaas.institution.export_view),
    ):
        with pytest.raises(LogUnavailable) as caught:
            ask(GROUP, actor)
        assert MARKER not in told(caught.value)


def sql(file: Path, *statements: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


DAMAGES: dict[str, Callable[[Demo], None]] = {
    "row gone": lambda d: sql(d.store, "DELETE FROM journal WHERE seq = 2"),
    "row altered": lambda d: sql(
        d.store, "UPDATE journal SET skeleton = zeroblob(9) WHERE seq = 2"
    ),
    "leaf altered": lambda d: sql(
        d.store, "UPDATE journal SET leaves = x'80' WHERE seq = 2"
    ),
    "all rows gone": lambda d: sql(d.store, "DELETE FROM journal"),
    "end gone with the document": lambda d: sql(
        d.store,
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE document SET skeleton = zeroblob(9)",
    ),
    "only the index left": lambda d: sql(
        d.store, "DELETE FROM journal", "DELETE FROM document"
    ),
    "keys gone": lambda d: sql(d.keys, "DELETE FROM key_record"),
    "keys altered": lambda d: sql(d.keys, "UPDATE key_record SET sealed = x'00'"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_journal_does_not_go_out(klaas: Demo, damage: str) -> None:
    set_goal(klaas.institution, "bike", MARKER)
    set_goal(klaas.institution, "home", "een eigen huis")
    DAMAGES[damage](klaas)
    with pytest.raises(JournalDamaged) as caught:
        klaas.institution.export(GROUP, OPERATOR)
    assert "rgcore verify" in caught.value.sentence()
    assert MARKER not in told(caught.value)
    assert [line[:2] for line in log_lines(klaas)] == [("export_whole", "shown")]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM document", "DELETE FROM group_index"],
)
def test_what_the_journal_can_make_anew_stands_in_no_way(
    klaas: Demo, statement: str
) -> None:
    whole = klaas.institution.export(GROUP, OPERATOR)
    sql(klaas.store, statement)
    assert klaas.institution.export(GROUP, OPERATOR) == whole


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM composition",
        "UPDATE composition SET snapshot = '{}'",
        "UPDATE composition SET snapshot = 'no JSON'",
    ],
)
def test_composition_that_is_not_as_it_was_does_not_go_out(
    klaas: Demo, statement: str
) -> None:
    sql(klaas.store, statement)
    with pytest.raises(StoreDamaged):
        klaas.institution.export(GROUP, OPERATOR)


def test_erased_words_are_absent_and_said_to_be(klaas: Demo) -> None:
    set_goal(klaas.institution, "bike", MARKER)
    forget(klaas, KLAAS)
    whole = klaas.institution.export(GROUP, OPERATOR)
    assert MARKER not in str(whole)
    assert whole["entries"][1]["change"]["words"] == {
        "id": "t-bike",
        "subject": KLAAS,
        "erased": True,
    }


def keep_letter(demo: Demo, item: str, owner: PersonId) -> None:
    words = rgcore.Words()
    change = KeepOwnItem(
        id=ChangeId(f"c-{item}"),
        happened_on=demo.clock.day,
        item=ItemId(item),
        owner=owner,
        kind=Code("letter"),
        words=words.add(f"t-{item}", subject=owner, said=MARKER),
    )
    actor = evolve(AT_THE_TABLE, on_behalf_of=owner)
    demo.institution.record(GROUP, [change], actor, words=words)


def test_reader_s_own_file_says_in_words_that_it_is_partial(klaas: Demo) -> None:
    partial = klaas.institution.export_view(GROUP, AT_THE_TABLE)
    assert partial["kind"] == "partial"
    assert "cannot be imported" in partial["notice"]["en"]
    assert "kan niet ingelezen worden" in partial["notice"]["nl"]
    assert partial["seen"]["group"]["id"] == GROUP
    assert log_lines(klaas) == [("export", "shown", ESMEE, "care", GROUP)]


def test_reader_s_own_file_does_not_tell_how_much_is_left_out(klaas: Demo) -> None:
    keep_letter(klaas, "letter", ESMEE)
    set_goal(klaas.institution, "bike", "weer fietsen")
    partial = klaas.institution.export_view(GROUP, Actor(KLAAS, OWN_GROUP))
    group = partial["seen"]["group"]
    assert group["seq"] == 2
    assert [one["seq"] for one in group["happenings"]] == [1, 2]
    assert group["own_items"] == []
    assert MARKER not in str(partial)
    assert {"digest", "head", "source", "withheld"}.isdisjoint(
        {key for way in leaves(partial) for key in way}
    )


def test_reader_s_own_file_is_for_whoever_may_see_the_group(klaas: Demo) -> None:
    for group in (GROUP, "g-nobody-knows"):
        with pytest.raises(NotAvailable):
            klaas.institution.export_view(group, Actor(ARTS, CARE))
    assert [line[:2] for line in log_lines(klaas)] == [("export", "refused")] * 2
