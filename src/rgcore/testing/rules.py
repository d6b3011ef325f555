"""The rules of the kit, as data: number, level, what is asked, why, how to mend it.

A number never changes its meaning, and none is given twice. Bronze: it can be enabled
safely. Silver: people can read it, and know where it comes from. Gold: it is quick,
and what it says of itself is so.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from rgcore.plugins.manifest import Maturity


@frozen(kw_only=True)
class KitRule:
    """A rule that a setting is held against.

    Attributes:
        number: Its name: `ST-07`. Also its anchor in the reference.
        level: From which level on it has to hold.
        title: What is asked, in a sentence.
        why: What would go wrong otherwise.
        mend: What an author does about it.
    """

    number: str
    level: Maturity
    title: str
    why: str
    mend: str


_OF_ITSELF: Final = (
    KitRule(
        number="ST-01",
        level=Maturity.BRONZE,
        title="It is found, and its manifest can be read.",
        why="An institution looks at a setting before it lets its code run. What "
        "cannot be read cannot be enabled.",
        mend="Declare an entry point `ID = PACKAGE:rgcore.toml` in the group "
        "`rgcore.settings`, with the id of the manifest. Keep `rgcore.toml` in that "
        "package, and let `factory` and `config` lie in it. Exempt only rules that the "
        "kit has.",
    ),
    KitRule(
        number="ST-02",
        level=Maturity.BRONZE,
        title="It says for which versions of the API it is, and where that ends.",
        why="A major version of the API takes something away. A range without an end "
        "promises what nobody can know.",
        mend='Give a range with two ends in the manifest: `requires_api = ">=1.0,<2"`.',
    ),
    KitRule(
        number="ST-03",
        level=Maturity.BRONZE,
        title="Its package needs rgcore and nothing else.",
        why="Settings of several authors are installed side by side. Each library that "
        "one brings can keep another from being installed.",
        mend="Name `rgcore` in `dependencies`, and beside it only packages of settings "
        "that the manifest requires. What tests and documentation need goes into an "
        "extra or a dependency group.",
    ),
    KitRule(
        number="ST-04",
        level=Maturity.SILVER,
        title="Its users can turn to somebody.",
        why="When a setting fails, the message names who can mend it.",
        mend="Give an address in the manifest: `mailto:` with an address, or `https:` "
        "with a host.",
    ),
)

_MADE: Final = (
    KitRule(
        number="ST-05",
        level=Maturity.BRONZE,
        title="Importing and making it says nothing and starts nothing.",
        why="Output of a plugin spoils that of a program, a warning becomes an error "
        "where warnings are errors, and a thread outlives the institution.",
        mend="Leave out `print`, logging and threads; mend what warns. Nothing happens "
        "at import but definitions.",
    ),
    KitRule(
        number="ST-06",
        level=Maturity.BRONZE,
        title="Its configuration cannot be changed, and refuses what it does not know.",
        why="A key that is misspelt and ignored is a choice that somebody thinks they "
        "made. A configuration that changes later is no configuration.",
        mend="Make the class of the configuration `attrs.frozen`, with tuples in place "
        "of lists, and let it take what the test gives it.",
    ),
)

_ASKED: Final = (
    KitRule(
        number="ST-07",
        level=Maturity.BRONZE,
        title="It answers the hooks that its manifest lists, each as a plain method.",
        why="The manifest is what an institution reads. A wrapper or an order changes "
        "what other settings answer, and a misspelt hook is never asked.",
        mend="List each hook that the class overrides, and no other. A hook takes "
        "`self` and `ctx`, is no coroutine, and has no marker.",
    ),
    KitRule(
        number="ST-08",
        level=Maturity.BRONZE,
        title="What a hook answers is of its kinds, and fits their fields.",
        why="Contributions are data that rgcore keeps for years; one that does not fit "
        "keeps the institution from being opened.",
        mend="Return only the kinds that the hook names, with codes, tuples and "
        "functions of a module where the fields ask for them.",
    ),
    KitRule(
        number="ST-09",
        level=Maturity.BRONZE,
        title="Asking it leaves nothing behind.",
        why="A hook may be asked again, for another institution. What it remembers of "
        "the first comes out at the second.",
        mend="Give the same answer each time, from the configuration and the context "
        "alone. Keep nothing in a module or a class, and leave the context as it is.",
    ),
    KitRule(
        number="ST-10",
        level=Maturity.BRONZE,
        title="Two institutions in one process do not notice one another.",
        why="A host serves several institutions; each has configured its settings "
        "itself.",
        mend="Keep the configuration on the instance (`self.config`), never on the "
        "class or in a module.",
    ),
    KitRule(
        number="ST-11",
        level=Maturity.BRONZE,
        title="Neither its hooks nor its rules look outside.",
        why="A rule that reads the clock says something else tomorrow about the same "
        "group, and rgcore would not notice. One that opens a file or the network can "
        "take words along.",
        mend="Take days from the group and give dates back. Read no clock, file, "
        "network or environment, draw no random number and print nothing.",
    ),
    KitRule(
        number="ST-12",
        level=Maturity.GOLD,
        title="Each hook answers within 50 milliseconds.",
        why="All hooks of all settings are asked whenever an institution is opened.",
        mend="Make what is costly a constant of the module.",
    ),
)

_CONTRIBUTES: Final = (
    KitRule(
        number="ST-13",
        level=Maturity.BRONZE,
        title="Every code stands in a namespace of its own.",
        why="Codes are stored with groups. Two settings must never mean different "
        "things by one.",
        mend="Begin each code with a namespace of the manifest and a dot. Only terms "
        "and texts may have a code of the base: they reword it.",
    ),
    KitRule(
        number="ST-14",
        level=Maturity.BRONZE,
        title="It replaces what its manifest lists, with a reason, and nothing else.",
        why="People look at the method and want to know why a part of it does not hold "
        "for them. Law and the client's direction hold for everybody.",
        mend="List the codes under `replaces`, and say why (`because`) in both "
        "languages. Add to rules of law and direction; never replace them.",
    ),
    KitRule(
        number="ST-15",
        level=Maturity.BRONZE,
        title="It adds up with the base, whatever else is enabled.",
        why="An institution enables several settings. One that breaks beside another "
        "keeps all care of the institution from being opened.",
        mend="Refer only to codes that the base, the setting itself or a setting that "
        "it requires brings, and to types of changes that there are.",
    ),
    KitRule(
        number="ST-16",
        level=Maturity.SILVER,
        title="Everything that it contributes says where it comes from.",
        why="Whoever doubts a rule has to be able to look it up.",
        mend="Write a source for each part; of an instrument also who has the rights "
        "to it, and which version it is. A default of your own is a source: say so.",
    ),
)

_RULES: Final = (
    KitRule(
        number="ST-17",
        level=Maturity.BRONZE,
        title="Its rules answer about every group, and twice the same.",
        why="A rule that raises leaves a gap on somebody's list; an access rule that "
        "raises hides the group from everybody but the client.",
        mend="Ask about the group of which the message tells the case and the entry: "
        "nothing of it may be taken for granted, not even a kick-off. Return `Speaks` "
        "or `Denial` with days as `date`.",
    ),
    KitRule(
        number="ST-18",
        level=Maturity.BRONZE,
        title="Its rules point at what is there, and speak in codes, counts and days.",
        why="What a rule says stands in messages and logs. There may be nothing in it "
        "of what people said, and nothing that nobody can look up.",
        mend="Refer to items by their kind and id. Put into `params` only codes that "
        "have a wording, numbers and dates.",
    ),
    KitRule(
        number="ST-19",
        level=Maturity.BRONZE,
        title="No rule holds up the client's own ending, or refuses a fact.",
        why="Ending care or the group is the client's decision, and a fact happened. "
        "rgcore only lets such a rule warn; one that wants more is mistaken.",
        mend="Let the guard say nothing of facts, and nothing when the client departs, "
        "pauses the group, or wants less care.",
    ),
    KitRule(
        number="ST-20",
        level=Maturity.BRONZE,
        title="No access rule takes the group from its client.",
        why="It is the client's group. rgcore passes such a denial over; whoever wrote "
        "it expects something that will not happen.",
        mend="Leave the client out of what `denials` gives.",
    ),
    KitRule(
        number="ST-21",
        level=Maturity.SILVER,
        title="A rule of law names its article.",
        why="A law that nobody can look up is hearsay.",
        mend="Give a rule of this rank a `Law` with its article. If somebody has read "
        "it, say on which day and who; until then the rule warns and the report says "
        "so.",
    ),
)

_WORDS: Final = (
    KitRule(
        number="ST-22",
        level=Maturity.SILVER,
        title="Everything is said in Dutch and in English, with the same places.",
        why="Clients, relatives and staff of one group read different languages.",
        mend="Fill both languages, with the same names in braces in both. Translate "
        "whole sentences.",
    ),
    KitRule(
        number="ST-23",
        level=Maturity.SILVER,
        title="Every place in a sentence can be filled.",
        why="A place that nothing fills is read as a gap: “…”.",
        mend="Name only what the rule gives: the kinds of the items that it is about, "
        "such as `{person}`, and its `params`. A step for each nominee fills "
        "`{person}`; other words have no places.",
    ),
    KitRule(
        number="ST-24",
        level=Maturity.SILVER,
        title="Its words are kind.",
        why="The people whom a line is about read it. Nothing is late, failed, missed "
        "or hidden.",
        mend="Ask a question, or say what can be done now.",
    ),
)

_NOTES: Final = (
    KitRule(
        number="ST-25",
        level=Maturity.BRONZE,
        title="Its own changes can be kept, and change nothing else.",
        why="What is recorded stays, also where the setting is no longer enabled.",
        mend="Give each field a name of its own, choices only where it holds a code, "
        "and a `schema` from 1. Let the sentence name its fields, what may be left out "
        "in square brackets, and `{whose}` only if it is somebody's.",
    ),
)

_CLAIMS: Final = (
    KitRule(
        number="ST-26",
        level=Maturity.GOLD,
        title="It claims no higher level than it reaches.",
        why="An institution chooses by what the manifest says.",
        mend="Mend what the message names, exempt it with a reason, or claim less.",
    ),
)

RULES: Final[tuple[KitRule, ...]] = (
    *_OF_ITSELF,
    *_MADE,
    *_ASKED,
    *_CONTRIBUTES,
    *_RULES,
    *_WORDS,
    *_NOTES,
    *_CLAIMS,
)
"""Every rule, in the order in which they are asked."""

BY_NUMBER: Final[dict[str, KitRule]] = {rule.number: rule for rule in RULES}
"""Each rule by its number."""
