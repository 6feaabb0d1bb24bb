from django.http import HttpResponse


def pdf_answer(pdf: bytes, name: str) -> HttpResponse:
    """Shown by the browser, and saved under that name."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
