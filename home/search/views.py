"""The search page, and what it suggests while somebody types."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from home.search.counting import MAX_COUNTED_LENGTH, TASK
from home.search.found import SearchUnavailableError
from home.search.instead import something_else
from home.search.site import SearchResult, find_by_code, search_site
from home.search.suggestions import Suggestion, suggest_pages
from home.search.words import clean_query
from shopsite.broker import send_task


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything found for `q`; an exact SKU or GTIN leads straight to its product page."""
    query = clean_query(request.GET.get("q", ""))
    if not query:
        return render(request, "home/search.html", {"query": "", "else": something_else()})
    if address := find_by_code(query):
        return redirect(address)
    try:
        result = search_site(query, dict(request.GET.lists()))
    except SearchUnavailableError:
        context = {"query": query, "else": something_else()}
        return render(request, "home/search_unavailable.html", context, status=503)
    _count(query, result)
    has_nothing = not result.products.total_unfiltered and not result.others
    context = {
        "query": query,
        "result": result,
        "listing": result.products,
        "else": something_else() if has_nothing else None,
    }
    return render(request, "home/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """A piece of HTML: pages whose title has the word that is being typed."""
    query = clean_query(request.GET.get("q", ""))
    return render(
        request,
        "home/search_suggestions.html",
        {"query": query, "suggestions": _suggestions(query)},
    )


def _suggestions(query: str) -> list[Suggestion]:
    try:
        return suggest_pages(query)
    except SearchUnavailableError:
        return []


def _count(query: str, result: SearchResult) -> None:
    """Once for each search: not for its filters and further pages."""
    products = result.products
    is_new = products.is_own_address and products.page.number == 1
    if is_new and len(query) <= MAX_COUNTED_LENGTH:
        send_task(TASK, (query, 0 if result.corrected else result.total))
