"""Chance decisions."""

import random


def happens(chance: random.Random, share: float) -> bool:
    """Say yes in that share of the cases."""
    return chance.random() < share
