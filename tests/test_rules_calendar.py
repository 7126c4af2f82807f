"""The rules of the calendar: both sayings accept the same additions, and what stands is judged where people look for it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from random import Random

import pytest

from models.formulation.formulate import formulate
from models.judging.violations import violations
from models.programme.instance import Instance
from models.programme.people import Closure, Trainer
from models.programme.plan import Held, Plan
from models.programme.year import Pattern, Year
from models.rule import Rule
from models.rules import calendar_rules, rule_named
from tests import builders
from tests.builders import NEW_YORK, away, course, day, edition, learner, meets, session
from tests.command import run
from tests.repeats_builders import workshop
from tests.small_reading import Reading
from tests.test_second_step_files import components, folder

CODES = ("A", "B")
SEEDS = (range(60), pytest.param(range(60, 210), marks=pytest.mark.slow))


def drawn(seed: int) -> Instance:
    """Return a random small calendar: two trainers, something that stands, four candidates."""
    random = Random(seed)  # noqa: S311 - drawn cases
    names = ("T", "U")
    candidates = [
        meets(
            f"{random.choice(CODES)}{number}",
            *(
                session(first + more, random.choice(("12:00", "12:30", "14:00")))
                for more in sorted(random.sample(range(0, 9, 2), random.choice((1, 1, 2))))
            ),
            trainers=tuple(sorted(random.sample(names, random.choice((1, 2, 2))))),
        )
        for number, first in enumerate(random.choices(range(2, 12), k=4))
    ]
    standing = [meets("A9", session(random.choice((3, 5, 8)), "12:30"), trainers=(random.choice(names),))]
    kinds = (course("A"), random.choice((course, workshop))("B"))
    found = builders.instance(
        edition(*kinds),
        [*candidates, *standing],
        [learner("ada")],
        trainers=tuple(_trainer(random, name) for name in names),
        unavailable=tuple(away(name, first, first + 1) for name in names if (first := random.choice((4, 40)))),
        closures=(Closure(start=day(6), end=day(6)),) if random.random() < 0.4 else (),
        patterns=tuple(
            Pattern(component=code, weeks=1, weekdays=(1,), starts=(720,), gap_days=random.choice((None, 2, 5)))
            for code in CODES
        ),
    )
    crews = {run.id: 2 if random.random() < 0.3 else 1 for run in candidates}
    offerings = [
        replace(run, status="candidate", crew=crews[run.id]) if run.id in crews else run for run in found.offerings
    ]
    return replace(found, offerings=tuple(offerings))


def _trainer(random: Random, name: str) -> Trainer:
    return Trainer(
        id=name,
        zone=NEW_YORK,
        teaches=random.choice((CODES, CODES, ("A",), ("B",))),
        max_sessions_per_week=random.choice((None, 1, 2, 3)),
        max_sessions_per_day=random.choice((None, None, 1)),
        max_courses=random.choice((None, None, 1)),
        weekdays=random.choice(((), (), (0, 1, 2))),
        min_break=random.choice((None, 30, 90)),
    )


def additions(instance: Instance) -> Iterator[Plan]:
    """Yield every set of candidates, each with every set of those who could teach it."""
    choices = []
    for each in instance.candidate_ids:
        able = instance.offering[each].trainers
        crews = [crew for size in range(len(able) + 1) for crew in combinations(able, size)]
        held = [Held(offering=each, trainer=(crew or (None,))[0], beside=crew[1:]) for crew in crews]
        choices.append([None, *held])
    for chosen in product(*choices):
        yield Plan(held=tuple(sorted((each for each in chosen if each), key=lambda each: each.offering)))


def assert_same(instance: Instance, rule: Rule) -> set[bool]:
    """Assert that a rule's check finds something new in a set of additions exactly where its rows refuse it."""
    formulation = formulate(instance, ["ada"], rules=[rule])
    reading, holding = Reading(formulation), formulation.holding
    assert holding is not None
    nothing = dict.fromkeys(range(len(formulation.model.lows)), 0)
    stands = {each.sentence for each in violations(instance, Plan(), [rule])}
    seen = set()
    for plan in additions(instance):
        chosen = nothing | {holding.held[each.offering]: 1 for each in plan.held}
        chosen |= {holding.teaches[each.offering, name]: 1 for each in plan.held for name in each.trainers}
        new = [each for each in violations(instance, plan, [rule]) if each.sentence not in stands]
        assert (not new) == reading.allows(chosen), (plan, new)
        seen.add(not new)
    return seen


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("rule", calendar_rules(), ids=lambda rule: rule.name)
def test_check_and_rows_of_a_calendar_rule_accept_the_same_additions(rule: Rule, seeds: range) -> None:
    seen = set[bool]()
    for seed in seeds:
        seen |= assert_same(drawn(seed), rule)
    assert seen == {True, False}


