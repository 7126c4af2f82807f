"""Brings a result to where it is wanted: stdout, or a file that is written whole or not at all."""

import json
import os
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.commands.options import EXCEL, PAGERLESS

if TYPE_CHECKING:
    from scheduler.show.screen import Screen


def deliver(text: str, out: Path | None = None, *, quiet: bool = False) -> None:
    """Write a result to a file, or to stdout; raise CannotWriteError."""
    from scheduler.files.printable import kept_in_line

    text = f"{_mark()}{kept_in_line(text)}"
    if out is None:
        show = _page if _is_long(text) else partial(click.echo, nl=False)
        show(text, color=True)
        return
    from scheduler.files.writing import write_text

    write_text(out, text)
    if not quiet:
        tell(f"wrote {out}")


def _is_long(text: str) -> bool:
    """Say whether a text is shown page by page: on a terminal that is too small for it, unless refused."""
    context = click.get_current_context(silent=True)
    is_refused = context is None or context.meta.get(PAGERLESS) or os.environ.get("PAGER") in {"", "cat"}
    is_terminal = sys.stdout.isatty() and sys.stdin.isatty() and os.environ.get("TERM") != "dumb"
    return is_terminal and not is_refused and text.count("\n") >= shutil.get_terminal_size().lines


def _page(text: str, *, color: bool) -> None:
    """Show a text page by page; `less` keeps colours, and what was read stays on the screen."""
    os.environ.setdefault("LESS", "FRX")
    click.echo_via_pager(text, color=color)


def _mark() -> str:
    """Return the byte-order mark where CSV for Excel is asked for."""
    context = click.get_current_context(silent=True)
    if context is None or not context.meta.get(EXCEL):
        return ""
    from scheduler.files.text import BYTE_ORDER_MARK

    return BYTE_ORDER_MARK


def tell(words: str) -> None:
    """Write a message to stderr; nothing in it steers the terminal."""
    from scheduler.files.printable import printable

    click.echo(printable(words), err=True)


def as_text(answer: dict[str, Any]) -> str:
    """Return an answer as JSON text."""
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


def screen_for(out: Path | None = None) -> "Screen":
    """Return a screen like the terminal, or a plain one for a file."""
    from scheduler.show.screen import Screen

    return Screen.plain() if out else Screen.terminal()
