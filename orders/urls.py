from django.urls import path

from orders import views

urlpatterns = [
    path("orders/<str:token>/", views.order_page, name="order"),
    path("orders/<str:token>/invoice/", views.order_invoice, name="order-invoice"),
]
