"""Days of a planned year that were asked about, on a screen: what rules a day out, or what it would cost and whom."""

from collections.abc import Sequence

from models.programme.offering import Offering
from models.programme.words import listed, plural
from scheduler.calendar.question import Baseline, CalendarAnswer, Gain, Other, Why
from scheduler.show.blocked import fact_in_words
from scheduler.show.screen import Screen

FEW = 3
"""So many learners are named of those whom a day would cost something."""


def show_dates(screen: Screen, found: CalendarAnswer) -> None:
    """Write the answer about each day; nothing where none was asked about."""
    for why in found.why:
        screen.line()
        show_date(screen, why)


def show_date(screen: Screen, why: Why) -> None:
    """Write the answer about one day."""
    screen.line(title_of(why), style="bold")
    screen.bullets([fact_in_words(each) for each in why.facts])
    if why.verdict == "held" and why.other is not None:
        screen.line(f"Without it: {cost_in_words(why.here, why.other)}.", indent=2)
        screen.line("In the weeks beside, everything else as it is:", indent=2)
        rows = [(str(each.day), _week(each)) for each in why.weeks]
        screen.table(rows, whole=(0,), indent=4)
    elif why.verdict == "possible":
        screen.line(_possible(why), indent=2)


def title_of(why: Why) -> str:
    """Say of which day of what the answer is, and in short what it is."""
    name = f"{why.component} on {why.day:%a} {why.day}"
    if why.verdict == "held":
        return f"{name} is in the plan"
    if why.verdict == "fixed":
        return f"{name} stands and is not moved any more, because"
    if why.verdict == "ruled-out":
        return f"{name} is ruled out, because"
    return f"{name} is possible, and not in the plan" + (", beside which" if why.facts else "")


def _possible(why: Why) -> str:
    if why.other is None:
        return "The time ran out before it was known what that costs."
    how = "The best calendar with it (proved)" if why.other.proved else "The best calendar found with it (not proved)"
    how = "With everything else as it is" if why.other.rest_stays else how
    return f"{how}: {cost_in_words(why.here, why.other)}{_instead(why.other)}."


def _week(why: Why) -> str:
    if why.verdict == "ruled-out":
        return listed([each.sentence for each in why.facts])
    return cost_in_words(why.here, why.other) if why.other is not None else "not looked at: the time ran out"


def cost_in_words(here: Baseline, other: Other) -> str:
    """Say how another calendar differs from the planned one, and whom it costs; days are only told where as many graduate."""
    worth = other.worth
    parts = [
        _more(worth.broken - here.broken, "promise", "broken"),
        _more(worth.not_graduating - here.not_graduating, "learner", "not graduating"),
    ]
    if not any(parts):
        parts.append(_more(worth.graduation - here.graduation, "learner-day", ""))
    told = [each for each in parts if each]
    added = worth.added - here.added
    if not told and added:
        return f"nobody's day in sum, and {plural(abs(added), 'offering')} {'more' if added > 0 else 'fewer'}"
    if not told:
        return "as good"
    return listed(told) + _whom([each for each in other.ledger if each.after is None or (each.days or 0) > 0])


def _more(count: int, word: str, after: str) -> str:
    if not count:
        return ""
    return f"{abs(count):,} {word}{'' if abs(count) == 1 else 's'} {'more' if count > 0 else 'fewer'} {after}".rstrip()


def _whom(losers: Sequence[Gain]) -> str:
    later = [each.learner for each in losers if each.after is not None]
    lost = [each.learner for each in losers if each.after is None]
    parts = [f"{word} for {_few(names)}" for word, names in (("later", later), ("never", lost)) if names]
    return f" ({', '.join(parts)})" if parts else ""


def _few(names: Sequence[str]) -> str:
    """Name the first few, and count the others."""
    more = len(names) - FEW
    shown = names if more <= 1 else [*names[:FEW], f"{more} others"]
    return listed(list(shown))


def _instead(other: Other) -> str:
    gone, come = _runs(other.gone), _runs(other.come)
    if gone and come:
        return f", with {come} instead of {gone}"
    return f", without {gone}" if gone else f", with {come} added" if come else ""


def _runs(runs: Sequence[Offering]) -> str:
    return listed([f"{run.component} {run.start}" for run in runs])
