"""A browser without JavaScript: pages, cookies, forms, and a person who reloads what was lost."""

import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from lxml import html

PATIENCE_SECONDS = 60.0  # More than any time-out of the shop's, on a busy machine as well.
RELOADS = 150
RELOAD_PAUSE = 0.8
MOST_REDIRECTS = 8
REDIRECTS = (301, 302, 303, 307, 308)


class ConnectionLost(Exception):
    """The server was not there, however often the page was asked for."""


@dataclass(frozen=True)
class Seen:
    """One answer, or none: then `status` is 0. `at` is in seconds since the epoch."""

    at: float
    method: str
    address: str
    status: int
    offers_payment: bool = False


@dataclass(frozen=True)
class Form:
    """A form of a page, with what stands in it."""

    action: str
    method: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Page:
    address: str
    status: int
    forms: tuple[Form, ...]

    @property
    def path(self) -> str:
        return urlsplit(self.address).path

    def form_to(self, matches: Callable[[str], bool]) -> Form | None:
        """The first form whose action's path matches."""
        return next((form for form in self.forms if matches(urlsplit(form.action).path)), None)

    def form_with(self, name: str) -> Form | None:
        """The first form with a field of this name."""
        return next((form for form in self.forms if name in form.fields), None)


@dataclass
class Browser:
    """What it saw is kept in `seen`, in the order of the answers."""

    seen: list[Seen] = field(default_factory=list)
    session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        self.session.trust_env = False

    def get(self, address: str) -> Page:
        return self._go("GET", address, {})

    def submit(self, form: Form, **values: str) -> Page:
        return self._go(form.method, form.action, {**form.fields, **values})

    def submit_and_leave(self, form: Form, **values: str) -> Page:
        """Sends the form and closes the window: where the answer leads is never looked at."""
        answer = self._ask_until_answered(form.method, form.action, {**form.fields, **values})
        return _read_page(answer)

    def submit_twice(self, form: Form, **values: str) -> Page:
        """Two clicks on one button: both requests are sent, the page of the later answer stays."""
        others = [self._twin(), self._twin()]
        with ThreadPoolExecutor(2) as pool:
            pages = [pool.submit(other.submit, form, **values) for other in others]
            last = [page.result() for page in pages][-1]
        for other in others:
            self.session.cookies.update(other.session.cookies)
        return last

    def _twin(self) -> "Browser":
        """The same cookies, and the same list of what was seen."""
        twin = Browser(self.seen)
        twin.session.cookies.update(self.session.cookies)
        return twin

    def _go(self, method: str, address: str, data: Mapping[str, str]) -> Page:
        for _redirect in range(MOST_REDIRECTS):
            answer = self._ask_until_answered(method, address, data)
            if answer.status_code not in REDIRECTS:
                return _read_page(answer)
            address = urljoin(address, answer.headers["Location"])
            method, data = "GET", {}
        raise ConnectionLost(f"{address} leads on and on.")

    def _ask_until_answered(
        self, method: str, address: str, data: Mapping[str, str]
    ) -> requests.Response:
        """Reloading a form sends it again: what a shop has to bear."""
        for _try in range(RELOADS):
            try:
                answer = self._ask(method, address, data)
            except requests.RequestException:
                self._note(method, address, 0)
                time.sleep(RELOAD_PAUSE)
                continue
            offers = answer.status_code == 503 and b"/pay/" in answer.content
            self._note(method, address, answer.status_code, offers_payment=offers)
            return answer
        raise ConnectionLost(address)

    def _ask(self, method: str, address: str, data: Mapping[str, str]) -> requests.Response:
        # Browsers say by themselves that a form is of the same site.
        headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
        options: dict[str, Any] = {"timeout": PATIENCE_SECONDS, "allow_redirects": False}
        if method == "POST":
            return self.session.post(address, data=dict(data), headers=headers, **options)
        return self.session.get(address, params=dict(data), headers=headers, **options)

    def _note(
        self, method: str, address: str, status: int, *, offers_payment: bool = False
    ) -> None:
        self.seen.append(Seen(time.time(), method, address, status, offers_payment))


def _read_page(answer: requests.Response) -> Page:
    if not answer.content or "html" not in answer.headers.get("Content-Type", ""):
        return Page(answer.url, answer.status_code, ())
    document = html.fromstring(answer.content, base_url=answer.url)
    forms = tuple(
        Form(
            urljoin(answer.url, form.action or answer.url),
            form.method,
            {name: value for name, value in form.form_values() if value is not None},
        )
        for form in document.forms
    )
    return Page(answer.url, answer.status_code, forms)
