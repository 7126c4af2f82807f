"""What is said beside a table: of whom it was asked, and whether it was stopped before its last row."""

from scheduler.show.screen import Screen

WORDS = "Stopped before the end: what is shown is proved, and the rest was not looked at."
SUMS = "Days stand only where as many graduate as now, or nobody waits for a seat: sums over more or fewer learners say nothing."
NAMES = "Where seats are short, learners named here are those of one best joint plan; another may be as good and name others."


def asked(*, together: bool) -> str:
    """Say whether learners stand in each other's way in a table."""
    return "all learners planned together" if together else "each learner as if nobody else took another seat"


def cut_short(screen: Screen, *, complete: bool) -> None:
    """Say so if rows are left out for want of time."""
    if not complete:
        screen.line()
        screen.line(WORDS)


def status(*, complete: bool) -> str:
    """Return the status of a table, for JSON."""
    return "complete" if complete else "stopped"
