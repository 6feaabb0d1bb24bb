from orders.order_desk.admin import OrderAdmin

OrderAdmin().register_with_wagtail()
