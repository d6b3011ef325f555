"""What could be seen right after an event, and how it is compared."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, TypeVar

from rgcore import View
from rgcore.cli.replay import Case, Step
from rgcore.domain.findings import Prompt
from rgcore.domain.ids import PersonId
from rgcore.domain.items import HasId

ItemT = TypeVar("ItemT", bound=HasId)


class Moment(NamedTuple):
    """What could be seen right after an event."""

    case: Case
    step: Step
    views: dict[PersonId, View | None]

    @property
    def view(self) -> View:
        """What the supporter sees; the client where there is none any more."""
        seen = self.views[self.case.reader] or self.views[self.case.client]
        assert seen is not None
        return seen

    @property
    def clients(self) -> View:
        """What the client sees."""
        seen = self.views[self.case.client]
        assert seen is not None
        return seen

    def prompts(self, code: str) -> list[Prompt]:
        """Return what is or will be open of a rule or step."""
        return [p for p in self.view.prompts() if p.finding.code == code]

    def open_codes(self) -> set[str]:
        """Return the codes of what is open."""
        return {p.finding.code for p in self.view.owed()}

    def number(self, day: date | None) -> int | None:
        """Return the number of a day in the case; `None` if there is no day."""
        return None if day is None else (day - self.case.on(0)).days


def same(wanted: dict[str, Any], **found: Any) -> None:  # noqa: ANN401
    """Compare what is wanted with what was found; an unknown key is an error."""
    unknown = set(wanted) - set(found)
    assert not unknown, f"no check knows {unknown}"
    assert {key: found[key] for key in wanted} == wanted


def item_of(shelf: tuple[ItemT, ...], wanted: dict[str, Any]) -> ItemT:
    (item,) = (i for i in shelf if i.id == wanted["item"])
    return item
