"""The codes that several modules need, and where our own defaults come from."""

from __future__ import annotations

from typing import Final

from rgcore.plugins import Code

NAMESPACE: Final = Code("recovery_college")

COURSE: Final = Code("recovery_college.course")
"""The change by which a course is noted."""

COURSE_NOTED: Final = f"setting.note:{COURSE}"
"""The fact that such a change is."""

VISIT_AFTER: Final = Code("recovery_college.visit_after")

OURS: Final = "default of rgcore's worked example"
