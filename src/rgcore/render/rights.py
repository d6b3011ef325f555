"""The sentences in which choices, permissions and legal frames are told, as data.

That somebody keeps something to themselves never says what, and to nobody.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from rgcore.render.marking import Sentences, _

SENTENCES: Final[MappingProxyType[str, Sentences]] = MappingProxyType(
    {
        "reading.choose": (
            _("{client} lets {readers} read along: {what}."),
            _("{client} lets {readers} read along."),
            _("{keeper} keeps something to themselves."),
            _("{client} chose who reads what."),
        ),
        "reading.end_choice": (_("A choice of {client} on who reads what is over."),),
        "permission.give": (
            _("{client} gives permission to show something to {receiver}, to {until}."),
            _("{client} gives permission to show something."),
        ),
        "permission.name_ground": (
            _("{by} names the ground on which this may be received: {ground}."),
            _("The receiver of a permission names a ground of their own."),
        ),
        "permission.withdraw": (
            _("{client} takes back a permission: nothing more is shown to {receiver}."),
            _("{client} takes back a permission."),
        ),
        "permission.tell_end": (
            _("{receiver} now knows that the permission is over."),
            _("The receiver of a permission now knows that it is over."),
        ),
        "statement.add": (
            _("{by} adds: “{words}”"),
            _("Somebody adds something in their own words."),
        ),
        "mandate.begin": (
            _("{person} acts for {client}: {kind} ({remit}), to {until}."),
            _("{person} acts for {client}: {kind} ({remit})."),
            _("Somebody acts for {client}."),
        ),
        "mandate.end": (
            _("{person} no longer acts for {client}: {kind}."),
            _("Somebody no longer acts for {client}."),
        ),
        "capacity.judge": (
            _("{judge} finds that {able} can decide on “{decision}”."),
            _("{judge} finds that {unable} cannot decide alone now on “{decision}”."),
            _("Somebody looked at whether {client} can decide on something."),
        ),
        "frame.begin": (
            _("The legal frame of care, to {until}: {kind}."),
            _("The legal frame of care: {kind}."),
            _("A legal frame of care begins."),
        ),
        "frame.end": (
            _("A legal frame of care is over: {kind}."),
            _("A legal frame of care is over."),
        ),
        "emergency.open": (
            _("{person} opened the group in an emergency: {because}."),
            _("Somebody opened the group in an emergency."),
        ),
        "host.name": (
            _("{host} keeps the group, and {controller} answers for it: {ground}."),
            _("It was written down who keeps the group."),
        ),
    }
)
"""By type."""

ASIDES: Final[MappingProxyType[str, tuple[Sentences, ...]]] = MappingProxyType(
    {
        "capacity.judge": ((_("From {until} we look at it again."),),),
        "permission.give": ((_("What for: {purpose}."),), (_("“{quote}”"),)),
    }
)
"""What is told after the sentence of a type."""

KINDS: Final = MappingProxyType(
    {
        "capacity": _("who can take one decision"),
        "emergency": _("something about an emergency"),
        "frame": _("the legal frame of care"),
        "host": _("who keeps the group"),
        "mandate": _("who acts for somebody"),
        "permission": _("a permission to show something"),
        "reading": _("who reads what"),
        "statement": _("something that somebody added"),
    }
)
"""What a change was about, by the first word of its type."""
