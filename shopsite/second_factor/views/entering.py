"""How the two pages of the log-in let somebody in, and where they lead afterwards."""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_otp import login as remember_device
from django_otp.models import Device


def let_in(request: HttpRequest, user: User, device: Device) -> None:
    """Under a new session key: who knew that of the half log-in knows nothing."""
    request.session.cycle_key()
    request.user = user
    remember_device(request, device)


def way_on(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("wagtailadmin_home")
