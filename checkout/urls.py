from django.urls import path

from checkout.views import (
    cart,
    cart_drawer,
    checkout,
    order_again,
    payment,
    story_basket,
    webhook,
)

urlpatterns = [
    path("cart/", cart.cart, name="cart"),
    path("cart/drawer/", cart_drawer.cart_drawer, name="cart-drawer"),
    path("cart/add/", cart.cart_add, name="cart-add"),
    path("cart/add-many/", story_basket.cart_add_many, name="cart-add-many"),
    path("cart/update/", cart.cart_update, name="cart-update"),
    path("cart/remove/", cart.cart_remove, name="cart-remove"),
    path("checkout/", checkout.checkout, name="checkout"),
    path("checkout/webhook/", webhook.webhook, name="stripe-webhook"),
    path("checkout/return/<slug:token>/", payment.payment_return, name="checkout-return"),
    path("checkout/canceled/<slug:token>/", payment.payment_canceled, name="checkout-canceled"),
    path("orders/<slug:token>/pay/", payment.pay, name="order-pay"),
    path("orders/<slug:token>/again/", order_again.order_again, name="order-again"),
]
