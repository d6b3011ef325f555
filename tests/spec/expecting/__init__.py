"""What a line of the Expect column of a case can say, and how it is checked.

A line says `says` and one key of `CHECKS`; what stands behind the key is what is
wanted. Days are numbers from the beginning of the case. An unknown key is an error,
also inside what is wanted, so that a slip of the pen cannot pass for a check.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from spec.expecting import care, meetings, people, plan, standing
from spec.expecting.moment import Moment

CHECKS: Final[dict[str, Callable[[Moment, Any], None]]] = {
    name.removeprefix("check_"): check
    for module in (standing, people, plan, meetings, care)
    for name, check in vars(module).items()
    if name.startswith("check_")
}

__all__ = ["CHECKS", "Moment"]
