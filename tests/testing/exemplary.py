"""A setting that answers every hook and keeps every rule of the kit."""

from __future__ import annotations

from typing import Final

from installing import Fake
from rgcore.plugins import HOOKS

_BEFORE: Final = '''
from attrs import field, frozen, validators
from datetime import date, timedelta

# Whatever a module holds is looked at, and none of it changes.
LISTED = [1, {2: {3}}, ((4,),)]
TITLE = Wording("Titel", "Title")


def circle():
    """Return a function that closes over what is not there yet."""

    def inner():
        return later

    return inner
    later = inner


CIRCLE = circle()


def remembering(function):
    """Wrap a function, as authors do; what it closes over is looked at too."""

    def wrapped(*args):
        return function(*args)

    return wrapped


@remembering
def says(nl, en):
    return Wording(nl, en)


class Shelf:
    """Classes may name one another in a circle."""

    label = "none"


Shelf.itself = Shelf


@frozen(kw_only=True)
class Config:
    """What an institution can choose; some of it has only one other value, or none."""

    days: int = field(default=14, validator=validators.ge(14))
    name: str = field(default="a", validator=validators.max_len(1))
    is_open: bool = True
    places: tuple[str, ...] = ()
    towns: tuple[str, ...] = ("Utrecht",)
    least: float = 0.0


def speaks(group, method):
    for note in group.foreign.get(Code("example"), ()):
        for value in note.values:
            if value.day is not None:
                yield Speaks(
                    since=method.after(Code("example.after"), value.day),
                    about=(Ref(Kind.PERSON, group.client),),
                    params=(("date", value.day), ("what", "example.soup"), ("n", 1)),
                )


def law(group, method):
    return ()


def guard(proposal):
    if proposal.type == "meeting.plan":
        yield Speaks(since=proposal.group.started_on)


def denials(group, method):
    for person in group.people:
        if person.id != group.client and group.rests:
            yield Denial(to=person.id, since=group.rests[-1].since)


def replaced(group, method):
    if group.held():
        yield Speaks(since=group.held()[0].held_on + timedelta(days=1))
'''

