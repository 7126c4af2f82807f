"""The notebooks run, show what they promise, hold no logic of their own, and stand in the tree with the outputs they have now."""

import ast
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
CHARTS = {
    "01-one-learner": ("L16: The programme from its first cohort", "If L16 misses a step", "Other ways for L16"),
    "02-waitlist": ("How many waits so many added sessions cover", "Seats used by offering"),
    "03-the-year": (
        "The real runs of CODE and PBK",
        "Talk places by skills share",
        "When each learner graduates",
        "What is lost if an offering is cancelled",
        "Learner-days saved by one more run",
    ),
    "04-what-if": (
        "What 240 changed calendars come to",
        "Distribution of graduation days",
        "Hopeful, likely and certain days",
        "Chance to graduate in time",
        "How many seats to sell",
    ),
    "05-next-year": ("The programme on 1 October 2025, with 2026 still to be planned",),
}
LONG = ("02-waitlist", "03-the-year", "04-what-if", "05-next-year")
TIMED = ("05-next-year",)
"""Notebooks whose search ends with its time: what is found differs from run to run, what is shown does not."""
MOST_BYTES = 400_000
SVG = "image/svg+xml"
LOGIC = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.Try)


def opened(path: Path) -> Any:  # noqa: ANN401 - nbformat has no types
    """Return a notebook as it stands in the tree."""
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]


def executed(path: Path, folder: Path) -> Any:  # noqa: ANN401 - nbformat has no types
    """Run a notebook from the beginning, in a folder beside which the instances lie; return it with its new outputs."""
    notebook = opened(path)
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources=resources, record_timing=False).execute()
    notebook.metadata.language_info = {"name": "python"}
    return notebook


def code(path: Path) -> Iterator[str]:
    """Yield the code cells of a notebook as it stands in the tree."""
    yield from (cell.source for cell in opened(path).cells if cell.cell_type == "code")


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_uses_nothing_but_the_public_face(name: str) -> None:
    ours = [
        (each.module, alias.name)
        for source in code(FOLDER / f"{name}.ipynb")
        for each in ast.walk(ast.parse(source))
        if isinstance(each, ast.ImportFrom) and (each.module or "").split(".")[0] in {"scheduler", "models"}
        for alias in each.names
    ]
    assert {module for module, _ in ours} == {"scheduler"}
    assert {name for _, name in ours} <= {"Programme", "charts", "overbook"}


def outputs(notebook: Any) -> Iterator[Any]:  # noqa: ANN401 - nbformat has no types
    """Yield all outputs in order."""
    yield from (output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs)


def readable(output: Any) -> tuple[str, ...]:  # noqa: ANN401 - nbformat has no types
    """Return what somebody reads in an output: tables and sentences, and the words in a drawing, not its lines."""
    shown = output.get("data", {"text": output.get("text", "")})
    drawing = re.findall(r"<(?:text|title|desc)\b[^>]*>([^<]*)<", shown.get(SVG, ""))
    return (*(str(value) for kind, value in sorted(shown.items()) if kind != SVG), *drawing)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the notebooks beside the instances, with the packages of this tree."""
    shutil.copytree(FOLDER, tmp_path / "notebooks")
    (tmp_path / "instances").symlink_to(ROOT / "instances")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    return tmp_path / "notebooks"


def test_there_is_a_notebook_for_each_story() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == sorted(CHARTS)


@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in CHARTS])
def test_a_notebook_runs_and_shows_what_it_showed(name: str, place: Path) -> None:
    kept = opened(FOLDER / f"{name}.ipynb")
    fresh = executed(place / f"{name}.ipynb", place)
    assert [output for output in outputs(fresh) if output.output_type in {"error", "stream"}] == []
    if name in TIMED:
        assert [sorted(output.data) for output in outputs(fresh)] == [sorted(output.data) for output in outputs(kept)]
    else:
        assert [readable(output) for output in outputs(fresh)] == [readable(output) for output in outputs(kept)]


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_holds_the_promised_charts_with_title_and_alt_text(name: str) -> None:
    drawings = [
        output.data[SVG] for output in outputs(opened(FOLDER / f"{name}.ipynb")) if SVG in output.get("data", {})
    ]
    titles = [found[1] for drawing in drawings if (found := re.search(r"<title>([^<]+)</title>", drawing))]
    told = [found[1] for drawing in drawings if (found := re.search(r"<desc>([^<]{40,})</desc>", drawing))]
    assert len(titles) == len(told) == len(drawings)
    assert [title for title in CHARTS[name] if not any(each.startswith(title) for each in titles)] == []


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_calls_public_functions_and_holds_no_logic(name: str) -> None:
    trees = [ast.parse(source) for source in code(FOLDER / f"{name}.ipynb")]
    assert [ast.unparse(node) for tree in trees for node in ast.walk(tree) if isinstance(node, LOGIC)] == []
    private = r"\b_[a-z]"
    assert [source for source in code(FOLDER / f"{name}.ipynb") if re.search(private, source)] == []


@pytest.mark.parametrize("name", CHARTS)
def test_a_notebook_is_light_and_names_no_machine(name: str) -> None:
    text = (FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert re.findall(r"/(?:home|tmp|work|usr|Users)/\S*", text) == []
    assert "made up" in text


if __name__ == "__main__":  # after a change that is meant: python -m tests.test_notebooks
    for story in sorted(FOLDER.glob(sys.argv[1] if len(sys.argv) > 1 else "*.ipynb")):
        text = nbformat.writes(executed(story, FOLDER))  # type: ignore[no-untyped-call]
        story.write_text(text + "\n", encoding="utf-8")
