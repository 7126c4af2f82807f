"""What is published beside the code and made from it: the JSON Schemas, and the table of rules in the page of the mathematics.

Run as `python -m tests.published`, which is `make schemas`.
"""

from pathlib import Path

from models.rule import Rule
from models.rules import all_rules
from scheduler.files.schemas import schemas
from scheduler.studies.schema import study_schemas
from tests import test_rules_equal, test_rules_second_step

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "models" / "README.md"
BEGIN, END = "<!-- rules: written by `make schemas` -->\n", "<!-- end of rules -->"
SCOPES = {"booking": "a booking", "learner": "a learner", "shared": "all learners", "calendar": "the calendar"}


def rule_table() -> str:
    """Return the table of all rules in Markdown: its name, what it is about, its sentence, its rows, where it is proved."""
    head = "| rule | about | in one sentence | posted as | proved in `tests/` |\n|---|---|---|---|---|\n"
    return head + "".join(_row(rule) for rule in sorted(all_rules(), key=lambda rule: rule.name))


def _row(rule: Rule) -> str:
    proved = ", ".join(f"`{name}`" for name in files_proving(rule))
    return f"| `{rule.name}` | {SCOPES[rule.scope]} | {rule.sentence} | {rule.rows} | {proved} |\n"


def files_proving(rule: Rule) -> list[str]:
    """Return the files that show on every plan of small instances that both sayings of a rule are one."""
    if rule.scope == "calendar":
        return ["test_rules_calendar.py"]
    if rule.name in test_rules_equal.OF_REPEATS:
        return ["test_repeats_rules.py"]
    modules = [each for each in test_rules_equal.MODULES if rule.name in each.GROUPS]
    if rule.name in test_rules_second_step.NAMES:
        modules.append(test_rules_second_step)
    return [f"{each.__name__.removeprefix('tests.')}.py" for each in modules]


def page() -> str:
    """Return the page of the mathematics with the table of today's rules."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.index(BEGIN) + len(BEGIN), text.index(END)
    return text[:before] + rule_table() + text[after:]


def published() -> dict[Path, str]:
    """Return the text of each published file by its place."""
    made = {**schemas(), **study_schemas()}
    return {PAGE: page(), **{ROOT / "instances" / "schema" / name: text for name, text in made.items()}}


if __name__ == "__main__":
    for place, text in published().items():
        place.write_text(text, encoding="utf-8")
