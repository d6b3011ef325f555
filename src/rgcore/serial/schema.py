"""JSON Schemas of what rgcore takes and gives out, made from the classes themselves."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from types import MappingProxyType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    NewType,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from rgcore.domain.changes import BY_TYPE, Change
from rgcore.domain.findings import Refused
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import CODE_PATTERN, ID_PATTERN, Code
from rgcore.domain.text import LONGEST_TEXT, PersonName, Text
from rgcore.errors import InputError, RgcoreError
from rgcore.serial.documents import (
    PartialExport,
    Seen,
    ToldErasureRefusal,
    ToldError,
    ToldInputError,
    ToldRefusal,
    ToldUnforeseen,
    WholeExport,
)

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]

_PLAIN: Final = MappingProxyType(
    {
        str: {"type": "string"},
        bool: {"type": "boolean"},
        int: {"type": "integer"},
        date: {"type": "string", "format": "date"},
        time: {"type": "string", "format": "time"},
        datetime: {"type": "string", "format": "date-time"},
    }
)


def change_schema(type_: str) -> Schema:
    """Return the JSON Schema of one type of change, as `read_changes` takes it.

    Args:
        type_: Its name on the wire, such as `goal.set`.

    Raises:
        KeyError: There is no change of this type.
    """
    writer = _Writer()
    own = writer.change(BY_TYPE[Code(type_)])
    return {"$schema": DIALECT, **own, "$defs": writer.definitions}


def changes_schema() -> Schema:
    """Return the JSON Schema of a list of changes of any type."""
    writer = _Writer()
    kinds = [writer.change(BY_TYPE[type_]) for type_ in sorted(BY_TYPE)]
    return {
        "$schema": DIALECT,
        "title": "changes",
        "description": "Recorded all together or not at all, in this order.",
        "type": "array",
        "minItems": 1,
        "items": {"oneOf": kinds},
        "$defs": writer.definitions,
    }


def document_schema(name: str) -> Schema:
    """Return the JSON Schema of a document that rgcore gives out.

    Args:
        name: One of `DOCUMENTS`.

    Raises:
        KeyError: There is no such document.
    """
    return _Printed(words=name != "group").document(DOCUMENTS[name], name)


def errors_schema(errors: Iterable[type[RgcoreError]]) -> Schema:
    """Return the JSON Schema of errors as the command line prints them for programs.

    Args:
        errors: Every class of errors that may be printed.
    """
    writer = _Printed()
    ordered = sorted(errors, key=lambda error: error.code)
    kinds = [writer.error(error) for error in ordered]
    return {
        "$schema": DIALECT,
        "title": "errors",
        "description": "What went wrong, whose fault it is, and what to do next.",
        **_closed({"error": {"oneOf": kinds}}, ["error"]),
        "$defs": writer.definitions,
    }


DOCUMENTS: Final[Mapping[str, type[Any]]] = MappingProxyType(
    {
        "view": Seen,
        "export": WholeExport,
        "partial": PartialExport,
        "group": ResourceGroup,
    }
)
"""The class of each document, by the name that the command line knows."""


class _Writer:
    """Writes schemas, and once each class that they use."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def change(self, cls: type[Change]) -> Schema:
        """Return the schema of a change, with its type."""
        own = self._object(cls)
        return {
            **own,
            "title": cls.TYPE,
            "properties": {"type": {"const": cls.TYPE}, **own["properties"]},
            "required": ["type", *own["required"]],
        }

    def _object(self, cls: type[Any]) -> Schema:
        hints = get_type_hints(cls, include_extras=True)
        fields = attrs.fields(cls)
        return {
            "description": (cls.__doc__ or "").strip().splitlines()[0],
            "type": "object",
            "properties": {f.name: self._of(hints[f.name]) for f in fields},
            "required": [f.name for f in fields if f.default is attrs.NOTHING],
            "additionalProperties": False,
        }

    def _of(self, hint: Any) -> Schema:
        origin, parts = get_origin(hint), get_args(hint)
        if origin is Annotated:
            return self._of(parts[0])
        if origin in {Union, types.UnionType}:
            return {"anyOf": list(self._each(parts))}
        if origin is tuple:
            return self._tuple(parts)
        if origin is dict:
            return {"type": "object", "additionalProperties": self._of(parts[1])}
        if origin is Literal:
            return {"const": parts[0]}
        return self._reference(hint) if attrs.has(hint) else _scalar(hint)

    def _tuple(self, parts: tuple[Any, ...]) -> Schema:
        if parts[-1] is Ellipsis:
            return {"type": "array", "items": self._of(parts[0])}
        placed = [self._of(part) for part in parts]
        size = {"minItems": len(parts), "maxItems": len(parts)}
        return {"type": "array", "prefixItems": placed, **size}

    def _each(self, hints: tuple[Any, ...]) -> Iterator[Schema]:
        for hint in hints:
            yield {"type": "null"} if hint is type(None) else self._of(hint)

    def _reference(self, cls: type[Any]) -> Schema:
        name = cls.__name__
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self._text() if cls is Text else self._object(cls)
        return {"$ref": f"#/$defs/{name}"}

    def _text(self) -> Schema:
        """Return the ways to give a text: words in place, or words given apart."""
        id_, subject = ({"type": "string", "pattern": f"^{ID_PATTERN}$"},) * 2
        said = {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT}
        kinds = {
            "said": said,
            "name": self._reference(PersonName),
            "date": dict(_PLAIN[date]),
        }
        in_place = [
            _closed({"id": id_, "subject": subject, key: kind}, ["subject", key])
            for key, kind in kinds.items()
        ]
        apart = _closed({"id": id_, "subject": subject}, ["id", "subject"])
        return {
            "description": "Words and whom they are about.",
            "oneOf": [*in_place, apart],
        }


