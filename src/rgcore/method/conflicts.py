"""What keeps contributions from adding up to one method, all of it by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from attrs import frozen

from rgcore.errors import Fault, Language, RgcoreError


@frozen(kw_only=True)
class Conflict:
    """Contributions that do not fit together.

    Attributes:
        kind: What is wrong, as a problem of a configuration: `plugin.code_twice`.
        code: The part that it is about.
        refers_to: What that part refers to, if that is what is missing.
        by: The stamps of those who contributed it; `rgcore` for the base.
    """

    kind: str
    code: str
    refers_to: str = ""
    by: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return the code, and what it refers to."""
        return f"{self.code}: {self.refers_to}" if self.refers_to else self.code


class CompositionConflicts(RgcoreError):
    """Raised when contributions do not fit together; names all of them.

    Attributes:
        conflicts: Each of them, in the order of their codes.
        codes: What they are about, each once.
    """

    code: ClassVar[str] = "method.conflicts"
    fault: ClassVar[Fault] = Fault.PLUGIN
    text: ClassVar[dict[Language, str]] = {
        "en": "These parts of the method do not fit together: {codes}.",
        "nl": "Deze delen van de methode passen niet bij elkaar: {codes}.",
    }

    def __init__(self, conflicts: Iterable[Conflict]) -> None:
        found = sorted(
            set(conflicts), key=lambda c: (c.code, c.refers_to, c.kind, c.by)
        )
        self.conflicts = tuple(found)
        self.codes = tuple(dict.fromkeys(map(str, found)))
        super().__init__(codes=", ".join(self.codes))
