"""Changes the rules in small ways, one at a time, and says which changes the equality tests do not notice.

Run by hand: `python -m tests.mutation [MODULE …]`, such as `rules.seats` or `judging.completion`. The changed source lives in the
memory of a child process, and everything runs in a copy of the tree: no file of the project is touched.
"""

import importlib
import importlib.abc
import importlib.machinery
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType

from tests.mutants import mutants

ROOT = Path(__file__).parents[1]
RULES = tuple(sorted(path.stem for path in (ROOT / "models" / "rules").glob("[a-z]*.py")))
SHARED = tuple(sorted(
    f"{folder}.{path.stem}"
    for folder in ("formulation", "judging")
    for path in (ROOT / "models" / folder).glob("[a-z]*.py")
    if path.stem not in {"formulate", "linear", "violations", "reachability"}
))  # fmt: skip
"""What several rules use; what only carries the others, or only makes sentences, is left out."""
CALENDAR = ("calendar", "one_place", "open_days", "spacing", "taught", "trainer_load", "trainer_there")
REPEATS = ("held", "held_variables", "seated", "series", "trainers", "wait_together")
NEAREST = {"requirement_terms": "requirements", "completion": "requirements", "precedence": "prerequisites",
           "completion_day": "window", "clock": "window", "lasting": "valid_years", "together": "apart_from"}  # fmt: skip
"""The rule whose cases look first at a module that several rules use."""
UNITS = ("time", "words", "initial_state", "changes", "odd_hours")
"""Modules that have tests of their own."""
SECONDS = 120
"""Of processor time, after which a change counts as noticed: it made something endless."""


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from changed source."""

    def __init__(self, name: str, source: str) -> None:
        """Remember the module's name and source."""
        self.name, self.source = name, source

    def find_spec(self, fullname: str, _path: object, _target: object = None) -> importlib.machinery.ModuleSpec | None:
        """Find the one module."""
        return importlib.machinery.ModuleSpec(fullname, self) if fullname == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed source."""
        exec(compile(self.source, self.name, "exec"), module.__dict__)  # noqa: S102 - that is what it is for


def survives(name: str, source: str, rule: str) -> bool:
    """Say whether no test notices the changed module, in a child process with a time limit."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        os._exit(_try(name, source, rule))
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _try(name: str, source: str, rule: str) -> int:
    """Return 0 if every test passes, 1 if one fails."""
    sys.meta_path.insert(0, Changed(name, source))
    sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - the process ends at once
    try:
        for check in _checks(rule):
            check()
    except BaseException:  # noqa: BLE001 - whatever goes wrong, the change was noticed
        return 1
    return 0


def _checks(name: str) -> Iterator[Callable[[], object]]:
    """Yield what looks at a module: the nearest first."""
    if name in UNITS:
        yield partial(_passes, f"tests/test_models_{name}.py")
    elif name in CALENDAR:
        yield from _checks_of_calendar(name)
    elif name in REPEATS:
        yield from _checks_of_repeats(name)
    else:
        yield from _checks_of_paths(name)


def _checks_of_paths(name: str) -> Iterator[Callable[[], object]]:
    equal = importlib.import_module("tests.test_rules_equal")
    rule = NEAREST.get(name, name)
    near = [case for module in equal.MODULES for case in module.GROUPS.get(rule, ())]
    yield from _checks_of_second_step(rule)
    yield from _checks_of_cases(near, near if name in RULES else equal.CASES)
    yield partial(_passes, "tests/test_rules_told.py")
    yield partial(importlib.import_module("tests.test_wide_sweeps").judged_alike, range(6), 20)
    if name not in RULES:
        yield from _checks_of_goals()


def _checks_of_second_step(rule: str) -> Iterator[Callable[[], object]]:
    second = importlib.import_module("tests.test_rules_second_step")
    draws = importlib.import_module("tests.second_step_draws")
    scope = importlib.import_module("tests.small_scope")
    if rule in second.NAMES:
        some = scope.rules_named(rule, *second.CONTEXT.get(rule, ()))
        yield from (partial(_equal_when_drawn, scope, draws, rule, seed, some) for seed in range(20))
        yield from (partial(_equal_when_drawn, scope, draws, rule, seed, scope.plan_rules()) for seed in range(6))


