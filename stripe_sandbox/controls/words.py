"""What is wrong with what somebody set, in words."""

from pydantic import ValidationError


def field_words(error: ValidationError) -> dict[str, str]:
    """The problem of each member that has one, as a sentence."""
    return {
        ".".join(map(str, one["loc"])): f"{one['msg'].removesuffix('.')}." for one in error.errors()
    }


def problem_words(error: ValidationError) -> str:
    """Each problem with the member that it is about."""
    return "; ".join(
        f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in error.errors()
    )
