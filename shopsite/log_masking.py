"""What is logged and reported of errors holds no secret and nobody's data; the settings name both
classes. What logs should say of a person is the number of an order."""

import logging
from types import FrameType
from typing import Any

from django.http import HttpRequest, QueryDict
from django.views.debug import SafeExceptionReporterFilter

from shopsite.lib.masking import mask


class MaskingFilter(logging.Filter):
    """For every handler: masks a record's message, traceback and stack, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask(_message_of(record)), None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = mask(record.exc_text)
        if record.stack_info:
            record.stack_info = mask(record.stack_info)
        return True


def _message_of(record: logging.LogRecord) -> str:
    """A line whose arguments do not fit must not break what it tells of."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError, IndexError):
        return f"{record.msg} (with other arguments than it has places for)"


class MaskingReporterFilter(SafeExceptionReporterFilter):
    """For reports of errors. Django hides settings by their names; addresses of servers hold
    passwords as well. Where DEBUG is off, no value of a variable or of a form is in a report."""

    def cleanse_setting(self, key: int | str, value: Any) -> Any:
        cleansed = super().cleanse_setting(key, value)
        return mask(str(cleansed)) if isinstance(cleansed, str) else cleansed

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        hidden = QueryDict(mutable=True)
        hidden.update(dict.fromkeys(request.POST, self.cleansed_substitute))
        return hidden

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
