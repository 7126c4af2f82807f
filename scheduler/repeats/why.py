"""Why somebody stays on the waitlist: the one fact that proves it, or the limit without which they would be seated."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.programme.time import local
from models.programme.words import listed, plural
from models.rule import Rule
from scheduler.engines.budget import Budget
from scheduler.repeats.cover import Cover
from scheduler.repeats.curve import most_covered
from scheduler.repeats.cuts import shortage
from scheduler.repeats.greedy import fresh, teach
from scheduler.repeats.groups import groups_of
from scheduler.repeats.problem import Problem, Wait
from scheduler.repeats.question import Reason
from scheduler.repeats.staff import Calendar

FEW = 6
SECONDS = 5.0
"""In which a plan without a limit is proved, or told as the least that it can be."""


@dataclass(frozen=True)
class Evidence:
    """Everything a reason may rest on."""

    problem: Problem
    cover: Cover
    barren: Mapping[str, str]
    dates: Mapping[str, int]
    strange: tuple[Rule, ...] = ()

    def left(self) -> list[Wait]:
        """Return the waits that are not met."""
        return [wait for wait in self.problem.waits if wait.place not in self.cover.seats]


def reasons_of(case: Evidence) -> tuple[Reason, ...]:
    """Return a reason for everybody who is not seated."""
    found: dict[int, Reason] = {}
    looks: tuple[Callable[[Evidence, list[Wait]], Iterator[Reason]], ...] = (
        _barren,
        _nothing_fits,
        _short,
        _order,
        *((_others,) if case.strange else (_limits,)),
        _rest,
    )
    for look in looks:
        left = [wait for wait in case.left() if wait.place not in found]
        if not left:
            break
        place = {(wait.row.learner, wait.row.component): wait.place for wait in left}
        for reason in map(_in_company, look(case, left)):
            found.setdefault(place[reason.wait.learner, reason.wait.component], reason)
    return tuple(found[place] for place in sorted(found))


def _in_company(reason: Reason) -> Reason:
    """Add to a reason that somebody wants to come with others."""
    if reason.wait.group is None or reason.kind == "rules":
        return reason
    return replace(
        reason, sentence=f"{reason.sentence} It has to be one session for the whole group {reason.wait.group}."
    )


def _barren(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Name components that cannot be held at all."""
    for wait in left:
        why = case.barren.get(wait.row.component)
        if why and not wait.fits:
            yield Reason(wait=wait.row, kind="no-candidates", sentence=f"{why[0].upper()}{why[1:]}.")


