from django.urls import path

from customers.views import account, asking, of_order

urlpatterns = [
    path("orders/find/", asking.find_order, name="find-order"),
    path("orders/find/sent/", asking.find_order_sent, name="find-order-sent"),
    path("orders/find/replaced/", of_order.link_replaced, name="link-replaced"),
    path("orders/<slug:token>/account/", of_order.ask_for_account, name="order-account"),
    path("orders/<slug:token>/new-link/", of_order.new_link, name="order-new-link"),
    path("account/", account.account, name="account"),
    path("account/log-in/", asking.log_in, name="account-log-in"),
    path("account/log-in/sent/", asking.log_in_sent, name="account-log-in-sent"),
    path("account/log-in/<str:token>/", account.enter, name="account-enter"),
    path("account/log-out/", account.leave, name="account-log-out"),
    path("account/delete/", account.delete, name="account-delete"),
]
