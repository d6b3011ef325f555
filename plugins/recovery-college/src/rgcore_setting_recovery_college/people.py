"""Who people are at a recovery college: words and roles."""

from __future__ import annotations

from typing import Final

from rgcore.plugins import Code, Role, Term, Wording
from rgcore_setting_recovery_college.codes import OURS

TERMS: Final = (
    # The base calls this role a client. Whoever learns here is nobody's client.
    Term(
        code=Code("client"),
        wording=Wording("deelnemer", "participant"),
        source=OURS,
    ),
)

ROLES: Final = (
    Role(
        code=Code("recovery_college.trainer"),
        wording=Wording("trainer met eigen ervaring", "trainer with lived experience"),
        source=OURS,
    ),
)
