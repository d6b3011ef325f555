"""An institution: the one place that orchestrates reading and writing."""

from rgcore.institution.answers import (
    Anchored,
    DueList,
    EntryHeaders,
    Examined,
    Imported,
    Recorded,
    Status,
)
from rgcore.institution.config import Config, read_config
from rgcore.institution.directory import Directory, FileDirectory, Staff
from rgcore.institution.institution import Institution
from rgcore.institution.opening import Databases, create, open_institution

__all__ = [
    "Anchored",
    "Config",
    "Databases",
    "Directory",
    "DueList",
    "EntryHeaders",
    "Examined",
    "FileDirectory",
    "Imported",
    "Institution",
    "Recorded",
    "Staff",
    "Status",
    "create",
    "open_institution",
    "read_config",
]
