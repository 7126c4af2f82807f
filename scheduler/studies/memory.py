"""Answers of learners alone, taken over where that is proved to change nothing.

Three rules. An equal sight has an equal answer. A path stays the best, with the same day and the same value of every goal, where
what is gone from the sight is not in the path, and what is new ends after the day of graduation: a better path would have to be
possible before. (Whatever ends after graduation can be left out of a path without loss; so what is new is in no better path.)
And who is blocked stays so where nothing is new of the components that block.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.judging.activities import LONG_AGO
from models.programme.instance import Instance
from models.programme.plan import Path
from models.rules.window import graduated_in_time
from scheduler.engines.budget import Budget
from scheduler.solve.alone import is_over_at_graduation, solve_alone
from scheduler.solve.result import LearnerStatus
from scheduler.studies.blocked import blocks, core
from scheduler.studies.sights import Scene, Sight, Sights

MOST_ANSWERS = 20_000
MOST_OBSTACLES = 2
MOST_ANCHORS = 12
"""Answers of one learner that a new sight is compared with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedAnswer:
    """One learner's part alone: `graduates` has a day and a path, `graduated` a day."""

    status: LearnerStatus
    day: date | None = None
    path: Path | None = None


@dataclass(slots=True)
class ReuseCounts:
    """How often an answer was solved, and how often each rule took one over."""

    solved: int = 0
    same: int = 0
    unmoved: int = 0


@dataclass(frozen=True, slots=True)
class _Anchor:
    """An answer with the offerings to come in its sight, and those of them that the path books.

    `blocking` = the components that block who is blocked; None = not looked into.
    """

    runs: frozenset[int]
    used: frozenset[int]
    answer: RememberedAnswer
    blocking: frozenset[str] | None = None


