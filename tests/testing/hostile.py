"""Settings that break one rule of the kit each, by rule and by the way they do it."""

from __future__ import annotations

from typing import Final

from installing import Fake
from testing.making import (
    CLIENT,
    ONCE,
    answering,
    configured,
    fake,
    guarding,
    held,
    hiding,
    hook,
    noting,
    replacing,
    role,
    ruling,
    said,
    step,
)

_REMEMBERS: Final = """
def __init__(self, config):
    super().__init__(config)
    type(self).days = config.days

def rg_timings(self, ctx):
    return [
        Timing(
            code=Code("example.after"),
            wording=Wording("Na", "After"),
            period=Period(days=self.days),
            ours=True,
            source="ours",
        )
    ]
"""

_KEEPS: Final = """
def rg_roles(self, ctx):
    SEEN.append(ctx.institution)
    return []
"""

_COUNTS: Final = """
asked = 0

def rg_roles(self, ctx):
    self.asked += 1
    return [
        Role(
            code=Code(f"example.cook_{self.asked}"),
            wording=Wording("kok", "cook"),
            source="ours",
        )
    ]
"""

_SPOILS: Final = """
def rg_roles(self, ctx):
    object.__setattr__(ctx, "language", "fr")
    return []
"""

_SPOILS_BASE: Final = """
def rg_roles(self, ctx):
    object.__setattr__(ctx.base[0], "source", "mine")
    return []
"""

_TWICE_BESIDE: Final = """
def rg_roles(self, ctx):
    role = Role(
        code=Code("example.cook"), wording=Wording("kok", "cook"), source="ours"
    )
    return [role] * len(ctx.enabled)
"""

_JUNK_BESIDE: Final = """
def rg_roles(self, ctx):
    return ["junk"] * (len(ctx.enabled) - 1)
"""

_THREAD: Final = """
from threading import Event, Thread
Thread(target=Event().wait, args=(1,), daemon=True).start()
"""

_NUMBERS: Final = "from itertools import count\nNUMBERS = count()\n"

_INSTRUMENT: Final = (
    'Instrument(code=Code("example.list"), wording=Wording("lijst", "list"), '
    'answered_by=(Code("client"),), publisher="", version="1", source="ours")'
)

_DAYS: Final = "@frozen\nclass Config:\n    days: int = 1"

