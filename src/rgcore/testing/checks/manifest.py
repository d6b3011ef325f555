"""What a setting says of itself: ST-01 to ST-04."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import requires
from typing import Final
from urllib.parse import urlsplit

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from rgcore.plugins import API_VERSION, GROUP, Found
from rgcore.plugins.resolving import admits
from rgcore.testing.rules import BY_NUMBER
from rgcore.testing.subject import Subject

_FAR: Final = "99999.0"
"""A version of the API that nobody can have tried."""

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def unreadable(subject: Subject) -> Iterator[str]:
    """Say why a setting is not found, or its manifest cannot be used.

    Args:
        subject: The setting.
    """
    broken = subject.catalogue.why_broken(subject.setting)
    if broken:
        yield from (problem.sentence() for problem in broken)
        return
    if subject.catalogue.get(subject.setting) is None:
        yield f"No package that is installed declares this setting in `{GROUP}`."
        return
    manifest = subject.found.manifest
    for key, place in (("factory", manifest.factory), ("config", manifest.config)):
        package = (place or subject.found.package).partition(":")[0].partition(".")[0]
        if package != subject.found.package:
            yield f"`{key}` lies in another package than the manifest."
    for number in sorted(manifest.exempt):
        if number not in BY_NUMBER:
            yield f"It exempts {number}, which the kit does not have."


def unbounded(subject: Subject) -> Iterator[str]:
    """Say what is wrong with the range of versions of the API.

    Args:
        subject: The setting.
    """
    wanted = subject.found.manifest.requires_api
    if not admits(subject.found):
        yield f"`{wanted}` leaves out the version of this rgcore, {API_VERSION}."
    if SpecifierSet(wanted).contains(_FAR, prereleases=True):
        yield f"`{wanted}` has no end."


def needing_more(subject: Subject) -> Iterator[str]:
    """Name what a package needs beside rgcore.

    Args:
        subject: The setting.
    """
    needed = set(_needed(subject.found))
    beside = (subject.catalogue.get(one) for one in subject.found.manifest.requires)
    allowed = {"rgcore", *(_package(one) for one in beside if one is not None)}
    for name in sorted(needed - allowed):
        yield f"It needs {name}."
    if "rgcore" not in needed:
        yield "It does not say that it needs rgcore."


def _package(found: Found) -> str:
    return canonicalize_name(found.source.distribution)


def _needed(found: Found) -> Iterator[str]:
    """Go through what is installed with a package, whatever extra is asked for."""
    for line in requires(found.source.distribution) or ():
        one = Requirement(line)
        if "extra" not in str(one.marker or ""):
            yield canonicalize_name(one.name)


def unsupported(subject: Subject) -> Iterator[str]:
    """Say what is wrong with the address that users can turn to.

    Args:
        subject: The setting.
    """
    address = urlsplit(subject.found.manifest.support)
    is_mail = address.scheme == "mailto" and _ADDRESS.fullmatch(address.path)
    if not is_mail and not address.netloc:
        yield "`support` names no address: `mailto:…@…`, or `https://…`."
