"""Who is in the group, what each said of themselves, and who sees what."""

from __future__ import annotations

from typing import Any

from rgcore.domain.ids import Code, PersonId
from rgcore.domain.text import ERASED, PersonName
from spec.expecting.moment import Moment, item_of, same


def check_members(moment: Moment, people: list[str]) -> None:
    view = moment.clients
    assert list(view.group.members_on(view.on)) == people


def check_nominations(moment: Moment, wanted: dict[str, str]) -> None:
    states = {n.person: n.state for n in moment.view.group.nominations}
    assert states == wanted


def check_asked_again(moment: Moment, wanted: dict[str, Any]) -> None:
    found = {
        n.person: moment.number(n.ask_again_on) for n in moment.view.group.nominations
    }
    assert {person: found[PersonId(person)] for person in wanted} == wanted


def check_roles(moment: Moment, wanted: dict[str, list[str]]) -> None:
    group, day = moment.clients.group, moment.clients.on
    assert {r: list(group.holders_on(Code(r), day)) for r in wanted} == wanted


def check_resting(moment: Moment, people: list[str]) -> None:
    group, day = moment.clients.group, moment.clients.on
    assert [p.id for p in group.people if group.rests_on(p.id, day)] == people


def check_died(moment: Moment, wanted: dict[str, int]) -> None:
    group = moment.view.group
    found = {p: moment.number(group.died_on(PersonId(p))) for p in wanted}
    assert found == wanted


def check_called(moment: Moment, wanted: dict[str, str]) -> None:
    """What a reader calls somebody."""
    view = moment.views[PersonId(wanted["reader"])]
    assert view is not None
    name = view.name(PersonId(wanted["person"]))
    assert isinstance(name, PersonName)
    same(wanted, reader=wanted["reader"], person=wanted["person"], name=name.written)


def check_own_part(moment: Moment, wanted: dict[str, str]) -> None:
    (part,) = (p for p in moment.view.group.parts if p.person == wanted["person"])
    same(wanted, person=part.person, words=moment.view.said(part.words))


def check_thanks(moment: Moment, wanted: list[dict[str, str]]) -> None:
    said = moment.view.group.thanks
    assert [{"to": t.to, "by": t.by} for t in said] == wanted


def check_birthdays(moment: Moment, wanted: dict[str, Any]) -> None:
    (kept,) = (b for b in moment.view.group.birthdays if b.person == wanted["person"])
    same(
        wanted,
        person=kept.person,
        sixteen=moment.number(kept.sixteen_on),
        eighteen=moment.number(kept.eighteen_on),
        yes=list(kept.parents_say_yes),
    )


def check_interview(moment: Moment, wanted: dict[str, Any]) -> None:
    (talk,) = (
        i for i in moment.view.group.interviews if i.respondent == wanted["respondent"]
    )
    themes = [moment.view.said(theme) for theme in talk.themes]
    same(wanted, respondent=talk.respondent, themes=themes)
    assert talk.about_respondent is True


def check_heard(moment: Moment, people: list[str]) -> None:
    assert [i.respondent for i in moment.view.group.interviews] == people


def check_cannot_see(moment: Moment, people: list[str]) -> None:
    assert [moment.views[PersonId(p)] for p in people] == [None] * len(people)


_RECORD = (
    "goals",
    "sociograms",
    "signalling_plans",
    "crisis_cards",
    "evaluations",
    "scale_ups",
    "episodes",
    "decisions",
    "climates",
    "choices",
    "permissions",
)
"""What a member sees nothing of unless the client chooses so."""


def check_no_record(moment: Moment, people: list[str]) -> None:
    """Who is in the group sees when it meets and what is their own, and no record."""
    for person in map(PersonId, people):
        view = moment.views[person]
        if view is None:
            continue
        assert [name for name in _RECORD if getattr(view.group, name)] == []
        assert {i.respondent for i in view.group.interviews} <= {person}
        assert {n.person for n in view.group.nominations} <= {person}
        assert [m.minutes for m in view.group.meetings if m.minutes] == []
        assert not view.withheld


def check_can_see(moment: Moment, people: list[str]) -> None:
    assert None not in [moment.views[PersonId(p)] for p in people]


def check_withheld(moment: Moment, wanted: dict[str, str]) -> None:
    owner = moment.views[PersonId(wanted["shown_to"])]
    other = moment.views[PersonId(wanted["from"])]
    assert owner is not None
    assert other is not None
    item = item_of(owner.group.own_items, wanted)
    assert item.words is not None
    assert isinstance(owner.said(item.words), str)
    assert all(i.id != item.id for i in other.group.own_items)
    assert item.words.id not in other.words
    assert all(item.id not in h.touched for h in other.group.happenings)


def check_unseen(moment: Moment, wanted: dict[str, Any]) -> None:
    """Others do not see it, nor that it is there."""
    for reader in wanted["by"]:
        view = moment.views[PersonId(reader)]
        assert view is not None
        assert not view.group.knows(wanted["item"])
        assert all(wanted["item"] not in line.touched for line in view.timeline())
    same(wanted, item=wanted["item"], by=wanted["by"])


def check_shown(moment: Moment, wanted: dict[str, str]) -> None:
    seen = moment.views[PersonId(wanted["to"])]
    assert seen is not None
    item = item_of(seen.group.own_items, wanted)
    assert seen.said(item.words) not in {None, ERASED}
