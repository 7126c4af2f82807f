"""Of those who stay on the waitlist, the ones who have waited longest are seated first."""

from models.goals.uncovered import days_waited, goal

GOAL = goal(
    "days-waited",
    "Those who stay on the waitlist have waited as few days as possible, all together.",
    days_waited,
    "days",
)
