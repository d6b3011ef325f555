from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import attrs
import pytest

from method.groups import (
    AT_THE_TABLE,
    ESMEE,
    KLAAS,
    METHOD,
    MOTHER,
    START,
    Row,
    begun,
    change_from,
    codes_of,
    judged,
    text,
)
from rgcore.access import View, make_view, may_do, may_see, who_can_see
from rgcore.domain.actor import CARE, OWN_GROUP, Actor
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, ItemId, Kind, PersonId, Ref, TextId
from rgcore.domain.text import ERASED, PersonName, Read
from rgcore.institution.deciding import not_yours
from rgcore.method import BASE, Proposal, Rule, Step, Texts

FIRST: Final = date(2025, 1, 6)
KEPT: Final = date(2025, 2, 2)
SHARED: Final = date(2025, 3, 3)
LEFT: Final = date(2025, 9, 1)
TODAY: Final = date(2030, 1, 1)
DAY: Final = timedelta(days=1)
LETTER: Final = ItemId("letter")

STRANGER: Final = PersonId("stranger")
ARTS: Final = PersonId("arts")
FATHER: Final = PersonId("father")

PEOPLE: Final[list[Row]] = [
    {"type": "member.nominate", "happened_on": FIRST, "nomination": "n-mother",
     "person": {"id": MOTHER}},
    {"type": "member.nominate", "happened_on": FIRST, "nomination": "n-father",
     "person": {"id": FATHER}},
    {"type": "member.accept", "happened_on": FIRST, "nomination": "n-mother"},
    {"type": "person.involve", "happened_on": FIRST,
     "person": {"id": ARTS, "staff": True}, "role": "responsible_clinician"},
]  # fmt: skip

WORDS: Final[dict[TextId, Read]] = {TextId("t-letter"): "Lieve ma", TextId("t-n"): "n"}


def _kept(owner: str = KLAAS) -> Row:
    words = {"id": "t-letter", "subject": owner}
    return {"type": "own_item.keep", "happened_on": KEPT, "item": LETTER,
            "owner": owner, "kind": "letter", "words": words}  # fmt: skip


SHOWN: Final[Row] = {"type": "own_item.share", "happened_on": SHARED, "item": LETTER}
NAMED: Final[Row] = {"type": "group.name", "happened_on": SHARED,
                     "name": {"id": "t-n", "subject": KLAAS}}  # fmt: skip


def _actor(who: PersonId) -> Actor:
    return Actor(who, CARE if who == ESMEE else OWN_GROUP)


def _sees(
    group: ResourceGroup, who: PersonId, on: date, item: ItemId | None = None
) -> bool:
    decision = may_see(group, METHOD, _actor(who), item, on)
    assert decision.allowed or [f.code for f in decision.findings] == [
        "access.not_yours"
    ]
    granted = {grant.to for grant in who_can_see(group, METHOD, item, on)}
    assert decision.allowed is (who in granted)
    return decision.allowed


@pytest.mark.parametrize("who", [KLAAS, ESMEE])
def test_the_client_and_the_supporter_see_the_group(who: PersonId) -> None:
    assert _sees(begun(*PEOPLE), who, FIRST)
    assert _sees(begun(*PEOPLE), who, TODAY)
    assert not _sees(begun(*PEOPLE), who, FIRST - DAY)


@pytest.mark.parametrize("who", [FATHER, STRANGER], ids=["nominee", "stranger"])
def test_who_is_not_in_the_group_sees_nothing(who: PersonId) -> None:
    group = begun(*PEOPLE, _kept())
    assert not _sees(group, who, TODAY)
    assert not _sees(group, who, TODAY, LETTER)


@pytest.mark.parametrize("who", [MOTHER, ARTS], ids=["member", "clinician"])
def test_who_is_in_the_group_sees_nothing_that_is_kept(who: PersonId) -> None:
    group = begun(*PEOPLE, _kept())
    assert _sees(group, who, TODAY)
    assert not _sees(group, who, TODAY, LETTER)


def test_a_supporter_no_longer_sees_the_group_from_the_day_of_leaving() -> None:
    leaves = {"type": "member.leave", "happened_on": LEFT, "person": ESMEE}
    group = begun(*PEOPLE, leaves)
    assert _sees(group, ESMEE, LEFT - DAY)
    assert not _sees(group, ESMEE, LEFT)
    assert _sees(group, KLAAS, LEFT)
    assert codes_of(judged(group, change_from(NAMED), today=LEFT)) == [
        "access.not_yours"
    ]


