"""See whether the values of a contribution fit the fields that its class declares.

Contributions carry no validators; what a plugin brings is looked over here, once.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from functools import cache
from typing import (
    Any,
    Final,
    NewType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from rgcore.domain.ids import CODE_PATTERN, Code
from rgcore.method import own, rule, wording
from rgcore.method.origin import Origin

_CODE: Final = re.compile(CODE_PATTERN)
_PLAIN: Final = (str, int, bool, date, type(None))


def misfits(part: Any) -> Iterator[str]:  # noqa: ANN401 - whatever a plugin returned
    """Go through the fields of a contribution whose values do not fit.

    Args:
        part: An instance of a kind of contribution.

    Returns:
        The name of each such field.
    """
    cls: Any = type(part)
    for name, hint in _hints(cls).items():
        if not _fits(getattr(part, name), hint):
            yield name


# Working out the hints of a class takes longer than looking over an instance of it.
@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, localns=_NAMES)
    names = [f.name for f in attrs.fields(cls) if hints[f.name] != Origin | None]
    return {name: hints[name] for name in names}


_NAMES: Final[dict[str, Any]] = {
    # These stand behind TYPE_CHECKING where they are declared.
    **dict.fromkeys(("SpeaksOf", "SpeaksTo", "DenialsOf"), Callable[..., Any]),
    "Method": object,
    "Proposal": object,
    "Wording": wording.Wording,
    "Law": rule.Law,
    "OwnField": own.OwnField,
}


def _fits(value: Any, hint: Any) -> bool:  # noqa: ANN401 - any value of any type
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return any(_fits(value, one) for one in inner)
    if origin is tuple:
        return _fits_tuple(value, inner)
    if origin is not None:
        return callable(value)
    if isinstance(hint, NewType):
        wanted = hint is not Code or (
            isinstance(value, str) and _CODE.fullmatch(value) is not None
        )
        return isinstance(value, str) and wanted
    return _fits_class(value, hint)


def _fits_tuple(value: Any, inner: tuple[Any, ...]) -> bool:  # noqa: ANN401
    if type(value) is not tuple:
        return False
    if inner[1:] == (Ellipsis,):
        return all(_fits(item, inner[0]) for item in value)
    pairs = zip(value, inner, strict=False)
    return len(value) == len(inner) and all(_fits(v, hint) for v, hint in pairs)


def _fits_class(value: Any, hint: Any) -> bool:  # noqa: ANN401
    if attrs.has(hint):
        return type(value) is hint and not any(misfits(value))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return isinstance(value, hint)
    return type(value) is hint if hint in _PLAIN else callable(value)
