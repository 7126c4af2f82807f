"""`scheduler check`: judges a plan file by plain checks, without a solver."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scheduler.commands import options
from scheduler.commands.codes import EXIT

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.commands.opening import Wanted
    from scheduler.files.plan_shapes import Envelope


@click.command(
    name="check",
    cls=options.Command,
    examples=(
        "scheduler path instances/tiny --csv --out plan.csv",
        "scheduler check instances/tiny plan.csv",
    ),
)
@options.folder
@click.argument("plan", type=click.Path(path_type=Path))
@options.as_of
@options.edition
@click.option("--tentative/--no-tentative", default=None, help="Whether tentative offerings may be used.")
@click.option("--free/--no-free", default=None, help="Whether standing bookings may be given up.")
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Derive the bound anew from the prices that `scheduler path --certificate` wrote, and compare.",
)
@options.as_json
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    plan: Path,
    as_of: date | None,
    edition: str | None,
    tentative: bool | None,
    free: bool | None,
    certificate: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Judge a plan for FOLDER, whoever made it.

    PLAN is what `scheduler path --json` or `--csv` wrote, or a table typed by hand with the columns
    learner, offering, role. Options that are not given are taken from the plan file where it states them.
    """
    from scheduler.answers.check import answer_check
    from scheduler.commands.delivery import as_text, deliver, screen_for
    from scheduler.commands.interrupts import stopping
    from scheduler.commands.opening import Wanted, opened
    from scheduler.engines.budget import Budget
    from scheduler.files.certificates import read_certificate
    from scheduler.files.plans import read_plan
    from scheduler.show.verdict import show_verdict, verdict

    stated = _statements(plan)
    day = as_of or (stated.as_of if stated else None)
    wanted = Wanted(as_of=day, edition=edition, tentative=bool(tentative), free=bool(free))
    instance = _as_stated(opened(folder, quiet=quiet, as_of=day), folder, stated, wanted, given=(tentative, free))
    judged = read_plan(plan, instance).plan
    proof, budget = read_certificate(certificate) if certificate else None, Budget()
    with stopping(budget):
        found = answer_check(instance, judged, proof, budget=budget)
    if as_json:
        deliver(as_text(verdict(found)))
    else:
        screen = screen_for()
        show_verdict(screen, found)
        deliver(screen.text)
    return EXIT[found.meaning]


def _statements(plan: Path) -> "Envelope | None":
    """Return what a plan file says about how the plan was made; its faults are told when the plan itself is read."""
    from scheduler.files.faults import Ledger
    from scheduler.files.plan_entries import read_statements

    statements = read_statements(plan, Ledger())
    return statements.envelope if statements else None


def _as_stated(
    instance: "Instance",
    folder: Path,
    envelope: "Envelope | None",
    wanted: "Wanted",
    *,
    given: tuple[bool | None, bool | None],
) -> "Instance":
    """Return the instance as the options want it, or else as the plan file says that the plan was made."""
    from scheduler.commands.opening import Wanted, as_wanted

    if envelope is not None:
        # An answer names the instance's own edition unless another was asked for, and then it was for every learner.
        other = envelope.edition if envelope.edition != instance.edition else None
        tentative, free = given
        wanted = Wanted(
            as_of=wanted.as_of,
            edition=wanted.edition or other,
            tentative=bool(envelope.tentative if tentative is None else tentative),
            free=bool(envelope.free if free is None else free),
        )
    return as_wanted(instance, wanted, folder)
