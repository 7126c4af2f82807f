"""The staff's acceptance examples, each as a folder and a command line."""

import shutil
from pathlib import Path

import pytest

from scheduler.files.editions import load_edition
from scheduler.show.editions_compared import differences
from tests.command import INSTANCES, run
from tests.examples import (
    CHOSEN,
    QUARTERLY,
    QUARTERLY_27,
    Programme,
    alone,
    answered,
    broken,
    changed_edition,
    checked,
    facts,
    write_table,
)

IMPOSSIBLE = INSTANCES / "impossible-2025"
EDITIONS = ("fall-2023", "cohort-2024", "journey-2024", "rolling-2025")


def requirements_broken(folder: Path, edition: str, *bookings: str) -> list[str]:
    """Return the sentences about requirements that a plan does not meet under an edition."""
    found = broken(checked(folder, *bookings, words=("--edition", edition)))
    return [sentence for rule, sentence, _ in found if rule == "requirements"]


# ST2


@pytest.mark.parametrize("edition", EDITIONS)
def test_st2_two_skills_shares_are_enough_under_one_edition_only(tmp_path: Path, edition: str) -> None:
    programme = Programme(edition).learner(enrolled="2025-01-01").done("ada", "QSS", on="2025-05-15")
    folder = programme.done("ada", "QSS:talk", on="2025-08-14").write(tmp_path / "x")
    about = [each for each in requirements_broken(folder, edition) if "QSS" in each]
    assert bool(about) == (edition != "journey-2024")
    missing = {each["requirement"]: (each["done"], each["needed"]) for each in alone(folder)["missing"]}
    assert missing.get("skills-share") == (None if edition == "journey-2024" else (2, 3))


def test_st2_project_management_is_an_elective_only_since_2025(tmp_path: Path) -> None:
    programme = Programme().learner().runs("PMB-26F 2026-09-14 2026-09-15")
    folder = programme.done("ada", "CODE", "PBK").write(tmp_path / "x")
    assert not any("NOC" in each for each in requirements_broken(folder, "rolling-2025", "PMB-26F"))
    found = broken(checked(folder, "PMB-26F", words=("--edition", "cohort-2024")))
    assert ("bookable", "PMB is no component of edition cohort-2024", None) in found
    assert [source for rule, sentence, source in found if rule == "requirements" and "NOC" in sentence] == ["S002"]


@pytest.mark.parametrize(("edition", "enough"), [("cohort-2024", False), ("fall-2023", True)])
@pytest.mark.parametrize("minutes", [59, 60])
def test_st2_an_hour_of_attendance_is_asked_for_by_one_edition(
    tmp_path: Path, edition: str, enough: bool, minutes: int
) -> None:
    programme = Programme(edition).learner(enrolled="2025-01-01")
    for day in ("2025-02-13", "2025-05-15", "2025-08-14"):
        programme.done("ada", "QSS", on=day, minutes=str(minutes))
    folder = programme.write(tmp_path / "x")
    about = [each for each in requirements_broken(folder, edition) if "three QSS" in each]
    assert (not about) == (enough or minutes == 60)


def test_st2_the_differences_of_two_editions_are_listed_with_their_sources() -> None:
    found = {
        what: (one, other)
        for what, one, other in differences(load_edition("journey-2024"), load_edition("rolling-2025"))
    }
    assert found["required: skills-share"] == ("Two skills shares: 2 [S004]", "Three skills shares: 3 [S003]")
    assert found["out of: elective"] == ("NOC, COP [S004]", "NOC, COP, PMB [S003]")
    assert found["seats: CODE, PBK, NOC, COP, PMB"] == ("unspecified", "25 [S003]")
    screen = run("editions", "journey-2024", "rolling-2025").out
    assert all(what.split(":")[0] in screen for what in found)


# ST3


def talkers(count: int) -> Programme:
    """Return learners who miss a talk alone, and eight quarterly sessions of three places."""
    programme = Programme().runs(*QUARTERLY, *QUARTERLY_27)
    for number in range(count):
        name = f"L{number:02}"
        programme.learner(name).done(name, "ORIENT", "CODE", "PBK", "NOC", "VALUES", "FEEDBACK", *CHOSEN[:4])
        programme.done(name, "QSS", on="2025-08-14").done(name, "QSS", on="2025-11-13")
    return programme


@pytest.mark.parametrize(("learners", "blocked"), [(24, 0), (25, 1)])
def test_st3_eight_sessions_of_three_talks_are_one_short_for_a_cohort_of_25(
    tmp_path: Path, learners: int, blocked: int
) -> None:
    answer = answered(talkers(learners).write(tmp_path / "x"))
    assert answer["status"] == "optimal"
    assert answer["goals"][0] == {"name": "not-graduating", "value": blocked, "bound": blocked, "unit": "learners"}
    stuck = [facts(each) for each in answer["learners"] if each["status"] == "blocked"]
    assert len(stuck) == blocked
    for conflict in stuck:
        assert any("all 24 places in the role of talk are taken" in fact for fact in conflict), conflict


