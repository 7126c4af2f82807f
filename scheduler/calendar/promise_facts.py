"""What can stand in the way of a promise, each fact with the instance in which it does not hold, the cheapest to change first."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from models.programme.instance import Instance
from models.programme.people import Closure, Trainer, Unavailable
from models.programme.words import WEEKDAYS, listed, plural
from models.programme.year import Pattern, first_day
from models.rule import Fact
from scheduler.calendar.promises import Due
from scheduler.candidates.pattern import component_of, teachers_of

WORKDAYS = range(5)

Change = Callable[["Setting"], "Setting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What decides whether promises can be kept: the instance, how many may be added, and which promises are to be kept."""

    instance: Instance
    most: Mapping[str, int]
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Lifting:
    """A fact, the setting without it, and ways to change just enough, in words, the smallest change first."""

    fact: Fact
    without: Change
    remedies: tuple[tuple[str, Change], ...]


def ways_of(setting: Setting, due: Due) -> list[Lifting]:
    """Return whatever could stand in the way of a promise, what is cheapest to change first."""
    codes = sorted({each.component for each in setting.dues})
    return [
        *_weekdays(setting, codes),
        *_gaps(setting, codes),
        *_most(setting),
        *_notice(setting),
        *_trainers(setting, codes),
        *_away(setting, codes),
        *_closed(setting),
        *_promises(setting, due),
    ]


def _on(change: Callable[[Instance], Instance]) -> Change:
    return lambda setting: replace(setting, instance=change(setting.instance))


def _with_rows(change: Callable[[Pattern], Iterable[Pattern]]) -> Change:
    return _on(lambda instance: replace(instance, patterns=tuple(e for row in instance.patterns for e in change(row))))


def _weekdays(setting: Setting, codes: Iterable[str]) -> Iterator[Lifting]:
    """Yield the days of the week on which a component is held, where each run meets on one of them."""
    for code in codes:
        rows = [row for row in setting.instance.patterns if row.component == code]
        days = sorted({row.weekdays[0] for row in rows})
        if not rows or any(len(row.weekdays) > 1 for row in rows) or len(days) >= len(WORKDAYS):
            continue

        def anyday(row: Pattern, code: str = code) -> list[Pattern]:
            return [replace(row, weekdays=(day,)) for day in WORKDAYS] if row.component == code else [row]

        words = f"{code} is held on {listed([WEEKDAYS[day] for day in days])}"
        change = _with_rows(anyday)
        remedy = f"hold {code} on another day of the week"
        yield Lifting(Fact(rule="patterns", sentence=words, source="patterns.csv"), change, ((remedy, change),))


def _gaps(setting: Setting, codes: Iterable[str]) -> Iterator[Lifting]:
    for code in codes:
        gap = max((row.gap_days or 0 for row in setting.instance.patterns if row.component == code), default=0)
        if not gap:
            continue
        words = f"two runs of {code} start at least {plural(gap, 'day')} apart"
        remedies = tuple(
            (f"let runs of {code} start {plural(each, 'day')} apart", _gap(code, each)) for each in _less(gap)
        )
        yield Lifting(Fact(rule="spacing", sentence=words, source="patterns.csv"), _gap(code, 0), remedies)


