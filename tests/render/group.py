"""A small group with everything that a page can show, and its view."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rgcore import Actor, View
from rgcore.domain.actor import CARE
from rgcore.domain.ids import Code, PersonId
from rgcore.serial.wire import Row, read_changes
from support import Clock, open_demo
