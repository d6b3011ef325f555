"""How long what is kept, by which law, from which source, and who looks after it.

The terms are data, and none of them was looked up by a lawyer yet: `checked` says so.
An institution sets its own in its file, each with a source and an owner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import evolve, field, frozen

from rgcore.domain.dates import Period, later
from rgcore.domain.ids import CODE_PATTERN, Code
from rgcore.errors import Problem
from rgcore.method.wording import Wording

CLIENT: Final = Code("client")
RELATIVE: Final = Code("relative")
INSTITUTION: Final = Code("institution")
WHOSE: Final = (CLIENT, RELATIVE, INSTITUTION)
"""Who can want something to be erased."""

CARE_RECORD: Final = Code("care_record")
OWN_WORDS: Final = Code("own_words")
LOGISTICS: Final = Code("logistics")
ACCESS_LOG: Final = Code("access_log")
KEY_BACKUPS: Final = Code("key_backups")
ANSWER: Final = Period(months=1)
"""Within which a request is answered: AVG, article 12, paragraph 3 [check]."""

MORE_TIME: Final = Period(months=2)
"""By how much that can be extended, with a reason told in time; likewise [check]."""

_LENGTH: Final = re.compile(r"([1-9][0-9]{0,3}) (years?|months?|days?)")
_ALLOWED: Final = ("20 years", "18 months", "35 days")
_KEYS: Final = ("term", "source", "owner", "checked")


@frozen(kw_only=True)
class RetentionClass:
    """A class of what is kept: how long, and why.

    Attributes:
        code: Its name.
        wording: What belongs to it.
        organisation: The kind of organisation that keeps it, as a code.
        law: The law that it falls under, as a code; `none` if there is none.
        term: How long, from the last change on.
        source: Where that comes from.
        owner: The role at the institution that answers for it, as a code.
        checked: When somebody looked the source up; `None` if nobody has.
        grounds: The grounds of hosting that bring a group into this class.
        binds: Whose requests a running term stands in the way of.
    """

    code: Code
    wording: Wording
    organisation: Code
    law: Code
    term: Period
    source: str
    owner: Code
    checked: date | None = None
    grounds: frozenset[Code] = frozenset()
    binds: frozenset[Code] = frozenset()

    def ends(self, last: date) -> date:
        """Return the first day on which the term is over.

        Args:
            last: The day of the last change.
        """
        return later(last, self.term)


_NOT_THE_CLIENT: Final = frozenset({RELATIVE, INSTITUTION})

CLASSES: Final[Mapping[Code, RetentionClass]] = MappingProxyType(
    {
        one.code: one
        for one in (
            RetentionClass(
                code=CARE_RECORD,
                wording=Wording(
                    "het dossier van de cliënt in de zorg",
                    "the client's record in care",
                ),
                organisation=Code("care_provider"),
                law=Code("wgbo"),
                term=Period(months=240),
                source="[law] BW 7:454: 20 years after the last change; the client may "
                "ask for less, BW 7:455 [check]",
                owner=Code("privacy_officer"),
                grounds=frozenset({Code("care_agreement")}),
                binds=_NOT_THE_CLIENT,
            ),
            RetentionClass(
                code=Code("support_record"),
                wording=Wording(
                    "het dossier van de cliënt bij ondersteuning door de gemeente",
                    "the client's record of support by the municipality",
                ),
                organisation=Code("support_provider"),
                law=Code("wmo_2015"),
                term=Period(months=180),
                source="[law] Wmo 2015, article 5.3.4: 15 years [check]",
                owner=Code("privacy_officer"),
                grounds=frozenset({Code("wmo")}),
                binds=_NOT_THE_CLIENT,
            ),
            RetentionClass(
                code=Code("youth_record"),
                wording=Wording(
                    "het dossier in de jeugdhulp", "the record of youth care"
                ),
                organisation=Code("youth_care_provider"),
                law=Code("jeugdwet"),
                term=Period(months=240),
                source="[law] Jeugdwet, article 7.3.8: 20 years after the last change "
                "[check]",
                owner=Code("privacy_officer"),
                grounds=frozenset({Code("youth_act")}),
                binds=_NOT_THE_CLIENT,
            ),
            RetentionClass(
                code=OWN_WORDS,
                wording=Wording(
                    "wat naasten zelf schreven", "what relatives wrote themselves"
                ),
                organisation=Code("any"),
                law=Code("avg"),
                term=Period(months=24),
                source="[check] AVG, article 5: no longer than needed; the two years "
                "are our own default",
                owner=Code("privacy_officer"),
            ),
            RetentionClass(
                code=LOGISTICS,
                wording=Wording(
                    "praktische afspraken: wanneer, waar en wie wat meebrengt",
                    "practical matters: when, where and who brings what",
                ),
                organisation=Code("any"),
                law=Code("avg"),
                term=Period(months=12),
                source="[check] AVG, article 5: no longer than needed; the year is our "
                "own default",
                owner=Code("team_leader"),
            ),
            RetentionClass(
                code=ACCESS_LOG,
                wording=Wording("het toegangslogboek", "the access log"),
                organisation=Code("care_provider"),
                law=Code("begz"),
                term=Period(months=60),
                source="[check] Besluit elektronische gegevensverwerking door "
                "zorgaanbieders, with NEN 7513: at least five years",
                owner=Code("security_officer"),
            ),
            RetentionClass(
                code=KEY_BACKUPS,
                wording=Wording(
                    "reservekopieën van de sleutelopslag", "backups of the key store"
                ),
                organisation=Code("any"),
                law=Code("none"),
                term=Period(days=35),
                source="our own default: long enough to notice a loss, short enough "
                "for an erasure",
                owner=Code("security_officer"),
            ),
        )
    }
)
"""What there is, by its code, with the terms that hold if an institution sets none."""

OF_A_GROUP: Final = tuple(one for one in CLASSES.values() if one.grounds)
"""The classes of which a group as a whole can be."""


@frozen(kw_only=True)
class Keeping:
    """How long an institution keeps what.

    Attributes:
        classes: Its classes, by code.
        default: The class of a group of which nobody recorded who hosts it.
        grace_days: How long an erasure can be withdrawn before it is carried out.
        store_backup_days: How many days a backup of the database lasts, if it was said.
    """

    classes: Mapping[Code, RetentionClass] = field(default=CLASSES)
    default: Code = CARE_RECORD
    grace_days: int = 30
    store_backup_days: int | None = None

    @property
    def backup_days(self) -> int:
        """Return how many days a backup of the key store lasts."""
        return self.classes[KEY_BACKUPS].term.days

    def of_ground(self, ground: Code) -> RetentionClass:
        """Return the class of a group that is hosted on a ground.

        Args:
            ground: The ground; one that no class names has the default.
        """
        found = (one for one in self.classes.values() if ground in one.grounds)
        return next(found, self.classes[self.default])


def look_over_terms(
    terms: Mapping[str, Mapping[str, Any]], default: str
) -> Iterator[Problem]:
    """Go through what is wrong with the terms that an institution sets.

    Args:
        terms: What its file says, by class.
        default: The class of groups that nobody said more of.
    """
    known = sorted(CLASSES)
    groups = sorted(one.code for one in OF_A_GROUP)
    if default not in groups:
        yield Problem("config.unknown_class", "retention.default", groups)
    for code, term in terms.items():
        path = f"retention.terms.{code}"
        if code not in CLASSES:
            yield Problem("config.unknown_class", path, known)
        elif code == KEY_BACKUPS:
            yield Problem("config.days_of_backups", path, ["keys.backup_days"])
        else:
            yield from _of_term(term, path)


def _of_term(term: Mapping[str, Any], path: str) -> Iterator[Problem]:
    for key in term:
        if key not in _KEYS:
            yield Problem("input.unknown_key", f"{path}.{key}", _KEYS)
    for key in ("term", "source", "owner"):
        if key not in term:
            yield Problem("input.missing_key", f"{path}.{key}")
    length, source, owner = term.get("term"), term.get("source"), term.get("owner")
    if length is not None and _period(length) is None:
        yield Problem("input.wrong_type", f"{path}.term", _ALLOWED)
    if source is not None and not (isinstance(source, str) and source.strip()):
        yield Problem("input.empty", f"{path}.source")
    if owner is not None and not _is_code(owner):
        yield Problem("input.not_a_code", f"{path}.owner")
    if "checked" in term and type(term["checked"]) is not date:
        yield Problem("input.wrong_type", f"{path}.checked", ["YYYY-MM-DD"])


def keeping(
    terms: Mapping[str, Mapping[str, Any]],
    default: str,
    *,
    grace_days: int,
    backup_days: int,
    store_backup_days: int | None,
) -> Keeping:
    """Return how long an institution keeps what, from what its file says.

    Args:
        terms: The terms that it sets, by class; they were looked over.
        default: The class of groups that nobody said more of.
        grace_days: How long an erasure can be withdrawn.
        backup_days: How long a backup of the key store lasts.
        store_backup_days: The same of the database, if it was said.
    """
    own = {Code(code): _own(CLASSES[Code(code)], term) for code, term in terms.items()}
    backups = evolve(CLASSES[KEY_BACKUPS], term=Period(days=backup_days))
    if backup_days != CLASSES[KEY_BACKUPS].term.days:
        backups = evolve(backups, source="rgcore.toml, keys.backup_days")
    classes = {**CLASSES, **own, KEY_BACKUPS: backups}
    return Keeping(
        classes=classes,
        default=Code(default),
        grace_days=grace_days,
        store_backup_days=store_backup_days,
    )


def _own(usual: RetentionClass, term: Mapping[str, Any]) -> RetentionClass:
    return evolve(
        usual,
        term=_period(term["term"]) or usual.term,
        source=term["source"],
        owner=Code(term["owner"]),
        checked=term.get("checked"),
    )


def _period(length: object) -> Period | None:
    found = _LENGTH.fullmatch(length) if isinstance(length, str) else None
    if found is None:
        return None
    count, unit = int(found[1]), found[2].rstrip("s")
    if unit == "day":
        return Period(days=count)
    return Period(months=count * (12 if unit == "year" else 1))


def _is_code(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(CODE_PATTERN, value) is not None
