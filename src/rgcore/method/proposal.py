"""Something that somebody wants to do, for rules and rights to look at."""

from __future__ import annotations

from attrs import frozen

from rgcore.domain.actor import Actor
from rgcore.domain.changes import Change
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code
from rgcore.method.method import Method


@frozen(kw_only=True)
class Proposal:
    """A change that is not recorded yet.

    Attributes:
        group: The group as it stands.
        method: The method it goes by.
        type: The type of the change.
        change: The change itself; `None` when somebody only asks whether a change
            of this type could be made.
        actor: Who wants it; `None` when somebody only asks.
    """

    group: ResourceGroup
    method: Method
    type: Code
    change: Change | None = None
    actor: Actor | None = None
