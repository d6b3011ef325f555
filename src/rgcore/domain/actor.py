"""Who does something, why, and for whom."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from rgcore.domain.ids import Code, PersonId

CARE: Final = Code("care")
OWN_GROUP: Final = Code("own_group")
OPERATION: Final = Code("operation")
"""Whoever keeps the system running: moves whole groups, and sees none in care."""


@frozen
class Actor:
    """Who does something. The host vouches for `who`; rgcore derives the rest.

    Attributes:
        who: The person; for staff, their id in the directory.
        purpose: Why they read or write: `care` for staff, `own_group` for the
            client and the members, `operation` for whoever moves whole groups.
        on_behalf_of: The person whose decision this is, when somebody else types.
        because: Why somebody else types, as a code: `at_the_table`, `from_paper`,
            `client_asked`.
        organisation: For which organisation they ask, by the id that the host uses, if
            it is another than the one that keeps the group. The host vouches for it.
        assurance: How sure the host is that this is the person, in its own code.
    """

    who: PersonId
    purpose: Code
    on_behalf_of: PersonId | None = None
    because: Code | None = None
    assurance: str = ""
    organisation: Code | None = None

    @property
    def decider(self) -> PersonId:
        """Return whose decision it is."""
        return self.on_behalf_of or self.who
