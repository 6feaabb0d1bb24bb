from django.urls import path

from orders import views

urlpatterns = [
    path("orders/<slug:token>/", views.order_page, name="order"),
    path("orders/<slug:token>/invoice/", views.order_invoice, name="order-invoice"),
]
