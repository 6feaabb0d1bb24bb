"""Reading what is asked of the controls, and saying what is wrong with it."""

from typing import TypeVar

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, ValidationError

from stripe_sandbox.controls.words import problem_words
from stripe_sandbox.errors import ApiError

Model = TypeVar("Model", bound=BaseModel)


class Body(BaseModel):
    """The members of a request, which may have no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_body(model: type[Model]) -> Model:
    """The JSON of the request; without its media type it may come from a page of another site."""
    return model.model_validate(request.get_json())


def answer_invalid(error: ValidationError) -> ResponseReturnValue:
    """400, with each problem in words."""
    return jsonify({"error": problem_words(error)}), 400


def answer_refused(error: ApiError) -> ResponseReturnValue:
    """What a service refused, with its status."""
    return jsonify({"error": error.message}), error.status