@dataclass(slots=True)
class Memory:
    """Answers by sight; without `reuse` every question is solved."""

    base: Instance
    reuse: bool = True
    counts: ReuseCounts = field(default_factory=ReuseCounts)
    sights: Sights = field(init=False)
    answers: dict[Sight, RememberedAnswer] = field(default_factory=dict)
    anchors: dict[tuple[object, ...], list[_Anchor]] = field(default_factory=dict)
    early: dict[tuple[object, ...], dict[date, dict[tuple[int, ...], RememberedAnswer]]] = field(default_factory=dict)
    """Answers by all that ends up to their day: what ends later changes none of them."""

    obstacles: dict[tuple[object, ...], list[frozenset[str]]] = field(default_factory=dict)
    free: set[tuple[object, ...]] = field(default_factory=set)
    """What is known not to block, by the offerings of the components in question."""

    def __post_init__(self) -> None:
        """Begin with nothing but the base."""
        self.sights = Sights(self.base)

    def scene(self, instance: Instance) -> Scene:
        """Look at an instance before its learners are asked about; forget where too much is kept in mind."""
        if self.sights.is_full or max(len(self.answers), len(self.free)) > MOST_ANSWERS:
            self.sights, self.answers, self.anchors, self.early = Sights(self.base), {}, {}, {}
            self.obstacles, self.free = {}, set()
        return self.sights.scene(instance) if self.reuse else Scene(instance)

    def answer(self, scene: Scene, learner: str, budget: Budget) -> RememberedAnswer:
        """Return the answer of one learner in an instance."""
        if not (self.reuse and is_over_at_graduation(scene.instance, learner)):
            return self._solved(scene.instance, learner, budget)
        sight = self.sights.sight(scene, learner)
        known = self.answers.get(sight)
        if known is not None:
            self.counts.same += 1
            return known
        found = self._found_before(scene, sight, learner, budget)
        if found.status == "unknown":
            return found
        self.answers[sight] = found
        if found.status == "graduates" and found.day is not None:
            by_day = self.early.setdefault(sight.own, {}).setdefault(found.day, {})
            by_day[self.sights.up_to(sight, found.day)] = found
        return found

    def _found_before(self, scene: Scene, sight: Sight, learner: str, budget: Budget) -> RememberedAnswer:
        """Take an answer over by the rules, or solve."""
        for day, known in self.early.get(sight.own, {}).items():
            early = known.get(self.sights.up_to(sight, day))
            if early is not None:
                self.counts.unmoved += 1
                return early
        runs = self.sights.runs(sight)
        found = self._unmoved(sight, runs)
        if found is not None:
            self.counts.unmoved += 1
        else:
            found = self._still_blocked(scene, sight, runs, learner, budget)
        if found is None:
            found = self._solved(scene.instance, learner, budget)
            if found.status != "unknown":
                self._anchor(scene, sight, runs, learner, found, budget)
        return found

    def _solved(self, instance: Instance, learner: str, budget: Budget) -> RememberedAnswer:
        self.counts.solved += 1
        return remembered_alone(instance, learner, budget)

    def _still_blocked(
        self, scene: Scene, sight: Sight, runs: frozenset[int], learner: str, budget: Budget
    ) -> RememberedAnswer | None:
        """Ask whether what has blocked the learner before still does: if so, that is the whole proof."""
        for blocking in self.obstacles.get(sight.own, ()):
            part = (sight.own, blocking, frozenset(run for run in runs if self._plain(run)[1] in blocking))
            if part in self.free:
                continue
            self.counts.solved += 1
            if blocks(scene.instance, learner, blocking, budget):
                found = RememberedAnswer(status="blocked")
                self._keep(sight, _Anchor(runs, frozenset(), found, blocking))
                return found
            self.free.add(part)
        return None

    def _anchor(
        self, scene: Scene, sight: Sight, runs: frozenset[int], learner: str, found: RememberedAnswer, budget: Budget
    ) -> None:
        used = frozenset(scene.form[name] for name in (found.path.offerings if found.path else ()))
        rows = self.anchors.get(sight.own, [])
        blocking = None
        known = self.obstacles.setdefault(sight.own, [])
        if (
            found.status == "blocked"
            and len(known) < MOST_OBSTACLES
            and any(row.answer.status == "blocked" for row in rows)
        ):
            # Asked for the second time: to look into it costs a dozen searches, and saves many later.
            blocking = core(scene.instance, learner, budget)
            known.append(blocking)
        self._keep(sight, _Anchor(runs, used & runs, found, blocking))

    def _keep(self, sight: Sight, anchor: _Anchor) -> None:
        rows = self.anchors.setdefault(sight.own, [])
        if len(rows) == MOST_ANCHORS:
            rows.pop(1)  # the first is that of the baseline
        rows.append(anchor)

    def _unmoved(self, sight: Sight, runs: frozenset[int]) -> RememberedAnswer | None:
        """Return an answer that a known path, or a known obstacle, still gives."""
        for anchor in self.anchors.get(sight.own, ()):
            if self._stays(anchor, anchor.runs - runs, runs - anchor.runs, anchor.runs | runs):
                return anchor.answer
        return None

    def _stays(self, anchor: _Anchor, gone: frozenset[int], new: frozenset[int], all_runs: frozenset[int]) -> bool:
        answer = anchor.answer
        if answer.status in {"graduated", "not-enrolled"}:
            return True  # nothing is planned
        better = self.sights.better(gone, new)
        if answer.status == "blocked":
            blocking = anchor.blocking
            return not better or (blocking is not None and not any(self._plain(run)[1] in blocking for run in better))
        day = answer.day
        late = day is not None and all(self._plain(run)[3] > day for run in better)
        return late and not gone & anchor.used and not self._has_twins(gone | new, all_runs)

    def _has_twins(self, moved: frozenset[int], everything: frozenset[int]) -> bool:
        """Say whether another offering of the same component and days stands beside one that differs: ties hang on both."""
        spans = Counter(self._plain(run)[1:4] for run in everything)
        return any(spans[self._plain(run)[1:4]] > 1 for run in moved)

    def _plain(self, run: int) -> tuple[Any, ...]:
        return self.sights.offering(run)


def remembered_alone(instance: Instance, learner: str, budget: Budget) -> RememberedAnswer:
    """Solve one learner alone, or say that there is nothing to plan."""
    if instance.learner[learner].enrolled is None:
        return RememberedAnswer(status="not-enrolled")
    day = graduated_in_time(instance, learner)
    if day is not None:
        return RememberedAnswer(status="graduated", day=None if day == LONG_AGO else day)  # an exemption has no day
    found = solve_alone(instance, learner, budget=budget)
    if found.path is not None:
        return RememberedAnswer(status="graduates", day=found.graduation, path=found.path)
    return RememberedAnswer(status="blocked" if found.kind == "infeasible" else "unknown")
