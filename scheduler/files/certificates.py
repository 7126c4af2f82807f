"""Reads a certificate: the prices that prove a joint plan, as `scheduler path --certificate` writes them."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from scheduler.files.cells import Day
from scheduler.files.faults import Fault, Ledger
from scheduler.files.text import MEGABYTE, read_text

CERTIFICATE_BYTES = 64 * MEGABYTE


class CertificateMapping(BaseModel):
    """A mapping of a certificate; a key of another name is a fault."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Price(CertificateMapping):
    """The price of one more of a shared thing, in parts of a day."""

    rule: str
    offering: str
    role: str | None = None
    price: int


class ProofShape(CertificateMapping):
    """One bound; `day` and `left_out` = parts that a day and a learner left out cost; `least` by learner."""

    goal: str
    day: int
    left_out: int
    missing: int | None
    prices: tuple[Price, ...]
    least: dict[str, int]
    bound: int


class Certificate(CertificateMapping):
    """All bounds of one answer; `impossible` = learners who have no path even alone."""

    certificate: int
    instance: str
    digest: str
    as_of: Day
    tentative: bool
    impossible: tuple[str, ...]
    proofs: tuple[ProofShape, ...]


def read_certificate(path: Path) -> Certificate:
    """Return the certificate in a file; raise BadInstanceError with what is wrong in it."""
    ledger = Ledger()
    text = read_text(path, path.name, ledger, CERTIFICATE_BYTES)
    ledger.refuse()
    try:
        return Certificate.model_validate_json(text or "")
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = ".".join(str(step) for step in detail["loc"])
            ledger.add(Fault(file=path.name, message=f"{where}: {detail['msg']}" if where else detail["msg"]))
    ledger.refuse()
    raise AssertionError("a refused file was read")
