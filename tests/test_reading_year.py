"""The year to plan as files state it: read into its nouns, and every fault at its place."""

from datetime import date
from pathlib import Path

import pytest

from models.programme.year import Arrival, Pattern, Year
from scheduler.files.faults import BadInstanceError
from scheduler.files.folder import load
from tests.builders_files import EDITION, FILES, write_instance

YEAR = """year:
  first: 2026-01-05
  last: 2026-12-31
  most: {course: 5, QSS: 4}
  notice_days: 42
  holidays: [US, DE-BY]
  timezone: Europe/Berlin
  then: nothing
"""
PATTERNS = (
    "component,weeks,weekdays,starts,minutes,trainers,gap_days,seats,roles,weekly_hours,price,note\n"
    "CODE,6,tue;thu,12:00;16:00,90,,42,20,,2.5,,synthetic\n"
    "QSS,1,wed,13:00,90,,,,talk=2,,,\n"
)
ARRIVALS = (
    "month,learners,edition,timezone,earliest,latest,note\n2026-03,2,,Europe/Berlin,08:00,18:00,\n2026-05,0,,,,,\n"
)
Files = dict[str, str | bytes | None]


def files(year: str = YEAR, patterns: str = PATTERNS, arrivals: str = ARRIVALS, **tables: str) -> Files:
    """Return what makes the small instance one with a year to plan."""
    changed: Files = {
        "instance.yaml": FILES["instance.yaml"] + year,
        "patterns.csv": patterns,
        "arrivals.csv": arrivals,
    }
    trainers = "trainer,timezone,teaches,max_sessions_per_week,max_sessions_per_day\nlou,,CODE;QSS,,\nmax,,CODE,,\n"
    return changed | {"trainers.csv": trainers} | {f"{name}.csv": text for name, text in tables.items()}


def test_a_year_is_read_into_its_nouns(tmp_path: Path) -> None:
    instance = load(write_instance(tmp_path, files())).instance
    assert instance.year == Year(
        first=date(2026, 1, 5),
        last=date(2026, 12, 31),
        most=(("QSS", 4), ("course", 5)),
        notice_days=42,
        holidays=("US", "DE-BY"),
        zone="Europe/Berlin",
        repeats=False,
    )
    code, qss = instance.patterns
    assert code == Pattern(
        component="CODE",
        weeks=6,
        weekdays=(1, 3),
        starts=(720, 960),
        minutes=90,
        gap_days=42,
        seats=20,
        weekly_minutes=150,
        note="synthetic",
    )
    assert (qss.roles, qss.gap_days, qss.trainers) == ((("talk", 2),), None, None)
    assert instance.arrivals == (
        Arrival(
            month=date(2026, 3, 1),
            learners=2,
            edition="mini",
            zone="Europe/Berlin",
            earliest=480,
            latest=1080,
            note=None,
        ),
    )


def test_an_instance_without_a_year_has_the_digest_that_it_had(tmp_path: Path) -> None:
    before = load(write_instance(tmp_path / "a")).instance
    after = load(write_instance(tmp_path / "b", files())).instance
    assert before.year is None
    assert before.digest != after.digest


CASES = {
    "ends before it begins": (
        files(YEAR.replace("2026-12-31", "2026-01-01")),
        "instance.yaml:18:",
        "lies before the first",
    ),
    "is over": (
        files(YEAR.replace("2026-01-05", "2024-01-01").replace("2026-12-31", "2024-12-31")),
        "instance.yaml:18:",
        "the year is over on the planning day 2025-03-25",
    ),
    "unknown kind": (
        files(YEAR.replace("QSS:", "events:")),
        "instance.yaml:19:",
        "no kind of component, and no component",
    ),
    "no such place": (files(YEAR.replace("DE-BY", "DE-XX")), "instance.yaml:21:", "no region of DE"),
    "longer than the year": (
        files(patterns=PATTERNS.replace("CODE,6", "CODE,60")),
        "patterns.csv:2:2:",
        "longer than the year",
    ),
    "always closed": (
        files(closures="start,end,note\n2025-12-24,2027-06-01,moving\n"),
        "patterns.csv:2:3:",
        "no start in the year is possible",
    ),
    "without starts": (
        files(patterns=PATTERNS.replace("12:00;16:00", "")),
        "patterns.csv:2:4:",
        "starts: must be stated",
    ),
    "no such role": (files(patterns=PATTERNS.replace("talk=2", "host=2")), "patterns.csv:3:9:", "has no role 'host'"),
    "nobody teaches it": (
        files(trainers="trainer,teaches\nlou,CODE\nmax,CODE\n"),
        "patterns.csv:3:1:",
        "nobody teaches it: no row of trainers.csv names it",
    ),
    "too few teach it": (
        files(patterns=PATTERNS.replace("QSS,1,wed,13:00,90,", "QSS,1,wed,13:00,90,2")),
        "patterns.csv:3:6:",
        "2 trainers are needed, and only lou teaches it",
    ),
    "fewer than none": (
        files(arrivals=ARRIVALS.replace("03,2", "03,-1")),
        "arrivals.csv:2:2:",
        "a whole number from 0",
    ),
    "unknown edition": (
        files(arrivals=ARRIVALS.replace("03,2,", "03,2,minni")),
        "arrivals.csv:2:3:",
        "no edition of this id",
    ),
    "more than can be planned": (
        files(arrivals=ARRIVALS.replace("03,2", "03,20000")),
        "arrivals.csv:2:2:",
        "more arrivals than can be planned",
    ),
    "an id that an arrival will have": (
        files(learners="learner,enrolled\narrival-2026-03-2,2025-01-02\n"),
        "learners.csv:2:1:",
        "arrivals.csv gives this id to somebody who is expected",
    ),
    "too few for what the component says": (
        files() | {"editions/mini.yaml": EDITION.replace("repeatable: true", "repeatable: true, trainers: 2")},
        "patterns.csv:3:6:",
        "2 trainers are needed, and only lou teaches it",
    ),
    "no month": (files(arrivals=ARRIVALS.replace("2026-03", "March")), "arrivals.csv:2:1:", "written YYYY-MM"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_of_the_year_is_told_at_its_place(tmp_path: Path, name: str) -> None:
    changes, place, words = CASES[name]
    with pytest.raises(BadInstanceError) as refused:
        load(write_instance(tmp_path, changes))
    faults = [str(fault) for fault in refused.value.faults]
    assert any(fault.startswith(place) and words in fault for fault in faults), "\n".join(faults)


def test_a_month_that_has_begun_is_warned_of(tmp_path: Path) -> None:
    loaded = load(write_instance(tmp_path, files(arrivals=ARRIVALS.replace("2026-03", "2025-03"))))
    assert any("has begun on the planning day" in str(warning) for warning in loaded.warnings)


@pytest.mark.parametrize(("then", "warned"), [("nothing", True), ("repeats", False)])
def test_who_is_expected_after_all_calendar_is_warned_of(tmp_path: Path, then: str, warned: bool) -> None:
    changes = files(YEAR.replace("then: nothing", f"then: {then}"), arrivals=ARRIVALS.replace("2026-03", "2027-03"))
    warnings = [str(warning) for warning in load(write_instance(tmp_path, changes)).warnings]
    assert any("arrivals.csv:2" in each and "comes after the year" in each for each in warnings) == warned
