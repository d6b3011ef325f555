"""Who people are: names, relations, language, birthdays, and that somebody died."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, frozen

from rgcore.domain.changes.base import (
    Change,
    ChangeKind,
    misfit,
    sealed_for,
)
from rgcore.domain.changes.ending import without_the_dead
from rgcore.domain.dates import birthday
from rgcore.domain.findings import Finding
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import (
    Code,
    NewName,
    NewRelation,
    PersonId,
    PersonRef,
    RelationRef,
)
from rgcore.domain.items import one, replaced
from rgcore.domain.people import (
    Birthdays,
    Death,
    Language,
    NameHeld,
    NameText,
    NameUse,
    Relation,
)
from rgcore.domain.text import Text


@frozen(kw_only=True)
class RenamePerson(Change):
    """Somebody is called otherwise from a day on: a chosen name, or another in law.

    Everybody reads the new name everywhere, also where something older is told; a
    chosen name goes before one in law. With `readers`, only they do, and nobody
    else learns that there is one.

    Attributes:
        name: Its id.
        person: Whose name it is.
        called: The name; its subject is the person.
        use: `chosen` or `legal`.
        since: First day; may lie ahead.
        readers: Who reads it; everybody if it is empty.
    """

    TYPE = Code("person.rename")
    KIND = ChangeKind.ACT

    name: NewName
    person: PersonRef
    called: NameText
    use: NameUse
    since: date
    readers: tuple[PersonRef, ...] = ()

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the name beside the earlier ones."""
        held = NameHeld(
            id=self.name,
            person=self.person,
            name=self.called,
            use=self.use,
            since=self.since,
            readers=self.readers,
        )
        return evolve(group, names=(*group.names, held))

    def decided_for(self, group: ResourceGroup) -> PersonId | None:
        """Return whose name it is."""
        del group
        return self.person

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if any(p.id == self.person and p.staff for p in group.people):
            yield misfit("name_in_directory", ".person")
        yield from sealed_for(self.called, self.person, ".called")


@frozen(kw_only=True)
class RelatePerson(Change):
    """Somebody is something to the client or to another; they may be several things.

    Attributes:
        relation: Its id.
        person: Who.
        words: What they are, in words; its subject is the person.
        to: To whom; the client if it is left out.
        since: First day, if it began before anybody said so.
    """

    TYPE = Code("person.relate")
    KIND = ChangeKind.FACT

    relation: NewRelation
    person: PersonRef
    words: Text
    to: PersonRef | None = None
    since: date | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the relation beside the others."""
        relation = Relation(
            id=self.relation,
            person=self.person,
            to=self.to or group.client,
            words=self.words,
            since=self.since or self.happened_on,
        )
        return evolve(group, relations=(*group.relations, relation))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if self.person == (self.to or group.client):
            yield misfit("same_person", ".person")
        if self.since is not None and self.since > self.happened_on:
            yield misfit("in_the_future", ".since")
        yield from sealed_for(self.words, self.person, ".words")


@frozen(kw_only=True)
class EndRelation(Change):
    """Somebody no longer is something to another. It stays on record that they were.

    Attributes:
        relation: Which relation.
    """

    TYPE = Code("person.end_relation")
    KIND = ChangeKind.FACT

    relation: RelationRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End it on this day."""
        new = evolve(one(group.relations, self.relation), until=self.happened_on)
        return evolve(group, relations=replaced(group.relations, new))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        for relation in group.relations:
            if relation.id == self.relation and relation.until is not None:
                yield misfit("over_already", ".relation")
            if relation.id == self.relation and self.happened_on < relation.since:
                yield misfit("ends_before_it_begins", ".happened_on")


@frozen(kw_only=True)
class SetLanguage(Change):
    """Somebody speaks best in a language.

    Attributes:
        person: Who.
        language: A language tag in small letters, such as `nl`, `ar`, `tr`.
        interpreter_needed: Whether somebody should interpret at a meeting.
        interpreter: Who interprets, if that is known.
    """

    TYPE = Code("person.set_language")
    KIND = ChangeKind.FACT

    person: PersonRef
    language: Code
    interpreter_needed: bool = False
    interpreter: PersonRef | None = None

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep it; the latest counts."""
        language = Language(
            person=self.person,
            language=self.language,
            since=self.happened_on,
            interpreter_needed=self.interpreter_needed,
            interpreter=self.interpreter,
        )
        return evolve(group, languages=(*group.languages, language))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.interpreter == self.person:
            yield misfit("same_person", ".interpreter")


@frozen(kw_only=True)
class NoteBirthdays(Change):
    """Somebody is a child: the birthdays on which their rights change.

    No date of birth is kept. `rgcore.domain.dates.birthday` gives both days.

    Attributes:
        person: The child.
        sixteen_on: The day on which the child becomes 16.
        eighteen_on: The day on which the child becomes 18.
        parents_say_yes: Parents or guardians who agree that the child takes part.
    """

    TYPE = Code("person.note_birthdays")
    KIND = ChangeKind.FACT

    person: PersonRef
    sixteen_on: date
    eighteen_on: date
    parents_say_yes: tuple[PersonRef, ...] = ()

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """Keep the days; the latest said of this person counts."""
        noted = Birthdays(
            person=self.person,
            sixteen_on=self.sixteen_on,
            eighteen_on=self.eighteen_on,
            parents_say_yes=self.parents_say_yes,
        )
        others = tuple(b for b in group.birthdays if b.person != self.person)
        return evolve(group, birthdays=(*others, noted))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        del group
        if self.eighteen_on != birthday(self.sixteen_on, _FROM_16_TO_18):
            yield misfit("two_years_apart", ".eighteen_on")
        if self.person in self.parents_say_yes:
            yield misfit("same_person", ".parents_say_yes")


@frozen(kw_only=True)
class PersonDies(Change):
    """Somebody died. Membership, roles and involvement end on that day.

    What they said and promised stays; who does it now is shown as open. When the
    client dies, nothing is asked of anybody any more.

    Attributes:
        person: Who.
    """

    TYPE = Code("person.die")
    KIND = ChangeKind.FACT

    person: PersonRef

    def apply(self, group: ResourceGroup) -> ResourceGroup:
        """End all that runs for this person on this day."""
        died = Death(person=self.person, on=self.happened_on)
        left = without_the_dead(group, self.person, self.happened_on)
        return evolve(left, deaths=(*group.deaths, died))

    def _own_problems(self, group: ResourceGroup) -> Iterable[Finding]:
        if group.died_on(self.person) is not None:
            yield misfit("died_already", ".person")


_FROM_16_TO_18 = 2
