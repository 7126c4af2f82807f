"""Turns what a study came to into one tidy table: a row for each scenario and learner, and a summary row for each scenario."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from scheduler.studies.columns import NAMES
from scheduler.studies.outcome import Part, ScenarioOutcome
from scheduler.studies.parts import DONE, LearnerCells, person_of, samples_of
from scheduler.studies.running import Ran
from scheduler.studies.study import BASELINE
from scheduler.studies.totals import sampled, total

Row = dict[str, Any]


def frame_of(ran: Ran) -> pd.DataFrame:
    """Return the table of a study, the baseline's rows first, then the scenarios in their order."""
    rows = list(rows_of(ran))
    frame = pd.DataFrame(rows, columns=list(NAMES))
    for name in NAMES:
        values = [row[name] for row in rows if row.get(name) is not None]
        if values and all(isinstance(value, int | float) for value in values):
            whole = all(isinstance(value, int) for value in values)
            frame[name] = pd.array([row.get(name) for row in rows], dtype="Int64" if whole else "Float64")
        else:
            frame[name] = pd.array([row.get(name) for row in rows], dtype="object")
    frame.attrs["counts"] = {"solved": ran.counts.solved, "reused": ran.counts.reused, "kept": ran.kept}
    return frame


def rows_of(ran: Ran) -> Iterator[Row]:
    """Yield the rows of all scenarios, learners first."""
    by_scenario: dict[str, list[tuple[int | None, str, ScenarioOutcome | None]]] = {}
    for case in ran.cases:
        by_scenario.setdefault(case.scenario.id, []).append((case.sample, case.key, ran.outcomes.get(case.key)))
    today = ran.instance.as_of
    before: dict[str, LearnerCells] = {}
    base: list[ScenarioOutcome | None] = [outcome for _, _, outcome in by_scenario[BASELINE]]
    for scenario, drawn in by_scenario.items():
        outcomes = [outcome for _, _, outcome in drawn]
        people = _people(outcomes, base, today)
        before = people if scenario == BASELINE else before
        rows = [*_learner_rows(people, before, len(drawn))] if ran.study.samples is None or all(outcomes) else []
        yield from ({"scenario": scenario, "kind": "learner", **row} for row in rows)
        seed = ran.study.samples.seed if ran.study.samples else None
        singles = [
            {**total(outcome, first, today), "digest": key, "seed": seed, "sample": sample}
            for (sample, key, outcome), first in zip(drawn, base, strict=True)
        ]
        if ran.study.samples is None:
            yield {"scenario": scenario, "kind": "scenario", **singles[0]}
        else:
            yield from ({"scenario": scenario, "kind": "sample", **row} for row in singles)
            yield {"scenario": scenario, "kind": "scenario", "seed": seed, **sampled(singles)}


def _people(
    outcomes: Sequence[ScenarioOutcome | None], base: Sequence[ScenarioOutcome | None], today: date
) -> dict[str, LearnerCells]:
    """Return everybody of a scenario: one outcome, or what the samples say together."""
    known = [outcome for outcome in outcomes if outcome is not None and outcome.status != "error"]
    if len(outcomes) == 1:
        parts = known[0].parts if known else ()
        return {part.learner: person_of(part, today) for part in parts}
    if len(known) < len(outcomes):
        return {}
    names = sorted({part.learner for outcome in known for part in outcome.parts})
    each: dict[str, list[Part | None]] = {name: [] for name in names}
    first: dict[str, list[Part | None]] = {name: [] for name in names}
    for outcome, reference in zip(known, base, strict=True):
        here = {part.learner: part for part in outcome.parts}
        there = {part.learner: part for part in reference.parts} if reference else {}
        for name in names:
            each[name].append(here.get(name))
            first[name].append(there.get(name))
    return {name: samples_of(each[name], first[name], today) for name in names}


def _learner_rows(
    people: Mapping[str, LearnerCells], before: Mapping[str, LearnerCells], samples: int
) -> Iterator[Row]:
    for name, person in sorted(people.items()):
        row = {**person.row, "learner": name, "samples": samples if samples > 1 else None}
        reference = before.get(name)
        if "days_later" not in row and reference is not None and person.status in DONE:
            here, there = person.days, reference.days
            row["days_later"] = here - there if here is not None and there is not None else None
        yield row