def test_a_new_supporter_sees_the_group_from_the_day_of_the_role() -> None:
    assigned = {"type": "role.assign", "happened_on": LEFT, "person": FATHER,
                "role": "direction_supporter"}  # fmt: skip
    group = begun(*PEOPLE, assigned)
    assert not _sees(group, FATHER, LEFT - DAY)
    assert _sees(group, FATHER, LEFT)


def test_a_grant_says_why() -> None:
    found = who_can_see(begun(*PEOPLE), METHOD, None, TODAY)
    assert {(grant.to, grant.because) for grant in found} == {
        (KLAAS, "own_group"),
        (ESMEE, "direction_supporter"),
        (ESMEE, "member"),
        (MOTHER, "member"),
        (MOTHER, "own"),
        (ARTS, "responsible_clinician"),
    }


def test_an_own_item_is_seen_by_its_owner_alone_until_it_is_shared() -> None:
    group = begun(*PEOPLE, _kept(), SHOWN)
    assert _sees(group, KLAAS, KEPT, LETTER)
    assert not _sees(group, ESMEE, SHARED - DAY, LETTER)
    assert _sees(group, ESMEE, SHARED, LETTER)
    assert not _sees(begun(*PEOPLE, _kept()), ESMEE, TODAY, LETTER)


def test_an_owner_sees_their_item_before_and_after_sharing_it() -> None:
    group = begun(*PEOPLE, _kept(MOTHER), SHOWN)
    assert not _sees(group, KLAAS, SHARED - DAY, LETTER)
    for day in (KEPT, SHARED, TODAY):
        assert _sees(group, MOTHER, day, LETTER)
    assert not _sees(group, MOTHER, KEPT - DAY, LETTER)


def _view(group: ResourceGroup, reader: PersonId) -> View:
    return make_view(
        group,
        WORDS,
        method=METHOD,
        reader=reader,
        on=TODAY,
        log_id="log-1",
        staff={ESMEE: "Esmee"},
    )


def _is_in(view: View) -> tuple[bool, bool, bool]:
    """Tell whether the letter, its happenings and its words are in a view."""
    return (
        any(item.id == LETTER for item in view.group.own_items),
        any(LETTER in line.touched for line in view.timeline()),
        TextId("t-letter") in view.words,
    )


def test_an_own_item_is_left_out_of_what_others_see() -> None:
    view = _view(begun(*PEOPLE, NAMED, _kept()), ESMEE)
    assert _is_in(view) == (False, False, False)
    assert view.withheld == (Ref(Kind.OWN_ITEM, LETTER),)
    assert view.words == {TextId("t-n"): "n"}
    held = [getattr(view, name) for name in attrs.fields_dict(View)]
    assert "Lieve ma" not in repr(held)


def test_an_own_item_is_in_what_its_owner_sees() -> None:
    view = _view(begun(*PEOPLE, NAMED, _kept()), KLAAS)
    assert _is_in(view) == (True, True, True)
    assert view.withheld == ()


def test_a_shared_item_is_in_what_the_supporter_sees() -> None:
    view = _view(begun(*PEOPLE, NAMED, _kept(), SHOWN), ESMEE)
    assert _is_in(view) == (True, True, True)
    assert view.withheld == ()


def test_leaving_an_item_out_leaves_everything_else() -> None:
    without = _view(begun(*PEOPLE, NAMED, _kept()), ESMEE)
    never = _view(begun(*PEOPLE, NAMED), ESMEE)
    assert without.prompts() == never.prompts()
    assert without.timeline() == never.timeline()
    assert without.phase() == never.phase()


def test_the_repr_of_a_view_shows_no_words() -> None:
    assert "Lieve" not in repr(_view(begun(*PEOPLE, NAMED, _kept(), SHOWN), KLAAS))


def test_words_whose_key_was_forgotten_read_as_erased() -> None:
    view = _view(begun(NAMED), KLAAS)
    other = begun({**NAMED, "name": {"id": "t-gone", "subject": KLAAS}})
    assert view.said(view.group.name) == "n"
    assert view.said(other.name) is ERASED
    assert view.said(None) is None


