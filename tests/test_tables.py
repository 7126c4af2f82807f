"""The tables as commands: three forms, the same bytes, bad use, and rows that are kept when time is over."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from scheduler.engines.budget import Budget
from scheduler.explain.critical import criticality
from scheduler.studies.value import values_of
from tests.command import TINY, run
from tests.tables import as_table, tiny, told

COMMANDS: Sequence[tuple[str, ...]] = (
    ("progress",),
    ("missed", "--learner", "ada"),
    ("progress", "--alone"),
    ("missed", "--learner", "ada", "--alone"),
    ("critical",),
    ("critical", "--alone"),
    ("value",),
    ("value", "--alone", "--component", "BETA", "--last", "2025-03"),
    ("value", "--seats", "1..3"),
)


@pytest.mark.parametrize("words", COMMANDS)
def test_the_three_forms_say_the_same(words: tuple[str, ...], tmp_path: Path) -> None:
    command, *rest = words
    answer = told(command, TINY, *rest)
    rows = as_table(run(command, TINY, *rest, "--csv").out)
    assert answer["status"] == "complete"
    assert answer["command"] == command
    assert len(rows) == len(answer["rows"]) > 0
    for cells, row in zip(rows, answer["rows"], strict=True):
        assert list(cells) == list(row)
        assert [cells[name] for name in row if isinstance(row[name], str)] == [
            value for value in row.values() if isinstance(value, str)
        ]
    screen = run(command, TINY, *rest)
    assert max(map(len, screen.out.splitlines())) <= 80
    written = run(command, TINY, *rest, "--out", tmp_path / "x")
    assert (written.code, written.out) == (screen.code, "")
    assert (tmp_path / "x").read_text(encoding="utf-8") == screen.out


@pytest.mark.parametrize("words", COMMANDS)
def test_the_same_input_gives_the_same_bytes(words: tuple[str, ...]) -> None:
    command, *rest = words
    assert run(command, TINY, *rest, "--json").out == run(command, TINY, *rest, "--json").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("progress", TINY, "--learner", "adda"), "did you mean 'ada'?"),
        (("missed", TINY, "--learner", "nobody"), "no learner of the name 'nobody'"),
        (("missed", TINY), "--learner"),
        (("value", TINY, "--component", "BETAA"), "did you mean 'BETA'?"),
        (("value", TINY, "--component", "START"), "no component of the name 'START'"),
        (("value", TINY, "--first", "2025-13"), "write it like 2025-04"),
        (("value", TINY, "--first", "0001-01"), "years run from 1990 to 2199"),
        (("value", TINY, "--first", "2025-05", "--last", "2025-04"), "lies before --first"),
        (("value", TINY, "--seats", "30..20"), "the smaller number goes first"),
        (("value", TINY, "--seats", "many"), "write it like 20..30"),
        (("value", TINY, "--seats", "20", "--last", "2025-04"), "--first and --last are about extra runs"),
        (("value", TINY, "--seats", "20", "--alone"), "it goes with --together"),
        (("critical", TINY, "--json", "--csv"), "exclude each other"),
        (("readings", TINY, "--learner", "x"), "no learner of the name 'x'"),
        (("progress", TINY, "--days", "-1"), "-1"),
        (("critical", TINY, "--time-limit", "nan"), "nan"),
    ],
)
def test_bad_use_is_named(words: tuple[str | Path, ...], said: str) -> None:
    ran = run(*words)
    assert ran.code == 2
    assert said in " ".join(ran.err.split())


class Ending(Budget):
    """A budget that is over after it has been asked some times."""

    def __init__(self, times: int) -> None:
        """Say how often it is not over."""
        super().__init__()
        self.times = times

    @property
    def is_over(self) -> bool:
        """Count down."""
        self.times -= 1
        return self.times < 0


@pytest.mark.parametrize("times", [0, 1, 5, 40])
def test_rows_that_are_done_are_kept_when_the_time_is_over(times: int) -> None:
    whole = {row.offering.id: row.effect for row in criticality(tiny()).rows}
    found = criticality(tiny(), budget=Ending(times))
    for row in found.rows:
        assert not row.effect.proved or row.effect == whole[row.offering.id]
    worth = {row.extra.run.id: row.effect for row in values_of(tiny()).rows}
    part = values_of(tiny(), budget=Ending(times))
    assert not part.complete
    for each in part.rows:
        assert each.effect == worth[each.extra.run.id]


@pytest.mark.parametrize(
    "words", [("critical", TINY), ("value", TINY), ("progress", TINY), ("value", TINY, "--seats", "1..3")]
)
def test_no_time_at_all_is_told_as_it_is(words: tuple[str | Path, ...]) -> None:
    ran = run(*words, "--time-limit", "0.000001")
    assert ran.code in {3, 4}
    assert "Stopped before the end" in ran.out
