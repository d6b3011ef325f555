"""What ``shape.plain_group()`` holds, as the changes that a host would record.

Each item becomes what rgcore has for it, with the same words. The thirty steps are
deepening talks with their themes, offers and evaluations; the measures are successes
and reviews of goals, without the score, for which rgcore has no place yet; the two
paragraphs of a meeting's minutes are one text. What rgcore takes as said by the
client is sealed for the client.

rgcore keeps more than the peers: every change as a happening, who was expected at a
meeting and who came, versions of goals and agreements, nominations with answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from benchmarks import shape
from rgcore import PersonName, Text, Words
from rgcore.domain.changes import (
    AcceptNomination,
    AddSuccess,
    AgreeGoals,
    AgreeThemes,
    Change,
    DrawSociogram,
    HoldEvaluation,
    HoldInterview,
    HoldMeeting,
    MakeAgreement,
    MakeOffer,
    Nominate,
    PlanMeeting,
    ReviewGoal,
    SetGoal,
    StartGroup,
)
from rgcore.domain.ids import ChangeId, Code, GroupId, ItemId, PersonId, TeamId
from rgcore.domain.meetings import FOLLOW_UP, KICK_OFF, AgendaItem, Attendance, Presence
from rgcore.domain.people import Person
from rgcore.domain.plan import Achievement, Term
from rgcore.domain.sociogram import Figure

STAFF = f"""\
[[staff]]
id = "{shape.PROFESSIONAL}"
name = "Anne de Vries"
teams = [{{ team = "team-1", since = 2000-01-01 }}]
"""


def changes(words: Words) -> Iterator[Change]:
    """Go through the changes that make the group, and keep what they say."""
    plain = shape.plain_group()
    writer = _Writer(words)
    yield from writer.beginning(plain["client"], plain["members"])
    for goal in plain["goals"]:
        yield from writer.goal(goal)
    for meeting in plain["meetings"]:
        yield from writer.meeting(meeting, [m["id"] for m in plain["members"]])
    for number, step in enumerate(plain["steps"]):
        yield from writer.step(step, number, len(plain["members"]))
    for measure in plain["measures"]:
        yield writer.measure(measure)


def review(change: str, words: Words, said: str, *, is_on_track: bool) -> Change:
    """Return the measured change: how one goal goes, with words."""
    return ReviewGoal(
        id=ChangeId(change),
        happened_on=date(2025, 3, 3),
        goal=ItemId(shape.CHANGED_GOAL),
        achievement=Achievement.ON_TRACK if is_on_track else Achievement.PARTLY,
        words=words.add(f"{change}.words", subject=shape.CLIENT, said=said),
    )


class _Writer:
    """Turns items of the plain group into changes."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def beginning(
        self, client: shape.Plain, members: list[shape.Plain]
    ) -> Iterator[Change]:
        """Start the group, draw who is around the client, bring the members in."""
        yield StartGroup(
            id=ChangeId("start"),
            happened_on=_day(client["since"]),
            group=GroupId(shape.GROUP),
            team=TeamId("team-1"),
            client=self._person(client),
            supporter=Person(id=PersonId(shape.PROFESSIONAL), staff=True),
        )
        yield DrawSociogram(
            id=ChangeId("draw"),
            happened_on=_day(client["since"]),
            sociogram=ItemId("sociogram"),
            figures=(self._figure(client, "born"), self._figure(client, "contact")),
            seen=self._text(client),
        )
        for member in members:
            yield from self._joining(member)

    def goal(self, goal: shape.Plain) -> Iterator[Change]:
        """Set a goal, agree it, review it, and agree who does what."""
        day, item = _day(goal["set_on"]), ItemId(goal["id"])
        yield SetGoal(
            id=ChangeId(f"set-{item}"),
            happened_on=day,
            goal=item,
            term=Term.LONG,
            dimension=Code("personal"),
            words=self._text(goal),
        )
        yield AgreeGoals(id=ChangeId(f"agree-{item}"), happened_on=day, goals=(item,))
        yield ReviewGoal(
            id=ChangeId(f"review-{item}"),
            happened_on=day,
            goal=item,
            achievement=Achievement.ON_TRACK,
            words=self._text(goal, "help"),
        )
        for agreement in goal["agreements"]:
            yield self._agreement(agreement, item, day)

    def meeting(self, meeting: shape.Plain, members: list[str]) -> Iterator[Change]:
        """Plan a meeting with its agenda and hold it."""
        day, item = _day(meeting["held_on"]), ItemId(meeting["id"])
        minutes = {
            "id": f"{item}.minutes",
            "words": "\n".join(m["words"] for m in meeting["minutes"]),
        }
        agenda = tuple(self._agenda_item(i) for i in meeting["agenda"])
        yield PlanMeeting(
            id=ChangeId(f"plan-{item}"),
            happened_on=day,
            meeting=item,
            kind=KICK_OFF if item == "meeting-0" else FOLLOW_UP,
            planned_for=day,
            place=self._text(_by_client(meeting), "place"),
            agenda=agenda,
            minute_taker=PersonId(members[0]),
        )
        yield HoldMeeting(
            id=ChangeId(f"hold-{item}"),
            happened_on=day,
            meeting=item,
            attendance=tuple(_present(p) for p in meeting["present"]),
            dealt_with=tuple(i.id for i in agenda),
            minutes=self._text(_by_client(minutes)),
        )

    def step(self, step: shape.Plain, number: int, members: int) -> Iterator[Change]:
        """Hold a talk with each member; after those, make offers and look back."""
        if number < members:
            yield from self._talk(step, PersonId(f"person-{number + 1}"))
        elif number % 2:
            yield self._offer(step)
        else:
            yield self._evaluation(step)

    def measure(self, measure: shape.Plain) -> Change:
        """Add a success, or review a goal."""
        day, item = _day(measure["on"]), measure["id"]
        if measure["kind"] == "success":
            return AddSuccess(
                id=ChangeId(f"add-{item}"),
                happened_on=day,
                success=ItemId(item),
                by=PersonId(shape.CLIENT),
                words=self._text(_by_client(measure)),
            )
        return ReviewGoal(
            id=ChangeId(f"review-{item}"),
            happened_on=day,
            goal=ItemId(f"goal-{measure['score'] % 6}"),
            achievement=Achievement.PARTLY,
            words=self._text(measure),
        )

    def _text(self, item: shape.Plain, field: str = "words") -> Text:
        text = f"{item['id']}.{field}"
        return self._words.add(text, subject=item["subject"], said=item[field])

    def _person(self, person: shape.Plain) -> Person:
        named = {**person, "name": PersonName(written=person["name"])}
        return Person(
            id=PersonId(person["id"]),
            name=self._text(named, "name"),
            relation=self._text(person, "relation"),
        )

    def _figure(self, client: shape.Plain, field: str) -> Figure:
        return Figure(
            id=ItemId(f"figure-{field}"), label=self._text(client, field), ring=1
        )

    def _joining(self, member: shape.Plain) -> Iterator[Change]:
        nomination, day = ItemId(f"nomination-{member['id']}"), _day(member["since"])
        yield Nominate(
            id=ChangeId(f"nominate-{member['id']}"),
            happened_on=day,
            nomination=nomination,
            person=self._person(member),
            asks=self._text(_by_client(member)),
        )
        yield AcceptNomination(
            id=ChangeId(f"accept-{member['id']}"),
            happened_on=day,
            nomination=nomination,
            offers=self._text(member, "contact"),
            limits=self._text(member, "born"),
        )

    def _agreement(self, agreement: shape.Plain, goal: ItemId, day: date) -> Change:
        return MakeAgreement(
            id=ChangeId(f"make-{agreement['id']}"),
            happened_on=day,
            agreement=ItemId(agreement["id"]),
            words=self._text(agreement),
            owners=(PersonId(agreement["subject"]),),
            until=_day(agreement["due_on"]),
            goals=(goal,),
        )

    def _agenda_item(self, item: shape.Plain) -> AgendaItem:
        return AgendaItem(
            id=ItemId(item["id"]), topic=Code("own"), words=self._text(item)
        )

    def _talk(self, step: shape.Plain, respondent: PersonId) -> Iterator[Change]:
        day, item = _day(step["done_on"]), ItemId(step["id"])
        yield HoldInterview(
            id=ChangeId(f"talk-{item}"),
            happened_on=day,
            interview=item,
            respondent=respondent,
            kind=Code("family"),
            by=PersonId(shape.PROFESSIONAL),
        )
        yield AgreeThemes(
            id=ChangeId(f"themes-{item}"),
            happened_on=day,
            interview=item,
            themes=(self._text({**step, "subject": respondent}),),
        )

    def _offer(self, step: shape.Plain) -> Change:
        return MakeOffer(
            id=ChangeId(f"offer-{step['id']}"),
            happened_on=_day(step["done_on"]),
            offer=ItemId(step["id"]),
            topic=Code("relatives_group"),
            outside=True,
            people=(PersonId(step["subject"]),),
            words=self._text(step),
        )

    def _evaluation(self, step: shape.Plain) -> Change:
        return HoldEvaluation(
            id=ChangeId(f"evaluate-{step['id']}"),
            happened_on=_day(step["done_on"]),
            evaluation=ItemId(step["id"]),
            kind=Code("yearly"),
            respondents=(PersonId(step["subject"]),),
            words=self._text(step),
        )


def _by_client(item: shape.Plain) -> shape.Plain:
    return {**item, "subject": shape.CLIENT}


def _present(person: str) -> Attendance:
    return Attendance(person=PersonId(person), presence=Presence.PRESENT)


def _day(written: str) -> date:
    return date.fromisoformat(written)
