"""The cases P1, P2, P4, P5 and P9 as data: who runs, and what is to be reached."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks import processes, rgcore_side, settings_side
from benchmarks.harness import Call, Side
from benchmarks.peers import by_hand, decode, events, orm

Peer = Callable[[Path], Side]
Ours = Callable[[Path], Call | Side]


@dataclass(frozen=True)
class Goal:
    """A ratio to reach between two sides, by the names they have in the timings.

    "at most" divides ``ours`` by ``theirs``; "times faster" divides ``theirs`` by
    ``ours``; "ms beyond" takes ``theirs`` from ``ours``, in milliseconds. Without a
    limit the figure is reported for information.
    """

    ours: str
    bound: Literal["at most", "times faster", "ms beyond"]
    theirs: str
    limit: float | None = None


@dataclass(frozen=True)
class Case:
    """One P: its peers, rgcore's sides by name, and the goals between them."""

    code: str
    title: str
    peers: tuple[Peer, ...]
    ours: Mapping[str, Ours]
    goals: tuple[Goal, ...]
    notes: tuple[str, ...] = field(default=())


def _without_folder(side: Callable[[], Side]) -> Peer:
    return lambda _folder: side()


_BY_HAND_VIEW = "by hand: read and log"
_BY_HAND_READ = "by hand: read"
_BY_HAND_CHANGE = "by hand: read, change, write"
_BY_HAND_WRITE = "by hand: write alone"
_ORM_LOAD = "ORM, eager load of the aggregate"
_ORM_CHANGE = "ORM, load-change-flush"
_ORM_MINIMAL = "ORM, minimal update"
_EVENTS_LOAD = "eventsourcing, 84 events, no snapshot"
_EVENTS_SAVE = "eventsourcing, 84 events, save one more"
_WHOLE = "msgspec, msgpack, whole group"
_PARTS = "msgspec, msgpack, skeleton and nine leaves"
_BARE = "python -c pass"

_VIEW = "rgcore: view"
_READ = "rgcore: read alone"
_OWN_VIEW = "by hand: read and log, rgcore's rows"
_RECORD = "rgcore: record"
_DECODE = "rgcore: decode a stored group"
_OWN_FLOOR = "msgspec on rgcore's classes"
_IMPORT = 'python -c "import rgcore"'
_HELP = "python -m rgcore --help"
_SCRIPT = "rgcore --help"
_IMPORTS = settings_side.IMPORTS
_OPEN_SIX = settings_side.OPEN_SIX
_OPEN_NONE = settings_side.OPEN_NONE
_OPEN_AGAIN = settings_side.OPEN_AGAIN

P1 = Case(
    code="P1",
    title="open one group",
    peers=(by_hand.view, by_hand.reading, orm.eager_load, events.replay),
    ours={
        _VIEW: rgcore_side.view_of_one_group,
        _READ: rgcore_side.reading_of_one_group,
        _OWN_VIEW: rgcore_side.floor_of_view,
    },
    goals=(
        Goal(_VIEW, "at most", _BY_HAND_VIEW, 1.5),
        Goal(_READ, "times faster", _ORM_LOAD, 9),
        Goal(_READ, "times faster", _EVENTS_LOAD, 6),
        Goal(_VIEW, "at most", _OWN_VIEW),
        Goal(_READ, "at most", _BY_HAND_READ),
        Goal(_VIEW, "times faster", _ORM_LOAD),
        Goal(_VIEW, "times faster", _EVENTS_LOAD),
        Goal(_BY_HAND_READ, "times faster", _ORM_LOAD),
        Goal(_BY_HAND_READ, "times faster", _EVENTS_LOAD),
    ),
    notes=("The same content is 18 KB of JSON with the peers and 56 KB with rgcore.",),
)

P2 = Case(
    code="P2",
    title="record one change",
    peers=(
        by_hand.change,
        by_hand.writing,
        orm.load_change_flush,
        orm.minimal_update,
        events.save_one_more,
    ),
    ours={_RECORD: rgcore_side.record_of_one_change},
    goals=(
        Goal(_RECORD, "at most", _BY_HAND_CHANGE, 3),
        Goal(_RECORD, "times faster", _ORM_CHANGE, 5),
        Goal(_RECORD, "times faster", _EVENTS_SAVE, 3),
        Goal(_RECORD, "at most", _ORM_MINIMAL, 1),
        Goal(_RECORD, "at most", _BY_HAND_WRITE),
        Goal(_BY_HAND_CHANGE, "times faster", _ORM_CHANGE),
        Goal(_BY_HAND_CHANGE, "times faster", _ORM_MINIMAL),
        Goal(_BY_HAND_CHANGE, "times faster", _EVENTS_SAVE),
    ),
    notes=(
        "The floor reads, changes and writes, as record and the other peers do.",
        "Write alone starts from a group that lies in memory.",
        "The base decides alone: no setting is enabled, and no record system waits.",
        "After each call, untimed, rgcore's rows are put back: it forgets nothing.",
    ),
)

P4 = Case(
    code="P4",
    title="open an institution with six settings",
    peers=(settings_side.imports_alone, settings_side.bare_python),
    ours={
        _OPEN_SIX: settings_side.opening_with_six,
        _OPEN_NONE: settings_side.opening_with_none,
        _OPEN_AGAIN: settings_side.opening_once_more,
    },
    goals=(
        Goal(_OPEN_SIX, "at most", _IMPORTS, 1.5),
        Goal(_OPEN_SIX, "ms beyond", _IMPORTS, 50),
        Goal(_OPEN_NONE, "at most", _IMPORTS),
        Goal(_OPEN_SIX, "ms beyond", _OPEN_NONE),
        Goal(_IMPORTS, "ms beyond", settings_side.BARE),
    ),
    notes=(
        "Processor time: other work on the machine is not in it.",
        "Each setting answers eight hooks with 39 contributions.",
        "Six are installed on every side, beside what this Python has.",
    ),
)

P5 = Case(
    code="P5",
    title="import and command line",
    peers=(_without_folder(processes.bare_python),),
    ours={
        _IMPORT: processes.import_of_rgcore,
        _HELP: processes.help_of_module,
        _SCRIPT: processes.help_of_script,
    },
    goals=(
        Goal(_IMPORT, "at most", _BARE, 1.3),
        Goal(_HELP, "at most", _BARE, 4),
        Goal(_SCRIPT, "at most", _BARE, 4),
    ),
    notes=("Whole processes, this interpreter, with its site-packages.",),
)

P9 = Case(
    code="P9",
    title="decode a stored group",
    peers=tuple(
        map(
            _without_folder,
            (
                decode.msgspec_msgpack,
                decode.msgspec_in_parts,
                decode.msgspec_json,
                decode.cattrs_orjson,
                decode.pydantic,
            ),
        )
    ),
    ours={
        _DECODE: rgcore_side.decode_of_a_stored_group,
        _OWN_FLOOR: rgcore_side.floor_of_decode,
    },
    goals=(
        Goal(_DECODE, "at most", _WHOLE, 1.5),
        Goal(_DECODE, "at most", _OWN_FLOOR, 1.5),
        Goal(_DECODE, "at most", _PARTS),
        Goal(_WHOLE, "times faster", "msgspec, JSON, whole group"),
        Goal(_WHOLE, "times faster", "cattrs + orjson"),
        Goal(_WHOLE, "times faster", "pydantic v2"),
    ),
)

CASES: Mapping[str, Case] = {case.code: case for case in (P1, P2, P4, P5, P9)}
