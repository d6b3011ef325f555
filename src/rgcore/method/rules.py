"""The rules of the base, as data: name, rank, sentence, source, what settles them.

The sentences are rgcore's own. None of them calls anything late, failed or hidden.
Sources in brackets are explained in `docs/reference/sources.md`.
"""

from __future__ import annotations

from typing import Final

from rgcore.domain.findings import Rank
from rgcore.domain.ids import Code
from rgcore.method import speaking
from rgcore.method.contributions import Rule, Wording

RULES: Final[tuple[Rule, ...]] = (
    Rule(
        code=Code("sociogram_before_nomination"),
        rank=Rank.METHOD,
        wording=Wording("Eerst een sociogram", "A sociogram first"),
        sentence=Wording(
            "Een sociogram helpt om te zien wie er om je heen staan. "
            "Het kan ook nu nog getekend worden.",
            "A sociogram helps to see who is around you. It can still be drawn now.",
        ),
        source="[article] phase 1; [book] ch. 5 (heading)",
        settles=(Code("sociogram.draw"), Code("step.exempt")),
        speaks=speaking.sociogram_before_nomination,
    ),
    Rule(
        code=Code("interview_before_first_meeting"),
        rank=Rank.METHOD,
        wording=Wording("Voor ieder een verdiepingsgesprek", "A talk with each"),
        sentence=Wording(
            "{person} heeft nog geen verdiepingsgesprek gehad.",
            "{person} has not had a deepening talk yet.",
        ),
        source="[article] phase 2: leaving these talks out is a named pitfall",
        settles=(Code("interview.hold"), Code("member.leave"), Code("step.exempt")),
        speaks=speaking.interview_before_first_meeting,
    ),
    Rule(
        code=Code("channel_on_kick_off_agenda"),
        rank=Rank.METHOD,
        wording=Wording("Afspreken hoe je contact houdt", "Agree how to keep in touch"),
        sentence=Wording(
            "Hoe de groep contact houdt tussen de bijeenkomsten, staat nog op "
            "geen agenda.",
            "How the group keeps in touch between meetings is not on an agenda yet.",
        ),
        source="[article] phase 3: so that private matters stay out of chat groups",
        settles=(Code("meeting.change"), Code("meeting.plan"), Code("step.exempt")),
        speaks=speaking.channel_on_kick_off_agenda,
    ),
    Rule(
        code=Code("minute_taker_is_somebody_else"),
        rank=Rank.METHOD,
        wording=Wording("Iemand anders schrijft mee", "Somebody else keeps minutes"),
        sentence=Wording(
            "Voor de bijeenkomst van {meeting} schrijft nu iemand mee die daar ook "
            "de cliënt, de ondersteuner of de voorzitter is. Kan iemand anders dat "
            "doen?",
            "At the meeting of {meeting} the minutes are kept by somebody who is "
            "also the client, the supporter or the chair. Could somebody else?",
        ),
        source="[article] phase 3; [book] 7.2.3 (heading)",
        settles=(Code("meeting.change"), Code("meeting.hold"), Code("step.exempt")),
        speaks=speaking.minute_taker_is_somebody_else,
    ),
    Rule(
        code=Code("clinician_at_kick_off"),
        rank=Rank.METHOD,
        wording=Wording("De zorgverantwoordelijke erbij", "The clinician is there"),
        sentence=Wording(
            "De zorgverantwoordelijke was er nog niet bij. Spreek af wanneer de "
            "groep kennismaakt.",
            "The responsible clinician has not been there yet. Agree when the group "
            "meets them.",
        ),
        source="[article] introduction; [book] 8.3 (heading)",
        settles=(Code("meeting.hold"), Code("step.exempt")),
        speaks=speaking.clinician_at_kick_off,
    ),
    Rule(
        code=Code("goal_needs_agreement"),
        rank=Rank.METHOD,
        wording=Wording("Wie doet wat voor een doel", "Who does what for a goal"),
        sentence=Wording(
            "Voor het doel “{goal}” is nog niet afgesproken wie wat doet.",
            "For the goal “{goal}” nobody has agreed yet who does what.",
        ),
        source="[article] phase 4; [brochure] p. 2",
        settles=(
            Code("agreement.make"),
            Code("goal.set_status"),
            Code("step.exempt"),
        ),
        speaks=speaking.goal_needs_agreement,
    ),
    Rule(
        code=Code("next_meeting"),
        rank=Rank.METHOD,
        wording=Wording("De volgende bijeenkomst", "The next meeting"),
        sentence=Wording(
            "Rond {date} is het tijd voor een bijeenkomst.",
            "Around {date} it is time to meet.",
        ),
        source="[article] introduction; [book] 9.5 (heading): about every 3 months",
        settles=(
            Code("meeting.change"),
            Code("meeting.hold"),
            Code("meeting.plan"),
            Code("step.exempt"),
        ),
        speaks=speaking.next_meeting,
    ),
    Rule(
        code=Code("yearly_evaluation"),
        rank=Rank.METHOD,
        wording=Wording("Samen terugkijken", "Looking back together"),
        sentence=Wording(
            "Rond {date} is het tijd om samen terug te kijken op een jaar.",
            "Around {date} it is time to look back on a year together.",
        ),
        source="[book] ch. 9 (heading: yearly evaluation)",
        settles=(Code("evaluation.hold"), Code("step.exempt")),
        speaks=speaking.yearly_evaluation,
    ),
    Rule(
        code=Code("supporter_vacancy"),
        rank=Rank.METHOD,
        wording=Wording("Een regieondersteuner", "A direction supporter"),
        sentence=Wording(
            "De groep heeft nu geen regieondersteuner. Wie zou je willen vragen?",
            "The group has no direction supporter now. Whom would you like to ask?",
        ),
        source="[book] 1.1: the supporter always takes part; [brochure] p. 3",
        settles=(Code("role.assign"), Code("step.exempt")),
        speaks=speaking.supporter_vacancy,
    ),
    Rule(
        code=Code("scale_up_before_scale_down"),
        rank=Rank.METHOD,
        wording=Wording("Eerst afspreken hoe hulp terugkomt", "First how help returns"),
        sentence=Wording(
            "Voordat het team de zorg afschaalt, is nog nodig: {lacks}.",
            "Before the team scales care down, this is needed: {lacks}.",
        ),
        source="[book] 10.3 (heading); [brochure] p. 3",
        settles=(Code("scale_up.agree"), Code("care.scale_down"), Code("step.exempt")),
        speaks=speaking.scale_up_before_scale_down,
        guard=speaking.against_scaling_down,
        needs_override=True,
    ),
)
"""Sorted as people meet them; a method keeps them by code."""
