"""The setting API: what an author of a setting imports. Frozen by `API_VERSION`.

A setting is a package of its own. It says what it is in a manifest, inherits from
`SettingPlugin`, answers some hooks with data, and proves itself with the kit in
`rgcore.testing`.
"""

from rgcore.domain.dates import Period
from rgcore.domain.findings import Rank
from rgcore.domain.foreign import OwnNote, OwnValue
from rgcore.domain.group import ResourceGroup
from rgcore.domain.ids import Code, Kind, Ref
from rgcore.method import (
    AccessRule,
    Agenda,
    Choice,
    Denial,
    GoalDomain,
    Holds,
    Instrument,
    Law,
    MeetingKind,
    Method,
    OwnChange,
    OwnField,
    Per,
    PlanSection,
    Proposal,
    Replacement,
    Role,
    Rule,
    Speaks,
    Step,
    Term,
    Texts,
    Theme,
    Timing,
    Training,
    Whose,
    Wording,
)
from rgcore.plugins.activation import Activated, Wanted, activate
from rgcore.plugins.api import API_VERSION
from rgcore.plugins.calling import SLOW, Asked
from rgcore.plugins.catalogue import GROUP, Broken, Catalogue, Found, Source
from rgcore.plugins.deprecations import (
    DEPRECATIONS,
    Deprecation,
    RgcoreApiDeprecationWarning,
    overdue,
)
from rgcore.plugins.hooks import HOOKS, SettingContext, SettingPlugin, SettingSpec
from rgcore.plugins.manifest import MANIFEST, Manifest, Maturity, read_manifest

__all__ = [
    "API_VERSION",
    "DEPRECATIONS",
    "GROUP",
    "HOOKS",
    "MANIFEST",
    "SLOW",
    "AccessRule",
    "Activated",
    "Agenda",
    "Asked",
    "Broken",
    "Catalogue",
    "Choice",
    "Code",
    "Denial",
    "Deprecation",
    "Found",
    "GoalDomain",
    "Holds",
    "Instrument",
    "Kind",
    "Law",
    "Manifest",
    "Maturity",
    "MeetingKind",
    "Method",
    "OwnChange",
    "OwnField",
    "OwnNote",
    "OwnValue",
    "Per",
    "Period",
    "PlanSection",
    "Proposal",
    "Rank",
    "Ref",
    "Replacement",
    "ResourceGroup",
    "RgcoreApiDeprecationWarning",
    "Role",
    "Rule",
    "SettingContext",
    "SettingPlugin",
    "SettingSpec",
    "Source",
    "Speaks",
    "Step",
    "Term",
    "Texts",
    "Theme",
    "Timing",
    "Training",
    "Wanted",
    "Whose",
    "Wording",
    "activate",
    "overdue",
    "read_manifest",
]
