"""Random draws that depend on what they are about and on nothing else: the same person has the same luck in every scenario."""

import hashlib
from collections.abc import Iterable

from models.changes.calendar import cancelled
from models.changes.change import Change
from models.changes.people import left
from models.judging.completion import graduated_on
from models.programme.instance import Instance
from models.programme.offering import Offering
from models.programme.people import Learner
from scheduler.studies.study import Sampling

WHOLE = 1 << 64


def chance(seed: int, sample: int, *about: str) -> float:
    """Return a number from 0 up to 1, the same for the same seed, sample and subject, whatever else is drawn."""
    text = "\x1f".join([str(seed), str(sample), *about])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) / WHOLE


class Luck:
    """What happens in one sample."""

    def __init__(self, sampling: Sampling, sample: int) -> None:
        """Draw for one sample."""
        self.sampling = sampling
        self.sample = sample

    def happens(self, probability: float, *about: str) -> bool:
        """Say whether something of this probability happens to what it is about."""
        return probability > 0 and chance(self.sampling.seed, self.sample, *about) < probability

    def drops_out(self, learner: str) -> bool:
        """Say whether a learner leaves before anything is booked."""
        return self.happens(self.sampling.drop_out, "drop-out", learner)

    def is_late(self, offering: str) -> bool:
        """Say whether a tentative offering is announced too late for anybody to plan on it."""
        return self.happens(self.sampling.late, "late", offering)

    def misses(self, learner: str, offering: Offering, absences: int) -> bool:
        """Say whether a learner who books an offering does not complete it: misses it whole, or too many sessions."""
        if self.happens(self.sampling.missed, "missed", learner, offering.id):
            return True
        if not self.sampling.no_show:
            return False
        # An offering of which no session is stated counts as one meeting.
        meetings = range(max(len(offering.sessions), 1))
        missed = sum(self.happens(self.sampling.no_show, "no-show", learner, offering.id, str(one)) for one in meetings)
        return missed > absences


def drawn(instance: Instance, luck: Luck) -> tuple[Instance, tuple[str, ...]]:
    """Return the instance without who drops out and what comes too late, and who has dropped out."""
    gone = tuple(each.id for each in instance.learners if _can_leave(instance, each) and luck.drops_out(each.id))
    late = [run.id for run in instance.offerings if run.status == "tentative" and luck.is_late(run.id)]
    changes: Iterable[Change] = [*map(left, gone), *map(cancelled, late)]
    for change in changes:
        instance = change(instance)
    return instance, gone


def _can_leave(instance: Instance, learner: Learner) -> bool:
    """Say whether there is anything to drop out of: a programme that is not behind the learner."""
    return learner.enrolled is not None and graduated_on(instance, learner.id) is None
