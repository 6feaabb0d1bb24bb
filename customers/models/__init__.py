from customers.models.customer import Customer
from customers.models.data_log import DataLogEntry
from customers.models.email import After, CustomerEmail, Kind

__all__ = ["After", "Customer", "CustomerEmail", "DataLogEntry", "Kind"]
