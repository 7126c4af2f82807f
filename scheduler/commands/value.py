"""`scheduler value`: what one more run of a component is worth in each month, or what more seats are worth."""

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scheduler.commands import books, options, tables
from scheduler.commands.codes import EXIT

if TYPE_CHECKING:
    from models.programme.instance import Instance

MOST_SEATS = 1000


class Month(click.ParamType[date]):
    """A month, written 2025-04; its first day."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:  # noqa: ANN401 - click's
        """Return the first day of the month, or fail with what is allowed."""
        if isinstance(value, date):
            return value
        if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", value):
            self.fail(f"{value!r} is not a month; write it like 2025-04", param, ctx)
        year, month = (int(part) for part in value.split("-"))
        if not options.FIRST_YEAR <= year <= options.LAST_YEAR:
            years = f"{options.FIRST_YEAR} to {options.LAST_YEAR}"
            self.fail(f"{value!r} is out of range: years run from {years}", param, ctx)
        return date(year, month, 1)


class SeatNumbers(click.ParamType[range]):
    """Some numbers of seats, written 20..30, or one of them."""

    name = "seats"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> range:  # noqa: ANN401 - click's
        """Return the numbers, or fail with what is allowed."""
        if isinstance(value, range):
            return value
        found = re.fullmatch(r"([0-9]{1,4})(?:\.\.([0-9]{1,4}))?", value)
        if found is None:
            return self.fail(f"{value!r} is not a span of seats; write it like 20..30", param, ctx)
        low, high = int(found[1]), int(found[2] or found[1])
        if low > high or high > MOST_SEATS:
            self.fail(f"{value!r}: the smaller number goes first, and {MOST_SEATS} seats are the most", param, ctx)
        return range(low, high + 1)


@click.command(
    name="value",
    cls=options.Command,
    examples=(
        "scheduler value instances/cscce-2023-2026 --component CODE",
        "scheduler value instances/cscce-2023-2026 --seats 20..30",
    ),
    epilog="Extra runs are supposed, and nothing is written to FOLDER.",
)
@options.folder
@click.option("--component", "components", multiple=True, metavar="CODE", help="Only this one; may be given again.")
@click.option("--first", type=Month(), metavar="MONTH", help="From this month on, like 2025-04.")
@click.option("--last", type=Month(), metavar="MONTH", help="Up to this month; default: where the calendar ends.")
@click.option("--seats", type=SeatNumbers(), metavar="A..B", help="Instead: so many seats in each coming offering.")
@options.together
@options.as_of
@options.edition
@options.tentative
@tables.time_limit
@options.whole
@options.as_json
@tables.as_csv
@books.xlsx
@options.out
@options.quiet
def command(  # noqa: PLR0913 - one parameter an option
    *,
    folder: Path,
    components: tuple[str, ...],
    first: date | None,
    last: date | None,
    seats: range | None,
    together: bool,
    as_of: date | None,
    edition: str | None,
    tentative: bool,
    time_limit: float | None,
    whole: bool,
    as_json: bool,
    as_csv: bool,
    out: Path | None,
    quiet: bool,
) -> int:
    """Show where in the year one more run of a component helps most.

    One run is supposed in each month in turn: how many learner-days it saves, and who then graduates in time. All learners
    are planned together; --alone asks each as if nobody else took another seat. With --seats the calendar stays, and its
    coming offerings get more or fewer seats.
    """
    from scheduler.commands.names import refuse_unknown
    from scheduler.commands.opening import Wanted, asked

    to = tables.output(as_json=as_json, as_csv=as_csv, out=out, quiet=quiet)
    wanted = Wanted(as_of=as_of, edition=edition, tentative=tentative)
    instance = asked(folder, wanted, quiet=quiet)
    known = [each.code for one in instance.editions.values() for each in one.components if each.kind != "task"]
    refuse_unknown("component", components, known)
    if seats is not None:
        if not together:
            raise click.UsageError("--seats is about seats that learners share: it goes with --together")
        if first or last:
            raise click.UsageError("--seats changes what is on the calendar: --first and --last are about extra runs")
        return _seats(instance, seats, components, to, time_limit)
    if first and last and last < first:
        raise click.UsageError(f"--last {last:%Y-%m} lies before --first {first:%Y-%m}")
    return _runs(instance, components, (first, last), to, time_limit, together=together, whole=whole)


def _runs(
    instance: "Instance",
    components: tuple[str, ...],
    span: tuple[date | None, date | None],
    to: tables.Output,
    time_limit: float | None,
    *,
    together: bool,
    whole: bool,
) -> int:
    from scheduler.show.values import COLUMNS, show_values, value_answer, value_rows
    from scheduler.studies.value import SupposedRuns, values_of

    first, last = span
    season = SupposedRuns(components=tuple(dict.fromkeys(components)), first=first, last=last)
    found = tables.made(
        to,
        time_limit,
        lambda budget, tell: values_of(instance, season, together=together, budget=budget, tell=tell),
        lambda found: tables.TableForms(
            answer=lambda: value_answer(found),
            rows=lambda: value_rows(found),
            columns=COLUMNS,
            show=lambda screen: show_values(screen, found, whole=whole),
        ),
    )
    return EXIT[found.meaning]


def _seats(
    instance: "Instance", seats: range, components: tuple[str, ...], to: tables.Output, time_limit: float | None
) -> int:
    from scheduler.show.seats import COLUMNS, seats_answer, seats_rows, show_seats
    from scheduler.studies.seats import seats_curve

    found = tables.made(
        to,
        time_limit,
        lambda budget, tell: seats_curve(instance, seats, components, budget=budget, tell=tell),
        lambda found: tables.TableForms(
            answer=lambda: seats_answer(found),
            rows=lambda: seats_rows(found),
            columns=COLUMNS,
            show=lambda screen: show_seats(screen, found),
        ),
    )
    return EXIT[found.meaning]
