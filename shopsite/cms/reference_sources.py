"""What counts as a place: content that people see, not the plumbing that also points at pages."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, BaseSiteSetting
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from shopsite.cms.stored_streams import rich_text_fields, stream_fields


def is_place(reference: ReferenceIndex) -> bool:
    """A page, a snippet or a setting; a redirect or an order line shows nothing."""
    model = ContentType.objects.get_for_id(reference.content_type_id).model_class()
    if model is None:
        return False
    return issubclass(model, Page | BaseGenericSetting | BaseSiteSetting) or _is_snippet(model)


def draft_models() -> list[type[models.Model]]:
    """What may have a draft beside its live version that leads somewhere else: pages, and snippets
    with drafts and with words or blocks that can hold a link."""
    snippets = [model for model in get_snippet_models() if issubclass(model, DraftStateMixin)]
    return [Page, *(model for model in snippets if _has_content(model))]


def content_models() -> list[type[models.Model]]:
    """Every kind of page and snippet with words or blocks of its own."""
    kinds = [*_page_models(Page), *get_snippet_models()]
    return [model for model in kinds if _has_content(model)]


def _has_content(model: type[models.Model]) -> bool:
    return bool(stream_fields(model) or rich_text_fields(model))


def _page_models(base: type[models.Model]) -> list[type[models.Model]]:
    found = []
    for model in base.__subclasses__():
        found += [] if model._meta.abstract else [model]
        found += _page_models(model)
    return found


def _is_snippet(model: type[models.Model]) -> bool:
    return model in get_snippet_models()
