"""Finds the learner that another system means: by id or by e-mail address, never by name alone."""

import re
from collections import defaultdict

from models.programme.instance import Instance

STRANGER = "neither the e-mail nor the name is the e-mail or id of a learner"
EMAIL = re.compile(r"[^\s@\"'<>(),;:=+\-][^\s@\"'<>(),;:=]*@[^\s@\"'<>(),;:=]+\.[^\s@\"'<>(),;:=.]+")
LONGEST_EMAIL = 254


class People:
    """The learners by id and by e-mail, in small letters; an e-mail that two have is nobody's."""

    def __init__(self, instance: Instance) -> None:
        emails: dict[str, list[str]] = defaultdict(list)
        for each in instance.learners:
            if each.email:
                emails[each.email.strip().casefold()].append(each.id)
        single = {email: names[0] for email, names in emails.items() if len(names) == 1}
        self.shared = {email for email, names in emails.items() if len(names) > 1}
        self.by_name = single | {each.id.casefold(): each.id for each in instance.learners}
        self.email_of = {each.id: each.email.strip().casefold() for each in instance.learners if each.email}

    def find(self, *names: str) -> str | None:
        """Return the learner whose id or e-mail one of these is, the first that is known."""
        return next((self.by_name[name.casefold()] for name in names if name.casefold() in self.by_name), None)

    def find_shown(self, email: str, name: str) -> str | None:
        """Return the learner of an e-mail, or whose id somebody shows as a name: but not of whom another e-mail is known."""
        shown = email.strip().casefold()
        found = self.find(shown, name)
        return found if not shown or self.email_of.get(found or "", shown) == shown else None


def is_email(text: str) -> bool:
    """Say whether a text can be an e-mail address, and nothing that a spreadsheet program would run."""
    return len(text) <= LONGEST_EMAIL and EMAIL.fullmatch(text) is not None
