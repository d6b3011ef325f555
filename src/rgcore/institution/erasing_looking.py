"""Look what an erasure is about: whose words, where they lie, what holds it up."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, GroupId, Kind, PersonId
from rgcore.errors import GroupErased, InputError, NotAvailable, Problem
from rgcore.institution.erasing_answers import Place
from rgcore.institution.erasing_inventory import Found, inventory
from rgcore.institution.erasing_reasons import Reason, Wish, reasons, usual_asker
from rgcore.institution.recording import AMSTERDAM, Means
from rgcore.store import AccessLog, AnchorFile, Store
from rgcore.store.erasing import Eraser, Target
from rgcore.store.erasing_register import Erasure, Register


@frozen(kw_only=True)
class Looked:
    """What an erasure is about.

    Attributes:
        group: The group.
        target: Whose words go.
        wish: Who wants it, and what they said with it.
    """

    group: ResourceGroup
    target: Target
    wish: Wish


@frozen(kw_only=True)
class Looker:
    """Looks at groups for whoever erases; it shows nobody any words.

    Attributes:
        store: The groups.
        log: Knows which exports were made.
        means: The clock, and how long what is kept.
        anchors: Where heads of journals are noted, if anywhere.
        register: The requests and holds.
        eraser: Counts what there is.
    """

    store: Store = field(eq=False)
    log: AccessLog = field(eq=False)
    means: Means = field(eq=False)
    anchors: AnchorFile | None = field(eq=False)
    register: Register = field(eq=False)
    eraser: Eraser = field(eq=False)

    def today(self) -> date:
        """Return the local day in Amsterdam."""
        return self.means.clock().astimezone(AMSTERDAM).date()

    def final_on(self, day: date) -> date:
        """Return from when no backup of the key store has what goes on a day.

        Args:
            day: The day on which keys are forgotten.
        """
        return day + timedelta(days=self.means.keeping.backup_days)

    def look(
        self,
        group: GroupId,
        person: PersonId | None,
        whose: Code | None = None,
        ground: Code | None = None,
        own_items: Code | None = None,
    ) -> Looked:
        """Return what an erasure is about.

        Args:
            group: Which group.
            person: Whose words; `None` for the whole group.
            whose: Who wants it; whoever mostly does if nobody said.
            ground: The legal ground that was named, if one was.
            own_items: What became of what others keep for themselves.

        Raises:
            NotAvailable: There is no such group.
            GroupErased: It was erased.
            InputError: The group has nobody of this id.
        """
        loaded = self.store.load(group)
        if loaded is None:
            if self.store.document(group) is not None:
                raise GroupErased
            raise NotAvailable
        found = loaded.group
        read = frozenset(loaded.keys.subjects)
        people = None if person is None else _ids(found, person, read)
        wish = Wish(
            person=people,
            whose=whose or usual_asker(found, person),
            ground=ground,
            own_items=own_items,
            read=read,
        )
        target = Target(group=group, people=people)
        return Looked(group=found, target=target, wish=wish)

    def again(self, erasure: Erasure) -> Looked:
        """Return what a request is about, as things stand now.

        Args:
            erasure: The request.
        """
        return self.look(
            erasure.group,
            erasure.person,
            erasure.whose,
            erasure.ground,
            erasure.own_items,
        )

    def reasons(self, looked: Looked, on: date) -> tuple[Reason, ...]:
        """Return everything that stands in the way on a day.

        Args:
            looked: What it is about.
            on: The day.
        """
        holds = self.register.holds(looked.target.group)
        return reasons(looked.group, looked.wish, holds, self.means.keeping, on)

    def places(self, target: Target, final_on: date) -> tuple[Place, ...]:
        """Return what goes and what stays, place by place.

        Args:
            target: Whose words go.
            final_on: The day from which it would be final.
        """
        anchored = None
        if self.anchors is not None:
            anchored = len(self.anchors.read().of(target.group))
        return inventory(
            Found(
                whole=target.people is None,
                lying=self.eraser.lying(target),
                lines=tuple(self.log.lines(target.group)),
                anchored=anchored,
                final_on=final_on,
            )
        )


def _ids(
    group: ResourceGroup, person: PersonId, read: frozenset[PersonId]
) -> frozenset[PersonId]:
    """Return every id by which somebody was known."""
    now = group.known_as(person)
    if group.holds(Kind.PERSON, now):
        return frozenset((now, *group.person(now).also))
    if person in read:
        # Known from entries alone that were made in error.
        return frozenset((person,))
    raise InputError([Problem("input.nobody", "person")])