def _equal_when_drawn(scope: ModuleType, draws: ModuleType, rule: str, seed: int, rules: Sequence[object]) -> None:
    scope.assert_equal(draws.drawn_with(rule, seed), rules)


def _checks_of_calendar(name: str) -> Iterator[Callable[[], object]]:
    tests = importlib.import_module("tests.test_rules_calendar")
    yield partial(_passes, "tests/test_rules_calendar_told.py")
    for rule in importlib.import_module("models.rules").calendar_rules():
        if name in {rule.name, "calendar"}:
            yield partial(tests.test_check_and_rows_of_a_calendar_rule_accept_the_same_additions, rule)
    yield tests.test_all_calendar_rules_together_accept_the_same_additions
    yield tests.test_what_is_over_is_not_judged
    yield tests.test_holidays_of_several_places_and_of_a_trainer


def _checks_of_repeats(name: str) -> Iterator[Callable[[], object]]:
    tests = importlib.import_module("tests.test_repeats_rules")
    mine = [words for words, (rule, _) in tests.CASES.items() if name in {rule, "held_variables"}]
    yield from (partial(tests.test_both_sayings_accept_the_same_plans, words) for words in mine)
    yield tests.test_every_rule_together_is_said_twice_alike
    yield partial(_passes, "tests/test_repeats_rules_told.py")


def _checks_of_cases(near: Sequence[object], cases: Sequence[object]) -> Iterator[Callable[[], object]]:
    equal = importlib.import_module("tests.test_rules_equal")
    scope = importlib.import_module("tests.small_scope")
    draws = importlib.import_module("tests.small_draws")
    rules = scope.plan_rules()
    yield from (partial(scope.assert_equal, case) for case in near)
    yield from (partial(scope.assert_equal, case, rules, certain=True) for case in near)
    yield from (partial(scope.assert_equal, case, rules) for case in cases)
    yield equal.test_every_check_reads_every_plan
    shared = importlib.import_module("tests.test_rules_shared")
    yield from (partial(shared.assert_limits_equal, case) for case in near if case in shared.CASES)
    yield from (partial(scope.assert_equal, draws.drawn(seed), rules) for seed in range(60))
    yield from (partial(equal.assert_best_by_day, case) for case in cases if getattr(case, "one", False))


def _passes(file: str) -> None:
    """Run the tests of a file, quietly."""
    pytest = importlib.import_module("pytest")
    sys.stdout = sys.stderr
    if pytest.main(["-x", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", ".", file]):
        raise AssertionError(file)


def _checks_of_goals() -> Iterator[Callable[[], object]]:
    equal = importlib.import_module("tests.test_rules_equal")
    goals = importlib.import_module("tests.test_goals_equal")
    for name in goals.GOALS:
        yield partial(goals.test_values_are_equal_on_every_case, name)
    for batch in range(3):
        yield partial(equal.test_a_model_of_the_earliest_day_holds_a_best_plan, batch)


def run(modules: Sequence[str]) -> Iterator[str]:
    """Yield a line for each survivor and one for each module."""
    killed = total = 0
    for name in modules:
        source = (Path("models") / f"{name.replace('.', '/')}.py").read_text()
        rule = name.rpartition(".")[2]
        started, survivors, count = time.monotonic(), 0, 0
        if not survives(f"models.{name}", source, rule):
            raise RuntimeError(f"the tests of {name} fail before anything is changed")
        for words, changed in mutants(source):
            count += 1
            if survives(f"models.{name}", changed, rule):
                survivors += 1
                yield f"  SURVIVES {name} {words}"
        killed, total = killed + count - survivors, total + count
        yield f"{name}: {count - survivors} of {count} killed, {time.monotonic() - started:.0f} s"
    yield f"all: {killed} of {total} killed"


def main(arguments: Sequence[str]) -> None:
    """Copy the tree, change it there, and write what survives; the copy goes on every way out."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder:
        for name in ("models", "tests"):
            shutil.copytree(
                ROOT / name, Path(folder) / name, ignore=shutil.ignore_patterns("__pycache__", "benchmarks")
            )
        os.chdir(folder)
        sys.path.insert(0, folder)
        sys.dont_write_bytecode = True
        sys.modules.pop("tests", None)
        importlib.import_module("pytest")
        importlib.import_module("ortools.sat.python.cp_model")
        for line in run(arguments or [*(f"rules.{name}" for name in RULES), *SHARED]):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
