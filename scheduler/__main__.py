"""`python -m scheduler`: the command line, kept from the modules that happen to lie in the working directory."""

import sys
from pathlib import Path

# Python puts the working directory first: a `pandas.py` or a `models` there is the user's, not ours.
if sys.path and Path(sys.path[0] or ".").resolve() != Path(__file__).resolve().parent.parent:
    del sys.path[0]

from scheduler.cli import main

if __name__ == "__main__":
    main()
