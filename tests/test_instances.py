"""The shipped instances load without a fault or a warning, and hold the real dates and counts."""

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from models.programme.instance import Instance
from models.programme.time import local
from scheduler.files.folder import load
from scheduler.files.rows import ROWS
from scheduler.files.shapes import (
    ComponentShape,
    EditionShape,
    FeeShape,
    InstanceShape,
    PromiseShape,
    RequirementShape,
    SlotsShape,
    WindowShape,
)
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths

INSTANCES = Path(__file__).parent.parent / "instances"
SHAPES = (
    *(InstanceShape, SlotsShape, EditionShape, WindowShape),
    *(ComponentShape, RequirementShape, PromiseShape, FeeShape),
)
FOLDERS = ("cscce-2023-2026", "impossible-2025", "tiny", "waitlist-2025", "year-2026")
REAL_STARTS = {
    "CERT23F": date(2023, 9, 21),
    "VALUES23F": date(2023, 9, 28),
    "FEEDBACK23F": date(2023, 10, 5),
    "CODE23F": date(2023, 10, 9),
    "PBK24W": date(2024, 1, 16),
    "CERT24S": date(2024, 6, 10),
    "PBK24S": date(2024, 7, 15),
    "CODE25W": date(2025, 1, 28),
}


@pytest.fixture(scope="module")
def real() -> Instance:
    return load(INSTANCES / "cscce-2023-2026").instance


def starts(instance: Instance, code: str) -> list[date]:
    return [run.start for run in instance.offerings_of[code]]


def test_all_shipped_instances_are_known_here() -> None:
    folders = sorted(path.parent.name for path in INSTANCES.glob("*/instance.yaml"))
    assert folders == list(FOLDERS)


@pytest.mark.parametrize("name", FOLDERS)
def test_an_instance_loads_without_warnings_and_says_that_rows_are_made_up(name: str) -> None:
    loaded = load(INSTANCES / name)
    assert loaded.warnings == ()
    assert loaded.instance.id == name
    assert loaded.instance.synthetic


@pytest.mark.parametrize("name", FOLDERS)
def test_every_row_that_can_say_so_says_that_it_is_made_up(name: str) -> None:
    instance = load(INSTANCES / name).instance
    notes = [run.note for run in instance.offerings]
    notes += [person.note for person in instance.learners]
    notes += [record.note for record in instance.records]
    notes += [absence.note for absence in instance.unavailable]
    notes += [closure.note for closure in instance.closures]
    assert all((note or "").startswith("synthetic") for note in notes)


@pytest.mark.parametrize("name", ["cscce-2023-2026", "impossible-2025"])
def test_the_rows_that_name_a_document_are_exactly_the_real_ones_with_their_dates(name: str) -> None:
    instance = load(INSTANCES / name).instance
    named = {run.id: run.start for run in instance.offerings if "from S0" in (run.note or "")}
    assert named == REAL_STARTS
    assert instance.offering["PBK24S"].registration_closes == date(2024, 6, 21)
    assert {run.price for run in instance.offerings} == {None}


def test_gaps_between_the_real_starts(real: Instance) -> None:
    code, playbooks = starts(real, "CODE"), starts(real, "PBK")
    assert (code[1] - code[0]).days == 477
    assert (playbooks[1] - playbooks[0]).days == 181


def test_what_was_held_by_the_planning_day(real: Instance) -> None:
    assert real.as_of == date(2025, 3, 25)
    edition = real.editions["rolling-2025"]
    held = Counter(run.component for run in real.offerings if run.end <= real.as_of)
    workshops = [component.code for component in edition.components if component.kind == "workshop"]
    assert sum(held[code] for code in workshops) == 15
    assert (held["QSS"], held["CODE"], held["PBK"], held["NOC"], held["COP"]) == (4, 2, 2, 0, 0)


def test_each_workshop_is_held_in_each_calendar_year_at_noon_in_new_york(real: Instance) -> None:
    for component in real.editions["rolling-2025"].components:
        if component.kind == "workshop":
            runs = real.offerings_of[component.code]
            sessions = [local(session.start, "America/New_York") for run in runs for session in run.sessions]
            assert {2024, 2025, 2026} <= {moment.year for moment in sessions if moment.hour == 12}


def test_skills_shares_are_a_quarter_apart_through_2026(real: Instance) -> None:
    days = starts(real, "QSS")
    assert {(later.month - day.month) % 12 for day, later in pairwise(days)} == {3}
    assert [sum(day.year == year for day in days) for year in (2024, 2025, 2026)] == [3, 4, 4]


def test_the_elective_of_fall_2025_and_the_community_call(real: Instance) -> None:
    assert starts(real, "NOC")[0] == date(2025, 9, 16)
    call = next(row for row in real.unavailable if "S003" in (row.note or ""))
    assert local(call.span.start, "UTC").isoformat() == "2025-03-26T16:00:00+00:00"


