"""See whether something looks outside: at the clock, a file, the network, chance."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout, suppress
from io import StringIO
from types import FrameType
from typing import Any, Final

_MODULES: Final = frozenset(
    {
        *("_io", "io", "os", "nt", "posix", "pathlib", "shutil", "tempfile"),
        *("_socket", "socket", "ssl", "http.client", "urllib.request"),
        *("_posixsubprocess", "subprocess", "_winapi", "_thread", "threading"),
        *("_random", "random", "secrets", "uuid", "_uuid", "time", "_sqlite3"),
    }
)
"""What lies outside. A part of it shows in the name of what is called."""

_OURS: Final = "rgcore."
"""What rgcore calls itself while it asks, such as its timer, is not the plugin's."""

_OF_CLOCK: Final = frozenset({"now", "today", "utcnow"})
_SPEAKING: Final = frozenset({"print", "input"})


def looked_at(call: Callable[[], object]) -> tuple[str, ...]:
    """Call something and return the names of what it called outside.

    Args:
        call: What is called; what it raises is passed over.
    """
    found: set[str] = set()

    def watch(frame: FrameType, event: str, argument: Any) -> None:  # noqa: ANN401 - the interpreter's
        # Python traces nothing while it profiles, so no line of this is measured.
        found.update(_called(frame, event, argument))  # pragma: no cover

    before = sys.getprofile()
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        sys.setprofile(watch)
        try:
            with suppress(Exception, SystemExit):
                call()
        finally:
            # A profiler written in C can only begin anew.
            sys.setprofile(before if callable(before) else None)
    return tuple(sorted(found))


def _called(frame: FrameType, event: str, argument: Any) -> tuple[str, ...]:  # noqa: ANN401 - the interpreter's
    """Return what is called outside, if anything is."""
    if event == "c_call" and not _module(frame).startswith(_OURS):
        return _outside(argument)
    if event == "call" and _module(frame) in _MODULES:
        return (f"{_module(frame)}.{frame.f_code.co_name}",)
    return ()


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))


def _outside(function: Any) -> tuple[str, ...]:  # noqa: ANN401 - anything built in
    """Return the name of something built in, if it lies outside."""
    name = getattr(function, "__name__", "")
    owner = getattr(function, "__self__", None)
    of = owner if isinstance(owner, type) else type(owner)
    module = getattr(function, "__module__", None) or of.__module__
    if of.__module__ == "datetime" and name in _OF_CLOCK:
        return (f"datetime.{of.__name__}.{name}",)
    if module == "builtins" and name in _SPEAKING:
        return (name,)
    return (f"{module}.{name}",) if module in _MODULES else ()
