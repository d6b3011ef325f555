"""The base of the method, as data: what holds where no setting says otherwise.

The labels and sentences are rgcore's own. Where a length of time is our default,
it says so: the method's own table of timings is not public.
"""

from __future__ import annotations

from typing import Final

from rgcore.domain.dates import Period
from rgcore.domain.ids import Code
from rgcore.method import rights
from rgcore.method.choices import CHOICES, COME_BACK, MEETING_KINDS, TRAININGS
from rgcore.method.contributions import (
    Agenda,
    GoalDomain,
    Mistake,
    Opening,
    Part,
    Phase,
    Role,
    Theme,
    Timing,
)
from rgcore.method.rules import RULES
from rgcore.method.steps import STEPS
from rgcore.method.vocabulary import TERMS, TEXTS
from rgcore.method.wording import Wording

PHASES: Final[tuple[Phase, ...]] = (
    Phase(
        code=Code("preparation"),
        number=1,
        wording=Wording("Voorbereiding", "Preparation"),
        opened_by=(
            Opening(fact="group.start"),
            Opening(fact="phase.enter:preparation", again=True),
        ),
        source="[book] ch. 5 (heading)",
    ),
    Phase(
        code=Code("deepening"),
        number=2,
        wording=Wording("Verdieping", "Deepening"),
        opened_by=(
            Opening(fact="member.approach"),
            Opening(fact="interview.hold"),
            Opening(fact="phase.enter:deepening", again=True),
        ),
        source="[book] ch. 6 (heading)",
    ),
    Phase(
        code=Code("planning"),
        number=3,
        wording=Wording("Planning", "Planning"),
        opened_by=(
            Opening(fact="meeting.plan:kick_off"),
            Opening(fact="phase.enter:planning", again=True),
        ),
        source="[book] ch. 7 (heading)",
    ),
    Phase(
        code=Code("kick_off"),
        number=4,
        wording=Wording("Start", "Kick-off"),
        opened_by=(
            Opening(fact="meeting.hold:kick_off"),
            Opening(fact="phase.enter:kick_off", again=True),
        ),
        source="[book] ch. 8 (heading)",
    ),
    Phase(
        code=Code("follow_up"),
        number=5,
        wording=Wording("Vervolg", "Follow-up"),
        opened_by=(
            Opening(fact="meeting.hold:follow_up", again=True),
            Opening(fact="phase.enter:follow_up", again=True),
        ),
        source="[book] ch. 9 (heading)",
    ),
    Phase(
        code=Code("reorientation"),
        number=6,
        wording=Wording("Heroriëntatie", "Reorientation"),
        opened_by=(
            Opening(fact="reorientation.open", again=True),
            Opening(fact="phase.enter:reorientation", again=True),
        ),
        source="[book] ch. 10 (heading)",
    ),
)

_OURS: Final = "default of rgcore"

TIMINGS: Final[tuple[Timing, ...]] = (
    Timing(
        code=Code("label_lapses_after"),
        wording=Wording("Namen in een tekening tot", "Names in a drawing until"),
        period=Period(months=12),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("agenda_before"),
        wording=Wording(
            "Agenda en plek bespreken vóór", "Agenda and place discussed before"
        ),
        period=Period(days=14),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("signalling_after"),
        wording=Wording("Signaleringsplan na", "Signalling plan after"),
        period=Period(days=91),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("themes_after"),
        wording=Wording("Thema's aanbieden na", "Themes offered after"),
        period=Period(months=12),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("meeting_tolerance"),
        wording=Wording("Speling tussen bijeenkomsten", "Tolerance between meetings"),
        period=Period(days=28),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("after_cancelling"),
        wording=Wording("Nieuwe dag na afzeggen", "Another day after cancelling"),
        period=Period(days=14),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("minutes_after"),
        wording=Wording("Opschrijven na", "Writing down after"),
        period=Period(days=14),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("part_after"),
        wording=Wording("Eigen rol benoemen na", "Own part named after"),
        period=Period(days=91),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("support_after"),
        wording=Wording(
            "Vragen hoe het met naasten gaat na", "Asking how relatives are after"
        ),
        period=Period(months=12),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("involved_after"),
        wording=Wording("Kennismaken na", "Meeting one another after"),
        period=Period(days=182),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("goal_review_after"),
        wording=Wording("Doel bespreken na", "Goal discussed after"),
        period=Period(days=182),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("child_check_after"),
        wording=Wording("Vragen naar kinderen na", "Asking about children after"),
        period=Period(days=42),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("promise_notice"),
        wording=Wording("Belofte bespreken vóór", "Promise discussed before"),
        period=Period(days=28),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("talk_follow_up_after"),
        wording=Wording(
            "Terugkoppelen na een gesprek na", "Coming back to a talk after"
        ),
        period=Period(days=42),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("sociogram_after"),
        wording=Wording("Sociogram na", "Sociogram after"),
        period=Period(days=21),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("nominate_after"),
        wording=Wording("Nomineren na", "Nominating after"),
        period=Period(days=28),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("goals_after"),
        wording=Wording("Eerste doelen na", "First goals after"),
        period=Period(days=42),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("approach_after"),
        wording=Wording("Vragen na", "Asking after"),
        period=Period(days=14),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("kick_off_after"),
        wording=Wording("Startbijeenkomst plannen na", "Planning the kick-off after"),
        period=Period(days=28),
        ours=True,
        source=_OURS,
    ),
    Timing(
        code=Code("meeting_interval"),
        wording=Wording("Tussen bijeenkomsten", "Between meetings"),
        period=Period(days=91),
        ours=True,
        source=(
            "[article] about every three months; that this is 13 weeks, so that the "
            "day of the week stays, is a default of rgcore"
        ),
    ),
    Timing(
        code=Code("evaluation_interval"),
        wording=Wording("Tussen terugblikken", "Between evaluations"),
        period=Period(months=12),
        ours=False,
        source="[book] ch. 9 (heading: yearly)",
    ),
)

