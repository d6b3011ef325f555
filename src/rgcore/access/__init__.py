"""Who may see and do what, on which day, and the one way out: a `View`.

The client and the direction supporter see the group, except for what somebody keeps
for themselves. Everybody else sees what a right with its dates gives them, and nothing
by default.
"""

from rgcore.access.grants import Grant
from rgcore.access.rights import NOTHING, Sight, may_do, may_see, sight, who_can_see
from rgcore.access.view import Explanation, TimelineLine, View, make_view

__all__ = [
    "NOTHING",
    "Explanation",
    "Grant",
    "Sight",
    "TimelineLine",
    "View",
    "make_view",
    "may_do",
    "may_see",
    "sight",
    "who_can_see",
]
