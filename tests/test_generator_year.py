"""Made-up years to be planned: valid at every size, the same for the same seed, and as hard as asked."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from models.programme.instance import Instance
from scheduler.calendar.season import season_of
from scheduler.files.folder import load
from scheduler.generate import YearAsked, generate_year, write
from tests.command import run


def column(files: dict[str, str], table: str, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(io.StringIO(files[table]))]


def made(asked: YearAsked, folder: Path) -> Instance:
    write(generate_year(asked), folder)
    return load(folder).instance


GENERATED = (Phase.explicit, Phase.reuse, Phase.generate)
"""Not shrunk: a seed is as small as its instance gets."""
YEARS = st.builds(
    YearAsked,
    year=st.integers(2024, 2030),
    learners=st.integers(1, 60),
    seed=st.integers(0, 2**32),
    workshops=st.sampled_from((11, 30)),
    hard=st.booleans(),
    scarce=st.booleans(),
)


@pytest.mark.drawn
@settings(phases=GENERATED)
@given(asked=YEARS)
def test_every_made_up_year_is_valid_and_can_be_planned(
    tmp_path_factory: pytest.TempPathFactory, asked: YearAsked
) -> None:
    assert_valid(tmp_path_factory.mktemp("made") / "year", asked)


def assert_valid(folder: Path, asked: YearAsked) -> None:
    """Assert that a made-up year is read without a warning, and holds what was asked for."""
    write(generate_year(asked), folder)
    found = load(folder)
    assert found.warnings == ()
    season = season_of(found.instance)
    assert found.instance.synthetic
    assert len(season.learners) == asked.learners
    kinds = {each.code: each.kind for each in season.choices}
    assert list(kinds.values()).count("workshop") == asked.workshops
    assert {"course", "event"} <= set(kinds.values())


def test_the_same_seed_makes_the_same_year_and_another_seed_another() -> None:
    assert generate_year(YearAsked(year=2026, learners=25, seed=7)) == generate_year(
        YearAsked(year=2026, learners=25, seed=7)
    )
    one, other = (generate_year(YearAsked(year=2026, learners=25, seed=seed))["learners.csv"] for seed in (7, 8))
    assert one != other


@pytest.mark.parametrize("hard", [False, True])
def test_every_row_of_a_made_up_year_says_that_it_is_made_up(hard: bool) -> None:
    files = generate_year(YearAsked(year=2026, learners=40, seed=1, hard=hard))
    for table in ("offerings", "learners", "records", "unavailable", "closures", "patterns", "arrivals"):
        notes = column(files, f"{table}.csv", "note")
        assert notes
        assert all(note.startswith("synthetic") for note in notes)
    assert "synthetic: true" in files["instance.yaml"]


def test_a_hard_year_has_people_coming_all_year_deadlines_and_trainers_away_more_often(tmp_path: Path) -> None:
    usual, hard = (made(YearAsked(year=2026, learners=80, hard=each), tmp_path / str(each)) for each in (False, True))
    assert len({row.month for row in hard.arrivals}) > len({row.month for row in usual.arrivals})
    assert len(hard.unavailable) > len(usual.unavailable)
    assert not any(each.deadline for each in usual.learners)
    assert any(each.deadline for each in hard.learners)


def test_seats_are_limited_only_where_they_are_to_bind(tmp_path: Path) -> None:
    usual, scarce = (
        made(YearAsked(year=2026, learners=80, scarce=each), tmp_path / str(each)) for each in (False, True)
    )
    seats = {component.seats for component in scarce.editions["generated"].components if component.kind == "course"}
    assert seats == {20}
    assert {each.seats for each in usual.editions["generated"].components} == {None}


@pytest.mark.parametrize("wrong", [{"learners": 0}, {"workshops": 12}, {"year": 1900}])
def test_a_year_out_of_range_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least one learner"):
        generate_year(YearAsked(**{"year": 2026, "learners": 1, **wrong}))  # type: ignore[arg-type]


def test_the_command_writes_a_year(tmp_path: Path) -> None:
    out = tmp_path / "next"
    found = run("generate", out, "--learners", "12", "--year", "2026", "--workshops", "30", "--hard", "--scarce")
    assert found.code == 0
    assert load(out).instance.year is not None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--years", "2", "--year", "2026"), "--years is of no use with --year"),
        (("--hard",), "--hard is about one year: add --year"),
        (("--workshops", "30"), "--workshops is about one year: add --year"),
    ],
)
def test_options_that_do_not_go_together_are_refused(tmp_path: Path, words: tuple[str, ...], told: str) -> None:
    found = run("generate", tmp_path / "made", "--learners", "3", *words)
    assert found.code != 0
    assert told in found.err
    assert not (tmp_path / "made").exists()
