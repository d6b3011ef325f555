"""What the institution's file says of terms, grace and backups of keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import field, frozen

from rgcore.errors import Problem
from rgcore.institution.retention_terms import (
    CARE_RECORD,
    Keeping,
    keeping,
    look_over_terms,
)

BACKUP_DAYS: Final = 35
"""How long a backup of the key store lasts. Our own default."""

_MOST_BACKUP_DAYS: Final = 3_650
_MOST_GRACE_DAYS: Final = 365


@frozen(kw_only=True)
class RetentionSection:
    """How long what is kept.

    Attributes:
        default: The class of groups of which nobody recorded who hosts them.
        terms: The terms that the institution sets, by class: `term`, `source`,
            `owner`, and `checked` if somebody looked the source up.
    """

    default: str = CARE_RECORD
    terms: dict[str, dict[str, Any]] = field(factory=dict)


@frozen(kw_only=True)
class ErasingSection:
    """How an erasure goes.

    Attributes:
        grace_days: How many days it can be withdrawn before it is carried out.
        store_backup_days: How many days a backup of the database is kept: the report
            of a redaction counts on it. Not known by default.
    """

    grace_days: int = 30
    store_backup_days: int | None = None


def look_over_keeping(
    retention: RetentionSection, erasing: ErasingSection, backup_days: int
) -> Iterator[Problem]:
    """Go through what is wrong with terms, grace and backups.

    Args:
        retention: What stands under `[retention]`.
        erasing: What stands under `[erasing]`.
        backup_days: How long a backup of the key store lasts.
    """
    yield from look_over_terms(retention.terms, retention.default)
    if not 1 <= backup_days <= _MOST_BACKUP_DAYS:
        yield Problem("input.out_of_range", "keys.backup_days")
    if not 1 <= (erasing.store_backup_days or 1) <= _MOST_BACKUP_DAYS:
        yield Problem("input.out_of_range", "erasing.store_backup_days")
    if not 0 <= erasing.grace_days <= _MOST_GRACE_DAYS:
        yield Problem("input.out_of_range", "erasing.grace_days")


def keeping_of(config: Any) -> Keeping:  # noqa: ANN401 - its class imports this one
    """Return how long an institution keeps what.

    Args:
        config: The institution's configuration, looked over.
    """
    return keeping(
        config.retention.terms,
        config.retention.default,
        grace_days=config.erasing.grace_days,
        backup_days=config.keys.backup_days,
        store_backup_days=config.erasing.store_backup_days,
    )
