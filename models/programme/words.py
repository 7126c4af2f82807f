"""Words for facts: lists, dates and runs as a person would say them."""

from collections.abc import Sequence

from models.programme.offering import Offering

SHOWN = 4


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def number(count: int) -> str:
    """Return a small number as a word."""
    small = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return small[count] if 0 <= count < len(small) else str(count)


def plural(count: int, word: str) -> str:
    """Return `1 day`, `2 days`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def runs_in_words(code: str, runs: Sequence[Offering]) -> str:
    """Say when the runs of a component take place."""
    if len(runs) == 1:
        (run,) = runs
        when = f"ends {run.end}" if run.start != run.end else f"is on {run.start}"
        return f"the only {code} run {when}" + (f" (it starts {run.start})" if run.start != run.end else "")
    shown = [f"{run.id} {span_in_words(run)}" for run in runs]
    rest = [f"{len(runs) - SHOWN} later"] if len(runs) > SHOWN else []
    return f"the {code} runs are {listed(shown[:SHOWN] + rest)}"


def span_in_words(run: Offering) -> str:
    """Return an offering's days, both included: `2025-04-01`, or `2025-04-01 to 2025-05-09`."""
    return f"{run.start}" if run.start == run.end else f"{run.start} to {run.end}"


def hours(minutes: int) -> str:
    """Return minutes as hours, like `7.5`."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def clock(minutes: int) -> str:
    """Return minutes of the day as `08:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
