"""What the small instance of `builders_files` says, written out as nouns."""

from datetime import date, datetime

from models.programme.edition import Component, Edition, Fee, Promise, Requirement, Window
from models.programme.instance import Instance
from models.programme.offering import Offering, Session
from models.programme.people import Candidate, Closure, Learner, Record, Slots, Trainer, Unavailable, Waiting
from models.programme.time import Span, instant

NEW_YORK = "America/New_York"
MINI = Edition(
    id="mini",
    title="A small programme",
    window=Window(years=2, starts="enrolment", source="D1"),
    gate="first-session",
    first=(("ORIENT",),),
    components=(
        Component(code="ORIENT", title="Orientation", kind="task", days=7),
        Component(code="CODE", title="Content Design", kind="course", seats=25),
        Component(code="PBK", title="Playbooks", kind="course", seats=25),
        Component(code="NOC", title="Nurturing", kind="course", seats=25, requires=(("CODE",), ("PBK", "CEF"))),
        Component(code="CEF", title="Fundamentals", kind="course"),
        Component(code="QSS", title="Skills Share", kind="event", repeatable=True, roles=(("talk", 3),)),
    ),
    requirements=(
        Requirement(id="core", title="Both core courses", count=2, pool=("CODE", "PBK"), source="D1"),
        Requirement(id="shares", title="Skills shares", count=3, pool=("QSS",), min_minutes=60),
        Requirement(id="talk", title="A talk", count=1, pool=("QSS",), role="talk", source="D1"),
    ),
    supply=(
        Promise(of=("CODE", "PBK"), count=1, per="calendar-year", source="D1"),
        Promise(of=("QSS",), every_months=3),
    ),
    fees=(Fee(id="extra", title="An extra workshop", of=("QSS",), beyond=3, source="D1"),),
    sources={
        "window": "D1",
        "gate": "D2",
        "first": "D2",
        "components.CODE.seats": "D1",
        "components.PBK": "D1",
        "components.PBK.kind": "D1",
        "components.PBK.seats": "D1",
        "components.PBK.title": "D1",
        "components.NOC.requires": "D2",
        "components.QSS.roles": "D1",
        "requirements.core": "D1",
        "requirements.core.count": "D1",
        "requirements.core.from": "D1",
        "requirements.core.title": "D1",
        "requirements.shares.min_minutes": "D2",
        "requirements.talk": "D1",
        "requirements.talk.count": "D1",
        "requirements.talk.from": "D1",
        "requirements.talk.role": "D1",
        "requirements.talk.title": "D1",
        "fees.extra": "D1",
        "fees.extra.beyond": "D1",
        "fees.extra.of": "D1",
        "fees.extra.title": "D1",
    },
    documents={"D1": "The first page", "D2": "The second page"},
)


def at(text: str, zone: str = NEW_YORK) -> int:
    return instant(datetime.fromisoformat(text), zone)


SMALL = Instance(
    id="small",
    title="A small instance",
    edition="mini",
    as_of=date(2025, 3, 25),
    zone=NEW_YORK,
    synthetic=True,
    editions={"mini": MINI},
    offerings=(
        Offering(id="CODE24F", component="CODE", start=date(2024, 9, 9), end=date(2024, 10, 18), seats=25),
        Offering(
            id="CODE25S",
            component="CODE",
            start=date(2025, 4, 7),
            end=date(2025, 5, 16),
            seats=25,
            taken=3,
            registration_closes=date(2025, 4, 1),
            trainers=("lou",),
            weekly_minutes=150,
            price="1,200 USD",
            note="synthetic dates",
            sessions=(
                Session(start=at("2025-04-08 12:00"), minutes=90),
                Session(start=at("2025-04-15 12:00"), minutes=90),
            ),
        ),
        Offering(
            id="QSS25A",
            component="QSS",
            start=date(2025, 6, 12),
            end=date(2025, 6, 12),
            roles=(("talk", 2),),
            sessions=(Session(start=at("2025-06-12 12:00")),),
        ),
        Offering(
            id="PBK25F",
            component="PBK",
            start=date(2025, 9, 8),
            end=date(2025, 10, 17),
            seats=20,
            status="tentative",
            trainers=("lou", "max"),
            zone="Europe/London",
            sessions=(Session(start=at("2025-09-09 17:00", "Europe/London"), minutes=60),),
        ),
    ),
    learners=(
        Learner(
            id="L1",
            edition="mini",
            enrolled=date(2024, 8, 1),
            deadline=date(2026, 9, 30),
            earliest=480,
            latest=1200,
            max_weekly_minutes=435,
            max_courses=2,
            prefers=("NOC",),
            avoids=("CEF",),
        ),
        Learner(id="L2", edition="mini", enrolled=date(2025, 2, 1), zone="Australia/Sydney", note="synthetic"),
        Learner(id="L3", edition="mini", note="general registrant"),
    ),
    records=(
        Record(learner="L1", component="CEF", status="exempt", note="took it elsewhere"),
        Record(learner="L1", component="ORIENT", status="completed", date=date(2024, 8, 20)),
        Record(
            learner="L1",
            component="CODE",
            status="completed",
            offering="CODE24F",
            date=date(2024, 10, 18),
            minutes=540,
        ),
        Record(learner="L1", component="QSS", status="booked", offering="QSS25A", date=date(2025, 3, 1), role="talk"),
        Record(learner="L2", component="CODE", status="booked", offering="CODE25S"),
    ),
    unavailable=(
        Unavailable(
            who="L1",
            span=Span(at("2025-07-01 00:00"), at("2025-07-15 00:00")),
            words="2025-07-01 to 2025-07-14",
            note="holiday",
        ),
        Unavailable(
            who="lou",
            span=Span(at("2025-03-26 12:00"), at("2025-03-26 13:00")),
            words="2025-03-26 12:00 to 2025-03-26 13:00",
            note="community call",
        ),
    ),
    waitlist=(Waiting(learner="L3", component="PBK", since=date(2025, 1, 10), priority=1),),
    trainers=(
        Trainer(id="lou", zone=NEW_YORK, teaches=("CODE", "PBK"), max_sessions_per_week=4, max_sessions_per_day=1),
        Trainer(id="max", zone="Europe/London", teaches=("PBK",)),
    ),
    candidates=(Candidate(component="PBK", start=at("2025-06-03 12:00"), minutes=90, trainers=("lou",), seats=25),),
    closures=(Closure(start=date(2025, 12, 24), end=date(2026, 1, 1), note="winter break"),),
    slots=Slots(
        first=date(2025, 4, 14),
        last=date(2025, 12, 19),
        weekdays=(1, 2, 3),
        starts=(720, 960),
        notice_days=21,
        holidays="US",
        minutes=90,
    ),
)
