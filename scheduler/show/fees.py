"""What a path costs, as far as anybody states it: a price that nobody states is called not stated, never guessed."""

from collections.abc import Iterator, Sequence

from models.programme.edition import Edition, Fee
from models.programme.words import listed
from scheduler.report.steps import Step


def prices_in_total(steps: Sequence[Step]) -> str | None:
    """Say in one sentence what is known of the prices of newly planned offerings; None where there are none."""
    new = [step for step in steps if step.run and step.state in {"planned", "tentative"}]
    if not new:
        return None
    silent = [step for step in new if not (step.run and step.run.price)]
    if len(silent) == len(new):
        return f"Price not stated for {_whom(len(new))}."
    if silent:
        return f"Price not stated for {listed([step.label for step in silent])}."
    return "The price of every planned offering is stated."


def _whom(count: int) -> str:
    return "the one planned offering" if count == 1 else f"any of the {count} planned offerings"


def extra_fees(edition: Edition, steps: Sequence[Step]) -> Iterator[tuple[Step, str]]:
    """Yield every step ahead that costs an extra fee, with the sentence that says so."""
    for fee in edition.fees:
        if fee.beyond is None:
            continue
        counted = [step for step in steps if step.component in fee.of]
        for number, step in enumerate(counted, start=1):
            if number > fee.beyond and step.lies_ahead:
                yield (
                    step,
                    f"{step.label} is number {number} where {fee.beyond} are included: {amount(fee)}{_source(fee)}.",
                )


def amount(fee: Fee) -> str:
    """Return an extra fee in words."""
    if fee.amount is None:
        return "extra fee, amount not stated"
    return f"extra fee, {fee.amount} {fee.currency or '(currency not stated)'}"


def _source(fee: Fee) -> str:
    return f" [{fee.source}]" if fee.source else ""