_BODY: Final = """
def rg_terms(self, ctx):
    return [
        Term(code=Code("client"), wording=says("gast", "guest"), source="us"),
        Term(code=Code("example.soup"), wording=says("soep", "soup"), source="us"),
        Choice(
            code=Code("care_form.example.day"), wording=says("dag", "day"), source="us"
        ),
        Texts(
            code=Code("structure.unknown_item"),
            wording=says("Dit is er niet.", "This is not here."),
        ),
    ]

def rg_roles(self, ctx):
    return [Role(code=Code("example.cook"), wording=says("kok", "cook"), source="us")]

def rg_steps(self, ctx):
    return [
        Step(
            code=Code("example.taste"),
            phase=Code("preparation"),
            wording=says("Proeven", "Tasting"),
            sentence=says("Wil {person} proeven?", "Would {person} like to taste?"),
            done_by=("setting.note:example.meal",),
            per=Per.NOMINEE,
            after=Code("example.after"),
            source="us",
        )
    ]

def rg_meetings(self, ctx):
    cooking = Code("example.cooking")
    return [
        Theme(
            code=cooking, wording=says("koken", "cooking"), standard=False, source="us"
        ),
        Training(
            code=Code("example.baking"),
            wording=says("bakken", "baking"),
            covered_by=cooking,
            source="us",
        ),
        MeetingKind(
            code=Code("meeting_kind.example.meal"),
            wording=says("maaltijd", "meal"),
            regular=False,
            source="us",
        ),
        Agenda(
            code=Code("example.menu"),
            wording=says("menu", "menu"),
            topics=(cooking,),
            source="us",
        ),
    ]

def rg_timings(self, ctx):
    return [
        Timing(
            code=Code("example.after"),
            wording=says("Na", "After"),
            period=Period(days=self.config.days),
            ours=True,
            source="us",
        )
    ]

def rg_plan_parts(self, ctx):
    return [
        GoalDomain(
            code=Code("example.food"), wording=says("eten", "food"), source="us"
        ),
        PlanSection(
            code=Code("example.meals"),
            wording=says("Maaltijden", "Meals"),
            intro=says("Wat jullie eten.", "What you eat."),
            changes=(Code("example.meal"),),
            source="us",
        ),
    ]

def rg_rules(self, ctx):
    later = Wording(
        "Op {date} was er {what}. Weer, {person}?",
        "There was {what} on {date}. Again, {person}?",
        more=(("de", "Am {date} gab es {what}. Wieder, {person}?"),),
    )
    return [
        Rule(
            code=Code("example.again"),
            rank=Rank.METHOD,
            wording=says("Weer eten", "Eating again"),
            sentence=later,
            source="us",
            settles=(Code("setting.note"),),
            speaks=speaks,
        ),
        Rule(
            code=Code("example.safe"),
            rank=Rank.LAW,
            wording=says("Veilig koken", "Cooking safely"),
            sentence=says("Is de keuken veilig?", "Is the kitchen safe?"),
            source="art. 1",
            settles=(),
            speaks=law,
            guard=guard,
            law=Law(article="art. 1"),
        ),
        Rule(
            code=Code("example.silent"),
            rank=Rank.METHOD,
            wording=says("Stil", "Silent"),
            sentence=says("Stil.", "Silent."),
            source="us",
            settles=(),
            speaks=law,
        ),
        Replacement(
            replaces=Code("clinician_at_kick_off"),
            because=says("Hier is geen arts.", "There is no doctor here."),
            source="us",
            by=Rule(
                code=Code("clinician_at_kick_off"),
                rank=Rank.METHOD,
                wording=says("De kok", "The cook"),
                sentence=says("Kwam de kok?", "Was the cook there?"),
                source="us",
                settles=(),
                speaks=replaced,
            ),
        ),
    ]

def rg_access_rules(self, ctx):
    return [
        AccessRule(
            code=Code("example.rest"),
            wording=says("Rust", "Rest"),
            sentence=says("Nu even niet.", "Not just now."),
            source="us",
            denials=denials,
            law=Law(
                article="art. 2",
                checked_on=date(2025, 1, 1),
                checked_by="a lawyer of the institution",
                since=date(2020, 1, 1),
            ),
        )
    ]

def rg_instruments(self, ctx):
    return [
        Instrument(
            code=Code("example.list"),
            wording=says("een lijst", "a list"),
            answered_by=(Code("client"), Code("example.cook")),
            publisher="its makers",
            version="1",
            source="us",
        )
    ]

def rg_changes(self, ctx):
    def held(name, holds, **more):
        wording = says(name, name)
        return OwnField(name=Code(name), holds=holds, wording=wording, **more)

    return [
        OwnChange(
            code=Code("example.meal"),
            wording=says("een maaltijd", "a meal"),
            sentence=Wording(
                "{whose} kookt {dish} op {day}[ voor {guest}].",
                "{whose} cooks {dish} on {day}[ for {guest}].",
            ),
            fields=(
                held("dish", Holds.CODE, choices=(Code("example.soup"),)),
                held("day", Holds.DAY),
                held("guest", Holds.PERSON, required=False),
                held("words", Holds.TEXT, required=False),
            ),
            whose=Whose.SOMEBODY,
            source="us",
        ),
        OwnChange(
            code=Code("example.shopping"),
            wording=says("boodschappen", "shopping"),
            sentence=says("Boodschappen gedaan.", "Shopping was done."),
            fields=(
                held("amount", Holds.NUMBER),
                held("sort", Holds.CODE),
                held("goal", Holds.GOAL),
                held("meeting", Holds.MEETING),
                held("agreement", Holds.AGREEMENT),
            ),
            whose=Whose.CLIENT,
            schema=2,
            source="us",
        ),
    ]
"""

EXEMPLARY: Final = Fake(
    before=_BEFORE,
    body=_BODY,
    manifest={
        "hooks": list(HOOKS),
        "config": f"{Fake().package}.plugin:Config",
        "replaces": ["clinician_at_kick_off"],
        "maturity": "gold",
        "support": "https://example.org/help",
    },
)
"""A setting to be proud of."""
