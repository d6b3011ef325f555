"""What the places in the sentences of the timeline are filled with."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.render.fillings.care import CARE
from rgcore.render.fillings.common import Filling
from rgcore.render.fillings.meetings import MEETINGS
from rgcore.render.fillings.people import PEOPLE
from rgcore.render.fillings.plan import PLAN
from rgcore.render.fillings.rights import RIGHTS
from rgcore.render.fillings.settings import SETTINGS

FILLINGS: Final[MappingProxyType[str, Filling]] = MappingProxyType(
    {**PEOPLE, **PLAN, **MEETINGS, **CARE, **SETTINGS, **RIGHTS}
)
"""By type of change; a type without any has a sentence without places."""

__all__ = ["FILLINGS", "Filling"]
