"""The cases of a study, one a scenario and sample, each with the digest of all that its outcome depends on."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from models.programme.instance import Instance
from scheduler.files.digest import digest_of
from scheduler.studies.study import ChangeStep, Scenario, Study
from scheduler.versions import version_of

FORM = 1
"""Counted up when outcomes are stored in another form, or mean something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioCase:
    """One scenario, or one sample of it; `key` = the digest under which its outcome is kept."""

    scenario: Scenario
    sample: int | None
    key: str


def cases_of(study: Study, instance: Instance) -> Iterator[ScenarioCase]:
    """Return the cases in order, the baseline's first."""
    common = _digest(_common(study, instance))
    samples: list[int | None] = [None] if study.samples is None else [*range(study.samples.count)]
    for scenario in study.everything:
        steps = [_plain(each) for each in (*study.baseline, *scenario.steps)]
        for sample in samples:
            key = _digest({"common": common, "steps": steps, "sample": sample})
            yield ScenarioCase(scenario=scenario, sample=sample, key=key)


def _common(study: Study, instance: Instance) -> dict[str, Any]:
    """Return what all cases of a study depend on. How many samples are drawn changes none of them."""
    sampling = None if study.samples is None else {**asdict(study.samples), "count": None}
    return {
        "form": FORM,
        "versions": versions(),
        "instance": digest_of(instance),
        "free": instance.is_free,
        "tentative": study.tentative or instance.tentative,
        "editions": {name: str(edition) for name, edition in sorted(study.editions.items())},
        "question": study.question,
        "sampling": sampling,
        "chances": dict(study.chances),
    }


def _plain(step: ChangeStep) -> list[Any]:
    return [step.change, step.subject, list(step.values)]


def versions() -> dict[str, str]:
    """Return the versions that an outcome depends on: this program's and the solver's."""
    return {name: version_of(name) for name in ("cohort-scheduler", "ortools")}


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_day)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {type(value).__name__}")
