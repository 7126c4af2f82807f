"""`scheduler validate`: every fault of a folder at once, or what was read."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import options
from scheduler.commands.codes import ANSWERED, BAD


@click.command(name="validate", cls=options.Command, examples=("scheduler validate instances/tiny",))
@options.folder
@options.as_of
@options.as_json
def command(folder: Path, as_of: date | None, as_json: bool) -> int:
    """Check the files of FOLDER.

    Every fault is named with file, line and column (exit 2); a folder without faults is summed up (exit 0).
    """
    from scheduler.commands.delivery import as_text, deliver, screen_for
    from scheduler.files.faults import BadInstanceError
    from scheduler.files.folder import load
    from scheduler.show.faults import acceptance, refused_folder, show_acceptance

    try:
        loaded = load(folder, as_of)
    except BadInstanceError as error:
        if not as_json:
            raise
        deliver(as_text(refused_folder(str(folder), error.faults, error.more)))
        return BAD
    if as_json:
        deliver(as_text(acceptance(str(folder), loaded.instance, loaded.warnings)))
        return ANSWERED
    screen = screen_for()
    show_acceptance(screen, loaded.instance, loaded.warnings)
    deliver(screen.text)
    return ANSWERED
