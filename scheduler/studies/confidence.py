"""Means, shares and their confidence intervals, without a statistics package."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the interval that holds the true one with 95 % confidence; `low` None = one draw says nothing."""

    value: float
    low: float | None = None
    high: float | None = None


def mean(values: Sequence[float]) -> Estimate:
    """Return the mean with Student's interval."""
    middle = fmean(values)
    if len(values) == 1:
        return Estimate(middle)
    half = student(len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return Estimate(middle, middle - half, middle + half)


def share(count: int, total: int) -> Estimate:
    """Return a share with Wilson's interval, which stays within 0 and 1."""
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    p = count / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half))


def student(freedom: int) -> float:
    """Return the two-sided 95 % quantile of Student's distribution, by halving on its distribution function."""
    low, high = 0.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        if within(middle, freedom) < LEVEL:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def within(limit: float, freedom: int) -> float:
    """Return the probability that Student's variable lies between -limit and limit (the finite sum of Abramowitz 26.7)."""
    angle = math.atan2(limit, math.sqrt(freedom))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = freedom % 2 == 1
    term = total = 0.0
    if freedom > 1:
        term = total = cosine if odd else 1.0
        for step in range(3 if odd else 2, freedom - 1, 2):
            term *= cosine * cosine * (step - 1) / step
            total += term
    return 2 / math.pi * (angle + sine * total) if odd else sine * total
