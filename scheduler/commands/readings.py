"""`scheduler readings`: whose answer depends on which edition holds, and on how its documents are read."""

from datetime import date
from pathlib import Path

import click

from scheduler.commands import options, tables
from scheduler.commands.codes import EXIT


@click.command(
    name="readings",
    cls=options.Command,
    examples=(
        "scheduler readings instances/cscce-2023-2026",
        "scheduler readings instances/cscce-2023-2026 --learner L12 --learner L24",
    ),
)
@options.folder
@click.option("--learner", "learners", multiple=True, metavar="ID", help="Only this learner; may be given again.")
@options.together
@options.whole
@options.as_of
@options.tentative
@tables.time_limit
@options.as_json
@tables.as_csv
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    learners: tuple[str, ...],
    together: bool,
    whole: bool,
    as_of: date | None,
    tentative: bool,
    time_limit: float | None,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Answer for the same learners under every edition and every disputed reading of the rules.

    A reading is a question that the programme's documents leave open or answer differently. Learners whose answer is the
    same under all of them need not wait for it to be settled. What an answer comes to in all is planned for everybody
    together; --alone plans each as if nobody else took another seat.
    """
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked
    from scheduler.files.editions import known_editions
    from scheduler.show.readings import COLUMNS, reading_rows, readings_answer, show_readings
    from scheduler.studies.each_reading import readings_of

    to = tables.output(as_json=as_json, as_csv=as_csv, out=out, quiet=quiet)
    instance = asked(folder, Wanted(as_of=as_of, tentative=tentative), quiet=quiet)
    refuse_unknown("learner", learners, instance.learner)
    editions = known_editions(instance.editions, folder)
    found = tables.made(
        to,
        time_limit,
        lambda budget, tell: readings_of(
            instance,
            editions,
            learners,
            together=together,
            budget=budget,
            tell=tell,
        ),
        lambda found: tables.TableForms(
            answer=lambda: readings_answer(found),
            rows=lambda: reading_rows(found),
            columns=COLUMNS,
            show=lambda screen: show_readings(screen, found, whole=whole),
        ),
    )
    return EXIT[found.meaning]
