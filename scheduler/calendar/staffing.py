"""Who teaches what is added: trainers who are there, in one place at a time, within their limits; the busiest week kept light."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from models.judging.calendar import too_close
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.time import local, week_of
from models.rules.trainer_load import is_course
from scheduler.calendar.choices import Choice
from scheduler.engines.budget import Budget
from scheduler.engines.highs import LinearProgram, minimise
from scheduler.repeats.greedy import fresh
from scheduler.repeats.staff import Calendar, Stretch, calendars_of

Crews = Mapping[str, tuple[str, ...]]
"""Who teaches each choice, by the choice's id."""

TRUE = 0.5


class Staff:
    """The trainers of a year and what they teach already."""

    def __init__(self, instance: Instance, choices: Iterable[Choice]) -> None:
        """Look at the trainers who could teach some choices; whom the calendar names teaches it already."""
        self.instance = instance
        choices = list(choices)
        self.is_asked = bool(instance.trainers)
        named = {name for each in choices for name in each.offering.trainers}
        self.calendars = calendars_of(instance, named) if self.is_asked else {}
        ahead = [run for run in instance.offerings if run.end >= instance.as_of and run.status != "cancelled"]
        self.courses = {
            name: [r for r in ahead if name in r.trainers and is_course(instance, r)] for name in self.calendars
        }
        self.able = {each.id: self._able(each) for each in choices}
        self.known: dict[frozenset[str], Crews | None] = {}

    def _able(self, choice: Choice) -> tuple[str, ...]:
        run = choice.offering
        return tuple(
            name
            for name in run.trainers
            if self.is_asked
            and self.calendars[name].why_not(run.sessions) is None
            and self._takes_course(name, run, self.courses[name])
        )

    def _takes_course(self, name: str, run: Offering, others: Sequence[Offering]) -> bool:
        most = self.calendars[name].trainer.max_courses
        if most is None or not is_course(self.instance, run):
            return True
        courses = [*others, run]
        return all(
            sum(other.start <= each.start <= other.end for other in courses) <= most
            for each in courses
            if each.runs_beside(run)
        )

    def can(self, choice: Choice) -> bool:
        """Say whether there are enough trainers for a choice alone."""
        return len(self.able[choice.id]) >= choice.crew

    def crews(self, held: Sequence[Choice], budget: Budget | None = None) -> Crews | None:
        """Return who could teach a set of choices, or None where it cannot be staffed."""
        key = frozenset(each.id for each in held)
        if key not in self.known:
            self.known[key] = self._in_turn(held) or self._exactly(held, budget or Budget(), light=False)
        return self.known[key]

    def lightest(self, held: Sequence[Choice], budget: Budget) -> Crews | None:
        """Return who teaches a set so that the busiest week of anybody is light, as light as it can be if time allows."""
        found = self._exactly(held, budget, light=True) if self.is_asked else None
        return found or self.crews(held)

    def peak(self, held: Sequence[Choice], crews: Crews) -> int:
        """Return the most meetings of anybody in a week."""
        return max((max(weeks.values(), default=0) for weeks in self.weeks(held, crews).values()), default=0)

    def weeks(self, held: Sequence[Choice], crews: Crews) -> dict[str, Counter[int]]:
        """Return each trainer's meetings by local week, what is taught already included, from the planning day on."""
        today = self.instance.as_of
        found: dict[str, Counter[int]] = {}
        for name, calendar in self.calendars.items():
            starts = [span.start for span, _ in calendar.taught]
            starts += [s.start for each in held if name in crews.get(each.id, ()) for s in each.offering.sessions]
            days = [local(start, calendar.trainer.zone).date() for start in starts]
            found[name] = Counter(week_of(day) for day in days if day >= today)
        return found

    def _in_turn(self, held: Sequence[Choice]) -> Crews | None:
        """Give each choice the trainers who teach least so far, by date; None where one finds too few."""
        calendars = fresh(self.calendars)
        courses = {name: list(runs) for name, runs in self.courses.items()}
        found: dict[str, tuple[str, ...]] = {}
        for choice in sorted(held, key=lambda each: (len(self.able[each.id]), each.offering.start, each.id)):
            run = choice.offering
            free = [
                name
                for name in self.able[choice.id]
                if calendars[name].why_not(run.sessions) is None and self._takes_course(name, run, courses[name])
            ]
            free.sort(key=lambda name: (len(calendars[name].taught), name))
            crew = tuple(sorted(free[: choice.crew]))
            if len(crew) < choice.crew:
                return None
            found[choice.id] = crew
            for name in crew:
                calendars[name].teach(run.sessions, run.id)
                if is_course(self.instance, run):
                    courses[name].append(run)
        return found

    def _exactly(self, held: Sequence[Choice], budget: Budget, *, light: bool) -> Crews | None:
        """Find crews by a program of whole numbers, the lightest peak first if asked; None where there are none, or no time."""
        program = LinearProgram()
        teaches = {(each.id, name): program.variable(1, whole=True) for each in held for name in self.able[each.id]}
        for each in held:
            program.require([(1.0, teaches[each.id, n]) for n in self.able[each.id]], low=each.crew, high=each.crew)
        costs: dict[int, float] = {}
        if light:
            top = program.variable(1000, whole=True)
            costs[top] = 1.0
        self.post(program, held, teaches)
        for name in self.calendars if light else ():
            mine = [(each, teaches[each.id, name]) for each in held if (each.id, name) in teaches]
            self._peak(program, name, mine, top)
        outcome = minimise(program, costs, budget)
        if outcome.kind != "optimal":
            return None
        return {
            each.id: tuple(n for n in self.able[each.id] if outcome.values[teaches[each.id, n]] > TRUE) for each in held
        }

    def post(self, program: LinearProgram, held: Sequence[Choice], teaches: Mapping[tuple[str, str], int]) -> None:
        """Post what every trainer keeps to; `teaches` = the variable that says that somebody teaches a choice."""
        for name, calendar in self.calendars.items():
            mine = [(each, teaches[each.id, name]) for each in held if (each.id, name) in teaches]
            self._one_place(program, calendar, mine)
            self._limits(program, calendar, mine)
            self._courses(program, name, mine)

    def _one_place(self, program: LinearProgram, calendar: Calendar, mine: Sequence[tuple[Choice, int]]) -> None:
        rest = calendar.trainer.min_break
        for (one, first), (other, second) in combinations(mine, 2):
            if one.offering.start > other.offering.end or other.offering.start > one.offering.end:
                near = abs(one.offering.start.toordinal() - other.offering.start.toordinal()) < 2  # noqa: PLR2004 - next day
                if not near and not (len(one.offering.sessions) > 1 or len(other.offering.sessions) > 1):
                    continue
            if any(too_close(a.span, b.span, rest) for a in one.offering.sessions for b in other.offering.sessions):
                program.require([(1.0, first), (1.0, second)], high=1)

    def _limits(self, program: LinearProgram, calendar: Calendar, mine: Sequence[tuple[Choice, int]]) -> None:
        full: dict[Stretch, Counter[int]] = {}
        for each, variable in mine:
            for stretch, count in calendar.stretches(each.offering.sessions).items():
                full.setdefault(stretch, Counter())[variable] += count
        for stretch, counts in sorted(full.items()):
            if counts.total() > calendar.room(stretch):
                program.require([(float(count), each) for each, count in counts.items()], high=calendar.room(stretch))

    def _courses(self, program: LinearProgram, name: str, mine: Sequence[tuple[Choice, int]]) -> None:
        most = self.calendars[name].trainer.max_courses
        if most is None:
            return
        courses = [(each.offering, variable) for each, variable in mine if is_course(self.instance, each.offering)]
        days = {run.start for run, _ in courses} | {run.start for run in self.courses[name]}
        for day in sorted(days):
            standing = sum(run.start <= day <= run.end for run in self.courses[name])
            terms = [(1.0, variable) for run, variable in courses if run.start <= day <= run.end]
            if terms and standing + len(terms) > most:
                program.require(terms, high=max(0, most - standing))

    def _peak(self, program: LinearProgram, name: str, mine: Sequence[tuple[Choice, int]], top: int) -> None:
        zone = self.calendars[name].trainer.zone
        full = {week: Counter[int]() for week in self.weeks((), {})[name]}
        for each, variable in mine:
            for session in each.offering.sessions:
                full.setdefault(week_of(local(session.start, zone)), Counter())[variable] += 1
        standing = self.weeks((), {})[name]
        for week, counts in sorted(full.items()):
            program.require([(1.0, top), *((-float(c), v) for v, c in counts.items())], low=standing[week])
