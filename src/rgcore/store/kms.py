"""The hook for a key service: it wraps the keys of the ring, which then lie wrapped.

A wrapper is code that the institution names itself. It is trusted: it runs in this
process and sees the keys.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Protocol

from attrs import frozen

from rgcore.domain.inspection import look_over_id
from rgcore.errors import ConfigurationError, KeyWrapperFailed, Problem
from rgcore.store.sealing import KEY_BYTES

_PATH: Final = "keys.wrapper"


class KeyWrapper(Protocol):
    """What wraps keys with a key that lies elsewhere: a key service or a device.

    It is asked when an institution is opened, when the ring gets a key, and once by
    each open process after that; never when somebody reads or records. Threads do not
    ask it at the same time.

    Attributes:
        name: What it is called: an id. It stands in the file of the key ring.
    """

    @property
    def name(self) -> str:
        """What it is called."""

    def wrap(self, key: bytes, context: str) -> bytes:
        """Return a key, wrapped.

        Args:
            key: 32 bytes.
            context: Whose key it is, as text without spaces. A service that can bind
                it to what it wraps should.
        """

    def unwrap(self, wrapped: bytes, context: str) -> bytes:
        """Return the key that was wrapped.

        Whatever goes wrong is raised; only the kind of the error is told on.

        Args:
            wrapped: What `wrap` returned.
            context: The same as when it was wrapped.
        """


@frozen(repr=False)
class Wrapping:
    """A wrapper as it is used for one institution.

    Attributes:
        wrapper: The wrapper.
        institution: The institution's id.
    """

    wrapper: KeyWrapper
    institution: str

    @property
    def name(self) -> str:
        """What the wrapper is called."""
        return self.wrapper.name

    def wrap(self, file: Path, name: str, key: bytes) -> bytes:
        """Return a key of the ring, wrapped; what cannot be unwrapped is refused.

        Args:
            file: The ring's file, for messages.
            name: The key's name.
            key: The key.

        Raises:
            KeyWrapperFailed: The wrapper did not do its work.
        """
        context = self._context(name)
        wrapped = self._asked(file, name, lambda: self.wrapper.wrap(key, context))
        if not wrapped or key in wrapped:
            raise self._failed(file, name, "not wrapped")
        if self.unwrap(file, name, wrapped) != key:
            raise self._failed(file, name, "another key")
        return wrapped

    def unwrap(self, file: Path, name: str, wrapped: bytes) -> bytes:
        """Return a key of the ring.

        Args:
            file: The ring's file, for messages.
            name: The key's name.
            wrapped: The key as it stands in the file.

        Raises:
            KeyWrapperFailed: The wrapper did not do its work.
        """
        context = self._context(name)
        key = self._asked(file, name, lambda: self.wrapper.unwrap(wrapped, context))
        if len(key) != KEY_BYTES:
            raise self._failed(file, name, "not a key")
        return key

    def _context(self, name: str) -> str:
        return f"rgcore:{self.institution}:{name}"

    def _asked(self, file: Path, name: str, ask: Callable[[], object]) -> bytes:
        try:
            found = ask()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises
            kind = type(error).__name__
        else:
            if isinstance(found, bytes):
                return found
            kind = type(found).__name__
        # Raised only here, so that what may quote a key is not behind it.
        raise self._failed(file, name, kind)

    def _failed(self, file: Path, name: str, kind: str) -> KeyWrapperFailed:
        return KeyWrapperFailed(wrapper=self.name, key=name, file=file, kind=kind)


def checked(wrapper: KeyWrapper) -> KeyWrapper:
    """Return a wrapper that has what one needs.

    Args:
        wrapper: The wrapper.

    Raises:
        ConfigurationError: It has not.
    """
    given: Any = wrapper
    if not all(callable(getattr(given, name, None)) for name in ("wrap", "unwrap")):
        raise _none(type(given).__name__)
    if problems := look_over_id(getattr(given, "name", None), f"{_PATH}.name"):
        raise ConfigurationError(problems)
    return wrapper


def loaded(place: str) -> KeyWrapper:
    """Import what an institution's file names, and return the wrapper that it gives.

    Args:
        place: `MODULE:FACTORY`; the factory takes nothing.

    Raises:
        ConfigurationError: There is none; says the kind of the error and no more.
    """
    module, _, name = place.partition(":")
    try:
        found: KeyWrapper = getattr(import_module(module), name)()
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it raises
        kind = type(error).__name__
    else:
        return checked(found)
    raise _none(kind)


def _none(kind: str) -> ConfigurationError:
    return ConfigurationError([Problem("config.no_wrapper", _PATH, kind=kind)])
