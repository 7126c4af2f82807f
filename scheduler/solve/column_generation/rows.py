"""One learner's part of a joint question in a few plain facts, where the problem falls apart into pools of components."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from models.formulation.learner_variables import OfferingVariables
from models.programme.edition import Requirement
from scheduler.solve.offers import FAR, Ground, Offer, Starts

RequirementPool = tuple[str, ...]
"""The components of a requirement: the requirements of one pool are met together."""

Load = tuple[int | None, int | None]
"""The most courses at once, and the most minutes a week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubproblemData:
    """What a learner needs, can have and keeps, and from when to when.

    `usable` and `talks` are offerings by id; `missing` counts by pool; `tasks` are the starts of tasks that every path holds.
    `floor` = a day number before which no path ends; after everything else come `final_days` days, over by `final_floor` at the
    earliest. `pairs` are the components (later, earlier) of which the later needs the earlier, and neither is done or booked.
    """

    learner: str
    edition: str
    usable: frozenset[str]
    kept: frozenset[str]
    talks: frozenset[str]
    speaks_at: frozenset[str]
    missing: dict[RequirementPool, int]
    role: tuple[RequirementPool, str] | None
    tasks: tuple[tuple[str, int], ...]
    pairs: frozenset[tuple[str, str]]
    sure: frozenset[str]
    last_day: int
    floor: int
    final_days: int
    final_floor: int
    finals: tuple[tuple[str, int, int], ...]
    load: Load


class UnsupportedError(Exception):
    """A learner whose problem does not fall apart: such a learner's paths are priced by the solver."""


def row_of(ground: Ground | None) -> SubproblemData | None:
    """Return a learner's facts; None where the problem does not fall apart into pools."""
    if ground is None:
        return None
    try:
        return _Reading(ground).row()
    except UnsupportedError:
        return None


