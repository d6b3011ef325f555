"""What an institution can choose, under `[settings.recovery_college]`."""

from __future__ import annotations

from attrs import field, frozen, validators


@frozen(kw_only=True)
class RecoveryCollegeConfig:
    """What an institution can choose.

    Attributes:
        visit_after_days: So many days after somebody's course began, the group is asked
            who would like to come along once. At least 1.
    """

    visit_after_days: int = field(default=21, validator=validators.ge(1))
