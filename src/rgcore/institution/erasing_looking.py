"""Look what an erasure is about: whose words, where they lie, what holds it up."""

from __future__ import annotations

from datetime import date, timedelta

from attrs import field, frozen

from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import ChangeId, Code, GroupId, Kind, PersonId
from rgcore.errors import GroupErased, InputError, NotAvailable, Problem
from rgcore.institution.erasing_answers import Place
from rgcore.institution.erasing_inventory import Found, inventory
from rgcore.institution.erasing_reasons import Reason, Wish, reasons, usual_asker
from rgcore.institution.erasing_redacting import Redactor, left_of
from rgcore.institution.recording import AMSTERDAM, Means
from rgcore.institution.retention_terms import RELATIVE
from rgcore.store import AccessLog, AnchorFile, Loaded, Store
from rgcore.store.erasing import Eraser, Target
from rgcore.store.erasing_register import Erasure, Register


@frozen(kw_only=True)
class Asked:
    """What somebody asks to be erased.

    Attributes:
        group: Which group.
        person: Whose words; `None` for the whole group or for single texts.
        entries: The changes whose texts are redacted; none for a person or a group.
        whose: Who wants it; whoever mostly does if nobody said.
        ground: The legal ground that was named, if one was.
        own_items: What became of what others keep for themselves.
        is_kept: Whether it was looked over before, and kept.
    """

    group: GroupId
    person: PersonId | None = None
    entries: tuple[ChangeId, ...] = ()
    whose: Code | None = None
    ground: Code | None = None
    own_items: Code | None = None
    is_kept: bool = False

    @classmethod
    def again(cls, erasure: Erasure) -> Asked:
        """Return what a request asks.

        Args:
            erasure: The request.
        """
        return cls(
            group=erasure.group,
            person=erasure.person,
            entries=erasure.entries,
            whose=erasure.whose,
            ground=erasure.ground,
            own_items=erasure.own_items,
            is_kept=True,
        )


@frozen(kw_only=True)
class Looked:
    """What an erasure is about.

    Attributes:
        group: The group.
        target: Whose words go; nobody's as a whole if texts are redacted.
        wish: Who wants it, and what they said with it.
        redacted: How many sealed texts are redacted; `None` if none are.
    """

    group: ResourceGroup
    target: Target
    wish: Wish
    redacted: int | None = None


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
        redactor: Knows the texts of single changes.
    """

    store: Store = field(eq=False)
    log: AccessLog = field(eq=False)
    means: Means = field(eq=False)
    anchors: AnchorFile | None = field(eq=False)
    register: Register = field(eq=False)
    eraser: Eraser = field(eq=False)
    redactor: Redactor = field(eq=False)

    def today(self) -> date:
        """Return the local day in Amsterdam."""
        return self.means.clock().astimezone(AMSTERDAM).date()

    def final_on(self, day: date, *, redacts: bool = False) -> date | None:
        """Return from when no backup has what goes on a day.

        Args:
            day: The day on which it goes.
            redacts: Whether texts are redacted: the keys stay, so that a backup of
                the database is enough.

        Returns:
            The day; `None` if nobody said how long backups of the database last.
        """
        keeping = self.means.keeping
        days = keeping.store_backup_days if redacts else keeping.backup_days
        return None if days is None else day + timedelta(days=days)

    def look(self, asked: Asked) -> Looked:
        """Return what an erasure is about.

        Args:
            asked: What somebody asks.

        Raises:
            NotAvailable: There is no such group.
            GroupErased: It was erased.
            InputError: The group has nobody of this id, or a change cannot be redacted.
        """
        loaded = self.store.load(asked.group)
        if loaded is None:
            if self.store.document(asked.group) is not None:
                raise GroupErased
            raise NotAvailable
        if asked.entries:
            return self._redacting(asked, loaded)
        read = frozenset(loaded.keys.subjects)
        people = None if asked.person is None else _ids(loaded, asked.person)
        usual = usual_asker(loaded.group, asked.person)
        wish = Wish(
            person=people,
            whose=asked.whose or usual,
            ground=asked.ground,
            own_items=asked.own_items,
            read=read,
        )
        target = Target(group=asked.group, people=people)
        return Looked(group=loaded.group, target=target, wish=wish)

    def _redacting(self, asked: Asked, loaded: Loaded) -> Looked:
        # What somebody else emptied meanwhile is no reason to stop.
        left = left_of(loaded.group, asked.entries) if asked.is_kept else asked.entries
        texts = self.redactor.texts(loaded, left)
        wish = Wish(
            person=texts.people,
            redacts=texts.owners,
            whose=asked.whose or RELATIVE,
            ground=asked.ground,
            own_items=asked.own_items,
            read=frozenset(loaded.keys.subjects),
        )
        nobody = Target(group=asked.group, people=frozenset())
        return Looked(
            group=loaded.group, target=nobody, wish=wish, redacted=texts.count
        )

    def reasons(self, looked: Looked, on: date) -> tuple[Reason, ...]:
        """Return everything that stands in the way on a day.

        Args:
            looked: What it is about.
            on: The day.
        """
        holds = self.register.holds(looked.target.group)
        return reasons(looked.group, looked.wish, holds, self.means.keeping, on)

    def places(
        self, target: Target, final_on: date | None, redacted: int | None = None
    ) -> tuple[Place, ...]:
        """Return what goes and what stays, place by place.

        Args:
            target: Whose words go.
            final_on: The day from which it would be final, if that is known.
            redacted: How many sealed texts are redacted; `None` if none are.
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
                redacted=redacted,
            )
        )


def _ids(loaded: Loaded, person: PersonId) -> frozenset[PersonId]:
    """Return every id by which somebody was known."""
    group = loaded.group
    now = group.known_as(person)
    if group.holds(Kind.PERSON, now):
        return frozenset((now, *group.person(now).also))
    if person in loaded.keys.subjects:
        # Known from entries alone that were made in error.
        return frozenset((person,))
    raise InputError([Problem("input.nobody", "person")])
