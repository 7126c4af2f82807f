"""The picture of a planned year: every run on its day, trainers told apart by more than colour, closed days grey."""

import json
import re
from typing import Any

import pytest

from scheduler import Programme, charts, frames
from scheduler.face.calendars import Calendars
from tests.year_files import year_folder

CLOSURES = "start,end,note\n2025-02-17,2025-02-21,retreat\n"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Calendars:
    folder = year_folder(tmp_path_factory.mktemp("year"), closures=CLOSURES)
    return Programme.load(folder).calendar(time_limit=20)


def test_the_frame_has_every_run_of_the_year_in_the_order_of_the_edition(planned: Calendars) -> None:
    frame = frames.year_frame(planned.found)
    told = {
        row["offering"]: row["state"] for row in json.loads(planned.json())["offerings"] if row["start"] < "2025-05"
    }
    assert dict(zip(frame["offering"], frame["state"], strict=True)) == told
    assert {"added", "kept"} <= set(frame["state"])
    known = [each.code for each in planned.found.instance.editions[planned.found.instance.edition].components]
    codes = list(dict.fromkeys(frame["component"]))
    assert codes == sorted(codes, key=known.index)
    (shut,) = frames.closed_frame(planned.found).to_dict("records")
    assert (str(shut["start"].date()), str(shut["end"].date()), shut["why"]) == ("2025-02-17", "2025-02-21", "retreat")


def test_the_chart_tells_trainers_apart_by_shape_and_says_all_in_words(planned: Calendars) -> None:
    chart: dict[str, Any] = planned.chart().to_dict()
    shapes = [layer["encoding"]["shape"]["scale"] for layer in chart["layer"] if "shape" in layer.get("encoding", {})]
    assert all(len(set(each["range"])) == len(each["domain"]) for each in shapes)
    frame = frames.year_frame(planned.found)
    assert all(f"{day:%Y-%m-%d}" in chart["description"] for day in frame["start"])
    assert "Closed: 2025-02-17 retreat." in chart["description"]
    drawing = charts.svg(planned.chart())
    words = re.findall(r"<text\b[^>]*>([^<]+)</text>", drawing)
    assert set(frame["component"]) <= set(words)
    assert {"Jan", "Feb", "Mar", "max"} <= set(words)
