"""When a page that is kept by a cache will say something else.

What is shown from one moment until another calls `will_change` while it is rendered; the page may
then be kept no longer than until the nearest of these moments.
"""

import math
from datetime import datetime

from django.http import HttpRequest

ATTRIBUTE = "_shop_changes_at"


def will_change(request: HttpRequest, moment: datetime | None, *, now: datetime) -> None:
    """Notes that the page shows something else from `moment` on, if that is still to come."""
    if moment is None or moment <= now:
        return
    noted: datetime | None = getattr(request, ATTRIBUTE, None)
    if noted is None or moment < noted:
        setattr(request, ATTRIBUTE, moment)


def seconds_to_keep(request: HttpRequest, *, longest: int, now: datetime) -> int:
    """How many seconds the page may be kept: `longest`, or less when it changes before."""
    moment: datetime | None = getattr(request, ATTRIBUTE, None)
    if moment is None:
        return longest
    return max(0, min(longest, math.floor((moment - now).total_seconds())))
