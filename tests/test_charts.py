"""Charts are drawings with a title, a description and everything that their frame holds."""

import re
import subprocess
import sys
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from models.programme.instance import Instance
from scheduler import charts, frames
from scheduler.charts.margins import margin_of, words_in
from scheduler.files.folder import load
from scheduler.questions import PathQuestion
from scheduler.solve.paths import solve_paths
from scheduler.solve.result import Result

ROOT = Path(__file__).parent.parent


@cache
def tiny() -> Instance:
    return load(ROOT / "instances" / "tiny").instance


@cache
def planned() -> Result:
    return solve_paths(tiny(), PathQuestion(learners=tuple(tiny().learner)))


def words(drawing: str) -> list[str]:
    """Return the words that somebody reads in a drawing."""
    return re.findall(r"<(?:text|tspan)\b[^>]*>([^<]+)</", drawing)


def test_a_drawing_names_and_describes_itself_and_escapes_what_it_is_given() -> None:
    chart = charts.seats_chart(frames.seats_frame(planned()), title='Seats <b>"&')
    drawing = charts.svg(chart)
    assert "<title>Seats &lt;b&gt;&quot;&amp;</title>" in drawing
    assert re.match(r'<svg [^>]*role="img" aria-label="Seats &lt;b&gt;', drawing)
    assert re.search(r"<desc>[^<]*Full: [^<]+</desc>", drawing)


def test_a_long_title_is_broken_into_lines_and_named_whole() -> None:
    title = "The programme from its first cohort to the end of 2026, as planned on 25 March 2025 (synthetic)"
    drawing = charts.svg(charts.seats_chart(frames.seats_frame(planned()), title=title))
    assert f"<title>{title}</title>" in drawing
    assert title not in words(drawing)
    assert {word for word in words(drawing) if word in title} >= {
        "The programme from its first cohort to the end of 2026, as",
        "planned on 25 March 2025 (synthetic)",
    }
    assert margin_of(drawing).right < 850


def test_a_journey_map_shows_every_step_and_marked_day() -> None:
    steps = frames.plan_frame(planned()).query("learner == 'ada'")
    marks = {"planning day": tiny().as_of, "graduates": date(2025, 6, 17), "last day allowed": None}
    chart = charts.journey_map(steps, marks, title="The journey of ada")
    told = words(charts.svg(chart))
    assert [offering for offering in steps["offering"].dropna() if not any(offering in word for word in told)] == []
    assert "graduates 2025-06-17" in told
    assert [word for word in told if "last day" in word] == []
    assert chart.to_dict()["description"].endswith("Marked: planning day 2025-01-06, graduates 2025-06-17.")
    assert "Day" in told


def test_every_learner_is_named_and_who_has_no_path_is_told() -> None:
    chart = charts.graduations_chart(frames.graduations_frame(planned()), title="When")
    assert {"ada", "ben", "cal"} <= set(words(charts.svg(chart)))
    assert "Without a path: cal." in chart.to_dict()["description"]


def test_the_longest_wait_is_written_in_days() -> None:
    runs = frames.runs_frame(load(ROOT / "instances" / "cscce-2023-2026").instance).query("component == 'CODE'")
    assert "477 days" in words(charts.svg(charts.gaps_chart(runs, title="CODE")))


def test_a_step_without_which_there_is_no_path_is_told_in_words() -> None:
    rows = pd.DataFrame(
        {
            "offering": ["A", "B", "C"],
            "start": pd.to_datetime(["2025-01-01", "2025-02-01", "2025-03-01"]),
            "days_lost": pd.array([3, None, 0], dtype="Int64"),
        }
    )
    told = words(charts.svg(charts.missed_chart(rows, title="If a step is missed")))
    assert {"3 days", "no path then", "no day lost"} <= set(told)


