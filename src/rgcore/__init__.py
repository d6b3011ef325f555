"""rgcore keeps resource groups: people whom a client of care chose themselves.

Names are imported when they are asked for, so that `import rgcore` is quick and
pulls in no database, no HTTP and no parser.
"""

from __future__ import annotations

# Importing `typing` for this would take longer than everything else here.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from rgcore.access import View
    from rgcore.domain.actor import Actor
    from rgcore.domain.findings import Decision, Finding, Override, Prompt, Refused
    from rgcore.domain.text import ERASED, PersonName, Text, Words
    from rgcore.errors import Conflict, InputError, NotAvailable, RgcoreError
    from rgcore.institution import (
        Databases,
        Institution,
        Recorded,
        create,
        open_institution as open,  # noqa: A004
    )

__version__ = "0.1.0.dev0"

_HOMES = {
    "Actor": "rgcore.domain.actor",
    "Conflict": "rgcore.errors",
    "Databases": "rgcore.institution",
    "Decision": "rgcore.domain.findings",
    "ERASED": "rgcore.domain.text",
    "Finding": "rgcore.domain.findings",
    "InputError": "rgcore.errors",
    "Institution": "rgcore.institution",
    "NotAvailable": "rgcore.errors",
    "Override": "rgcore.domain.findings",
    "PersonName": "rgcore.domain.text",
    "Prompt": "rgcore.domain.findings",
    "Recorded": "rgcore.institution",
    "Refused": "rgcore.domain.findings",
    "RgcoreError": "rgcore.errors",
    "Text": "rgcore.domain.text",
    "View": "rgcore.access",
    "Words": "rgcore.domain.text",
    "create": "rgcore.institution",
    "open": "rgcore.institution",
}
_OTHER_NAMES = {"open": "open_institution"}

__all__ = [
    "ERASED",
    "Actor",
    "Conflict",
    "Databases",
    "Decision",
    "Finding",
    "InputError",
    "Institution",
    "NotAvailable",
    "Override",
    "PersonName",
    "Prompt",
    "Recorded",
    "Refused",
    "RgcoreError",
    "Text",
    "View",
    "Words",
    "create",
    "open",
]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        message = f"module 'rgcore' has no attribute {name!r}"
        raise AttributeError(message)
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), _OTHER_NAMES.get(name, name))
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
