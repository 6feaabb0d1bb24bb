from django.http import HttpResponseRedirect


class HttpResponseSeeOther(HttpResponseRedirect):
    """303: the answer to a post is at another address, to be fetched with GET."""

    status_code = 303
