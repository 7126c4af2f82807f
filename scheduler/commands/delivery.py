"""Brings a result to where it is wanted: stdout, or a file that is written whole or not at all."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.commands.options import EXCEL

if TYPE_CHECKING:
    from scheduler.show.screen import Screen


def deliver(text: str, out: Path | None = None, *, quiet: bool = False) -> None:
    """Write a result to a file, or to stdout; raise CannotWriteError."""
    from scheduler.files.printable import kept_in_line

    text = f"{_mark()}{kept_in_line(text)}"
    if out is None:
        click.echo(text, nl=False, color=True)
        return
    from scheduler.files.writing import write_text

    write_text(out, text)
    if not quiet:
        tell(f"wrote {out}")


def _mark() -> str:
    """Return the byte-order mark where CSV for Excel is asked for."""
    context = click.get_current_context(silent=True)
    return "\ufeff" if context is not None and context.meta.get(EXCEL) else ""


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
