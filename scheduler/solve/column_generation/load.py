"""Load that no two offerings alone exceed: more courses at once, or more hours in a week, than a learner has."""

from models.programme.plan import Booking, Path, Plan
from models.rules.courses_at_once import check as check_courses
from models.rules.weekly_hours import check as check_hours
from scheduler.solve.column_generation.grid import Flags, Grid


def overloaded(grid: Grid, number: int, taken: Flags) -> list[int]:
    """Return the places of new picks of which one has to go; empty if the load is kept to."""
    row = grid.rows[number]
    ids = {run.id for run, is_taken in zip(grid.runs, taken, strict=True) if is_taken} | row.kept
    path = Path(learner=row.learner, bookings=tuple(Booking(offering=each) for each in sorted(ids)))
    plan = Plan(paths=(path,))
    for check in (check_hours, check_courses):
        for violation in check(grid.instance, plan):
            broken = set(violation.offerings) - row.kept
            return [place for place, run in enumerate(grid.runs) if run.id in broken]
    return []
