"""What people see: the payment page and the overview. No JavaScript, no other host."""
