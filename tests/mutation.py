"""Changes the rules in small ways, one at a time, and says which changes the equality tests do not notice.

Run by hand: `python -m tests.mutation [MODULE …]`, such as `rules.seats` or `counting`. The changed source lives in the
memory of a child process, and everything runs in a copy of the tree: no file of the project is touched.
"""

import ast
import copy
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

ROOT = Path(__file__).parents[1]
RULES = ("attendance", "bookable", "clashes", "courses_at_once", "first", "gate", "kept", "last", "once", "prerequisites",
         "requirements", "role_places", "seats", "tasks", "weekly_hours", "window")  # fmt: skip
SHARED = ("counting", "precedence", "finish", "posted_clock", "choices", "things", "progress", "clock")
NEAREST = {"counting": "requirements", "progress": "requirements", "precedence": "prerequisites", "finish": "window",
           "posted_clock": "window", "clock": "window"}  # fmt: skip
"""The rule whose cases look first at a module that several rules use."""
WORDS = {"statements", "facts", "in_words", "_in_words", "_violation", "_unknown", "_calendar", "_without", "_freed", "_source",
         "plural_years", "unlimited", "_named", "_opened", "_too_late", "label", "_label", "__init__"}  # fmt: skip
"""Functions that make sentences, or instances in which a fact does not hold: other tests look at them."""
SENTENCES = {"labels", "again", "sentence", "when", "has", "why"}
"""Names that hold sentences, or what a sentence needs."""
SECONDS = 120
COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the changed forms of one node."""
    for make in (_comparisons, _booleans, _numbers, _calls, _statements):
        yield from make(node)


def _comparisons(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in COMPARISONS[type(operator)]:
                changed = copy.deepcopy(node)
                changed.ops[place] = other()
                yield changed


def _booleans(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for place in range(len(node.values)):
            rest = node.values[:place] + node.values[place + 1 :]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub | ast.Invert):
        yield node.operand
    elif isinstance(node, ast.If | ast.IfExp):
        for verdict in (True, False):
            changed = copy.copy(node)
            changed.test = ast.Constant(verdict)
            yield changed
    elif isinstance(node, ast.comprehension):
        for place in range(len(node.ifs)):
            yield ast.comprehension(node.target, node.iter, node.ifs[:place] + node.ifs[place + 1 :], node.is_async)


def _numbers(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)


def _calls(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in NAMES:
        yield ast.Call(ast.Name(NAMES[node.func.id], ast.Load()), node.args, node.keywords)
    bounds = [keyword for keyword in node.keywords if keyword.arg in {"low", "high", "given", "default"}]
    for bound in bounds:
        yield ast.Call(node.func, node.args, [each for each in node.keywords if each is not bound])


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    if call or isinstance(node, ast.Continue | ast.AugAssign):
        yield ast.Pass()
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield | ast.YieldFrom):
        yield ast.If(ast.Constant(False), [node], [])
    elif isinstance(node, ast.Return):
        if node.value is None:
            yield ast.Pass()
        elif not isinstance(node.value, ast.Constant):
            yield ast.Return(ast.Constant(None))


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Yield every spot that can be changed: its parent, the field, and the place in a list."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) and statement.name not in WORDS:
            yield from _inside(statement)


def _inside(node: ast.AST) -> Iterator[tuple[ast.AST, str, int | None]]:
    for field, value in ast.iter_fields(node):
        if field in {"decorator_list", "annotation", "returns", "args"} and not isinstance(node, ast.Call):
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if not isinstance(child, ast.AST) or _silent(child):
                continue
            yield node, field, place if isinstance(value, list) else None
            yield from _inside(child)


def _silent(node: ast.AST) -> bool:
    """Say whether a node holds words alone."""
    if isinstance(node, ast.Assign):
        return all(isinstance(target, ast.Name) and target.id in SENTENCES for target in node.targets)
    if isinstance(node, ast.keyword):
        return node.arg in {"sentence", "source", "offerings", "learner", "rule"}
    if isinstance(node, ast.FunctionDef):
        return node.name in WORDS
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, ast.JoinedStr | ast.Assert)


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Yield each changed source, with a line that says what is changed."""
    tree = ast.parse(source)
    for parent, field, place in list(places(tree)):
        held = getattr(parent, field)
        original = held if place is None else held[place]
        for changed in variants(original):
            _put(parent, field, place, changed)
            text = ast.unparse(ast.fix_missing_locations(tree))
            _put(parent, field, place, original)
            line = getattr(original, "lineno", getattr(parent, "lineno", 0))
            yield f"{line}: {_short(original)}  ->  {_short(changed)}", text


def _put(parent: ast.AST, field: str, place: int | None, child: ast.AST) -> None:
    if place is None:
        setattr(parent, field, child)
    else:
        getattr(parent, field)[place] = child


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())[:110]


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
        signal.alarm(SECONDS)
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
    equal = importlib.import_module("tests.test_rules_equal")
    scope = importlib.import_module("tests.small_scope")
    draws = importlib.import_module("tests.small_draws")
    rules = scope.all_rules()
    near = [case for module in equal.MODULES for case in module.GROUPS.get(NEAREST.get(name, name), ())]
    yield equal.test_every_check_reads_every_plan
    for case in near:
        yield partial(scope.assert_equal, case)
    for case in near if name in RULES else equal.CASES:
        yield partial(scope.assert_equal, case, rules)
        yield partial(scope.assert_equal, case, rules, certain=True)
    for seed in range(75):
        yield partial(scope.assert_equal, draws.drawn(seed), rules)
    for case in near if name in RULES else equal.CASES:
        if case.one:
            yield partial(equal.assert_best_by_day, case)
    if name not in RULES:
        yield from _checks_of_goals()


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
        rule = name.removeprefix("rules.")
        started, survivors, count = time.monotonic(), 0, 0
        for words, changed in mutants(source):
            count += 1
            if survives(f"models.{name}", changed, rule):
                survivors += 1
                yield f"  SURVIVES {name} {words}"
        killed, total = killed + count - survivors, total + count
        yield f"{name}: {count - survivors} of {count} killed, {time.monotonic() - started:.0f} s"
    yield f"all: {killed} of {total} killed"


def main(arguments: Sequence[str]) -> None:
    """Copy the tree, change it there, and write what survives."""
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
