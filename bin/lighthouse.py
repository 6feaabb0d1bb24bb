"""Measures the shop with Lighthouse, served as in production with the demo's content.

    make lighthouse            the median of five runs for each page, on a simulated phone
    RUNS=1 make lighthouse     a quick look

Needs node and npm, which nothing else here does: Lighthouse comes from npm into var/lighthouse/.
What it cannot do is HTTPS and a CDN; Lighthouse takes localhost for secure. SQLite stands in for
PostgreSQL and local memory for Redis.

Debian's chromium-headless-shell is taken before a whole Chromium. It is the same engine without
what a person's browser does beside the page, such as looking for forms to fill in: Lighthouse would
count that as the page's work. CHROMIUM=/usr/bin/chromium measures with the whole one.
"""

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from typing import Any

from bin.demo_environment import ROOT, VAR, Addresses, make_environment
from bin.lighthouse_report import (
    Figures,
    failed_checks,
    make_table,
    median_figures,
    missed_targets,
    read_figures,
)
from bin.ports import find_free
from bin.processes import Command, ProcessGroup

VERSION = "12.8.2"  # The last that runs on node 20; 13 needs 22.
FOLDER = VAR / "lighthouse"
PROGRAM = FOLDER / "node_modules" / ".bin" / "lighthouse"
READY_SECONDS = 60
TRIES = 3
PAGES = {
    "home": "/",
    "product": "/shop/speckled-mug/",
    "collection": "/collections/tea/",
    "story": "/stories/the-kettle-comes-first/",
    "landing page": "/campaigns/a-gift-of-tea/",
    "search": "/search/?q=tea",
    "cart": "/cart/",
}
HIDDEN = {"search", "cart"}  # From search engines, on purpose.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"


class CannotMeasure(Exception):
    """Why, in words for the person who called it."""


def read_runs() -> int:
    text = os.environ.get("RUNS") or "5"
    if not text.isdecimal() or not int(text):
        raise CannotMeasure(f"RUNS is {text!r}; it must be a number such as 1 or 5.")
    return int(text)


def find_chromium() -> str:
    wanted = os.environ.get("CHROMIUM")
    for name in (wanted,) if wanted else CHROMIUMS:
        if found := shutil.which(name):
            return found
    raise CannotMeasure(
        f"There is no {wanted or 'Chromium'}; on Debian: apt install chromium-headless-shell."
    )


def install_lighthouse() -> None:
    """Into var/lighthouse/, when it is not there in this version."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        raise CannotMeasure(
            "There is no npm, and Lighthouse comes from it. On Debian: apt install npm."
        )
    package = FOLDER / "node_modules" / "lighthouse" / "package.json"
    if package.exists() and json.loads(package.read_text())["version"] == VERSION:
        return
    print(f"Installing lighthouse {VERSION} into {FOLDER}.", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ("--prefix", str(FOLDER), "--no-audit", "--no-fund", "--loglevel", "error")
    run(["npm", "install", *options, f"lighthouse@{VERSION}"], dict(os.environ), "npm")


def make_environments(port: int) -> tuple[dict[str, str], dict[str, str]]:
    """Of the demo that makes the content, and of production that serves it."""
    content = make_environment(Addresses(port, 0), {**os.environ, "DEBUG": "0"})
    content["DATABASE_URL"] = f"sqlite:///{FOLDER / 'shop.sqlite3'}"
    content["MEDIA_ROOT"] = str(FOLDER / "media")
    content["PRIVATE_ROOT"] = str(FOLDER / "private")
    serving = {
        **content,
        "DJANGO_SETTINGS_MODULE": "shopsite.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SQLITE": "1",
        "DEFAULT_FROM_EMAIL": "shop@shop.test",
        "EMAIL_URL": "smtp://127.0.0.1:25",  # Measuring sends none.
    }
    return content, serving


def run(command: list[str], environment: Mapping[str, str], name: str) -> None:
    done = subprocess.run(
        command, env=dict(environment), cwd=ROOT, stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise CannotMeasure(f"{name} failed; the lines above say why.")


def prepare(content: Mapping[str, str], serving: Mapping[str, str]) -> None:
    (FOLDER / "media" / "images").mkdir(parents=True, exist_ok=True)
    run([sys.executable, "-m", "bin.prepare_demo"], content, "Making the demo's content")
    collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    run(collect, serving, "Collecting static files")


def web_command(port: int, environment: dict[str, str]) -> Command:
    """As in the Procfile, with one worker: measuring takes the other processor."""
    arguments = (
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "8", "--log-level", "warning"),
        *("--static-path-route", "/media/images", "--static-path-expires", "30d"),
        *("--static-path-mount", str(FOLDER / "media" / "images"), "shopsite.wsgi:application"),
    )
    return Command("web", arguments, environment)


def warm_up(address: str) -> None:
    """Waits for the shop, and has every page drawn once: its pictures are made then."""
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
            break
        except OSError as error:
            if time.monotonic() > deadline:
                raise CannotMeasure(f"The shop does not start: {error}") from error
            time.sleep(0.2)
    for path in PAGES.values():
        urllib.request.urlopen(f"{address}{path}", timeout=60).close()


def measure(address: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """The JSON of one run. Raises CannotMeasure."""
    target = FOLDER / "report.json"
    target.unlink(missing_ok=True)
    options = ("--output=json", f"--output-path={target}", "--quiet", f"--chrome-flags={FLAGS}")
    run([str(PROGRAM), address, *options], environment, "Lighthouse")
    report: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        raise CannotMeasure(report["runtimeError"]["message"])
    return report


def measure_patiently(address: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """On a busy machine a browser now and then loses its own recording."""
    for _number in range(TRIES - 1):
        try:
            return measure(address, environment)
        except CannotMeasure as error:
            print(f"Once more: {error}", file=sys.stderr, flush=True)
    return measure(address, environment)


def measure_pages(address: str, runs: int) -> dict[str, Figures]:
    environment = {**os.environ, "CHROME_PATH": find_chromium()}
    results = {}
    for name, path in PAGES.items():
        reports = [measure_patiently(f"{address}{path}", environment) for _number in range(runs)]
        figures = [read_figures(report, is_hidden=name in HIDDEN) for report in reports]
        results[name] = median_figures(figures)
        print(f"{name}: {'; '.join(failed_checks(reports[-1])) or 'no check failed'}", flush=True)
    return results


def main() -> int:
    processes = ProcessGroup(name_width=3)
    try:
        runs = read_runs()
        find_chromium()
        install_lighthouse()
        port = find_free()
        content, serving = make_environments(port)
        prepare(content, serving)
        processes.start(web_command(port, serving))
        address = Addresses(port, 0).shop
        warm_up(address)
        results = measure_pages(address, runs)
    except CannotMeasure as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        processes.end()
    print(f"\n{make_table(results)}\n")
    missed = [line for name, figures in results.items() for line in missed_targets(name, figures)]
    print("\n".join(missed) or "Every target is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
