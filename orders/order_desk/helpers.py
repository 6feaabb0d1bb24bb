"""Who may do what at the desk, and where its pages are."""

from django.contrib.auth.models import AbstractBaseUser, Permission
from django.db.models import QuerySet
from django.urls import reverse
from wagtail_modeladmin.helpers import AdminURLHelper, ButtonHelper, PermissionHelper

from orders.models import Order
from orders.status import PAYABLE

# What is done with many orders at once, by the last word of the address.
MANY = ("ship_orders", "print_packing_slips", "print_invoices", "export_orders")


class OrderPermissionHelper(PermissionHelper):
    """Looking, exporting and each action are permissions; the rest is denied to everybody,
    superusers too."""

    def get_all_model_permissions(self) -> QuerySet[Permission]:
        """What the form of a group offers."""
        offered = ("view_order", "export_order", "ship_order", "cancel_order", "refund_order")
        return super().get_all_model_permissions().filter(codename__in=offered)

    def user_can_list(self, user: AbstractBaseUser) -> bool:
        return self.user_has_specific_permission(user, "view_order")

    def user_can_inspect_obj(self, user: AbstractBaseUser, obj: Order) -> bool:
        return self.user_can_list(user)

    def user_can_export(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "export_order")

    def user_can_ship(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "ship_order")

    def user_can_refund(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "refund_order")

    def user_can_cancel(self, user: AbstractBaseUser, obj: Order) -> bool:
        """Money that goes back needs the right to send it."""
        may = self.user_can_list(user) and self.user_has_specific_permission(user, "cancel_order")
        return may and (obj.status in PAYABLE or self.user_can_refund(user))

    def user_can_resend(self, user: AbstractBaseUser) -> bool:
        return self.user_can_list(user) and self.user_has_specific_permission(user, "resend_email")

    def user_can_create(self, user: AbstractBaseUser) -> bool:
        return False

    def user_can_edit_obj(self, user: AbstractBaseUser, obj: Order) -> bool:
        return False

    def user_can_delete_obj(self, user: AbstractBaseUser, obj: Order) -> bool:
        return False


class OrderURLHelper(AdminURLHelper):
    def get_action_url_pattern(self, action: str) -> str:
        if action in MANY:
            return rf"^{self.base_url_path}/{action}/$"
        # modeladmin takes any word for a primary key, and the database stumbles over it.
        pattern = super().get_action_url_pattern(action)
        return pattern.replace(r"[-\w]+", "[0-9]{1,18}")

    def get_action_url(self, action: str, *args: object, **kwargs: object) -> str:
        if action in MANY:
            return reverse(self.get_action_url_name(action))
        address: str = super().get_action_url(action, *args, **kwargs)
        return address


class OrderButtonHelper(ButtonHelper):
    """No buttons: the number of an order is the link to it."""

    def get_buttons_for_obj(self, obj: Order, *args: object, **kwargs: object) -> list[dict]:
        return []
