"""The rules of the base, as data: name, rank, sentence, source, what settles them.

The sentences are rgcore's own. None of them calls anything late, failed or hidden.
Sources in brackets are explained in `docs/reference/sources.md`.
"""

from __future__ import annotations

from typing import Final

from rgcore.domain.findings import Rank
from rgcore.domain.ids import Code
from rgcore.method.rule import Rule
from rgcore.method.speaking import (
    coming_back,
    going_on,
    meeting,
    preparing,
    working,
)
from rgcore.method.wording import Wording

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
        speaks=preparing.sociogram_before_nomination,
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
        speaks=preparing.interview_before_first_meeting,
    ),
    Rule(
        code=Code("channel_on_kick_off_agenda"),
        rank=Rank.METHOD,
        wording=Wording("Afspreken hoe je contact houdt", "Agree how to keep in touch"),
        sentence=Wording(
            "Spreek af hoe jullie contact houden tussen de bijeenkomsten.",
            "Agree how you keep in touch between meetings.",
        ),
        source="[article] phase 3: so that private matters stay out of chat groups",
        settles=(
            Code("channel.agree"),
            Code("meeting.change"),
            Code("meeting.plan"),
            Code("step.exempt"),
        ),
        speaks=meeting.channel_on_kick_off_agenda,
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
        settles=(
            Code("meeting.cancel"),
            Code("meeting.change"),
            Code("meeting.hold"),
            Code("step.exempt"),
        ),
        speaks=meeting.minute_taker_is_somebody_else,
    ),
    Rule(
        code=Code("clinician_at_kick_off"),
        rank=Rank.METHOD,
        wording=Wording("De zorgverantwoordelijke erbij", "The clinician is there"),
        sentence=Wording(
            (
                "De zorgverantwoordelijke was er nog niet bij. Wil je die een "
                "keer uitnodigen?"
            ),
            (
                "The responsible clinician has not been there yet. Would you like "
                "to invite them some time?"
            ),
        ),
        source="[article] introduction; [book] 8.3 (heading)",
        settles=(Code("meeting.hold"), Code("step.exempt")),
        speaks=meeting.clinician_at_kick_off,
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
        speaks=working.goal_needs_agreement,
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
            Code("meeting.cancel"),
            Code("rhythm.set"),
            Code("step.exempt"),
        ),
        speaks=meeting.next_meeting,
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
        speaks=going_on.yearly_evaluation,
    ),
    Rule(
        code=Code("supporter_vacancy"),
        rank=Rank.METHOD,
        wording=Wording("Een regieondersteuner", "A direction supporter"),
        sentence=Wording(
            (
                "De regieondersteuner is er nu niet. Wie zou je willen vragen, "
                "misschien voor een tijd?"
            ),
            (
                "There is no direction supporter now. Whom would you like to ask, "
                "perhaps for a while?"
            ),
        ),
        source="[book] 1.1: the supporter always takes part; [brochure] p. 3",
        settles=(
            Code("role.assign"),
            Code("role.stand_in"),
            Code("member.return"),
            Code("step.exempt"),
        ),
        speaks=going_on.supporter_vacancy,
    ),
    Rule(
        code=Code("scale_up_before_scale_down"),
        rank=Rank.METHOD,
        wording=Wording("Eerst afspreken hoe hulp terugkomt", "First how help returns"),
        sentence=Wording(
            "Bij minder zorg hoort nog: {lacks}.", "Less care also needs: {lacks}."
        ),
        source="[book] 10.3 (heading); [brochure] p. 3",
        settles=(Code("scale_up.agree"), Code("care.scale_down"), Code("step.exempt")),
        speaks=going_on.scale_up_before_scale_down,
        guard=going_on.against_scaling_down,
        needs_override=True,
    ),
    Rule(
        code=Code("informal_member_nominated"),
        rank=Rank.METHOD,
        wording=Wording("Iemand van jezelf", "Somebody of your own"),
        sentence=Wording(
            (
                "Tot nu toe zijn alleen mensen van de zorg gevraagd. Is er "
                "iemand uit je eigen leven die je erbij wilt?"
            ),
            (
                "So far only people of care were asked. Is there somebody of "
                "your own life whom you would like?"
            ),
        ),
        source="[book] 1.1; process checklist",
        settles=(
            Code("member.nominate"),
            Code("member.withdraw_nomination"),
            Code("step.exempt"),
        ),
        speaks=preparing.informal_member_nominated,
    ),
    Rule(
        code=Code("short_and_long_goal"),
        rank=Rank.METHOD,
        wording=Wording("Dichtbij en verder weg", "Near and further away"),
        sentence=Wording(
            "Er is nog geen doel voor de {lacks}. Past zo'n doel bij je?",
            "There is no {lacks} goal yet. Would one suit you?",
        ),
        source=("[protocol] table 2: goals for short and long term; process checklist"),
        settles=(Code("goal.set"), Code("step.exempt")),
        speaks=preparing.short_and_long_goal,
    ),
    Rule(
        code=Code("signalling_plan_made"),
        rank=Rank.METHOD,
        wording=Wording("Een signaleringsplan", "A signalling plan"),
        sentence=Wording(
            (
                "Waaraan merk je dat het moeilijker gaat, en wie doet dan wat? "
                "Schrijf het samen op in een signaleringsplan."
            ),
            (
                "By what do you notice that it gets harder, and who does what "
                "then? Write it down together in a signalling plan."
            ),
        ),
        source="[book] 5.6.3 (heading); process checklist",
        settles=(Code("signalling.set"), Code("step.exempt")),
        speaks=preparing.signalling_plan_made,
    ),
    Rule(
        code=Code("second_person"),
        rank=Rank.METHOD,
        wording=Wording("Nooit iemand alleen", "Nobody alone"),
        sentence=Wording(
            (
                "Als het echt moeilijk wordt, rekent het plan op {person} "
                "alleen. Wie kan het overnemen, en op welke uren is er iemand "
                "bereikbaar?"
            ),
            (
                "When it gets really hard, the plan counts on {person} alone. "
                "Who could take over, and at which hours can somebody be "
                "reached?"
            ),
        ),
        source="default of rgcore: a relative should not be on call alone",
        settles=(Code("signalling.set"), Code("step.exempt")),
        speaks=preparing.second_person,
    ),
    Rule(
        code=Code("child_check"),
        rank=Rank.METHOD,
        wording=Wording("Kinderen om wie je zorgt", "Children you look after"),
        sentence=Wording(
            ("Zorgt {person} voor kinderen? Vraag het, dan denken we ook aan hen."),
            ("Does {person} look after children? Ask, so that we think of them too."),
        ),
        source=(
            "Dutch reporting code: asked of professionals with adult "
            "clients [check]; as a rule of the base it is ours"
        ),
        settles=(Code("child_check.hold"), Code("step.exempt")),
        speaks=preparing.child_check,
    ),
    Rule(
        code=Code("confidentiality_on_kick_off_agenda"),
        rank=Rank.METHOD,
        wording=Wording("Wat onder jullie blijft", "What stays between you"),
        sentence=Wording(
            "Spreek af wat onder jullie blijft.", "Agree what stays between you."
        ),
        source="[book] 8.1 (heading); process checklist",
        settles=(
            Code("meeting.change"),
            Code("meeting.plan"),
            Code("house_rules.set"),
            Code("step.exempt"),
        ),
        speaks=meeting.confidentiality_on_kick_off_agenda,
    ),
    Rule(
        code=Code("supporter_at_kick_off"),
        rank=Rank.METHOD,
        wording=Wording("De ondersteuner erbij", "The supporter is there"),
        sentence=Wording(
            (
                "De regieondersteuner was niet bij de startbijeenkomst van "
                "{meeting}. Spreek af wanneer jullie elkaar wel zien."
            ),
            (
                "The direction supporter was not at the kick-off of {meeting}. "
                "Agree when you will see one another."
            ),
        ),
        source="[book] 8.3 (heading); process checklist",
        settles=(Code("meeting.hold"), Code("step.exempt")),
        speaks=meeting.supporter_at_kick_off,
    ),
    Rule(
        code=Code("agenda_made_together"),
        rank=Rank.METHOD,
        wording=Wording("Samen de agenda maken", "Making the agenda together"),
        sentence=Wording(
            "Waar wil je het over hebben op de bijeenkomst van {meeting}?",
            "What would you like to talk about at the meeting of {meeting}?",
        ),
        source="[article] phase 3; process checklist",
        settles=(
            Code("meeting.change"),
            Code("meeting.hold"),
            Code("meeting.cancel"),
            Code("step.exempt"),
        ),
        speaks=meeting.agenda_made_together,
    ),
    Rule(
        code=Code("place_checked"),
        rank=Rank.METHOD,
        wording=Wording("Een goede plek", "A good place"),
        sentence=Wording(
            (
                "Is de plek voor de bijeenkomst van {meeting} rustig en veilig "
                "voor iedereen, en kan niemand meeluisteren?"
            ),
            (
                "Is the place of the meeting of {meeting} quiet and safe for "
                "everybody, and can nobody listen in?"
            ),
        ),
        source="[brochure] p. 2; [article] tips: a safe environment",
        settles=(
            Code("place.check"),
            Code("meeting.change"),
            Code("meeting.hold"),
            Code("meeting.cancel"),
            Code("step.exempt"),
        ),
        speaks=meeting.place_checked,
    ),
    Rule(
        code=Code("rhythm_with_tolerance"),
        rank=Rank.WORKFLOW,
        wording=Wording("Een ritme dat past", "A rhythm that suits"),
        sentence=Wording(
            (
                "De vorige bijeenkomst was op {meeting}. Past een ander ritme "
                "beter bij jullie?"
            ),
            (
                "The last meeting was on {meeting}. Would another rhythm suit "
                "you better?"
            ),
        ),
        source=(
            "[book] 9.5 (heading); [article] pitfalls: lack of flexibility, "
            "tips: flexibility; the tolerance is ours"
        ),
        settles=(
            Code("meeting.plan"),
            Code("meeting.hold"),
            Code("rhythm.set"),
            Code("step.exempt"),
        ),
        speaks=meeting.rhythm_with_tolerance,
    ),
    Rule(
        code=Code("minutes_after_meeting"),
        rank=Rank.WORKFLOW,
        wording=Wording(
            "Opschrijven wat is afgesproken", "Writing down what was agreed"
        ),
        sentence=Wording(
            "Wie heeft aantekeningen van de bijeenkomst van {meeting}?",
            "Who has notes of the meeting of {meeting}?",
        ),
        source=(
            "[brochure] p. 2; [article] pitfalls: poor communication, tips: "
            "clear communication"
        ),
        settles=(
            Code("minutes.keep"),
            Code("decision.take"),
            Code("meeting.hold"),
            Code("step.exempt"),
        ),
        speaks=meeting.minutes_after_meeting,
    ),
    Rule(
        code=Code("client_had_the_floor"),
        rank=Rank.METHOD,
        wording=Wording("Aan het woord", "Having the floor"),
        sentence=Wording(
            (
                "Bij de bijeenkomst van {meeting} kwam {person} niet aan het "
                "woord. Hoe wil {person} het de volgende keer?"
            ),
            (
                "At the meeting of {meeting} {person} did not have the floor. "
                "How would {person} like it next time?"
            ),
        ),
        source="[article] pitfalls: the client is not really involved",
        settles=(Code("meeting.hold"), Code("step.exempt")),
        speaks=meeting.client_had_the_floor,
    ),
    Rule(
        code=Code("meeting_without_client"),
        rank=Rank.DIRECTION,
        wording=Wording("Niet over je zonder je", "Nothing about you without you"),
        sentence=Wording(
            (
                "De bijeenkomst van {meeting} was zonder de cliënt, en die "
                "heeft niet gezegd dat het mocht. Vraag het alsnog."
            ),
            (
                "The meeting of {meeting} was without the client, who did not "
                "say that this was all right. Ask after all."
            ),
        ),
        source="[book] 1.1: the client owns the group; default of rgcore",
        settles=(Code("meeting.allow_without_client"),),
        speaks=meeting.meeting_without_client,
    ),
    Rule(
        code=Code("goal_looked_back_on"),
        rank=Rank.METHOD,
        wording=Wording("Hoe gaat het met een doel", "How a goal goes"),
        sentence=Wording(
            "Hoe gaat het met het doel “{goal}”? Kijk er samen naar.",
            "How does it go with the goal “{goal}”? Look at it together.",
        ),
        source="[article] tips: evaluate and monitor; [book] ch. 9 (heading)",
        settles=(
            Code("goal.review"),
            Code("goal.score"),
            Code("goal.reword"),
            Code("goal.set_status"),
            Code("step.exempt"),
        ),
        speaks=working.goal_looked_back_on,
    ),
    Rule(
        code=Code("smaller_step"),
        rank=Rank.METHOD,
        wording=Wording("Een kleinere stap", "A smaller step"),
        sentence=Wording(
            (
                "Het doel “{goal}” was twee keer nog niet in zicht. Willen "
                "jullie er een kleinere stap van maken?"
            ),
            (
                "Twice the goal “{goal}” was not in sight yet. Would you like "
                "to make it a smaller step?"
            ),
        ),
        source="[article] phases 5 and 6; pitfalls: lack of flexibility",
        settles=(
            Code("goal.reword"),
            Code("goal.review"),
            Code("goal.set_status"),
            Code("step.exempt"),
        ),
        speaks=working.smaller_step,
    ),
    Rule(
        code=Code("tasks_without_hands"),
        rank=Rank.METHOD,
        wording=Wording("Wie neemt het over", "Who takes it over"),
        sentence=Wording(
            (
                "“{agreement}”: wie dit deed, kan het nu niet. Het mag rusten, of "
                "iemand neemt het over."
            ),
            (
                "“{agreement}”: whoever did this cannot do it now. It may rest, "
                "or somebody takes it over."
            ),
        ),
        source=(
            "[brochure] p. 2: clear agreements on who does what; default of rgcore"
        ),
        settles=(
            Code("agreement.revise"),
            Code("agreement.close"),
            Code("member.return"),
            Code("step.exempt"),
        ),
        speaks=working.tasks_without_hands,
    ),
    Rule(
        code=Code("part_described"),
        rank=Rank.METHOD,
        wording=Wording("Wat ieder doet", "What each does"),
        sentence=Wording(
            "Wat wil {person} graag doen in de groep?",
            "What would {person} like to do in the group?",
        ),
        source=(
            "[article] pitfalls: unclear roles and responsibilities, tips: "
            "identify each one's role"
        ),
        settles=(
            Code("member.describe_part"),
            Code("agreement.make"),
            Code("agreement.revise"),
            Code("role.assign"),
            Code("member.leave"),
            Code("step.exempt"),
        ),
        speaks=working.part_described,
    ),
    Rule(
        code=Code("support_for_members"),
        rank=Rank.METHOD,
        wording=Wording("Iets voor de naasten", "Something for the relatives"),
        sentence=Wording(
            (
                "{person} doet al een tijd mee. Hoe gaat het met {person}, en "
                "wat zou helpen?"
            ),
            (
                "{person} has taken part for a while. How is {person}, and what "
                "would help?"
            ),
        ),
        source=(
            "[article] pitfalls: too little support of client and members, "
            "tips: a supportive attitude"
        ),
        settles=(Code("offer.make"), Code("member.leave"), Code("step.exempt")),
        speaks=working.support_for_members,
    ),
    Rule(
        code=Code("involved_meet_the_group"),
        rank=Rank.METHOD,
        wording=Wording("Kennismaken met wie er nog is", "Meeting who else is there"),
        sentence=Wording(
            (
                "{person} is betrokken en kent de groep nog niet. Willen jullie "
                "{person} een keer uitnodigen?"
            ),
            (
                "{person} is involved and does not know the group yet. Would "
                "you like to invite {person} some time?"
            ),
        ),
        source="[article] introduction, tips: collaboration",
        settles=(
            Code("meeting.hold"),
            Code("person.end_involvement"),
            Code("step.exempt"),
        ),
        speaks=working.involved_meet_the_group,
    ),
    Rule(
        code=Code("standard_themes_offered"),
        rank=Rank.METHOD,
        wording=Wording("De thema's die erbij horen", "The themes that belong to it"),
        sentence=Wording(
            "Past een themabijeenkomst over {theme} bij jullie?",
            "Would a theme meeting on {theme} suit you?",
        ),
        source="[book] ch. 11 (headings); process checklist",
        settles=(Code("offer.make"), Code("step.exempt")),
        speaks=working.standard_themes_offered,
    ),
    Rule(
        code=Code("aftercare_agreed"),
        rank=Rank.METHOD,
        wording=Wording("Een moment erna", "A moment afterwards"),
        sentence=Wording(
            (
                "Er is nu minder zorg. Wie vraagt over een tijdje hoe het gaat, "
                "en wanneer?"
            ),
            (
                "There is less care now. Who asks after a while how things are, "
                "and when?"
            ),
        ),
        source="[article] tips: keep aftercare",
        settles=(Code("aftercare.agree"), Code("care.scale_up"), Code("step.exempt")),
        speaks=going_on.aftercare_agreed,
    ),
    Rule(
        code=Code("come_back_to_it"),
        rank=Rank.WORKFLOW,
        wording=Wording("Hierop terugkomen", "Coming back to it"),
        sentence=Wording("{what}: {item}.", "{what}: {item}."),
        source=(
            "the people of the group named the day; where they did not, the "
            "time is ours"
        ),
        settles=(
            Code("member.approach"),
            Code("member.accept"),
            Code("member.decline"),
            Code("member.return"),
            Code("member.withdraw_nomination"),
            Code("interview.follow_up"),
            Code("signalling.set"),
            Code("offer.make"),
            Code("offer.take"),
            Code("offer.attend"),
            Code("meeting.plan"),
            Code("meeting.change"),
            Code("meeting.hold"),
            Code("care.plan_scale_down"),
            Code("care.scale_down"),
            Code("scale_up.agree"),
            Code("aftercare.hold"),
            Code("child_check.hold"),
            Code("step.exempt"),
        ),
        speaks=coming_back.come_back_to_it,
    ),
)
"""Sorted as people meet them; a method keeps them by code."""
