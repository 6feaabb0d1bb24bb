from django.urls import path

from products import views

urlpatterns = [path("feeds/products.xml", views.products_feed, name="product-feed")]
