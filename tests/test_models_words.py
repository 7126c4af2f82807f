"""Words for numbers, lists, runs and times of day."""

import pytest

from models.programme.words import clock, hours, listed, number, plural, runs_in_words
from tests.builders import offering


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_listed(words: list[str], expected: str) -> None:
    assert listed(words) == expected
    assert listed(words, "or") == expected.replace(" and ", " or ")


@pytest.mark.parametrize(("count", "expected"), [(-1, "-1"), (0, "none"), (1, "one"), (10, "ten"), (11, "11")])
def test_number(count: int, expected: str) -> None:
    assert number(count) == expected


@pytest.mark.parametrize(("count", "expected"), [(0, "0 seats"), (1, "1 seat"), (2, "2 seats")])
def test_plural(count: int, expected: str) -> None:
    assert plural(count, "seat") == expected


@pytest.mark.parametrize(
    ("minutes", "expected"), [(0, "0"), (60, "1"), (450, "7.5"), (600, "10"), (100, "1.67"), (6000, "100")]
)
def test_hours(minutes: int, expected: str) -> None:
    assert hours(minutes) == expected


@pytest.mark.parametrize(("minutes", "expected"), [(0, "00:00"), (61, "01:01"), (599, "09:59"), (1440, "24:00")])
def test_clock(minutes: int, expected: str) -> None:
    assert clock(minutes) == expected


def test_runs_in_words() -> None:
    one, long = offering("E1", 1), offering("A1", 1, 9)
    assert runs_in_words("E", [one]) == "the only E run is on 2025-03-06"
    assert runs_in_words("A", [long]) == "the only A run ends 2025-03-14 (it starts 2025-03-06)"
    assert runs_in_words("A", [one, long]) == "the A runs are E1 2025-03-06 and A1 2025-03-06 to 2025-03-14"
    many = [offering(f"E{place}", place) for place in range(1, 7)]
    assert (
        runs_in_words("E", many[:4]) == "the E runs are E1 2025-03-06, E2 2025-03-07, E3 2025-03-08 and E4 2025-03-09"
    )
    assert runs_in_words("E", many).endswith(", E4 2025-03-09 and 2 later")
