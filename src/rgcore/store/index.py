"""The index: which groups of a team ask for attention, without opening any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import frozen
from sqlalchemy import Select, or_, select

from rgcore.domain.ids import GroupId, TeamId
from rgcore.store.tables import GROUP_INDEX


@frozen(kw_only=True)
class IndexRow:
    """What the index keeps of a group.

    Attributes:
        team: The team that keeps it.
        attention_from: First day on which something is open.
        attention_until: First day from which nothing is.
        composition: Digest of the method that computed these dates.
    """

    team: TeamId
    attention_from: date | None
    attention_until: date | None
    composition: str


@frozen(kw_only=True)
class Due:
    """A group that asks for attention.

    Attributes:
        group: Which group.
        since: From when; `None` if it has to be computed anew.
        stale: Whether another method than today's computed it; then it counts as
            due until it is computed anew.
    """

    group: GroupId
    since: date | None
    stale: bool


def open_query(
    institution: str, team: TeamId, on: date, limit: int
) -> Select[tuple[str, date | None, str]]:
    """Return the query for a team's groups with something open, longest first.

    Args:
        institution: The institution.
        team: The team.
        on: The day.
        limit: How many at most.
    """
    columns = GROUP_INDEX.c
    return (
        _of_team(institution, team)
        .where(
            columns.attention_from <= on,
            or_(columns.attention_until.is_(None), columns.attention_until > on),
        )
        .order_by(columns.attention_from, columns.group_id)
        .limit(limit)
    )


def stale_query(
    institution: str, team: TeamId, composition: str, limit: int
) -> Select[tuple[str, date | None, str]]:
    """Return the query for a team's groups that another method computed.

    Args:
        institution: The institution.
        team: The team.
        composition: Digest of today's method.
        limit: How many at most.
    """
    columns = GROUP_INDEX.c
    # Two ranges and no inequality, so that the index is walked, not the table.
    other = or_(columns.composition < composition, columns.composition > composition)
    return (
        _of_team(institution, team).where(other).order_by(columns.group_id).limit(limit)
    )


def _of_team(institution: str, team: TeamId) -> Select[tuple[str, date | None, str]]:
    columns = GROUP_INDEX.c
    return select(columns.group_id, columns.attention_from, columns.composition).where(
        columns.institution_id == institution, columns.team_id == team
    )


def due_of(row: Mapping[Any, Any], composition: str) -> Due:
    """Return what a row of the index says of a group.

    Args:
        row: The row.
        composition: Digest of today's method.
    """
    return Due(
        group=GroupId(row["group_id"]),
        since=row["attention_from"],
        stale=row["composition"] != composition,
    )