@dataclass(slots=True)
class _Reading:
    ground: Ground
    starts: Starts = field(init=False)
    usable: set[str] = field(default_factory=set)
    talks: set[str] = field(default_factory=set)
    missing: dict[RequirementPool, int] = field(default_factory=dict)
    tasks: dict[str, int] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)
    needed: set[str] = field(default_factory=set)
    role: tuple[RequirementPool, str] | None = None
    floor: int = 0

    def __post_init__(self) -> None:
        self.starts = Starts(self.ground, frozenset())
        self.floor = self.ground.today

    def row(self) -> SubproblemData:
        ground, choices = self.ground, self.ground.choices
        for requirement, missing in ground.needs:
            if not ground.is_closing(requirement):
                (self._add_pool if requirement.role is None else self._add_role)(requirement, missing)
        finals = self._finals()
        pairs = frozenset(self._pairs())
        self._refuse_crowds(pairs)
        kept = choices.kept
        name = self.role[1] if self.role else None
        return SubproblemData(
            learner=choices.learner.id,
            edition=choices.edition.id,
            usable=frozenset(self.usable),
            kept=frozenset(kept),
            talks=frozenset(self.talks),
            speaks_at=frozenset(each for each in self.talks if each in kept and kept[each].role == name),
            missing=self.missing,
            role=self.role,
            tasks=tuple(sorted(self.tasks.items())),
            pairs=pairs,
            sure=frozenset(self.sure),
            last_day=ground.last_day,
            floor=self.floor,
            final_days=max((length for _, _, length in finals), default=0),
            final_floor=max((start + length - 1 for _, start, length in finals), default=0),
            finals=finals,
            load=(choices.learner.max_courses, choices.learner.max_weekly_minutes),
        )

    def _add_pool(self, requirement: Requirement, missing: int) -> None:
        counted = {code: offers for code, offers in self.starts.counted(requirement).items() if offers}
        repeatable = [code for code in counted if self.ground.choices.edition.component[code].repeatable]
        if repeatable and len(requirement.pool) > 1:
            raise UnsupportedError
        if not repeatable and missing >= len(counted):
            self.sure |= counted.keys()
        self.needed |= counted.keys()
        for code, offers in counted.items():
            tasks = [offer for offer in offers if not isinstance(offer.chosen, OfferingVariables)]
            if tasks:
                self._add_task(tasks[0], sure=code in self.sure and len(offers) == 1)
                missing -= 1
            else:
                self.usable |= {offer.id for offer in offers}
        if missing > 0:
            self.missing[requirement.pool] = missing

    def _add_task(self, offer: Offer, *, sure: bool) -> None:
        if not sure or offer.first >= FAR:
            raise UnsupportedError
        self.tasks[offer.code] = offer.first
        self.floor = max(self.floor, offer.last)

    def _add_role(self, requirement: Requirement, missing: int) -> None:
        edition = self.ground.choices.edition
        (code, *more) = requirement.pool
        if missing > 1 or more or not edition.component[code].repeatable or self.role is not None:
            raise UnsupportedError
        self.role = (requirement.pool, requirement.role or "")
        self.talks = {offer.id for offer in self.starts.counted(requirement).get(code, ())}
        self.usable |= self.talks
        self.needed.add(code)
        self.missing.setdefault(requirement.pool, 0)

    def _finals(self) -> tuple[tuple[str, int, int], ...]:
        finals = self.starts.finals(self.ground.today)
        if finals is None or any(offer.first >= FAR for offer in finals):
            raise UnsupportedError
        component = self.ground.choices.edition.component
        return tuple((offer.code, offer.first, component[offer.code].length) for offer in finals)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Yield what needs what; every need must be met by what a path surely holds, or may hold."""
        choices = self.ground.choices
        runs = [choices.instance.offering[each] for each in choices.kept]
        booked = {run.component for run in runs}
        ahead = {run.component for run in runs if run.start > choices.instance.as_of}
        edition = choices.edition
        for code in sorted((self.needed | ahead | self.tasks.keys() | edition.last_codes) & edition.component.keys()):
            for earlier in self._unmet(code):
                if earlier in self.tasks:
                    self._refuse_early(code, earlier)
                    continue
                if code in ahead or not self._can_be_told(code, earlier, booked):
                    raise UnsupportedError
                if earlier not in booked:
                    yield code, earlier

    def _refuse_early(self, code: str, task: str) -> None:
        """Refuse a booking that starts before a task that it needs is over."""
        choices = self.ground.choices
        over = self.tasks[task] + choices.edition.component[task].length
        kept = (choices.instance.offering[each] for each in choices.kept)
        if any(
            run.component == code and choices.instance.as_of.toordinal() < run.start.toordinal() < over for run in kept
        ):
            raise UnsupportedError

    def _can_be_told(self, code: str, earlier: str, booked: Collection[str]) -> bool:
        """Say whether a path that holds a component may be taken to hold what it needs."""
        is_task = self.ground.choices.edition.component[code].kind == "task"
        if is_task and (earlier not in self.sure or code not in self.ground.choices.edition.last_codes):
            return False
        return earlier in booked or earlier in self.needed

    def _refuse_crowds(self, pairs: frozenset[tuple[str, str]]) -> None:
        """Refuse a pool of which other pools may need more than it needs itself: a path could hold more than counts."""
        for pool, missing in self.missing.items():
            wanted = {earlier for later, earlier in pairs if earlier in pool and later not in pool}
            if len(wanted - self.sure) > missing:
                raise UnsupportedError

    def _unmet(self, code: str) -> Iterator[str]:
        """Yield what a component needs first and what is not done; only single things that count once can be told."""
        choices = self.ground.choices
        edition = choices.edition
        entries = list(edition.component[code].requires)
        if code not in edition.first_codes:
            entries += edition.first
        for entry in entries:
            if any(choices.done(each) for each in entry):
                continue
            if len(entry) > 1 or edition.component[entry[0]].repeatable:
                raise UnsupportedError
            yield entry[0]
