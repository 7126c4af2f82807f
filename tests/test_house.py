"""The house keeps its own promises: the page of the mathematics, the lock, the packages, and what starting up costs."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

from models.goals import all_goals
from models.rules import all_rules
from tests.published import files_proving, published

ROOT = Path(__file__).parent.parent


def table_rows(page: str) -> set[str]:
    return set(re.findall(r"^\| `?([a-z_-]+)`?(?: \(.*?\))? \|", page, flags=re.MULTILINE))


def test_the_page_of_the_mathematics_names_every_rule_and_goal() -> None:
    rows = table_rows((ROOT / "models" / "README.md").read_text(encoding="utf-8"))
    assert {rule.name for rule in all_rules()} - rows == set()
    assert set(all_goals()) - rows == set()


def test_what_is_published_beside_the_code_is_made_from_it() -> None:
    """`make schemas` writes them."""
    old = [place.name for place, text in published().items() if place.read_text(encoding="utf-8") != text]
    assert old == []


def test_every_rule_says_what_it_posts() -> None:
    assert [rule.name for rule in all_rules() if not rule.rows] == []


def test_every_rule_file_says_one_sentence() -> None:
    assert [rule.name for rule in all_rules() if not rule.sentence.endswith(".") or "\n" in rule.sentence] == []


def test_the_tests_of_every_rule_are_found_by_its_name() -> None:
    found = {rule.name: files_proving(rule) for rule in all_rules()}
    assert [name for name, files in found.items() if not files] == []
    assert {each for files in found.values() for each in files} <= {each.name for each in (ROOT / "tests").glob("*.py")}


def test_every_package_stands_in_the_import_contracts() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    named = {name.strip() for each in contracts for layer in each.get("layers", ()) for name in layer.split("|")}
    packages = {f"scheduler.{each.parent.name}" for each in (ROOT / "scheduler").glob("*/__init__.py")}
    assert packages - named == set()


def test_the_lock_pins_every_dependency_with_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "index-url" not in lock
    pinned = re.findall(r"^([a-z0-9][a-z0-9._-]*)==\S+", lock, flags=re.MULTILINE)
    assert lock.count("--hash=sha256:") >= len(pinned)
    wanted = importlib.metadata.requires("cohort-scheduler") or []
    names = {re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0].lower() for line in wanted}
    assert names - set(pinned) == set()
    assert "pyarrow" not in pinned, "CP-SAT can hang beside it"


def test_no_other_distribution_brings_packages_of_our_names() -> None:
    owners = importlib.metadata.packages_distributions()
    assert {*owners.get("models", []), *owners.get("scheduler", [])} <= {"cohort-scheduler"}


def test_asking_for_the_version_loads_no_solver() -> None:
    code = "import sys, scheduler.cli; print(sorted({'ortools', 'pandas', 'pydantic', 'networkx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_judging_a_plan_loads_no_solver() -> None:
    code = (
        "import sys, models.judging.violations, models.goals as g, models.rules as r;"
        "r.all_rules(); g.all_goals(); print('ortools' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


def test_rules_and_goals_name_no_solver() -> None:
    files = [*(ROOT / "models" / "rules").glob("*.py"), *(ROOT / "models" / "goals").glob("*.py")]
    assert [path.name for path in files if "ortools" in path.read_text(encoding="utf-8")] == []


def test_no_class_has_the_name_of_another() -> None:
    found = Counter(
        node.name
        for package in ("scheduler", "models")
        for path in (ROOT / package).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in found.items() if count > 1] == []
