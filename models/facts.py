"""Facts of rules, each made in one way: what states it, and the change that lets it go."""

from dataclasses import replace

from models.changes.change import with_edition, with_learner
from models.programme.edition import Edition
from models.programme.instance import Instance
from models.rule import Fact


def of_component(rule: str, instance: Instance, learner: str, code: str, sentence: str, **eased: object) -> Fact:
    """Return the fact for one key of a component; `eased` = that key, with the value under which it asks for nothing."""
    (key,) = eased

    def ease(edition: Edition) -> Edition:
        components = (replace(each, **eased) if each.code == code else each for each in edition.components)  # type: ignore[arg-type]
        return replace(edition, components=tuple(components))

    source = instance.edition_of(learner).source_of(f"components.{code}.{key}")
    return Fact(rule=rule, sentence=sentence, source=source, without=with_edition(learner, ease), about=code)


def of_requirement(rule: str, instance: Instance, learner: str, named: str, sentence: str, **eased: object) -> Fact:
    """Return the fact for one key of a requirement; `eased` = that key, with the value under which it asks for nothing."""

    def ease(edition: Edition) -> Edition:
        rows = (replace(each, **eased) if each.id == named else each for each in edition.requirements)  # type: ignore[arg-type]
        return replace(edition, requirements=tuple(rows))

    (source,) = (each.source for each in instance.edition_of(learner).requirements if each.id == named)
    return Fact(rule=rule, sentence=sentence, source=source, without=with_edition(learner, ease), about=named)


def of_edition(rule: str, instance: Instance, learner: str, sentence: str, **eased: object) -> Fact:
    """Return the fact for one key of an edition; `eased` = that key, with the value under which it asks for nothing."""
    (key,) = eased
    without = with_edition(learner, lambda edition: replace(edition, **eased))  # type: ignore[arg-type]
    return Fact(rule=rule, sentence=sentence, source=instance.edition_of(learner).source_of(key), without=without)


def of_learner(rule: str, learner: str, sentence: str, **eased: object) -> Fact:
    """Return the fact for one column of a learner; `eased` = that column, with the value under which it asks for nothing."""
    without = with_learner(learner, lambda who: replace(who, **eased))  # type: ignore[arg-type]
    return Fact(rule=rule, sentence=sentence, source="learners.csv", without=without)
