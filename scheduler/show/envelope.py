"""The head that every JSON answer has: which command, on which input, as of which day."""

from typing import Any

from models.programme.instance import Instance


def envelope(command: str, instance: Instance) -> dict[str, Any]:
    """Return the head of an answer."""
    return {
        "command": command,
        "instance": instance.id,
        "digest": instance.digest,
        "edition": instance.edition,
        "as_of": instance.as_of.isoformat(),
        "synthetic": instance.synthetic,
    }
