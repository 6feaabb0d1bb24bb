"""No secret lies in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What each begins with, which is quickly looked for, and how it goes on.
SECRETS = {
    "sk_live_": r"[0-9A-Za-z]{10,}",
    "rk_live_": r"[0-9A-Za-z]{10,}",
    "sk_test_": r"[0-9A-Za-z]{20,}",
    "rk_test_": r"[0-9A-Za-z]{20,}",
    "whsec_": r"[0-9A-Za-z+/]{20,}",
    "AKIA": r"[0-9A-Z]{16}\b",
    "ASIA": r"[0-9A-Z]{16}\b",
    "PRIVATE " + "KEY-----": r"",
    "ghp_": r"[0-9A-Za-z]{36}",
    "gho_": r"[0-9A-Za-z]{36}",
    "ghs_": r"[0-9A-Za-z]{36}",
    "github_pat_": r"\w{22,}",
    "xoxb-": r"[0-9A-Za-z-]{10,}",
    "xoxp-": r"[0-9A-Za-z-]{10,}",
    "AIza": r"[0-9A-Za-z_-]{35}\b",
    "SG.": r"[\w-]{20,}\.[\w-]{20,}",
    "sentry.io": r"/\d+",
}
# Of tests, and plain to see: the digits in their order.
PRETENDED = "0123456789"


def secrets_in(text: str) -> list[str]:
    found = []
    for begin, rest in SECRETS.items():
        if begin in text:
            found += re.findall(re.escape(begin) + rest, text)
    return [secret for secret in found if PRETENDED not in secret]


# Spelled in two halves, so that this file holds none either.
EXAMPLES = (
    "sk_live_" + "51AbcDEF0123",
    "rk_live_" + "51AbcDEF0123",
    "sk_test_" + "51AbcDEF98765abcdef43210",
    "whsec_" + "98765abcdef0123cba43210dd",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "-----BEGIN RSA PRIVATE " + "KEY-----",
    "-----BEGIN PRIVATE " + "KEY-----",
    "ghp_" + "a" * 36,
    "xoxb-" + "9876543210-abc",
    "AIza" + "b" * 35,
    f"SG.{'c' * 22}.{'d' * 43}",
    f"https://{'0' * 32}@o1.ingest." + "sentry.io/" + "450",
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_scan_knows_a_secret_when_it_sees_one(example: str) -> None:
    assert len(secrets_in(f"KEY={example}\n")) == 1


def tracked_files() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("This is no repository, so there is nothing that could be committed.")
    return [ROOT / name for name in done.stdout.split("\0") if name]


def test_no_file_of_the_repository_holds_a_secret() -> None:
    files = [file for file in tracked_files() if file.is_file() and not file.is_symlink()]
    found = [
        f"{file.relative_to(ROOT)}: {secret[:12]}..."
        for file in files
        for secret in secrets_in(file.read_bytes().decode("latin-1"))
    ]

    assert len(files) > 500
    assert found == []


def test_what_holds_secrets_is_never_committed_or_built_into_the_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        lines = [line.strip("/") for line in (ROOT / name).read_text().splitlines()]
        assert ".env" in lines
        assert "var" in lines
