"""Report the speed goals: ``python benchmarks/run.py [P1 P2 P4 P5 P9]``.

The same as ``python -m benchmarks`` from the repository's root, from anywhere.
"""

import runpy
import sys
from pathlib import Path

# In place of this folder: its modules are imported as ``benchmarks.…`` only.
sys.path[0] = str(Path(__file__).resolve().parents[1])
runpy.run_module("benchmarks", run_name="__main__", alter_sys=True)
