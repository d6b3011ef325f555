"""The base of the method, as data: what holds where no setting says otherwise.

The labels and sentences are rgcore's own. Where a length of time is our default,
it says so: the method's own table of timings is not public.
"""

from __future__ import annotations

from typing import Final

from rgcore.domain.dates import Period
from rgcore.domain.ids import Code
from rgcore.method.choices import CHOICES, MEETING_KINDS, TRAININGS
from rgcore.method.contributions import (
    Agenda,
    Contribution,
    GoalDomain,
    Mistake,
    Opening,
    Per,
    Phase,
    Role,
    Step,
    Theme,
    Timing,
    Wording,
)
from rgcore.method.rules import RULES
from rgcore.method.vocabulary import TERMS, TEXTS

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

STEPS: Final[tuple[Step, ...]] = (
    Step(
        code=Code("explain_method"),
        phase=Code("preparation"),
        wording=Wording("Uitleg over de resourcegroep", "Explaining the group"),
        sentence=Wording(
            "Leg uit wat een resourcegroep is, met een folder of een filmpje.",
            "Explain what a resource group is, with a leaflet or a film.",
        ),
        done_by=("group.explain",),
        source="[article] phase 1",
    ),
    Step(
        code=Code("draw_sociogram"),
        phase=Code("preparation"),
        wording=Wording("Sociogram tekenen", "Drawing the sociogram"),
        sentence=Wording(
            "Teken samen wie er om je heen staan: het sociogram.",
            "Draw together who is around you: the sociogram.",
        ),
        done_by=("sociogram.draw",),
        after=Code("sociogram_after"),
        source="[article] phase 1; [book] ch. 5 (heading)",
    ),
    Step(
        code=Code("nominate"),
        phase=Code("preparation"),
        wording=Wording("Mensen nomineren", "Nominating people"),
        sentence=Wording(
            "Kies wie je in je groep zou willen.",
            "Choose whom you would like in your group.",
        ),
        done_by=("member.nominate",),
        after=Code("nominate_after"),
        source="[article] phase 1; [book] ch. 5 (heading)",
    ),
    Step(
        code=Code("draft_goals"),
        phase=Code("preparation"),
        wording=Wording("Eerste doelen", "First goals"),
        sentence=Wording(
            "Schrijf in je eigen woorden op wat je wilt bereiken.",
            "Write down in your own words what you want to reach.",
        ),
        done_by=("goal.set",),
        after=Code("goals_after"),
        source="[article] phase 4; [book] 5.6 (heading)",
    ),
    Step(
        code=Code("approach_nominee"),
        phase=Code("deepening"),
        wording=Wording("Iemand vragen", "Asking somebody"),
        sentence=Wording(
            "{person} is genomineerd en nog niet gevraagd.",
            "{person} is nominated and has not been asked yet.",
        ),
        per=Per.NOMINEE,
        done_by=("member.approach", "interview.hold"),
        after=Code("approach_after"),
        source="[book] 6.1 (heading)",
    ),
    Step(
        code=Code("deepening_interview"),
        phase=Code("deepening"),
        wording=Wording("Verdiepingsgesprek", "Deepening talk"),
        per=Per.NOMINEE,
        done_by=("interview.hold",),
        watched_by=Code("interview_before_first_meeting"),
        source="[article] phase 2",
    ),
    Step(
        code=Code("plan_kick_off"),
        phase=Code("planning"),
        wording=Wording("Startbijeenkomst plannen", "Planning the kick-off"),
        sentence=Wording(
            "Plan samen de startbijeenkomst: wanneer, waar, wie leidt, wie schrijft.",
            "Plan the kick-off together: when, where, who leads, who writes.",
        ),
        counts_from=Code("deepening"),
        done_by=("meeting.plan:kick_off", "meeting.hold:kick_off"),
        after=Code("kick_off_after"),
        source="[article] phase 3; [book] ch. 7 (heading)",
    ),
    Step(
        code=Code("agree_goals"),
        phase=Code("kick_off"),
        wording=Wording("Doelen bespreken", "Discussing the goals"),
        sentence=Wording(
            "Bespreek met de groep aan welke doelen jullie samen werken.",
            "Discuss with the group which goals you work on together.",
        ),
        done_by=("goal.agree",),
        source="[article] phase 4",
    ),
    Step(
        code=Code("make_agreements"),
        phase=Code("kick_off"),
        wording=Wording("Afspraken maken", "Making agreements"),
        done_by=("agreement.make",),
        watched_by=Code("goal_needs_agreement"),
        source="[article] phase 4",
    ),
    Step(
        code=Code("house_rules"),
        phase=Code("kick_off"),
        wording=Wording("Afspraken over omgaan met elkaar", "House rules"),
        sentence=Wording(
            "Spreek af hoe jullie met elkaar omgaan en wat onder jullie blijft.",
            "Agree how you deal with one another and what stays between you.",
        ),
        done_by=("house_rules.set",),
        source="[book] 8.1 (heading); [brochure] p. 2",
    ),
    Step(
        code=Code("offer_theme"),
        phase=Code("follow_up"),
        wording=Wording("Themabijeenkomst aanbieden", "Offering a theme meeting"),
        sentence=Wording(
            "Vraag wie iets heeft aan een themabijeenkomst.",
            "Ask who would like a theme meeting.",
        ),
        done_by=("offer.make:theme",),
        source="[book] 9.4 (heading): as needed",
    ),
    Step(
        code=Code("scale_up_agreements"),
        phase=Code("reorientation"),
        wording=Wording("Afspreken hoe hulp terugkomt", "Agreeing how help returns"),
        sentence=Wording(
            "Spreek af hoe hulp snel terugkomt als dat nodig is, en wie wat doet.",
            "Agree how help returns quickly when needed, and who does what.",
        ),
        done_by=("scale_up.agree",),
        source="[book] 10.3 (heading); [brochure] p. 3",
    ),
    Step(
        code=Code("scale_down"),
        phase=Code("reorientation"),
        wording=Wording("Zorg afschalen", "Scaling care down"),
        done_by=("care.scale_down",),
        watched_by=Code("scale_up_before_scale_down"),
        source="[article] phases 5 and 6; [book] 10.2 (heading)",
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

BASE: Final[tuple[Contribution, ...]] = (
    *PHASES,
    *STEPS,
    *TIMINGS,
    *ROLES,
    *THEMES,
    *AGENDAS,
    *DOMAINS,
    *MISTAKES,
    *MEETING_KINDS,
    *TRAININGS,
    *CHOICES,
    *RULES,
    *TERMS,
    *TEXTS,
)
"""Everything the base contributes."""
