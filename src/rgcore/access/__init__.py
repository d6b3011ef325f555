"""Who may see and do what, on which day, and the one way out: a `View`.

For now the rights are a stub with their final signatures: the client and the
direction supporter see the group, except for what somebody keeps for themselves;
nobody else sees anything.
"""

from rgcore.access.grants import Grant
from rgcore.access.rights import may_do, may_see, who_can_see
from rgcore.access.view import Explanation, TimelineLine, View, make_view

__all__ = [
    "Explanation",
    "Grant",
    "TimelineLine",
    "View",
    "make_view",
    "may_do",
    "may_see",
    "who_can_see",
]
