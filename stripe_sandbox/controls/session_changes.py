"""What a session can be made to say against the shop's wish."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class SessionChanges(BaseModel):
    """Members of a session to replace. Only those that are named are; None is a value as well."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    amount_total: int | None = Field(default=None, ge=0, le=99_999_999)
    currency: str | None = Field(default=None, pattern="^[a-z]{3}$")
    client_reference_id: str | None = Field(default=None, max_length=200)
    metadata: dict[str, str] | None = None
    livemode: bool = False
    url: str | None = Field(default=None, max_length=5000)

    def named(self) -> dict[str, Any]:
        """The members that were named."""
        return self.model_dump(exclude_unset=True)
