"""What a run is asked for, from the environment."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

CONTROLS = ("stock", "claim")
SHORT_SECONDS, SHORT_SHOPPERS = 32.0, 24
LONG_MINUTES, LONG_SHOPPERS = 15.0, 300
# What a run needs beside the storm: to start, to let time pass and to look.
QUIET_SHARE = 0.9


class ChaosError(Exception):
    """Why there was no run, in words for the person who called it."""


@dataclass(frozen=True)
class Options:
    """`control` names a guard of the shop that is switched off, to see that a proof then fails."""

    seed: int
    seconds: float
    shoppers: int
    control: str = ""


def read_options(environment: Mapping[str, str]) -> Options:
    """From SEED, SHORT, MINUTES and CONTROL. Raises ChaosError."""
    control = environment.get("CONTROL", "")
    if control and control not in CONTROLS:
        raise ChaosError(f"CONTROL must be one of {', '.join(CONTROLS)}, not {control!r}.")
    seed = _number(environment, "SEED") or float(random.randrange(1, 1_000_000))  # noqa: S311
    if environment.get("SHORT"):
        return Options(int(seed), SHORT_SECONDS, SHORT_SHOPPERS, control)
    minutes = _number(environment, "MINUTES") or LONG_MINUTES
    return Options(int(seed), minutes * 60 * QUIET_SHARE, LONG_SHOPPERS, control)


def _number(environment: Mapping[str, str], name: str) -> float | None:
    text = environment.get(name, "")
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise ChaosError(f"{name} must be a number, not {text!r}.") from error
    if not 0 < value < 1_000_000_000:
        raise ChaosError(f"{name} must be greater than nothing, not {text!r}.")
    return value
