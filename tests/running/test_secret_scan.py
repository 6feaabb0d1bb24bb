"""No secret lies in the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATTERNS = {
    "Stripe's live key": r"\b[sr]k_live_[0-9A-Za-z]{10,}",
    "Stripe's test key": r"\b[sr]k_test_[0-9A-Za-z]{20,}",
    "Stripe's webhook secret": r"\bwhsec_[0-9A-Za-z+/]{20,}",
    "AWS key": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----",
    "GitHub token": r"\b(?:gh[pousr]_[0-9A-Za-z]{36}|github_pat_\w{22,})",
    "Slack token": r"\bxox[abprs]-[0-9A-Za-z-]{10,}",
    "Google key": r"\bAIza[0-9A-Za-z_-]{35}\b",
    "SendGrid key": r"\bSG\.[\w-]{20,}\.[\w-]{20,}",
    "token of Sentry's": r"https://[0-9a-f]{32}@[\w.-]*sentry\.io",
}
SECRET = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS.values()))
# Spelled in two halves, so that this file holds none either.
EXAMPLES = (
    "sk_live_" + "51AbcDEF0123",
    "rk_live_" + "51AbcDEF0123",
    "sk_test_" + "51AbcDEF0123456789abcd",
    "whsec_" + "0123456789abcdef0123456789",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "-----BEGIN RSA " + "PRIVATE KEY-----",
    "-----BEGIN " + "PRIVATE KEY-----",
    "ghp_" + "a" * 36,
    "xoxb-" + "0123456789-abc",
    "AIza" + "b" * 35,
    f"SG.{'c' * 22}.{'d' * 43}",
    f"https://{'0' * 32}@o1.ingest." + "sentry.io",
)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_scan_knows_a_secret_when_it_sees_one(example: str) -> None:
    assert SECRET.search(f"KEY={example}\n")


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
        f"{file.relative_to(ROOT)}: {match[0][:12]}..."
        for file in files
        for match in SECRET.finditer(file.read_bytes().decode("latin-1"))
    ]

    assert len(files) > 500
    assert found == []


def test_what_holds_secrets_is_never_committed_or_built_into_the_image() -> None:
    for name in (".gitignore", ".dockerignore"):
        lines = [line.strip("/") for line in (ROOT / name).read_text().splitlines()]
        assert ".env" in lines
        assert "var" in lines
