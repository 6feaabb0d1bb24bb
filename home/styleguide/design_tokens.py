"""The tokens of the shop as tokens.css has them: read from the file, so that none is forgotten."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

TOKENS_FILE = Path(settings.BASE_DIR, "static", "css", "tokens.css")
DECLARATION = re.compile(r"^ {2}--([a-z0-9-]+): ([^;]+);$", re.MULTILINE)
COLOR = re.compile(r"light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


@dataclass(frozen=True)
class Token:
    name: str
    value: str


@dataclass(frozen=True)
class ColorToken(Token):
    light: str
    dark: str


def read_tokens() -> list[Token]:
    """Every token of the first rule, which holds all of them, in the order of the file."""
    first_rule = TOKENS_FILE.read_text(encoding="utf-8").split("}", 1)[0]
    return [_token(name, value) for name, value in DECLARATION.findall(first_rule)]


def _token(name: str, value: str) -> Token:
    color = COLOR.fullmatch(value)
    return ColorToken(name, value, color[1], color[2]) if color else Token(name, value)


def tokens_named(tokens: Iterable[Token], prefix: str) -> list[Token]:
    return [token for token in tokens if token.name.startswith(prefix)]


def swatches_stylesheet(tokens: Iterable[Token]) -> str:
    """A class for each token that can be looked at: the pages of the shop take no inline style."""
    rules = []
    for token in tokens:
        if isinstance(token, ColorToken):
            rules.append(f".swatch--{token.name} {{ background: var(--{token.name}); }}")
        elif token.name.startswith("text-"):
            rules.append(f".sample--{token.name} {{ font-size: var(--{token.name}); }}")
        elif token.name.startswith("space-"):
            rules.append(f".sample--{token.name} {{ inline-size: var(--{token.name}); }}")
        elif token.name.startswith("radius-"):
            rules.append(f".sample--{token.name} {{ border-radius: var(--{token.name}); }}")
        elif token.name.startswith("font-"):
            rules.append(f".sample--{token.name} {{ font-family: var(--{token.name}); }}")
    return "\n".join([*rules, ""])
