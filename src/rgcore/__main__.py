"""`python -m rgcore` is the command line."""

from rgcore.cli import main

raise SystemExit(main())
