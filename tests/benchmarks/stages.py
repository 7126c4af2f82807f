"""Where the product's time goes: each stage's share of one learner's solve, by the clock around the functions."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import scheduler.solve.alone as alone_module
import scheduler.solve.search as search_module
from tests.benchmarks.calendars import cases

STAGES: dict[str, tuple[Any, str]] = {
    "what may be booked": (search_module, "ground_of"),
    "relaxed paths": (search_module, "relax"),
    "checking them": (search_module, "violations"),
    "formulate": (alone_module, "formulate"),
    "post and solve": (alone_module, "minimise"),
    "verify": (alone_module, "verify"),
}


@contextmanager
def clocked() -> Iterator[dict[str, float]]:
    """Measure the seconds spent in each stage while this lasts; a stage inside another counts in both."""
    spent: dict[str, float] = defaultdict(float)
    kept = {stage: getattr(module, name) for stage, (module, name) in STAGES.items()}
    for stage, (module, name) in STAGES.items():
        setattr(module, name, _clocked(kept[stage], stage, spent))
    try:
        yield spent
    finally:
        for stage, (module, name) in STAGES.items():
            setattr(module, name, kept[stage])


def _clocked(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - it stands in for any function
        start = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            spent[stage] += time.perf_counter() - start

    return timed


def stages_of(size: str, count: int, say: Callable[[str], None]) -> None:
    """Print the mean milliseconds of each stage, and which way the answers were found."""
    methods: Counter[str] = Counter()
    whole = 0.0
    with clocked() as spent:
        for instance, learner in cases(size, count):
            start = time.perf_counter()
            methods[alone_module.solve_alone(instance, learner).method] += 1
            whole += time.perf_counter() - start
    each = 1000 / methods.total()
    parts = ", ".join(f"{stage} {each * seconds:.2f}" for stage, seconds in spent.items())
    say(f"of {each * whole:.2f} ms on average: {parts}; found by {dict(methods)}")
