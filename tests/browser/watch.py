"""Listens to everything a browser says while a person uses the site, and keeps what is wrong.

A violated Content-Security-Policy is an error in the console, also where JavaScript is off.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Error, Request, Response, WebError

# The console repeats each failed answer without saying more than the answer itself.
FAILED_ANSWER = "Failed to load resource: the server responded with a status of"
# What Wagtail's checker finds in a preview it says as an error, too.
CHECKER = "axe.run results"


class Watch:
    """`problems` holds a sentence for each thing that no page of the site may do."""

    def __init__(self, context: BrowserContext, *, origins: Collection[str]) -> None:
        self.problems: list[str] = []
        self._origins = origins
        self._expected: set[tuple[int, str]] = set()
        context.on("console", self._hear)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)
        context.on("response", self._note_response)

    def expect_answer(self, status: int, path: str) -> None:
        """This address may answer so: the test is about it."""
        self._expected.add((status, path))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type != "error" or message.text.startswith(FAILED_ANSWER):
            return
        text = findings(message) if message.text.startswith(CHECKER) else message.text
        self.problems.append(f"Console: {text} ({message.location['url']})")

    def _note_error(self, error: WebError) -> None:
        self.problems.append(f"Error in a script: {error.error}")

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        is_remote = parts.scheme not in {"data", "blob", "about"}
        if is_remote and f"{parts.scheme}://{parts.netloc}" not in self._origins:
            self.problems.append(f"Request to a foreign host: {request.url}")

    def _note_response(self, response: Response) -> None:
        answer = (response.status, urlsplit(response.url).path)
        if response.status < 400 or answer in self._expected or is_late_autosave(response):
            return
        self.problems.append(f"Answer {response.status}: {response.url}")


def is_late_autosave(response: Response) -> bool:
    """Wagtail turns away an autosave that Publish has overtaken: the newer version stands."""
    asks_for_json = "application/json" in response.request.headers.get("accept", "")
    is_editor = urlsplit(response.url).path.endswith("/edit/")
    return response.status == 400 and is_editor and asks_for_json


def findings(message: ConsoleMessage) -> str:
    """What the accessibility checker has found, and where; unless the page is gone already."""
    script = "found => found.map(({help, nodes}) => `${help}: ${nodes[0].html}`).join(' ')"
    try:
        return str(message.args[1].evaluate(script))
    except Error:
        return message.text
