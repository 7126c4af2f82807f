"""What the rules of the calendar say of the calendar that is there: warnings, at the rows of the offerings in question."""

from collections.abc import Iterator

from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.plan import Plan
from models.rules import calendar_rules
from scheduler.files.faults import Fault, comma_list
from scheduler.files.tables import Tables


def calendar_warnings(instance: Instance, tables: Tables) -> Iterator[Fault]:
    """Yield what is wrong with what is held ahead, each with the rows that say so."""
    lines = {line.row.offering: line for line in tables.offerings}
    for broken in violations(instance, Plan(), calendar_rules()):
        places = [lines[each] for each in broken.offerings if each in lines]
        if not places:
            continue
        rows = [f"{each.file} line {each.number}" for each in places[1:]]
        rows += [row for row in [_source_row(broken.source, broken.sentence, tables)] if row]
        also = f" (see {comma_list(rows)})" if rows else ""
        yield places[0].fault("offering", f"{broken.sentence}{also}")


def _source_row(source: str | None, sentence: str, tables: Tables) -> str | None:
    """Return the row of the closure that a sentence is about."""
    if source != "closures.csv":
        return None
    for line in tables.closures:
        if f"held {line.row.start}" in sentence:
            return f"{line.file} line {line.number}"
    return None
