"""When it gets harder, and care around the group."""

from __future__ import annotations

from typing import Any

from spec.expecting.moment import Moment, item_of, same


def check_signalling(moment: Moment, wanted: dict[str, Any]) -> None:
    plan = moment.view.group.signalling_plans[-1]
    same(
        wanted,
        version=plan.version,
        signs=len(plan.signs),
        taken_over=[s.offered for s in plan.signs if s.offered],
        by=[action.by for action in plan.actions],
        second=[action.second for action in plan.actions],
    )


def check_no_plan_yet(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    assert (moment.view.group.signalling_plans == ()) is wanted


def check_offered_signs(moment: Moment, wanted: dict[str, str]) -> None:
    assert {s.id: s.by for s in moment.view.group.signs} == wanted


def check_crisis_card(moment: Moment, wanted: dict[str, Any]) -> None:
    card = moment.view.group.crisis_cards[-1]
    same(wanted, version=card.version, call=list(card.call))


def check_episodes(moment: Moment, wanted: list[Any]) -> None:
    """All care so far: its form, its first day, and the first day it is over."""
    found = [
        [str(e.form), moment.number(e.since)]
        + ([moment.number(e.until)] if e.until else [])
        for e in moment.view.group.episodes
    ]
    assert found == wanted


def check_care_now(moment: Moment, forms: list[str]) -> None:
    episodes = moment.view.group.episodes
    assert [e.form for e in episodes if e.runs_on(moment.view.on)] == forms


def check_scaled_down(moment: Moment, wanted: list[dict[str, Any]]) -> None:
    found = [
        {"to": s.to, "decided_by": s.decided_by, "day": moment.number(s.on)}
        | ({"step": s.step} if s.step else {})
        for s in moment.view.group.scale_downs
    ]
    assert found == wanted


def check_returned(moment: Moment, wanted: dict[str, Any]) -> None:
    back = moment.view.group.returns_of_care[-1]
    same(wanted, to=back.to, day=moment.number(back.on), agreement=back.agreement)


def check_promises(moment: Moment, wanted: dict[str, Any]) -> None:
    promises = item_of(moment.view.group.scale_ups, wanted).promises
    same(
        wanted,
        item=wanted["item"],
        by=[p.by for p in promises],
        until=[moment.number(p.until) for p in promises if p.until],
        organisations=[
            moment.view.said(p.organisation) for p in promises if p.organisation
        ],
    )


def check_handover(moment: Moment, wanted: dict[str, Any]) -> None:
    handover = item_of(moment.view.group.handovers, wanted)
    same(
        wanted,
        item=handover.id,
        giving=list(handover.giving),
        receiver=moment.view.said(handover.receiver),
        client_there=handover.client_there,
    )


def check_aftercare(moment: Moment, wanted: dict[str, Any]) -> None:
    aftercare = item_of(moment.view.group.aftercare, wanted)
    same(
        wanted,
        item=aftercare.id,
        on=moment.number(aftercare.on),
        held=aftercare.held_on is not None,
    )


def check_child_check(moment: Moment, wanted: dict[str, Any]) -> None:
    check = moment.view.group.child_checks[-1]
    same(
        wanted,
        looks_after=check.looks_after,
        again_on=moment.number(check.again_on),
    )