def _less(gap: int) -> list[int]:
    """Return smaller gaps, whole weeks, the largest first."""
    return [each for each in range(gap // 7 * 7, 0, -7) if each < gap] + [1]


def _gap(code: str, gap: int) -> Change:
    return _with_rows(lambda row: [replace(row, gap_days=gap or None) if row.component == code else row])


def _most(setting: Setting) -> Iterator[Lifting]:
    for name, most in sorted(setting.most.items()):

        def raised(setting: Setting, name: str = name, by: int = 1_000) -> Setting:
            return replace(setting, most={**setting.most, name: setting.most[name] + by})

        words = f"no more than {most} of {name} may be added"
        remedies = tuple(
            (f"let {most + by} of {name} be added", lambda s, name=name, by=by: raised(s, name, by))
            for by in range(1, 7)
        )
        yield Lifting(Fact(rule="most", sentence=words, source="instance.yaml"), raised, remedies)


def _notice(setting: Setting) -> Iterator[Lifting]:
    year = setting.instance.year
    if year is None or not year.notice_days:
        return
    first = first_day(year, setting.instance.as_of)
    if first == year.first:
        return
    words = f"nothing starts before {first}: {plural(year.notice_days, 'day')} of notice are given"
    change = _on(lambda instance: replace(instance, year=instance.year and replace(instance.year, notice_days=0)))
    remedy = "give less notice"
    yield Lifting(Fact(rule="notice", sentence=words, source="instance.yaml"), change, ((remedy, change),))


def _trainers(setting: Setting, codes: Iterable[str]) -> Iterator[Lifting]:
    """Yield the limits of each trainer, then who teaches what."""
    instance = setting.instance
    names = sorted({name for code in codes for name in teachers_of(instance, code)})
    for name in names:
        limits = _limits(instance.trainer[name])
        if limits:
            change = _on(_with_trainer(name, _unbound))
            fact = Fact(rule="trainer_load", sentence=f"{name} teaches {listed(limits)}", source="trainers.csv")
            yield Lifting(fact, change, ((f"ask {name} to teach more than that", change),))
    for code in codes if instance.trainers else ():
        able = teachers_of(instance, code)
        words = (
            f"only {listed(able)} teach{'es' if len(able) == 1 else ''} {code}" if able else f"nobody teaches {code}"
        )
        change = _on(_with_new_trainer(code))
        remedy = f"find somebody else who teaches {code}"
        yield Lifting(Fact(rule="taught", sentence=words, source="trainers.csv"), change, ((remedy, change),))


def _limits(who: Trainer) -> list[str]:
    found = []
    if who.max_sessions_per_week is not None:
        found.append(f"at most {plural(who.max_sessions_per_week, 'session')} a week")
    if who.max_sessions_per_day is not None:
        found.append(f"at most {plural(who.max_sessions_per_day, 'session')} a day")
    if who.max_courses is not None:
        found.append(f"at most {plural(who.max_courses, 'course')} at once")
    if who.weekdays:
        found.append(f"on {listed([WEEKDAYS[day] for day in who.weekdays])}")
    return found


def _unbound(who: Trainer) -> Trainer:
    return replace(who, max_sessions_per_week=None, max_sessions_per_day=None, max_courses=None, weekdays=())


def _with_trainer(name: str, change: Callable[[Trainer], Trainer]) -> Callable[[Instance], Instance]:
    return lambda instance: replace(
        instance, trainers=tuple(change(each) if each.id == name else each for each in instance.trainers)
    )


def _with_new_trainer(code: str) -> Callable[[Instance], Instance]:
    """Return the change to an instance in which as many people more teach a component as any run of it takes."""

    def change(instance: Instance) -> Instance:
        usual = component_of(instance, code).trainers
        crew = max((row.crew(usual) for row in instance.patterns if row.component == code), default=1)
        new = [
            Trainer(id=f"new-{code}-{number}", zone=instance.zone, teaches=(code,)) for number in range(max(crew, 9))
        ]
        return replace(instance, trainers=(*instance.trainers, *new))

    return change


def _away(setting: Setting, codes: Iterable[str]) -> Iterator[Lifting]:
    names = {name for code in codes for name in teachers_of(setting.instance, code)}
    for row in setting.instance.unavailable:
        if row.who in names:
            change = _on(partial(_there, row))
            words = f"{row.who} is away {row.words}" + (f" ({row.note})" if row.note else "")
            remedy = f"have {row.who} there {row.words}"
            yield Lifting(
                Fact(rule="trainer_there", sentence=words, source="unavailable.csv"), change, ((remedy, change),)
            )


def _there(row: Unavailable, instance: Instance) -> Instance:
    return replace(instance, unavailable=tuple(each for each in instance.unavailable if each != row))


def _opened(row: Closure, instance: Instance) -> Instance:
    return replace(instance, closures=tuple(each for each in instance.closures if each != row))


def _closed(setting: Setting) -> Iterator[Lifting]:
    for row in setting.instance.closures:
        change = _on(partial(_opened, row))
        words = f"nothing is held from {row.start} to {row.end}" + (f": {row.note}" if row.note else "")
        remedy = f"open {row.start} to {row.end}"
        yield Lifting(Fact(rule="open_days", sentence=words, source="closures.csv"), change, ((remedy, change),))
    year = setting.instance.year
    if year is not None and year.holidays:
        change = _on(lambda instance: replace(instance, year=instance.year and replace(instance.year, holidays=())))
        words = f"nothing is held on public holidays ({listed(year.holidays)})"
        fact = Fact(rule="open_days", sentence=words, source="instance.yaml")
        yield Lifting(fact, change, (("hold something on a public holiday", change),))


def _promises(setting: Setting, due: Due) -> Iterator[Lifting]:
    for other in setting.dues:
        if other is not due:

            def given_up(setting: Setting, other: Due = other) -> Setting:
                return replace(setting, dues=tuple(each for each in setting.dues if each != other))

            words = f"{other.component} is promised too: {plural(other.needed, 'run')} in {other.label}"
            remedy = f"give up the promise of {other.component} in {other.label}"
            yield Lifting(
                Fact(rule="promise", sentence=words, source=other.promise.source), given_up, ((remedy, given_up),)
            )
