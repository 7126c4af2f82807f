"""A small valid instance as text, to be written into a folder with one thing changed."""

from pathlib import Path

EDITION = """\
format: 1
id: mini
title: A small programme
window: {years: 2, starts: enrolment, source: D1}
gate: {value: first-session, source: D2}
first: {value: [ORIENT], source: D2}
last: []
components:
  - {code: ORIENT, title: Orientation, kind: task, days: 7}
  - {code: CODE, title: Content Design, kind: course, seats: {value: 25, source: D1}}
  - {code: PBK, title: Playbooks, kind: course, seats: 25, source: D1}
  - {code: NOC, title: Nurturing, kind: course, seats: 25, requires: {value: [CODE, [PBK, CEF]], source: D2}}
  - {code: CEF, title: Fundamentals, kind: course}
  - {code: QSS, title: Skills Share, kind: event, repeatable: true, roles: {value: {talk: 3}, source: D1}}
requirements:
  - {id: core, title: Both core courses, count: 2, from: [CODE, PBK], source: D1}
  - {id: shares, title: Skills shares, count: 3, from: [QSS], min_minutes: {value: 60, source: D2}}
  - {id: talk, title: A talk, count: 1, from: [QSS], role: talk, source: D1}
supply:
  - {of: [CODE, PBK], count: 1, per: calendar-year, source: D1}
  - {of: [QSS], every_months: 3}
fees:
  - {id: extra, title: An extra workshop, of: [QSS], beyond: 3, source: D1}
sources: {D1: The first page, D2: The second page}
"""

FILES = {
    "editions/mini.yaml": EDITION,
    "instance.yaml": """\
format: 1
id: small
title: A small instance
edition: mini
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
""",
    "offerings.csv": """\
offering,component,start,end,seats,taken,roles,registration_closes,status,trainers,timezone,weekly_hours,price,note
CODE25S,CODE,2025-04-07,2025-05-16,,3,,2025-04-01,,lou,,2.5,"1,200 USD",synthetic dates
PBK25F,PBK,2025-09-08,2025-10-17,20,,,,tentative,lou;max,Europe/London,,,
QSS25A,QSS,2025-06-12,2025-06-12,,,talk=2,,,,,,,
CODE24F,CODE,2024-09-09,2024-10-18,,,,,published,,,,,
""",
    "sessions.csv": """\
offering,start,minutes
CODE25S,2025-04-08 12:00,90
CODE25S,2025-04-15T12:00,90
PBK25F,2025-09-09 17:00,60
QSS25A,2025-06-12 12:00-04:00,
""",
    "learners.csv": """\
learner,edition,enrolled,deadline,timezone,earliest,latest,max_weekly_hours,max_courses,prefers,avoids,note
L1,,2024-08-01,2026-09-30,,08:00,20:00,7.25,2,NOC,CEF,
L2,mini,2025-02-01,,Australia/Sydney,,,,,,,synthetic
L3,,,,,,,,,,,general registrant
""",
    "records.csv": """\
learner,component,offering,status,date,role,minutes,note
L1,,CODE24F,completed,2024-10-18,,540,
L1,CEF,,exempt,,,,took it elsewhere
L1,ORIENT,,completed,2024-08-20,,,
L2,CODE,CODE25S,booked,,,,
L1,QSS,QSS25A,booked,2025-03-01,talk,,
""",
    "unavailable.csv": """\
who,start,end,note
L1,2025-07-01,2025-07-14,holiday
lou,2025-03-26 12:00,2025-03-26 13:00,community call
""",
    "waitlist.csv": """\
learner,component,since,priority
L3,PBK,2025-01-10,1
""",
    "trainers.csv": """\
trainer,timezone,teaches,max_sessions_per_week,max_sessions_per_day
lou,,CODE;PBK,4,1
max,Europe/London,PBK,,
""",
    "candidates.csv": """\
component,start,minutes,trainers,seats
PBK,2025-06-03 12:00,90,lou,25
""",
    "closures.csv": """\
start,end,note
2025-12-24,2026-01-01,winter break
""",
}


def write_instance(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """Write the small instance with some files replaced (None: left out) and return its folder."""
    for name, content in (FILES | (changes or {})).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif content is not None:
            path.write_text(content, encoding="utf-8", newline="")
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """Return one file of the small instance with a text replaced."""
    assert FILES[name].count(old) >= 1, old
    return {name: FILES[name].replace(old, new, 1)}


def added(name: str, *rows: str) -> dict[str, str | bytes | None]:
    """Return one file of the small instance with rows added at its end."""
    return {name: FILES[name] + "".join(f"{row}\n" for row in rows)}
