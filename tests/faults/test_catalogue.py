"""The catalogue of faults is complete, and what it refers to is there."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent

FAULTS_OF_SECTIONS = {"A": 14, "B": 24, "C": 8, "D": 28, "E": 19, "F": 15, "G": 24}
INJECTED_AT_LEAST = 115

HEAD = "| Fault | What happens | What must hold | Tests |\n|---|---|---|---|\n"
LINE = re.compile(r"\| ([A-G]\d+) \| (.+) \| (.+) \| (.+) \|")
REFERENCE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LIST_OF_REFERENCES = re.compile(rf"{REFERENCE.pattern}(, {REFERENCE.pattern})*")
NOT_INJECTED = re.compile(r"not injected: (.+); guarded by (.+)")


@dataclass(frozen=True)
class Fault:
    code: str
    tests: str

    @property
    def is_injected(self) -> bool:
        return LIST_OF_REFERENCES.fullmatch(self.tests) is not None


def codes_of(section: str) -> list[str]:
    return [f"{section}{number}" for number in range(1, FAULTS_OF_SECTIONS[section] + 1)]


def sections() -> list[str]:
    """The letters of the sections that have a file."""
    return [section for section in FAULTS_OF_SECTIONS if (FOLDER / f"{section}.md").exists()]


@cache
def faults_of(section: str) -> list[Fault]:
    """The lines of a section's table, in their order."""
    text = (FOLDER / f"{section}.md").read_text()
    assert HEAD in text, f"{section}.md needs the head of the table as the others have it."
    rows = text.partition(HEAD)[2].partition("\n\n")[0].splitlines()
    found = [(row, LINE.fullmatch(row)) for row in rows]
    assert [row for row, match in found if match is None] == []
    return [Fault(match[1], match[4]) for _row, match in found if match]


@cache
def functions_in(path: str) -> frozenset[str]:
    """The test functions of a module, read and not run."""
    file = ROOT / path
    if not file.exists():
        return frozenset()
    functions = (node for node in ast.parse(file.read_text()).body if hasattr(node, "name"))
    return frozenset(node.name for node in functions if isinstance(node, ast.FunctionDef))


def test_every_fault_has_one_line_in_its_section() -> None:
    for section in sections():
        assert [fault.code for fault in faults_of(section)] == codes_of(section)


def test_a_fault_is_injected_or_it_is_said_why_not_and_what_guards_it() -> None:
    for fault in (fault for section in sections() for fault in faults_of(section)):
        if fault.is_injected:
            continue
        match = NOT_INJECTED.fullmatch(fault.tests)
        assert match, f"{fault.code} is neither: {fault.tests}"
        why, guard = match.groups()
        assert len(why.split()) >= 5, fault.code
        assert len(guard.split()) >= 3, fault.code


def test_every_test_that_is_named_exists() -> None:
    missing = [
        (fault.code, f"{path}::{name}")
        for section in sections()
        for fault in faults_of(section)
        for path, name in REFERENCE.findall(fault.tests)
        if not (name.startswith("test_") and name in functions_in(path))
    ]
    assert missing == []


def test_a_line_names_no_test_twice() -> None:
    for fault in (fault for section in sections() for fault in faults_of(section)):
        names = Counter(REFERENCE.findall(fault.tests))
        assert [name for name, count in names.items() if count > 1] == [], fault.code


def test_all_sections_are_there_and_most_faults_are_injected() -> None:
    assert sections() == list(FAULTS_OF_SECTIONS)
    assert sum(FAULTS_OF_SECTIONS.values()) == 132
    injected = [
        fault.code for section in sections() for fault in faults_of(section) if fault.is_injected
    ]
    assert len(injected) >= INJECTED_AT_LEAST
