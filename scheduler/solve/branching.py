"""How to go on when a relaxed path breaks a rule: the ways out of which every lawful path takes at least one.

Where a monotone rule is broken, one of the offerings that it names has to go. Rules need not be known here: a path is judged
by all of them, and where no way out is known the general model takes over.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rule import Violation
from models.rules import rule_named
from scheduler.solve.offers import Ground

ORDERED = "prerequisites"
"""The one rule that is no monotone one and of which a way out is known here; any other is left to the general model."""


HOPELESS = 12
"""Broken rules from which a path is not mended one by one."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What a part of the search leaves out, and what it takes in any case."""

    without: frozenset[str] = frozenset()
    forced: frozenset[str] = frozenset()


def branches(ground: Ground, branch: Branch, broken: Sequence[Violation]) -> list[Branch] | None:
    """Return the parts into which a part falls; an empty list if it holds no path; None where no way out is known.

    A path that breaks very many rules is far from a lawful one, and would be taken apart without end: that counts as none.
    """
    if len(broken) > HOPELESS:
        return None
    for violation in broken:
        rule = rule_named(violation.rule)
        if (
            rule is not None
            and rule.monotone
            and all(each in ground.choices.instance.offering for each in violation.offerings)
        ):
            new = [offering for offering in violation.offerings if offering not in ground.choices.kept]
            return [Branch(branch.without | {offering}, branch.forced) for offering in new]
    for violation in broken:
        if violation.rule == ORDERED:
            return _before(ground, branch, violation.offerings[0])
    return None


def _before(ground: Ground, branch: Branch, late: str) -> list[Branch] | None:
    """Leave out what starts too early, or take what it requires in time: of single requirements that count once."""
    instance, edition = ground.choices.instance, ground.choices.edition
    run = instance.offering.get(late)
    if run is None or late in ground.choices.kept:
        return None
    entries = [entry for entry in edition.component[run.component].requires if not ground.choices.done(entry[0])]
    if any(len(entry) > 1 or edition.component[entry[0]].repeatable for entry in entries):
        return None
    codes = [entry[0] for entry in entries]
    if any(edition.component[code].kind == "task" for code in codes):
        return None
    too_late = {
        offer.id for code in codes for offer in ground.offers[code] if not instance.offering[offer.id].ends_before(run)
    }
    if any(offering in ground.choices.kept for offering in too_late):
        return [Branch(branch.without | {late}, branch.forced)]
    return [
        Branch(branch.without | {late}, branch.forced),
        Branch(branch.without | too_late, branch.forced | set(codes)),
    ]
