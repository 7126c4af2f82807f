"""Small changes of a module's source: another comparison, a number one off, a condition or a statement left out."""

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

WORDS = {"statements", "facts", "in_words", "_in_words", "_violation", "_unknown", "_calendar", "_without", "_freed", "_source",
         "plural_years", "unlimited", "_named", "_opened", "_all_taken", "_too_late", "label", "_label", "__init__",
         "requirement_in_words", "_in_zone"}  # fmt: skip
"""Functions that make sentences, or instances in which a fact does not hold: other tests look at them."""
SENTENCES = {"labels", "again", "sentence", "when", "has", "why"}
"""Names that hold sentences, or what a sentence needs."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One changed source: what is changed in which function, the lines of the statement around it, and its own line."""

    words: str
    source: str
    line: int
    lines: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A spot that can be changed: the field of a parent, and where it stands; a field that is a list has a place in it."""

    parent: ast.AST
    field: str
    place: int | None
    function: str
    lines: frozenset[int]


def places(tree: ast.Module) -> Iterator[Spot]:
    """Yield every spot that can be changed."""
    for statement in tree.body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef) and statement.name not in WORDS:
            yield from _inside(statement, statement.name, _lines(statement))


def _lines(node: ast.stmt) -> frozenset[int]:
    return frozenset(range(node.lineno, (node.end_lineno or node.lineno) + 1))


def _inside(node: ast.AST, function: str, lines: frozenset[int]) -> Iterator[Spot]:
    for field, value in ast.iter_fields(node):
        if field in {"decorator_list", "annotation", "returns", "args"} and not isinstance(node, ast.Call):
            continue
        children = value if isinstance(value, list) else [value]
        for place, child in enumerate(children):
            if not isinstance(child, ast.AST) or _silent(child):
                continue
            inner = _lines(child) if isinstance(child, ast.stmt) else lines
            within = f"{function}.{child.name}" if isinstance(child, ast.FunctionDef) else function
            at = place if isinstance(value, list) else None
            yield Spot(parent=node, field=field, place=at, function=within, lines=inner)
            yield from _inside(child, within, inner)


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


def mutants(source: str) -> Iterator[Mutant]:
    """Yield each changed source."""
    tree = ast.parse(source)
    for spot in list(places(tree)):
        held = getattr(spot.parent, spot.field)
        original = held if spot.place is None else held[spot.place]
        for changed in variants(original):
            _put(spot, changed)
            text = ast.unparse(ast.fix_missing_locations(tree))
            _put(spot, original)
            line = getattr(original, "lineno", getattr(spot.parent, "lineno", min(spot.lines)))
            words = f"{spot.function}: {_short(original)}  ->  {_short(changed)}"
            yield Mutant(words=words, source=text, line=line, lines=spot.lines)


def _put(spot: Spot, child: ast.AST) -> None:
    if spot.place is None:
        setattr(spot.parent, spot.field, child)
    else:
        getattr(spot.parent, spot.field)[spot.place] = child


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())[:110]
