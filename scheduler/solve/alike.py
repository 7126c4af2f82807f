"""Learners who differ in nothing but their name: their paths may change hands, so one order of them is enough."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from models.formulation.completion_day import finish_day
from models.formulation.formulate import Formulation
from models.formulation.linear import Poster
from models.programme.instance import Instance
from models.programme.people import Learner, Waiting


def alike(instance: Instance, learners: Iterable[str]) -> list[list[str]]:
    """Return the groups of two or more learners with the same data, standing, waits and unavailable spans, in order."""
    return [group for group in in_groups(instance, learners) if len(group) > 1]


def in_groups(instance: Instance, learners: Iterable[str]) -> list[list[str]]:
    """Return all learners in groups with the same data, standing, waits and spans, in order; who has no equal is alone."""
    waits = waits_of(instance)
    groups: dict[object, list[str]] = {}
    for learner in learners:
        spans = tuple(sorted((row.span.start, row.span.end) for row in instance.unavailable_of.get(learner, ())))
        standing = (instance.initial_state[learner], instance.waived_for.get(learner), waits.get(learner, ()))
        groups.setdefault((without_name(instance.learner[learner]), standing, spans), []).append(learner)
    return list(groups.values())


def same_facts(instance: Instance, learners: Iterable[str]) -> dict[str, str]:
    """Return for each learner one whose records, data, standing, waits and spans are the same: the first of them in order."""
    found: dict[str, str] = {}
    for group in in_groups(instance, learners):
        firsts: dict[object, str] = {}
        for name in group:
            rows = tuple(replace(row, learner="", note=None) for row in instance.records_of.get(name, ()))
            found[name] = firsts.setdefault(rows, name)
    return found


def without_name(learner: Learner) -> Learner:
    """Return a learner without what only tells people apart."""
    return replace(learner, id="", note=None, email=None)


def waits_of(instance: Instance) -> dict[str, tuple[Waiting, ...]]:
    """Return by learner what is waited for, without the name."""
    waits: dict[str, tuple[Waiting, ...]] = {}
    for row in instance.waitlist:
        waits[row.learner] = (*waits.get(row.learner, ()), replace(row, learner=""))
    return waits


def order_alike(formulation: Formulation) -> None:
    """Let learners of a group graduate in their order, and those who do not graduate come last."""
    everyone = {choices.learner.id: choices for choices in formulation.everyone}
    poster = Poster(formulation.model)
    for group in alike(formulation.instance, everyone):
        for one, other in pairwise(group):
            before, after = everyone[one], everyone[other]
            if before.graduates is None or after.graduates is None:
                continue
            poster.require([(1, before.graduates), (-1, after.graduates)], low=0)
            poster.require([(1, finish_day(after)), (-1, finish_day(before))], low=0, given=[after.graduates])
