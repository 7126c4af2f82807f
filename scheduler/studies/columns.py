"""The columns of a study's table: what each means, in which unit, and in which kind of row it stands."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `rows` = the kinds of rows that have a value in it."""

    name: str
    unit: str
    meaning: str
    rows: str = "all"


LEARNER, TOTAL = "learner", "sample, scenario"

COLUMNS = (
    Column("scenario", "name", "the scenario; the baseline's rows come first"),
    Column("kind", "word", "learner = one learner; sample = one random draw; scenario = the summary"),
    Column("sample", "number", "which random draw, from 0", "sample"),
    Column("learner", "id", "the learner", LEARNER),
    Column(
        "status",
        "word",
        "learner: graduates, graduated, blocked, not-enrolled, dropped-out, varies, covered, uncovered; "
        "summary: optimal, feasible, infeasible, unknown, error, not-done",
    ),
    Column("graduation", "day", "the day of graduation (with chances or samples: the likely one)", LEARNER),
    Column("days", "days", "from the planning day to graduation", LEARNER),
    Column("days_later", "days", "graduation later than in the baseline; below 0 = earlier", LEARNER),
    Column("chance", "0 to 1", "how probable it is that the learner graduates", LEARNER),
    Column("chance_low", "0 to 1", "lower end of the chance: 95 % confidence, Wilson", LEARNER),
    Column("chance_high", "0 to 1", "upper end of the chance: 95 % confidence, Wilson", LEARNER),
    Column("hopeful", "day", "first day by which the learner has graduated in at least 1 of 10 cases", LEARNER),
    Column("likely", "day", "first day by which the learner has graduated in at least half of all cases", LEARNER),
    Column("certain", "day", "first day by which the learner has graduated in every case", LEARNER),
    Column("graduates", "learners", "who graduate or have graduated; with samples or chances the mean", TOTAL),
    Column("graduates_low", "learners", "lower end of that mean: 95 % confidence, Student", "scenario"),
    Column("graduates_high", "learners", "upper end of that mean: 95 % confidence, Student", "scenario"),
    Column("blocked", "learners", "who cannot graduate; with samples or chances the mean", TOTAL),
    Column("newly_blocked", "learners", "who graduate in the baseline and are blocked here", TOTAL),
    Column("newly_free", "learners", "who are blocked in the baseline and graduate here", TOTAL),
    Column("learner_days", "days", "the sum over those who graduate of days from the planning day", TOTAL),
    Column(
        "learner_days_later",
        "days",
        "the sum of days_later over those who graduate here and in the baseline; with samples the mean of pairs",
        TOTAL,
    ),
    Column("later_low", "days", "lower end of that mean: 95 % confidence, Student, by pairs", "scenario"),
    Column("later_high", "days", "upper end of that mean: 95 % confidence, Student, by pairs", "scenario"),
    Column("seats_used", "seats", "newly booked in the plan (which of equally good plans it is may differ)", TOTAL),
    Column(
        "cost", "currency", "the stated prices of those seats; blank = none stated, or in several currencies", TOTAL
    ),
    Column("currency", "code", "of the cost", TOTAL),
    Column("unpriced", "seats", "newly booked, of which no price is stated as a number", TOTAL),
    Column("waiting", "requests", "on the waitlist (question repeats)", TOTAL),
    Column("covered", "requests", "of those that get a seat (question repeats)", TOTAL),
    Column("sessions_added", "sessions", "that the proposal holds (question repeats)", TOTAL),
    Column(
        "bound", "days", "no plan has fewer learner_days (question repeats: requests that no proposal covers)", TOTAL
    ),
    Column("samples", "number", "random draws behind the row", "learner, scenario"),
    Column("seed", "number", "of the random draws", "sample, scenario"),
    Column("digest", "sha256", "of all that the row depends on: input, changes, question, versions", TOTAL),
    Column("error", "sentence", "why the scenario could not be answered", TOTAL),
    Column("seconds", "seconds", "that the answer took when it was first made; differs from run to run", TOTAL),
)

NAMES = tuple(column.name for column in COLUMNS)