def test_all_calendar_rules_together_accept_the_same_additions() -> None:
    for seed in range(30):
        instance = drawn(seed)
        formulation = formulate(instance, ["ada"], rules=calendar_rules())
        reading, holding = Reading(formulation), formulation.holding
        assert holding is not None
        if violations(instance, Plan(), calendar_rules()):
            continue
        nothing = dict.fromkeys(range(len(formulation.model.lows)), 0)
        for plan in additions(instance):
            chosen = nothing | {holding.held[each.offering]: 1 for each in plan.held}
            chosen |= {holding.teaches[each.offering, name]: 1 for each in plan.held for name in each.trainers}
            assert (not violations(instance, plan, calendar_rules())) == reading.allows(chosen), plan


CLASH = components("code: V, title: V, kind: workshop", "code: W, title: W, kind: workshop")


def clash(tmp_path: Path) -> Path:
    """Return a folder in which a trainer is in two places, away, and teaches on a closed day."""
    where = folder(tmp_path, CLASH, "", trainers="trainer,teaches,weekdays\nT1,V,tue;wed\n")
    (where / "offerings.csv").write_text(
        "offering,component,start,end,trainers\nV1,V,2025-03-12,2025-03-12,T1\nW1,W,2025-03-12,2025-03-12,T1\n"
        "V2,V,2025-12-23,2025-12-23,T1\nV3,V,2025-12-04,2025-12-04,T1\n",
        encoding="utf-8",
    )
    (where / "sessions.csv").write_text(
        "offering,start,minutes\nV1,2025-03-12 12:00,90\nW1,2025-03-12 13:00,90\nV2,2025-12-23 12:00,60\n"
        "V3,2025-12-04 12:00,60\n",
        encoding="utf-8",
    )
    (where / "closures.csv").write_text("start,end,note\n2025-12-22,2026-01-02,winter\n", encoding="utf-8")
    (where / "unavailable.csv").write_text("who,start,end,note\nT1,2025-12-04,2025-12-04,leave\n", encoding="utf-8")
    return where


SAID = (
    "T1 teaches V1 until 13:30 and W1 from 13:00 on 2025-03-12",
    "T1 teaches W1, and trainers.csv does not list W among what T1 teaches",
    "V2 meets on 2025-12-23, and nothing is held 2025-12-22 to 2026-01-02 (winter)",
    "T1 cannot teach V3: away 2025-12-04 to 2025-12-04 (leave)",
)


def test_validate_warns_of_the_calendar_that_is_there_with_both_rows(tmp_path: Path) -> None:
    done = run("validate", clash(tmp_path))
    said = " ".join(done.out.split())
    assert done.code == 0
    for sentence in SAID:
        assert sentence in said
    assert "(see offerings.csv line 3)" in said
    assert "(see closures.csv line 2)" in said


def test_audit_tells_what_is_wrong_with_the_calendar(tmp_path: Path) -> None:
    where = clash(tmp_path)
    said = " ".join(run("audit", where).out.split())
    rows = json.loads(run("audit", where, "--json").out)["calendar"]
    for sentence in SAID:
        assert sentence in said
        assert any(sentence in row["sentence"] for row in rows)
    assert rows[0]["offerings"] == ["V1", "W1"]


def test_a_path_is_not_refused_for_what_is_wrong_with_the_calendar(tmp_path: Path) -> None:
    where = clash(tmp_path)
    edition_file = next((where / "editions").iterdir())
    text = edition_file.read_text(encoding="utf-8")
    needs = "requirements:\n  - {id: v, title: V, count: 1, from: [V]}\n"
    edition_file.write_text(text.split("requirements:")[0] + needs, encoding="utf-8")
    assert "graduates on 2025-03-12" in run("path", where).out


def test_what_is_over_is_not_judged() -> None:
    standing = meets("A1", session(-3), trainers=("T",)), meets("B1", session(-3), trainers=("T",))
    found = builders.instance(edition(workshop("A"), workshop("B")), standing, [learner("ada")])
    assert violations(found, Plan(), calendar_rules()) == []


def test_holidays_of_several_places_and_of_a_trainer() -> None:
    year = Year(first=day(1), last=day(300), holidays=("US", "DE-BY"))
    trainer = Trainer(id="T", zone="Europe/London", holidays=("GB",))
    runs = [
        meets(f"A{number}", session((when - builders.day(0)).days), trainers=("T",))
        for number, when in enumerate((date(2025, 7, 4), date(2025, 11, 1), date(2025, 5, 5), date(2025, 7, 7)))
    ]
    found = builders.instance(edition(workshop("A")), runs, [learner("ada")], trainers=(trainer,), year=year)
    broken = {(each.rule, each.offerings[0]) for each in violations(found, Plan(), calendar_rules())}
    assert broken == {("open_days", "A0"), ("open_days", "A1"), ("trainer_there", "A2")}


def test_every_calendar_rule_is_found_by_name() -> None:
    assert [rule_named(rule.name) for rule in calendar_rules()] == list(calendar_rules())
