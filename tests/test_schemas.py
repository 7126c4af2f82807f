"""The published schemas are those of the readers, and accept what the readers accept."""

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from scheduler.files.schemas import schemas
from scheduler.studies.schema import study_schemas
from tests.builders_files import FILES

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT / "instances" / "schema"
DOCUMENTED_INSTANCE = """\
format: 1
id: cscce-2025
title: The programme as of spring 2025
edition: rolling-2025
as_of: 2025-03-25
timezone: America/New_York
synthetic: true
candidates:
  first: 2025-04-14
  last: 2025-12-19
  weekdays: [tue, wed, thu]
  starts: ["12:00", "16:00"]
  notice_days: 21
  holidays: US
  minutes: 90
"""
DOCUMENTED_EDITION = """\
format: 1
id: rolling-2025
title: Rolling enrolment, 2025
window: {years: 2, starts: enrolment}
gate: first-session
first: [ORIENT]
last: []
components:
  - {code: CODE, title: Content Design, kind: course, seats: 25}
  - {code: NOC, title: Nurturing Online Communities, kind: course, seats: 25, requires: [CODE, [CEF, CEFP]]}
  - {code: QSS, title: Quarterly Skills Share, kind: event, repeatable: true, roles: {talk: 3}}
  - {code: ORIENT, title: Orientation, kind: task, days: 7}
requirements:
  - {id: core, title: Both core courses, count: 2, from: [CODE, PBK], source: S003}
  - {id: talk, title: A lightning talk, count: 1, from: [QSS], role: talk, source: S003}
supply:
  - {of: [VALUES, FEEDBACK], count: 1, per: calendar-year, source: S003}
  - {of: [QSS], every_months: 3, source: S003}
"""


def as_json(text: str) -> object:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


def accepts(name: str, text: str) -> bool:
    schema = json.loads({**schemas(), **study_schemas()}[name])
    jsonschema.Draft202012Validator.check_schema(schema)
    return bool(jsonschema.Draft202012Validator(schema).is_valid(as_json(text)))


def test_the_published_schemas_are_up_to_date() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in PUBLISHED.glob("*.json")} == {
        **schemas(),
        **study_schemas(),
    }


@pytest.mark.parametrize("text", [DOCUMENTED_INSTANCE, FILES["instance.yaml"]])
def test_instances_fit_their_schema(text: str) -> None:
    assert accepts("instance.schema.json", text)
    assert not accepts("instance.schema.json", text.replace("as_of", "asof"))


@pytest.mark.parametrize("text", [DOCUMENTED_EDITION, FILES["editions/mini.yaml"]])
def test_editions_fit_their_schema(text: str) -> None:
    assert accepts("edition.schema.json", text)
    assert not accepts("edition.schema.json", text.replace("kind: event", "kind: evnt"))
    assert not accepts("edition.schema.json", text.replace("seats: 25", "seats: 0").replace("value: 25", "value: 0"))


@pytest.mark.parametrize("path", sorted((ROOT / "instances" / "editions").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_editions_fit_their_schema(path: Path) -> None:
    assert accepts("edition.schema.json", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted((ROOT / "instances" / "studies").glob("*.yaml")), ids=lambda path: path.stem)
def test_shipped_studies_fit_their_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert accepts("study.schema.json", text)
    assert not accepts("study.schema.json", text.replace("baseline:", "base:"))
    assert not accepts("study.schema.json", text.replace("cancel: ", "cancle: "))
