"""Sends a mail in its newest words, also those of a draft, to who writes them and nobody else."""

import logging
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from orders.mail_samples import sample_message, sample_order
from orders.models import MailText, Order
from shopsite.lib import mail

logger = logging.getLogger(__name__)


class SendTestForm(forms.Form):
    order = forms.CharField(
        label=gettext_lazy("Order"),
        max_length=40,
        help_text=gettext_lazy("The number of the order that the mail tells of."),
    )

    def __init__(self, *args: Any, text: MailText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text = text

    def clean_order(self) -> Order:
        number = self.cleaned_data["order"].strip()
        order = self.text.sample_orders.filter(number=number).first()
        if order is None:
            raise forms.ValidationError(
                _("There is no order with this number that the mail could be about.")
            )
        return order


class SendTestView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """GET asks about which order; POST sends. The subject says that it is a test."""

    permission_required = "change"
    form_class = SendTestForm
    template_name = "orders/admin/test_mail.html"
    page_title = gettext_lazy("Send a test")
    header_icon = "mail"

    @cached_property
    def text(self) -> MailText:
        return get_object_or_404(MailText, pk=self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "text": self.text}

    def get_initial(self) -> dict[str, Any]:
        order = sample_order(self.text)
        return {"order": order.number if order else ""}

    def get_page_subtitle(self) -> str:
        return str(self.text)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("mail_texts:list"), "label": MailText._meta.verbose_name_plural},
            {"url": self.back, "label": str(self.text)},
            {"url": "", "label": self.page_title},
        ]

    @property
    def address(self) -> str:
        return getattr(self.request.user, "email", "")

    @property
    def back(self) -> str:
        return reverse("mail_texts:edit", args=[self.text.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(address=self.address, back=self.back, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.address:
            messages.error(request, _("Your account has no e-mail address to send it to."))
            return redirect(self.back)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SendTestForm) -> HttpResponse:
        message = sample_message(
            self.text.get_latest_revision_as_object(), form.cleaned_data["order"]
        )
        message.to = [self.address]
        message.subject = _("Test: %(subject)s") % {"subject": message.subject}
        del message.extra_headers["Message-ID"]  # Not that of the mail to the customer.
        try:
            mail.send(message)
        except OSError:
            logger.exception("A test mail could not be sent.")
            messages.error(self.request, _("The mail server did not take it. Try again later."))
        else:
            messages.success(self.request, _("Sent to %(address)s.") % {"address": self.address})
        return redirect(self.back)
