"""PDFs as answers to the staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from orders.models import Paper
from orders.papers import PaperDamaged, paper_pdf
from shopsite.lib.pdf import PdfError


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """Shown by the browser, and saved under that name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def paper_answer(request: HttpRequest, paper: Paper, *, back: str) -> HttpResponse:
    """Its file. When there is none to be had, the page at `back` says why."""
    try:
        pdf = paper_pdf(paper)
    except PdfError as error:
        messages.error(request, _sorry(paper, error))
        return redirect(back)
    return pdf_answer(pdf, paper.number)


def _sorry(paper: Paper, error: PdfError) -> str:
    if isinstance(error, PaperDamaged):
        return _(
            "The stored file of %(number)s is missing or was changed, so it is not shown. Ask "
            "whoever looks after the server to bring it back from the backup."
        ) % {"number": paper.number}
    return _("The PDF cannot be typeset now. Please try again later.")
