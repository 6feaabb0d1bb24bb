"""What a product can be filtered by, as short texts that one column holds. Pure.

The column names choices and types by key, so that a corrected label needs no entry rewritten.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["type", "choice", "number", "boolean", "option", "flag"]


@dataclass(frozen=True)
class Token:
    """`key` is the id of a type, choice or attribute, or the name of an option or a flag; `value`
    the number, "1" or "0" for yes or no, or what the option is."""

    kind: Kind
    key: str
    value: str = ""


LETTERS: dict[Kind, str] = {
    "type": "t",
    "choice": "c",
    "number": "n",
    "boolean": "b",
    "option": "o",
    "flag": "f",
}
REDUCED = Token("flag", "reduced")
KINDS = {letter: kind for kind, letter in LETTERS.items()}


def write_tokens(tokens: Iterable[Token]) -> str:
    """One line for each, in an order of their own: the same tokens are always the same text."""
    lines = {f"{LETTERS[t.kind]}{_line(t.key)}\t{_line(t.value)}" for t in tokens}
    return "\n".join(sorted(lines))


def read_token(line: str) -> Token:
    key, _tab, value = line[1:].partition("\t")
    return Token(KINDS[line[0]], key, value)


def number_text(number: Decimal) -> str:
    """3.500 and 3.5 are one number."""
    return f"{number.normalize():f}"


def _line(text: str) -> str:
    return " ".join(text.split())
