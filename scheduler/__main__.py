"""The program as it is started: quiet from its first line on, and kept from modules that lie in the working directory."""

import os
import signal
import sys

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    # Until the command line listens, Ctrl-C ends the program without a word: Python would show a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

# The matrices here are small: more than one thread to multiply them takes up to four times the processor time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from pathlib import Path

# Python puts the working directory first: a `pandas.py` or a `models` there is the user's, not ours.
if __name__ == "__main__" and sys.path and Path(sys.path[0] or ".").resolve() != Path(__file__).resolve().parent.parent:
    del sys.path[0]

from scheduler.cli import main

if __name__ == "__main__":
    main()
