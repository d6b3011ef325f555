"""The rules on permission, legal frames and the end of care, with their timings.

No article of law was looked up for them yet, so none of them stops anything.
"""

from __future__ import annotations

from typing import Final

from rgcore.domain.dates import Period
from rgcore.domain.findings import Rank
from rgcore.domain.ids import Code
from rgcore.method.contributions import Timing
from rgcore.method.rule import Law, Rule
from rgcore.method.speaking import rights
from rgcore.method.wording import Wording

_OURS: Final = "default of rgcore"

TIMINGS: Final[tuple[Timing, ...]] = (
    Timing(
        code=rights.PERMISSION_NOTICE,
        wording=Wording(
            "Einde van een toestemming bespreken vóór",
            "End of a permission discussed before",
        ),
        period=Period(days=14),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=rights.FRAME_NOTICE,
        wording=Wording(
            "Einde van een juridisch kader bespreken vóór",
            "End of a legal frame discussed before",
        ),
        period=Period(days=28),
        ours=True,
        source=_OURS,
    ),
)

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        code=Code("permission_ends"),
        rank=Rank.WORKFLOW,
        wording=Wording("Een toestemming die afloopt", "A permission that ends"),
        sentence=Wording(
            "De toestemming om iets te laten zien aan {item} loopt af op {date}.",
            "The permission to show something to {item} ends on {date}.",
        ),
        source="the client named the day; that we say so before it is ours",
        settles=(
            Code("permission.give"),
            Code("permission.withdraw"),
            Code("step.exempt"),
        ),
        speaks=rights.permission_ends,
    ),
    Rule(
        code=Code("permission_lacks_ground"),
        rank=Rank.WORKFLOW,
        wording=Wording("Een eigen grond", "A ground of their own"),
        sentence=Wording(
            (
                "Voor {item} is nog niet genoemd op welke grond dit ontvangen mag "
                "worden. Tot dan is er niets te zien."
            ),
            (
                "It was not named yet on which ground {item} may receive this. Until "
                "then nothing is shown."
            ),
        ),
        source=(
            "[law] AVG: whoever receives data needs a ground of their own; article "
            "not checked"
        ),
        settles=(
            Code("permission.name_ground"),
            Code("permission.withdraw"),
            Code("step.exempt"),
        ),
        speaks=rights.permission_lacks_ground,
    ),
    Rule(
        code=Code("tell_receiver"),
        rank=Rank.WORKFLOW,
        wording=Wording("Zeggen dat het voorbij is", "Saying that it is over"),
        sentence=Wording(
            "Vertel {item} dat de toestemming voorbij is.",
            "Tell {item} that the permission is over.",
        ),
        source=_OURS,
        settles=(Code("permission.tell_end"), Code("step.exempt")),
        speaks=rights.tell_receiver,
    ),
    Rule(
        code=Code("capacity_review"),
        rank=Rank.METHOD,
        wording=Wording("Opnieuw kijken wie beslist", "Looking again at who decides"),
        sentence=Wording(
            "“{item}”: kijk samen opnieuw wie hierover kan beslissen.",
            "“{item}”: look again together at who can decide on this.",
        ),
        source=(
            "[law] WGBO and Wzd: judged for one decision at a time, articles not "
            "checked; whoever judged named the day"
        ),
        settles=(Code("capacity.judge"), Code("step.exempt")),
        speaks=rights.capacity_review,
    ),
    Rule(
        code=Code("frame_ends"),
        rank=Rank.LAW,
        wording=Wording("Een juridisch kader dat eindigt", "A legal frame that ends"),
        sentence=Wording(
            "Het einde van het juridisch kader “{item}” is {date}. Wat geldt daarna?",
            "The end of the legal frame “{item}” is {date}. What holds after it?",
        ),
        source="[law] Wvggz and Wzd, articles not checked; the notice is ours",
        settles=(Code("frame.end"), Code("frame.begin")),
        speaks=rights.frame_ends,
        law=Law(article="not checked"),
    ),
    Rule(
        code=Code("end_of_care_choice"),
        rank=Rank.DIRECTION,
        wording=Wording("Waar de groep verdergaat", "Where the group goes on"),
        sentence=Wording(
            (
                "De zorg hier is voorbij. Wat wil je met de groep: overdragen, mee "
                "naar huis nemen, of bewaren zoals het is?"
            ),
            (
                "Care here is over. What would you like for the group: hand it over, "
                "take it home, or keep it as it is?"
            ),
        ),
        source="[book] 1.1: the client owns the group; default of rgcore",
        settles=(Code("group.depart"), Code("host.name")),
        speaks=rights.end_of_care_choice,
    ),
    Rule(
        code=Code("emergency_review"),
        rank=Rank.WORKFLOW,
        wording=Wording("Of iets eerder te lezen is", "Whether it can be read sooner"),
        sentence=Wording(
            (
                "Op {item} werd de groep in een noodsituatie geopend, en de cliënt "
                "leest dat nog niet. Kan het eerder?"
            ),
            (
                "On {item} the group was opened in an emergency, and the client does "
                "not read of it yet. Can it be sooner?"
            ),
        ),
        source="whoever opened it named the day; default of rgcore",
        settles=(Code("step.exempt"),),
        speaks=rights.emergency_review,
    ),
)
"""Sorted as people meet them; a method keeps them by code."""
