"""Where groups are kept: document and journal, keys apart, the access log apart.

SQLAlchemy Core tables and explicit mapping. Nothing here decides anything.
"""

from rgcore.store.access_log import AccessLog, Line
from rgcore.store.anchors import Anchor, AnchorFile, Anchors
from rgcore.store.faults import Fault
from rgcore.store.handles import Handles
from rgcore.store.index import Due, IndexRow
from rgcore.store.keyring import KeyRing
from rgcore.store.keyring_copies import Copied, RingKey, RingStatus
from rgcore.store.keyring_places import Reach
from rgcore.store.keystore import KeyStore
from rgcore.store.kms import KeyWrapper
from rgcore.store.migrate import FORMAT, create, opened
from rgcore.store.places import Durability
from rgcore.store.repair import repair
from rgcore.store.rotating import Rewrapped, Rotation
from rgcore.store.rows import EntryHeader, Kept, Loaded
from rgcore.store.store import LostRace, Store
from rgcore.store.verify import verify

__all__ = [
    "FORMAT",
    "AccessLog",
    "Anchor",
    "AnchorFile",
    "Anchors",
    "Copied",
    "Due",
    "Durability",
    "EntryHeader",
    "Fault",
    "Handles",
    "IndexRow",
    "Kept",
    "KeyRing",
    "KeyStore",
    "KeyWrapper",
    "Line",
    "Loaded",
    "LostRace",
    "Reach",
    "Rewrapped",
    "RingKey",
    "RingStatus",
    "Rotation",
    "Store",
    "create",
    "opened",
    "repair",
    "verify",
]