def test_the_map_of_value_leaves_out_what_never_helps_and_says_so() -> None:
    rows = pd.DataFrame(
        {
            "component": ["A", "A", "B", "B"],
            "month": ["2025-01", "2025-02"] * 2,
            "days_saved": pd.array([12, 0, 0, 0], dtype="Int64"),
            "graduations_gained": pd.array([1, 0, 0, 0], dtype="Int64"),
        }
    )
    chart = charts.value_chart(rows, title="Value")
    told = words(charts.svg(chart))
    assert "12+" in told
    assert "B" not in told
    assert "Nothing is saved by one more of B." in chart.to_dict()["description"]


def test_a_point_of_the_curve_that_is_not_proved_is_counted() -> None:
    rows: dict[str, Any] = {"sessions": [0, 1], "covered": [2, 3], "bound": [2, 4], "waiting": [5, 5]}
    chart = charts.curve_chart(pd.DataFrame(rows | {"proved": [True, False]}), title="Curve")
    assert any("1 of 2 points are proved best" in word for word in words(charts.svg(chart)))


def test_the_most_seats_within_the_accepted_risk_are_named() -> None:
    sales = pd.DataFrame({"sold": [25, 26, 27], "risk": [0.0, 0.02, 0.08]})
    chart = charts.overbooking_chart(sales, accepted=0.05, title="Sales")
    assert "Up to 26 seats can be sold" in chart.to_dict()["description"]


def test_the_best_scenario_is_one_that_keeps_most_graduations() -> None:
    rows = {"kind": ["scenario"] * 3, "scenario": ["baseline", "fewer", "sooner"]}
    study = pd.DataFrame(rows | {"learner_days_later": [0, -90, -30], "graduates": [5, 4, 5]})
    chart = charts.scenarios_chart(study, title="Scenarios")
    assert "from -90 to 0 learner-days later; 4 to 5 learners graduate. Best: sooner." in chart.to_dict()["description"]


def test_a_learner_who_is_never_in_time_is_counted_in_the_spread() -> None:
    days = dict.fromkeys(("first", "low", "high", "last", "baseline"), pd.to_datetime(["2025-01-01", "NaT"]))
    spread = pd.DataFrame({"learner": ["a", "b"], **days, "never": [0, 7], "scenarios": [7, 7]})
    assert "not in time in 7 of 7" in words(charts.svg(charts.spread_chart(spread, title="Spread")))


def test_days_that_do_not_exist_are_told_as_never() -> None:
    days = {"hopeful": pd.to_datetime(["2025-01-01"]), "likely": pd.to_datetime(["2025-02-01"])}
    learners = pd.DataFrame({"learner": ["a"], **days, "certain": pd.to_datetime(["NaT"])})
    told = charts.ranges_chart(learners, title="Ranges").to_dict()["description"]
    assert "a: hopeful 2025-01-01, likely 2025-02-01, certain never" in told


def test_chances_are_told_as_shares() -> None:
    rows = {"learner": ["a", "b"], "chance": [0.5, 1.0], "chance_low": [0.4, 0.9], "chance_high": [0.6, 1.0]}
    chart = charts.chances_chart(pd.DataFrame(rows), title="Chances")
    assert "a 50%; b 100%" in chart.to_dict()["description"]


def test_other_ways_stand_below_each_other_each_with_its_day() -> None:
    steps = frames.plan_frame(planned()).query("learner == 'ada'").assign(graduation=pd.Timestamp("2025-06-17"))
    both = pd.concat([steps.assign(path=0), steps.assign(path=1)])
    told = words(charts.svg(charts.alternatives_map(both, title="Ways")))
    assert {"Best path: 2025-06-17", "Alternative 1: 2025-06-17"} <= set(told)


def test_what_a_cancelled_offering_costs_is_told_in_days_and_graduations() -> None:
    rows = {"offering": ["A"], "start": pd.to_datetime(["2025-01-01"]), "days_lost": [9], "graduations_lost": [2]}
    told = words(charts.svg(charts.critical_chart(pd.DataFrame(rows), title="Critical")))
    assert "9 days, 2 not in time" in told


