"""The rules in force, each in one sentence with its source; what an edition does not state is not listed for it."""

from collections.abc import Iterable, Iterator

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.rule import Rule, no_statements
from models.rules import all_rules
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


def _legend(rules: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Explain the mark of rules without a document, where there are any."""
    return [(OURS, "no document is named")] if any(source == OURS for _, _, source in rules) else []


def show_rules(screen: Screen, instance: Instance, editions: Iterable[Edition]) -> None:
    """Write the rules of the editions, and those that hold under each."""
    heading(screen, instance)
    for edition in editions:
        screen.line(f"{edition.id}: {edition.title}", style="bold")
        screen.line()
        rules = list(rules_of(edition))
        screen.table(rules, ("Rule", "What it demands", "Source"), whole=(0, 2))
        if not rules:
            screen.line("This edition demands nothing.", indent=2)
        documents = [*edition.documents.items(), *_legend(rules)]
        if documents:
            screen.line()
            screen.table(documents, whole=(0,))
        screen.line()
    screen.line("Under every edition, as this program reads its files", style="bold")
    screen.line()
    screen.table([(rule.name, rule.sentence) for rule in always()], ("Rule", "What it demands"), whole=(0,))
