"""Scripts that install, run and test the shop, for `make`; nothing of the shop imports them."""
