"""The public face: what a notebook imports, and that its answers say what the command says."""

import subprocess
import sys
from pathlib import Path

import pytest

from scheduler import Programme
from scheduler.files.faults import BadInstanceError
from tests.command import TINY

ROOT = Path(__file__).parent.parent


def command(*arguments: str) -> str:
    asked = [sys.executable, "-m", "scheduler.cli", "path", str(TINY), "--quiet", *arguments]
    return subprocess.run(asked, capture_output=True, text=True, check=False, cwd=ROOT).stdout


def unclocked(text: str) -> list[str]:
    return [line for line in text.splitlines() if '"seconds"' not in line]


@pytest.mark.parametrize("learners", [(), ("ada",)])
def test_the_face_says_what_the_command_says(learners: tuple[str, ...]) -> None:
    options = [word for name in learners for word in ("--learner", name)]
    found = Programme.load(str(TINY)).path(learners or None)
    assert str(found) == command(*options)
    assert unclocked(found.json()) == unclocked(command("--json", *options))


def test_one_learner_may_be_named_by_a_plain_text() -> None:
    frame = Programme.load(TINY).path("ada").frame()
    assert set(frame["learner"]) == {"ada"}


def test_html_shows_the_text_with_nothing_of_it_as_markup() -> None:
    found = Programme.load(TINY).path("ada")
    shown = found._repr_html_()
    assert shown.startswith("<pre>")
    assert shown.count("<") == 2


@pytest.mark.parametrize("learners", [None, "ada"])
def test_a_chart_is_drawn_of_one_and_of_all(learners: str | None) -> None:
    pytest.importorskip("altair")
    assert Programme.load(TINY).path(learners).chart().to_dict()["title"]


def test_who_is_unknown_is_refused_with_the_nearest_name() -> None:
    programme = Programme.load(TINY)
    with pytest.raises(ValueError, match="did you mean 'ada'"):
        programme.path("adda")
    with pytest.raises(ValueError, match="no learner is named"):
        programme.path([])
    with pytest.raises(ValueError, match="exactly one learner"):
        programme.path(alternatives=2)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInstanceError):
        Programme.load(tmp_path / "none")


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'ortools', 'pandas', 'numpy', 'rich', 'pydantic'} & set(sys.modules)"
    code = f"import sys; before = {heavy}; import scheduler; assert ({heavy}) == before"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
