"""The host's directory: who works here, in which team, since when.

rgcore does not log anybody in. The host vouches for who somebody is; the
directory says who is staff, so that rights follow from dates.
"""

from __future__ import annotations

import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from attrs import frozen

from rgcore.domain.dates import covers
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import PersonId, TeamId
from rgcore.errors import ConfigurationError, InputError, Problem
from rgcore.serial.wire import structure


@frozen(kw_only=True)
class InTeam:
    """Somebody works in a team from a day until, not including, another day."""

    team: TeamId
    since: date
    until: date | None = None


@frozen(kw_only=True)
class Staff:
    """A member of staff.

    Attributes:
        id: Opaque.
        name: As it should be shown.
        profession: In words.
        teams: In which teams, since when.
    """

    id: PersonId
    name: str
    profession: str = ""
    teams: tuple[InTeam, ...] = ()


class Directory(ABC):
    """What rgcore asks of the host. Pass your own to `rgcore.open`."""

    @abstractmethod
    def find(self, staff: PersonId) -> Staff | None:
        """Return a member of staff; `None` if there is nobody of this id."""

    def works_in(self, staff: PersonId, team: TeamId, on: date) -> bool:
        """Tell whether somebody works in a team on a day."""
        found = self.find(staff)
        return found is not None and any(
            t.team == team and covers(t.since, t.until, on) for t in found.teams
        )


@frozen(kw_only=True)
class _File:
    staff: tuple[Staff, ...] = ()


class FileDirectory(Directory):
    """A directory in a TOML file: the default, enough for a small institution."""

    def __init__(self, staff: Iterable[Staff]) -> None:
        self._staff = {one.id: one for one in staff}

    @classmethod
    def read(cls, path: Path) -> FileDirectory:
        """Read a directory.

        Args:
            path: The file.

        Raises:
            ConfigurationError: Something is wrong; lists every problem by path.
        """
        name = path.name
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
            return cls(structure(content, _File, name).staff)
        except FileNotFoundError:
            problems: tuple[Problem, ...] = (Problem("config.missing_file", name),)
        except InputError as error:
            problems = error.problems
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError):
            problems = (Problem("input.not_toml", name),)
        raise ConfigurationError(problems)

    def find(self, staff: PersonId) -> Staff | None:
        """Return a member of staff; `None` if there is nobody of this id."""
        return self._staff.get(staff)


def has_left(group: ResourceGroup, person: PersonId, directory: Directory) -> bool:
    """Tell whether somebody is staff of a group whom the directory knows no more.

    Whoever is taken out of the directory sees and records nothing from then on, also
    where nobody ended their role in a group.

    Args:
        group: The group.
        person: Who.
        directory: Who works here.
    """
    is_staff = any(p.id == person and p.staff for p in group.people)
    return is_staff and directory.find(person) is None
