"""What the rules of a method have against a proposal, and what they may not do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import evolve

from rgcore.domain.changes import DepartGroup, EndEpisode, PauseGroup, ScaleDownCare
from rgcore.domain.changes.base import Change, ChangeKind
from rgcore.domain.findings import Effect, Finding
from rgcore.domain.group import ResourceGroup
from rgcore.method.proposal import Proposal

ENDINGS: Final = (DepartGroup, EndEpisode, PauseGroup, ScaleDownCare)
"""How a client ends care, or the group, or lets it rest."""


def guards(proposal: Proposal) -> Iterator[Finding]:
    """Return what all rules have against a proposal.

    A fact happened anyway, so no rule refuses it; and no rule stands between a client
    and ending care or the group. What a rule says of these is a warning.

    Args:
        proposal: What somebody wants to do.
    """
    only_warns = is_free(proposal)
    for rule in proposal.method.rules:
        for finding in rule.guards(proposal):
            yield evolve(finding, effect=Effect.WARNS) if only_warns else finding


def is_free(proposal: Proposal) -> bool:
    """Tell whether nothing may stand in the way of a proposal: rules only warn.

    Args:
        proposal: What somebody wants to do.
    """
    change = proposal.change
    if change is None:
        return False
    if change.KIND is ChangeKind.FACT:
        return True
    return isinstance(change, ENDINGS) and _is_the_client_s(change, proposal.group)


def _is_the_client_s(change: Change, group: ResourceGroup) -> bool:
    decider = getattr(change, "decided_by", None) or change.decided_for(group)
    return bool(decider == group.client)