class _Printed(_Writer):
    """Writes schemas of what rgcore prints: every field is there, words in place."""

    def __init__(self, *, words: bool = True) -> None:
        super().__init__()
        self._words = words

    def document(self, cls: type[Any], name: str) -> Schema:
        """Return the schema of a document."""
        own = self._object(cls)
        return {
            "$schema": DIALECT,
            "title": name,
            **own,
            "$defs": self.definitions,
        }

    def error(self, error: type[RgcoreError]) -> Schema:
        """Return the schema of one class of errors."""
        form = self._object(_form_of(error))
        said = {"code": {"const": error.code}, "fault": {"const": error.fault.value}}
        return {
            **form,
            "title": error.code,
            "description": (error.__doc__ or "").strip().splitlines()[0],
            "properties": {**form["properties"], **said},
        }

    def _object(self, cls: type[Any]) -> Schema:
        own = super()._object(cls)
        return {**own, "required": list(own["properties"])}

    def _reference(self, cls: type[Any]) -> Schema:
        return self._any_change() if cls is Change else super()._reference(cls)

    def _any_change(self) -> Schema:
        kinds = [self.change(BY_TYPE[type_]) for type_ in sorted(BY_TYPE)]
        return {"oneOf": kinds}

    def _text(self) -> Schema:
        """Return the ways in which a text is printed."""
        id_, subject = ({"type": "string", "pattern": f"^{ID_PATTERN}$"},) * 2
        about = {"id": id_, "subject": subject}
        if not self._words:
            return _closed(about, list(about))
        kinds = {
            "said": {"type": "string"},
            "name": self._reference(PersonName),
            "date": dict(_PLAIN[date]),
            "erased": {"const": True},
        }
        said = [{**about, key: kind} for key, kind in kinds.items()]
        return {
            "description": "Words and whom they are about, or that they were erased.",
            "oneOf": [_closed(one, list(one)) for one in said],
        }


def _form_of(error: type[RgcoreError]) -> type[Any]:
    """Return the class that says what is printed of a class of errors."""
    if error is RgcoreError:
        return ToldUnforeseen
    if error.code == "erase.refused":
        return ToldErasureRefusal
    if issubclass(error, InputError):
        return ToldInputError
    return ToldRefusal if issubclass(error, Refused) else ToldError


def _scalar(hint: Any) -> Schema:
    if hint is Any:
        return {}
    if isinstance(hint, NewType):
        pattern = CODE_PATTERN if hint is Code else ID_PATTERN
        return {"type": "string", "pattern": f"^{pattern}$"}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [one.value for one in hint]}
    return dict(_PLAIN[hint])


def _closed(properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
