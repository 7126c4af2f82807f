"""The rules in force, each in one sentence with its source; what an edition does not state is not listed for it."""

from collections.abc import Iterable, Iterator

from models.edition import Edition
from models.formulation import all_rules
from models.instance import Instance
from models.rule import Rule, no_statements
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

OURS = "-"


def rules_of(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Yield rule, sentence and source for everything that an edition demands."""
    for rule in stated():
        for statement in rule.statements(edition):
            yield rule.name, statement.sentence, statement.source or OURS


def stated() -> list[Rule]:
    """Return the rules that hold as far as an edition states them, by name."""
    return sorted((rule for rule in all_rules() if rule.statements is not no_statements), key=lambda rule: rule.name)


def always() -> list[Rule]:
    """Return the rules that hold whatever an edition says, by name."""
    return sorted((rule for rule in all_rules() if rule.statements is no_statements), key=lambda rule: rule.name)


def used_editions(instance: Instance) -> list[Edition]:
    """Return the editions that learners belong to, and the instance's own."""
    names = {learner.edition for learner in instance.learners} | {instance.edition}
    return [instance.editions[name] for name in sorted(names)]


def show_rules(screen: Screen, instance: Instance, editions: Iterable[Edition]) -> None:
    """Write the rules of the editions, and those that hold under each."""
    heading(screen, instance)
    for edition in editions:
        screen.line(f"{edition.id}: {edition.title}", style="bold")
        screen.line()
        screen.table(rules_of(edition), ("Rule", "What it demands", "Source"), whole=(0, 2))
        if edition.documents:
            screen.line()
            screen.table(list(edition.documents.items()), whole=(0,))
        screen.line()
    screen.line("Under every edition", style="bold")
    screen.line()
    screen.table([(rule.name, rule.sentence) for rule in always()], ("Rule", "What it demands"), whole=(0,))