HOSTILE: Final[dict[str, dict[str, Fake]]] = {
    "ST-01": {
        "is not installed": Fake(id="other"),
        "cannot be read": Fake(without=("support",)),
        "exempts what there is not": said(exempt={"ST-99": "why"}),
        "lies in another package": said(factory="rgcore.plugins:SettingPlugin"),
    },
    "ST-02": {
        "has no end": said(requires_api=">=1.0"),
        "is for another version": said(requires_api=">=2.0,<3"),
    },
    "ST-03": {
        "needs more": Fake(requires=("rgcore", "requests>=2")),
        "needs nothing": Fake(requires=('rgcore; extra == "all"',)),
    },
    "ST-04": {
        "names nobody": said(support="mailto:nobody"),
        "names no host": said(support="https:"),
    },
    "ST-05": {
        "prints": Fake(before='print("hello")'),
        "warns": Fake(before='import warnings\nwarnings.warn("old")'),
        "raises": Fake(before='raise ValueError("old")'),
        "starts a thread": Fake(before=_THREAD),
    },
    "ST-06": {
        "can be changed": configured("@define\nclass Config:\n    days: int = 1"),
        "holds what can be changed": configured(
            "@frozen\nclass Config:\n    days: list[int] = Factory(list)"
        ),
        "holds what can be changed within": configured(
            "@frozen\nclass Inner:\n    days: list[int] = Factory(list)\n\n"
            "@frozen\nclass Config:\n    inner: tuple[Inner, ...] = (Inner(),)"
        ),
        "lets everything through": configured(f"{_DAYS}\n    rg_no_such_key: int = 1"),
    },
    "ST-07": {
        "answers what it does not list": Fake(body=hook("rg_roles")),
        "misspells": answering("rg_role", hook("rg_role")),
    },
    "ST-08": {
        "answers junk": fake("rg_roles", '"junk"'),
        "raises": fake("rg_roles", "1 / 0"),
        "answers what does not fit": fake("rg_roles", role("Not a code")),
        "brings a nameless function": ruling(speaks="lambda group, method: ()"),
    },
    "ST-09": {
        "keeps who asked": answering("rg_roles", _KEEPS, "SEEN = []"),
        "counts": answering("rg_roles", _COUNTS),
        "spoils what it is told": answering("rg_roles", _SPOILS),
        "spoils the base": answering("rg_roles", _SPOILS_BASE),
    },
    "ST-10": {
        "remembers on the class": configured(_DAYS, _REMEMBERS, "rg_timings"),
    },
    "ST-11": {
        "reads the clock when asked": fake(
            "rg_roles", "*[][: int(time())]", before="from time import time"
        ),
        "prints when asked": fake("rg_roles", '*(print("hello") or ())'),
        "opens a file when asked": fake(
            "rg_roles",
            "*[][: len(Path(__file__).read_text())]",
            before="from pathlib import Path",
        ),
        "has a rule that reads the clock": ruling(
            "[Speaks(since=min(date.today(), group.started_on))]",
            head="from datetime import date",
        ),
        "has a rule that reads the environment": ruling(
            f"[] if os.getenv('RG_NO') else {ONCE}", head="import os"
        ),
    },
    "ST-12": {"takes long": fake("rg_roles", role())},
    "ST-13": {
        "is in another namespace": fake("rg_roles", role("other.cook")),
        "is in none": fake("rg_roles", role("cook")),
    },
    "ST-14": {
        "replaces direction": replacing("meeting_without_client"),
        "replaces nothing": replacing("example.nothing"),
        "gives no reason": replacing("clinician_at_kick_off", "…"),
        "does not list it": replacing("clinician_at_kick_off", listed=False),
    },
    "ST-15": {
        "refers to nothing": fake("rg_steps", step(phase="nowhere")),
        "is done by nothing": fake("rg_steps", step(fact="goal.sing")),
        "settles nothing": ruling(settles='(Code("goal.sing"),)'),
        "breaks beside others": answering("rg_roles", _TWICE_BESIDE),
        "answers junk beside others": answering("rg_roles", _JUNK_BESIDE),
        "requires what is not there": said(requires=["nothing"]),
    },
    "ST-16": {
        "says nothing": fake("rg_roles", role(source="…")),
        "names no publisher": fake("rg_instruments", _INSTRUMENT),
    },
    "ST-17": {
        "takes a meeting for granted": ruling(
            "[Speaks(since=group.held()[0].held_on)]"
        ),
        "raises in its guard": guarding("[][0]"),
        "says no day": ruling('[Speaks(since="soon")]'),
        "says something else": ruling("[None]"),
        "counts": ruling(
            "[Speaks(since=group.started_on, params=(('n', next(NUMBERS)),))]",
            head=_NUMBERS,
        ),
        "hides by a rule that raises": hiding("1 / 0"),
        "hides from no day on": hiding(
            '[Denial(to=one.id, since="soon") for one in group.people[1:]]'
        ),
    },
    "ST-18": {
        "points at nobody": ruling(
            "[Speaks(since=group.started_on, about=(Ref(Kind.PERSON, 'nobody'),))]"
        ),
        "says words": ruling(
            "[Speaks(since=group.started_on, params=(('who', 'Moeder'),))]"
        ),
        "says a name in small letters": ruling(
            "[Speaks(since=group.started_on, params=(('who', 'moeder'),))]"
        ),
    },
    "ST-19": {
        "stops everything": guarding(
            "[Speaks(since=proposal.group.started_on)]", rank="Rank.DIRECTION"
        ),
        "stops a pause": guarding(
            "[Speaks(since=proposal.group.started_on)]"
            " * (proposal.type == 'group.pause')",
            needs_override="True",
        ),
    },
    "ST-20": {
        "hides it from its client": hiding(
            "[Denial(to=group.client, since=group.started_on)]"
        ),
    },
    "ST-21": {
        "names no law": ruling(rank="Rank.LAW"),
        "names no article": ruling(rank="Rank.LAW", law='Law(article=" ")'),
        "was checked on no day": ruling(
            rank="Rank.LAW", law='Law(article="art. 1", checked_by="a lawyer")'
        ),
        "is never in force": hiding(
            "()",
            law='Law(article="art. 1", since=date(2025, 1, 1), until=date(2025, 1, 1))',
        ),
    },
    "ST-22": {
        "says nothing in English": fake("rg_roles", role(en="")),
        "has a place in one language": ruling(
            CLIENT, sentence='Wording("Hoe is het, {person}?", "How are you?")'
        ),
        "is not translated": fake(
            "rg_roles", role(nl="wie de soep kookt", en="wie de soep kookt")
        ),
        "has no title": said(title={"nl": "Iets", "en": ""}),
    },
    "ST-23": {
        "has a rule with a gap": ruling(
            sentence='Wording("Wat is {goal}?", "What is {goal}?")'
        ),
        "has a step with a gap": fake("rg_steps", step(place=" {person}")),
        "has a word with a gap": fake("rg_roles", role(nl="kok {n}", en="{n}")),
    },
    "ST-24": {
        "reproaches": ruling(sentence='Wording("Dit is te laat.", "This is due.")'),
        "reproaches in English": fake("rg_roles", role(en="a failure")),
    },
    "ST-25": {
        "has a field twice": noting(held(), held()),
        "has a field that is taken": noting(held("whose")),
        "begins below one": noting(held(), schema="0"),
        "chooses numbers": noting(held(choices='(Code("a"),)')),
        "tells what it does not hold": noting(held(), sentence="Nr. {other}"),
        "tells whose it is not": noting(held(), sentence="Van {whose}."),
        "tells what may be left out": noting(
            held(required="False"), sentence="Nr. {what}"
        ),
    },
    "ST-26": {
        "claims too much": fake("rg_roles", role(source="…"), maturity="silver"),
    },
}
"""Each way of breaking a rule."""

ALSO: Final = {
    ("ST-14", "gives no reason"): {"ST-22"},
    ("ST-26", "claims too much"): {"ST-16"},
}
"""What cannot but be broken with it."""
