"""What a task on the first page of the admin is."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Task:
    """So many things wait. `url` is the list that shows exactly these."""

    label: str | Promise
    count: int
    url: str
    icon: str


@dataclass(frozen=True)
class Start:
    """A way to begin something new."""

    label: str | Promise
    url: str
    icon: str
