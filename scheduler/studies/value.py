"""What one more run of a component is worth in each month: learner-days saved, and who then finishes in time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.changes.eased import as_if_had
from models.programme.instance import Instance
from scheduler.candidates.monthly import ExtraRun, extra_run, lacking_offerings, months
from scheduler.candidates.policy import first_new_day
from scheduler.engines.budget import Budget
from scheduler.engines.cpsat import Settings
from scheduler.explain.effects import Effect, effect, is_same
from scheduler.meaning import Meaning, of_rows
from scheduler.solve.answers import Answers, answer_alone, answers_alone, answers_jointly
from scheduler.studies.prices import Prices, clock_stands

Count = Callable[[int, int], None]
"""Hears how many of how many are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunValue:
    """One supposed run, and what it changes."""

    extra: ExtraRun
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class Values:
    """The worth of each supposed run, by component and month; `silent` = components whose length nobody states.

    `complete` = no run is left out for want of time.
    """

    instance: Instance
    together: bool
    answers: Answers
    months: tuple[date, ...]
    rows: tuple[RunValue, ...]
    silent: tuple[str, ...]
    complete: bool

    @property
    def meaning(self) -> Meaning:
        """What the answer comes to."""
        return of_rows(complete=self.complete, rows=len(self.rows))

    @property
    def ranked(self) -> tuple[RunValue, ...]:
        """The runs that change anything for the better, the best first: graduations, then learner-days."""
        useful = [row for row in self.rows if row.effect.worth > (0, 0)]
        return tuple(sorted(useful, key=lambda row: (_down(row.effect), row.extra.run.start, row.extra.component)))


def _down(change: Effect) -> tuple[int, int]:
    graduations, days = change.worth
    return -graduations, -days


@dataclass(frozen=True, slots=True, kw_only=True)
class SupposedRuns:
    """Which runs are supposed: of these components, from the month of one day to that of another."""

    components: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


def dated_components(instance: Instance) -> tuple[str, ...]:
    """Return the components that the learners' editions hold at dates, in the editions' order."""
    editions = {instance.editions[learner.edition].id for learner in instance.learners if learner.enrolled}
    used = [instance.editions[name] for name in sorted(editions, key=lambda name: (name != instance.edition, name))]
    return tuple(dict.fromkeys(each.code for edition in used for each in edition.components if each.kind != "task"))


def values_of(
    instance: Instance,
    season: SupposedRuns | None = None,
    *,
    together: bool = True,
    settings: Settings | None = None,
    budget: Budget | None = None,
    tell: Count | None = None,
) -> Values:
    """Add one run of each component in each month in turn; without a season, of all and until the calendar ends."""
    season, budget = season or SupposedRuns(), budget or Budget()
    codes = season.components or dated_components(instance)
    shown = tuple(months(season.first or first_new_day(instance), season.last or instance.last_day))
    trial = _Trial(instance, together, settings or Settings(), budget)
    extras = [found for code in codes for month in shown if (found := extra_run(instance, code, month))]
    rows: list[RunValue] = []
    for number, extra in enumerate(extras):
        change = trial.effect_of(extra) if not budget.is_over else Effect(proved=False)
        if budget.is_over and not change.proved:
            break
        rows.append(RunValue(extra=extra, effect=change))
        if tell:
            tell(number + 1, len(extras))
    return Values(
        instance=instance,
        together=together,
        answers=trial.answers,
        months=shown,
        rows=tuple(rows),
        silent=lacking_offerings(instance, codes),
        complete=len(rows) == len(extras) and trial.answers.proved,
    )


@dataclass
class _Trial:
    """The answers as things are, and the days before which nobody can graduate, whatever run is added."""

    instance: Instance
    together: bool
    settings: Settings
    budget: Budget
    alone: Answers = field(init=False)
    answers: Answers = field(init=False)
    prices: Prices = field(init=False)
    hopes: dict[tuple[str, str], date | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Answer the question as things are."""
        self.alone = answers_alone(self.instance, self.instance.learner, settings=self.settings, budget=self.budget)
        self.answers = self.alone
        if self.together:
            self.answers = answers_jointly(self.instance, self.alone, settings=self.settings, budget=self.budget)
        self.prices = Prices(self.instance, self.answers, self.settings, self.budget)

    def effect_of(self, extra: ExtraRun) -> Effect:
        """Return what one supposed run changes."""
        takers = [learner for learner in self.alone.of if self._may_book(learner, extra.component)]
        if not takers:
            return effect(self.answers, self.answers)
        changed = extra.change(self.instance)
        hopeful = [learner for learner in takers if self._may_gain(learner, extra)]
        again = answers_alone(changed, hopeful, settings=self.settings, budget=self.budget)
        new = Answers(of={**self.alone.of, **again.of}, proved=self.alone.proved and again.proved)
        if self.together:
            new = self._jointly(extra, changed, takers, new)
        return effect(self.answers, new)

    def _jointly(self, extra: ExtraRun, changed: Instance, takers: Sequence[str], alone: Answers) -> Answers:
        """Plan all together with a run, unless it is proved that the plan as things are stays the best."""
        if is_same(self.alone, alone) and is_same(self.alone, self.answers):
            return self.answers  # nobody waits for anybody, and nobody can do better even alone
        stuck = [learner for learner, answer in self.alone.of.items() if answer.graduation is None]
        freed = any(alone.graduation(learner) for learner in stuck)
        if not freed and self.prices.never_pays(extra, changed, takers):
            return self.answers
        return answers_jointly(changed, alone, settings=self.settings, budget=self.budget)

    def _may_book(self, learner: str, code: str) -> bool:
        """Say whether a learner could ever book a run of a component: what is done, or not of the edition, is not booked."""
        component = self.instance.component_for(learner, code)
        answer = self.alone.of[learner]
        if component is None or answer.status in {"not-enrolled", "graduated"}:
            return False
        done = any(thing.component == code for thing in self.instance.initial_state[learner].done)
        return self.instance.edition_of(learner).may_recur(code) or not done

    def _may_gain(self, learner: str, extra: ExtraRun) -> bool:
        """Say whether a run could bring a learner's day forward, alone: it ends before that day, and there is hope."""
        day, last = self.alone.of[learner].graduation, self.alone.of[learner].deadline
        if day is not None and extra.run.end >= day:
            return False
        if last is not None and extra.run.end > last and clock_stands(self.instance, learner):
            return False
        hope = self._hope(learner, extra.component)
        return hope is not None and (day is None or hope < day)

    def _hope(self, learner: str, code: str) -> date | None:
        """Return a day before which no run of a component lets a learner graduate: as if the component were done."""
        key = (learner, code)
        if key not in self.hopes:
            self.hopes[key] = date.min
            if clock_stands(self.instance, learner):
                found, proved = answer_alone(
                    as_if_had(learner, code)(self.instance), learner, settings=self.settings, budget=self.budget
                )
                # Who meets everything by exemptions has graduated, on no day that anybody states.
                blocked = proved and found.status == "blocked"
                self.hopes[key] = None if blocked else (proved and found.graduation) or date.min
        return self.hopes[key]
