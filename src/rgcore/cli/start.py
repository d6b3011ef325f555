"""`rgcore start`: begin a group."""

from __future__ import annotations

import argparse
import sys

from rgcore.cli.report import as_json
from rgcore.cli.session import actor, day, institution, language
from rgcore.domain.changes import StartGroup
from rgcore.domain.ids import ChangeId, GroupId, PersonId, TeamId
from rgcore.domain.people import Person
from rgcore.domain.text import PersonName, Words
from rgcore.render.translation import translator


def run(options: argparse.Namespace) -> int:
    """Begin a group and print its id and the client's."""
    said = translator(language(options))
    name = options.client_name or _asked(said("The client's name: "))
    with institution(options) as opened:
        words, client = Words(), PersonId(opened.new_id())
        change = StartGroup(
            id=ChangeId(opened.new_id()),
            happened_on=day(options.on, opened.today(), "--on"),
            group=GroupId(opened.new_id()),
            team=TeamId(options.team),
            client=Person(
                id=client,
                name=words.add(
                    opened.new_id(), subject=client, said=PersonName(written=name)
                ),
            ),
            supporter=Person(id=PersonId(options.supporter), staff=True),
        )
        done = opened.record(
            change.group, [change], actor(options, opened), words=words
        )
    if options.as_json:
        print(as_json({"group": done.group, "client": client, "seq": done.seq}))
    else:
        print(said("Group: {id}").format(id=done.group))
        print(said("Client: {id}").format(id=client))
    return 0


def _asked(question: str) -> str:
    """Ask for a name, so that it need not stand in the shell's history."""
    if sys.stdin.isatty():
        return input(question).strip()
    return sys.stdin.readline().strip()
