"""The pages of the log-in, which nobody is logged in on. Those of the account are in
`wagtail_hooks.py`."""

from django.urls import path

from shopsite.second_factor.steps import GIVE_CODE, SET_UP
from shopsite.second_factor.views import log_in, setting_up

urlpatterns = [
    path("code/", log_in.give_code, name=GIVE_CODE),
    path("set-up/", setting_up.set_up_app, name=SET_UP),
    path("leave/", log_in.leave, name="second-factor-leave"),
]