@pytest.mark.parametrize("remedy", ["one more session", "a cap of four", "none"])
def test_st3_one_more_session_or_a_fourth_place_is_the_remedy(tmp_path: Path, remedy: str) -> None:
    programme = talkers(25).runs(*(["QSS-27E 2027-12-09"] if remedy == "one more session" else []))
    sessions = [row["offering"] for row in programme.tables["offerings"]]
    if remedy == "a cap of four":
        programme.tables["offerings"][0]["roles"] = "talk=4"
    folder = programme.write(tmp_path / "x")
    places = [session for session in sessions for _ in range(3)][: 24 + 3 * (remedy == "one more session")] + sessions[
        :1
    ]
    rows = [{"learner": f"L{place:02}", "offering": places[place], "role": "talk"} for place in range(25)]
    ran = run("check", folder, write_table(tmp_path / "plan.csv", rows, ()), "--json")
    first = sessions[0]
    short = [("role_places", f"{first} has 3 places in the role of talk and 4 need one", "offerings.csv")]
    assert broken(ran) == (short if remedy == "none" else [])


# ST4

ELECTIVE = "one of NOC, COP is required; the calendar holds no run of COP"
ONLY_RUN = "the only NOC run ends 2025-11-28 (it starts 2025-10-06)"
WINDOW = "the window ends 2025-09-21"


def test_st4_first_cohort_learner_is_blocked_by_exactly_three_facts() -> None:
    part = alone(IMPOSSIBLE)
    assert part["status"] == "blocked"
    assert part["conflict"] == [
        {"rule": "requirements", "source": "S002", "fact": ELECTIVE},
        {"rule": "bookable", "source": "offerings.csv", "fact": ONLY_RUN},
        {"rule": "window", "source": "S002, clock from the first orientation day", "fact": WINDOW},
    ]
    assert answered(IMPOSSIBLE)["status"] == "infeasible"


@pytest.mark.parametrize(
    ("dropped", "table", "old", "new"),
    [
        ("the only run", "offerings.csv", "NOC25F,NOC,2025-10-06,2025-11-28", "NOC25F,NOC,2025-07-28,2025-09-21"),
        ("the window", "learners.csv", "timezone,note", "timezone,note,deadline"),
        ("the elective", "instance.yaml", "", ""),
    ],
)
def test_st4_dropping_any_one_of_the_three_frees_the_learner(
    tmp_path: Path, dropped: str, table: str, old: str, new: str
) -> None:
    folder = tmp_path / "x"
    shutil.copytree(IMPOSSIBLE, folder)
    text = (folder / table).read_text(encoding="utf-8").replace(old, new)
    if dropped == "the window":
        text = text.rstrip("\n") + ",2025-11-28\n"
    (folder / table).write_text(text, encoding="utf-8")
    if dropped == "the only run":
        sessions = (folder / "sessions.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / "sessions.csv").write_text("".join(row for row in sessions if "NOC25F" not in row), encoding="utf-8")
    if dropped == "the elective":
        write_without_elective(folder)
    assert alone(folder)["status"] == "graduates"


def write_without_elective(folder: Path) -> None:
    """Write beside an instance the edition of late 2024 without its elective."""
    (text,) = changed_edition("cohort-2024").values()
    head, tail = text.split("  - id: elective", 1)
    (folder / "editions").mkdir()
    own = folder / "editions" / "cohort-2024.yaml"
    own.write_text(head + tail[tail.index("  - {id: required-workshops") :], encoding="utf-8")


# ST5


def test_st5_five_of_six_workshops_are_one_too_few(tmp_path: Path) -> None:
    programme = Programme().learner().done("ada", "ORIENT", "VALUES", "FEEDBACK", *CHOSEN[:2])
    folder = programme.runs("TOOLS-26A 2026-05-06", "LSC1-26A 2026-05-08").write(tmp_path / "x")
    found = requirements_broken(folder, "rolling-2025", "TOOLS-26A")
    (short,) = [each for each in found if "TOOLS" in each]
    assert short.startswith("Four chosen Mini-workshops: ")
    assert short.endswith(" are required, and the plan has 3 of 4")
    assert not any("TOOLS" in each for each in requirements_broken(folder, "rolling-2025", "TOOLS-26A", "LSC1-26A"))


def test_st5_the_second_of_a_series_before_the_first_is_a_breach(tmp_path: Path) -> None:
    programme = Programme().learner().runs("LSC2-26A 2026-05-01", "LSC1-26A 2026-05-08", "LSC2-26B 2026-05-15")
    folder = programme.write(tmp_path / "x")
    (breach,) = [each for each in broken(checked(folder, "LSC1-26A", "LSC2-26A")) if each[0] == "prerequisites"]
    assert "LSC1" in breach[1]
    assert "2026-05-01" in breach[1] or "LSC2-26A" in breach[1]
    assert not [each for each in broken(checked(folder, "LSC1-26A", "LSC2-26B")) if each[0] == "prerequisites"]


@pytest.mark.parametrize("strict", [False, True])
def test_st5_playbooks_before_content_design_is_a_breach_under_strict_order_only(tmp_path: Path, strict: bool) -> None:
    loose = "{code: PBK, title: Creating Community Playbooks, kind: course, source: S004}"
    order = loose.replace("source: S004", "requires: {value: [CODE], source: S004}, source: S004")
    files = changed_edition("journey-2024", (loose, order)) if strict else {}
    programme = Programme("journey-2024", "2024-06-01").learner(enrolled="2024-06-10")
    programme.done("ada", "ORIENT", "VALUES", "FEEDBACK", on="2024-05-30")
    programme.runs("PBK-24S 2024-07-15 2024-08-23", "CODE-25W 2025-01-28 2025-03-10")
    found = broken(checked(programme.write(tmp_path / "x", files), "PBK-24S", "CODE-25W"))
    breaches = [(sentence, source) for rule, sentence, source in found if rule == "prerequisites"]
    assert [source for _, source in breaches] == (["S004"] if strict else [])
