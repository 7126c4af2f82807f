"""Made-up instances are valid at every size, the same for the same seed, and hold people in all states."""

import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from models.programme.instance import Instance
from scheduler.engines.budget import Budget
from scheduler.files.folder import Loaded, load
from scheduler.files.writing import CannotWriteError
from scheduler.generate import generate, write
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths


def loaded(files: dict[str, str], folder: Path) -> Loaded:
    write(files, folder)
    return load(folder)


def made(folder: Path, learners: int, years: int, seed: int, tightness: float = 0.5) -> Instance:
    return loaded(generate(learners, years, seed, tightness), folder).instance


def column(files: dict[str, str], table: str, name: str) -> list[str]:
    return [row[name] for row in csv.DictReader(io.StringIO(files[table]))]


def coming_seats(files: dict[str, str]) -> int:
    seats, taken = (column(files, "offerings.csv", name) for name in ("seats", "taken"))
    return sum(int(own) - int(others) for own, others in zip(seats, taken, strict=True) if own)


# Not shrunk: a seed is as small as its instance gets.
@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    learners=st.integers(0, 60),
    years=st.integers(1, 4),
    seed=st.integers(0, 2**32),
    tightness=st.floats(0, 1),
    offerings=st.none() | st.integers(1, 300),
    edges=st.booleans(),
)
def test_every_made_up_instance_is_valid(
    tmp_path_factory: pytest.TempPathFactory,
    learners: int,
    years: int,
    seed: int,
    tightness: float,
    offerings: int | None,
    edges: bool,
) -> None:
    files = generate(learners, years, seed, tightness, offerings, edges=edges)
    found = loaded(files, tmp_path_factory.mktemp("made") / "instance")
    assert found.warnings == ()
    assert len(found.instance.learners) == learners
    assert found.instance.synthetic


def test_the_same_seed_makes_the_same_text_and_another_seed_another() -> None:
    assert generate(25, 2, 7, edges=True) == generate(25, 2, 7, edges=True)
    assert generate(25, 2, 7)["learners.csv"] != generate(25, 2, 8)["learners.csv"]


def test_every_row_with_a_note_says_that_it_is_made_up() -> None:
    files = generate(40, 2, 1)
    for table in ("offerings.csv", "learners.csv", "records.csv", "unavailable.csv", "closures.csv"):
        notes = column(files, table, "note")
        assert notes
        assert all(note.startswith("synthetic") for note in notes)


@pytest.mark.parametrize("offerings", [40, 150, 600])
def test_the_coming_calendar_has_the_size_asked_for(tmp_path: Path, offerings: int) -> None:
    instance = loaded(generate(1, 2, 3, offerings=offerings), tmp_path / "made").instance
    assert sum(run.start > instance.as_of for run in instance.offerings) == offerings


def test_people_are_in_all_states_of_progress(tmp_path: Path) -> None:
    instance = made(tmp_path / "made", 300, 2, 5)
    assert {record.status for record in instance.records} == {"completed", "booked", "missed", "exempt"}
    completed = Counter(record.learner for record in instance.records if record.status == "completed")
    sizes = {completed[person.id] for person in instance.learners}
    assert {0, 1, 2, 4, 6, 8, 10, 12} <= sizes
    assert any(person.enrolled and person.enrolled > instance.as_of for person in instance.learners)
    assert len({person.zone for person in instance.learners}) == 7
    assert instance.unavailable
    assert instance.waitlist
    assert any(person.prefers for person in instance.learners)
    assert any(not run.sessions for run in instance.offerings)


def test_seats_shrink_with_tightness() -> None:
    plentiful, usual, scarce = (coming_seats(generate(200, 2, 4, tightness)) for tightness in (0.0, 0.5, 1.0))
    assert plentiful > usual > scarce
    assert 2.5 < plentiful / scarce < 3.2


def test_edges_put_absences_on_sessions_and_deadlines_on_last_days(tmp_path: Path) -> None:
    instance = loaded(generate(120, 2, 9, edges=True), tmp_path / "made").instance
    spans = [session.span for run in instance.offerings for session in run.sessions]
    bounds = {span.start for span in spans}, {span.end for span in spans}
    touching = [row for row in instance.unavailable if row.span.end in bounds[0] or row.span.start in bounds[1]]
    assert len(touching) > 10
    last_days = {run.end for run in instance.offerings}
    assert sum(person.deadline in last_days for person in instance.learners) > 10


@pytest.mark.parametrize("wrong", [{"learners": -1}, {"years": 0}, {"tightness": 1.1}, {"offerings": 0}])
def test_numbers_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="are needed"):
        generate(**{"learners": 1, "years": 1, "seed": 0, **wrong})  # type: ignore[arg-type]


def test_writing_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(CannotWriteError, match="not an empty folder"):
        write(generate(1, 1, 0), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_writing_leaves_nothing_beside_the_folder(tmp_path: Path) -> None:
    write(generate(1, 1, 0), tmp_path / "deep" / "made")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["made"]


@pytest.mark.slow
def test_thirty_thousand_learners_fit_into_the_tables() -> None:
    files = generate(30_000, 2, 0)
    assert len(column(files, "learners.csv", "learner")) == 30_000
    assert len(column(files, "records.csv", "learner")) < 200_000


@pytest.mark.parametrize("seed", range(3))
def test_most_learners_can_graduate(tmp_path: Path, seed: int) -> None:
    instance = made(tmp_path / "made", 25, 1, seed)
    people = tuple(person.id for person in instance.learners)
    result = solve_paths(instance, PathQuestion(learners=people), budget=Budget(10))
    graduating = [answer.learner for answer in result.learners if answer.graduation]
    assert len(graduating) >= 0.8 * len(people)