def test_the_people_are_the_two_cohorts_and_the_first_rolling_learners(real: Instance) -> None:
    groups = Counter((person.edition, person.enrolled) for person in real.learners if person.enrolled)
    assert groups[("fall-2023", date(2023, 9, 21))] + groups[("cohort-2024", date(2023, 9, 21))] == 13
    assert groups[("cohort-2024", date(2024, 6, 10))] == 12
    enrolled = [person.id for person in real.learners if person.enrolled and person.enrolled <= real.as_of]
    assert len(enrolled) == 29
    zones = {person.zone for person in real.learners}
    assert {"America/Los_Angeles", "Europe/Stockholm", "Australia/Sydney"} <= zones


def test_learners_are_in_all_states(real: Instance) -> None:
    assert {record.status for record in real.records} == {"completed", "booked", "missed", "exempt"}
    exempt = [(record.learner, record.component) for record in real.records if record.status == "exempt"]
    assert exempt == [("L04", "CEF")]
    assert [record.learner for record in real.records if record.component == "NOCPILOT"] == ["L03"]
    without_entry = {person.id for person in real.learners if person.edition == "cohort-2024"}
    without_entry -= {record.learner for record in real.records if record.component == "CEF"}
    assert without_entry == {"L24"}
    assert any(person.prefers == ("COP",) for person in real.learners)
    assert any(person.enrolled and person.enrolled > real.as_of for person in real.learners)


def test_nobody_spoke_at_a_skills_share_beyond_its_places(real: Instance) -> None:
    talks = Counter(record.offering for record in real.records if record.role == "talk" and record.offering)
    assert max(talks.values()) == 3
    assert all(count <= (real.offering[name].places("talk") or 0) for name, count in talks.items())


def test_no_trainer_meets_two_groups_at_once_or_on_a_closed_day(real: Instance) -> None:
    spans = [(name, session.span) for run in real.offerings for name in run.trainers for session in run.sessions]
    for place, (name, span) in enumerate(spans):
        assert not any(other == name and span.overlaps(later) for other, later in spans[place + 1 :])
        assert not any(row.span.overlaps(span) for row in real.unavailable_of.get(name, ()))
        day = local(span.start, real.zone).date()
        assert not any(closure.start <= day <= closure.end for closure in real.closures)


def test_st4_one_learner_one_elective_run_too_late_and_all_else_plentiful() -> None:
    instance = load(INSTANCES / "impossible-2025").instance
    (person,) = instance.learners
    assert (person.id, person.edition, person.enrolled) == ("CERT23F-01", "cohort-2024", date(2023, 9, 21))
    (elective,) = instance.offerings_of["NOC"]
    assert (elective.start, elective.end) == (date(2025, 10, 6), date(2025, 11, 28))
    assert "COP" not in instance.offerings_of
    in_time = [run for run in instance.offerings if instance.as_of < run.start and run.end <= date(2025, 9, 21)]
    counts = Counter(run.component for run in in_time)
    assert counts.pop("QSS") == 3
    assert set(counts.values()) == {2}
    assert len(counts) == 8
    completed = {record.component for record in instance.records}
    assert completed == {"CEF", "ORIENT", "VALUES", "FEEDBACK", "CODE", "PBK"}


def test_tiny_is_small_and_its_workshop_and_skills_share_clash() -> None:
    instance = load(INSTANCES / "tiny").instance
    assert [person.id for person in instance.learners] == ["ada", "ben", "cal"]
    assert len(instance.offerings) == 10
    workshop, share = (instance.offering[name].sessions[0].span for name in ("WORK25W", "QSS25A"))
    assert workshop.overlaps(share)


def graduations(name: str) -> dict[str, date | None]:
    instance = load(INSTANCES / name).instance
    result = solve_paths(instance, PathQuestion(learners=tuple(person.id for person in instance.learners)))
    assert result.status in {"optimal", "infeasible"}
    return {answer.learner: answer.graduation for answer in result.learners if answer.status != "not-enrolled"}


def test_tiny_comes_out_as_worked_out_by_hand_in_the_readme() -> None:
    days = graduations("tiny")
    assert days == {"ada": date(2025, 6, 17), "ben": date(2025, 6, 10), "cal": None}
    row = "| **graduates** | **2025-06-17** | **2025-06-10** | **never**"
    assert row in (INSTANCES / "README.md").read_text(encoding="utf-8")


def test_the_blocked_are_those_whom_the_readme_names() -> None:
    assert [name for name, day in graduations("cscce-2023-2026").items() if day is None] == ["L08", "L09", "L12", "L24"]
    assert graduations("impossible-2025") == {"CERT23F-01": None}


def test_the_readme_names_every_table_column_and_key() -> None:
    text = (INSTANCES / "README.md").read_text(encoding="utf-8")
    for table, row in ROWS.items():
        assert f"{table}.csv" in text
        assert [name for name in row.model_fields if f"`{name}`" not in text] == []
    for shape in SHAPES:
        keys = [field.alias or name for name, field in shape.model_fields.items()]
        assert [key for key in keys if f"`{key}`" not in text] == []
