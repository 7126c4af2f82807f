"""The choices and rows of a question in plain numbers: a small linear model that knows no solver."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Term = tuple[int, int]
"""A coefficient and a variable."""

INFINITE = 1 << 40
"""No bound, and no coefficient, of a model is as large as this."""


@dataclass(slots=True)
class Row:
    """low <= sum(coefficient * variable) <= high, whenever every literal of `given` holds (~literal = its negation)."""

    terms: list[Term]
    low: int
    high: int
    given: tuple[int, ...]


class Model:
    """Variables are places in `lows`, `highs` and `names`; a literal is a variable from 0 to 1."""

    __slots__ = ("highs", "impossible", "lows", "names", "rows")

    def __init__(self) -> None:
        """Start with nothing to choose and nothing required."""
        self.names: list[tuple[str, ...]] = []
        self.lows: list[int] = []
        self.highs: list[int] = []
        self.rows: list[Row] = []
        self.impossible = False

    def integer(self, low: int, high: int, *name: str) -> int:
        """Add a whole number from `low` to `high`, called like `books[ada,PBK24S]`, and return its place."""
        self.names.append(name)
        self.lows.append(low)
        self.highs.append(high)
        return len(self.lows) - 1

    def literal(self, *name: str) -> int:
        """Add a yes-or-no choice and return its place."""
        self.names.append(name)
        self.lows.append(0)
        self.highs.append(1)
        return len(self.lows) - 1

    def restrict(self, variable: int, low: int = -INFINITE, high: int = INFINITE) -> None:
        """Narrow a variable for good."""
        self.lows[variable] = max(self.lows[variable], low)
        self.highs[variable] = min(self.highs[variable], high)
        self.impossible |= self.lows[variable] > self.highs[variable]

    def is_open(self, literal: int) -> bool:
        """Say whether a literal may still be true."""
        return self.highs[literal] == 1

    def name(self, variable: int) -> str:
        """Return a variable's name, like `books[ada,PBK24S]`."""
        head, *rest = self.names[variable]
        return f"{head}[{','.join(rest)}]"

    def __str__(self) -> str:
        """Return every row in words, one a line."""
        return "\n".join(self._line(row) for row in self.rows)

    def _line(self, row: Row) -> str:
        total = " + ".join(f"{factor}*{self.name(variable)}" for factor, variable in row.terms)
        given = " and ".join(self.name(lit) if lit >= 0 else f"not {self.name(~lit)}" for lit in row.given)
        return f"{row.low} <= {total} <= {row.high}" + (f"  given {given}" if given else "")


class Poster:
    """Takes what rules require. Rows of a learner's rules hold only `given` that the learner graduates."""

    __slots__ = ("always", "model")

    def __init__(self, model: Model, always: Sequence[int] = ()) -> None:
        """Post into `model`; every row holds given the literals of `always`."""
        self.model = model
        self.always = tuple(always)

    def require(
        self, terms: Iterable[Term], *, low: int = -INFINITE, high: int = INFINITE, given: Sequence[int] = ()
    ) -> None:
        """Require that a sum lies between `low` and `high`, given that all literals of `given` hold."""
        listed = list(terms)
        conditions = self.always + tuple(given)
        if len(listed) == 1 and not conditions and listed[0][0] == 1:
            self.model.restrict(listed[0][1], low, high)
        else:
            self.model.rows.append(Row(listed, low, high, conditions))

    def forbid(self, literal: int) -> None:
        """Require that a literal is false."""
        if self.always:
            self.require([(1, literal)], high=0)
        else:
            self.model.restrict(literal, high=0)

    def any_of(self, literals: Iterable[int], *, given: Sequence[int] = ()) -> None:
        """Require that at least one literal is true."""
        self.require([(1, literal) for literal in literals], low=1, given=given)

    def not_all(self, literals: Sequence[int]) -> None:
        """Require that at least one literal is false."""
        self.require([(1, literal) for literal in literals], high=len(literals) - 1)
