from django.urls import path

from orders import views

urlpatterns = [
    path("orders/<slug:token>/", views.order_page, name="order"),
    path("orders/<slug:token>/invoice/", views.order_invoice, name="order-invoice"),
    path(
        "orders/<slug:token>/credit-notes/<slug:number>/",
        views.order_credit_note,
        name="order-credit-note",
    ),
]
