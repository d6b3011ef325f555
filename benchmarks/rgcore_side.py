"""What rgcore does in the races: the only module here that knows rgcore's API.

Each function takes an empty folder for its files, prepares everything, and returns a
callable without parameters. Only the call is timed, thousands of times in a row, so:

* prepare as a host would: one ``Institution`` opened from SQLite files in the folder
  (WAL, synchronous=NORMAL, as every side has it), with the base and two settings;
* the group holds what ``shape.plain_group()`` holds: the same eight members, six
  goals with eighteen agreements, eight meetings, thirty steps, ten measures, and
  words of the same length;
* a call leaves the group as large as it was, or every call is slower than the last.

Import rgcore inside the functions: the peers run without it. A function that raises
``NotImplementedError`` is left out of the report, with its message as a note.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness import Call


def view_of_one_group(folder: Path) -> Call:
    """Return "open a view of one group" (P1).

    The call is ``institution.view(group_id, actor)`` with everything that belongs to
    it: document row, key record, unseal, decode, access decided, one access-log line
    committed, the ``View`` built. It returns the ``View``.
    """
    # To fill in: record the content of shape.plain_group() once, then return the call.
    message = "view_of_one_group is not filled in"
    raise NotImplementedError(message)


def reading_of_one_group(folder: Path) -> Call:
    """Return "read one group" without decision or log line (P1, reading alone).

    The call is what ``view`` does in the store: document row, key record, unseal,
    decode, down to the ``ResourceGroup`` with its words at hand.
    """
    # To fill in: the same group as above, loaded through rgcore.store.
    message = "reading_of_one_group is not filled in"
    raise NotImplementedError(message)


def record_of_one_change(folder: Path) -> Call:
    """Return "record one change" (P2).

    The call is ``institution.record(group_id, (change,), actor, words=…)``: load,
    base and two settings decide, apply, seal, journal with chain, index, outbox, one
    commit. The change is the peers' own: ``shape.CHANGED_GOAL`` gets its other status
    (``shape.other_status``) and other words of the same length (``shape.turned``),
    so each call needs a fresh change id and the group never grows.
    """
    # To fill in: with a record system connected, so that an outbox row is written.
    message = "record_of_one_change is not filled in"
    raise NotImplementedError(message)


def decode_of_a_stored_group(folder: Path) -> Call:
    """Return "decode a stored group" (P9).

    From the unsealed bytes of skeleton and leaves to the ``ResourceGroup`` and its
    words, by rgcore's own function: no database, no AES. ``folder`` may stay unused.
    """
    # To fill in: bytes as rgcore.store writes them, before sealing.
    message = "decode_of_a_stored_group is not filled in"
    raise NotImplementedError(message)


def floor_of_decode(folder: Path) -> Call:
    """Return msgspec alone on rgcore's own classes (P9, the exact floor).

    From the same bytes, ``msgspec.msgpack.Decoder(<rgcore's attrs class>).decode``
    and nothing else, so that the ratio shows what rgcore adds to msgspec and not that
    its classes have other fields than ``peers.values``.
    """
    # To fill in: the same bytes as decode_of_a_stored_group.
    message = "floor_of_decode is not filled in"
    raise NotImplementedError(message)
