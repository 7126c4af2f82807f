"""Says facts of a conflict in the words of the question: which runs end in time, and which two offerings meet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from models.judging.activities import activities_of
from models.judging.completion import amount_of
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.plan import Path
from models.programme.words import SHOWN, listed, number, span_in_words
from models.rule import Fact
from models.rules.bookable import runs_for
from scheduler.explain.asked import meetings
from scheduler.explain.cases import FeasibilityOracle, told
from scheduler.explain.conflicts import in_order, is_minimal, shrunk


def named(case: FeasibilityOracle, conflict: Sequence[Fact], before: date | None = None) -> tuple[Fact, ...]:
    """Return a minimal conflict with its clashes as pairs of offerings, its runs as those that end before a day, in order."""
    facts = _in_pairs(case, conflict) if any(fact.rule == "clashes" for fact in conflict) else list(conflict)
    timed = [_timed(case.whole, case.learner, fact, before) for fact in facts] if before else facts
    return told(in_order([_counted(case.whole, case.learner, fact) for fact in timed]))


def _in_pairs(case: FeasibilityOracle, conflict: Sequence[Fact]) -> list[Fact]:
    """Put the few pairs of offerings that meet in the place of the whole rule; nothing changes if that is not proved."""
    pieces = meetings(case.instance)
    finer = replace(case, rules=(*(rule for rule in case.rules if rule.name != "clashes"), *pieces))
    everything = finer.facts
    pairs = [fact for fact in everything if fact.rule.startswith("clashes:")]
    others = [fact for fact in conflict if fact.rule != "clashes"]
    names = {(fact.rule, fact.sentence) for fact in others}
    gone = [fact for fact in everything if fact not in pairs and (fact.rule, fact.sentence) not in names]
    mine = [fact for fact in everything if (fact.rule, fact.sentence) in names]
    needed = [*mine, *shrunk(finer, pairs, gone)]
    return needed if is_minimal(finer.again(), everything, needed) else list(conflict)


def _counted(instance: Instance, learner: str, fact: Fact) -> Fact:
    """Say of a requirement how much of it is done and counts on the planning day."""
    if fact.rule != "requirements":
        return fact
    edition = instance.edition_of(learner)
    requirement = next(each for each in edition.requirements if each.id == fact.about)
    counting = [
        each
        for each in activities_of(instance, Path(learner=learner))
        if each.exempt or edition.counts_until(each.component, each.last, requirement) >= instance.as_of
    ]
    done = amount_of(edition, requirement, counting)
    if not done:
        return fact
    if requirement.in_credits:
        return replace(fact, sentence=f"{fact.sentence}; {requirement.amount(done)} are done")
    return replace(fact, sentence=f"{fact.sentence}; {number(done)} {'is' if done == 1 else 'are'} done")


def _timed(instance: Instance, learner: str, fact: Fact, before: date) -> Fact:
    """Say of the calendar of a component what of it ends before a day."""
    runs = runs_for(instance, learner, fact.about or "") if fact.rule == "bookable" else []
    if not runs:
        return fact
    early = [run for run in runs if run.end < before]
    return replace(fact, sentence=_in_time(fact.about or "", runs, early, before), since=_since(runs, early))


def _since(runs: Sequence[Offering], early: Sequence[Offering]) -> date:
    return min(run.start for run in early or runs)


def _in_time(code: str, runs: Sequence[Offering], early: Sequence[Offering], before: date) -> str:
    if not early:
        first = min(runs, key=lambda run: (run.end, run.start, run.id))
        return f"no {code} run ends before {before}: the first to end is {_run(first)}"
    if len(early) == 1:
        return f"the only {code} run that ends before {before} is {_run(early[0])}"
    rest = [f"{len(early) - SHOWN} more"] if len(early) > SHOWN else []
    return f"the {code} runs that end before {before} are {listed([*map(_run, early[:SHOWN]), *rest])}"


def _run(run: Offering) -> str:
    return f"{run.id} {span_in_words(run)}"
