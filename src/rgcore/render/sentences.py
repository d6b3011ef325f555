"""The sentence in which each kind of happening is told, as data.

A happening is told by the first of its sentences for whose every place something is
to be said, so the fullest stands first. `ASIDES` follow it where there is something
to say. What a place is filled with stands in `rgcore.render.fillings`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.render import rights
from rgcore.render.marking import Sentences, _

SENTENCES: Final[MappingProxyType[str, Sentences]] = MappingProxyType(
    {
        "group.start": (_("{names} begin together."),),
        "group.import": (
            _("The group came here from elsewhere, with all that was written down."),
        ),
        "group.explain": (
            _("{by} explains what a {called} is."),
            _("What a resource group is was explained."),
        ),
        "group.name": (_("The group gets a name: {words}."),),
        "group.pause": (
            _("The group rests until {until}."),
            _("The group rests for a while."),
        ),
        "group.resume": (_("The group goes on."),),
        "group.depart": (_("{client} takes the group along: {way}."),),
        "group.depart:home": (_("{client} takes the group home."),),
        "group.depart:other_institution": (
            _("{client} takes the group along to {to}."),
            _("{client} takes the group along to another institution."),
        ),
        "group.depart:frozen": (
            _("The group stops here. Everything is kept as it is."),
        ),
        "group.come_back": (_("{client} brings the group back here."),),
        "group.change_team": (_("Another team keeps the group from now on."),),
        "phase.enter": (_("The group is at this point again: {phase}."),),
        "phase.enter:preparation": (_("The group prepares anew."),),
        "phase.enter:deepening": (_("The group takes time again to talk with each."),),
        "phase.enter:planning": (_("The group plans anew."),),
        "phase.enter:kick_off": (_("The group makes a new start."),),
        "phase.enter:follow_up": (_("The group goes on with its meetings."),),
        "phase.enter:reorientation": (_("The group looks again at what may change."),),
        "step.exempt": (
            _("Agreed that this need not be done for {person}: {step}."),
            _("Agreed that this need not be done here: {step}."),
        ),
        "intake.note": (
            _("At the intake we asked who could come. With {client} came: {came}."),
            _("At the intake we asked who could come."),
        ),
        "triad.hold": (_("Talked together, outside a meeting: {people}."),),
        "child_check.hold": (
            _("We asked whether {client} looks after children: {answer}."),
        ),
        "sociogram.draw": (_("{client} draws a sociogram: the people around."),),
        "member.nominate": (_("{client} would like {person} in the group."),),
        "member.withdraw_nomination": (
            _("{client} will not ask {person} for the group now."),
        ),
        "member.approach": (
            _("{person} was asked by {by}, {channel}."),
            _("{person} was asked."),
        ),
        "member.ask_later": (
            _("{nominee} would rather wait and can be asked from {day}."),
            _("{nominee} would rather wait a little."),
            _("{waiting} would rather wait with asking {person}, until {day}."),
            _("{waiting} would rather wait a little with asking {person}."),
        ),
        "member.accept": (_("{person} says yes and joins the group."),),
        "member.decline": (_("{person} says no, for now."),),
        "member.leave": (_("{name} says goodbye to the group."),),
        "member.step_back": (
            _("{person} takes a rest and is back on {until}."),
            _("{person} takes a rest and stays in the group."),
        ),
        "member.return": (_("{name} is there again."),),
        "member.describe_part": (
            _("How {person} takes part: “{words}”"),
            _("{name} tells how to take part."),
        ),
        "member.thank": (_("{by} thanks {person}: “{words}”"),),
        "person.involve": (
            _("Also involved: {name} ({organisation})."),
            _("Also involved: {name}."),
        ),
        "person.end_involvement": (_("{name} is no longer involved."),),
        "person.relate": (_("What {person} is to {to}: {words}."),),
        "person.end_relation": (
            _("{person} was this to {to}: {words}. That is different now."),
        ),
        "person.rename": (
            _("{called}: that is the name from {since}."),
            _("{name} gets another name."),
        ),
        "person.set_language": (
            _("{person} speaks {language} best. {interpreter} interprets."),
            _("{with_interpreter} speaks {language} best, with an interpreter please."),
            _("{person} speaks {language} best."),
        ),
        "person.note_birthdays": (_("It is known when {person} becomes 16 and 18."),),
        "person.die": (_("{name} has died."),),
        "person.merge": (_("Two people turned out to be one: {name}."),),
        "role.assign": (_("{name} is now {role}."),),
        "role.end": (_("{name} is no longer {role}."),),
        "role.stand_in": (
            _("{person} stands in for {other} as {role}, until {until}."),
            _("{person} stands in for {other} as {role}."),
        ),
        "interview.hold": (_("A deepening talk with {person}."),),
        "interview.agree_themes": (_("{person} agrees to the themes of the talk."),),
        "interview.follow_up": (_("{person} hears what is done with the talk."),),
        "goal.set": (_("A goal: “{words}”"),),
        "goal.reword": (
            _("A smaller step first: “{smaller}”"),
            _("A goal is put in new words: “{words}”"),
        ),
        "goal.agree": (_("The group takes on: {goals}."),),
        "goal.review": (_("Looked back on “{words}”: {achievement}."),),
        "goal.set_status": (_("“{words}”: {status}."),),
        "goal.tag": (
            _("“{words}” also has to do with: {tags}."),
            _("Looked at what else “{words}” has to do with."),
        ),
        "goal.make_concrete": (_("“{words}” was worked out further."),),
        "goal.score": (_("{by} says of “{words}”: {voice}."),),
        "agreement.make": (
            _("Agreed: {words} ({owners}, for {others})"),
            _("Agreed: {words} ({owners})"),
        ),
        "agreement.revise": (
            _("Agreed anew: {words} ({client_now} does this now, before: {before})"),
            _("Agreed anew: {words} (now {owners}, before that {before})"),
            _("Agreed anew: {words} ({owners})"),
        ),
        "agreement.answer": (
            _("{person} says yes to “{agreed}”."),
            _("{person} would rather not: “{rather_not}”."),
            _("{name} answers to an agreement."),
        ),
        "agreement.note_progress": (_("{by} about “{words}”: {how}."),),
        "agreement.close": (_("{closing}: “{words}”"),),
        "decision.take": (
            _("Decided by {by}: {words}"),
            _("Something was decided."),
        ),
        "success.add": (_("Went well: “{words}” ({by})"),),
        "sign.offer": (_("{by} names an early sign: “{words}”"),),
        "signalling.set": (_("The signalling plan was written down."),),
        "crisis_card.set": (_("The crisis card was written down."),),
        "scale_up.agree": (
            _("Agreed how help returns: {words} (up to and including {until})"),
            _("Agreed how help returns: {words}"),
        ),
        "reorientation.open": (_("The group looks at what may change."),),
        "care.plan_scale_down": (_("Agreed how care becomes less, step by step."),),
        "care.scale_down": (
            _("Care becomes less. After it: {to}. {receiver} takes over."),
            _("Care becomes less. After it: {to}."),
        ),
        "care.scale_up": (
            _("There is more care again: {to}. That is what was agreed: “{agreed}”"),
            _("There is more care again: {to}."),
        ),
        "care.begin_episode": (
            _("Care that begins: {form} ({organisation})."),
            _("Care that begins: {form}."),
        ),
        "care.end_episode": (_("Care that ends: {form}."),),
        "handover.hold": (
            _("{giving} handed over to {taking}, with {client_there} there."),
            _("{giving} handed over to {taking}."),
        ),
        "aftercare.agree": (
            _("Agreed: on {day}, {name} asks how things are."),
            _("Agreed: on {day}, {names} ask how things are."),
        ),
        "aftercare.hold": (
            _("{name} asked how things are."),
            _("{names} asked how things are."),
        ),
        "own_item.keep": (_("{by} keeps something: {kind}."),),
        "own_item.share": (_("{by} shares with the group: {kind}."),),
        "meeting.plan": (
            _("Planned: {kind} on {day}, {form}."),
            _("Planned: {kind} on {day}."),
        ),
        "meeting.change": (_("The plan of a meeting was changed: {kind} on {day}."),),
        "meeting.hold": (
            _("{kind} ({form}), with {present}."),
            _("{kind}, with {present}."),
            _("{kind}."),
        ),
        "meeting.cancel": (
            _("Does not take place: {kind} of {day} ({why})."),
            _("Does not take place: {kind} ({why})."),
        ),
        "meeting.cancel:client_not_well": (
            _("The meeting of {day} does not go on for now. Rest comes first."),
            _("The meeting does not go on for now. Rest comes first."),
        ),
        "meeting.cancel:client_wish": (
            _("{client} would rather have no {kind} on {day}."),
            _("{client} would rather have no {kind} now."),
        ),
        "meeting.allow_without_client": (
            _("The others may meet without {client} on {day}."),
        ),
        "place.check": (_("Looked at the place for {day}: {what}."),),
        "place.not_safe": (
            _("{person} tells {told} that it is not safe to come on {day}."),
        ),
        "climate.note": (
            _("The mood at the meeting of {day}: {what}."),
            _("Something was noted about the mood at the meeting of {day}."),
        ),
        "minutes.keep": (
            _("{writer} wrote the minutes of {day}."),
            _("The minutes of {day} are there."),
        ),
        "minutes.sign_off": (_("{name} says that the minutes of {day} are right."),),
        "channel.agree": (_("How the group keeps in touch: {channel}."),),
        "rhythm.set": (_("From now on the group meets {rhythm}."),),
        "house_rules.set": (_("House rules were written down."),),
        "house_rules.agree": (_("{name} says yes to the house rules."),),
        "theme.ask": (_("{person} would like to take part in: {theme}."),),
        "offer.make": (_("Offered: {topic}, for {people}."),),
        "offer.take": (
            _("{name} will take part in: {topic}."),
            _("{names} will take part in: {topic}."),
        ),
        "offer.attend": (
            _("{name} took part in: {topic}."),
            _("{names} took part in: {topic}."),
        ),
        "evaluation.hold": (_("Looked back together: {kind}."),),
        "setting.note": (
            # A setting brings a sentence of its own.
            "{told}",
            _("Noted: {kind}."),
            _("Something was noted for a setting that is not in use here."),
        ),
        "method.adopt": (
            _("From now on the group goes by the newer version of the method."),
        ),
        "entry.mark_in_error": (_("A mistake was put right: {why}."),),
        "entry.undo_in_error": (_("It was no mistake after all: it counts again."),),
        "entry.empty_in_error": (_("The words of a mistake are gone."),),
        "entry.redact": (_("Words were taken out, because somebody asked for it."),),
        **rights.SENTENCES,
    }
)
"""By type, or by type and kind; a type alone tells all its kinds."""

ASIDES: Final[MappingProxyType[str, tuple[Sentences, ...]]] = MappingProxyType(
    {
        "agreement.answer": ((_("“{quote}”"),),),
        "agreement.note_progress": ((_("“{quote}”"),),),
        "care.scale_up": ((_("“{quote}”"),),),
        "channel.agree": ((_("What is not said there: “{quote}”"),),),
        "child_check.hold": ((_("We ask again on {again}."),),),
        "climate.note": ((_("What was done: {done}."),),),
        "evaluation.hold": ((_("“{quote}”"),),),
        "goal.review": ((_("“{quote}”"),),),
        "group.pause": ((_("“{quote}”"),),),
        "meeting.hold": (
            (
                _("{chair} led it, and after that {passed}."),
                _("{chair} led it."),
                _("{passed} took over leading it."),
            ),
            (_("How it was: “{quote}”"),),
        ),
        "meeting.plan": ((_("Without professionals, as {wished_by} wants it."),),),
        "member.ask_later": ((_("“{quote}”"),),),
        "member.leave": ((_("“{quote}”"),),),
        "member.step_back": ((_("“{quote}”"),),),
        "minutes.keep": ((_("{typist} typed them from paper."),),),
        "offer.make": ((_("Around {around}."),),),
        "person.note_birthdays": (
            (_("{parent} is fine with it."), _("{parents} are fine with it.")),
        ),
        "phase.enter": ((_("“{quote}”"),),),
        "place.not_safe": ((_("“{quote}”"),),),
        "step.exempt": ((_("From {until} we look at it again."),),),
        "theme.ask": ((_("“{quote}”"),),),
        "triad.hold": ((_("“{quote}”"),),),
        **rights.ASIDES,
    }
)
"""What is told after the sentence of a type, each where there is something to say."""

IN_ERROR: Final = _("A mistake, so it does not count: {what}.")
"""How anything is told that no longer counts: the group no longer has it."""

IN_GENERAL: Final = _("Written down: {what}.")
"""How a happening is told of which the reader may see no more."""

KINDS: Final = MappingProxyType(
    {
        "aftercare": _("a moment after care"),
        "agreement": _("an agreement"),
        "care": _("something about care"),
        "channel": _("how the group keeps in touch"),
        "child_check": _("a question about children"),
        "climate": _("something about the mood"),
        "crisis_card": _("the crisis card"),
        "decision": _("a decision"),
        "entry": _("something about a mistake"),
        "evaluation": _("looking back together"),
        "goal": _("something about a goal"),
        "group": _("something about the group itself"),
        "handover": _("a handover"),
        "house_rules": _("something about the house rules"),
        "intake": _("something about the intake"),
        "interview": _("a deepening talk"),
        "meeting": _("something about a meeting"),
        "method": _("by which method the group goes"),
        "member": _("something about who joins or leaves"),
        "minutes": _("something about minutes"),
        "offer": _("an offer"),
        "own_item": _("something of one's own"),
        "person": _("something about a person"),
        "phase": _("where the group is"),
        "place": _("something about a place"),
        "reorientation": _("looking at what may change"),
        "rhythm": _("how often the group meets"),
        "role": _("a role"),
        "scale_up": _("how help returns"),
        "setting": _("something that a setting keeps"),
        "sign": _("an early sign"),
        "signalling": _("the signalling plan"),
        "sociogram": _("a sociogram"),
        "step": _("that something need not be done"),
        "success": _("something that went well"),
        "theme": _("a wish for a theme"),
        "triad": _("a talk together"),
        **rights.KINDS,
    }
)
"""What a change was about, by the first word of its type."""
