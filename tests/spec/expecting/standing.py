"""Where the group stands, and what is open for it."""

from __future__ import annotations

from typing import Any

from rgcore.domain.ids import Code
from spec.expecting.moment import Moment, same


def check_phase(moment: Moment, wanted: str) -> None:
    phase = moment.view.phase()
    assert phase is not None
    assert phase.code == wanted


def check_client(moment: Moment, wanted: str) -> None:
    assert moment.view.group.client == wanted


def check_explained(moment: Moment, wanted: str) -> None:
    assert moment.view.group.explanations[-1].called == wanted


def check_silent(moment: Moment, codes: list[str]) -> None:
    _known(moment, codes)
    assert moment.open_codes().isdisjoint(codes)


def check_open(moment: Moment, codes: list[str]) -> None:
    assert set(codes) <= moment.open_codes()


def check_open_only(moment: Moment, codes: list[str]) -> None:
    assert moment.open_codes() == set(codes)


def check_since(moment: Moment, wanted: dict[str, int]) -> None:
    """Each of these is open, since that day."""
    days = {p.finding.code: p.since for p in reversed(moment.view.owed())}
    assert {code: moment.number(days.get(Code(code))) for code in wanted} == wanted


def check_coming(moment: Moment, wanted: dict[str, int]) -> None:
    """Each of these comes first on that day."""
    days = {p.finding.code: p.since for p in reversed(moment.view.coming())}
    assert {code: moment.number(days.get(Code(code))) for code in wanted} == wanted


def check_not_coming(moment: Moment, codes: list[str]) -> None:
    _known(moment, codes)
    assert {p.finding.code for p in moment.view.coming()}.isdisjoint(codes)


def check_nothing_coming(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    assert (moment.view.coming() == ()) is wanted


def check_about(moment: Moment, wanted: dict[str, Any]) -> None:
    """What is open of one code is about these people and items, and no others."""
    found = [p for p in moment.view.owed() if p.finding.code == wanted["code"]]
    items = {ref.id for p in found for ref in p.finding.about}
    same({**wanted, "items": set(wanted["items"])}, code=wanted["code"], items=items)


def check_due(moment: Moment, wanted: dict[str, Any]) -> None:
    (prompt,) = moment.prompts(wanted["code"])
    same(wanted, code=prompt.finding.code, day=moment.number(prompt.since))


def check_why_not(moment: Moment, wanted: dict[str, str]) -> None:
    decision = moment.view.why_not(wanted["step"])
    assert not decision.allowed
    codes = sorted({f.code for f in decision.blocking})
    same(wanted, step=wanted["step"], code=" ".join(codes))


def check_warned(moment: Moment, code: str) -> None:
    assert moment.step.recorded is not None
    assert code in [f.code for f in moment.step.recorded.decision.warnings]
    assert moment.step.recorded.decision.allowed


def check_no_warning(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    assert moment.step.recorded is not None
    assert (moment.step.recorded.decision.warnings == ()) is wanted


def check_lacks(moment: Moment, wanted: list[str]) -> None:
    """Why it was refused: all that was lacking, at once."""
    assert moment.step.refused is not None
    params = [dict(f.params) for f in moment.step.refused.decision.blocking]
    assert [p["lacks"] for p in params] == wanted


def check_paused(moment: Moment, wanted: bool) -> None:  # noqa: FBT001
    day = moment.view.on
    assert any(p.runs_on(day) for p in moment.view.group.pauses) is wanted


def check_departed(moment: Moment, way: str) -> None:
    away = [d for d in moment.view.group.departures if d.back_on is None]
    assert [str(d.way) for d in away] == [way]


def _known(moment: Moment, codes: list[str]) -> None:
    """See that a method has these rules and steps: a slip would always be silent."""
    method = moment.view.method
    assert [c for c in codes if not (method.rule(c) or method.step(c))] == []
