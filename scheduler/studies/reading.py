"""Reads a study file as strictly as an instance: every fault with its place, all in one run."""

from dataclasses import replace
from itertools import product
from pathlib import Path

from models.programme.edition import Edition
from models.programme.instance import Instance
from scheduler.files.editions import edition_paths, read_edition
from scheduler.files.faults import Ledger, comma_list
from scheduler.files.shaped import fitted, read_shape
from scheduler.files.yamltext import Document, Path_
from scheduler.studies.changes import CHANGES, MisuseError
from scheduler.studies.naming import check_names
from scheduler.studies.shapes import SamplesShape, StudyShape, change_shape, subject_of
from scheduler.studies.study import BASELINE, ChangeStep, Sampling, Scenario, Study

MOST = 100_000
"""Scenarios of one study."""

Placed = tuple[Path_, ChangeStep]
"""A step with the place of its mapping."""


def read_study(path: Path, instance: Instance, folder: Path | None = None) -> Study:
    """Return the study of a file about an instance; raise BadInstanceError with all its faults.

    `folder` = where the instance stands: editions beside it can be named too.
    """
    ledger = Ledger()
    shape, document = read_shape(path, path.name, StudyShape, ledger)
    if shape is None or document is None:
        ledger.refuse()
        raise AssertionError("a file that does not fit has faults")  # pragma: no cover
    reader = Reader(document, ledger)
    baseline = reader.steps(("baseline",))
    scenarios = [*reader.listed(shape), *reader.grid(shape)]
    reader.refuse_twins(scenarios)
    named = {one for steps in reader.read for one in _editions(steps[1])}
    editions = _read_editions(named - set(instance.editions), folder, ledger)
    known = replace(instance, editions=dict(sorted({**instance.editions, **editions}.items())))
    check_names(document, reader.read, tuple(shape.chances), known, ledger)
    ledger.refuse()
    return Study(
        id=shape.id,
        title=shape.title,
        question=shape.asked,
        baseline=baseline,
        scenarios=tuple(scenarios),
        tentative=shape.tentative,
        samples=_sampling(shape, document, ledger),
        chances=dict(sorted(shape.chances.items())),
        editions=editions,
    )


def _sampling(shape: StudyShape, document: Document, ledger: Ledger) -> Sampling | None:
    drawn: SamplesShape | None = shape.samples
    if drawn is None:
        return None
    if shape.asked != "alone" and (drawn.no_show or drawn.missed):
        message = "who misses a session plans again alone"
        ledger.add(document.fault("samples", message=message, allowed="no_show and missed with `question: alone`"))
        ledger.refuse()
    if shape.chances:
        message = "chances are weighed by themselves, not together with random samples"
        ledger.add(document.fault("chances", message=message, allowed="either `chances` or `samples`"))
        ledger.refuse()
    return Sampling(**drawn.model_dump())


def _editions(step: ChangeStep) -> list[str]:
    return [
        str(value)
        for key, value in (("edition" if step.change == "edition" else "", step.subject), *step.values)
        if key == "edition"
    ]


def _read_editions(names: set[str], folder: Path | None, ledger: Ledger) -> dict[str, Edition]:
    """Read the editions that changes name and the instance does not use; unknown ones are told where they are named."""
    paths = edition_paths(folder)
    found: dict[str, Edition] = {}
    for name in sorted(names & set(paths)):
        read = read_edition(paths[name], paths[name].as_posix(), ledger, must_be=name)
        if read.edition is not None:
            found[name] = read.edition
    return found


class Reader:
    """Turns the mappings of one document into steps; keeps every step with its place."""

    def __init__(self, document: Document, ledger: Ledger) -> None:
        self.document = document
        self.ledger = ledger
        self.read: list[Placed] = []

    def listed(self, shape: StudyShape) -> list[Scenario]:
        """Read the scenarios that are listed."""
        return [
            Scenario(id=each.id, steps=self.steps(("scenarios", place, "changes")))
            for place, each in enumerate(shape.scenarios)
        ]

    def grid(self, shape: StudyShape) -> list[Scenario]:
        """Read the scenarios of the grid."""
        if not shape.grid:
            return []
        axes = [
            [(f"{axis}={_words(steps)}", steps) for place in range(len(rows)) for steps in [self._cell(axis, place)]]
            for axis, rows in shape.grid.items()
        ]
        size = 1
        for axis in axes:
            size *= len(axis)
        if size > MOST:
            message = "the grid has too many scenarios"
            self.ledger.add(self.document.fault("grid", message=message, read=f"{size:,}", allowed=f"at most {MOST:,}"))
            return []
        return [
            Scenario(id=", ".join(name for name, _ in cells), steps=tuple(one for _, steps in cells for one in steps))
            for cells in product(*axes)
        ]

    def _cell(self, axis: str, place: int) -> tuple[ChangeStep, ...]:
        path = ("grid", axis, place)
        value = self.document.value(path)
        if value is None:
            return ()
        return self.steps(path) if isinstance(value, list) else tuple(self._step(path))

    def steps(self, path: Path_) -> tuple[ChangeStep, ...]:
        """Read a list of changes."""
        value = self.document.value(path)
        count = len(value) if isinstance(value, list) else 0
        return tuple(step for place in range(count) for step in self._step((*path, place)))

    def _step(self, path: Path_) -> list[ChangeStep]:
        value = self.document.value(path)
        if not isinstance(value, dict) or not value:
            self.ledger.add(
                self.document.fault(*path, message="not a change", allowed="a mapping, like {cancel: NOC25F}")
            )
            return []
        names = [key for key in value if key in CHANGES]
        # `edition` is a change and a key of others: the first key says which change it is.
        name = next(iter(value)) if next(iter(value)) in CHANGES else (names[0] if names else None)
        if name is None:
            first = next(iter(value))
            near = self.ledger.near(first, CHANGES)
            fault = self.document.fault(
                *path,
                first,
                message="no change of this name",
                read=first,
                allowed=comma_list(CHANGES, 30),
                near=near,
                key=True,
            )
            self.ledger.add(fault)
            return []
        return self._fitted(path, name)

    def _fitted(self, path: Path_, name: str) -> list[ChangeStep]:
        shape = fitted(self.document, path, change_shape(name), self.ledger)
        if shape is None:
            return []
        subject = subject_of(CHANGES[name])
        values = {key: getattr(shape, key) for key in shape.model_fields_set - {subject}}
        kept = tuple(sorted((key, value) for key, value in values.items() if value is not None))
        step = ChangeStep(change=name, subject=getattr(shape, subject), values=kept)
        try:
            CHANGES[name](step.subject, **dict(kept))
        except MisuseError as error:
            self.ledger.add(self.document.fault(*path, message=str(error)))
            return []
        self.read.append((path, step))
        return [step]

    def refuse_twins(self, scenarios: list[Scenario]) -> None:
        """Note scenarios of one name, and the name that the baseline has."""
        seen = {BASELINE}
        for each in scenarios:
            if each.id in seen:
                message = "two scenarios of this name" if each.id != BASELINE else "the baseline has this name"
                self.ledger.add(self.document.fault("scenarios", message=message, read=each.id))
            seen.add(each.id)


def _words(steps: tuple[ChangeStep, ...]) -> str:
    return " + ".join(each.words for each in steps) or "none"
