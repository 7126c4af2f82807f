"""The rules in force, each in one sentence with its source; what an edition does not state is not listed for it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from models.programme.edition import Edition
from models.programme.instance import Instance
from models.programme.words import listed, plural
from models.rule import Rule, no_statements
from models.rules import all_rules
from scheduler.show.flat import Row
from scheduler.show.heading import heading
from scheduler.show.screen import Screen

OURS = "-"


def rules_of(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """Yield rule, sentence and source for everything that an edition demands."""
    for rule in stated():
        for statement in rule.statements(edition):
            yield rule.name, statement.sentence, statement.source or OURS


COLUMNS = ("edition", "rule", "sentence", "source")


def rule_rows(editions: Sequence[Edition]) -> list[Row]:
    """Return one row for each rule that an edition states, then those that hold under every edition, without one."""
    mine: list[Row] = [
        {"edition": edition.id, "rule": rule, "sentence": sentence, "source": None if source == OURS else source}
        for edition in editions
        for rule, sentence, source in rules_of(edition)
    ]
    return mine + [
        {"edition": None, "rule": each.name, "sentence": each.sentence, "source": None}
        for each in unconditional_rules()
    ]


def stated() -> list[Rule]:
    """Return the rules that hold as far as an edition states them, by name."""
    return sorted((rule for rule in all_rules() if rule.statements is not no_statements), key=lambda rule: rule.name)


def unconditional_rules() -> list[Rule]:
    """Return the rules that hold whatever an edition says, by name."""
    return sorted((rule for rule in all_rules() if rule.statements is no_statements), key=lambda rule: rule.name)


def _legend(rules: Iterable[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """Explain the mark of rules without a document, where there are any."""
    return [(OURS, "no document is named")] if any(source == OURS for _, _, source in rules) else []


def show_rules(screen: Screen, instance: Instance, editions: Sequence[Edition], *, whole: bool = False) -> None:
    """Write which editions are in use, and the rules of the instance's own, or of the only one.

    `whole` = the rules of each edition, and those that hold under every one.
    """
    heading(screen, instance)
    if len(editions) > 1:
        _overview(screen, instance, editions)
    shown = editions if whole or len(editions) == 1 else [each for each in editions if each.id == instance.edition]
    for edition in shown:
        _edition(screen, edition)
    if whole:
        screen.line("Under every edition, as this program reads its files", style="bold")
        screen.line()
        screen.table(
            [(rule.name, rule.sentence) for rule in unconditional_rules()], ("Rule", "What it demands"), whole=(0,)
        )
        return
    others = next((each.id for each in editions if each.id != instance.edition), None)
    more = f"--edition {others} shows another's rules; " if len(editions) > 1 and others else ""
    screen.line(f"{more}--all shows all, and the {len(unconditional_rules())} rules that hold under every edition.")


def _overview(screen: Screen, instance: Instance, editions: Sequence[Edition]) -> None:
    """Write a line for each edition: how many learners are under it, and how many rules it states."""
    screen.line(f"{plural(len(editions), 'edition')} in use, each with its own rules", style="bold")
    screen.line()
    under = Counter(learner.edition for learner in instance.learners)
    rows = [(each.id, each.title, str(under[each.id]), str(len(list(rules_of(each))))) for each in editions]
    screen.table(rows, ("Edition", "Title", "Learners", "Rules"), right=(2, 3), whole=(0, 2, 3))
    screen.line()


def _joined(rules: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Join rules that say the same of several components: the first in full, then of which others it holds."""
    for (rule, rest, source), group in groupby(rules, key=lambda each: (each[0], each[1].partition(" ")[2], each[2])):
        names = [sentence.partition(" ")[0] for _, sentence, _ in group]
        others = f" The same holds for {listed(names[1:])}." if len(names) > 1 else ""
        yield rule, f"{names[0]} {rest}{others}", source


def _edition(screen: Screen, edition: Edition) -> None:
    screen.line(f"{edition.id}: {edition.title}", style="bold")
    screen.line()
    rules = list(rules_of(edition))
    screen.table(_joined(rules), ("Rule", "What it demands", "Source"), whole=(0, 2))
    if not rules:
        screen.line("This edition demands nothing.", indent=2)
    documents = [*edition.documents.items(), *_legend(rules)]
    if documents:
        screen.line()
        screen.table(documents, whole=(0,))
    screen.line()
