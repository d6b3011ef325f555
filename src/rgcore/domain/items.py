"""Tuples of things that have an id."""

from __future__ import annotations

from typing import Protocol, TypeVar


class HasId(Protocol):
    """Something with an id."""

    @property
    def id(self) -> str:
        """Its id, unique in its group."""


ItemT = TypeVar("ItemT", bound=HasId)


def one(items: tuple[ItemT, ...], wanted: str) -> ItemT:
    """Return the item with this id.

    Raises:
        KeyError: There is none; the error does not repeat the id.
    """
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError


def replaced(items: tuple[ItemT, ...], item: ItemT) -> tuple[ItemT, ...]:
    """Return the items with the one of the same id replaced."""
    return tuple(item if old.id == item.id else old for old in items)
