"""Settings for the tests of the kit, put together from small pieces of Python."""

from __future__ import annotations

from typing import Any, Final

from installing import EMPTY, Fake

FROZEN: Final = "from attrs import Factory, define, field, frozen\n"
ONCE: Final = "[Speaks(since=group.started_on)]"
"""A rule that speaks once about every group."""

CLIENT: Final = (
    "[Speaks(since=group.started_on, about=(Ref(Kind.PERSON, group.client),))]"
)
"""A rule that speaks of the client of every group."""


def hook(name: str, *parts: str) -> str:
    """Return a hook that answers with parts.

    Args:
        name: The hook.
        parts: Expressions.
    """
    return f"def {name}(self, ctx):\n    return [{', '.join(parts)}]\n"


def fake(name: str, *parts: str, before: str = "", **manifest: Any) -> Fake:  # noqa: ANN401 - keys of a manifest
    """Return a setting that answers one hook.

    Args:
        name: The hook.
        parts: What it answers, as expressions.
        before: What stands above its class.
        manifest: What its manifest says beside.
    """
    said = {"hooks": [name], **manifest}
    return Fake(body=hook(name, *parts), before=before, manifest=said)


def answering(name: str, body: str, before: str = "") -> Fake:
    """Return a setting of which the class is written out.

    Args:
        name: The hook that it answers.
        body: What its class holds.
        before: What stands above its class.
    """
    return Fake(body=body, before=before, manifest={"hooks": [name]})


def said(**manifest: Any) -> Fake:  # noqa: ANN401 - keys of a manifest
    """Return a setting that answers nothing.

    Args:
        manifest: What its manifest says.
    """
    return Fake(manifest=manifest)


def role(
    code: str = "example.cook", nl: str = "kok", en: str = "cook", source: str = "ours"
) -> str:
    """Return a role."""
    wording = f"Wording({nl!r}, {en!r})"
    return f"Role(code=Code({code!r}), wording={wording}, source={source!r})"


def step(phase: str = "planning", fact: str = "goal.set", place: str = "") -> str:
    """Return a step.

    Args:
        phase: In which phase.
        fact: What it is done by.
        place: What its words name.
    """
    return (
        f'Step(code=Code("example.step"), phase=Code("{phase}"), source="ours", '
        f'done_by=("{fact}",), wording=Wording("Koken{place}", "Cooking{place}"))'
    )


_RULE: Final = {
    "code": 'Code("example.rule")',
    "rank": "Rank.METHOD",
    "wording": 'Wording("Vraag", "A question")',
    "sentence": 'Wording("Hoe is het?", "How are you?")',
    "source": '"ours"',
    "settles": "()",
    "speaks": "speaks",
}


def rule(**other: str) -> str:
    """Return a rule whose function is `speaks`, with other fields as expressions."""
    return f"Rule({_fields({**_RULE, **other})})"


def ruling(says: str = ONCE, head: str = "", **other: str) -> Fake:
    """Return a setting with one rule.

    Args:
        says: What it says of a group, as an expression.
        head: What stands above its function.
        other: Other fields of it, as expressions.
    """
    before = f"{head}\ndef speaks(group, method):\n    return {says}\n"
    return fake("rg_rules", rule(**other), before=before)


def guarding(says: str, **other: str) -> Fake:
    """Return a setting with a rule that guards.

    Args:
        says: What it has against a proposal, as an expression.
        other: Other fields of it, as expressions.
    """
    head = f"def guard(proposal):\n    return {says}\n"
    return ruling(head=head, guard="guard", **other)


def hiding(says: str, **other: str) -> Fake:
    """Return a setting with an access rule.

    Args:
        says: From whom it hides a group, as an expression.
        other: Other fields of it, as expressions.
    """
    usual = {
        "code": 'Code("example.nobody")',
        "wording": 'Wording("Rust", "Rest")',
        "sentence": 'Wording("Rust.", "Rest.")',
        "source": '"ours"',
        "denials": "denials",
    }
    function = f"def denials(group, method):\n    return {says}\n"
    part = f"AccessRule({_fields({**usual, **other})})"
    return fake("rg_access_rules", part, before=f"{DATES}\n{function}")


DATES: Final = "from datetime import date"


def noting(*fields: str, sentence: str = "Genoteerd.", **other: str) -> Fake:
    """Return a setting with an own change.

    Args:
        fields: What it holds, see `held`.
        sentence: How it is told, in both languages.
        other: Other fields of it, as expressions.
    """
    usual = {
        "code": 'Code("example.note")',
        "wording": 'Wording("iets", "something")',
        "sentence": f"Wording({sentence!r}, {sentence!r})",
        "source": '"ours"',
        "fields": f"({' '.join(fields)})",
    }
    return fake("rg_changes", f"OwnChange({_fields({**usual, **other})})")


def held(name: str = "what", holds: str = "NUMBER", **other: str) -> str:
    """Return a field of an own change.

    Args:
        name: Its name.
        holds: What it holds.
        other: Other fields of it, as expressions.
    """
    usual = {
        "name": f'Code("{name}")',
        "holds": f"Holds.{holds}",
        "wording": 'Wording("wat", "what")',
    }
    return f"OwnField({_fields({**usual, **other})}),"


def replacing(code: str, nl: str = "Hier niet.", *, listed: bool = True) -> Fake:
    """Return a setting that switches off a part of the base.

    Args:
        code: The part.
        nl: Why, in Dutch.
        listed: Whether the manifest says so.
    """
    because = f"Wording({nl!r}, 'Not here.')"
    part = f'Replacement(replaces=Code({code!r}), because={because}, source="ours")'
    return fake("rg_rules", part, replaces=[code] if listed else [])


def configured(cls: str, body: str = EMPTY, *hooks: str) -> Fake:
    """Return a setting with a configuration.

    Args:
        cls: The class of it, called `Config`.
        body: What the class of the setting holds.
        hooks: What it answers.
    """
    place = f"{Fake().package}.plugin:Config"
    return Fake(
        before=f"{FROZEN}\n{cls}",
        body=body,
        manifest={"config": place, "hooks": list(hooks)},
    )


def _fields(named: dict[str, str]) -> str:
    return ", ".join(f"{name}={value}" for name, value in named.items())
