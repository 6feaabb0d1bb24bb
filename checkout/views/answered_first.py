from collections.abc import Callable
from typing import Any

from django.http import HttpResponse


class AnsweredFirst(HttpResponse):
    """An empty 200, and work that begins when it is on its way.

    A WSGI server closes a response after sending it, in the thread that made it. `work` must raise
    nothing, and somebody else must take up what a process that is killed meanwhile leaves undone.
    """

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(status=200)
        self._work = work

    def close(self) -> None:
        try:
            self._work()
        finally:
            super().close()  # Ends the request: connections go back, caches are emptied.
