"""A bar on a terminal that says how far a long command is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def progress() -> Iterator[Callable[[int, int], None] | None]:
    """Give what is told how many are done, and of how many.

    Where standard error is no terminal, nothing is shown and `None` is given.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    # At run time the class takes no type.
    class Bar(tqdm):  # type: ignore[type-arg]
        # Its monitor is a thread that would outlive the bar.
        monitor_interval = 0

    with ExitStack() as stack:
        bars: list[Bar] = []

        def show(done: int, of: int) -> None:
            if not bars:
                bar = Bar(total=of, unit="", file=sys.stderr, dynamic_ncols=True)
                bars.append(stack.enter_context(bar))
            bars[0].update(done - bars[0].n)

        yield show
