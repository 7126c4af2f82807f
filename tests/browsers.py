"""A real browser for tests of pages: Debian's or the system's chromium, without a window."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PLACE = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)

needs_browser = pytest.mark.skipif(PLACE is None, reason="no chromium on this machine: .ci/run installs one")


@contextmanager
def browser() -> Iterator[Any]:
    """Yield a browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=PLACE, args=list(FLAGS))
        try:
            yield found
        finally:
            found.close()


def address(path: Path) -> str:
    """Return the address of a file on the disk."""
    return path.resolve().as_uri()
