"""What `scheduler path` is asked to search for: which goals go together, and the question they make."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from models.programme.instance import Instance
    from scheduler.answers.path import PathAsked


@dataclass(frozen=True, slots=True, kw_only=True)
class PathOptions:
    """What is searched for, and how."""

    learners: tuple[str, ...]
    alone: bool
    goal: Literal["fastest", "gentlest"]
    fair: bool
    priority: Path | None
    alternatives: int
    time_limit: float | None
    seed: int
    workers: int


def refuse_other_goals(search: PathOptions, *, free: bool, certificate: bool) -> None:
    """Refuse goals that do not go together."""
    if search.alone and not search.learners:
        raise click.UsageError("--alone asks about some learners: it needs --learner")
    if certificate and search.learners and not search.alone:
        raise click.UsageError("--certificate proves a plan of all learners, or with --alone of those --learner names")
    if search.goal == "gentlest" and search.fair:
        raise click.UsageError(
            "--fair weighs days of graduation, and --goal gentlest puts light weeks first: choose one"
        )
    if search.goal == "gentlest" and search.priority:
        raise click.UsageError("--priority says who graduates early first: it needs --goal fastest")
    if certificate and (free or search.goal != "fastest" or search.fair or search.priority):
        raise click.UsageError(
            "--certificate proves the fastest plan in which what is booked stays, without --fair or --priority"
        )


def asked_of(instance: "Instance", search: PathOptions) -> "PathAsked":
    """Return what the options ask; raise click.BadParameter or BadInstanceError for names and files that are wrong."""
    from scheduler.answers.path import PathAsked
    from scheduler.commands.names import refuse_unknown
    from scheduler.engines.cpsat import Settings
    from scheduler.questions import PathQuestion

    refuse_unknown("learner", search.learners, instance.learner)
    priorities = None
    if search.priority is not None:
        from scheduler.files.priorities import read_priorities

        priorities = read_priorities(search.priority, instance)
    chosen = tuple(sorted(set(search.learners) or instance.learner))
    return PathAsked(
        question=PathQuestion(learners=chosen, style=search.goal, fair=search.fair, priorities=priorities),
        details=bool(search.learners),
        names_learners=bool(search.learners),
        alone=search.alone,
        alternatives=search.alternatives,
        settings=Settings(search.seed, search.workers),
    )