def _nothing_fits(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Count what speaks against each date, for those whom none fits."""
    for wait in (wait for wait in left if not wait.fits):
        code = wait.row.component
        mine = [option for option in case.problem.options if option.offering.component == code]
        if not mine:
            words = f"None of the {case.dates.get(code, 0)} candidates of {code} has a trainer who is free and within the limits."
            yield Reason(wait=wait.row, kind="trainers", sentence=words)
            continue
        person = case.problem.people[wait.row.learner]
        against = Counter(_kind(person.why_not(option.offering) or "cannot book it any more") for option in mine)
        counted = [f"{words} ({count})" if len(against) > 1 else words for words, count in against.most_common(3)]
        dates = plural(len(mine), "date")
        yield Reason(
            wait=wait.row,
            kind="hours",
            sentence=f"None of the {dates} of {code} fits {wait.row.learner}: {'; '.join(counted)}.",
        )


def _kind(words: str) -> str:
    """Take all absences as one, and all bookings."""
    if words.startswith("cannot come "):
        return "is away"
    return "sits in something else" if words.startswith("is in ") else words


def _short(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Find people who fit only some dates, which hold too few seats even if all were held."""
    problem = case.problem
    for code in sorted({wait.row.component for wait in left}):
        mine = [wait for wait in problem.waits if wait.row.component == code and wait.fits]
        groups = {g.place: g for g in groups_of(mine, frozenset(k for wait in mine for k in wait.fits), frozenset())}
        seats = {k: float(problem.options[k].seats) for group in groups.values() for k in group.fits}
        short = shortage({p: float(g.count) for p, g in groups.items()}, {p: g.fits for p, g in groups.items()}, seats)
        if short is None:
            continue
        people = sorted(wait for place in short.groups for wait in groups[place].members)
        words = _hall(problem, people, sorted({k for place in short.groups for k in groups[place].fits}))
        for wait in (wait for wait in left if wait.place in set(people)):
            yield Reason(wait=wait.row, kind="seats", sentence=words)


def _hall(problem: Problem, people: Sequence[int], places: Sequence[int]) -> str:
    """Say who can only come when, and what these dates hold."""
    names = _some([problem.waits[wait].row.learner for wait in people])
    options = [problem.options[k] for k in places]
    zone = problem.instance.zone
    days = [
        f"{local(o.offering.opens, zone):%Y-%m-%d %H:%M}" if o.offering.opens is not None else str(o.offering.start)
        for o in options
    ]
    all_seats = sum(o.seats if o.offering.seats is None else o.offering.seats for o in options)
    booked = all_seats - sum(o.seats for o in options)
    less = f" less {booked} booked" if booked else ""
    count = "these 1 person" if len(people) == 1 else f"these {len(people)} people"
    dates = "this one date" if len(days) == 1 else f"these {len(days)} dates"
    return (
        f"{count[0].upper()}{count[1:]} ({names}) can only come on {dates} ({_some(days)}), "
        f"which {'holds' if len(days) == 1 else 'hold'} {plural(all_seats, 'seat')}{less}."
    )


def _some(words: Sequence[str]) -> str:
    return listed([*words[:FEW], *([f"{len(words) - FEW} more"] if len(words) > FEW else [])])


def _order(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Find second parts that no date of the first part comes before."""
    problem = case.problem
    by_place = {wait.place: wait for wait in left}
    for order in problem.orders:
        wait = by_place.get(order.wait)
        if wait is None or set(wait.fits) - set(order.late):
            continue
        firsts = [problem.waits[first] for first in order.firsts]
        codes = listed([first.row.component for first in firsts], "or")
        possible = any(problem.before(i, k) for first in firsts for i in first.fits for k in order.late)
        if not possible:
            words = f"{wait.row.component} needs {codes} first, and no date of it that fits lies after one of {codes}."
        elif any(first.place in case.cover.seats for first in firsts):
            continue
        else:
            words = f"{wait.row.component} needs {codes} first, in which {wait.row.learner} is not seated."
        yield Reason(wait=wait.row, kind="series", sentence=words)


def _others(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Name the rules beyond the calendar, seats and trainers that may be in the way: what without them would be is not said."""
    words = "; ".join(rule.sentence.rstrip(".") for rule in case.strange)
    for wait in left:
        sentence = f"The sessions that fit {wait.row.learner} are full, cannot be held, or would break: {words}."
        yield Reason(wait=wait.row, kind="rules", sentence=sentence)


def _limits(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Leave out one limit after the other, plan anew, and see how many more are then seated, and who."""
    problem = case.problem
    if problem.most_sessions is not None:
        words = f"No more than {plural(problem.most_sessions, 'session')} may be added"
        yield from _those(case, left, replace(problem, most_sessions=None), "max-sessions", words)
    if problem.least_attendance:
        words = f"Too few can come together for a session of at least {problem.least_attendance}"
        yield from _those(case, left, replace(problem, least_attendance=None), "min-attendance", words)
    options = tuple(replace(option, trainers=()) for option in problem.options)
    found, more = _freed(case, replace(problem, options=options))
    calendars = _filled(case)
    for wait in (wait for wait in left if wait.place in found):
        example = next(
            filter(None, (_unstaffed(problem, k, calendars) for k in wait.fits if k not in case.cover.held)), ""
        )
        words = f"Trainer limit: without it {more} more could be seated{example}."
        yield Reason(wait=wait.row, kind="trainers", sentence=words)


def _those(case: Evidence, left: list[Wait], without: Problem, kind: str, words: str) -> Iterator[Reason]:
    found, more = _freed(case, without)
    for wait in (wait for wait in left if wait.place in found):
        yield Reason(wait=wait.row, kind=kind, sentence=f"{words}; without that limit {more} more could be seated.")


def _freed(case: Evidence, without: Problem) -> tuple[frozenset[int], str]:
    """Return the waits that a best plan without a limit covers, and how many more they are; none where they are no more.

    Where time ran out before that was proved, the number is the least that it can be.
    """
    found, most = most_covered(without, Budget(SECONDS))
    more = len(found.seats) - len(case.cover.seats)
    if more <= 0:
        return frozenset(), "none"
    return frozenset(found.seats), str(more) if len(found.seats) == most else f"at least {more}"


def _filled(case: Evidence) -> dict[str, Calendar]:
    """Return the trainers' calendars with what the proposal adds."""
    calendars = fresh(case.problem.calendars)
    for k in case.cover.held:
        for trainer in case.cover.trainers_of(k):
            teach(case.problem.options[k], trainer, calendars)
    return calendars


def _unstaffed(problem: Problem, k: int, calendars: Mapping[str, Calendar]) -> str | None:
    """Say why nobody can teach an option any more; None if somebody can."""
    option = problem.options[k]
    whys = [calendars[name].why_not(option.offering.sessions) for name in option.trainers]
    if not option.added or not whys or None in whys:
        return None
    return f" ({option.offering.id}: {listed([why for why in whys if why])})"


def _rest(case: Evidence, left: list[Wait]) -> Iterator[Reason]:
    """Say that the seats went to others, where no single limit explains it."""
    for wait in left:
        if wait.row.learner in case.problem.tangled:
            words = (
                f"What fits {wait.row.learner} overlaps with the other seats they get, or goes to those before them."
            )
            yield Reason(wait=wait.row, kind="clash", sentence=words)
        else:
            words = "The sessions that fit are full or cannot be held together with those that seat more people."
            yield Reason(wait=wait.row, kind="taken", sentence=words)
