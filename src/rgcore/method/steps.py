"""The steps of the base, as data: what each phase asks for and what it is done by.

The labels and sentences are rgcore's own. A step that a rule watches puts nothing on
the list itself.
"""

from __future__ import annotations

from typing import Final

from rgcore.domain.ids import Code
from rgcore.method.contributions import Per, Step
from rgcore.method.wording import Wording

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
        code=Code("make_signalling_plan"),
        phase=Code("preparation"),
        wording=Wording("Signaleringsplan maken", "Making a signalling plan"),
        done_by=("signalling.set",),
        watched_by=Code("signalling_plan_made"),
        source="[book] 5.6.3 (heading)",
    ),
    Step(
        code=Code("ask_about_children"),
        phase=Code("preparation"),
        wording=Wording("Vragen naar kinderen", "Asking about children"),
        done_by=("child_check.hold",),
        watched_by=Code("child_check"),
        source="Dutch reporting code [check]; default of rgcore",
    ),
    Step(
        code=Code("approach_nominee"),
        phase=Code("deepening"),
        wording=Wording("Iemand vragen", "Asking somebody"),
        sentence=Wording(
            "Wie vraagt {person}, en wanneer?",
            "Who asks {person}, and when?",
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
        code=Code("make_agenda"),
        phase=Code("planning"),
        wording=Wording("Agenda maken", "Making the agenda"),
        done_by=("meeting.change",),
        watched_by=Code("agenda_made_together"),
        source="[book] 7.2 (heading)",
    ),
    Step(
        code=Code("check_place"),
        phase=Code("planning"),
        wording=Wording("Een goede plek zoeken", "Looking for a good place"),
        done_by=("place.check",),
        watched_by=Code("place_checked"),
        source="[brochure] p. 2",
    ),
    Step(
        code=Code("agree_channel"),
        phase=Code("planning"),
        wording=Wording(
            "Afspreken hoe je contact houdt", "Agreeing how to keep in touch"
        ),
        done_by=("channel.agree",),
        watched_by=Code("channel_on_kick_off_agenda"),
        source="[book] 7.3 (heading)",
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
        code=Code("look_back_yearly"),
        phase=Code("follow_up"),
        wording=Wording("Jaarlijks terugkijken", "Looking back each year"),
        done_by=("evaluation.hold:yearly",),
        watched_by=Code("yearly_evaluation"),
        source="[book] ch. 9 (heading)",
    ),
    Step(
        code=Code("review_goals"),
        phase=Code("follow_up"),
        wording=Wording("Doelen bespreken en bijstellen", "Looking back on goals"),
        done_by=("goal.review",),
        watched_by=Code("goal_looked_back_on"),
        source="[book] ch. 9 (heading)",
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
    Step(
        code=Code("warm_handover"),
        phase=Code("reorientation"),
        wording=Wording("Warme overdracht", "Warm handover"),
        sentence=Wording(
            "Komt er iemand anders? Maak dan samen kennis en bespreek wat diegene "
            "moet weten.",
            "Is somebody else coming? Then meet together and discuss what they have "
            "to know.",
        ),
        done_by=("handover.hold",),
        source="[book] ch. 10 (heading: warm handover)",
    ),
    Step(
        code=Code("agree_aftercare"),
        phase=Code("reorientation"),
        wording=Wording("Nazorg afspreken", "Agreeing on aftercare"),
        done_by=("aftercare.agree",),
        watched_by=Code("aftercare_agreed"),
        source="[article] tips",
    ),
)