def test_what_could_be_cancelled_without_a_loss_is_counted_and_not_drawn() -> None:
    days = pd.to_datetime(["2025-01-01"] * 3)
    rows: dict[str, Any] = {
        "offering": ["A", "B", "C"],
        "start": days,
        "days_lost": [9, 0, None],
        "graduations_lost": [0, 0, 1],
    }
    told = " ".join(words(charts.svg(charts.critical_chart(pd.DataFrame(rows), title="Critical"))))
    assert ("A  2025-01-01" in told, "B  2025-01-01" in told, "C  2025-01-01" in told) == (True, False, True)
    assert "Left out, for nothing is lost: 1." in told
    spared = pd.DataFrame({key: column[1:2] for key, column in rows.items()})
    assert "B  2025-01-01" in words(charts.svg(charts.critical_chart(spared, title="Critical")))


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        charts.gaps_chart(frames.runs_frame(tiny()).query("component == 'NONE'"), title="None")


@pytest.mark.parametrize("module", ["altair", "vl_convert"])
def test_without_the_extra_one_sentence_says_what_to_install(module: str) -> None:
    code = f"import sys; sys.modules['{module}'] = None; import scheduler.charts"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (
        ran.stderr.splitlines()[-1]
        == 'ImportError: charts need more packages: pip install "cohort-scheduler[notebooks]"'
    )


def test_frames_need_no_drawing_library() -> None:
    code = "import sys; sys.modules['altair'] = None; import scheduler.frames; print('fine')"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "fine\n"


@cache
def drawn() -> dict[str, str]:
    """Draw charts with long words at their edges, and with next to nothing in them."""
    waits = {"sessions": [0, 1], "covered": [0, 1], "bound": [0, 1], "waiting": [1, 1], "proved": [True, True]}
    chance = {
        "learner": ["a learner with a rather long name", "b"],
        "chance": [0.5, 1],
        "chance_low": [0, 0.9],
        "chance_high": [1, 1],
    }
    days = {
        "offering": ["A", "B"],
        "start": pd.to_datetime(["2025-01-01"] * 2),
        "days_lost": pd.array([0, 1], dtype="Int64"),
    }
    made = {
        "seats": charts.seats_chart(frames.seats_frame(planned()), title="Seats in a programme of three learners"),
        "graduations": charts.graduations_chart(frames.graduations_frame(planned()), title="When"),
        "curve": charts.curve_chart(pd.DataFrame(waits), title="Curve"),
        "chances": charts.chances_chart(pd.DataFrame(chance), title="Chances"),
        "missed": charts.missed_chart(pd.DataFrame(days), title="If a step is missed"),
        "overbooking": charts.overbooking_chart(
            pd.DataFrame({"sold": [20], "risk": [0.0]}), accepted=0.05, title="Sold"
        ),
        "journey": charts.journey_map(
            frames.plan_frame(planned()), {"last day allowed": date(2026, 1, 6)}, title="All"
        ),
    }
    return {name: charts.svg(chart) for name, chart in made.items()}


@pytest.mark.parametrize("name", ["seats", "graduations", "curve", "chances", "missed", "overbooking", "journey"])
def test_no_word_is_clipped_in_a_wide_font_and_no_axis_says_a_number_twice_or_below_nothing(name: str) -> None:
    drawing = drawn()[name]
    shown = margin_of(drawing)
    boxes = list(words_in(drawing))
    assert [word for word, _ in boxes] == [unescape(word) for word in words(drawing)]
    outside = [
        word
        for word, box in boxes
        if box.left < shown.left or box.top < shown.top or box.right > shown.right or box.bottom > shown.bottom
    ]
    assert outside == []
    ticks = [label for label in words(drawing) if re.fullmatch(r"[-\u2212]?[\d.]+%?", label)]
    assert not [tick for tick in ticks if tick[0] in "-\u2212" or "." in tick.removesuffix(".0%")]
