"""What keeps robots out of forms that stand in pages which are the same for everybody.

A field that people do not see and robots fill in; and a signed stamp of when the form was drawn,
which says whether it was filled in by hand, and carries what must come back as it was shown. The
page may have lain in a cache for a while: a stamp only ever looks older than it is, never younger.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

TRAP_FIELD = "website"
STAMP_FIELD = "stamp"
MIN_SECONDS = 2
MAX_SECONDS = 24 * 60 * 60


class CaughtInTrap(Exception):
    """A robot: it is told that all went well, and nothing happens."""


class LookAgain(Exception):
    """Perhaps a robot, perhaps not: its text tells a person what to do."""


@dataclass(frozen=True)
class Stamp:
    drawn_at: int
    shown: str


def make_stamp(*, purpose: str, shown: str = "") -> str:
    """A stamp of this moment for a form of that purpose; `shown` is text it must bring back."""
    return signing.dumps([int(time.time()), shown], salt=_salt(purpose), compress=True)


def check_post(post: Mapping[str, Any], *, purpose: str) -> Stamp:
    """The stamp that came with a post. Raises CaughtInTrap or LookAgain."""
    if post.get(TRAP_FIELD):
        raise CaughtInTrap
    stamp = read_stamp(post, purpose=purpose)
    if stamp is None:
        raise LookAgain(_("Something got lost on the way. Please send it once more."))
    age = int(time.time()) - stamp.drawn_at
    if age < MIN_SECONDS:
        raise LookAgain(_("That was very quick. Please send it once more."))
    if age > MAX_SECONDS:
        raise LookAgain(_("The page was open for more than a day. Please send it once more."))
    return stamp


def read_stamp(post: Mapping[str, Any], *, purpose: str) -> Stamp | None:
    """The stamp of a post if it is one of ours, however old."""
    try:
        drawn_at, shown = signing.loads(str(post.get(STAMP_FIELD, "")), salt=_salt(purpose))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Stamp(drawn_at=drawn_at, shown=shown)


def _salt(purpose: str) -> str:
    return f"contact.guard.{purpose}"