ROLES: Final[tuple[Role, ...]] = (
    Role(
        code=Code("client"),
        wording=Wording("cliënt", "client"),
        source="[book] terms",
    ),
    Role(
        code=Code("direction_supporter"),
        wording=Wording("regieondersteuner", "direction supporter"),
        source="[book] terms",
    ),
    Role(
        code=Code("responsible_clinician"),
        wording=Wording("zorgverantwoordelijke", "responsible clinician"),
        source="[book] terms",
    ),
    Role(
        code=Code("relative"),
        wording=Wording("naaste", "relative"),
        source="[book] reader's guide",
    ),
    Role(
        code=Code("peer_worker"),
        wording=Wording("ervaringsdeskundige", "peer worker"),
        source="[book] 4.5 (heading)",
    ),
    Role(
        code=Code("family_peer_worker"),
        wording=Wording("familie-ervaringsdeskundige", "family peer worker"),
        source="[article] introduction",
    ),
    Role(
        code=Code("professional"),
        wording=Wording("professional", "professional"),
        source="[article] introduction",
    ),
    Role(
        code=Code("chair"),
        wording=Wording("voorzitter", "chair"),
        source="[book] 7.2.1 (heading)",
    ),
    Role(
        code=Code("informal_chair"),
        wording=Wording("informele voorzitter", "informal chair"),
        source="[book] 7.2.1 (heading)",
    ),
    Role(
        code=Code("minute_taker"),
        wording=Wording("notulist", "minute-taker"),
        source="[book] 7.2.3 (heading)",
    ),
)

THEMES: Final[tuple[Theme, ...]] = (
    Theme(
        code=Code("psychoeducation"),
        wording=Wording("psycho-educatie", "psychoeducation"),
        standard=True,
        source="[book] ch. 11 (headings)",
    ),
    Theme(
        code=Code("communication"),
        wording=Wording("communicatie", "communication"),
        standard=True,
        source="[book] ch. 11 (headings)",
    ),
    Theme(
        code=Code("destigmatisation"),
        wording=Wording("destigmatiseren", "destigmatisation"),
        standard=True,
        source="[book] ch. 11 (headings)",
    ),
    Theme(
        code=Code("problem_solving"),
        wording=Wording("probleemoplossing", "problem solving"),
        standard=False,
        source="[book] ch. 11 (headings)",
    ),
    Theme(
        code=Code("coping_with_stress"),
        wording=Wording("omgaan met stress", "coping with stress"),
        standard=False,
        source="[book] ch. 11 (headings)",
    ),
    Theme(
        code=Code("health_lifestyle"),
        wording=Wording("gezondheid en leefstijl", "health and lifestyle"),
        standard=False,
        source="[book] ch. 11 (headings)",
    ),
)

AGENDAS: Final[tuple[Agenda, ...]] = (
    Agenda(
        code=Code("kick_off_agenda"),
        wording=Wording("Agenda van de startbijeenkomst", "Agenda of the kick-off"),
        topics=tuple(
            Code(topic)
            for topic in (
                "introductions",
                "method",
                "confidentiality",
                "communication_channel",
                "goals",
                "roles",
                "actions",
                "next_date",
            )
        ),
        source="[book] ch. 8 (headings); [protocol] table 2; the order is ours",
    ),
    Agenda(
        code=Code("follow_up_agenda"),
        wording=Wording("Agenda van een vervolgbijeenkomst", "Agenda of a follow-up"),
        topics=tuple(
            Code(topic)
            for topic in (
                "opening",
                "minutes",
                "successes",
                "goals",
                "actions",
                "composition",
                "next_date",
            )
        ),
        source="[book] ch. 9 (headings); [article]; the order is ours",
    ),
)

DOMAINS: Final[tuple[GoalDomain, ...]] = (
    GoalDomain(
        code=Code("personal"),
        wording=Wording("persoonlijk herstel", "personal recovery"),
        source="[article] introduction",
    ),
    GoalDomain(
        code=Code("societal"),
        wording=Wording("maatschappelijk herstel", "societal recovery"),
        source="[article] introduction",
    ),
    GoalDomain(
        code=Code("health"),
        wording=Wording("herstel van gezondheid", "recovery of health"),
        source="[article] introduction",
    ),
)

MISTAKES: Final[tuple[Mistake, ...]] = (
    Mistake(
        code=Code("wrong_client"),
        wording=Wording("verkeerde cliënt", "wrong client"),
        source=_OURS,
    ),
    Mistake(
        code=Code("wrong_person"),
        wording=Wording("verkeerde persoon", "wrong person"),
        source=_OURS,
    ),
    Mistake(
        code=Code("typed_wrong"),
        wording=Wording("verkeerd getypt", "typed wrong"),
        source=_OURS,
    ),
    Mistake(
        code=Code("entered_twice"),
        wording=Wording("dubbel vastgelegd", "entered twice"),
        source=_OURS,
    ),
)

BASE: Final[tuple[Part, ...]] = (
    *PHASES,
    *STEPS,
    *TIMINGS,
    *rights.TIMINGS,
    *ROLES,
    *THEMES,
    *AGENDAS,
    *DOMAINS,
    *MISTAKES,
    *MEETING_KINDS,
    *TRAININGS,
    *CHOICES,
    *COME_BACK,
    *RULES,
    *rights.RULES,
    *TERMS,
    *TEXTS,
)
"""Everything the base contributes."""
