"""What is wrong with what somebody set, in words."""

from pydantic import ValidationError


def problem_words(error: ValidationError) -> str:
    """Each problem with the member that it is about."""
    return "; ".join(
        f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in error.errors()
    )
