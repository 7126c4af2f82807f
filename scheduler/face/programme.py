"""`Programme`: the instance of a folder, and the questions that can be asked of it."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scheduler.face.about_calendar import AboutCalendar
from scheduler.face.about_learners import AboutLearners

if TYPE_CHECKING:
    from models.programme.plan import Plan
    from scheduler.face.judged import PlanJudged
    from scheduler.face.paths import Paths
    from scheduler.face.studies import Studied
    from scheduler.studies.study import Study


class Programme(AboutLearners, AboutCalendar):
    """An instance to ask questions of, and what is odd about its files but stops nothing."""

    __slots__ = ()

    def whatif(
        self,
        study: "Study | Path | str",
        *,
        alone: bool = False,
        executor: str = "processes",
        workers: int | None = None,
        store: Path | None = None,
        time_limit: float | None = None,
    ) -> "Studied":
        """Answer the scenarios of a study, or of its file; raise BadInstanceError with all faults of the file.

        `executor` = where to solve: processes of this machine, or `serial` in this one; `store` = a file that keeps results.
        """
        from scheduler.answers.whatif import answer_study
        from scheduler.engines.budget import Budget
        from scheduler.face.studies import Studied
        from scheduler.studies.reading import read_study
        from scheduler.studies.running import Means

        asked = read_study(Path(study), self.instance, self.folder) if isinstance(study, str | Path) else study
        if alone and asked.question == "repeats":
            raise ValueError("alone asks when learners graduate: this study asks for repeats")
        asked = replace(asked, question="alone") if alone else asked
        means = Means(executor=executor, workers=workers, store=store)
        return Studied(answer_study(asked, self.instance, means, budget=Budget(time_limit)))

    def check(
        self,
        plan: "Plan | Paths | Path | str",
        *,
        certificate: Mapping[str, Any] | Path | str | None = None,
        tentative: bool = False,
        free: bool = False,
    ) -> "PlanJudged":
        """Judge a plan by plain checks: a plan, an answer of `path`, or a file of one, whoever made it.

        `certificate` = what `certificate` of an answer of `path` returned, or a file that `scheduler path --certificate` wrote.

        Raise BadInstanceError with all faults of the files.
        """
        from scheduler.answers.check import answer_check
        from scheduler.face.judged import PlanJudged
        from scheduler.face.paths import Paths
        from scheduler.files.certificates import Certificate, read_certificate
        from scheduler.files.plans import read_plan

        instance = self._posed(tentative=tentative, free=free)
        if isinstance(plan, str | Path):
            plan = read_plan(Path(plan), instance).plan
        elif isinstance(plan, Paths):
            plan = plan.found.result.plan
        if isinstance(certificate, str | Path):
            proof: Certificate | None = read_certificate(Path(certificate))
        else:
            proof = None if certificate is None else Certificate.model_validate_json(json.dumps(certificate))
        return PlanJudged(answer_check(instance, plan, proof))