def test_a_name_comes_from_the_directory_or_from_the_group() -> None:
    start = {**START, "client": {"id": KLAAS,
             "name": {"id": "t-k", "subject": KLAAS}}}  # fmt: skip
    group = begun(start=start)
    words: dict[TextId, Read] = {TextId("t-k"): PersonName.of("Klaas", "de", "Wit")}
    view = make_view(group, words, method=METHOD, reader=KLAAS, on=TODAY, log_id="l",
                     staff={ESMEE: "Esmee"})  # fmt: skip
    assert [name and name.written for name in map(view.name, (KLAAS, ESMEE, ARTS))] == [
        "Klaas de Wit",
        "Esmee",
        None,
    ]


def test_a_code_that_nobody_knows_is_not_explained() -> None:
    view = _view(begun(), KLAAS)
    with pytest.raises(KeyError):
        view.explain("no_such_code")
    with pytest.raises(KeyError):
        view.why_not("no_such_step")


def test_every_rule_step_and_reason_is_explained() -> None:
    view = _view(begun(), KLAAS)
    explained = [p for p in BASE if isinstance(p, Rule | Step | Texts)]
    for part in explained:
        told = view.explain(part.code)
        assert (told.code, told.source) == (part.code, part.source)
        assert told.sentence.nl


def test_why_not_names_what_stands_against_a_step_and_what_is_open_of_it() -> None:
    against = _view(begun(), KLAAS).why_not("scale_down")
    assert [f.code for f in against.blocking] == ["scale_up_before_scale_down"]
    still = _view(begun(), KLAAS).why_not("draw_sociogram")
    assert still.allowed
    assert [f.code for f in still.findings] == ["draw_sociogram"]


def _refused(row: Row, actor: Actor, group: ResourceGroup | None = None) -> list[str]:
    group = group or begun(*PEOPLE, _kept())
    return codes_of(judged(group, change_from(row), actor=actor))


CLIENTS_PARTS: Final[list[Row]] = [
    {"type": "group.name", "happened_on": SHARED, "name": text()},
    {"type": "goal.set", "happened_on": SHARED, "goal": "work", "term": "long",
     "dimension": "societal", "words": text()},
    {"type": "member.nominate", "happened_on": SHARED, "nomination": "n-aunt",
     "person": {"id": "aunt"}},
    {"type": "member.withdraw_nomination", "happened_on": SHARED,
     "nomination": "n-father"},
    {"type": "sociogram.draw", "happened_on": SHARED, "sociogram": "so1",
     "figures": []},
    {"type": "role.assign", "happened_on": SHARED, "person": MOTHER, "role": "chair"},
    {"type": "meeting.plan", "happened_on": SHARED, "meeting": "m1",
     "kind": "kick_off", "planned_for": LEFT},
    {"type": "own_item.share", "happened_on": SHARED, "item": LETTER},
    {"type": "success.add", "happened_on": SHARED, "success": "s1", "by": KLAAS,
     "words": text()},
    {"type": "care.scale_down", "happened_on": SHARED, "scale_down": "sd1",
     "to": "none", "decided_by": KLAAS},
]  # fmt: skip

each_part = pytest.mark.parametrize(
    "row", CLIENTS_PARTS, ids=[str(row["type"]) for row in CLIENTS_PARTS]
)


@each_part
def test_the_client_decides_on_the_client_s_parts(row: Row) -> None:
    assert _refused(row, Actor(KLAAS, OWN_GROUP)) == []


@each_part
def test_the_supporter_records_them_on_the_client_s_behalf(row: Row) -> None:
    assert _refused(row, AT_THE_TABLE) == []


@each_part
def test_the_supporter_does_not_decide_on_them_alone(row: Row) -> None:
    assert _refused(row, Actor(ESMEE, CARE)) == ["access.not_the_client"]


@each_part
def test_the_supporter_does_not_decide_on_them_for_somebody_else(row: Row) -> None:
    for_mother = Actor(ESMEE, CARE, on_behalf_of=MOTHER, because=Code("member_asked"))
    assert _refused(row, for_mother) == ["access.not_the_client"]


@each_part
def test_whoever_types_for_the_client_says_why(row: Row) -> None:
    without = Actor(ESMEE, CARE, on_behalf_of=KLAAS)
    assert _refused(row, without) == ["access.reason_missing"]


