"""What the desk's pages for one action on one order have in common."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from wagtail_modeladmin.views import InstanceSpecificView


class OrderActionView(InstanceSpecificView):
    """`title` has a place for the order's number. Subclasses with a page of their own say which
    template draws it."""

    title: str | Promise = ""
    template_name = ""

    @property
    def order_url(self) -> str:
        url: str = self.url_helper.get_action_url("inspect", self.pk_quoted)
        return url

    def back_to_order(self) -> HttpResponse:
        return redirect(self.order_url)

    def answer(self, form: forms.Form, **context: Any) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                order=self.instance,
                order_url=self.order_url,
                header_title=self.get_meta_title(),
                breadcrumbs_items=[
                    {"url": self.index_url, "label": self.model_admin.get_menu_label()},
                    {"url": self.order_url, "label": self.instance.number},
                    {"url": "", "label": self.get_meta_title()},
                ],
                **context,
            )
        )

    def get_meta_title(self) -> str:
        return str(self.title) % {"number": self.instance.number}

    def get_template_names(self) -> list[str]:
        return [self.template_name]


def number_of(text: str) -> int:
    """A primary key out of a form; 0, which nothing has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= 18 else 0
