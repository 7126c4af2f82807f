"""What an answer comes to, in one word that a face turns into an exit code, a colour or a headline."""

from typing import Literal

Meaning = Literal["answered", "blocked", "unproved", "no-plan"]
"""`blocked` = somebody is proved to have no way; `unproved` = stopped with a plan, `no-plan` = stopped without one."""
