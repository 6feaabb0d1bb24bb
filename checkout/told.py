"""What a shopper is told of what became of a form."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["success", "warning", "error", "info"]


@dataclass(frozen=True)
class Told:
    level: Level
    text: str