@each_part
@pytest.mark.parametrize("who", [MOTHER, FATHER, ARTS, STRANGER])
def test_nobody_else_records_them_at_all(row: Row, who: PersonId) -> None:
    for actor in (
        Actor(who, OWN_GROUP),
        Actor(who, CARE, on_behalf_of=KLAAS, because=Code("at_the_table")),
    ):
        outcome = judged(begun(*PEOPLE, _kept()), change_from(row), actor=actor)
        assert codes_of(outcome) == ["access.not_yours"]
        assert not_yours(outcome.decision)


def test_all_reasons_against_typing_for_somebody_come_at_once() -> None:
    actor = Actor(ESMEE, CARE, on_behalf_of=MOTHER)
    assert sorted(_refused(CLIENTS_PARTS[0], actor)) == [
        "access.not_the_client",
        "access.reason_missing",
    ]


def _success(by: str) -> Row:
    return {"type": "success.add", "happened_on": SHARED, "success": "s1", "by": by,
            "words": text(by)}  # fmt: skip


def test_a_member_adds_a_success_of_their_own() -> None:
    assert _refused(_success(MOTHER), Actor(MOTHER, OWN_GROUP)) == []


@pytest.mark.parametrize("other", [KLAAS, ESMEE, FATHER])
def test_a_member_adds_none_in_another_s_name(other: PersonId) -> None:
    assert _refused(_success(other), Actor(MOTHER, OWN_GROUP)) == ["access.not_yours"]
    typed = Actor(MOTHER, OWN_GROUP, on_behalf_of=other, because=Code("at_the_table"))
    assert _refused(_success(other), typed) == ["access.not_yours"]


def test_the_supporter_adds_a_member_s_success_only_on_their_behalf() -> None:
    row = _success(MOTHER)
    typed = Actor(ESMEE, CARE, on_behalf_of=MOTHER, because=Code("member_asked"))
    assert _refused(row, typed) == []
    assert _refused(row, AT_THE_TABLE) == ["access.not_that_person"]


@pytest.mark.parametrize("who", [FATHER, ARTS, STRANGER])
def test_who_is_no_member_adds_no_success(who: PersonId) -> None:
    found = _refused(_success(who), Actor(who, OWN_GROUP))
    assert "access.not_yours" in found


def test_a_member_who_left_adds_no_success_any_more() -> None:
    leaves = {"type": "member.leave", "happened_on": LEFT, "person": MOTHER}
    group = begun(*PEOPLE, leaves)
    change = change_from(_success(MOTHER))
    actor = Actor(MOTHER, OWN_GROUP)
    assert codes_of(judged(group, change, actor=actor, today=LEFT - DAY)) == []
    assert codes_of(judged(group, change, actor=actor, today=LEFT)) == [
        "access.not_yours"
    ]


def test_a_member_keeps_and_shares_their_own_item_and_says_yes_for_themselves() -> None:
    rules = {"type": "house_rules.set", "happened_on": KEPT, "house_rules": "hr1",
             "rules": [text()]}  # fmt: skip
    group = begun(*PEOPLE, rules, _kept(MOTHER))
    photo = {**_kept(MOTHER), "item": "photo", "words": text(MOTHER)}
    agreed = {"type": "house_rules.agree", "happened_on": SHARED,
              "house_rules": "hr1", "person": MOTHER}  # fmt: skip
    for row in (photo, SHOWN, agreed):
        assert _refused(row, Actor(MOTHER, OWN_GROUP), group) == []
    for row in (photo, SHOWN, agreed):
        assert _refused(row, AT_THE_TABLE, group) == ["access.not_that_person"]


@pytest.mark.parametrize(
    ("who", "codes"),
    [(KLAAS, []), (ESMEE, []), (MOTHER, ["access.not_yours"])],
)
def test_client_or_supporter_starts_a_group(who: PersonId, codes: list[str]) -> None:
    outcome = judged(None, change_from(START), actor=Actor(who, OWN_GROUP))
    assert codes_of(outcome) == codes


def test_a_question_that_nobody_asks_is_not_refused() -> None:
    proposal = Proposal(group=begun(), method=METHOD, type=Code("group.name"))
    assert may_do(proposal, TODAY).allowed
