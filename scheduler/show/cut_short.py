"""What is said beside a table: of whom it was asked, and whether it was stopped before its last row."""

from scheduler.show.screen import Screen

WORDS = "Stopped before the end: what is shown is proved, and the rest was not looked at."
UNPLANNED = "Stopped before the end: the plan of all learners is not proved, and a better one may give other days."
SUMS = "Days stand only where as many graduate as now, or nobody waits for a seat: sums over more or fewer learners say nothing."
NAMES = "Where seats are short, learners named here are those of one best joint plan; another may be as good and name others."


def sharing_in_words(*, together: bool) -> str:
    """Say whether learners stand in each other's way in a table."""
    return "all learners planned together" if together else "each learner as if nobody else took another seat"


def cut_short(screen: Screen, *, complete: bool, planned: bool = True) -> None:
    """Say so if rows are left out for want of time, or if the plan of all that they rest on is not proved."""
    if not (complete and planned):
        screen.line()
        screen.line(WORDS if planned else UNPLANNED)


def status(*, complete: bool) -> str:
    """Return the status of a table, for JSON."""
    return "complete" if complete else "stopped"
