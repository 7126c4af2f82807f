"""Small changes of a module's source: another comparison, a number one off, a condition or a statement left out."""

import ast
import copy
from collections.abc import Iterator

WORDS = {"statements", "facts", "in_words", "_in_words", "_violation", "_unknown", "_calendar", "_without", "_freed", "_source",
         "plural_years", "unlimited", "_named", "_opened", "_all_taken", "_too_late", "label", "_label", "__init__"}  # fmt: skip
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
