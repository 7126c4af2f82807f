"""An offering is taught by as many trainers as it needs, all of whom teach its component."""

from collections.abc import Iterator, Sequence

from models.formulation.learner_variables import LearnerVariables
from models.formulation.linear import Poster
from models.judging.calendar import Run, runs_held
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Plan
from models.programme.words import listed, plural
from models.rule import Rule, Violation


def check(instance: Instance, plan: Plan) -> Iterator[Violation]:
    """Find offerings that somebody teaches who does not teach the component, and additions with too few trainers."""
    for run in runs_held(instance, plan):
        for name in run.trainers:
            if not _teaches(instance, name, run.offering.component):
                words = f"{name} teaches {run.offering.id}, and trainers.csv does not list {run.offering.component}"
                yield _violation(run, f"{words} among what {name} teaches")
        needed = crew_of(instance, run.offering)
        if instance.trainers and needed is not None and len(set(run.trainers)) != needed:
            has = f"{listed(run.trainers)} alone" if len(run.trainers) == 1 else plural(len(run.trainers), "trainer")
            yield _violation(run, f"{run.offering.id} needs {plural(needed, 'trainer')}, and {has} teach it")


def _violation(run: Run, sentence: str) -> Violation:
    return Violation(
        rule="taught", learner=None, offerings=(run.offering.id,), sentence=sentence, source="trainers.csv"
    )


def _teaches(instance: Instance, name: str, code: str) -> bool:
    trainer = instance.trainer.get(name)
    return trainer is None or not trainer.teaches or code in trainer.teaches


def crew_of(instance: Instance, run: Offering) -> int | None:
    """Return how many trainers an offering needs; None where nothing says it: what stands without trainers stays so.

    Of a candidate something always says it: itself, or its component, or else one teaches it.
    """
    stated = stated_crew(instance, run.component) if run.crew is None else run.crew
    return 1 if stated is None and run.status == "candidate" else stated


def stated_crew(instance: Instance, code: str) -> int | None:
    """Return how many trainers a component needs, the most that an edition states; None where none states it."""
    several = [edition.component[code].trainers for edition in instance.editions.values() if code in edition.component]
    return max((each for each in several if each is not None), default=None)


def post(everyone: Sequence[LearnerVariables], poster: Poster) -> None:
    """Give each candidate that is held as many trainers as it needs."""
    holding = everyone[0].holding if everyone else None
    if holding is None or not holding.instance.trainers:
        return
    for offering, held in holding.held.items():
        run = holding.instance.offering[offering]
        crew = crew_of(holding.instance, run) or 1
        able = [name for name in run.trainers if _teaches(holding.instance, name, run.component)]
        for name in set(run.trainers) - set(able):
            poster.forbid(holding.teaches[offering, name])
        poster.require([*((1, holding.teaches[offering, name]) for name in able), (-crew, held)], low=0, high=0)


RULE = Rule(
    name="taught",
    sentence="An offering is taught by as many trainers as it needs, and all of them teach its component.",
    scope="calendar",
    rows=r"$\sum_i u_{oi} = k_o h_o$",
    check=check,
    post=post,
)
